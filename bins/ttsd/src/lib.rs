//! ttsd.

pub mod cache;
pub mod clause;
pub mod espeak;
pub mod normalize;
pub mod onnx;
pub mod voice;
