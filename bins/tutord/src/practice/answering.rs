//! What becomes of what is said to a question.

use iseetutor_curriculum::answer::{Command, Verdict, understand};
use iseetutor_learner::event::What;

use super::course::{Course, Manner};
use super::{Last, Listening, Practice, Reply, Stage, lines};
use crate::school::Outcome;

/// Tries a question has before it is explained.
const TRIES: u32 = 2;

impl Practice {
    pub(super) fn answered(&mut self, said: &str) -> Option<Reply> {
        if lines::misheard(said) && self.last.is_some() {
            return Some(self.misheard());
        }
        let Stage::Open(question) = &mut self.stage else { return None };
        if let Some(choice) = question.asked_back.take() {
            match lines::yes_or_no(said) {
                Some(true) => return Some(self.graded(choice)),
                Some(false) => return Some(Reply::new("answer_back").say(lines::SAY_IT_ANOTHER_WAY)),
                None => {}
            }
        }
        let understood = understand(&question.asked.item, said);
        match understood.verdict {
            Verdict::Right | Verdict::Wrong => Some(self.graded(understood.choice?)),
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

    /// Notes what came of the open question.
    fn note(&mut self, reply: Reply, choice: Option<usize>, helped: bool) -> Reply {
        let Stage::Open(question) = &self.stage else { return reply };
        let outcome = Outcome {
            choice,
            assisted: helped,
            guessed: question.guessed,
            first_try: question.tries <= 1,
            setting: self.course.setting(),
        };
        let asked = question.asked.clone();
        let kept = self.desk.answered(&asked, outcome);
        self.last = Some(Last { event: kept.id.to_string(), asked, outcome });
        reply.keep([kept])
    }

    /// A choice is an answer, which can be corrected for a moment.
    pub(super) fn graded(&mut self, choice: usize) -> Reply {
        let before = self.as_it_is();
        let reply = self.grade(choice);
        self.can_go_back(before, choice);
        reply
    }

    fn grade(&mut self, choice: usize) -> Reply {
        let Stage::Open(question) = &mut self.stage else { return Reply::new("answer") };
        question.tries += 1;
        let right = choice == question.asked.item.key;
        let helped = question.helped;
        let unaided = !helped && question.tries == 1;
        let reply = self.note(Reply::new("answer"), Some(choice), helped);
        let Stage::Open(question) = &mut self.stage else { return reply };
        if question.manner == Manner::Quiet {
            self.tally.asked += 1;
            self.tally.right += u32::from(right && unaided);
            let noted = lines::noted(self.number);
            return self.go_on(reply.say(noted));
        }
        if right {
            self.tally.asked += 1;
            self.tally.right += u32::from(unaided);
            self.tally.assisted += u32::from(!unaided);
            let reply =
                reply.say(lines::right(self.number, helped, question)).say_all(question.why_in_short());
            return self.go_on(reply);
        }
        if let Course::Lesson(lesson) = &mut self.course {
            lesson.missed(&question.asked.item.skill);
        }
        if question.tries < TRIES && !question.crossed_all_but_one(choice) {
            question.crossed[choice] = true;
            let hint = question.next_hint();
            return reply
                .say(lines::not_yet(self.number))
                .say_all(question.why_not(choice))
                .say_all(hint)
                .say(lines::TRY_AGAIN);
        }
        self.tally.asked += 1;
        let reply = reply.say(question.it_was()).say_all(question.solution());
        self.go_on(reply)
    }

    /// What was heard was not what was said: the answer does not count, and the question is open again if it was.
    fn misheard(&mut self) -> Reply {
        let Some(last) = self.last.take() else { return Reply::new("misheard") };
        let voided = self.desk.note(What::Voided { event: last.event });
        let reply = Reply::new("misheard").keep([voided]);
        if let Stage::Open(question) = &mut self.stage
            && question.asked.item.id == last.asked.item.id
        {
            question.tries = question.tries.saturating_sub(1);
            if let Some(choice) = last.outcome.choice {
                question.crossed[choice] = false;
            }
            return reply.say(lines::MISHEARD_OPEN);
        }
        self.tally.asked = self.tally.asked.saturating_sub(1);
        if last.outcome.choice == Some(last.asked.item.key) {
            let unaided = last.outcome.first_try && !last.outcome.assisted;
            let counted = if unaided { &mut self.tally.right } else { &mut self.tally.assisted };
            *counted = counted.saturating_sub(1);
        }
        reply.say(lines::MISHEARD)
    }

    /// "I guessed": said of the last answer it takes the place of that; before an answer it is kept for it.
    fn guessed(&mut self, reply: Reply) -> Reply {
        let Stage::Open(question) = &mut self.stage else { return reply };
        if question.tries == 0 && self.last.is_none() {
            question.guessed = true;
            return reply.say(lines::GUESSING);
        }
        let Some(last) =
            self.last.take().filter(|last| last.outcome.choice.is_some() && !last.outcome.guessed)
        else {
            return reply.say(lines::GUESSED);
        };
        let voided = self.desk.note(What::Voided { event: last.event });
        let again = self.desk.answered(&last.asked, Outcome { guessed: true, ..last.outcome });
        if last.outcome.choice == Some(last.asked.item.key)
            && last.outcome.first_try
            && !last.outcome.assisted
        {
            self.tally.right = self.tally.right.saturating_sub(1);
        }
        reply.keep([voided, again]).say(lines::GUESSED)
    }

    /// A wish.
    fn obey(&mut self, command: Command) -> Option<Reply> {
        let bank = self.desk.bank();
        let Stage::Open(question) = &mut self.stage else { return None };
        let reply = Reply::new(command.as_str());
        Some(match command {
            Command::Repeat => {
                // Asked for twice, the passage is meant.
                question.repeats += 1;
                let paragraphs =
                    if question.repeats == 2 { question.passage(bank, None) } else { Vec::new() };
                if let Some(first) = paragraphs.first() {
                    let reply = reply.say_all(first.clone()).say(lines::NEXT_PART);
                    let listening =
                        Listening { paragraphs, at: 0, question: (**question).clone(), nudged: false };
                    self.stage = Stage::Passage(Box::new(listening));
                    return Some(reply);
                }
                reply.say_all(question.read())
            }
            Command::Choices => reply.say_all(question.choices()),
            Command::Hint if question.manner == Manner::Quiet => reply.say(lines::NO_HINTS_NOW),
            Command::Hint => match question.next_hint() {
                hints if hints.is_empty() => reply.say(lines::NO_MORE_HINTS),
                hints => {
                    question.helped = true;
                    reply.say_all(hints)
                }
            },
            Command::DontKnow if question.manner != Manner::Quiet && question.hints_given == 0 => {
                question.helped = true;
                let hints = question.next_hint();
                reply.say(lines::LET_US_LOOK).say_all(hints)
            }
            Command::Explain | Command::DontKnow if question.manner != Manner::Quiet => {
                let reply = reply.say(question.it_was()).say_all(question.solution());
                self.tally.asked += 1;
                let reply = self.note(reply, None, true);
                self.go_on(reply)
            }
            Command::Skip | Command::Explain | Command::DontKnow => {
                self.tally.asked += 1;
                let reply = self.note(reply.say(lines::SKIPPED), None, false);
                self.go_on(reply)
            }
            Command::Flag => reply.say(lines::FLAGGED),
            Command::CrossOut(choice) => {
                if let Some(crossed) = question.crossed.get_mut(choice) {
                    *crossed = true;
                }
                reply.say(question.crossed_out(choice))
            }
            Command::Meaning(word) => match bank.library().word(&word) {
                // A word of the question whose meaning is the answer.
                _ if question.is_asked_about(&word) => reply.say(lines::THAT_IS_THE_QUESTION),
                Some(known) => {
                    question.helped |=
                        question.asked.item.section == iseetutor_curriculum::level::Section::Verbal;
                    reply.say(format!("{} means {}.", lines::capital(&known.word), known.definition))
                }
                None => reply.say(lines::no_such_word(&word)),
            },
            Command::Spell(word) => {
                let word = if word.is_empty() { question.main_word() } else { word };
                reply.say(lines::spelled(&word))
            }
            Command::Guessed => self.guessed(reply),
            Command::Change | Command::Back => reply.say(lines::ONLY_THIS_ONE),
            Command::TimeLeft => reply.say(lines::NO_CLOCK),
            Command::Progress => {
                let tally = self.tally;
                reply.say(lines::so_far(tally.asked, tally.right, tally.assisted))
            }
            Command::Pause => reply.say(lines::TAKE_YOUR_TIME),
            Command::Resume => reply.say_all(question.read()),
            Command::Stop => {
                let tally = self.tally;
                let mut reply = reply.say(lines::done(tally.asked, tally.right, tally.assisted));
                reply.over = true;
                reply
            }
            // The conversation's own pace.
            Command::Slower => return None,
        })
    }
}
