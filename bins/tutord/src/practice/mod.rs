//! Practice: questions asked, answers understood, mistakes explained. Pure; spoken and typed practice both go through
//! here.
//!
//! Every word of it is fixed or comes from the question bank, whose keys are computed or authored: no language model has a
//! say. A verdict is spoken only after its answer is on record.

mod begin;
mod lines;
mod question;

use iseetutor_curriculum::answer::{Command, Verdict, understand};
use iseetutor_curriculum::bank::{Bank, Wanted};
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::rng::Rng;
use serde_json::{Value, json};

pub use begin::Topic;
use question::Question;

/// What practice has to say to an utterance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// Sentences, said one after the other.
    pub sentences: Vec<String>,
    /// What is to be on record before they are said.
    pub keep: Vec<Value>,
    /// Name for the record of what the utterance was.
    pub intent: &'static str,
    /// Whether practice is over.
    pub over: bool,
}

impl Reply {
    fn new(intent: &'static str) -> Self {
        Self { intent, ..Self::default() }
    }

    /// A sentence beside the matter: nothing happened.
    #[must_use]
    pub fn aside(sentence: &str) -> Self {
        Self::new("aside").say(sentence)
    }

    fn say(mut self, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self
    }

    fn say_all(mut self, sentences: impl IntoIterator<Item = String>) -> Self {
        self.sentences.extend(sentences);
        self
    }
}

/// Where practice is.
#[derive(Debug, Clone)]
enum Stage {
    /// The grade was asked for.
    Grade,
    /// The section was asked for.
    Section,
    /// A question is open.
    Open(Box<Question>),
}

/// A child's practice, from the first question to the last.
#[derive(Debug)]
pub struct Practice {
    bank: Bank,
    topic: Topic,
    level: Option<Level>,
    stage: Stage,
    rng: Rng,
    /// Sources that are left of this round, the next one last.
    left: Vec<iseetutor_curriculum::bank::Source>,
    asked: u32,
    right: u32,
    assisted: u32,
    /// A sibling of a question that went wrong, to be asked after this many more.
    sibling: Option<(iseetutor_curriculum::bank::Source, u32)>,
    last: Option<Item>,
}

/// Tries a question has before it is explained.
const TRIES: u32 = 2;

impl Practice {
    /// Begins practice of a topic. `seed` decides which questions come. A level that is known is not asked for.
    ///
    /// # Errors
    /// When the content cannot be used, which the tests of a build rule out.
    pub fn begin(
        topic: Topic,
        level: Option<Level>,
        seed: u64,
    ) -> Result<(Self, Reply), iseetutor_curriculum::content::ContentError> {
        let mut practice = Self {
            bank: Bank::embedded()?,
            topic,
            level,
            stage: Stage::Grade,
            rng: Rng::new("practice", &[seed]),
            left: Vec::new(),
            asked: 0,
            right: 0,
            assisted: 0,
            sibling: None,
            last: None,
        };
        let reply = practice.go_on(Reply::new("practice"));
        Ok((practice, reply))
    }

    /// The level that was told, for the next time.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        self.level
    }

    /// What there is to say to an utterance; `None` when it has nothing to do with practice.
    pub fn take(&mut self, said: &str) -> Option<Reply> {
        match &self.stage {
            Stage::Grade => self.grade_told(said),
            Stage::Section => self.section_told(said),
            Stage::Open(_) => self.answered(said),
        }
    }

    /// The question that is open.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        match &self.stage {
            Stage::Open(question) => Some(&question.item),
            _ => None,
        }
    }

    /// On to what is missing: the grade, the section, or the next question.
    fn go_on(&mut self, reply: Reply) -> Reply {
        let Some(level) = self.level else {
            self.stage = Stage::Grade;
            return reply.say(lines::WHICH_GRADE);
        };
        let Some(section) = self.topic.section_at(level) else {
            self.stage = Stage::Section;
            return reply.say(lines::which_section(level));
        };
        self.next(level, section, reply)
    }

    fn next(&mut self, level: Level, section: Section, reply: Reply) -> Reply {
        let Some((item, source)) = self.draw(level, section) else {
            self.stage = Stage::Section;
            return reply.say(lines::nothing_here(section)).say(lines::which_section(level));
        };
        self.asked += 1;
        let question = Question::new(item, source);
        let passage = question.passage(&self.bank, self.last.as_ref());
        let reply = reply.say_all(passage).say_all(question.read());
        self.last = Some(question.item.clone());
        self.stage = Stage::Open(Box::new(question));
        reply
    }

    /// The next question: the sibling of a mistake when its time has come, else the next of the round.
    fn draw(&mut self, level: Level, section: Section) -> Option<(Item, iseetutor_curriculum::bank::Source)> {
        if let Some((source, wait)) = self.sibling.take() {
            if wait == 0 {
                let seed = self.rng.next_u64() % 1_000_000;
                if let Some(item) = self.bank.draw(&source, level, section, seed) {
                    return Some((item, source));
                }
            } else {
                self.sibling = Some((source, wait - 1));
            }
        }
        for _ in 0..8 {
            if self.left.is_empty() {
                let wanted = Wanted { strand: self.topic.strand, ..Wanted::default() };
                self.left = self.bank.sources(level, section, wanted);
                // The questions of a passage stay together, in the order of the passage.
                if matches!(section, Section::Reading | Section::Auditory) {
                    begin::shuffle_passages(&mut self.left, &mut self.rng);
                } else {
                    self.rng.shuffle(&mut self.left);
                }
            }
            let source = self.left.pop()?;
            let seed = self.rng.next_u64() % 1_000_000;
            if let Some(item) = self.bank.draw(&source, level, section, seed) {
                return Some((item, source));
            }
        }
        None
    }

    fn answered(&mut self, said: &str) -> Option<Reply> {
        let Stage::Open(question) = &mut self.stage else { return None };
        if let Some(choice) = question.asked_back.take() {
            match lines::yes_or_no(said) {
                Some(true) => return Some(self.graded(choice, 1.0)),
                Some(false) => return Some(Reply::new("answer_back").say(lines::SAY_IT_ANOTHER_WAY)),
                None => {}
            }
        }
        let understood = understand(&question.item, said);
        match understood.verdict {
            Verdict::Right | Verdict::Wrong => {
                let choice = understood.choice?;
                Some(self.graded(choice, understood.confidence))
            }
            Verdict::Unclear => Some(self.unclear(understood.choice, &understood.near, understood.step)),
            Verdict::Command => self.obey(understood.command?),
            Verdict::NotAnAnswer => None,
        }
    }

    /// Something like an answer: it is asked back, never graded.
    fn unclear(&mut self, choice: Option<usize>, near: &[usize], step: Option<usize>) -> Reply {
        let Stage::Open(question) = &mut self.stage else { return Reply::new("unclear") };
        let reply = Reply::new("unclear");
        if step.is_some() {
            return reply.say(lines::A_STEP);
        }
        if let Some(choice) = choice {
            question.asked_back = Some(choice);
            return reply.say(question.did_you_mean(choice));
        }
        match *near {
            [first, second, ..] => reply.say(question.which_of(first, second)),
            _ => reply.say(lines::NOT_A_CHOICE).say_all(question.choices()),
        }
    }

    /// A choice is an answer.
    fn graded(&mut self, choice: usize, confidence: f64) -> Reply {
        let Stage::Open(question) = &mut self.stage else { return Reply::new("answer") };
        question.tries += 1;
        let right = choice == question.item.key;
        let helped = question.helped || question.tries > 1;
        let item = &question.item;
        let mut reply = Reply::new("answer");
        reply.keep.push(json!({
            "what": "answered",
            "item": item.id,
            "skill": item.skill,
            "choice": choice,
            "right": right,
            "try": question.tries,
            "assisted": helped,
            "confidence": confidence,
            "misconception": item.choices.get(choice).and_then(|one| one.reason.as_ref()).map(|reason| reason.id.clone()),
        }));
        if right {
            self.right += u32::from(!helped);
            self.assisted += u32::from(helped);
            let reply =
                reply.say(lines::right(self.asked, helped, question)).say_all(question.why_in_short());
            return self.go_on(reply);
        }
        if question.tries < TRIES && !question.crossed_all_but_one(choice) {
            question.crossed[choice] = true;
            let hint = question.next_hint();
            return reply
                .say(lines::not_yet(self.asked))
                .say_all(question.why_not(choice))
                .say_all(hint)
                .say(lines::TRY_AGAIN);
        }
        let reply = reply.say(question.it_was()).say_all(question.solution());
        if question.source.endless {
            self.sibling = Some((question.source.clone(), 1));
        }
        self.go_on(reply)
    }

    /// A wish.
    fn obey(&mut self, command: Command) -> Option<Reply> {
        let Stage::Open(question) = &mut self.stage else { return None };
        let reply = Reply::new(command.as_str());
        Some(match command {
            Command::Repeat => {
                let passage = question.passage(&self.bank, None);
                reply
                    .say_all(if question.item.passage.is_some() && question.repeats == 1 {
                        passage
                    } else {
                        Vec::new()
                    })
                    .say_all({
                        question.repeats += 1;
                        question.read()
                    })
            }
            Command::Choices => reply.say_all(question.choices()),
            Command::Hint => match question.next_hint() {
                hints if hints.is_empty() => reply.say(lines::NO_MORE_HINTS),
                hints => {
                    question.helped = true;
                    reply.say_all(hints)
                }
            },
            Command::Explain | Command::DontKnow => {
                if matches!(command, Command::DontKnow) && question.hints_given == 0 {
                    question.helped = true;
                    let hints = question.next_hint();
                    return Some(reply.say(lines::LET_US_LOOK).say_all(hints));
                }
                let mut reply = reply.say(question.it_was()).say_all(question.solution());
                reply.keep.push(self.skipped("explained"));
                self.go_on(reply)
            }
            Command::Skip => {
                let mut reply = reply.say(lines::SKIPPED);
                reply.keep.push(self.skipped("skipped"));
                self.go_on(reply)
            }
            Command::Flag => reply.say(lines::FLAGGED),
            Command::CrossOut(choice) => {
                if let Some(crossed) = question.crossed.get_mut(choice) {
                    *crossed = true;
                }
                reply.say(question.crossed_out(choice))
            }
            Command::Meaning(word) => match self.bank.library().word(&word) {
                // The stem's own word in a question about words: its meaning is the answer.
                Some(_) if question.is_asked_about(&word) => reply.say(lines::THAT_IS_THE_QUESTION),
                Some(known) => {
                    reply.say(format!("{} means {}.", lines::capital(&known.word), known.definition))
                }
                None => reply.say(lines::no_such_word(&word)),
            },
            Command::Spell(word) => {
                let word = if word.is_empty() { question.main_word() } else { word };
                reply.say(lines::spelled(&word))
            }
            Command::Guessed => {
                let mut reply = reply.say(lines::GUESSED);
                reply.keep.push(
                    json!({ "what": "guessed", "item": self.last.as_ref().map(|item| item.id.clone()) }),
                );
                reply
            }
            Command::Change | Command::Back => reply.say(lines::ONLY_THIS_ONE),
            Command::TimeLeft => reply.say(lines::NO_CLOCK),
            Command::Progress => reply.say(self.progress()),
            Command::Pause => reply.say(lines::TAKE_YOUR_TIME),
            Command::Resume => reply.say_all(question.read()),
            Command::Stop => {
                let asked = self.asked.saturating_sub(1);
                let mut reply = reply.say(lines::done(asked, self.right, self.assisted));
                reply.keep.push(json!({ "what": "ended", "asked": asked, "right": self.right, "assisted": self.assisted }));
                reply.over = true;
                reply
            }
            // The conversation's own pace.
            Command::Slower => return None,
        })
    }

    fn skipped(&self, how: &str) -> Value {
        json!({ "what": how, "item": self.item().map(|item| item.id.clone()), "skill": self.item().map(|item| item.skill.clone()) })
    }

    fn progress(&self) -> String {
        lines::so_far(self.asked.saturating_sub(1), self.right, self.assisted)
    }
}

#[cfg(test)]
mod tests;
