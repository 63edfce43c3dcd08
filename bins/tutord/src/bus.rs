//! What tutord puts on the bus.

use std::os::fd::OwnedFd;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use iseetutor_bus::audio1::Audio1Proxy;
use iseetutor_bus::tutor1::{Answer, TutorControl};
use iseetutor_bus::{Options, Reply};
use iseetutor_web::Web;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use zbus::fdo;

use crate::ask::Asker;
use crate::backups::Keeper;
use crate::dialogue::Event;
use crate::roster::Roster;
use crate::store::{BackupError, Copy, Store};
use crate::watch::{WatchError, Watchers};

/// Behind `org.iseetutor.Tutor1`. It is on the bus before the database is open.
#[derive(Debug)]
pub struct Control {
    database: PathBuf,
    watchers: Watchers,
    events: mpsc::Sender<Event>,
    ready: OnceLock<Parts>,
}

/// What is there only when the daemon is ready.
#[derive(Debug)]
pub struct Parts {
    /// Answers typed questions.
    pub asker: Arc<Asker>,
    /// The parents' page, if it is served.
    pub web: Option<Arc<Web>>,
    /// The learning record.
    pub store: Store,
    /// The record's copies, if any are kept.
    pub keeper: Option<Keeper>,
    /// The children.
    pub roster: Roster,
    /// The bus.
    pub bus: zbus::Connection,
}

impl Control {
    /// Puts `watchers` and the dialogue's `events` on the bus.
    #[must_use]
    pub fn new(database: PathBuf, watchers: Watchers, events: mpsc::Sender<Event>) -> Arc<Self> {
        Arc::new(Self { database, watchers, events, ready: OnceLock::new() })
    }

    /// The daemon is ready.
    pub fn complete(&self, parts: Parts) {
        // It is so once; a second time would change nothing.
        let _ = self.ready.set(parts);
    }

    fn parts(&self) -> fdo::Result<&Parts> {
        self.ready.get().ok_or_else(|| {
            fdo::Error::Failed("tutord is still opening its database: try again in a moment".to_owned())
        })
    }

    fn keeper(&self) -> fdo::Result<&Keeper> {
        self.parts()?.keeper.as_ref().ok_or_else(|| {
            fdo::Error::Failed(
                "no copies are kept: set `backups` to a folder in tutord.toml, and start tutord again"
                    .to_owned(),
            )
        })
    }

    fn page(&self) -> fdo::Result<&Arc<Web>> {
        self.parts()?.web.as_ref().ok_or_else(|| {
            fdo::Error::Failed(
                "the parents' page is off: set [web] enabled = true in tutord.toml, and start tutord again"
                    .to_owned(),
            )
        })
    }
}

impl TutorControl for Control {
    fn ask(&self, text: String) -> Reply<'_, Answer> {
        Box::pin(async move {
            let parts = self.parts()?;
            parts.asker.ask(&text, &parts.bus).await
        })
    }

    fn watch(&self) -> Reply<'_, OwnedFd> {
        Box::pin(async move {
            self.watchers.add().map_err(|error| match error {
                WatchError::TooMany => fdo::Error::LimitsExceeded(error.to_string()),
                WatchError::Socket(_) => fdo::Error::Failed(error.to_string()),
            })
        })
    }

    fn new_conversation(&self) -> Reply<'_, ()> {
        Box::pin(async move {
            self.parts()?.asker.renew().await;
            let sent = self.events.send(Event::NewConversation).await;
            sent.map_err(|_| fdo::Error::Failed("tutord is ending".to_owned()))
        })
    }

    fn learners(&self) -> Reply<'_, String> {
        Box::pin(async move { Ok(self.parts()?.roster.list()) })
    }

    fn add_learner(&self, name: String, level: String, options: Options) -> Reply<'_, String> {
        Box::pin(async move { self.parts()?.roster.add(&name, &level, &options).await })
    }

    fn set_for_learner(&self, name: String, key: String, value: String) -> Reply<'_, String> {
        Box::pin(async move { self.parts()?.roster.set(&name, &key, &value).await })
    }

    fn show_learner(&self, name: String) -> Reply<'_, String> {
        Box::pin(async move { self.parts()?.roster.show(&name) })
    }

    fn export_learner(&self, name: String, file: OwnedFd) -> Reply<'_, u64> {
        Box::pin(async move { self.parts()?.roster.export(&name, file).await })
    }

    fn erase_learner(&self, name: String) -> Reply<'_, String> {
        Box::pin(async move {
            let parts = self.parts()?;
            let learner = parts.roster.find(&name)?;
            // Whoever is signed in and goes on practising would be on record again.
            parts.asker.renew().await;
            let ended = self.events.send(Event::NewConversation).await;
            ended.map_err(|_| fdo::Error::Failed("tutord is ending".to_owned()))?;
            parts.roster.erase(&learner.name).await
        })
    }

    fn sign_in(&self, name: String) -> Reply<'_, ()> {
        Box::pin(async move {
            let learner = self.parts()?.roster.find(&name)?;
            let sent = self.events.send(Event::SignIn(learner)).await;
            sent.map_err(|_| fdo::Error::Failed("tutord is ending".to_owned()))
        })
    }

    fn backup(&self) -> Reply<'_, String> {
        Box::pin(async move { Ok(shown(&self.keeper()?.make().await.map_err(failed)?).to_string()) })
    }

    fn backups(&self) -> Reply<'_, String> {
        Box::pin(async move {
            let copies = self.keeper()?.list().await.map_err(failed)?;
            Ok(copies.iter().map(shown).collect::<Value>().to_string())
        })
    }

    fn setup_code(&self) -> Reply<'_, String> {
        Box::pin(async move {
            let code =
                self.page()?.door().setup_code().map_err(|error| fdo::Error::Failed(error.to_string()))?;
            code.ok_or_else(|| {
                fdo::Error::Failed(
                    "a passphrase is set already; if it is forgotten: tutorctl parent reset".to_owned(),
                )
            })
        })
    }

    fn reset_parent(&self) -> Reply<'_, String> {
        Box::pin(
            async move { self.page()?.reset().await.map_err(|error| fdo::Error::Failed(error.to_string())) },
        )
    }

    fn fingerprint(&self) -> Reply<'_, String> {
        Box::pin(async move { Ok(self.page()?.fingerprint()) })
    }

    fn events(&self) -> u64 {
        self.ready.get().map_or(0, |parts| parts.store.count())
    }

    fn database(&self) -> String {
        self.database.display().to_string()
    }
}

#[allow(clippy::needless_pass_by_value)] // As `map_err` wants it.
fn failed(error: BackupError) -> fdo::Error {
    fdo::Error::Failed(error.to_string())
}

fn shown(copy: &Copy) -> Value {
    json!({
        "path": copy.path.display().to_string(),
        "day": copy.day.to_string(),
        "bytes": copy.bytes,
        "at_ms": copy.at_ms,
    })
}

/// Tells the dialogue whenever the speaker falls silent, for as long as the bus is there.
pub async fn follow_silence(bus: zbus::Connection, events: mpsc::Sender<Event>) {
    use futures_util::StreamExt;
    let Ok(audio) = Audio1Proxy::new(&bus).await else { return };
    let mut changes = audio.receive_speaking_changed().await;
    while let Some(change) = changes.next().await {
        if change.get().await.is_ok_and(|speaking| !speaking) && events.send(Event::Silent).await.is_err() {
            return;
        }
    }
}
