//! The time, as the server is told it.

use std::sync::Arc;

/// Milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The system's clock.
#[must_use]
pub fn system() -> Clock {
    Arc::new(|| jiff::Timestamp::now().as_millisecond())
}
