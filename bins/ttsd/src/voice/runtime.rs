//! The ONNX Runtime library: loaded once in a process, from a file.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ort::environment::Environment;

use super::VoiceError;

/// The library that was loaded. It stays for as long as the process lives.
static LOADED: Mutex<Option<(PathBuf, Environment)>> = Mutex::new(None);

/// Loads the library at `path`, unless one is loaded already; a process can hold only one.
pub(super) fn environment(path: &Path) -> Result<Environment, VoiceError> {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, environment)) = loaded.as_ref() {
        if known != path {
            tracing::debug!(loaded = %known.display(), "another ONNX Runtime is loaded already and is used");
        }
        return Ok(environment.clone());
    }
    check_library(path)?;
    let fail = |reason: String| VoiceError::Runtime { path: path.to_owned(), reason };
    let environment = ort::init_from(path)
        .map_err(|error| fail(error.to_string()))?
        .with_name("ttsd")
        .with_telemetry(false)
        .build()
        .map_err(|error| fail(error.to_string()))?;
    *loaded = Some((path.to_owned(), environment.clone()));
    Ok(environment)
}

/// Refuses a file that the dynamic linker would crash on: one that was cut short is mapped beyond its end and
/// kills the process with SIGBUS. Source of the offsets: elf(5), 64-bit little-endian.
fn check_library(path: &Path) -> Result<(), VoiceError> {
    let fail = |reason: &str| VoiceError::Runtime { path: path.to_owned(), reason: reason.to_owned() };
    let read = |source| VoiceError::Read { path: path.to_owned(), source };
    let mut file = std::fs::File::open(path).map_err(read)?;
    let length = file.metadata().map_err(read)?.len();
    let mut header = [0_u8; 64];
    file.read_exact(&mut header).map_err(|_| fail("it is too short to be a library"))?;
    let number = |at: usize, bytes: usize| {
        header.iter().skip(at).take(bytes).rev().fold(0_u64, |value, byte| value << 8 | u64::from(*byte))
    };
    if header.get(..6) != Some(b"\x7fELF\x02\x01") {
        return Err(fail("it is not a 64-bit library"));
    }
    let sections_end = number(40, 8).saturating_add(number(58, 2) * number(60, 2));
    if sections_end > length {
        return Err(fail("it was cut short"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_library_that_is_none_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("libonnxruntime.so");
        assert!(matches!(check_library(&path), Err(VoiceError::Read { .. })));
        let mut cut = std::fs::read("/proc/self/exe").unwrap();
        cut.truncate(cut.len() / 2);
        for bytes in [&b""[..], &[0; 4096], b"#!/bin/sh\n", &cut] {
            std::fs::write(&path, bytes).unwrap();
            let error = check_library(&path).unwrap_err().to_string();
            assert!(
                error.contains("libonnxruntime.so") && error.contains("tutorctl models fetch"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_library_without_the_runtime_is_refused() {
        // Any other library will do: the program itself is one to the linker, and exports nothing of the runtime.
        let error = environment(Path::new("/proc/self/exe")).unwrap_err().to_string();
        assert!(error.contains("/proc/self/exe"), "{error}");
    }
}
