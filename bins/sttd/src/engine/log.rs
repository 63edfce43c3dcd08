//! whisper.cpp's own log, sent to ours at level debug instead of the terminal.

use std::ffi::{CStr, c_char, c_void};
use std::sync::Once;

/// Redirects the library's log, once for the process.
pub fn redirect() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: `forward` keeps the contract of a log callback: it does not unwind, keeps no pointer,
        // and may be called from any thread. No user data is used.
        unsafe { whisper_rs::set_log_callback(Some(forward), std::ptr::null_mut()) };
    });
}

unsafe extern "C" fn forward(_level: u32, text: *const c_char, _: *mut c_void) {
    if text.is_null() {
        return;
    }
    // SAFETY: the library passes a string that ends in a zero byte and lives during the call.
    let text = unsafe { CStr::from_ptr(text) }.to_string_lossy();
    let text = text.trim();
    // Work that was called off is reported by the library as an error; what matters comes back as a
    // return value, so everything here is detail.
    if !text.is_empty() {
        tracing::debug!(target: "sttd::whisper", "{text}");
    }
}
