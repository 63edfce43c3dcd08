//! A sound card through ALSA, with whatever rate, format and number of channels it offers.
//!
//! Devices are opened without blocking and waited on for a moment at a time, so that the threads that
//! use them notice when it is time to end. A card that runs out of time (xrun) or wakes from a suspend
//! is prepared again on the spot; one that is gone is an error, after which its thread opens it again
//! with growing pauses.

mod open;
mod samples;

use std::time::{Duration, Instant};

use alsa::PCM;
use alsa::pcm::State;
use iseetutor_audio::SPEECH_RATE_HZ;
use iseetutor_audio::resample::Resampler;
use iseetutor_wire::monotonic_us;
use nix::libc;

use self::open::{Opened, Role};
use self::samples::SampleFormat;
use super::{Backend, DeviceError, MAX_WAIT_MS, Microphone, Speaker, Taken};
use crate::config::AlsaConfig;

/// Seconds without a single sample after which a microphone that says it runs is given up.
const STALLED: Duration = Duration::from_secs(5);

/// The backend.
#[derive(Debug)]
pub struct Alsa {
    config: AlsaConfig,
}

impl Alsa {
    /// A backend of the devices in `config`.
    #[must_use]
    pub fn new(config: AlsaConfig) -> Self {
        Self { config }
    }
}

impl Backend for Alsa {
    fn name(&self) -> &'static str {
        "alsa"
    }

    fn hears_itself(&self) -> bool {
        true
    }

    fn open_microphone(&self) -> Result<Box<dyn Microphone>, DeviceError> {
        let device = Device::open(Role::Microphone, &self.config.capture, &self.config)?;
        let resampler = Resampler::new(device.rate_hz, SPEECH_RATE_HZ)
            .map_err(|error| device.role.unusable(&device.name, &error.to_string()))?;
        device.start()?;
        Ok(Box::new(AlsaMicrophone {
            bytes: vec![0; device.block * device.frame_bytes()],
            channel: self.config.capture_channel,
            resampler,
            mono: Vec::new(),
            taken: 0,
            made: 0,
            last: Instant::now(),
            device,
        }))
    }

    fn open_speaker(&self) -> Result<Box<dyn Speaker>, DeviceError> {
        let device = Device::open(Role::Speaker, &self.config.playback, &self.config)?;
        Ok(Box::new(AlsaSpeaker { device, bytes: Vec::new() }))
    }
}

/// An open PCM and what was agreed with it.
struct Device {
    pcm: PCM,
    role: Role,
    name: String,
    rate_hz: u32,
    channels: usize,
    format: SampleFormat,
    /// Frames of a block.
    block: usize,
    /// Frames of the device's buffer.
    buffer: u64,
    pace: Pace,
    xruns: u64,
}

/// Holds a device to the clock. ALSA's null device takes and gives sound as fast as it is asked to; a
/// machine whose default device is that one would otherwise keep a core busy.
#[derive(Debug)]
struct Pace {
    since: Instant,
    frames: u64,
}

impl Pace {
    fn new() -> Self {
        Self { since: Instant::now(), frames: 0 }
    }

    /// How far the device is ahead of what its rate and `slack` frames of buffer allow.
    fn ahead(&self, rate_hz: u32, slack: u64) -> Duration {
        let frames = self.frames.saturating_sub(slack);
        let due = Duration::from_micros(frames.saturating_mul(1_000_000) / u64::from(rate_hz.max(1)));
        due.saturating_sub(self.since.elapsed())
    }
}

impl Device {
    fn open(role: Role, name: &str, config: &AlsaConfig) -> Result<Self, DeviceError> {
        let Opened { pcm, rate_hz, channels, format, block, buffer } = open::open(role, name, config)?;
        tracing::info!(device = name, rate_hz, channels, %format, block, buffer, "{} opened", role.noun());
        let name = name.to_owned();
        Ok(Self { pcm, role, name, rate_hz, channels, format, block, buffer, pace: Pace::new(), xruns: 0 })
    }

    fn frame_bytes(&self) -> usize {
        self.channels * self.format.bytes()
    }

    fn lost(&self, error: alsa::Error) -> DeviceError {
        DeviceError::Lost { what: self.role.noun(), device: self.name.clone(), reason: error.to_string() }
    }

    fn start(&self) -> Result<(), DeviceError> {
        self.pcm.start().map_err(|error| self.lost(error))
    }

    /// Sleeps while the device is ahead of the clock; whether it was.
    fn hold_to_clock(&self) -> bool {
        // A card's clock and ours differ by some parts in a million: the slack takes hours of that, and
        // an xrun, a rest or a new opening begin anew.
        let ahead = self.pace.ahead(self.rate_hz, self.buffer + u64::from(self.rate_hz) / 5);
        if ahead.is_zero() {
            return false;
        }
        std::thread::sleep(ahead.min(Duration::from_millis(u64::from(MAX_WAIT_MS))));
        true
    }

    /// Mends what can be mended after `error`; anything else means that the device is gone.
    fn recover(&mut self, error: alsa::Error) -> Result<(), DeviceError> {
        match error.errno() {
            // Interrupted, or not ready after all.
            libc::EINTR | libc::EAGAIN => return Ok(()),
            libc::EPIPE => {
                self.xruns += 1;
                tracing::debug!(device = self.name, xruns = self.xruns, "xrun");
            }
            libc::ESTRPIPE => match self.pcm.resume() {
                Ok(()) => return Ok(()),
                // Still waking up.
                Err(error) if error.errno() == libc::EAGAIN => {
                    std::thread::sleep(Duration::from_millis(u64::from(MAX_WAIT_MS)));
                    return Ok(());
                }
                // Cannot go on where it was: begin again.
                Err(_) => tracing::info!(device = self.name, "back from suspend"),
            },
            _ => return Err(self.lost(error)),
        }
        self.pcm.prepare().map_err(|error| self.lost(error))?;
        self.pace = Pace::new();
        if self.role == Role::Microphone { self.start() } else { Ok(()) }
    }
}

struct AlsaMicrophone {
    device: Device,
    /// Channel to listen to, from 1; 0 for the mean of all.
    channel: u32,
    bytes: Vec<u8>,
    mono: Vec<f32>,
    resampler: Resampler,
    /// Frames taken from the device and samples made of them, whose difference is the resampler's delay.
    taken: u64,
    made: u64,
    /// When the last sound came.
    last: Instant,
}

impl Microphone for AlsaMicrophone {
    fn take(&mut self, out: &mut Vec<f32>) -> Result<Taken, DeviceError> {
        if self.device.hold_to_clock() {
            return Ok(Taken::Nothing);
        }
        if let Err(error) = self.device.pcm.wait(Some(MAX_WAIT_MS)) {
            self.device.recover(error)?;
            return Ok(Taken::Nothing);
        }
        let read = self.device.pcm.io_bytes().readi(&mut self.bytes);
        let frames = match read {
            Ok(0) => return self.nothing(),
            Ok(frames) => frames,
            Err(error) if error.errno() == libc::EAGAIN => return self.nothing(),
            Err(error) => {
                self.device.recover(error)?;
                return Ok(Taken::Nothing);
            }
        };
        let now = monotonic_us();
        self.last = Instant::now();
        self.device.pace.frames += frames as u64;
        self.mono.clear();
        let bytes = self.bytes.get(..frames * self.device.frame_bytes()).unwrap_or_default();
        samples::decode(bytes, self.device.format, self.device.channels, self.channel, &mut self.mono);
        let before = out.len();
        let unusable =
            |error: &dyn std::fmt::Display| self.device.role.unusable(&self.device.name, &error.to_string());
        self.resampler.push(&self.mono, out).map_err(|error| unusable(&error))?;
        self.taken += frames as u64;
        self.made += (out.len() - before) as u64;
        // The newest sample made was captured before what is still in the card and in the resampler.
        let waiting = u64::try_from(self.device.pcm.avail_update().unwrap_or(0)).unwrap_or(0);
        let us = |samples: u64, rate_hz: u32| samples * 1_000_000 / u64::from(rate_hz);
        let delay = us(waiting, self.device.rate_hz)
            + us(self.taken, self.device.rate_hz).saturating_sub(us(self.made, SPEECH_RATE_HZ));
        Ok(if out.len() == before {
            Taken::Nothing
        } else {
            Taken::Sound { end_us: now.saturating_sub(delay) }
        })
    }

    fn overruns(&self) -> u64 {
        self.device.xruns
    }
}

impl AlsaMicrophone {
    fn nothing(&self) -> Result<Taken, DeviceError> {
        if self.last.elapsed() > STALLED {
            return Err(DeviceError::Lost {
                what: self.device.role.noun(),
                device: self.device.name.clone(),
                reason: format!("no sound for {} s", STALLED.as_secs()),
            });
        }
        Ok(Taken::Nothing)
    }
}

struct AlsaSpeaker {
    device: Device,
    bytes: Vec<u8>,
}

impl Speaker for AlsaSpeaker {
    fn rate_hz(&self) -> u32 {
        self.device.rate_hz
    }

    fn wait(&mut self) -> Result<bool, DeviceError> {
        if self.device.hold_to_clock() {
            return Ok(false);
        }
        match self.device.pcm.wait(Some(MAX_WAIT_MS)) {
            Ok(_) => {}
            Err(error) => {
                self.device.recover(error)?;
                return Ok(false);
            }
        }
        match self.device.pcm.avail_update() {
            Ok(frames) => Ok(usize::try_from(frames).is_ok_and(|frames| frames >= self.device.block)),
            Err(error) => {
                self.device.recover(error)?;
                Ok(false)
            }
        }
    }

    fn give(&mut self, block: &[f32]) -> Result<(), DeviceError> {
        self.bytes.clear();
        samples::encode(block, self.device.format, self.device.channels, &mut self.bytes);
        let frame_bytes = self.device.frame_bytes();
        let mut rest = self.bytes.as_slice();
        let mut recoveries = 0;
        while !rest.is_empty() {
            let written = self.device.pcm.io_bytes().writei(rest);
            match written {
                Ok(frames) => {
                    self.device.pace.frames += frames as u64;
                    rest = rest.get(frames * frame_bytes..).unwrap_or_default();
                }
                // A device that cannot be brought to take a block in this many attempts is not one.
                Err(error) if recoveries == 20 => return Err(self.device.lost(error)),
                Err(error) => {
                    recoveries += 1;
                    if error.errno() == libc::EAGAIN {
                        let _ = self.device.pcm.wait(Some(MAX_WAIT_MS / 10));
                    }
                    self.device.recover(error)?;
                }
            }
        }
        Ok(())
    }

    fn unheard(&mut self) -> u64 {
        match self.device.pcm.delay() {
            Ok(frames) => u64::try_from(frames).unwrap_or(0),
            Err(_) => 0,
        }
    }

    fn rest(&mut self) {
        // Everything was heard: what is dropped is silence. Prepared, it starts with the next sound at once.
        if self.device.pcm.state_raw() != State::Prepared as i32 {
            let _ = self.device.pcm.drop();
            let _ = self.device.pcm.prepare();
        }
        self.device.pace = Pace::new();
    }

    fn underruns(&self) -> u64 {
        self.device.xruns
    }
}

#[cfg(test)]
mod tests;
