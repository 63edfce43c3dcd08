//! Opening a device and agreeing with it on rate, format and channels.

use alsa::pcm::{Access, Frames, HwParams};
use alsa::{Direction, PCM, ValueOr};
use nix::libc;

use super::samples::SampleFormat;
use crate::backend::{BLOCK_MS, DeviceError};
use crate::config::AlsaConfig;

/// Milliseconds that a microphone's buffer holds, so that a busy machine loses nothing.
const CAPTURE_BUFFER_MS: u32 = 200;

/// Microphone or speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Microphone,
    Speaker,
}

impl Role {
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Microphone => "microphone",
            Self::Speaker => "speaker",
        }
    }

    fn list(self) -> &'static str {
        match self {
            Self::Microphone => "arecord -L",
            Self::Speaker => "aplay -L",
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Microphone => "alsa.capture",
            Self::Speaker => "alsa.playback",
        }
    }

    /// The error for a device that opens and then cannot be used.
    pub(super) fn unusable(self, device: &str, reason: &str) -> DeviceError {
        DeviceError::Open {
            what: self.noun(),
            device: device.into(),
            reason: reason.into(),
            remedy: format!("set {} to \"plughw:...\" of the card, which converts", self.key()),
        }
    }

    fn refused(self, device: &str, error: alsa::Error) -> DeviceError {
        let remedy = match error.errno() {
            libc::EBUSY | libc::EAGAIN => {
                "another program uses it: find it with `fuser -v /dev/snd/*`".to_owned()
            }
            libc::EACCES | libc::EPERM => {
                "this user may not use it: add the user to the group audio".to_owned()
            }
            _ => format!(
                "is it plugged in? List devices with `{}` and set {} to one of them",
                self.list(),
                self.key()
            ),
        };
        DeviceError::Open { what: self.noun(), device: device.into(), reason: error.to_string(), remedy }
    }
}

/// An open device and what was agreed.
pub(super) struct Opened {
    pub pcm: PCM,
    pub rate_hz: u32,
    pub channels: usize,
    pub format: SampleFormat,
    /// Frames of a block.
    pub block: usize,
    /// Frames of the buffer.
    pub buffer: u64,
}

pub(super) fn open(role: Role, name: &str, config: &AlsaConfig) -> Result<Opened, DeviceError> {
    // What the library would write to stderr goes to a buffer of this thread instead: a missing device
    // is tried again and again, and our own error says what helps.
    let _messages = alsa::Output::local_error_handler();
    let direction = match role {
        Role::Microphone => Direction::Capture,
        Role::Speaker => Direction::Playback,
    };
    let pcm = PCM::new(name, direction, true).map_err(|error| role.refused(name, error))?;
    let agreed = agree(&pcm, role, config).map_err(|error| role.unusable(name, &error.to_string()))?;
    let Some((rate_hz, channels, format, block, buffer)) = agreed else {
        let formats: Vec<String> = SampleFormat::ALL.iter().map(ToString::to_string).collect();
        let reason = format!("it has none of the sample formats {}", formats.join(", "));
        return Err(role.unusable(name, &reason));
    };
    Ok(Opened { pcm, rate_hz, channels, format, block, buffer })
}

type Agreed = (u32, usize, SampleFormat, usize, u64);

/// Sets the device up; `None` when it has no format that is spoken here.
fn agree(pcm: &PCM, role: Role, config: &AlsaConfig) -> Result<Option<Agreed>, alsa::Error> {
    let params = HwParams::any(pcm)?;
    // Our own resampler is better than the one of ALSA's plug layer. Not every device can be asked.
    let _ = params.set_rate_resample(false);
    params.set_access(Access::RWInterleaved)?;
    let Some(format) = SampleFormat::ALL.into_iter().find(|format| params.test_format(format.alsa()).is_ok())
    else {
        return Ok(None);
    };
    params.set_format(format.alsa())?;
    // As few channels as there can be: a second one would be a copy, or another microphone.
    let fewest = if role == Role::Microphone { config.capture_channel.max(1) } else { 1 };
    params.set_channels_near(fewest)?;
    let rates: &[u32] = match role {
        Role::Microphone => &[16_000, 48_000, 44_100],
        Role::Speaker => &[48_000, 44_100, 22_050],
    };
    match rates.iter().find(|rate| params.test_rate(**rate).is_ok()) {
        Some(rate) => params.set_rate(*rate, ValueOr::Nearest)?,
        None => {
            params.set_rate_near(48_000, ValueOr::Nearest)?;
        }
    }
    let buffer_ms = match role {
        Role::Microphone => CAPTURE_BUFFER_MS,
        Role::Speaker => config.playback_buffer_ms,
    };
    params.set_period_time_near(BLOCK_MS * 1_000, ValueOr::Nearest)?;
    params.set_buffer_time_near(buffer_ms * 1_000, ValueOr::Nearest)?;
    pcm.hw_params(&params)?;

    let rate_hz = params.get_rate()?;
    let channels = usize::try_from(params.get_channels()?).unwrap_or(1).max(1);
    let buffer = params.get_buffer_size()?;
    // A block that the buffer cannot hold twice would never fit beside the one being heard.
    let block = Frames::from(rate_hz * BLOCK_MS / 1_000).min(buffer / 2).max(1);
    let soft = pcm.sw_params_current()?;
    soft.set_avail_min(block)?;
    let start = match role {
        Role::Microphone => 1,
        // Full, so that it does not run dry while the next block is made; filling it takes no time.
        Role::Speaker => buffer / block * block,
    };
    soft.set_start_threshold(start)?;
    pcm.sw_params(&soft)?;
    pcm.prepare()?;
    let to_usize = |frames: Frames| usize::try_from(frames).unwrap_or(1);
    Ok(Some((rate_hz, channels, format, to_usize(block), buffer.unsigned_abs())))
}
