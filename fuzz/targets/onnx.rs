//! Voices: what is no VITS graph is an error, and the halves of one are graphs.
#![no_main]

use libfuzzer_sys::fuzz_target;

// The reader alone: its daemon links engines that have no place here.
#[path = "../../bins/ttsd/src/onnx/mod.rs"]
#[allow(dead_code, unused_imports)]
mod onnx;

fuzz_target!(|data: &[u8]| {
    let _ = onnx::split(data);
});
