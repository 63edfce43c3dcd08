//! The HTTPS server of the parent's page and the child's board.

pub mod clock;
pub mod door;
mod error;
mod random;
pub mod tls;

pub use error::WebError;
