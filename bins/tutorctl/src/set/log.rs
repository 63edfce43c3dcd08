//! What the processes of a set write: the end of it kept for errors, all of it shown when asked for.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use crate::output::tell;

/// Lines kept of each process.
const KEPT: usize = 12;

/// Width of the longest program name, `dbus-daemon`.
const NAME_WIDTH: usize = 11;

/// The log of a set. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Log {
    shown: bool,
    kept: Arc<Mutex<HashMap<&'static str, VecDeque<String>>>>,
}

impl Log {
    /// An empty log, shown on standard error line by line or only kept.
    #[must_use]
    pub fn new(shown: bool) -> Self {
        Self { shown, kept: Arc::default() }
    }

    /// Takes a line of `name`.
    pub fn line(&self, name: &'static str, line: String) {
        if self.shown {
            tell(&format!("{name:<NAME_WIDTH$} | {line}"));
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let lines = kept.entry(name).or_default();
        if lines.len() == KEPT {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    /// Takes a line of the supervisor itself.
    pub fn note(&self, line: String) {
        self.line("tutorctl", line);
    }

    /// The last lines of `name`, or none if they were shown already.
    #[must_use]
    pub fn end_of(&self, name: &str) -> Vec<String> {
        if self.shown {
            return Vec::new();
        }
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(name).map(|lines| lines.iter().cloned().collect()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Log};

    #[test]
    fn the_end_is_kept() {
        let log = Log::new(false);
        for number in 0..100 {
            log.line("sttd", number.to_string());
        }
        let end = log.end_of("sttd");
        assert_eq!((end.len(), end.last().map(String::as_str)), (KEPT, Some("99")));
        assert!(log.end_of("llmd").is_empty());
    }
}
