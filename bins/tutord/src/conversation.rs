//! One conversation: what was said in it, how fast, and what an utterance leads to. Pure; spoken and typed
//! questions both go through here.

use std::sync::Arc;

use iseetutor_wire::message::{ChatMessage, Source};

use crate::answer::{Context, Exchange};
use iseetutor_curriculum::level::Level;
use iseetutor_learner::event::What;
use iseetutor_learner::profile::{Learner, Pace};

use crate::mock::Mock;
use crate::phrases::{Phrase, Rotation};
use crate::practice::{Practice, READY_MADE, Reply, Request, Topic, Wish};
use crate::router::{Command, Intent, route};
use crate::school::{Desk, Kept, School};

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
}

/// Steps of the pace: a fifth slower to a fifth faster than the voice's own.
const PACES: [f32; 5] = [0.8, 0.9, 1.0, 1.1, 1.2];
const OWN_PACE: usize = 2;

/// A conversation.
#[derive(Debug)]
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
    /// The level that a guest told.
    level: Option<Level>,
}

/// What waits until it is known who is there.
#[derive(Debug)]
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
            level: None,
        }
    }

    /// Forgets everything and goes on under another id.
    pub fn renew(&mut self, id: Arc<str>) {
        // The rotation stays: it belongs to the tutor's manners, not to what was talked about.
        let phrases = std::mem::take(&mut self.phrases);
        *self = Self { phrases, ..Self::new(id, self.exchanges, Arc::clone(&self.school)) };
    }

    /// The id under which its events are recorded.
    #[must_use]
    pub fn id(&self) -> Arc<str> {
        Arc::clone(&self.id)
    }

    /// Who it is with: a learner's id, empty when nobody signed in.
    #[must_use]
    pub fn learner(&self) -> Arc<str> {
        self.learner.as_ref().map_or_else(|| "".into(), |learner| learner.id.as_str().into())
    }

    /// How long silence is left alone after a question, in milliseconds; nothing where none is open.
    #[must_use]
    pub fn patience_ms(&self) -> Option<u64> {
        self.practice.as_ref().filter(|practice| practice.item().is_some()).map(Practice::patience_ms)
    }

    /// In how many milliseconds there is something to say without being asked: a mock test's clock.
    #[must_use]
    pub fn due_in_ms(&self) -> Option<u64> {
        self.mock.as_ref().and_then(Mock::due_in_ms)
    }

    /// What is to be said now without being asked, and what is to be on disk before it.
    pub fn prompt(&mut self) -> Option<(Vec<Sentence>, Vec<Kept>)> {
        let reply = self.mock.as_mut()?.prompt()?;
        if reply.over {
            self.mock = None;
        }
        let sentence = |text| Sentence { text, source: Source::Content, cacheable: false };
        Some((reply.sentences.into_iter().map(sentence).collect(), reply.keep))
    }

    /// A gentle word after a long silence, once a question.
    pub fn nudge(&mut self) -> Option<Sentence> {
        let text = self.practice.as_mut()?.nudge()?;
        Some(Sentence { text: text.to_owned(), source: Source::Fixed, cacheable: true })
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
        (self.practice.is_none()
            && self.mock.is_none()
            && self.who.is_none()
            && Request::read(text).is_none()
            && route(text) == Intent::Question)
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
            Intent::Question => {
                planned.in_context = true;
                let messages = self.context.asking(text);
                Plan::Model { frame: self.phrase_of(Phrase::Guess, Source::Model), messages }
            }
        };
        planned
    }

    /// What practice has to say, while there is practice or when it is to begin. Matters of safety come first, and the
    /// voice is the conversation's own.
    fn practised(&mut self, text: &str, intent: &Intent) -> Option<Reply> {
        use Command::{Faster, Louder, NewConversation, Practice as Begin, Quieter, Slower};
        match intent {
            Intent::Concern(_) | Intent::Command(Louder | Quieter | Slower | Faster | NewConversation) => {
                return None;
            }
            _ => {}
        }
        if let Some(waiting) = self.who.take() {
            return Some(self.who_told(text, waiting));
        }
        if let Some(mock) = &mut self.mock {
            let reply = mock.take(text);
            self.level = mock.desk().level();
            if reply.as_ref().is_some_and(|reply| reply.over) {
                self.mock = None;
            }
            // Nothing but the test has a say while it goes on.
            return Some(reply.unwrap_or_else(|| {
                Reply::aside("We are in the test. You can ask how much time is left, or say stop.")
            }));
        }
        if let Some(practice) = &mut self.practice
            && let Some(reply) = practice.take(text)
        {
            self.level = practice.desk().level();
            if reply.over {
                self.practice = None;
            }
            return Some(reply);
        }
        match Request::read(text) {
            Some(Request::Begin(wish)) => return Some(self.begin(self.with_skill(wish, text))),
            Some(Request::IAm(name)) => {
                if let Some(learner) = self.school.called(&name) {
                    return Some(self.sign_in(learner));
                }
            }
            Some(Request::HowAmIDoing) => return Some(self.how_it_goes()),
            Some(Request::SignOut) => {
                self.practice = None;
                self.mock = None;
                self.learner = None;
                return Some(
                    Reply::new("sign_out")
                        .say("Okay, somebody else can have a turn. Just tell me who it is."),
                );
            }
            None if matches!(intent, Intent::Command(Begin)) => {
                return Some(self.begin(Wish::Practice(Topic::named(text))));
            }
            None => {}
        }
        let open = self.practice.as_ref()?.item().is_some();
        match intent {
            // The tutor works nothing out that the child is to work out, and lets no guess near a question.
            Intent::Computed(_) if open => {
                Some(Reply::aside("You can work that out on paper. Say hint if you are stuck."))
            }
            Intent::Question if open => Some(Reply::aside(
                "Let's finish this question first. You can say hint, repeat, skip, or stop.",
            )),
            _ => None,
        }
    }

    /// A wish for practice with the skill that is named in it.
    fn with_skill(&self, wish: Wish, text: &str) -> Wish {
        match wish {
            Wish::Practice(_) => {
                let level = self.learner.as_ref().map(|learner| learner.level).or(self.level);
                Wish::Practice(Topic::with_skill(text, self.school.bank().library(), level))
            }
            wish => wish,
        }
    }

    /// Begins what was wished for; where it is not known who is there, that is asked first.
    fn begin(&mut self, wish: Wish) -> Reply {
        let learners = self.school.learners();
        match (&self.learner, &learners[..]) {
            (Some(_), _) | (None, []) => self.begin_now(&wish),
            (None, [only]) => {
                let hello = self.sign_in(only.clone());
                let reply = self.begin_now(&wish);
                Reply {
                    sentences: [hello.sentences, reply.sentences].concat(),
                    keep: [hello.keep, reply.keep].concat(),
                    ..reply
                }
            }
            (None, several) => {
                let names = listed(several);
                self.who = Some(Waiting { wish, again: false });
                Reply::new("who").say(format!("Who is it: {names}?"))
            }
        }
    }

    fn begin_now(&mut self, wish: &Wish) -> Reply {
        let desk = match &self.learner {
            Some(learner) => Desk::of(&self.school, learner),
            None => Desk::for_guest(&self.school, self.level),
        };
        self.practice = None;
        if let Wish::Mock(wanted) = wish {
            let (mock, reply) = Mock::begin(*wanted, desk);
            self.mock = (!reply.over).then_some(mock);
            return reply;
        }
        let (practice, reply) = Practice::begin(wish, desk);
        self.practice = (!reply.over).then_some(practice);
        reply
    }

    /// The answer to who is there: a name, or its place among those that were named.
    fn who_told(&mut self, text: &str, waiting: Waiting) -> Reply {
        let learners = self.school.learners();
        let name = match Request::read(text) {
            Some(Request::IAm(name)) => name,
            _ => text.trim_end_matches(['.', '!', '?']).to_owned(),
        };
        let place = ["first", "second", "third", "fourth", "fifth"]
            .iter()
            .position(|place| text.to_lowercase().contains(place))
            .and_then(|place| learners.get(place).cloned());
        match self.school.called(&name).or(place) {
            Some(learner) => {
                let hello = self.sign_in(learner);
                let reply = self.begin_now(&waiting.wish);
                Reply {
                    sentences: [hello.sentences, reply.sentences].concat(),
                    keep: [hello.keep, reply.keep].concat(),
                    ..reply
                }
            }
            None if waiting.again => {
                let reply = self.begin_now(&waiting.wish);
                let sentences = vec!["I didn't get the name, so this time I keep no record.".to_owned()];
                Reply { sentences: [sentences, reply.sentences].concat(), ..reply }
            }
            None => {
                self.who = Some(Waiting { again: true, ..waiting });
                Reply::new("who").say(format!("I didn't get that. Is it {}?", listed(&learners)))
            }
        }
    }

    /// Signs a child in; the reply greets it.
    pub fn sign_in(&mut self, learner: Learner) -> Reply {
        // What was begun belongs to whoever began it.
        self.practice = None;
        self.mock = None;
        let kept = Desk::of(&self.school, &learner).note(What::SignedIn);
        let hello = format!("Hi {}.", learner.name);
        self.pace = match learner.pace {
            Pace::Calm => OWN_PACE - 1,
            Pace::Steady => OWN_PACE,
            Pace::Quick => OWN_PACE + 1,
        };
        self.learner = Some(learner);
        Reply::new("sign_in").say(hello).keep([kept])
    }

    fn how_it_goes(&self) -> Reply {
        let desk = match &self.learner {
            Some(learner) => Desk::of(&self.school, learner),
            None => Desk::for_guest(&self.school, self.level),
        };
        Reply::new("progress").say_all(desk.how_it_goes())
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
            let answer = if own_words.is_empty() && sentences.iter().all(|s| s.source == Source::Computed) {
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

/// Names as they are said: "Ana, Leo or Maya".
fn listed(learners: &[Learner]) -> String {
    let names: Vec<&str> = learners.iter().map(|learner| learner.name.as_str()).collect();
    match &names[..] {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// Sentences as one text.
#[must_use]
pub fn joined(sentences: &[Sentence]) -> String {
    sentences.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Where an answer as a whole came from: the model if any of it did.
#[must_use]
pub fn source(sentences: &[Sentence]) -> Source {
    let first = sentences.first().map_or(Source::Fixed, |sentence| sentence.source);
    if sentences.iter().any(|sentence| sentence.source == Source::Model) { Source::Model } else { first }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Conversation, Plan, Source, VolumeChange, joined, source};

    fn conversation() -> Conversation {
        Conversation::new("c".into(), 3, crate::school::tests::school())
    }

    fn say(conversation: &mut Conversation, text: &str) -> String {
        let planned = conversation.plan(text);
        let Plan::Say(sentences) = planned.plan.clone() else { panic!("{text}: {:?}", planned.plan) };
        conversation.answered(&planned, text, sentences.clone(), "");
        joined(&sentences)
    }

    #[test]
    fn repeat_means_the_last_answer_and_not_the_last_command() {
        let mut conversation = conversation();
        assert!(say(&mut conversation, "repeat").contains("haven't said"));
        let answer = say(&mut conversation, "what is 12 times 7");
        assert!(say(&mut conversation, "slower").contains("slowly"));
        assert!((conversation.rate() - 0.9).abs() < 1e-6);
        assert_eq!(say(&mut conversation, "say that again"), answer);
        assert_eq!(say(&mut conversation, "repeat"), answer);
    }

    #[test]
    fn the_pace_has_ends() {
        let mut conversation = conversation();
        for _ in 0..3 {
            say(&mut conversation, "slow down");
        }
        assert!((conversation.rate() - 0.8).abs() < 1e-6);
        assert!(say(&mut conversation, "slower").contains("already"));
        for _ in 0..5 {
            say(&mut conversation, "faster");
        }
        assert!((conversation.rate() - 1.2).abs() < 1e-6);
        conversation.renew("d".into());
        assert!((conversation.rate() - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_guess_is_framed_and_its_frame_stays_out_of_the_context() {
        let mut conversation = conversation();
        let planned = conversation.plan("why is the sky blue");
        let Plan::Model { frame, messages } = planned.plan.clone() else { panic!("{:?}", planned.plan) };
        assert_eq!(source(&frame), Source::Model);
        assert!(frame.iter().all(|sentence| sentence.cacheable));
        assert_eq!(messages.len(), 2);
        let mut said = frame;
        said.push(super::Sentence { text: "Air does it.".into(), source: Source::Model, cacheable: false });
        conversation.answered(&planned, "why is the sky blue", said, "Air does it.");
        let messages = conversation.messages();
        assert_eq!(messages.last().map(|m| m.content.as_str()), Some("Air does it."));
        assert!(conversation.messages_if_asked("and at night").is_some());
        assert!(conversation.messages_if_asked("2 plus 2").is_none());
    }

    #[test]
    fn several_children_are_told_apart_by_their_names() {
        use crate::school::tests::school_with;
        use iseetutor_curriculum::level::Level;
        let (school, _) = school_with(&[("Maya", Level::Lower), ("Leo", Level::Upper)]);
        let mut conversation = Conversation::new("c".into(), 3, school);
        assert_eq!(say(&mut conversation, "let's practice math"), "Who is it: Leo or Maya?");
        assert!(say(&mut conversation, "a purple elephant").contains("Is it Leo or Maya?"));
        assert!(say(&mut conversation, "Maia").starts_with("Hi Maya."));
        assert!(!conversation.learner().is_empty());
        let maya = conversation.learner();
        // Somebody else's turn: nothing of what was begun is left.
        assert_eq!(say(&mut conversation, "I'm Leo."), "Hi Leo.");
        assert_ne!(conversation.learner(), maya);
        assert!(say(&mut conversation, "how am I doing").contains("only just begun"));
        assert!(conversation.patience_ms().is_none());
        say(&mut conversation, "practice words");
        assert_eq!(conversation.patience_ms(), Some(8_000));
        assert!(conversation.nudge().is_some() && conversation.nudge().is_none());
        say(&mut conversation, "sign out");
        assert!(conversation.learner().is_empty());
        // By place, and a guest after a name that nobody has.
        say(&mut conversation, "start my lesson");
        assert!(say(&mut conversation, "the second one").starts_with("Hi Maya."));
        say(&mut conversation, "sign out");
        say(&mut conversation, "let's practice reading");
        say(&mut conversation, "xyzzy");
        assert!(say(&mut conversation, "plugh").contains("keep no record"));
    }

    #[test]
    fn a_mock_test_speaks_by_itself_and_nothing_else_has_a_say() {
        use crate::school::tests::school_with;
        use iseetutor_curriculum::level::Level;
        let (school, clock) = school_with(&[("Maya", Level::Lower)]);
        let mut conversation = Conversation::new("c".into(), 3, school);
        assert!(say(&mut conversation, "mock test in math on paper").contains("booklet number 1"));
        assert_eq!(conversation.due_in_ms(), None);
        say(&mut conversation, "begin");
        assert!(say(&mut conversation, "what is 12 times 7").contains("in the test"));
        clock.forward(i64::try_from(conversation.due_in_ms().unwrap()).unwrap());
        let (sentences, _) = conversation.prompt().unwrap();
        assert!(joined(&sentences).contains("Half of the time"));
    }

    #[test]
    fn volume_is_for_the_caller() {
        assert_eq!(conversation().plan("louder please").plan, Plan::Volume(VolumeChange::Up));
    }
}
