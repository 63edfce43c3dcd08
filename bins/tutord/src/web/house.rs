//! The household as the page sees it: the school, its store and the boards.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use iseetutor_bus::{State, Status};
use iseetutor_learner::event::{Event as Learnt, What};
use iseetutor_learner::profile::{Learner, ProfileError};
use iseetutor_views::gather::{Sources, report};
use iseetutor_web::home::{
    Answer, Board, Child, Deed, Health as PartHealth, Home, HomeError, Line, Part, Proof, Report, Score,
    Setting, Told, Transcript,
};
use iseetutor_web::journal::Journal;
use serde_json::Value;
use tokio::sync::{mpsc, watch};

use super::board::Boards;
use super::settings;
use crate::ask::Asker;
use crate::dialogue::Event;
use crate::school::{Kept, School};
use crate::store::{NewEvent, Spoken, Store, StoreError};

/// What a heard sentence is at least, to be believed: 0 to 1.
const SURE: f64 = 0.4;

/// A report that was computed, and of what: so many events, in that minute.
type Computed = HashMap<String, (usize, i64, Arc<Report>)>;

/// The household.
pub struct House {
    pub(super) school: Arc<School>,
    pub(super) store: Store,
    pub(super) boards: Boards,
    pub(super) events: mpsc::Sender<Event>,
    pub(super) asker: Arc<Asker>,
    pub(super) status: Status,
    pub(super) journal: Journal,
    pub(super) computed: Mutex<Computed>,
    /// There while the tutor is paused.
    pub(super) pause_file: std::path::PathBuf,
}

fn stored(error: StoreError) -> HomeError {
    HomeError::Unavailable(format!("The record cannot be reached: {error}."))
}

fn refused(error: &ProfileError) -> HomeError {
    match error {
        ProfileError::Unknown(_) => HomeError::Unknown("such child".to_owned()),
        ProfileError::Taken(name) => HomeError::Refused(format!(
            "There is a child called {name} already: names have to sound different."
        )),
        ProfileError::NoName => HomeError::Refused(
            "A name has 1 to 40 characters that can be said: letters, digits, spaces, hyphens, apostrophes."
                .to_owned(),
        ),
    }
}

fn ending<T>(_: T) -> HomeError {
    HomeError::Unavailable("The tutor is ending.".to_owned())
}

impl House {
    fn find(&self, learner: &str) -> Result<Learner, HomeError> {
        let found = self.school.learners().into_iter().find(|one| one.id == learner);
        found.ok_or_else(|| HomeError::Unknown("such child".to_owned()))
    }

    /// Keeps what the school has taken in. What waits in memory for the disk counts as kept, as it does in a lesson.
    async fn keep(&self, kept: Vec<Kept>) -> Result<(), HomeError> {
        for one in kept {
            match self.store.append(NewEvent::learning("".into(), 0, one)).await {
                Ok(_) | Err(StoreError::Waiting { .. }) => {}
                Err(error) => return Err(stored(error)),
            }
        }
        Ok(())
    }

    fn known(&self, learner: &str, events: usize, minute: i64) -> Option<Arc<Report>> {
        let computed = self.computed.lock().unwrap_or_else(PoisonError::into_inner);
        computed
            .get(learner)
            .filter(|(of, at, _)| (*of, *at) == (events, minute))
            .map(|(_, _, report)| Arc::clone(report))
    }

    async fn compute(&self, learner: Learner) -> Result<Arc<Report>, HomeError> {
        let unknown = || HomeError::Unknown("such child".to_owned());
        let record = self.school.record(&learner.id).ok_or_else(unknown)?;
        let now_ms = self.school.now_ms();
        let (events, minute) = (record.len(), now_ms.div_euclid(60_000));
        if let Some(report) = self.known(&learner.id, events, minute) {
            return Ok(report);
        }
        let bodies = self.store.learning_of(&learner.id).await.map_err(stored)?;
        let (catalog, bank, id) = (self.school.catalog(), self.school.bank(), learner.id.clone());
        // Reading and adding up a hundred thousand events is work for a thread of its own.
        let computed = tokio::task::spawn_blocking(move || {
            let events: Vec<Learnt> = bodies.iter().filter_map(|body| Learnt::from_json(body).ok()).collect();
            Arc::new(report(Sources {
                learner: &learner,
                record: &record,
                events: &events,
                catalog: &catalog,
                bank: &bank,
                now_ms,
            }))
        });
        let report = computed
            .await
            .map_err(|error| HomeError::Unavailable(format!("The figures failed: {error}.")))?;
        let mut known = self.computed.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(id, (events, minute, Arc::clone(&report)));
        Ok(report)
    }
}

/// A line of the transcript; nothing of what has no words.
fn line(spoken: Spoken) -> Option<Line> {
    let body: Value = serde_json::from_str(&spoken.body).ok()?;
    let text = if spoken.heard {
        body.get("text")?.as_str()?.to_owned()
    } else {
        let sentences = body.get("sentences")?.as_array()?;
        let words = sentences.iter().filter_map(|one| one.as_str().or_else(|| one.get("text")?.as_str()));
        words.collect::<Vec<_>>().join(" ")
    };
    if text.is_empty() {
        return None;
    }
    let confidence = body.get("confidence").and_then(Value::as_f64).unwrap_or(1.0);
    let concern =
        body.get("intent").and_then(Value::as_str).is_some_and(|intent| intent.starts_with("concern"));
    let guess = body.get("source").and_then(Value::as_str) == Some("model");
    let flag = match () {
        () if concern => Some("a matter for a grown-up".to_owned()),
        () if spoken.heard && confidence < SURE => Some("not understood".to_owned()),
        () if guess => Some("a guess of the language model".to_owned()),
        () => None,
    };
    Some(Line {
        at_ms: spoken.at_ms,
        conversation: spoken.conversation,
        child: spoken.heard,
        text,
        confidence,
        flag,
    })
}

impl Home for House {
    fn children(&self) -> Told<'_, Vec<Learner>> {
        Box::pin(async { Ok(self.school.learners()) })
    }

    fn add(&self, child: Child) -> Told<'_, Learner> {
        Box::pin(async move {
            let goal = (Some(child.weekly_minutes), child.test_day);
            let added = self.school.enrol(&child.name, child.level, goal, child.pace);
            let (learner, kept) = added.map_err(|error| refused(&error))?;
            if let Err(error) = self.keep(kept).await {
                self.school.forget(&learner.id);
                return Err(error);
            }
            Ok(learner)
        })
    }

    fn change<'a>(&'a self, learner: &'a str, child: Child) -> Told<'a, ()> {
        Box::pin(async move {
            let goal = (child.weekly_minutes, child.test_day);
            let kept = self.school.change(learner, &child.name, child.level, goal, child.pace);
            self.keep(kept.map_err(|error| refused(&error))?).await
        })
    }

    fn report<'a>(&'a self, learner: &'a str) -> Told<'a, Arc<Report>> {
        Box::pin(async move { self.compute(self.find(learner)?).await })
    }

    fn said<'a>(&'a self, learner: &'a str, skip: u32, take: u32) -> Told<'a, Transcript> {
        Box::pin(async move {
            self.find(learner)?;
            // One more than is wanted tells whether there are earlier ones.
            let mut spoken =
                self.store.spoken(learner, skip, take.saturating_add(1)).await.map_err(stored)?;
            let more = spoken.len() > take as usize;
            spoken.truncate(take as usize);
            Ok(Transcript { lines: spoken.into_iter().filter_map(line).collect(), more })
        })
    }

    fn settings<'a>(&'a self, learner: &'a str) -> Told<'a, Vec<Setting>> {
        Box::pin(async move {
            let learner = self.find(learner)?;
            let record = self.school.record(&learner.id);
            Ok(record.map(|record| settings::all(&record, self.school.now_ms())).unwrap_or_default())
        })
    }

    fn set<'a>(&'a self, learner: &'a str, key: &'a str, value: &'a str) -> Told<'a, ()> {
        Box::pin(async move {
            let learner = self.find(learner)?;
            let kept = self.school.set(&learner.id, key, value);
            let kept = kept.map_err(|error| HomeError::Refused(error.to_string()))?;
            self.keep(vec![kept]).await
        })
    }

    fn score<'a>(&'a self, learner: &'a str, score: Score) -> Told<'a, ()> {
        Box::pin(async move {
            let learner = self.find(learner)?;
            let Score { section, day, scaled, percentile, stanine } = score;
            let what = What::OfficialScore { section, day, scaled, percentile, stanine };
            let kept = self.school.note(&learner.id.as_str().into(), what);
            self.keep(vec![kept]).await
        })
    }

    fn export<'a>(&'a self, learner: &'a str) -> Told<'a, Vec<String>> {
        Box::pin(async move {
            self.find(learner)?;
            self.store.of_learner(learner).await.map_err(stored)
        })
    }

    fn erase<'a>(&'a self, learner: &'a str) -> Told<'a, Proof> {
        Box::pin(async move {
            let learner = self.find(learner)?;
            // Whoever is signed in and goes on practising would be on record again.
            self.asker.renew().await;
            self.events.send(Event::NewConversation).await.map_err(ending)?;
            let events = self.store.erase(&learner.id).await.map_err(stored)?;
            self.school.forget(&learner.id);
            self.boards.forget(&learner.id);
            self.computed.lock().unwrap_or_else(PoisonError::into_inner).remove(&learner.id);
            Ok(Proof { learner: learner.id, at_ms: self.school.now_ms(), events })
        })
    }

    fn erased(&self) -> Told<'_, Vec<Proof>> {
        Box::pin(async {
            let erasures = self.store.erasures().await.map_err(stored)?;
            Ok(erasures
                .into_iter()
                .map(|(learner, events, at_ms)| Proof { learner, at_ms, events })
                .collect())
        })
    }

    fn board<'a>(&'a self, learner: &'a str) -> Told<'a, watch::Receiver<Arc<Board>>> {
        Box::pin(async move { self.find(learner).map(|learner| self.boards.follow(&learner.id)) })
    }

    fn answer<'a>(&'a self, learner: &'a str, answer: Answer) -> Told<'a, ()> {
        Box::pin(async move {
            let learner = self.find(learner)?;
            if self.boards.question(&learner.id).as_deref() != Some(&answer.question) {
                return Err(HomeError::Refused("That question is over.".to_owned()));
            }
            let Answer { question, choice } = answer;
            let touched = Event::Touched { learner: learner.id, question, choice };
            self.events.send(touched).await.map_err(ending)
        })
    }

    fn note(&self, deed: Deed) -> Told<'_, ()> {
        Box::pin(async move {
            let journal = self.journal.clone();
            let added = tokio::task::spawn_blocking(move || journal.add(&deed)).await;
            let failed = |error: &dyn std::fmt::Display| HomeError::Unavailable(error.to_string());
            added.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
        })
    }

    fn deeds(&self, skip: u32, take: u32) -> Told<'_, Vec<Deed>> {
        Box::pin(async move {
            let journal = self.journal.clone();
            let read = tokio::task::spawn_blocking(move || journal.latest(skip, take)).await;
            let failed = |error: &dyn std::fmt::Display| HomeError::Unavailable(error.to_string());
            read.map_err(|error| failed(&error))?.map_err(|error| failed(&error))
        })
    }

    fn health(&self) -> Told<'_, Vec<Part>> {
        Box::pin(async {
            let part = |name: &str, health: PartHealth, words: String| Part {
                heading: "The tutor".to_owned(),
                name: name.to_owned(),
                health,
                words,
            };
            let (state, error) = (self.status.state(), self.status.last_error());
            let conversation = match state {
                State::Ready => {
                    part("Conversation", PartHealth::Good, "Everything that it needs is there.".to_owned())
                }
                State::Degraded => part("Conversation", PartHealth::Care, error),
                other => part("Conversation", PartHealth::Care, format!("It is {}.", other.as_str())),
            };
            let record = match &*self.store.health().borrow() {
                crate::store::Health::Good => {
                    part("Record", PartHealth::Good, format!("{} events are on disk.", self.store.count()))
                }
                crate::store::Health::Trouble(trouble) => part("Record", PartHealth::Bad, trouble.clone()),
            };
            let version = part("Version", PartHealth::Good, env!("CARGO_PKG_VERSION").to_owned());
            Ok(vec![conversation, record, version])
        })
    }

    fn paused(&self) -> Told<'_, bool> {
        Box::pin(async { Ok(self.pause_file.exists()) })
    }

    fn pause(&self, pause: bool) -> Told<'_, ()> {
        Box::pin(async move {
            // A file, so that it outlives a restart.
            let done = if pause {
                std::fs::write(
                    &self.pause_file,
                    "The tutor is paused. Remove this file, or let it go on from the page.\n",
                )
            } else {
                match std::fs::remove_file(&self.pause_file) {
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
                    done => done,
                }
            };
            done.map_err(|error| HomeError::Unavailable(format!("The pause cannot be kept: {error}.")))?;
            self.events.send(Event::Pause(pause)).await.map_err(ending)
        })
    }
}
