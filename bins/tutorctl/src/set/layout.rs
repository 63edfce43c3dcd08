//! The folder of a set: what lies where in it, and whether it can be used.
//!
//! ```text
//! D/lock            held by the supervisor and every process of the set, so that it is free when all have ended
//! D/up.json         process, bus address, daemons and start of the set that holds the lock
//! D/run/            sockets: bus, stt.sock, turn.sock, llm.sock, tts.sock, play.sock
//! D/etc/            the generated settings: bus.conf, NAME.toml, services/ for bus activation
//! D/data/           the database
//! D/cache/          rendered sentences
//! ```

use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use iseetutor_wire::socket::MAX_PATH;

use crate::error::{Error, Result};

/// The socket with the longest name in `D/run`.
const LONGEST_SOCKET: &str = "turn.sock";
const RUN: &str = "run";

/// Where the parts of a set lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    root: PathBuf,
    data: PathBuf,
    cache: PathBuf,
}

impl Layout {
    /// A set that has everything in `folder`.
    ///
    /// # Errors
    /// When the folder's path is too long for sockets, or relative and the current folder is gone.
    pub fn at(folder: &Path) -> Result<Self> {
        let root = std::path::absolute(folder).map_err(Error::io("find", folder))?;
        let (data, cache) = (root.join("data"), root.join("cache"));
        let layout = Self { root, data, cache };
        layout.check_length()?;
        Ok(layout)
    }

    /// The set of this user: sockets in [`default_folder`], which does not outlive a reboot, and what is
    /// to be kept in `$XDG_DATA_HOME/iseetutor/data` and `$XDG_CACHE_HOME/iseetutor`.
    ///
    /// # Errors
    /// As [`Layout::at`].
    pub fn of_user() -> Result<Self> {
        let mut layout = Self::at(&default_folder())?;
        if let Some(folder) = xdg("XDG_DATA_HOME", ".local/share") {
            layout.data = folder.join("iseetutor/data");
        }
        if let Some(folder) = shared_cache() {
            layout.cache = folder;
        }
        Ok(layout)
    }

    /// The same with another cache.
    #[must_use]
    pub fn with_cache(mut self, cache: PathBuf) -> Self {
        self.cache = cache;
        self
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the sockets: the daemons' runtime directory.
    #[must_use]
    pub fn run(&self) -> PathBuf {
        self.root.join(RUN)
    }

    /// The bus's socket.
    #[must_use]
    pub fn bus_socket(&self) -> PathBuf {
        self.run().join("bus")
    }

    /// The generated settings.
    #[must_use]
    pub fn etc(&self) -> PathBuf {
        self.root.join("etc")
    }

    /// Service files for bus activation.
    #[must_use]
    pub fn services(&self) -> PathBuf {
        self.etc().join("services")
    }

    /// The folder of the database.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The learning record.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("tutor.db")
    }

    /// The folder of the audio cache.
    #[must_use]
    pub fn cache(&self) -> &Path {
        &self.cache
    }

    /// The lock file.
    #[must_use]
    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    /// The state file.
    #[must_use]
    pub fn state(&self) -> PathBuf {
        self.root.join("up.json")
    }

    /// Makes the folder itself, private to this user, and checks that nobody else can write there.
    ///
    /// # Errors
    /// [`Error::Io`] and [`Error::UnsafeFolder`].
    pub fn create_root(&self) -> Result<()> {
        make_private(&self.root)?;
        let meta = std::fs::metadata(&self.root).map_err(Error::io("look at", &self.root))?;
        let unsafe_folder = |problem: String| Error::UnsafeFolder { folder: self.root.clone(), problem };
        let own = nix::unistd::geteuid().as_raw();
        if !meta.is_dir() {
            return Err(unsafe_folder("is not a folder".into()));
        }
        if meta.uid() != own {
            return Err(unsafe_folder(format!("belongs to user {}, not to {own}", meta.uid())));
        }
        if meta.mode() & 0o022 != 0 {
            return Err(unsafe_folder(format!(
                "can be written to by others (mode {:03o})",
                meta.mode() & 0o777
            )));
        }
        Ok(())
    }

    /// Makes every folder inside.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn create_parts(&self) -> Result<()> {
        for folder in [&self.run(), &self.etc(), &self.services(), &self.data, &self.cache] {
            make_private(folder)?;
        }
        Ok(())
    }

    /// Removes what only a running set needs: sockets and the state file.
    pub fn clean_up(&self) {
        // What cannot be removed is replaced by the next set, which tells about it if it cannot.
        let _ = std::fs::remove_file(self.state());
        if let Ok(entries) = std::fs::read_dir(self.run()) {
            for entry in entries.flatten() {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn check_length(&self) -> Result<()> {
        let length = self.run().join(LONGEST_SOCKET).as_os_str().len();
        if length > MAX_PATH {
            let inside = length - self.root.as_os_str().len();
            return Err(Error::PathTooLong {
                folder: self.root.clone(),
                socket: LONGEST_SOCKET,
                length,
                limit: MAX_PATH,
                room: MAX_PATH - inside,
            });
        }
        Ok(())
    }
}

fn make_private(folder: &Path) -> Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(Error::io("create the folder", folder))
}

/// Where `tutorctl up` works without `--dir`: `$ISEETUTOR_DIR`, else `$XDG_RUNTIME_DIR/iseetutor`, else
/// `/tmp/iseetutor-UID`.
#[must_use]
pub fn default_folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("ISEETUTOR_DIR").filter(|folder| !folder.is_empty()) {
        return PathBuf::from(folder);
    }
    match runtime_folder() {
        Some(folder) => folder.join("iseetutor"),
        None => PathBuf::from(format!("/tmp/iseetutor-{}", nix::unistd::geteuid())),
    }
}

/// `$XDG_RUNTIME_DIR`, if it is a folder.
#[must_use]
pub fn runtime_folder() -> Option<PathBuf> {
    std::env::var_os("XDG_RUNTIME_DIR")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute() && folder.is_dir())
}

/// `$XDG_CACHE_HOME/iseetutor`.
#[must_use]
pub fn shared_cache() -> Option<PathBuf> {
    xdg("XDG_CACHE_HOME", ".cache").map(|folder| folder.join("iseetutor/audio"))
}

fn xdg(variable: &str, below_home: &str) -> Option<PathBuf> {
    let absolute = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute(variable).or_else(|| absolute("HOME").map(|home| home.join(below_home)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};

    use super::Layout;
    use crate::error::Error;

    #[test]
    fn a_folder_is_refused_exactly_when_its_sockets_would_not_fit() {
        let fits = PathBuf::from(format!("/{}", "d".repeat(92)));
        assert!(Layout::at(&fits).unwrap().run().join("turn.sock").as_os_str().len() == 107);
        let text = Layout::at(&PathBuf::from(format!("/{}", "d".repeat(93)))).unwrap_err().to_string();
        assert!(text.contains("108 bytes") && text.contains("at most 107"), "{text}");
        assert!(text.contains("at most 93 bytes long"), "{text}");
    }

    #[test]
    fn a_relative_folder_is_made_absolute() {
        assert!(Layout::at(Path::new("x")).unwrap().root().is_absolute());
    }

    #[test]
    fn a_folder_that_others_can_write_to_is_refused() {
        // Whatever the umask is: 002 is usual on Ubuntu.
        let private = std::fs::Permissions::from_mode(0o700);
        let folder = tempfile::Builder::new().permissions(private).tempdir().unwrap();
        let layout = Layout::at(folder.path()).unwrap();
        layout.create_root().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(layout.create_root(), Err(Error::UnsafeFolder { .. })));
    }

    #[test]
    fn parts_are_private_and_sockets_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::at(&folder.path().join("set")).unwrap();
        layout.create_root().unwrap();
        layout.create_parts().unwrap();
        let mode = std::fs::metadata(layout.run()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o700);
        std::fs::write(layout.run().join("stt.sock"), "").unwrap();
        std::fs::write(layout.state(), "").unwrap();
        layout.clean_up();
        assert!(!layout.state().exists() && !layout.run().join("stt.sock").exists());
        assert!(layout.data().exists());
    }
}
