//! Why the server cannot do its work.

use std::path::PathBuf;

/// Why the page cannot be served, or a secret not be kept.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// A file of the page's own cannot be read or written.
    #[error("cannot {operation} {}: {source}; see that the folder is there, belongs to the daemon's user and has space", path.display())]
    File {
        /// What was done.
        operation: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// A file of the page's own is not what was written.
    #[error("{} is damaged ({reason}); {remedy}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
        /// What mends it.
        remedy: &'static str,
    },
    /// A name that the certificate authority may not certify.
    #[error(
        "cannot serve the page as '{name}': names are iseetutor.local, those below it, and localhost; correct [web] names"
    )]
    Name {
        /// The name.
        name: String,
    },
    /// A certificate cannot be made.
    #[error("cannot make a certificate: {0}; this is a fault of the program, please report it")]
    Certificate(String),
    /// No chance to be had.
    #[error("the operating system gives no random numbers: {0}; start the page again when it does")]
    Chance(String),
    /// The passphrase cannot be hashed.
    #[error("cannot hash the passphrase: {0}; this takes 64 MiB of memory for a moment")]
    Hash(String),
    /// The listening socket is unusable.
    #[error(
        "cannot listen on {address}: {source}; see that nothing else does, and for a port below 1024 let systemd pass the socket"
    )]
    Listen {
        /// Where.
        address: String,
        /// Why.
        source: std::io::Error,
    },
}
