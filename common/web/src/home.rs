//! What the server is told and asks for: the one way in which it reads and changes anything of the children.

use std::pin::Pin;
use std::sync::Arc;

use iseetutor_learner::profile::Learner;
use tokio::sync::watch;

pub use iseetutor_views::facts::*;
pub use iseetutor_views::settings::{Health, Part};

/// What is told when it is known.
pub type Told<'a, T> = Pin<Box<dyn Future<Output = Result<T, HomeError>> + Send + 'a>>;

/// Why something cannot be told or done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HomeError {
    /// There is no such thing.
    #[error("there is no {0}")]
    Unknown(String),
    /// It was understood and cannot be done; the text says why and what to do instead.
    #[error("{0}")]
    Refused(String),
    /// It cannot be done now; the text says why and what mends it.
    #[error("{0}")]
    Unavailable(String),
}

/// The household: who implements it owns the records.
pub trait Home: Send + Sync + 'static {
    /// The children, by their names.
    fn children(&self) -> Told<'_, Vec<Learner>>;
    /// Adds a child; on disk when this returns.
    fn add(&self, child: Child) -> Told<'_, Learner>;
    /// Changes a child; on disk when this returns.
    fn change<'a>(&'a self, learner: &'a str, child: Child) -> Told<'a, ()>;
    /// Everything that is computed of a child's record.
    fn report<'a>(&'a self, learner: &'a str) -> Told<'a, Arc<Report>>;
    /// What was said, the latest first, from the `skip`th on, at most `take`.
    fn said<'a>(&'a self, learner: &'a str, skip: u32, take: u32) -> Told<'a, Transcript>;
    /// What can be set for a child, as it is set.
    fn settings<'a>(&'a self, learner: &'a str) -> Told<'a, Vec<Setting>>;
    /// Sets something; the value was checked against its [`Kind`]. On disk when this returns.
    fn set<'a>(&'a self, learner: &'a str, key: &'a str, value: &'a str) -> Told<'a, ()>;
    /// Records an official score.
    fn score<'a>(&'a self, learner: &'a str, score: Score) -> Told<'a, ()>;
    /// Everything on record of a child, each event as JSON, in the order in which they came.
    fn export<'a>(&'a self, learner: &'a str) -> Told<'a, Vec<String>>;
    /// Erases everything on record of a child, for ever.
    fn erase<'a>(&'a self, learner: &'a str) -> Told<'a, Proof>;
    /// What was erased before.
    fn erased(&self) -> Told<'_, Vec<Proof>>;
    /// What a child's board shows now and from now on.
    fn board<'a>(&'a self, learner: &'a str) -> Told<'a, watch::Receiver<Arc<Board>>>;
    /// The child touched a choice of the question that its board shows.
    fn answer<'a>(&'a self, learner: &'a str, answer: Answer) -> Told<'a, ()>;
    /// Keeps that something was done through the page.
    fn note(&self, deed: Deed) -> Told<'_, ()>;
    /// What was done through the page, the latest first, from the `skip`th on, at most `take`.
    fn deeds(&self, skip: u32, take: u32) -> Told<'_, Vec<Deed>>;
    /// How the device is, part by part.
    fn health(&self) -> Told<'_, Vec<Part>>;
    /// Whether the tutor is paused for everybody.
    fn paused(&self) -> Told<'_, bool>;
    /// Pauses the tutor at once for everybody, or lets it go on; kept over a restart.
    fn pause(&self, pause: bool) -> Told<'_, ()>;
}
