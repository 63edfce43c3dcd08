//! The folder that models are kept in, and what state they are in.
//!
//! ```text
//! ROOT/starter/smollm2-135m-instruct-q4_1.gguf    a finished, verified file
//! ROOT/starter/.verified/NAME.json                size, time, inode and checksum when it was last hashed
//! ROOT/starter/accepted.json                      checksums of files accepted without a published one
//! ROOT/.staging/                                  wheels and conversions in progress
//! ROOT/.lock                                      held while fetching
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::Sha256Sum;
use crate::error::{Error, Result};
use crate::manifest::{Arch, Checksum, Model, ModelSet, Role};

const ACCEPTED: &str = "accepted.json";
const VERIFIED: &str = ".verified";

pub(crate) const FETCH_AGAIN: &str = "run `tutorctl models fetch`";

/// The models folder.
#[derive(Debug, Clone)]
pub struct Store {
    root: PathBuf,
    arch: Arch,
}

/// What is known about one model's file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum State {
    /// The file is there and is the right one.
    Good {
        /// Its checksum.
        sha256: Sha256Sum,
        /// Whether it was hashed now (`true`) or on an earlier day and not touched since (`false`).
        hashed: bool,
    },
    /// There is no such file.
    Missing,
    /// The file was cut short or is another one.
    WrongSize {
        /// Bytes by the manifest.
        expected: u64,
        /// Bytes found.
        actual: u64,
    },
    /// The file was damaged or is another one.
    WrongChecksum {
        /// Checksum by the manifest, or the one recorded when the file was accepted.
        expected: Sha256Sum,
        /// Checksum found.
        actual: Sha256Sum,
    },
    /// The file has the right size; no checksum is published and nobody has accepted it.
    NotAccepted,
    /// The model is not published for this processor.
    NotForThisMachine,
}

impl State {
    /// Whether the file can be used.
    #[must_use]
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Good { .. })
    }
}

/// One line of a listing.
#[derive(Debug, Clone)]
pub struct Status<'a> {
    /// The manifest's entry.
    pub model: &'a Model,
    /// Where its file is or would be.
    pub path: PathBuf,
    /// What was found there.
    pub state: State,
}

/// What a file looked like when it was last hashed. Any change of the file changes one of these.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    size: u64,
    mtime: i64,
    mtime_nsec: i64,
    device: u64,
    inode: u64,
    sha256: Sha256Sum,
}

impl Stamp {
    fn new(meta: &fs::Metadata, sha256: Sha256Sum) -> Self {
        Self {
            size: meta.size(),
            mtime: meta.mtime(),
            mtime_nsec: meta.mtime_nsec(),
            device: meta.dev(),
            inode: meta.ino(),
            sha256,
        }
    }
}

impl Store {
    /// The folder to use: `$ISEETUTOR_MODELS`, else the configured one (on the appliance
    /// `/mnt/storage/models`), else `$XDG_DATA_HOME/iseetutor/models`, else
    /// `~/.local/share/iseetutor/models`. It need not exist yet.
    ///
    /// # Errors
    /// When none of these is set.
    pub fn resolve(configured: Option<&Path>) -> Result<Self> {
        let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        resolve_from(
            std::env::var_os("ISEETUTOR_MODELS").filter(|value| !value.is_empty()).map(PathBuf::from),
            configured,
            absolute("XDG_DATA_HOME"),
            absolute("HOME"),
        )
        .map(Self::at)
        .ok_or(Error::NoFolder)
    }

    /// A folder given by its path.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), arch: Arch::host() }
    }

    /// The same folder, filled for another processor than this one's.
    #[must_use]
    pub fn for_arch(mut self, arch: Arch) -> Self {
        self.arch = arch;
        self
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The processor that files are for.
    #[must_use]
    pub fn arch(&self) -> Arch {
        self.arch
    }

    /// The folder of a set.
    #[must_use]
    pub fn set_folder(&self, set: &str) -> PathBuf {
        self.root.join(set)
    }

    /// Where a model's file is or would be. Nothing is looked at.
    #[must_use]
    pub fn path(&self, set: &str, model: &Model) -> PathBuf {
        self.set_folder(set).join(&model.file)
    }

    /// Where the file for a role is or would be. Nothing is looked at.
    ///
    /// # Errors
    /// When the set has no model for the role.
    pub fn path_of(&self, set: ModelSet<'_>, role: Role) -> Result<PathBuf> {
        Ok(self.path(set.name, set.model_for(role)?))
    }

    /// The checked file for a role, for a program that is about to load it. Hashes the file only if
    /// it was not hashed before or has changed since.
    ///
    /// # Errors
    /// When the file is missing or wrong; the error names the remedy.
    pub fn ready(&self, set: ModelSet<'_>, role: Role) -> Result<PathBuf> {
        let model = set.model_for(role)?;
        let path = self.path(set.name, model);
        match self.check(set.name, model)? {
            State::Good { .. } => Ok(path),
            state => Err(self.state_error(set.name, model, state)?),
        }
    }

    /// The state of every model of a set. Hashes only what was not hashed before or has changed.
    ///
    /// # Errors
    /// When a file is there and cannot be read.
    pub fn status<'a>(&self, set: ModelSet<'a>) -> Result<Vec<Status<'a>>> {
        self.survey(set, &mut |model| self.check(set.name, model))
    }

    /// Hashes every file of a set that is there. `progress` gets the model and the bytes done of it.
    ///
    /// # Errors
    /// When a file is there and cannot be read, or `progress` breaks off.
    pub fn verify<'a>(
        &self,
        set: ModelSet<'a>,
        progress: &mut dyn FnMut(&Model, u64) -> ControlFlow<()>,
    ) -> Result<Vec<Status<'a>>> {
        self.survey(set, &mut |model| self.inspect(set.name, model, true, &mut |done| progress(model, done)))
    }

    /// The state of one model; see [`Store::status`].
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn check(&self, set: &str, model: &Model) -> Result<State> {
        self.inspect(set, model, false, &mut |_| ControlFlow::Continue(()))
    }

    fn survey<'a>(
        &self,
        set: ModelSet<'a>,
        state: &mut dyn FnMut(&'a Model) -> Result<State>,
    ) -> Result<Vec<Status<'a>>> {
        set.models()
            .map(|model| Ok(Status { model, path: self.path(set.name, model), state: state(model)? }))
            .collect()
    }

    fn inspect(
        &self,
        set: &str,
        model: &Model,
        always_hash: bool,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<State> {
        let Ok(content) = model.content(self.arch) else {
            return Ok(State::NotForThisMachine);
        };
        let path = self.path(set, model);
        let meta = match fs::metadata(&path) {
            Ok(meta) => meta,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(State::Missing),
            Err(error) => return Err(Error::io("look at", path)(error)),
        };
        if meta.len() != content.size {
            return Ok(State::WrongSize { expected: content.size, actual: meta.len() });
        }
        let expected = match content.sha256 {
            Checksum::Sha256(sum) => sum,
            Checksum::Unpublished => match self.accepted(set)?.get(&model.id) {
                Some(sum) => *sum,
                None => return Ok(State::NotAccepted),
            },
        };
        if !always_hash && self.stamp(set, &model.file) == Some(Stamp::new(&meta, expected)) {
            return Ok(State::Good { sha256: expected, hashed: false });
        }
        let (actual, _) = Sha256Sum::of_file(&path, progress)?;
        if actual != expected {
            return Ok(State::WrongChecksum { expected, actual });
        }
        self.write_stamp(set, &model.file, &Stamp::new(&meta, actual));
        Ok(State::Good { sha256: actual, hashed: true })
    }

    /// Turns a bad state into the error that a program about to load the file should show.
    fn state_error(&self, set: &str, model: &Model, state: State) -> Result<Error> {
        let path = self.path(set, model);
        let what = path.display().to_string();
        Ok(match state {
            State::Good { .. } | State::Missing => {
                Error::Missing { id: model.id.clone(), set: set.to_owned(), path }
            }
            State::WrongSize { expected, actual } => {
                Error::WrongSize { what, expected, actual, remedy: FETCH_AGAIN }
            }
            State::WrongChecksum { expected, actual } => {
                Error::WrongChecksum { what, expected, actual, remedy: FETCH_AGAIN }
            }
            State::NotAccepted => {
                Error::NotAccepted { id: model.id.clone(), size: model.content(self.arch)?.size, from: what }
            }
            State::NotForThisMachine => match model.content(self.arch) {
                Err(error) => error,
                Ok(_) => Error::Missing { id: model.id.clone(), set: set.to_owned(), path },
            },
        })
    }

    fn stamp_path(&self, set: &str, file: &str) -> PathBuf {
        self.set_folder(set).join(VERIFIED).join(format!("{file}.json"))
    }

    fn stamp(&self, set: &str, file: &str) -> Option<Stamp> {
        serde_json::from_slice(&fs::read(self.stamp_path(set, file)).ok()?).ok()
    }

    /// A stamp only saves time, so a folder that cannot be written to (a daemon's view of it) is no error.
    fn write_stamp(&self, set: &str, file: &str, stamp: &Stamp) {
        let path = self.stamp_path(set, file);
        if let (Some(folder), Ok(text)) = (path.parent(), serde_json::to_vec(stamp))
            && fs::create_dir_all(folder).is_ok()
        {
            let _ = write_atomically(&path, &text);
        }
    }

    /// Checksums recorded for files that have no published one.
    pub(crate) fn accepted(&self, set: &str) -> Result<BTreeMap<String, Sha256Sum>> {
        let path = self.set_folder(set).join(ACCEPTED);
        match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map_err(|error| {
                Error::format(path, format!("{error}; remove it and accept the files again"))
            }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeMap::new()),
            Err(error) => Err(Error::io("read", path)(error)),
        }
    }

    pub(crate) fn accept(&self, set: &str, id: &str, sum: Sha256Sum) -> Result<()> {
        let mut accepted = self.accepted(set)?;
        accepted.insert(id.to_owned(), sum);
        let path = self.set_folder(set).join(ACCEPTED);
        let text =
            serde_json::to_vec_pretty(&accepted).map_err(|error| Error::format(&path, error.to_string()))?;
        write_atomically(&path, &text).map_err(Error::io("write", path))
    }

    /// Moves a finished file into place and records that it was hashed.
    pub(crate) fn install(&self, set: &str, model: &Model, from: &Path, sum: Sha256Sum) -> Result<PathBuf> {
        let path = self.path(set, model);
        fs::File::open(from).and_then(|file| file.sync_all()).map_err(Error::io("write", from))?;
        fs::rename(from, &path).map_err(Error::io("put in place", &path))?;
        let folder = self.set_folder(set);
        fs::File::open(&folder).and_then(|folder| folder.sync_all()).map_err(Error::io("write", folder))?;
        let meta = fs::metadata(&path).map_err(Error::io("look at", &path))?;
        self.write_stamp(set, &model.file, &Stamp::new(&meta, sum));
        Ok(path)
    }
}

fn write_atomically(path: &Path, text: &[u8]) -> io::Result<()> {
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    fs::write(&temporary, text)?;
    fs::rename(&temporary, path)
}

fn resolve_from(
    variable: Option<PathBuf>,
    configured: Option<&Path>,
    data_home: Option<PathBuf>,
    home: Option<PathBuf>,
) -> Option<PathBuf> {
    let data = data_home.or_else(|| home.map(|home| home.join(".local/share")));
    variable
        .or_else(|| configured.map(Path::to_owned))
        .or_else(|| data.map(|data| data.join("iseetutor/models")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_is_the_variable_then_the_configuration_then_the_data_folder_then_home() {
        let (variable, configured) = (Some("/v".into()), Path::new("/mnt/storage/models"));
        let (data, home) = (Some("/d".into()), Some(PathBuf::from("/h")));
        let resolve =
            |variable: &Option<PathBuf>, configured, data: &Option<PathBuf>, home: &Option<PathBuf>| {
                resolve_from(variable.clone(), configured, data.clone(), home.clone())
                    .map(|path| path.display().to_string())
            };
        assert_eq!(resolve(&variable, Some(configured), &data, &home).as_deref(), Some("/v"));
        assert_eq!(resolve(&None, Some(configured), &data, &home).as_deref(), Some("/mnt/storage/models"));
        assert_eq!(resolve(&None, None, &data, &home).as_deref(), Some("/d/iseetutor/models"));
        assert_eq!(resolve(&None, None, &None, &home).as_deref(), Some("/h/.local/share/iseetutor/models"));
        assert_eq!(resolve(&None, None, &None, &None), None);
    }
}
