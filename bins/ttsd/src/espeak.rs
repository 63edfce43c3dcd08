//! The espeak-ng library, as far as it turns words into phonemes.
//!
//! The library keeps its state in global variables, so there is one of it in a process behind one lock.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::ptr;
use std::sync::{Mutex, OnceLock, PoisonError};

#[link(name = "espeak-ng")]
unsafe extern "C" {
    /// Returns the sample rate, or -1.
    fn espeak_Initialize(output: c_int, buffer_ms: c_int, data: *const c_char, options: c_int) -> c_int;
    /// Returns 0 when there is such a voice.
    fn espeak_SetVoiceByName(name: *const c_char) -> c_int;
    /// Translates up to the end of a clause and moves `text` there, or to null at the end. Returns static memory.
    fn espeak_TextToPhonemes(
        text: *mut *const c_void,
        text_mode: c_int,
        phoneme_mode: c_int,
    ) -> *const c_char;
    /// Returns the version, in static memory.
    fn espeak_Info(data: *mut *const c_char) -> *const c_char;
}

/// `AUDIO_OUTPUT_RETRIEVAL`: no sound device is opened.
const OUTPUT_RETRIEVAL: c_int = 1;
/// `espeakINITIALIZE_DONT_EXIT`: report missing data instead of ending the process.
const DONT_EXIT: c_int = 0x8000;
/// `espeakCHARS_UTF8`.
const UTF8: c_int = 1;
/// International phonetic alphabet, as UTF-8.
const IPA: c_int = 2;

/// Longest text given to the library at once, in bytes.
const MAX_TEXT: usize = 4096;

/// Why there are no phonemes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EspeakError {
    /// The library found no data.
    #[error("cannot start espeak-ng: its data is missing; install the package espeak-ng-data")]
    NoData,
    /// The voice file asks for a language that is not installed.
    #[error("espeak-ng has no voice {name:?}; install the package espeak-ng-data, or choose another voice")]
    NoVoice {
        /// The voice asked for.
        name: String,
    },
}

/// Guards the library; holds the voice that is set.
static STATE: Mutex<Option<String>> = Mutex::new(None);
static STARTED: OnceLock<Result<(), EspeakError>> = OnceLock::new();

/// The library with a voice. Several of them share the one library.
#[derive(Debug, Clone)]
pub struct Espeak {
    voice: String,
}

impl Espeak {
    /// Starts the library if nobody did, and checks that it has this voice, such as `en-us`.
    ///
    /// # Errors
    /// [`EspeakError`].
    pub fn new(voice: &str) -> Result<Self, EspeakError> {
        STARTED
            .get_or_init(|| {
                // SAFETY: called once in the process, before any other call of the library; a null path asks for
                // the data folder that the library was built with.
                let rate = unsafe { espeak_Initialize(OUTPUT_RETRIEVAL, 0, ptr::null(), DONT_EXIT) };
                if rate > 0 { Ok(()) } else { Err(EspeakError::NoData) }
            })
            .clone()?;
        let espeak = Self { voice: voice.to_owned() };
        espeak.with_voice(|| ())?;
        Ok(espeak)
    }

    /// The library's version.
    #[must_use]
    pub fn version(&self) -> String {
        let mut data = ptr::null();
        // SAFETY: the library was started; it returns a string that is never changed or freed.
        let version = unsafe { CStr::from_ptr(espeak_Info(&raw mut data)) };
        version.to_string_lossy().into_owned()
    }

    /// Phonemes of a text without punctuation, in the international phonetic alphabet.
    ///
    /// # Errors
    /// [`EspeakError::NoVoice`].
    pub fn phonemes(&self, text: &str) -> Result<String, EspeakError> {
        let mut end = text.len().min(MAX_TEXT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let mut bytes = text.as_bytes().get(..end).unwrap_or_default().to_vec();
        bytes.retain(|byte| *byte != 0);
        // The bytes hold no zero by now.
        let Ok(text) = CString::new(bytes) else { return Ok(String::new()) };
        self.with_voice(|| {
            let mut at: *const c_void = text.as_ptr().cast();
            let mut out = String::new();
            // Each call takes at least one character; the bound only guards against a library that does not.
            for _ in 0..=MAX_TEXT {
                if at.is_null() {
                    break;
                }
                // SAFETY: the lock is held, so no other thread is in the library; `at` points into `text`, which is
                // zero-terminated and outlives the call; what is returned stays valid until the next call.
                let piece = unsafe { espeak_TextToPhonemes(&raw mut at, UTF8, IPA) };
                if piece.is_null() {
                    continue;
                }
                // SAFETY: not null, zero-terminated, and the lock is still held.
                let piece = unsafe { CStr::from_ptr(piece) }.to_string_lossy();
                if !out.is_empty() && !piece.is_empty() {
                    out.push(' ');
                }
                out.push_str(&piece);
            }
            out
        })
    }

    /// Runs with the library locked and this voice set.
    fn with_voice<T>(&self, work: impl FnOnce() -> T) -> Result<T, EspeakError> {
        let mut current = STATE.lock().unwrap_or_else(PoisonError::into_inner);
        if current.as_deref() != Some(self.voice.as_str()) {
            let missing = || EspeakError::NoVoice { name: self.voice.clone() };
            let name = CString::new(self.voice.as_str()).map_err(|_| missing())?;
            *current = None;
            // SAFETY: the lock is held, the library was started, the name is zero-terminated.
            if unsafe { espeak_SetVoiceByName(name.as_ptr()) } != 0 {
                return Err(missing());
            }
            *current = Some(self.voice.clone());
        }
        Ok(work())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn words_become_phonemes() {
        let espeak = Espeak::new("en-us").unwrap();
        assert_eq!(espeak.phonemes("hello").unwrap(), "həlˈoʊ");
        assert_eq!(espeak.phonemes("").unwrap(), "");
        assert!(!espeak.version().is_empty());
    }

    #[test]
    fn a_missing_voice_is_named() {
        let error = Espeak::new("xx-none").unwrap_err();
        assert!(error.to_string().contains("xx-none"), "{error}");
        // The library goes on working with the voice it has.
        assert_eq!(Espeak::new("en-us").unwrap().phonemes("see").unwrap(), "sˈiː");
    }

    #[test]
    fn long_and_odd_text_is_survived() {
        let espeak = Espeak::new("en-us").unwrap();
        for text in ["word ".repeat(5_000), "é".repeat(5_000), "\u{0}a\u{0}".into(), "شكرا 数学".into()]
        {
            espeak.phonemes(&text).unwrap();
        }
    }
}
