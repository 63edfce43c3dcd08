//! One conversation: what was said in it, how fast, and what an utterance leads to. Pure; spoken and typed
//! questions both go through here.

mod pupils;
mod rehearsal;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use iseetutor_wire::message::{ChatMessage, Source};

use iseetutor_curriculum::content::Library;
use iseetutor_curriculum::level::Level;
use iseetutor_learner::profile::Learner;

use crate::answer::{Context, Evidence, Exchange, Told};
use crate::facts;
use crate::mock::Mock;
use crate::phrases::{Phrase, Rotation};
use crate::practice::{Practice, READY_MADE, Request, Wish};
use crate::router::{Command, Intent, route};
use crate::school::{Kept, School};
pub use rehearsal::{Closing, Rehearsal};

/// A sentence to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The words.
    pub text: String,
    /// Where the answer that it belongs to came from.
    pub source: Source,
    /// Whether its audio may be kept on disk: only for the tutor's own fixed sentences.
    pub cacheable: bool,
}

impl Sentence {
    /// The words as they are written: what is respelled for the voice is not for the eye.
    #[must_use]
    pub fn written(&self) -> String {
        match Library::embedded() {
            Ok(library) if self.source == Source::Content => library.written(&self.text),
            _ => self.text.clone(),
        }
    }
}

/// A change of the volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VolumeChange {
    /// Louder.
    Up,
    /// Quieter.
    Down,
}

/// What came of a change of the volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VolumeOutcome {
    /// It was changed.
    Changed,
    /// It was at its end already.
    AtLimit,
    /// audiod could not be asked.
    Failed,
}

impl VolumeChange {
    /// What is said about the outcome.
    #[must_use]
    pub fn phrase(self, outcome: VolumeOutcome) -> Phrase {
        match (outcome, self) {
            (VolumeOutcome::Changed, Self::Up) => Phrase::Louder,
            (VolumeOutcome::Changed, Self::Down) => Phrase::Quieter,
            (VolumeOutcome::AtLimit, Self::Up) => Phrase::Loudest,
            (VolumeOutcome::AtLimit, Self::Down) => Phrase::Quietest,
            (VolumeOutcome::Failed, _) => Phrase::NoVolume,
        }
    }
}

/// What an utterance leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Plan {
    /// These sentences, which are all of the answer.
    Say(Vec<Sentence>),
    /// A change of the volume, and then a sentence about its outcome.
    Volume(VolumeChange),
    /// A sentence that frames a guess, and then what the language model says to these messages.
    Model {
        /// Said at once.
        frame: Vec<Sentence>,
        /// The chat.
        messages: Vec<ChatMessage>,
    },
}

/// A plan, and what is to be done when it was carried out.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What to do.
    pub plan: Plan,
    /// Name of the intent, for the record.
    pub intent: &'static str,
    /// The command, if it was one.
    pub command: Option<Command>,
    /// Whether "repeat" will mean this answer.
    pub repeatable: bool,
    /// Whether later questions build on this one.
    pub in_context: bool,
    /// What is to be on disk before the answer is said.
    pub keep: Vec<Kept>,
    /// What the answer rests on.
    pub evidence: Vec<Evidence>,
}

/// Steps of the pace: a fifth slower to a fifth faster than the voice's own.
const PACES: [f32; 5] = [0.8, 0.9, 1.0, 1.1, 1.2];
const OWN_PACE: usize = 2;

/// A conversation.
#[derive(Debug, Clone)]
pub struct Conversation {
    id: Arc<str>,
    context: Context,
    /// Exchanges that are kept; see [`Context::add`].
    exchanges: usize,
    last_answer: Vec<Sentence>,
    pace: usize,
    phrases: Rotation,
    school: Arc<School>,
    practice: Option<Practice>,
    mock: Option<Mock>,
    /// Who signed in.
    learner: Option<Learner>,
    /// What is to begin once it is known who is there.
    who: Option<Waiting>,
    /// It was asked whether to go on with a test, and what was wished for before that.
    going_on: Option<Option<Wish>>,
    /// The level that a guest told.
    level: Option<Level>,
    /// Whether the model may guess where no source has an answer.
    guesses: bool,
}

/// What waits until it is known who is there.
#[derive(Debug, Clone)]
struct Waiting {
    wish: Wish,
    /// Whether it was asked before.
    again: bool,
}

impl Conversation {
    /// A new conversation with this id, keeping this many exchanges, with one of a school's children or a guest.
    #[must_use]
    pub fn new(id: Arc<str>, exchanges: usize, school: Arc<School>) -> Self {
        Self {
            id,
            context: Context::default(),
            exchanges,
            last_answer: Vec::new(),
            pace: OWN_PACE,
            phrases: Rotation::default(),
            school,
            practice: None,
            mock: None,
            learner: None,
            who: None,
            going_on: None,
            level: None,
            guesses: false,
        }
    }

    /// The same, with a language model that may guess, or may not, where no source has an answer.
    #[must_use]
    pub fn guessing(self, guesses: bool) -> Self {
        Self { guesses, ..self }
    }

    /// Forgets everything and goes on under another id.
    pub fn renew(&mut self, id: Arc<str>) {
        // The rotation stays: it belongs to the tutor's manners, not to what was talked about.
        let phrases = std::mem::take(&mut self.phrases);
        let guesses = self.guesses;
        *self = Self { phrases, guesses, ..Self::new(id, self.exchanges, Arc::clone(&self.school)) };
    }

    /// The id under which its events are recorded.
    #[must_use]
    pub fn id(&self) -> Arc<str> {
        Arc::clone(&self.id)
    }

    /// How fast the tutor speaks: 1 is the voice's own pace.
    #[must_use]
    pub fn rate(&self) -> f32 {
        PACES.get(self.pace).copied().unwrap_or(1.0)
    }

    /// The chat so far, for the model to evaluate ahead.
    #[must_use]
    pub fn messages(&self) -> Vec<ChatMessage> {
        self.context.messages()
    }

    /// The chat with a question at its end, if the question is one for the model.
    #[must_use]
    pub fn messages_if_asked(&self, text: &str) -> Option<Vec<ChatMessage>> {
        // In practice nothing is asked of the model.
        (self.guesses
            && self.practice.is_none()
            && self.mock.is_none()
            && self.who.is_none()
            && Request::read(text).is_none()
            && self.is_for_the_model(&route(text), text))
        .then(|| self.context.asking(text))
    }

    /// The sentences of a phrase.
    pub fn phrase(&mut self, phrase: Phrase) -> Vec<Sentence> {
        self.phrase_of(phrase, Source::Fixed)
    }

    fn phrase_of(&mut self, phrase: Phrase, source: Source) -> Vec<Sentence> {
        let variant = self.phrases.next(phrase);
        variant.iter().map(|text| Sentence { text: (*text).to_owned(), source, cacheable: true }).collect()
    }

    /// Decides what to do about an utterance. A command to forget is for the caller to carry out with [`Self::renew`].
    pub fn plan(&mut self, text: &str) -> Planned {
        let intent = route(text);
        let name = intent.as_str();
        let mut planned = Planned {
            plan: Plan::Say(Vec::new()),
            intent: name,
            command: None,
            repeatable: true,
            in_context: false,
            keep: Vec::new(),
            evidence: Vec::new(),
        };
        if let Some(reply) = self.practised(text, &intent) {
            planned.intent = reply.intent;
            planned.keep = reply.keep;
            let sentence = |text: String| {
                let cacheable = READY_MADE.contains(&text.as_str());
                Sentence { text, source: Source::Content, cacheable }
            };
            planned.plan = Plan::Say(reply.sentences.into_iter().map(sentence).collect());
            return planned;
        }
        planned.plan = match intent {
            Intent::Command(command) => {
                planned.command = Some(command);
                planned.repeatable = matches!(command, Command::Abilities | Command::Practice);
                self.obey(command)
            }
            Intent::Courtesy(phrase) | Intent::Concern(phrase) => Plan::Say(self.phrase(phrase)),
            Intent::Unclear => {
                planned.repeatable = false;
                Plan::Say(self.phrase(Phrase::NotHeard))
            }
            Intent::Computed(answer) => {
                planned.in_context = true;
                let sentence = |text| Sentence { text, source: Source::Computed, cacheable: false };
                Plan::Say(answer.sentences.into_iter().map(sentence).collect())
            }
            Intent::Exam(_) | Intent::Word(_) | Intent::Question => {
                self.looked_up(&intent, text, &mut planned)
            }
        };
        planned
    }

    /// What the sources of facts have on a question, and which of them has it. What neither the exam's facts nor the
    /// dictionary know is looked for in the books.
    fn told(&self, intent: &Intent, text: &str) -> Option<(Told, Source)> {
        let level = self.learner.as_ref().map(|learner| learner.level).or(self.level);
        let told = match intent {
            Intent::Exam(question) => facts::answer(question, level).map(|told| (told, Source::Content)),
            Intent::Word(question) => {
                self.school.dictionary().answer(question).map(|told| (told, Source::Lexicon))
            }
            _ => None,
        };
        let of_books = || self.school.book_answer(text, level).map(|told| (told, Source::Content));
        told.or_else(of_books)
    }

    fn is_for_the_model(&self, intent: &Intent, text: &str) -> bool {
        let unsure = matches!(intent, Intent::Exam(_) | Intent::Word(_) | Intent::Question);
        self.guesses && unsure && self.told(intent, text).is_none()
    }

    /// The answer of a source; where none has one, that it is not known, or the model's guess if it may.
    fn looked_up(&mut self, intent: &Intent, text: &str, planned: &mut Planned) -> Plan {
        if let Some((told, source)) = self.told(intent, text) {
            let source = if told.evidence.is_empty() { Source::Fixed } else { source };
            planned.in_context = source == Source::Lexicon;
            planned.evidence = told.evidence;
            let sentence = |text| Sentence { text, source, cacheable: false };
            return Plan::Say(told.sentences.into_iter().map(sentence).collect());
        }
        planned.intent = Intent::Question.as_str();
        if !self.guesses {
            return Plan::Say(self.phrase(Phrase::DontKnow));
        }
        planned.in_context = true;
        let messages = self.context.asking(text);
        Plan::Model { frame: self.phrase_of(Phrase::Guess, Source::Model), messages }
    }

    fn obey(&mut self, command: Command) -> Plan {
        let phrase = match command {
            Command::Repeat if !self.last_answer.is_empty() => return Plan::Say(self.last_answer.clone()),
            Command::Louder => return Plan::Volume(VolumeChange::Up),
            Command::Quieter => return Plan::Volume(VolumeChange::Down),
            Command::Repeat => Phrase::NothingToRepeat,
            Command::Slower if self.pace == 0 => Phrase::Slowest,
            Command::Slower => {
                self.pace -= 1;
                Phrase::Slower
            }
            Command::Faster if self.pace + 1 == PACES.len() => Phrase::Fastest,
            Command::Faster => {
                self.pace += 1;
                Phrase::Faster
            }
            Command::Stop => Phrase::Stopped,
            Command::Abilities => Phrase::Abilities,
            Command::NewConversation => Phrase::NewConversation,
            Command::Practice => Phrase::NotYet,
        };
        Plan::Say(self.phrase(phrase))
    }

    /// Takes note of an answer that was given: `sentences` as they were said, and in `own_words` those of the model
    /// without what framed them.
    pub fn answered(&mut self, planned: &Planned, question: &str, sentences: Vec<Sentence>, own_words: &str) {
        if planned.in_context {
            let answer = if own_words.is_empty()
                && sentences.iter().all(|s| matches!(s.source, Source::Computed | Source::Lexicon))
            {
                joined(&sentences)
            } else {
                own_words.to_owned()
            };
            if !answer.is_empty() {
                let exchange = Exchange { question: question.to_owned(), answer };
                self.context.add(exchange, self.exchanges);
            }
        }
        if planned.repeatable && !sentences.is_empty() {
            self.last_answer = sentences;
        }
    }
}

/// Sentences as one text, as it is written.
#[must_use]
pub fn joined(sentences: &[Sentence]) -> String {
    sentences.iter().map(Sentence::written).collect::<Vec<_>>().join(" ")
}

/// Where an answer as a whole came from: the model if any of it did.
#[must_use]
pub fn source(sentences: &[Sentence]) -> Source {
    let first = sentences.first().map_or(Source::Fixed, |sentence| sentence.source);
    if sentences.iter().any(|sentence| sentence.source == Source::Model) { Source::Model } else { first }
}
