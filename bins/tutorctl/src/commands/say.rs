//! `tutorctl say`: a text into a WAV file.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use iseetutor_bus::Name;
use iseetutor_bus::tts1::{Synthesis, Tts1Proxy};
use iseetutor_service::Shutdown;
use serde_json::json;

use super::up::round;
use crate::cli::SayArgs;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::session::{Place, Session};
use crate::text;

/// Says the text into the file.
///
/// # Errors
/// When the text or the file cannot be used, and those of the session.
pub async fn run(args: &SayArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let text = text::check(&args.text, text::LONGEST_SAID)?;
    let target = Target::open(&args.out)?;
    Session::with(place, &[Name::Tts], shutdown, async |session| {
        let tts = Tts1Proxy::new(session.bus()).await.map_err(Error::call("reach ttsd"))?;
        let (audio_s, first_audio_ms, took_s) =
            synthesize(&tts, text, target.file()?, args.rate, true).await?;
        target.keep()?;
        let file = args.out.display().to_string();
        let line = json!({
            "file": file,
            "audio_s": round(audio_s),
            "first_audio_ms": round(first_audio_ms),
            "took_s": round(took_s),
        });
        output.put(&line, || format!("{file}: {audio_s:.1} s of speech in {took_s:.2} s"))
    })
    .await
}

/// Has ttsd say `text` into an open file. Without `cache`, what was rendered before is not used.
///
/// # Errors
/// [`Error::Call`].
pub async fn synthesize(
    tts: &Tts1Proxy<'_>,
    text: &str,
    file: File,
    rate: f64,
    cache: bool,
) -> Result<Synthesis> {
    let options = HashMap::from([
        ("rate".to_owned(), zbus::OwnedVariant::from(rate)),
        ("cache".to_owned(), cache.into()),
    ]);
    let wav = zbus::OwnedFd::from(std::os::fd::OwnedFd::from(file));
    tts.synthesize(text.to_owned(), wav, options).await.map_err(Error::call("say the text"))
}

/// Where the speech goes: a new file that takes the place of an old one only when it is complete, or,
/// if the path is a device or a pipe, that itself.
enum Target<'a> {
    New(tempfile::NamedTempFile, &'a Path),
    Device(File),
}

impl<'a> Target<'a> {
    fn open(path: &'a Path) -> Result<Self> {
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                return Err(Error::io("write", path)(std::io::ErrorKind::IsADirectory.into()));
            }
            Ok(meta) if !meta.is_file() => {
                let file = OpenOptions::new().write(true).open(path).map_err(Error::io("open", path))?;
                return Ok(Self::Device(file));
            }
            _ => {}
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::Builder::new()
            .prefix(".tutorctl.")
            // What is left after the umask, as for any file.
            .permissions(std::fs::Permissions::from_mode(0o666))
            .tempfile_in(folder)
            .map_err(Error::io("write a file in", folder))?;
        Ok(Self::New(file, path))
    }

    fn file(&self) -> Result<File> {
        let (file, path) = match self {
            Self::New(file, path) => (file.as_file(), *path),
            Self::Device(file) => (file, Path::new("the device")),
        };
        file.try_clone().map_err(Error::io("open", path))
    }

    fn keep(self) -> Result<()> {
        match self {
            Self::Device(_) => Ok(()),
            Self::New(file, path) => match file.persist(path) {
                Ok(_) => Ok(()),
                Err(refused) => Err(Error::io("put in place", path)(refused.error)),
            },
        }
    }
}
