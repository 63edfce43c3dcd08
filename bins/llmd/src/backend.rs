//! llama.cpp itself: whether this processor can run it, its one initialisation, and its log.

use std::cell::RefCell;
use std::ffi::{CStr, c_char, c_void};
use std::sync::OnceLock;

use llama_cpp_2::llama_backend::LlamaBackend;
use llama_cpp_sys_2::{GGML_LOG_LEVEL_DEBUG, GGML_LOG_LEVEL_ERROR, GGML_LOG_LEVEL_WARN, ggml_log_level};

/// llama.cpp cannot run here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// The processor lacks instructions that llama.cpp was compiled to use.
    #[error(
        "cannot run llama.cpp on this processor: it lacks {0}; x86-64 needs AVX, AVX2, FMA, F16C, BMI2 and SSE4.2 (processors from about 2013)"
    )]
    Processor(&'static str),
    /// Somebody else in this process initialised it.
    #[error("cannot initialise llama.cpp: it was initialised elsewhere in this process; restart llmd")]
    Initialised,
}

/// Checks the processor, so that an old one gets an error and not an illegal instruction.
///
/// # Errors
/// [`BackendError::Processor`].
pub fn check_processor() -> Result<(), BackendError> {
    #[cfg(target_arch = "x86_64")]
    {
        // What ggml turns on by default for x86-64 when it is not built for one machine (GGML_NATIVE=OFF).
        let found = [
            ("SSE4.2", std::arch::is_x86_feature_detected!("sse4.2")),
            ("AVX", std::arch::is_x86_feature_detected!("avx")),
            ("AVX2", std::arch::is_x86_feature_detected!("avx2")),
            ("FMA", std::arch::is_x86_feature_detected!("fma")),
            ("F16C", std::arch::is_x86_feature_detected!("f16c")),
            ("BMI2", std::arch::is_x86_feature_detected!("bmi2")),
        ];
        if let Some((name, _)) = found.into_iter().find(|(_, there)| !there) {
            return Err(BackendError::Processor(name));
        }
    }
    Ok(())
}

/// The library, initialised at the first call, with its log going to `tracing` at `debug`.
///
/// # Errors
/// [`BackendError`].
pub fn backend() -> Result<&'static LlamaBackend, BackendError> {
    static BACKEND: OnceLock<Result<LlamaBackend, BackendError>> = OnceLock::new();
    BACKEND
        .get_or_init(|| {
            check_processor()?;
            // SAFETY: the callback is a function of this program and uses no data pointer.
            unsafe { llama_cpp_sys_2::llama_log_set(Some(log), std::ptr::null_mut()) };
            LlamaBackend::init().map_err(|_| BackendError::Initialised)
        })
        .as_ref()
        .map_err(|error| *error)
}

/// Problems kept for [`problems`]; llama.cpp says the cause first and consequences after it.
const KEPT: usize = 4;

thread_local! {
    static PROBLEMS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Runs `work` and returns with its result what llama.cpp logged as errors on this thread meanwhile,
/// the first ones, joined.
pub fn problems<T>(work: impl FnOnce() -> T) -> (T, String) {
    PROBLEMS.with_borrow_mut(Vec::clear);
    let result = work();
    (result, PROBLEMS.with_borrow_mut(std::mem::take).join("; "))
}

unsafe extern "C" fn log(level: ggml_log_level, text: *const c_char, _: *mut c_void) {
    if text.is_null() {
        return;
    }
    // SAFETY: llama.cpp passes a string that ends with a zero and lives for this call.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    let text = text.trim_end();
    // Long loads print single dots.
    if text.trim_matches('.').is_empty() {
        return;
    }
    if level == GGML_LOG_LEVEL_ERROR {
        PROBLEMS.with_borrow_mut(|kept| {
            if kept.len() < KEPT {
                kept.push(text.to_owned());
            }
        });
    }
    match level {
        GGML_LOG_LEVEL_ERROR | GGML_LOG_LEVEL_WARN => {
            tracing::debug!(target: "llama.cpp", problem = true, "{text}");
        }
        // Hundreds of lines for each context.
        GGML_LOG_LEVEL_DEBUG => tracing::trace!(target: "llama.cpp", "{text}"),
        _ => tracing::debug!(target: "llama.cpp", "{text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_of_the_tests_can_run_it() {
        assert_eq!(check_processor(), Ok(()));
    }

    #[test]
    fn errors_that_llama_cpp_logs_are_collected_once() {
        let say = |level, text: &CStr| {
            // SAFETY: a valid string, as llama.cpp would pass it.
            unsafe { log(level, text.as_ptr(), std::ptr::null_mut()) }
        };
        let ((), problems_now) = problems(|| {
            say(GGML_LOG_LEVEL_ERROR, c"no such tensor\n");
            say(GGML_LOG_LEVEL_WARN, c"slow\n");
            say(GGML_LOG_LEVEL_ERROR, c"failed to load\n");
        });
        assert_eq!(problems_now, "no such tensor; failed to load");
        assert_eq!(problems(|| ()).1, "");
    }
}
