//! Sessions of the parent's browsers.

use serde::{Deserialize, Serialize};

use super::{Caller, Door, Entry};
use crate::error::WebError;
use crate::random;

/// A session that was not used for so long is over.
pub const IDLE_MS: i64 = 30 * 60_000;
/// A session is over after so long, used or not.
pub const ABSOLUTE_MS: i64 = 12 * 3_600_000;
/// Sessions at a time; one more ends the oldest.
const MOST: usize = 16;
/// Browsers that are known.
const MOST_DEVICES: usize = 32;
/// How often use is written down at most.
const WRITE_MS: i64 = 60_000;

/// A session as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
    /// The SHA-256 of its token.
    pub(super) digest: String,
    pub(super) made_ms: i64,
    pub(super) used_ms: i64,
    #[serde(default)]
    pub(super) address: String,
    #[serde(default)]
    pub(super) agent: String,
}

impl Session {
    pub(super) fn alive(&self, now: i64) -> bool {
        (0..ABSOLUTE_MS).contains(&now.saturating_sub(self.made_ms))
            && (0..IDLE_MS).contains(&now.saturating_sub(self.used_ms))
    }
}

/// A session as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SessionInfo {
    /// By which it can be ended.
    pub id: String,
    /// When it began, in milliseconds since 1970.
    pub made_ms: i64,
    /// When it was last used.
    pub used_ms: i64,
    /// From where it began.
    pub address: String,
    /// What the browser said it was.
    pub agent: String,
    /// Whether it is the one that asks.
    pub own: bool,
}

impl Door {
    /// Begins a session.
    pub(super) async fn admit(&self, caller: &Caller) -> Result<Entry, WebError> {
        let (session, id) = (random::token()?, random::id()?);
        let fresh = random::token()?;
        let now = self.now();
        let device = {
            let mut inner = self.inner();
            let state = &mut inner.state;
            state.sessions.retain(|one| one.alive(now));
            if state.sessions.len() >= MOST {
                state.sessions.sort_by_key(|one| one.used_ms);
                state.sessions.remove(0);
            }
            state.sessions.push(Session {
                id,
                digest: random::digest(&session),
                made_ms: now,
                used_ms: now,
                address: caller.address.clone(),
                agent: caller.agent.chars().take(200).collect(),
            });
            let known =
                caller.device.clone().filter(|token| state.known_device(&random::digest(token)).is_some());
            known.unwrap_or_else(|| {
                if state.devices.len() >= MOST_DEVICES {
                    state.devices.remove(0);
                }
                state.devices.push(random::digest(&fresh));
                fresh
            })
        };
        self.save().await?;
        Ok(Entry { session, device })
    }

    /// Whether a session of this token is alive; if so, it was used now.
    pub async fn session(&self, token: &str) -> bool {
        let now = self.now();
        let digest = random::digest(token);
        let write = {
            let mut inner = self.inner();
            let found = inner.state.sessions.iter_mut().find(|one| random::same(&one.digest, &digest));
            let Some(session) = found.filter(|one| one.alive(now)) else { return false };
            let write = now - session.used_ms >= WRITE_MS;
            // In memory it is exact only where it was written; a minute does not matter to half an hour.
            if write {
                session.used_ms = now;
            }
            write
        };
        if write && let Err(error) = self.save().await {
            tracing::warn!(%error, "the use of a session is not on disk");
        }
        true
    }

    /// The sessions that are alive, the latest used first.
    #[must_use]
    pub fn sessions(&self, own: &str) -> Vec<SessionInfo> {
        let (now, own) = (self.now(), random::digest(own));
        let inner = self.inner();
        let alive = inner.state.sessions.iter().filter(|one| one.alive(now));
        let mut all: Vec<SessionInfo> = alive
            .map(|one| SessionInfo {
                id: one.id.clone(),
                made_ms: one.made_ms,
                used_ms: one.used_ms,
                address: one.address.clone(),
                agent: one.agent.clone(),
                own: random::same(&one.digest, &own),
            })
            .collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.used_ms));
        all
    }

    /// Ends the session of a token.
    ///
    /// # Errors
    /// [`WebError`]; it is over in memory all the same.
    pub async fn sign_out(&self, token: &str) -> Result<(), WebError> {
        let digest = random::digest(token);
        self.inner().state.sessions.retain(|one| !random::same(&one.digest, &digest));
        self.save().await
    }

    /// Ends the session of an id; whether there was one.
    ///
    /// # Errors
    /// [`WebError`]; it is over in memory all the same.
    pub async fn end(&self, id: &str) -> Result<bool, WebError> {
        let ended = {
            let mut inner = self.inner();
            let before = inner.state.sessions.len();
            inner.state.sessions.retain(|one| one.id != id);
            inner.state.sessions.len() < before
        };
        self.save().await?;
        Ok(ended)
    }

    /// Ends all sessions, and knows no browser any more.
    ///
    /// # Errors
    /// [`WebError`]; they are over in memory all the same.
    pub async fn end_all(&self) -> Result<(), WebError> {
        {
            let mut inner = self.inner();
            inner.state.sessions.clear();
            inner.state.devices.clear();
        }
        self.save().await
    }
}
