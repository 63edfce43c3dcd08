//! Who may come in: the setup code, the parent's passphrase, sessions, and the boards of the children.
//!
//! What is kept is one small file, readable by the daemon's user only: the passphrase as argon2id left it, and the SHA-256 of
//! tokens of 256 bits. Whoever reads the file can come in with nothing of it.

mod attempts;
mod boards;
mod passphrase;
mod sessions;
mod state;

pub use attempts::Attempts;
pub use boards::BoardInfo;
pub use passphrase::{Hashed, LONGEST, SHORTEST, Unfit, fit};
pub use sessions::{ABSOLUTE_MS, IDLE_MS, SessionInfo};

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::clock::Clock;
use crate::error::WebError;
use crate::random;
use state::State;

/// How long a setup code can be used.
pub const SETUP_MS: i64 = 3_600_000;

/// What came of knocking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Knock<T> {
    /// Come in.
    Open(T),
    /// The secret was wrong.
    Wrong,
    /// It was not looked at: too many were wrong before. Seconds until the next is looked at.
    Wait(u64),
    /// There is nothing to try: no passphrase is set yet, or one is set already.
    Closed,
}

/// A setup code that was made and can be told to the parent.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Setup {
    code: String,
    made_ms: i64,
}

/// What a parent's browser is given when it signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The session's token.
    pub session: String,
    /// The token by which the browser is known again: its wrong guesses are counted by themselves.
    pub device: String,
}

/// Whose browser it is that knocks.
#[derive(Debug, Clone, Default)]
pub struct Caller {
    /// The token by which it is known, if it sent one.
    pub device: Option<String>,
    /// Its address, to be shown in the list of sessions.
    pub address: String,
    /// What it says it is, to be shown there.
    pub agent: String,
}

/// The door. Shared by all connections.
pub struct Door {
    clock: Clock,
    path: std::path::PathBuf,
    inner: Mutex<Inner>,
    /// One write at a time, so that an older state is never written over a newer one.
    writing: tokio::sync::Mutex<()>,
    /// One hash at a time: each takes 64 MiB and a processor.
    hashing: tokio::sync::Semaphore,
}

#[derive(Default)]
struct Inner {
    state: State,
    setup: Option<Setup>,
    attempts: attempts::Table,
    pairing: boards::Pairing,
}

impl std::fmt::Debug for Door {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Door").finish_non_exhaustive()
    }
}

impl Door {
    /// The door whose state is in `folder`.
    ///
    /// # Errors
    /// [`WebError::File`] and [`WebError::Damaged`].
    pub fn open(folder: &Path, clock: Clock) -> Result<Self, WebError> {
        let path = folder.join("door.json");
        let state = state::read(&path)?;
        let inner = Mutex::new(Inner { state, ..Inner::default() });
        let (writing, hashing) = (tokio::sync::Mutex::default(), tokio::sync::Semaphore::new(1));
        Ok(Self { clock, path, inner, writing, hashing })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Writes the state down; on disk when this returns.
    async fn save(&self) -> Result<(), WebError> {
        let _one = self.writing.lock().await;
        let text = state::text(&self.inner().state)?;
        let path = self.path.clone();
        let written = tokio::task::spawn_blocking(move || crate::tls::write_private(&path, &text)).await;
        written.unwrap_or_else(|error| {
            let source = std::io::Error::other(error.to_string());
            Err(WebError::File { operation: "write", path: self.path.clone(), source })
        })
    }

    /// Whether a passphrase was set.
    #[must_use]
    pub fn is_set_up(&self) -> bool {
        self.inner().state.passphrase.is_some()
    }

    /// The setup code, made if there is none that can still be used; nothing once a passphrase is set.
    ///
    /// # Errors
    /// [`WebError::Chance`].
    pub fn setup_code(&self) -> Result<Option<String>, WebError> {
        let now = self.now();
        let mut inner = self.inner();
        if inner.state.passphrase.is_some() {
            return Ok(None);
        }
        if let Some(setup) = inner.setup.as_ref().filter(|setup| usable(setup, now)) {
            return Ok(Some(setup.code.clone()));
        }
        let code = random::code()?;
        inner.setup = Some(Setup { code: code.clone(), made_ms: now });
        Ok(Some(code))
    }

    /// Sets the passphrase with the setup code, and signs in.
    ///
    /// # Errors
    /// [`WebError`]; then nothing was set.
    pub async fn set_up(
        &self,
        code: &str,
        passphrase: &str,
        caller: &Caller,
    ) -> Result<Knock<Entry>, WebError> {
        let now = self.now();
        {
            let mut inner = self.inner();
            if inner.state.passphrase.is_some() {
                return Ok(Knock::Closed);
            }
            if let Err(seconds) = inner.attempts.setup().knock(now) {
                return Ok(Knock::Wait(seconds));
            }
            // Compared even when there is none, so that the time says nothing.
            let wanted = inner.setup.as_ref().filter(|setup| usable(setup, now));
            let wanted = wanted.map_or_else(String::new, |setup| random::plain_code(&setup.code));
            if !random::same(&wanted, &random::plain_code(code)) || wanted.is_empty() {
                return Ok(Knock::Wrong);
            }
        }
        let hashed = self.hash(passphrase).await?;
        {
            let mut inner = self.inner();
            // Another may have been quicker.
            if inner.state.passphrase.is_some() {
                return Ok(Knock::Closed);
            }
            inner.state.passphrase = Some(hashed);
            inner.setup = None;
            inner.attempts.setup().forgive();
        }
        let entry = self.admit(caller).await;
        if entry.is_err() {
            self.inner().state.passphrase = None;
        }
        entry.map(Knock::Open)
    }

    /// Signs in with the passphrase.
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn sign_in(&self, passphrase: &str, caller: &Caller) -> Result<Knock<Entry>, WebError> {
        match self.confirm(passphrase, caller.device.as_deref()).await? {
            Knock::Open(()) => Ok(Knock::Open(self.admit(caller).await?)),
            Knock::Wrong => Ok(Knock::Wrong),
            Knock::Wait(seconds) => Ok(Knock::Wait(seconds)),
            Knock::Closed => Ok(Knock::Closed),
        }
    }

    /// Whether that is the passphrase; asked for again before anything that cannot be undone.
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn confirm(&self, passphrase: &str, device: Option<&str>) -> Result<Knock<()>, WebError> {
        let (hashed, known) = {
            let now = self.now();
            let mut inner = self.inner();
            let Some(hashed) = inner.state.passphrase.clone() else { return Ok(Knock::Closed) };
            let known = device.and_then(|token| inner.state.known_device(&random::digest(token)));
            // Counted as wrong before it is looked at: many at once are no way round.
            if let Err(seconds) = inner.attempts.passphrase(known.as_deref()).knock(now) {
                return Ok(Knock::Wait(seconds));
            }
            (hashed, known)
        };
        let tried = passphrase.to_owned();
        let right = self.blocking(move || hashed.is(&tried)).await??;
        if !right {
            return Ok(Knock::Wrong);
        }
        self.inner().attempts.passphrase(known.as_deref()).forgive();
        Ok(Knock::Open(()))
    }

    /// Sets another passphrase, and ends all sessions but the one with this token.
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn change(&self, passphrase: &str, session: &str) -> Result<(), WebError> {
        let hashed = self.hash(passphrase).await?;
        {
            let mut inner = self.inner();
            inner.state.passphrase = Some(hashed);
            let keep = random::digest(session);
            inner.state.sessions.retain(|one| random::same(&one.digest, &keep));
            inner.state.devices.clear();
        }
        self.save().await
    }

    /// Forgets the passphrase, all sessions and all boards, and returns a new setup code. For the console: whoever can ask
    /// for it owns the device.
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn reset(&self) -> Result<String, WebError> {
        let code = random::code()?;
        {
            let now = self.now();
            let mut inner = self.inner();
            *inner = Inner::default();
            inner.setup = Some(Setup { code: code.clone(), made_ms: now });
        }
        self.save().await?;
        Ok(code)
    }

    async fn hash(&self, passphrase: &str) -> Result<Hashed, WebError> {
        let passphrase = passphrase.to_owned();
        self.blocking(move || Hashed::new(&passphrase)).await?
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, WebError> {
        let closed = |error: &dyn std::fmt::Display| WebError::Hash(error.to_string());
        let _one = self.hashing.acquire().await.map_err(|error| closed(&error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| closed(&error))
    }

    /// Whether the parent trusted the certificate and wants browsers to insist on it.
    #[must_use]
    pub fn insists(&self) -> bool {
        self.inner().state.insists
    }

    /// Sets whether browsers are told to insist on a trusted certificate.
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn insist(&self, insists: bool) -> Result<(), WebError> {
        self.inner().state.insists = insists;
        self.save().await
    }
}

fn usable(setup: &Setup, now: i64) -> bool {
    (0..SETUP_MS).contains(&now.saturating_sub(setup.made_ms))
}

/// The door, as connections share it.
pub type SharedDoor = Arc<Door>;

#[cfg(test)]
mod tests;
