//! The boards: which screens may show whose questions.
//!
//! A screen is paired once with a code that the parent's page shows; it then has a token for one child and no other.

use serde::{Deserialize, Serialize};

use super::{Door, Knock};
use crate::error::WebError;
use crate::random;

/// How long a pairing code can be used.
pub const PAIR_MS: i64 = 10 * 60_000;
/// A screen that was not used for so long has to be paired again.
const IDLE_MS: i64 = 90 * 86_400_000;
/// Screens at most; one more ends the one that was not used for longest.
const MOST: usize = 32;
/// Codes at a time.
const MOST_CODES: usize = 8;
/// How often use is written down at most.
const WRITE_MS: i64 = 3_600_000;

/// A screen as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Board {
    id: String,
    learner: String,
    digest: String,
    made_ms: i64,
    used_ms: i64,
    #[serde(default)]
    agent: String,
}

/// A screen as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BoardInfo {
    /// By which it can be ended.
    pub id: String,
    /// Whose questions it shows: a learner's id.
    pub learner: String,
    /// When it was paired, in milliseconds since 1970.
    pub made_ms: i64,
    /// When it was last used.
    pub used_ms: i64,
    /// What its browser said it was.
    pub agent: String,
}

/// Codes that can be used now.
#[derive(Debug, Default)]
pub(super) struct Pairing(Vec<(String, String, i64)>);

impl Door {
    /// A code with which a screen is paired with a child's board, once and soon.
    ///
    /// # Errors
    /// [`WebError::Chance`].
    pub fn pairing_code(&self, learner: &str) -> Result<String, WebError> {
        let code = random::code()?;
        let now = self.now();
        let codes = &mut self.inner().pairing.0;
        codes.retain(|(_, _, made)| (0..PAIR_MS).contains(&(now - made)));
        if codes.len() >= MOST_CODES {
            codes.remove(0);
        }
        codes.push((random::plain_code(&code), learner.to_owned(), now));
        Ok(code)
    }

    /// Pairs a screen with the board of a child by a code; the screen's token.
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn pair(
        &self,
        learner: Option<&str>,
        code: &str,
        agent: &str,
    ) -> Result<Knock<String>, WebError> {
        let (token, id) = (random::token()?, random::id()?);
        let now = self.now();
        {
            let mut inner = self.inner();
            if let Err(seconds) = inner.attempts.pairing().knock(now) {
                return Ok(Knock::Wait(seconds));
            }
            let code = random::plain_code(code);
            let codes = &mut inner.pairing.0;
            codes.retain(|(_, _, made)| (0..PAIR_MS).contains(&(now - made)));
            // All are compared, and a code of another child says no more than a wrong one.
            let mut found = None;
            for (place, (one, whose, _)) in codes.iter().enumerate() {
                if random::same(one, &code) & learner.is_some_and(|learner| random::same(whose, learner)) {
                    found = Some(place);
                }
            }
            let Some((place, learner)) = found.zip(learner) else { return Ok(Knock::Wrong) };
            codes.remove(place);
            inner.attempts.pairing().forgive();
            let boards = &mut inner.state.boards;
            boards.retain(|one| now.saturating_sub(one.used_ms) < IDLE_MS);
            if boards.len() >= MOST {
                boards.sort_by_key(|one| one.used_ms);
                boards.remove(0);
            }
            boards.push(Board {
                id,
                learner: learner.to_owned(),
                digest: random::digest(&token),
                made_ms: now,
                used_ms: now,
                agent: agent.chars().take(200).collect(),
            });
        }
        self.save().await?;
        Ok(Knock::Open(token))
    }

    /// Whether a token opens the board of this child.
    pub async fn board(&self, token: &str, learner: &str) -> bool {
        let (now, digest) = (self.now(), random::digest(token));
        let write = {
            let mut inner = self.inner();
            let found = inner.state.boards.iter_mut().find(|one| random::same(&one.digest, &digest));
            let Some(board) = found.filter(|one| {
                one.learner == learner && (0..IDLE_MS).contains(&now.saturating_sub(one.used_ms))
            }) else {
                return false;
            };
            let write = now - board.used_ms >= WRITE_MS;
            if write {
                board.used_ms = now;
            }
            write
        };
        if write && let Err(error) = self.save().await {
            tracing::warn!(%error, "the use of a board is not on disk");
        }
        true
    }

    /// The screens that are paired, the latest used first.
    #[must_use]
    pub fn boards(&self) -> Vec<BoardInfo> {
        let now = self.now();
        let inner = self.inner();
        let alive = inner.state.boards.iter().filter(|one| now.saturating_sub(one.used_ms) < IDLE_MS);
        let mut all: Vec<BoardInfo> = alive
            .map(|one| BoardInfo {
                id: one.id.clone(),
                learner: one.learner.clone(),
                made_ms: one.made_ms,
                used_ms: one.used_ms,
                agent: one.agent.clone(),
            })
            .collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.used_ms));
        all
    }

    /// Ends the pairing of a screen; whether there was one.
    ///
    /// # Errors
    /// [`WebError`]; it is over in memory all the same.
    pub async fn unpair(&self, id: &str) -> Result<bool, WebError> {
        let ended = {
            let boards = &mut self.inner().state.boards;
            let before = boards.len();
            boards.retain(|one| one.id != id);
            boards.len() < before
        };
        self.save().await?;
        Ok(ended)
    }

    /// Ends everything of a child that was erased: its screens and the codes for them.
    ///
    /// # Errors
    /// [`WebError`]; it is over in memory all the same.
    pub async fn forget(&self, learner: &str) -> Result<(), WebError> {
        {
            let mut inner = self.inner();
            inner.state.boards.retain(|one| one.learner != learner);
            inner.pairing.0.retain(|(_, whose, _)| whose != learner);
        }
        self.save().await
    }
}
