//! Logging: to the journal under systemd, to the terminal by hand.

use std::io::IsTerminal;
use std::os::unix::fs::MetadataExt;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts logging with `filter` (such as `info`), or `ISEETUTOR_LOG` when that is set. A filter that
/// cannot be read falls back to `info` and says so. A second call changes nothing.
pub fn init(filter: &str) {
    let wanted = std::env::var("ISEETUTOR_LOG").unwrap_or_else(|_| filter.to_owned());
    let (filter, problem) = match EnvFilter::try_new(&wanted) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let registry = tracing_subscriber::registry().with(filter);
    let journal = if stderr_is_journal() { tracing_journald::layer().ok() } else { None };
    // An error here means that logging was started before, by a test in the same process.
    let _ = match journal {
        Some(layer) => registry.with(layer).try_init(),
        None => registry
            .with(
                tracing_subscriber::fmt::layer()
                    .with_writer(std::io::stderr)
                    .with_ansi(std::io::stderr().is_terminal()),
            )
            .try_init(),
    };
    if let Some(error) = problem {
        tracing::warn!(filter = wanted, %error, "log filter not understood, using info");
    }
}

/// Whether stderr goes to the journal: `JOURNAL_STREAM` holds its device and inode (systemd.exec(5)).
fn stderr_is_journal() -> bool {
    let Ok(stream) = std::env::var("JOURNAL_STREAM") else { return false };
    let Ok(meta) = std::fs::metadata("/proc/self/fd/2") else { return false };
    stream == format!("{}:{}", meta.dev(), meta.ino())
}
