//! What the door keeps on disk.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::boards::Board;
use super::passphrase::Hashed;
use super::sessions::Session;
use crate::error::WebError;

const REMEDY: &str =
    "remove it; the passphrase is then set anew with a setup code, and nothing of the children is lost";

/// What is on disk.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    #[serde(default)]
    pub(super) passphrase: Option<Hashed>,
    #[serde(default)]
    pub(super) sessions: Vec<Session>,
    /// The SHA-256 of the tokens of browsers that signed in before.
    #[serde(default)]
    pub(super) devices: Vec<String>,
    #[serde(default)]
    pub(super) boards: Vec<Board>,
    /// Whether browsers are told to insist on a trusted certificate.
    #[serde(default)]
    pub(super) insists: bool,
}

impl State {
    /// The digest, if a browser is known by it.
    pub(super) fn known_device(&self, digest: &str) -> Option<String> {
        self.devices.iter().find(|one| crate::random::same(one, digest)).cloned()
    }
}

/// Reads the state; an empty one when there is no file.
pub(super) fn read(path: &Path) -> Result<State, WebError> {
    match std::fs::read_to_string(path) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| WebError::Damaged {
            path: path.to_owned(),
            reason: error.to_string(),
            remedy: REMEDY,
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(State::default()),
        Err(source) => Err(WebError::File { operation: "read", path: path.to_owned(), source }),
    }
}

/// The state as it is written.
pub(super) fn text(state: &State) -> Result<String, WebError> {
    serde_json::to_string_pretty(state).map_err(|error| WebError::File {
        operation: "write",
        path: "door.json".into(),
        source: std::io::Error::other(error),
    })
}
