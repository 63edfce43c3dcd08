//! The control plane: `org.iseetutor.Tts1`.

use std::fs::File;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use iseetutor_audio::wav::Writer;
use iseetutor_bus::tts1::{Synthesis, TtsControl};
use iseetutor_bus::{Options, Reply, Status};
use iseetutor_service::Shutdown;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use zbus::fdo::Error;

use crate::engine::{Cancel, Engine, MAX_TEXT, Outcome, RATES, Report, Say, SpeakError, Work};
use crate::sinks::{ChannelSink, Sound};

/// Pieces of sound on their way to the file.
const PIECES: usize = 4;

/// What an operator can ask.
pub struct Control {
    /// The engine.
    pub engine: Engine,
    /// The configured pace.
    pub rate: f32,
    /// Bytes of rendered sentences on disk.
    pub cache_bytes: Arc<AtomicU64>,
    /// Bytes they may take.
    pub cache_limit: u64,
    /// When the daemon ends.
    pub shutdown: Shutdown,
}

impl TtsControl for Control {
    fn synthesize(&self, text: String, wav: OwnedFd, options: Options) -> Reply<'_, Synthesis> {
        Box::pin(async move { self.say_to(text, wav, options).await })
    }

    fn clear_cache(&self) -> Reply<'_, u64> {
        Box::pin(async move {
            let (reply, freed) = oneshot::channel();
            self.engine.operator.send(Work::ClearCache(reply)).await.map_err(|_| ending())?;
            freed.await.map_err(|_| ending())
        })
    }

    fn cache_bytes(&self) -> u64 {
        self.cache_bytes.load(Ordering::Relaxed)
    }

    fn cache_limit(&self) -> u64 {
        self.cache_limit
    }
}

fn ending() -> Error {
    Error::Failed("ttsd is ending; try again in a moment".into())
}

impl Control {
    async fn say_to(&self, text: String, wav: OwnedFd, options: Options) -> Result<Synthesis, Error> {
        let (rate, from_cache) = read_options(&options)?;
        if text.len() > MAX_TEXT {
            return Err(Error::LimitsExceeded(SpeakError::TooLong { length: text.len() }.to_string()));
        }
        let arrived = Instant::now();
        let (sound, received) = mpsc::channel(PIECES);
        let (done, ended) = oneshot::channel();
        let cancel = Cancel::default();
        // If the caller goes away while this waits, the text is stopped with it.
        let stop = StopOnDrop(cancel.clone());
        let sink =
            ChannelSink { runtime: Handle::current(), shutdown: self.shutdown.clone(), arrived, sound, done };
        let say = Say {
            text,
            rate: (rate * self.rate).clamp(*RATES.start(), *RATES.end()),
            from_cache,
            // Nobody vouches for an operator's text.
            keep: false,
            pause_ms: 0,
            arrived,
            cancel,
            sink: Box::new(sink),
        };
        self.engine.operator.send(Work::Say(say)).await.map_err(|_| ending())?;
        self.engine.operator_waits();
        let written = tokio::task::spawn_blocking(move || write_wav(received, wav))
            .await
            .map_err(|error| Error::Failed(format!("the writer ended early: {error}")))?;
        // A file that cannot be written explains why the text was stopped, so it comes first.
        let written = written.map_err(|error| Error::Failed(error.to_string()))?;
        let outcome = ended.await.map_err(|_| ending())?;
        drop(stop);
        match (outcome, written) {
            (Outcome::Said { samples, .. }, Some((rate_hz, first_ms))) => {
                Ok((samples as f64 / f64::from(rate_hz), first_ms, arrived.elapsed().as_secs_f64()))
            }
            (Outcome::Said { .. }, None) => Err(Error::InvalidArgs(
                "there is nothing to say in the text: it has no Latin letters and no digits".into(),
            )),
            (Outcome::Stopped, _) => {
                Err(Error::Failed("stopped: ttsd is ending, or the file was not read for too long".into()))
            }
            (Outcome::Failed(error), _) => Err(Error::Failed(error.to_string())),
        }
    }
}

struct StopOnDrop(Cancel);

impl Drop for StopOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

fn read_options(options: &Options) -> Result<(f32, bool), Error> {
    let (mut rate, mut cache) = (1.0, true);
    for (key, value) in options {
        match key.as_str() {
            "rate" => {
                let wanted: f64 = value
                    .downcast_ref()
                    .map_err(|_| Error::InvalidArgs("option rate is a number (d)".into()))?;
                rate = wanted as f32;
                if !RATES.contains(&rate) {
                    return Err(Error::InvalidArgs(format!("option rate is 0.25 to 4, not {wanted}")));
                }
            }
            "cache" => {
                cache = value
                    .downcast_ref()
                    .map_err(|_| Error::InvalidArgs("option cache is true or false (b)".into()))?;
            }
            other => {
                return Err(Error::InvalidArgs(format!(
                    "unknown option {other:?}; known are rate and cache"
                )));
            }
        }
    }
    Ok((rate, cache))
}

/// Writes what comes until the sender is gone; returns the sample rate and the time to the first sound, or nothing
/// when no sound came.
fn write_wav(
    mut sound: mpsc::Receiver<Sound>,
    wav: OwnedFd,
) -> Result<Option<(u32, f64)>, iseetutor_audio::wav::WavError> {
    let mut target = Some(File::from(wav));
    let mut writer: Option<Writer<File>> = None;
    let mut begun = None;
    while let Some(piece) = sound.blocking_recv() {
        match piece {
            Sound::Start(rate_hz, first_ms) => {
                begun = Some((rate_hz, first_ms));
                if let Some(file) = target.take() {
                    writer = Some(Writer::new(file, "the file passed", rate_hz)?);
                }
            }
            Sound::Samples(samples) => {
                if let Some(writer) = &mut writer {
                    writer.write_i16(&samples)?;
                }
            }
        }
    }
    if let Some(writer) = writer {
        writer.finish()?;
    }
    Ok(begun)
}

/// Keeps the figures that [`Status`] shows.
pub struct Figures {
    /// The daemon's status.
    pub status: Status,
    /// Shared with [`Control`].
    pub cache_bytes: Arc<AtomicU64>,
}

impl Report for Figures {
    fn ended(&self, outcome: &Outcome, first_ms: Option<f64>, took_ms: f64, urgent: bool) {
        match outcome {
            Outcome::Said { cached, samples } => {
                self.status.count(if urgent { "sentences_said" } else { "texts_rendered" });
                if *cached {
                    self.status.count("cache_hits");
                }
                if *samples == 0 {
                    self.status.count("nothing_to_say");
                }
                if let Some(first_ms) = first_ms.filter(|_| urgent) {
                    self.status
                        .observe(if *cached { "first_audio_cached_ms" } else { "first_audio_ms" }, first_ms);
                    self.status.observe("sentence_ms", took_ms);
                }
            }
            Outcome::Stopped => self.status.count("stopped"),
            Outcome::Failed(error) => {
                self.status.count("failed");
                tracing::error!(%error, "a text could not be said");
                self.status.error(error);
            }
        }
    }

    fn cache_bytes(&self, bytes: u64) {
        self.cache_bytes.store(bytes, Ordering::Relaxed);
    }
}
