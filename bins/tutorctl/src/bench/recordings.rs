//! Recordings to measure with: the bundled ones, or a folder of the same form.

use std::path::{Path, PathBuf};

use iseetutor_audio::wav::{Reader, Tail};

use crate::error::{Error, Result};

/// Clips are shorter than this, in seconds.
const SHORT_S: f64 = 5.0;

const CONVERSATION: &str = "conversation.wav";
const TRANSCRIPTS: &str = "transcripts.tsv";

/// A recording and what is said in it, if that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// The file.
    pub path: PathBuf,
    /// What is said.
    pub text: Option<String>,
}

/// The bundled recordings.
#[derive(Debug, Clone)]
pub struct Recordings {
    /// Short ones.
    pub clips: Vec<Clip>,
    /// A child's side of a conversation.
    pub conversation: Option<PathBuf>,
}

impl Recordings {
    /// Those in `folder`, or else the bundled ones.
    ///
    /// # Errors
    /// When there is no folder, or nothing short in it.
    pub fn find(folder: Option<&Path>) -> Result<Self> {
        let folder = match folder {
            Some(folder) => folder.to_owned(),
            None => bundled().ok_or_else(|| {
                Error::Failed(
                    "cannot find the bundled recordings (tests/fixtures/speech); run this in the source tree, or \
                     give a folder of short WAV files with --wavs"
                        .into(),
                )
            })?,
        };
        let conversation = Some(folder.join(CONVERSATION)).filter(|path| path.is_file());
        let clips: Vec<Clip> = corpus(&folder)?
            .into_iter()
            .filter(|clip| clip.path.file_name().is_some_and(|name| name != CONVERSATION))
            .filter(|clip| {
                Reader::open(&clip.path, Tail::MustBeWhole).is_ok_and(|wav| wav.duration_s() < SHORT_S)
            })
            .collect();
        if clips.is_empty() {
            return Err(Error::Failed(format!(
                "no WAV file under {SHORT_S} s in {}; give another folder with --wavs",
                folder.display()
            )));
        }
        Ok(Self { clips, conversation })
    }
}

/// Where the bundled recordings are: beside the sources, or where packages put them.
#[must_use]
pub fn bundled() -> Option<PathBuf> {
    let near = "tests/fixtures/speech";
    let executable = std::env::current_exe().unwrap_or_default();
    let above = executable.ancestors().skip(1).take(4).map(|folder| folder.join(near));
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(near);
    std::iter::once(PathBuf::from(near))
        .chain(above)
        .chain([PathBuf::from("/usr/share/iseetutor/speech"), built])
        .find(|folder| folder.join(CONVERSATION).is_file())
}

/// The clips of a folder: those that its `transcripts.tsv` lists (columns by name, `file` and `text` among
/// them), or every WAV file.
///
/// # Errors
/// When the folder or the list cannot be read, or the list has not these columns.
pub fn corpus(folder: &Path) -> Result<Vec<Clip>> {
    let list = folder.join(TRANSCRIPTS);
    if !list.is_file() {
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
            .map_err(Error::io("read the folder", folder))?
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "wav"))
            .collect();
        files.sort();
        return Ok(files.into_iter().map(|path| Clip { path, text: None }).collect());
    }
    let text = std::fs::read_to_string(&list).map_err(Error::io("read", &list))?;
    parse(&text, folder).ok_or_else(|| {
        Error::Failed(format!(
            "{} has not the columns file and text; its first line has to name them",
            list.display()
        ))
    })
}

fn parse(text: &str, folder: &Path) -> Option<Vec<Clip>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next()?.split('\t').collect();
    let column = |name| names.iter().position(|column| *column == name);
    let (file, text) = (column("file")?, column("text")?);
    let clip = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        Some(Clip {
            path: folder.join(cells.get(file)?),
            text: cells.get(text).map(|text| (*text).to_owned()),
        })
    };
    Some(lines.filter_map(clip).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::path::Path;

    use super::{Recordings, bundled, parse};

    #[test]
    fn columns_are_found_by_name() {
        let clips = parse("age\ttext\tfile\n8\tHELLO\ta.wav\n", Path::new("/c")).unwrap();
        assert_eq!(clips[0].path, Path::new("/c/a.wav"));
        assert_eq!(clips[0].text.as_deref(), Some("HELLO"));
        assert_eq!(parse("age\n8\n", Path::new("/c")), None);
    }

    #[test]
    fn the_bundled_recordings_are_found() {
        let recordings = Recordings::find(bundled().as_deref()).unwrap();
        assert!(recordings.clips.len() >= 5 && recordings.conversation.is_some());
        assert!(recordings.clips.iter().all(|clip| clip.text.is_some()));
    }
}
