//! Just enough of the ONNX file format to cut a VITS voice in two.
//!
//! A Piper voice is one graph: text encoder, duration predictor and flow (the *encoder* here) make a latent of
//! one column for every 256 samples, and a HiFi-GAN *decoder* turns columns into sound. The decoder is made of
//! convolutions only, so a stretch of sound depends on a bounded stretch of columns, and it can be run piece by
//! piece with the same result. [`split()`] finds the place, works out how far the decoder looks to either side,
//! and writes the two halves as models of their own, sharing nothing but the latent.

mod graph;
mod proto;
mod split;

pub use split::{Halves, SPEAKER, SplitError, split};
