//! Sockets: their names, binding and connecting, and who is on the other end.

use std::os::fd::{AsFd, AsRawFd, OwnedFd};
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::os::unix::net::{UnixListener as StdListener, UnixStream as StdStream};
use std::path::{Path, PathBuf};

use interprocess::local_socket::{
    ConnectOptions, GenericFilePath, ToFsName,
    tokio::{Listener, Stream},
    traits::tokio::Listener as _,
};
use nix::sys::socket::{
    AddressFamily, Backlog, SockFlag, SockType, UnixAddr, bind as bind_to, getsockopt, listen, socket,
    sockopt::PeerCredentials,
};
use nix::sys::stat::{Mode, fchmod};

/// Longest path of a Unix socket in bytes: `sun_path` of `sockaddr_un` less its closing zero (unix(7)).
pub const MAX_PATH: usize = 107;

/// The sockets of the data plane, each owned by the process that listens on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SocketName {
    /// audiod to sttd.
    Stt,
    /// sttd to tutord.
    Turn,
    /// tutord to llmd and back.
    Llm,
    /// tutord to ttsd.
    Tts,
    /// ttsd to audiod.
    Play,
}

impl SocketName {
    /// File name in the runtime directory, and the name systemd passes the descriptor under.
    #[must_use]
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Stt => "stt.sock",
            Self::Turn => "turn.sock",
            Self::Llm => "llm.sock",
            Self::Tts => "tts.sock",
            Self::Play => "play.sock",
        }
    }

    /// Path in `runtime_dir`.
    #[must_use]
    pub fn path(self, runtime_dir: &Path) -> PathBuf {
        runtime_dir.join(self.file_name())
    }

    /// The listening socket: the one systemd passed, or else one bound in `runtime_dir`.
    ///
    /// # Errors
    /// Those of [`bind`].
    pub fn listen(
        self,
        passed: Option<StdListener>,
        runtime_dir: &Path,
    ) -> Result<(StdListener, PathBuf), SocketError> {
        let path = self.path(runtime_dir);
        let socket = match passed {
            Some(socket) => socket,
            None => bind(&path)?,
        };
        Ok((socket, path))
    }
}

/// Why a socket cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// The path does not fit into a socket address.
    #[error(
        "socket path {path} is {length} bytes long and a Unix socket's path has at most {MAX_PATH}: choose a shorter runtime directory"
    )]
    PathTooLong {
        /// The path.
        path: PathBuf,
        /// Its length in bytes.
        length: usize,
    },
    /// Another process listens there.
    #[error(
        "cannot listen on {path}: another process already does; stop it or choose another runtime directory"
    )]
    InUse {
        /// The path.
        path: PathBuf,
    },
    /// Something that is not a socket is in the way.
    #[error("cannot listen on {path}: a file that is not a socket is there; move it away")]
    NotASocket {
        /// The path.
        path: PathBuf,
    },
    /// The system refused.
    #[error("cannot {operation} {path}: {source}")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// The path.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The peer's credentials could not be read, so it was denied.
    #[error("peer denied: cannot read its credentials: {source}")]
    NoCredentials {
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The peer runs as a user who may not connect.
    #[error("peer denied: user {uid} (process {pid}) may not connect")]
    Denied {
        /// User of the peer.
        uid: u32,
        /// Process of the peer.
        pid: i32,
    },
}

/// Who is on the other end, as the kernel recorded it when the connection was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    /// Process, 0 if it lives in another process namespace.
    pub pid: i32,
    /// User.
    pub uid: u32,
    /// Group.
    pub gid: u32,
}

/// Which users may connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeerPolicy {
    allowed_uids: Vec<u32>,
}

impl PeerPolicy {
    /// Lets in the users with these numbers.
    #[must_use]
    pub fn uids(allowed_uids: Vec<u32>) -> Self {
        Self { allowed_uids }
    }

    /// Lets in the user this process runs as: development, tests and the demo.
    #[must_use]
    pub fn own_user() -> Self {
        Self::uids(vec![nix::unistd::geteuid().as_raw()])
    }

    /// Reads the peer's credentials and decides, once, right after the connection was accepted.
    ///
    /// # Errors
    /// [`SocketError::Denied`], and [`SocketError::NoCredentials`] when they cannot be read.
    pub fn check(&self, socket: &impl AsFd) -> Result<Peer, SocketError> {
        let credentials = getsockopt(&socket.as_fd(), PeerCredentials)
            .map_err(|error| SocketError::NoCredentials { source: error.into() })?;
        let peer = Peer { pid: credentials.pid(), uid: credentials.uid(), gid: credentials.gid() };
        if self.allowed_uids.contains(&peer.uid) {
            Ok(peer)
        } else {
            Err(SocketError::Denied { uid: peer.uid, pid: peer.pid })
        }
    }
}

/// Listens on `path`, mode 0660. A socket file left behind by a process that died is replaced; one that
/// somebody listens on is not.
///
/// # Errors
/// Any [`SocketError`] but those about peers.
pub fn bind(path: &Path) -> Result<StdListener, SocketError> {
    check_path(path)?;
    let io = |operation| move |source| SocketError::Io { operation, path: path.to_owned(), source };
    match std::fs::symlink_metadata(path) {
        Ok(meta) if !meta.file_type().is_socket() => {
            return Err(SocketError::NotASocket { path: path.to_owned() });
        }
        Ok(_) if StdStream::connect(path).is_ok() => {
            return Err(SocketError::InUse { path: path.to_owned() });
        }
        Ok(_) => std::fs::remove_file(path).map_err(io("remove the stale socket"))?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(io("look at")(error)),
    }
    private(path).map_err(io("listen on"))
}

/// A listening socket that is its user's and group's from its first moment. Its mode is set before it has a name (Linux gives
/// the file that mode, less the umask), because a umask set for the time of a bind would hold for every thread: a folder
/// that another one makes meanwhile could not be entered.
fn private(path: &Path) -> std::io::Result<StdListener> {
    const MODE: u32 = 0o660;
    let socket = socket(AddressFamily::Unix, SockType::Stream, SockFlag::SOCK_CLOEXEC, None)?;
    fchmod(&socket, Mode::from_bits_truncate(MODE))?;
    bind_to(socket.as_raw_fd(), &UnixAddr::new(path)?)?;
    // What the umask took from the group.
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(MODE))?;
    listen(&socket, Backlog::new(128)?)?;
    Ok(StdListener::from(socket))
}

/// Turns a listening descriptor (bound here or passed by systemd) into an asynchronous listener.
///
/// # Errors
/// [`SocketError::Io`] when the descriptor is not a listening Unix socket.
pub fn listener(socket: StdListener, path: &Path) -> Result<Listener, SocketError> {
    let inner = interprocess::os::unix::uds_local_socket::tokio::Listener::try_from(OwnedFd::from(socket))
        .map_err(|source| SocketError::Io { operation: "listen on", path: path.to_owned(), source })?;
    Ok(Listener::from(inner))
}

/// Connects to the socket at `path`.
///
/// # Errors
/// [`SocketError::PathTooLong`] and [`SocketError::Io`].
pub async fn connect(path: &Path) -> Result<Stream, SocketError> {
    check_path(path)?;
    let io = |source| SocketError::Io { operation: "connect to", path: path.to_owned(), source };
    let name = path.to_fs_name::<GenericFilePath>().map_err(io)?;
    ConnectOptions::new().name(name).connect_tokio().await.map_err(io)
}

/// Accepts one connection and checks who it is.
///
/// # Errors
/// [`SocketError`]; the listener stays usable.
pub async fn accept(listener: &Listener, policy: &PeerPolicy) -> Result<(Stream, Peer), SocketError> {
    let stream = listener.accept().await.map_err(|source| SocketError::Io {
        operation: "accept on",
        path: PathBuf::from("the listening socket"),
        source,
    })?;
    let Stream::UdSocket(inner) = &stream;
    let peer = policy.check(&inner.inner())?;
    Ok((stream, peer))
}

fn check_path(path: &Path) -> Result<(), SocketError> {
    let length = path.as_os_str().len();
    if length > MAX_PATH {
        return Err(SocketError::PathTooLong { path: path.to_owned(), length });
    }
    Ok(())
}
