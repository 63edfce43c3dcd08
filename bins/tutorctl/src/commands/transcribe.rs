//! `tutorctl transcribe`: what is said in WAV files.

use std::collections::HashMap;
use std::fs::File;
use std::path::Path;

use iseetutor_audio::wav::{MAX_LOADED_S, Reader, Tail, WavError};
use iseetutor_bus::Name;
use iseetutor_bus::stt1::{Stt1Proxy, Transcription};
use iseetutor_service::Shutdown;
use serde_json::json;

use super::up::round;
use crate::cli::TranscribeArgs;
use crate::error::{Error, Result};
use crate::output::{Output, tell};
use crate::session::{Place, Session};

/// Transcribes each file; one that cannot be used does not stop the others.
///
/// # Errors
/// [`Error::Reported`] when a file failed, and those of the session.
pub async fn run(args: &TranscribeArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    // Before any daemon is started, and so that errors name the file, which sttd never learns.
    let files: Vec<Result<File>> = args.files.iter().map(|path| open(path)).collect();
    if files.iter().all(Result::is_err) {
        for file in files {
            if let Err(error) = file {
                tell(&format!("tutorctl: {error}"));
            }
        }
        return Err(Error::Reported);
    }
    Session::with(place, &[Name::Stt], shutdown, async |session| {
        let stt = Stt1Proxy::new(session.bus()).await.map_err(Error::call("reach sttd"))?;
        let mut failed = false;
        for (path, file) in args.files.iter().zip(files) {
            let done = match file {
                Ok(file) => transcribe(&stt, file, &args.window, &[], path).await,
                Err(error) => Err(error),
            };
            match done {
                Ok(transcription) => put(path, transcription, output)?,
                Err(error) => {
                    failed = true;
                    tell(&format!("tutorctl: {error}"));
                }
            }
        }
        if failed { Err(Error::Reported) } else { Ok(()) }
    })
    .await
}

/// Opens a file for sttd and checks that it can be transcribed.
///
/// # Errors
/// [`WavError`], naming the file.
pub fn open(path: &Path) -> Result<File> {
    let name = path.display().to_string();
    let length_s = Reader::open(path, Tail::MustBeWhole)?.duration_s();
    if length_s > f64::from(MAX_LOADED_S) {
        return Err(WavError::TooLong { file: name, length_s }.into());
    }
    File::open(path).map_err(Error::io("open", path))
}

/// Has sttd transcribe an open file, in which one of `choices` may be said; `path` is for errors.
///
/// # Errors
/// [`Error::Call`].
pub async fn transcribe(
    stt: &Stt1Proxy<'_>,
    file: File,
    window: &str,
    choices: &[String],
    path: &Path,
) -> Result<Transcription> {
    let failed = || Error::call::<zbus::Error>(format!("transcribe {}", path.display()));
    let window = zbus::OwnedVariant::try_from(zbus::Variant::from(window)).map_err(failed())?;
    let wav = zbus::OwnedFd::from(std::os::fd::OwnedFd::from(file));
    let mut options = HashMap::from([("window".to_owned(), window)]);
    if !choices.is_empty() {
        let choices = zbus::OwnedVariant::try_from(zbus::Variant::from(choices)).map_err(failed())?;
        options.insert("choices".to_owned(), choices);
    }
    stt.transcribe(wav, options).await.map_err(|error| failed()(error.into()))
}

fn put(
    path: &Path,
    (text, confidence, no_speech, audio_s, took_s): Transcription,
    output: Output,
) -> Result<()> {
    let line = json!({
        "file": path.display().to_string(),
        "text": text,
        "confidence": round(confidence),
        "no_speech": no_speech,
        "audio_s": round(audio_s),
        "took_s": round(took_s),
    });
    output.put(&line, || {
        let heard = if no_speech { "(nothing heard)" } else { text.as_str() };
        format!("{}: {heard}  [confidence {confidence:.2}, {audio_s:.1} s in {took_s:.2} s]", path.display())
    })
}
