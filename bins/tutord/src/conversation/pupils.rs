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
use crate::mock::{Interrupted, Mock};
use crate::practice::{Practice, Reply, Request, Topic, Wish, no_time_for, yes_or_no};
use crate::router::{Command, Intent};
use crate::school::{Desk, Kept};

/// After a restart within this time the tutor asks by itself whether to go on with a test, in milliseconds.
const JUST_NOW_MS: i64 = 30 * 60_000;

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
        if let Some(wish) = self.going_on.take()
            && let Some(reply) = self.go_on_or_not(text, wish)
        {
            return Some(reply);
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
                self.going_on = None;
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
                let told = self.told_beside(intent, text);
                Some(told.map_or_else(|| Reply::aside(FINISH_FIRST), |told| Reply::aside(&told.text())))
            }
            Intent::Question if open => Some(Reply::aside(FINISH_FIRST)),
            _ => None,
        }
    }

    /// What a source has, where it may be told while a question is open: not where words are what is asked, and nothing that
    /// tells the answer.
    fn told_beside(&self, intent: &Intent, text: &str) -> Option<Told> {
        let item = self.practice.as_ref()?.item()?;
        let words_are_asked = matches!(item.section, Section::Verbal | Section::Auditory);
        if words_are_asked && matches!(intent, Intent::Word(_)) {
            return None;
        }
        self.told(intent, text).map(|(told, _)| told).filter(|told| reveals(item, &told.text()).is_none())
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
                self.begin_after(hello, wish)
            }
            (None, several) => {
                let names = listed(several);
                self.who = Some(Waiting { wish, again: false });
                Reply::new("who").say(format!("Who is it: {names}?"))
            }
        }
    }

    /// Begins what was wished for after a greeting, unless there is a test to go on with: that is asked first.
    fn begin_after(&mut self, hello: Reply, wish: Wish) -> Reply {
        if let Some(before) = &mut self.going_on {
            *before = Some(wish);
            return hello;
        }
        let reply = self.begin_now(&wish);
        Reply {
            sentences: [hello.sentences, reply.sentences].concat(),
            keep: [hello.keep, reply.keep].concat(),
            ..reply
        }
    }

    /// The answer to whether to go on with a test; nothing where it is none.
    fn go_on_or_not(&mut self, text: &str, wish: Option<Wish>) -> Option<Reply> {
        let interrupted = Interrupted::of(self.desk())?;
        if yes_or_no(text)? {
            let (mock, reply) = interrupted.resume();
            self.mock = (!reply.over).then_some(mock);
            return Some(reply);
        }
        let left = interrupted.leave();
        let Some(wish) = wish else { return Some(left) };
        let reply = self.begin_now(&wish);
        Some(Reply {
            sentences: [left.sentences, reply.sentences].concat(),
            keep: [left.keep, reply.keep].concat(),
            ..reply
        })
    }

    /// After a restart in the middle of a test: who was in it, and whether to go on.
    pub fn pick_up(&mut self) -> Vec<Sentence> {
        let learners = self.school.learners().into_iter();
        let cut_off = learners
            .filter_map(|learner| Some((Interrupted::of(Desk::of(&self.school, &learner))?, learner)))
            .filter(|(interrupted, _)| interrupted.just_now(JUST_NOW_MS))
            .max_by_key(|(interrupted, _)| interrupted.last_ms());
        let Some((interrupted, learner)) = cut_off else { return Vec::new() };
        let back = format!("I was away for a moment. {},", learner.name);
        self.learner = Some(learner);
        self.going_on = Some(None);
        let mut told = interrupted.offer();
        if let Some(first) = told.first_mut() {
            let rest = first.strip_prefix("You ").map_or_else(|| first.clone(), |rest| format!("you {rest}"));
            *first = format!("{back} {rest}");
        }
        let sentence = |text| Sentence { text, source: Source::Content, cacheable: false };
        told.into_iter().map(sentence).collect()
    }

    fn desk(&self) -> Desk {
        match &self.learner {
            Some(learner) => Desk::of(&self.school, learner),
            None => Desk::for_guest(&self.school, self.level),
        }
    }

    fn begin_now(&mut self, wish: &Wish) -> Reply {
        let desk = self.desk();
        self.practice = None;
        if let Some(line) = no_time_for(&desk) {
            return Reply::new("no_time").say(line);
        }
        if matches!(wish, Wish::Mock(_))
            && let Some(interrupted) = Interrupted::of(desk.clone())
        {
            self.going_on = Some(Some(wish.clone()));
            return Reply::new("mock").say_all(interrupted.offer());
        }
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
                self.begin_after(hello, waiting.wish)
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
        let interrupted = Interrupted::of(Desk::of(&self.school, &learner));
        self.learner = Some(learner);
        self.going_on = interrupted.is_some().then_some(None);
        let offer = interrupted.map_or_else(Vec::new, |interrupted| interrupted.offer());
        Reply::new("sign_in").say(hello).say_all(offer).keep([kept])
    }

    fn how_it_goes(&self) -> Reply {
        Reply::new("progress").say_all(self.desk().how_it_goes())
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
