//! What the threads of microphone and speaker have in common.

use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Starts a thread for a device, a little ahead of everything else if the system permits that.
///
/// # Errors
/// When the system has no thread to give.
pub fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name(name.into()).spawn(move || {
        raise_priority();
        work();
    })
}

/// Nice value of device threads; -11 is what PipeWire and PulseAudio ask for.
const NICE: i32 = -11;

fn raise_priority() {
    // SAFETY: a plain system call on the calling thread (0), with no memory passed.
    let refused = unsafe { nix::libc::setpriority(nix::libc::PRIO_PROCESS, 0, NICE) } != 0;
    if refused {
        // LimitNICE= of the unit permits it on the device; by hand it need not be.
        tracing::debug!("device thread runs at ordinary priority");
    }
}

/// When to try again to open a device: growing pauses between attempts.
#[derive(Debug)]
pub struct Backoff {
    wait: Duration,
    next: Instant,
}

const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

impl Default for Backoff {
    fn default() -> Self {
        Self { wait: FIRST_WAIT, next: Instant::now() }
    }
}

impl Backoff {
    /// Whether it is time for an attempt.
    #[must_use]
    pub fn is_due(&self) -> bool {
        Instant::now() >= self.next
    }

    /// An attempt failed.
    pub fn failed(&mut self) {
        self.next = Instant::now() + self.wait;
        self.wait = (self.wait * 2).min(LONGEST_WAIT);
    }

    /// An attempt succeeded.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// Time until the next attempt.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.next.saturating_duration_since(Instant::now())
    }
}
