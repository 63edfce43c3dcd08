//! The configuration: `/etc/iseetutor/audiod.toml`, every key of which is explained in the sample
//! `config/audiod.toml`.

use std::path::PathBuf;

use iseetutor_service::ServiceConfig;
use iseetutor_service::config::DaemonConfig;
use serde::{Deserialize, Serialize};

use crate::ear::VoiceConfig;

/// What stands for microphone and speaker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BackendKind {
    /// A sound card.
    #[default]
    Alsa,
    /// Two files.
    Wav,
}

/// Whether the child can interrupt the tutor by speaking.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BargeIn {
    /// Where the microphone cannot hear the speaker: with files, not with a sound card.
    #[default]
    Auto,
    /// Always: for headsets.
    On,
    /// Never: the microphone is ignored while the tutor speaks.
    Off,
}

/// The configuration of audiod.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Sockets, bus, log.
    pub service: ServiceConfig,
    /// What stands for microphone and speaker.
    pub backend: BackendKind,
    /// Volume at the start, 0 to 100.
    pub volume: u8,
    /// Whether the microphone is closed at the start, until the bus method `Mute` opens it.
    pub start_muted: bool,
    /// Whether the child can interrupt the tutor by speaking.
    pub barge_in: BargeIn,
    /// Milliseconds for which the microphone stays ignored after the tutor spoke, when `barge_in` is off.
    pub echo_tail_ms: u32,
    /// Seconds after which no answer is waited for any more.
    pub reply_timeout_s: u32,
    /// The sound card.
    pub alsa: AlsaConfig,
    /// The files.
    pub wav: WavConfig,
    /// The push-to-talk button.
    pub button: ButtonConfig,
    /// How utterances are found.
    pub voice: VoiceConfig,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            service: ServiceConfig::default(),
            backend: BackendKind::default(),
            volume: 80,
            start_muted: false,
            barge_in: BargeIn::default(),
            echo_tail_ms: 200,
            reply_timeout_s: 20,
            alsa: AlsaConfig::default(),
            wav: WavConfig::default(),
            button: ButtonConfig::default(),
            voice: VoiceConfig::default(),
        }
    }
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}

/// The table `[alsa]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AlsaConfig {
    /// Capture device, as `arecord -L` lists them.
    pub capture: String,
    /// Channel that is listened to, from 1; 0 for the mean of all.
    pub capture_channel: u32,
    /// Playback device, as `aplay -L` lists them.
    pub playback: String,
    /// Milliseconds of sound in the speaker's buffer: what an interruption has to wait for.
    pub playback_buffer_ms: u32,
}

impl Default for AlsaConfig {
    fn default() -> Self {
        Self {
            capture: "default".into(),
            capture_channel: 0,
            playback: "default".into(),
            playback_buffer_ms: 40,
        }
    }
}

/// The table `[wav]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WavConfig {
    /// File that stands for the microphone; empty for silence without end.
    pub microphone: PathBuf,
    /// File that the speaker's sound is written to; empty for nowhere.
    pub speaker: PathBuf,
    /// Sample rate of that file in Hz.
    pub speaker_rate_hz: u32,
    /// Whether the file waits, in the silence before its next utterance, until the tutor has answered.
    pub wait_for_reply: bool,
}

impl Default for WavConfig {
    fn default() -> Self {
        Self {
            microphone: PathBuf::new(),
            speaker: PathBuf::new(),
            speaker_rate_hz: 22_050,
            wait_for_reply: true,
        }
    }
}

/// The table `[button]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ButtonConfig {
    /// Input device of the button, read whenever it is there; empty for none.
    pub device: PathBuf,
}

impl Default for ButtonConfig {
    fn default() -> Self {
        Self { device: "/dev/input/iseetutor-button".into() }
    }
}

/// Why a configuration that can be read cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the configuration of audiod cannot be used: {key} is {value}, {wanted}")]
pub struct BadValue {
    /// The key.
    pub key: &'static str,
    /// Its value.
    pub value: String,
    /// What it may be.
    pub wanted: &'static str,
}

impl Config {
    /// Checks what types alone do not say.
    ///
    /// # Errors
    /// [`BadValue`] for the first key with a value out of range.
    pub fn check(&self) -> Result<(), BadValue> {
        let range = |key, value: u32, from: u32, to: u32, wanted| {
            if (from..=to).contains(&value) {
                Ok(())
            } else {
                Err(BadValue { key, value: value.to_string(), wanted })
            }
        };
        let voice = &self.voice;
        range("volume", self.volume.into(), 0, 100, "it goes from 0 to 100")?;
        range("echo_tail_ms", self.echo_tail_ms, 0, 5_000, "it goes from 0 to 5000")?;
        range("reply_timeout_s", self.reply_timeout_s, 1, 600, "it goes from 1 to 600")?;
        range("alsa.playback_buffer_ms", self.alsa.playback_buffer_ms, 20, 500, "it goes from 20 to 500")?;
        range("wav.speaker_rate_hz", self.wav.speaker_rate_hz, 8_000, 48_000, "it goes from 8000 to 48000")?;
        range("voice.attack_ms", voice.attack_ms, 16, 500, "it goes from 16 to 500")?;
        range("voice.pre_roll_ms", voice.pre_roll_ms, 0, 2_000, "it goes from 0 to 2000")?;
        range("voice.pause_ms", voice.pause_ms, 50, 2_000, "it goes from 50 to 2000")?;
        range("voice.endpoint_ms", voice.endpoint_ms, 150, 5_000, "it goes from 150 to 5000")?;
        range("voice.min_voice_ms", voice.min_voice_ms, 0, 1_000, "it goes from 0 to 1000")?;
        range("voice.max_utterance_ms", voice.max_utterance_ms, 1_000, 60_000, "it goes from 1000 to 60000")?;
        for (key, device) in [("alsa.capture", &self.alsa.capture), ("alsa.playback", &self.alsa.playback)] {
            if device.is_empty() || device.contains('\0') {
                let wanted = "give a device as `arecord -L` and `aplay -L` list them";
                return Err(BadValue { key, value: format!("{device:?}"), wanted });
            }
        }
        Ok(())
    }
}
