//! Headers of the model files that the engines load, read with every length checked against the file.

pub mod ggml;
pub mod gguf;
mod reader;
mod sniff;

pub(crate) use reader::Reader;
pub use sniff::{Kind, check_role, sniff};
