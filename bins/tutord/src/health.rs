//! The daemon's state on the bus, from what is wrong at the moment.

use std::collections::BTreeMap;

use iseetutor_bus::Status;

/// What is wrong, by subject; the daemon is ready when nothing is.
#[derive(Debug)]
pub struct Health {
    status: Status,
    troubles: BTreeMap<&'static str, String>,
}

impl Health {
    /// Nothing is wrong.
    #[must_use]
    pub fn new(status: Status) -> Self {
        Self { status, troubles: BTreeMap::new() }
    }

    /// Says what is wrong with a subject, or that nothing is.
    pub fn set(&mut self, subject: &'static str, trouble: Option<String>) {
        match trouble {
            Some(trouble) => self.troubles.insert(subject, trouble),
            None => self.troubles.remove(subject),
        };
        self.publish();
    }

    /// Puts the state on the bus.
    pub fn publish(&self) {
        if self.troubles.is_empty() {
            self.status.recover();
        } else {
            self.status.degrade(self.troubles.values().map(String::as_str).collect::<Vec<_>>().join("; "));
        }
    }
}

/// What is wrong when a peer that was there is gone.
#[must_use]
pub fn lost(peer: &str, socket: &str, consequence: &str) -> String {
    format!(
        "{peer} is not connected on {socket}: {consequence}; start it again (systemctl restart {peer}), or see its log"
    )
}
