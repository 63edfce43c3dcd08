//! Why tutord ends.

use iseetutor_bus::BusError;
use iseetutor_service::ConfigError;
use iseetutor_wire::socket::SocketError;

use crate::config::OutOfRange;
use crate::store::StoreError;

/// Why tutord ends.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A value of the configuration makes no sense.
    #[error(transparent)]
    Value(#[from] OutOfRange),
    /// The configuration names something that is not there.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// turn.sock cannot be served.
    #[error(transparent)]
    Socket(#[from] SocketError),
    /// The bus cannot be used.
    #[error(transparent)]
    Bus(#[from] BusError),
    /// The content that is part of the program cannot be used.
    #[error("cannot use the teaching content of this build: {0}; install the release again")]
    Content(#[from] iseetutor_curriculum::content::ContentError),
    /// The database is somebody else's.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The parents' page is wanted and cannot be served.
    #[error(transparent)]
    Web(#[from] iseetutor_web::WebError),
}
