//! `org.iseetutor.Tts1`: text to speech.

use std::os::fd::OwnedFd;
use std::sync::Arc;

use crate::{Options, Reply};

/// A finished synthesis: seconds of audio, milliseconds to the first of it, seconds it took.
pub type Synthesis = (f64, f64, f64);

/// What ttsd puts behind [`Tts1`].
pub trait TtsControl: Send + Sync + 'static {
    /// See [`Tts1`]'s `Synthesize`.
    fn synthesize(&self, text: String, wav: OwnedFd, options: Options) -> Reply<'_, Synthesis>;
    /// See [`Tts1`]'s `ClearCache`.
    fn clear_cache(&self) -> Reply<'_, u64>;
    /// Bytes of rendered sentences on disk.
    fn cache_bytes(&self) -> u64;
    /// Bytes they may take at most.
    fn cache_limit(&self) -> u64;
}

/// Text to speech.
pub struct Tts1 {
    control: Arc<dyn TtsControl>,
}

impl Tts1 {
    /// Serves `control`.
    #[must_use]
    pub fn new(control: Arc<dyn TtsControl>) -> Self {
        Self { control }
    }
}

/// Text to speech.
#[zbus::interface(
    name = "org.iseetutor.Tts1",
    proxy(default_service = "org.iseetutor.Tts1", default_path = "/org/iseetutor/Tts1", visibility = "pub")
)]
impl Tts1 {
    /// Says `text` into a WAV file, passed as a descriptor that is open for writing. Options: `rate` (d),
    /// 1.0 is the voice's own pace and less is slower; `cache` (b), false to synthesise in any case.
    #[zbus(out_args("audio_s", "first_audio_ms", "took_s"))]
    async fn synthesize(
        &self,
        text: String,
        wav: zbus::OwnedFd,
        options: Options,
    ) -> zbus::fdo::Result<Synthesis> {
        self.control.synthesize(text, wav.into(), options).await
    }

    /// Removes every rendered sentence from the disk; returns how many bytes that freed.
    #[zbus(out_args("freed"))]
    async fn clear_cache(&self) -> zbus::fdo::Result<u64> {
        self.control.clear_cache().await
    }

    /// Bytes of rendered sentences on disk.
    #[zbus(property(emits_changed_signal = "false"))]
    fn cache_bytes(&self) -> u64 {
        self.control.cache_bytes()
    }

    /// Bytes they may take at most.
    #[zbus(property(emits_changed_signal = "const"))]
    fn cache_limit(&self) -> u64 {
        self.control.cache_limit()
    }
}
