//! The control plane: `org.iseetutor.Stt1`.

use std::fs::File;
use std::os::fd::{AsRawFd, OwnedFd};

use iseetutor_audio::wav::{Reader, SpeechReader, Tail};
use iseetutor_bus::stt1::{SttControl, Transcription};
use iseetutor_bus::{Options, Reply, Status};
use iseetutor_wire::message::{AnswerKind, Expectation};
use tokio::sync::watch;
use zbus::fdo::Error;

use crate::engine::{EngineError, Window};
use crate::worker::Worker;

/// What an operator can ask.
#[derive(Debug)]
pub struct Control {
    /// None while the model is loaded.
    worker: watch::Receiver<Option<Worker>>,
    status: Status,
}

impl Control {
    /// Puts the worker within an operator's reach, as soon as there is one.
    #[must_use]
    pub fn new(worker: watch::Receiver<Option<Worker>>, status: Status) -> Self {
        Self { worker, status }
    }

    async fn transcribe_file(&self, wav: OwnedFd, options: &Options) -> Result<Transcription, Error> {
        let (window, expect) = read_options(options)?;
        // Files block, if only for moments.
        let reader = tokio::task::spawn_blocking(move || open(wav))
            .await
            .map_err(|error| Error::Failed(format!("the reader ended early: {error}")))?;
        let mut reader = reader.map_err(|error| Error::InvalidArgs(error.to_string()))?;
        let mut worker = self.worker.clone();
        let worker =
            worker.wait_for(Option::is_some).await.map_err(|_| ending())?.clone().ok_or_else(ending)?;
        let outcome = worker
            .file(window, expect, Box::new(move |out| Ok(reader.read(out)?)))
            .map_err(|error| Error::LimitsExceeded(error.to_string()))?;
        let heard = match outcome.await {
            Ok(Ok(heard)) => heard,
            Ok(Err(error @ EngineError::Sound(_))) => return Err(Error::InvalidArgs(error.to_string())),
            Ok(Err(error)) => {
                self.status.error(&error);
                return Err(Error::Failed(error.to_string()));
            }
            Err(_) => return Err(ending()),
        };
        self.status.count("files");
        Ok((heard.text, heard.confidence, heard.no_speech, heard.audio_ms / 1e3, heard.took_ms / 1e3))
    }
}

impl SttControl for Control {
    fn transcribe(&self, wav: OwnedFd, options: Options) -> Reply<'_, Transcription> {
        Box::pin(async move { self.transcribe_file(wav, &options).await })
    }
}

fn ending() -> Error {
    Error::Failed("sttd is ending; try again in a moment".into())
}

fn open(wav: OwnedFd) -> Result<SpeechReader<std::io::BufReader<File>>, EngineError> {
    // The name is for the error only; a descriptor has none when its file was removed.
    let name = std::fs::read_link(format!("/proc/self/fd/{}", wav.as_raw_fd()))
        .map_or_else(|_| "the recording".into(), |path| path.display().to_string());
    Ok(SpeechReader::new(Reader::from_file(File::from(wav), &name, Tail::MustBeWhole)?)?)
}

fn read_options(options: &Options) -> Result<(Window, Expectation), Error> {
    let wrong = |what: &str| Err(Error::InvalidArgs(format!("option {what}")));
    let (mut window, mut expect) = (Window::Trimmed, Expectation::default());
    for (key, value) in options {
        match key.as_str() {
            "window" => {
                window = match value.downcast_ref::<&str>() {
                    Ok("trimmed") => Window::Trimmed,
                    Ok("full") => Window::Full,
                    Ok(other) => return wrong(&format!("window is trimmed or full, not {other:?}")),
                    Err(_) => return wrong("window is a text (s)"),
                }
            }
            "choices" => {
                let Ok(choices) =
                    value.try_clone().map_err(drop).and_then(|value| Vec::try_from(value).map_err(drop))
                else {
                    return wrong("choices is a list of texts (as)");
                };
                expect = Expectation { kind: AnswerKind::Choice, answers: choices, ..expect };
            }
            other => return wrong(&format!("{other:?} is unknown; known are window and choices")),
        }
    }
    Ok((window, expect))
}
