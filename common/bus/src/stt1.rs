//! `org.iseetutor.Stt1`: speech to text.

use std::os::fd::OwnedFd;
use std::sync::Arc;

use crate::{Options, Reply};

/// A finished transcription: text, confidence (0 to 1), no speech, seconds of audio, seconds it took.
pub type Transcription = (String, f64, bool, f64, f64);

/// What sttd puts behind [`Stt1`].
pub trait SttControl: Send + Sync + 'static {
    /// See [`Stt1`]'s `Transcribe`.
    fn transcribe(&self, wav: OwnedFd, options: Options) -> Reply<'_, Transcription>;
}

/// Speech to text.
pub struct Stt1 {
    control: Arc<dyn SttControl>,
}

impl Stt1 {
    /// Serves `control`.
    #[must_use]
    pub fn new(control: Arc<dyn SttControl>) -> Self {
        Self { control }
    }
}

/// Speech to text.
#[zbus::interface(
    name = "org.iseetutor.Stt1",
    proxy(default_service = "org.iseetutor.Stt1", default_path = "/org/iseetutor/Stt1", visibility = "pub")
)]
impl Stt1 {
    /// Transcribes a WAV file of any rate and channel count, passed as a descriptor that is open for
    /// reading. Options: `window` (s), `trimmed` (default) or `full`, the latter to measure against; `choices` (as), the
    /// lettered choices of a question, as they are said, when one of them is waited for.
    #[zbus(out_args("text", "confidence", "no_speech", "audio_s", "took_s"))]
    async fn transcribe(&self, wav: zbus::OwnedFd, options: Options) -> zbus::fdo::Result<Transcription> {
        self.control.transcribe(wav.into(), options).await
    }
}
