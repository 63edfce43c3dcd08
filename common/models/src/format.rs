//! Headers of the model files that the engines load, read with every length checked against the file.

pub mod gguf;
pub mod ggml;
mod reader;
mod sniff;

pub use sniff::{Kind, check_role, sniff};
pub(crate) use reader::Reader;
