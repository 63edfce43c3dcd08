//! `org.iseetutor.Audio1`: microphone and speaker.

use std::collections::HashMap;
use std::sync::Arc;

use crate::Reply;

/// Where the time of the last turn went: figures in milliseconds by name, such as
/// `speech_end_to_first_audio_ms`, and `turn`.
pub type TurnRecord = HashMap<String, f64>;

/// What audiod is doing, as it stands on the bus.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AudioState {
    /// Whether the capture device is open.
    pub capturing: bool,
    /// Whether the child is speaking.
    pub listening: bool,
    /// Whether the tutor is speaking.
    pub speaking: bool,
    /// Whether the microphone is muted; the capture device is then closed.
    pub muted: bool,
    /// Volume, 0 to 100.
    pub volume: u32,
    /// Number of the turn at hand, from 1.
    pub turn: u32,
    /// Where the time of the last answered turn went.
    pub last_turn: TurnRecord,
}

/// What audiod puts behind [`Audio1`].
pub trait AudioControl: Send + Sync + 'static {
    /// Name of the backend: `alsa` or `wav`.
    fn backend(&self) -> String;
    /// The state now.
    fn state(&self) -> AudioState;
    /// Sets the volume, 0 to 100.
    fn set_volume(&self, volume: u32) -> Reply<'_, ()>;
    /// See [`Audio1`]'s `PushToTalk`.
    fn push_to_talk(&self, pressed: bool) -> Reply<'_, ()>;
    /// See [`Audio1`]'s `Mute`.
    fn mute(&self, muted: bool) -> Reply<'_, ()>;
    /// See [`Audio1`]'s `Stop`.
    fn stop(&self) -> Reply<'_, ()>;
    /// See [`Audio1`]'s `PlayTone`.
    fn play_tone(&self) -> Reply<'_, ()>;
}

/// Microphone and speaker.
pub struct Audio1 {
    control: Arc<dyn AudioControl>,
}

impl Audio1 {
    /// Serves `control`.
    #[must_use]
    pub fn new(control: Arc<dyn AudioControl>) -> Self {
        Self { control }
    }

    /// Signals every property in which `before` and `after` differ.
    ///
    /// # Errors
    /// When the bus is gone.
    pub async fn signal_changes(
        &self,
        before: &AudioState,
        after: &AudioState,
        emitter: &zbus::object_server::SignalEmitter<'_>,
    ) -> zbus::Result<()> {
        if before.capturing != after.capturing {
            self.capturing_changed(emitter).await?;
        }
        if before.listening != after.listening {
            self.listening_changed(emitter).await?;
        }
        if before.speaking != after.speaking {
            self.speaking_changed(emitter).await?;
        }
        if before.muted != after.muted {
            self.muted_changed(emitter).await?;
        }
        if before.volume != after.volume {
            self.volume_changed(emitter).await?;
        }
        if before.turn != after.turn {
            self.turn_changed(emitter).await?;
        }
        if before.last_turn != after.last_turn {
            self.last_turn_changed(emitter).await?;
        }
        Ok(())
    }
}

/// Microphone and speaker.
#[zbus::interface(
    name = "org.iseetutor.Audio1",
    proxy(
        default_service = "org.iseetutor.Audio1",
        default_path = "/org/iseetutor/Audio1",
        visibility = "pub"
    )
)]
impl Audio1 {
    /// `alsa`, or `wav` when files stand for microphone and speaker.
    #[zbus(property(emits_changed_signal = "const"))]
    fn backend(&self) -> String {
        self.control.backend()
    }

    /// Whether the capture device is open.
    #[zbus(property)]
    fn capturing(&self) -> bool {
        self.control.state().capturing
    }

    /// Whether the child is speaking.
    #[zbus(property)]
    fn listening(&self) -> bool {
        self.control.state().listening
    }

    /// Whether the tutor is speaking.
    #[zbus(property)]
    fn speaking(&self) -> bool {
        self.control.state().speaking
    }

    /// Whether the microphone is muted; the capture device is then closed.
    #[zbus(property)]
    fn muted(&self) -> bool {
        self.control.state().muted
    }

    /// Volume, 0 to 100.
    #[zbus(property)]
    fn volume(&self) -> u32 {
        self.control.state().volume
    }

    /// Sets the volume, 0 to 100.
    #[zbus(property)]
    async fn set_volume(&mut self, volume: u32) -> zbus::fdo::Result<()> {
        if volume > 100 {
            return Err(zbus::fdo::Error::InvalidArgs(format!(
                "cannot set the volume to {volume}: it goes from 0 to 100"
            )));
        }
        self.control.set_volume(volume).await
    }

    /// Number of the turn at hand, from 1.
    #[zbus(property)]
    fn turn(&self) -> u32 {
        self.control.state().turn
    }

    /// Where the time of the last answered turn went, in milliseconds: `turn`,
    /// `speech_end_to_first_audio_ms`, `endpoint_ms`, `stt_ms`, `stt_wait_ms`, `first_token_ms`,
    /// `first_clause_ms`, `tts_first_audio_ms`, `play_ms`. A stage that took no part is absent.
    #[zbus(property)]
    fn last_turn(&self) -> TurnRecord {
        self.control.state().last_turn
    }

    /// Holds (true) or releases (false) the push-to-talk button: holding it interrupts the tutor.
    async fn push_to_talk(&self, pressed: bool) -> zbus::fdo::Result<()> {
        self.control.push_to_talk(pressed).await
    }

    /// Closes (true) or opens (false) the capture device.
    async fn mute(&self, muted: bool) -> zbus::fdo::Result<()> {
        self.control.mute(muted).await
    }

    /// Stops what is being said.
    async fn stop(&self) -> zbus::fdo::Result<()> {
        self.control.stop().await
    }

    /// Plays a second of a soft tone, to test the speaker.
    async fn play_tone(&self) -> zbus::fdo::Result<()> {
        self.control.play_tone().await
    }
}
