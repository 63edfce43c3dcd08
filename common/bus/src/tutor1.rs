//! `org.iseetutor.Tutor1`: the tutor.

use std::os::fd::OwnedFd;
use std::sync::Arc;

use crate::Reply;

/// An answer: text, source (`model`, `lexicon`, `computed`, `content` or `fixed`), seconds it took.
pub type Answer = (String, String, f64);

/// What tutord puts behind [`Tutor1`].
pub trait TutorControl: Send + Sync + 'static {
    /// See [`Tutor1`]'s `Ask`.
    fn ask(&self, text: String) -> Reply<'_, Answer>;
    /// See [`Tutor1`]'s `Watch`.
    fn watch(&self) -> Reply<'_, OwnedFd>;
    /// See [`Tutor1`]'s `NewConversation`.
    fn new_conversation(&self) -> Reply<'_, ()>;
    /// Events on record.
    fn events(&self) -> u64;
    /// The database's file.
    fn database(&self) -> String;
}

/// The tutor.
pub struct Tutor1 {
    control: Arc<dyn TutorControl>,
}

impl Tutor1 {
    /// Serves `control`.
    #[must_use]
    pub fn new(control: Arc<dyn TutorControl>) -> Self {
        Self { control }
    }
}

/// The tutor.
#[zbus::interface(
    name = "org.iseetutor.Tutor1",
    proxy(
        default_service = "org.iseetutor.Tutor1",
        default_path = "/org/iseetutor/Tutor1",
        visibility = "pub"
    )
)]
impl Tutor1 {
    /// Answers a typed question in a conversation of its own; at most 4,000 bytes.
    #[zbus(out_args("text", "source", "took_s"))]
    async fn ask(&self, text: String) -> zbus::fdo::Result<Answer> {
        self.control.ask(text).await
    }

    /// A socket from which the conversation can be followed, as frames described in `docs/wire.md`.
    /// Words go this way and never over the bus.
    #[zbus(out_args("frames"))]
    async fn watch(&self) -> zbus::fdo::Result<zbus::OwnedFd> {
        self.control.watch().await.map(Into::into)
    }

    /// Forgets the conversation so far; what is on record stays.
    async fn new_conversation(&self) -> zbus::fdo::Result<()> {
        self.control.new_conversation().await
    }

    /// Events on record.
    #[zbus(property(emits_changed_signal = "false"))]
    fn events(&self) -> u64 {
        self.control.events()
    }

    /// The database's file.
    #[zbus(property(emits_changed_signal = "const"))]
    fn database(&self) -> String {
        self.control.database()
    }
}
