//! How the page is served.

use std::path::PathBuf;
use std::time::Duration;

use crate::tls;

/// Settings of the server.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Where the certificate authority and the door keep their files.
    pub folder: PathBuf,
    /// The names that it is served under; see [`tls::certifiable`].
    pub names: Vec<String>,
    /// The limits.
    pub limits: Limits,
}

impl WebConfig {
    /// The usual settings with files in `folder`.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let names = vec![tls::NAME.to_owned(), format!("parent.{}", tls::NAME), "localhost".to_owned()];
        Self { folder: folder.into(), names, limits: Limits::default() }
    }
}

/// What nobody may exceed.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at a time.
    pub connections: usize,
    /// Connections of one address at a time.
    pub per_address: usize,
    /// Boards that follow at a time.
    pub boards: usize,
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the head of a request, also the first one of a connection.
    pub head: Duration,
    /// For the body of a request.
    pub body: Duration,
    /// For the other side to take something of a reply.
    pub write: Duration,
    /// Bytes of a body.
    pub form: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 128,
            per_address: 24,
            boards: 32,
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(15),
            body: Duration::from_secs(10),
            write: Duration::from_secs(20),
            form: 16 * 1024,
        }
    }
}
