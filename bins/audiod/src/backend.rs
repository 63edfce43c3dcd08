//! Microphone and speaker, whatever they are. Everything here blocks, and runs on threads of its own.

pub mod alsa;
pub mod wav;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use iseetutor_audio::wav::WavError;

/// Milliseconds of sound that are taken from a microphone or given to a speaker at once.
pub const BLOCK_MS: u32 = 10;

/// Longest time for which a call here blocks, in milliseconds, so that threads notice the end.
pub const MAX_WAIT_MS: u32 = 100;

/// Why a device cannot be used (now).
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// It cannot be opened.
    #[error("cannot open the {what} {device:?}: {reason}; {remedy}")]
    Open {
        /// `microphone` or `speaker`.
        what: &'static str,
        /// Name of the device.
        device: String,
        /// What the system said.
        reason: String,
        /// What helps.
        remedy: String,
    },
    /// It was there and is gone.
    #[error("the {what} {device:?} is gone: {reason}; plug it in again, it is then found by itself")]
    Lost {
        /// `microphone` or `speaker`.
        what: &'static str,
        /// Name of the device.
        device: String,
        /// What the system said.
        reason: String,
    },
    /// A file that stands for a device.
    #[error(transparent)]
    Wav(#[from] WavError),
}

/// What came of listening for a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Sound, whose last sample was captured at this point on the monotonic clock.
    Sound {
        /// The point in µs.
        end_us: u64,
    },
    /// Nothing yet.
    Nothing,
    /// Nothing ever again: a recording that stands for a microphone is over, and so is the conversation.
    Finished,
}

/// An open microphone.
pub trait Microphone {
    /// Appends the next sound to `out`, mono at 16 kHz. Blocks for [`MAX_WAIT_MS`] at most.
    ///
    /// # Errors
    /// [`DeviceError`]; the microphone is then to be closed and opened again later.
    fn take(&mut self, out: &mut Vec<f32>) -> Result<Taken, DeviceError>;

    /// Times that sound was lost because it was not taken quickly enough.
    fn overruns(&self) -> u64 {
        0
    }
}

/// An open speaker.
pub trait Speaker {
    /// Its sample rate in Hz.
    fn rate_hz(&self) -> u32;

    /// Waits until there is room for a block, for [`MAX_WAIT_MS`] at most; whether there is.
    ///
    /// # Errors
    /// [`DeviceError`]; the speaker is then to be closed and opened again later.
    fn wait(&mut self) -> Result<bool, DeviceError>;

    /// Gives it a block of [`BLOCK_MS`].
    ///
    /// # Errors
    /// As [`Speaker::wait`].
    fn give(&mut self, block: &[f32]) -> Result<(), DeviceError>;

    /// Samples given and not heard yet.
    fn unheard(&mut self) -> u64;

    /// Whether silence too must be given, because the sound has to keep time.
    fn keeps_time(&self) -> bool {
        false
    }

    /// Nothing will be given for a while.
    fn rest(&mut self) {}

    /// Times that the device ran out of sound.
    fn underruns(&self) -> u64 {
        0
    }
}

/// What a backend that plays a recording has to know about the conversation. Set by the conversation,
/// read by the microphone's thread.
#[derive(Debug, Default)]
pub struct Cue {
    /// Whether somebody listens to what the microphone hears.
    pub peer: AtomicBool,
    /// Whether an utterance is open.
    pub open: AtomicBool,
    /// Whether the tutor answers, or is expected to.
    pub answering: AtomicBool,
}

impl Cue {
    fn is_active(&self) -> bool {
        self.open.load(Ordering::Acquire) || self.answering.load(Ordering::Acquire)
    }
}

/// Where microphone and speaker come from. They are opened apart, each by the thread that uses it.
pub trait Backend: Send + Sync {
    /// Its name on the bus.
    fn name(&self) -> &'static str;

    /// Whether the microphone can hear the speaker.
    fn hears_itself(&self) -> bool;

    /// Opens the microphone.
    ///
    /// # Errors
    /// [`DeviceError`], whose text names the device and what helps.
    fn open_microphone(&self) -> Result<Box<dyn Microphone>, DeviceError>;

    /// Opens the speaker.
    ///
    /// # Errors
    /// [`DeviceError`], whose text names the device and what helps.
    fn open_speaker(&self) -> Result<Box<dyn Speaker>, DeviceError>;
}

/// The backend of a configuration.
#[must_use]
pub fn of(config: &crate::config::Config, cue: &Arc<Cue>) -> Arc<dyn Backend> {
    match config.backend {
        crate::config::BackendKind::Alsa => Arc::new(alsa::Alsa::new(config.alsa.clone())),
        crate::config::BackendKind::Wav => {
            Arc::new(wav::WavFiles::new(config.wav.clone(), config.voice, Arc::clone(cue)))
        }
    }
}
