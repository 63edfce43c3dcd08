//! One set in a folder at a time, and where others find it.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::layout::Layout;
use crate::error::{Error, Result};

/// How long to wait for the last processes of a set whose supervisor was killed: a daemon's time to end,
/// and a little.
const LEFTOVERS: Duration = Duration::from_millis(3_000);

/// The lock on a set's folder (flock(2)). Every process of the set inherits it, so it is free only when
/// the last of them has ended, even if the supervisor was killed before.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock and writes this process's number into it. If the process named there is gone, its
    /// daemons are ending, and they are given the time to.
    ///
    /// # Errors
    /// [`Error::Locked`] and [`Error::Io`].
    pub async fn take(layout: &Layout) -> Result<Self> {
        let path = layout.lock();
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(Error::io("open the lock", &path))?;
        let begun = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::Error(source)) => return Err(Error::io("lock", &path)(source)),
                Err(TryLockError::WouldBlock) => {
                    let pid = read_pid(&mut file);
                    if is_running(pid) || begun.elapsed() > LEFTOVERS {
                        return Err(Error::Locked { folder: layout.root().to_owned(), pid });
                    }
                    // Nothing tells when a lock becomes free but waiting in a thread for it.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            }
        }
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.rewind()?;
            writeln!(file, "{}", std::process::id())?;
            file.flush()
        };
        write(&mut file).map_err(Error::io("write", &path))?;
        Ok(Self { file })
    }

    /// The descriptor that the set's processes inherit.
    #[must_use]
    pub fn descriptor(&self) -> RawFd {
        self.file.as_raw_fd()
    }

    /// Whether any process holds the folder's lock.
    #[must_use]
    pub fn is_held(layout: &Layout) -> bool {
        let Ok(file) = File::open(layout.lock()) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

fn read_pid(file: &mut File) -> u32 {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.read_to_string(&mut text));
    read.ok().and_then(|_| text.trim().parse().ok()).unwrap_or(0)
}

fn is_running(pid: u32) -> bool {
    i32::try_from(pid)
        .is_ok_and(|pid| pid > 0 && nix::sys::signal::kill(nix::unistd::Pid::from_raw(pid), None).is_ok())
}

/// What a running set tells about itself in `up.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpState {
    /// The supervisor.
    pub pid: u32,
    /// Address of the private bus.
    pub bus: String,
    /// Folder of the sockets.
    pub runtime_dir: PathBuf,
    /// The daemons that the set keeps running.
    pub daemons: Vec<String>,
    /// Seconds since 1970 when it started.
    pub started: u64,
}

impl UpState {
    /// Writes it where others look, whole or not at all.
    ///
    /// # Errors
    /// [`Error::Io`].
    pub fn write(&self, layout: &Layout) -> Result<()> {
        let path = layout.state();
        let text = serde_json::to_vec(self).map_err(|error| Error::io("write", &path)(error.into()))?;
        let temporary = path.with_extension("json.new");
        std::fs::write(&temporary, text).map_err(Error::io("write", &temporary))?;
        std::fs::rename(&temporary, &path).map_err(Error::io("write", &path))
    }

    /// The set that runs in the folder, if one does: a state file without the lock is stale.
    #[must_use]
    pub fn read(layout: &Layout) -> Option<Self> {
        if !Lock::is_held(layout) {
            return None;
        }
        let state: Self = serde_json::from_slice(&std::fs::read(layout.state()).ok()?).ok()?;
        is_running(state.pid).then_some(state)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::{Lock, UpState};
    use crate::error::Error;
    use crate::set::layout::Layout;

    #[tokio::test]
    async fn a_folder_has_one_holder_who_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::at(folder.path()).unwrap();
        assert!(!Lock::is_held(&layout));
        let lock = Lock::take(&layout).await.unwrap();
        assert!(Lock::is_held(&layout));
        match Lock::take(&layout).await {
            Err(Error::Locked { pid, .. }) => assert_eq!(pid, std::process::id()),
            other => panic!("expected the lock to be refused, got {other:?}"),
        }
        drop(lock);
        Lock::take(&layout).await.unwrap();
    }

    #[tokio::test]
    async fn a_state_without_the_lock_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout::at(folder.path()).unwrap();
        let state = UpState {
            pid: std::process::id(),
            bus: "unix:path=/x".into(),
            runtime_dir: layout.run(),
            daemons: vec!["sttd".into()],
            started: 1,
        };
        state.write(&layout).unwrap();
        assert_eq!(UpState::read(&layout), None);
        let _lock = Lock::take(&layout).await.unwrap();
        assert_eq!(UpState::read(&layout), Some(state));
        std::fs::write(layout.state(), "{").unwrap();
        assert_eq!(UpState::read(&layout), None);
    }
}
