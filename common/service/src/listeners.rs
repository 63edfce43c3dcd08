//! Listening sockets passed by systemd.

use std::collections::HashMap;
use std::net::TcpListener;
use std::os::fd::{FromRawFd, OwnedFd};
use std::os::unix::net::UnixListener;

/// The listening sockets that came with the process, by the name of their unit's `FileDescriptorName=`.
#[derive(Debug, Default)]
pub struct Listeners {
    passed: HashMap<String, OwnedFd>,
}

impl Listeners {
    /// No sockets: the daemon makes its own.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The sockets that systemd passed; none when the process was started by hand.
    ///
    /// # Errors
    /// When `LISTEN_FDS` and its siblings contradict each other.
    ///
    /// # Safety
    /// To be called once, before anything else in the process opens or closes descriptors: it takes the
    /// descriptors from 3 upwards that the environment announces for its own.
    pub unsafe fn from_environment() -> std::io::Result<Self> {
        let mut passed = HashMap::new();
        for (descriptor, name) in sd_notify::listen_fds_with_names()? {
            // SAFETY: systemd passed this descriptor to this process, and by this function's contract
            // nobody else has taken it.
            passed.insert(name, unsafe { OwnedFd::from_raw_fd(descriptor) });
        }
        Ok(Self { passed })
    }

    /// Takes the socket of this name, if it was passed.
    #[must_use]
    pub fn take(&mut self, name: &str) -> Option<UnixListener> {
        self.passed.remove(name).map(UnixListener::from)
    }

    /// Takes the TCP socket of this name, if it was passed.
    #[must_use]
    pub fn take_tcp(&mut self, name: &str) -> Option<TcpListener> {
        self.passed.remove(name).map(TcpListener::from)
    }

    /// Names of the sockets that nobody took.
    #[must_use]
    pub fn left(&self) -> Vec<String> {
        self.passed.keys().cloned().collect()
    }
}
