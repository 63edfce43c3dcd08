//! What can go wrong on the command line. Every text names the operation, the thing and the remedy.

use std::path::PathBuf;
use std::process::ExitCode;

use iseetutor_audio::wav::WavError;
use iseetutor_bus::BusError;

/// Result of every fallible call in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error of a command.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The command line is wrong.
    #[error("{0}; see `tutorctl --help`")]
    Usage(String),
    /// The text to be said or asked cannot be used.
    #[error("cannot use the text: {problem}; {remedy}")]
    Text {
        /// What is wrong with it.
        problem: String,
        /// What helps.
        remedy: &'static str,
    },
    /// The operating system refused an operation on a file or a folder.
    #[error("cannot {operation} {}: {source}{}", path.display(), remedy(source))]
    Io {
        /// What was tried.
        operation: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The folder of a set is too long for the sockets in it.
    #[error(
        "cannot use the folder {dir}: the socket {socket} in it would have a path of {length} bytes and a Unix socket's has at \
         most {limit}; choose a folder whose path is at most {room} bytes long, such as --dir /tmp/iseetutor",
        dir = folder.display()
    )]
    PathTooLong {
        /// The folder.
        folder: PathBuf,
        /// The socket with the longest name.
        socket: &'static str,
        /// Length its path would have.
        length: usize,
        /// Longest path of a socket.
        limit: usize,
        /// Longest path of a folder.
        room: usize,
    },
    /// The folder belongs to somebody else, or others can write in it.
    #[error(
        "cannot use the folder {dir}: it {problem}, so its files cannot be trusted; make it yours alone with \
         `chmod 700 {dir}`, or choose another one with --dir",
        dir = folder.display()
    )]
    UnsafeFolder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// Another set runs in the folder.
    #[error(
        "cannot start in {dir}: a set already runs there (process {pid}); use it, stop it with `kill {pid}`, \
         or choose another folder with --dir",
        dir = folder.display()
    )]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// The process that holds it, as it wrote itself; 0 if that cannot be read.
        pid: u32,
    },
    /// A set was asked for by its folder and none runs there.
    #[error("no set runs in {dir}; start one with `tutorctl up --dir {dir}`", dir = folder.display())]
    NotRunning {
        /// The folder.
        folder: PathBuf,
    },
    /// The daemons are in the folder's set but not the one that is needed.
    #[error(
        "the set in {dir} runs without {missing}; stop it and start it with `tutorctl up --dir {dir}`, without --only",
        dir = folder.display()
    )]
    NotInSet {
        /// The folder.
        folder: PathBuf,
        /// Programs that are missing.
        missing: String,
    },
    /// A program is not installed.
    #[error("cannot find the program {program}: looked in {looked}; {remedy}")]
    NoProgram {
        /// The program.
        program: &'static str,
        /// Where it was looked for.
        looked: String,
        /// What helps.
        remedy: &'static str,
    },
    /// A process could not be started.
    #[error("cannot start {program}: {source}; check that the file can be executed and that memory is free")]
    Spawn {
        /// The program.
        program: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A daemon ended or did not become ready.
    #[error("{daemon} {problem}{}", tail(log))]
    Daemon {
        /// The daemon.
        daemon: &'static str,
        /// What happened.
        problem: String,
        /// The end of what it wrote.
        log: Vec<String>,
    },
    /// The bus cannot be used.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// A daemon refused a request, or cannot be reached.
    #[error("cannot {operation}: {problem}")]
    Call {
        /// What was tried.
        operation: String,
        /// What came back.
        problem: String,
    },
    /// A model is missing or wrong.
    #[error(transparent)]
    Models(#[from] iseetutor_models::Error),
    /// The storage is not as it should be, or must not be touched.
    #[error(transparent)]
    Storage(#[from] iseetutor_storage::Error),
    /// A sound file is wrong.
    #[error(transparent)]
    Wav(#[from] WavError),
    /// The command did not do what it was asked for.
    #[error("{0}")]
    Failed(String),
    /// Every failure was reported already.
    #[error("some of it failed")]
    Reported,
    /// Whoever read the output went away.
    #[error("the output was closed")]
    OutputClosed,
    /// Ctrl-C or SIGTERM.
    #[error("interrupted")]
    Interrupted,
    /// No set runs, as `status` says by its exit code.
    #[error("no set runs")]
    NoSet,
}

impl Error {
    /// For `map_err`: wraps an operating system error with its operation and path.
    pub(crate) fn io(
        operation: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { operation, path, source }
    }

    /// For `map_err`: wraps a refused method call.
    pub(crate) fn call<E: Into<zbus::Error>>(operation: impl Into<String>) -> impl FnOnce(E) -> Self {
        let operation = operation.into();
        move |error| Self::Call { operation, problem: what_the_peer_said(&error.into()) }
    }

    /// The exit code: 2 for a wrong command line, 3 when no set runs, 130 after an interruption, else 1.
    #[must_use]
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Usage(_) | Self::Text { .. } => 2,
            Self::NoSet => 3,
            Self::Interrupted => 130,
            _ => 1,
        })
    }

    /// Whether it is still to be told on standard error.
    #[must_use]
    pub fn is_to_be_told(&self) -> bool {
        !matches!(self, Self::Reported | Self::OutputClosed | Self::NoSet)
    }
}

/// The text that a daemon put into its error, without the names of D-Bus around it.
pub(crate) fn what_the_peer_said(error: &zbus::Error) -> String {
    use zbus::fdo;
    let known = match error {
        zbus::Error::MethodError(name, text, _) => Some((name.to_string(), text.clone().unwrap_or_default())),
        zbus::Error::FDO(error) => match error.as_ref() {
            fdo::Error::ZBus(error) => return what_the_peer_said(error),
            error => Some((zbus::DBusError::name(error).to_string(), error_text(error))),
        },
        _ => None,
    };
    match known {
        Some((name, _)) if name.ends_with(".ServiceUnknown") || name.ends_with(".NameHasNoOwner") => {
            "the daemon is not on the bus; see `tutorctl status`, and try again when it is ready".into()
        }
        Some((name, _)) if name.ends_with(".NoReply") || name.ends_with(".Disconnected") => {
            "the daemon ended before it answered; try again, and see its log".into()
        }
        Some((name, text)) if text.is_empty() => name,
        Some((_, text)) => text,
        None => format!("{error}; see `tutorctl status`"),
    }
}

fn error_text(error: &zbus::fdo::Error) -> String {
    zbus::DBusError::description(error).unwrap_or_default().to_owned()
}

/// What helps against the common refusals of the system.
fn remedy(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "; free some space or choose another folder",
        ErrorKind::NotFound => "; check the path",
        ErrorKind::PermissionDenied => "; check who may read or write there",
        ErrorKind::ReadOnlyFilesystem => "; choose a folder that can be written to",
        _ => "",
    }
}

fn tail(log: &[String]) -> String {
    if log.is_empty() {
        return String::new();
    }
    format!(". The end of its log:{}", log.iter().map(|line| format!("\n  {line}")).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::Error;

    #[test]
    fn a_full_disk_names_its_remedy() {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let text = Error::io("write", "/run/x/up.json")(full).to_string();
        assert!(text.starts_with("cannot write /run/x/up.json: "), "{text}");
        assert!(text.ends_with("free some space or choose another folder"), "{text}");
    }

    #[test]
    fn a_daemons_own_words_are_kept_and_bus_names_are_not() {
        let error = zbus::Error::FDO(Box::new(zbus::fdo::Error::InvalidArgs("text is empty".into())));
        let text = Error::call("say it")(error).to_string();
        assert_eq!(text, "cannot say it: text is empty");
        let gone = zbus::Error::FDO(Box::new(zbus::fdo::Error::ServiceUnknown("x".into())));
        assert!(Error::call("say it")(gone).to_string().contains("not on the bus"));
    }
}
