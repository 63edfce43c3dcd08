//! `org.iseetutor.Tutor1`: the tutor.

use std::os::fd::OwnedFd;
use std::sync::Arc;

use crate::{Options, Reply};

/// What an answer rests on: the source's title, its page (0 where it has none), its own words.
pub type Evidence = (String, u32, String);

/// An answer: text, source (`model`, `lexicon`, `computed`, `content` or `fixed`), seconds it took, what it rests on.
pub type Answer = (String, String, f64, Vec<Evidence>);

/// What tutord puts behind [`Tutor1`].
pub trait TutorControl: Send + Sync + 'static {
    /// See [`Tutor1`]'s `Ask`.
    fn ask(&self, text: String) -> Reply<'_, Answer>;
    /// See [`Tutor1`]'s `Watch`.
    fn watch(&self) -> Reply<'_, OwnedFd>;
    /// See [`Tutor1`]'s `NewConversation`.
    fn new_conversation(&self) -> Reply<'_, ()>;
    /// See [`Tutor1`]'s `Learners`.
    fn learners(&self) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `SetForLearner`.
    fn set_for_learner(&self, name: String, key: String, value: String) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `AddLearner`.
    fn add_learner(&self, name: String, level: String, options: Options) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `ShowLearner`.
    fn show_learner(&self, name: String) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `ExportLearner`.
    fn export_learner(&self, name: String, file: OwnedFd) -> Reply<'_, u64>;
    /// See [`Tutor1`]'s `EraseLearner`.
    fn erase_learner(&self, name: String) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `SignIn`.
    fn sign_in(&self, name: String) -> Reply<'_, ()>;
    /// See [`Tutor1`]'s `Backup`.
    fn backup(&self) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `Backups`.
    fn backups(&self) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `SetupCode`.
    fn setup_code(&self) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `ResetParent`.
    fn reset_parent(&self) -> Reply<'_, String>;
    /// See [`Tutor1`]'s `Fingerprint`.
    fn fingerprint(&self) -> Reply<'_, String>;
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
    /// Answers a typed question in a conversation of its own; at most 4,000 bytes. Evidence is the title, page (0 for none)
    /// and own words of each source that the answer rests on.
    #[zbus(out_args("text", "source", "took_s", "evidence"))]
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

    /// The children of the device: a JSON array of their profiles.
    #[zbus(out_args("json"))]
    async fn learners(&self) -> zbus::fdo::Result<String> {
        self.control.learners().await
    }

    /// Adds a child at a level (`primary2` to `primary4`, `lower`, `middle`, `upper`). Options: `test_day` (s), the day of the
    /// test as 2027-01-30; `weekly_minutes` (u); `pace` (s), `calm`, `steady` or `quick`. Returns its profile as JSON.
    #[zbus(out_args("json"))]
    async fn add_learner(&self, name: String, level: String, options: Options) -> zbus::fdo::Result<String> {
        self.control.add_learner(name, level, options).await
    }

    /// Sets something for a child, or takes it back with an empty value: `mock.extra_time` (percent), `limit.monday` to
    /// `limit.sunday` and `limit.more_today` (minutes), `quiet.from` and `quiet.to` (HH:MM). Returns what is set as a
    /// JSON object.
    #[zbus(out_args("json"))]
    async fn set_for_learner(&self, name: String, key: String, value: String) -> zbus::fdo::Result<String> {
        self.control.set_for_learner(name, key, value).await
    }

    /// Everything that is computed of a child's record, as JSON: sections, skills, what is due, the weeks to come.
    #[zbus(out_args("json"))]
    async fn show_learner(&self, name: String) -> zbus::fdo::Result<String> {
        self.control.show_learner(name).await
    }

    /// Writes everything on record of a child, one JSON object a line, to a file that is passed as a descriptor open for
    /// writing; returns how many there were.
    #[zbus(out_args("events"))]
    async fn export_learner(&self, name: String, file: zbus::OwnedFd) -> zbus::fdo::Result<u64> {
        self.control.export_learner(name, file.into()).await
    }

    /// Erases everything on record of a child, for ever. Returns the proof as JSON: what was erased, and when.
    #[zbus(out_args("json"))]
    async fn erase_learner(&self, name: String) -> zbus::fdo::Result<String> {
        self.control.erase_learner(name).await
    }

    /// Signs a child in to the spoken conversation, as if it had told its name.
    async fn sign_in(&self, name: String) -> zbus::fdo::Result<()> {
        self.control.sign_in(name).await
    }

    /// Copies the record now, beside its daily copies; returns the copy as a JSON object: `path`, `day`, `bytes`, `at_ms`
    /// (milliseconds since 1970).
    #[zbus(out_args("json"))]
    async fn backup(&self) -> zbus::fdo::Result<String> {
        self.control.backup().await
    }

    /// The record's copies, the newest first, as a JSON array of what `Backup` returns.
    #[zbus(out_args("json"))]
    async fn backups(&self) -> zbus::fdo::Result<String> {
        self.control.backups().await
    }

    /// The code with which the parents' page is set up, while no passphrase is set; it works once, for an hour.
    #[zbus(out_args("code"))]
    async fn setup_code(&self) -> zbus::fdo::Result<String> {
        self.control.setup_code().await
    }

    /// Forgets the parents' passphrase, and with it every session and every board's pairing; returns a new setup code. The
    /// children's records stay.
    #[zbus(out_args("code"))]
    async fn reset_parent(&self) -> zbus::fdo::Result<String> {
        self.control.reset_parent().await
    }

    /// The SHA-256 of the certificate authority of the parents' page, as devices show it.
    #[zbus(out_args("sha256"))]
    async fn fingerprint(&self) -> zbus::fdo::Result<String> {
        self.control.fingerprint().await
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
