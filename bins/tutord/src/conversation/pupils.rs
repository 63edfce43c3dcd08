//! Who is there, what it practises, and what is said to it without being asked.

use std::sync::Arc;

use iseetutor_curriculum::guard::reveals;
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::Section;
use iseetutor_learner::event::What;
use iseetutor_learner::profile::{Learner, Pace};
use iseetutor_wire::message::Source;

use super::{Conversation, OWN_PACE, Sentence, Waiting};
use crate::answer::Told;
use crate::mock::Mock;
use crate::practice::{Practice, Reply, Request, Topic, Wish};
use crate::router::{Command, Intent};
use crate::school::{Desk, Kept};

/// Said of what has to wait until the open question is answered.
const FINISH_FIRST: &str = "Let's finish this question first. You can say hint, repeat, skip, or stop.";

impl Conversation {
    /// Who it is with: a learner's id, empty when nobody signed in.
    #[must_use]
    pub fn learner(&self) -> Arc<str> {
        self.learner.as_ref().map_or_else(|| "".into(), |learner| learner.id.as_str().into())
    }

    /// The question that is open, or that a passage is read for; nothing during a mock test.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        self.practice.as_ref()?.item()
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

    /// What practice has to say, while there is practice or when it is to begin. Matters of safety come first, and the
    /// voice is the conversation's own.
    pub(super) fn practised(&mut self, text: &str, intent: &Intent) -> Option<Reply> {
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
            Intent::Word(_) | Intent::Exam(_) if open => {
                let told = self.told_beside(intent);
                Some(told.map_or_else(|| Reply::aside(FINISH_FIRST), |told| Reply::aside(&told.text())))
            }
            Intent::Question if open => Some(Reply::aside(FINISH_FIRST)),
            _ => None,
        }
    }

    /// What a source has, where it may be told while a question is open: not where words are what is asked, and nothing that
    /// tells the answer.
    fn told_beside(&self, intent: &Intent) -> Option<Told> {
        let item = self.practice.as_ref()?.item()?;
        let words_are_asked = matches!(item.section, Section::Verbal | Section::Auditory);
        if words_are_asked && matches!(intent, Intent::Word(_)) {
            return None;
        }
        self.told(intent).filter(|told| reveals(item, &told.text()).is_none())
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
