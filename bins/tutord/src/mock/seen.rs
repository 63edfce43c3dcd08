//! A section on paper: numbers and letters come in, and little goes out.

use iseetutor_curriculum::item::letter;
use iseetutor_exam::sitting::Mode;
use iseetutor_learner::event::Mark;

use super::said::{Said, read};
use super::{Mock, Stage, lines};
use crate::practice::Reply;

impl Mock {
    pub(super) fn seen(&mut self, said: &str) -> Option<Reply> {
        let read = read(said);
        if read.is_empty() {
            return self.proctor(said);
        }
        let mut reply = Reply::new("mock");
        let now_ms = self.now_ms();
        for one in read {
            let Stage::Running(running) = &mut self.stage else { return None };
            let questions = running.sitting.form().len();
            let sitting = &mut running.sitting;
            let (question, choice, done) = match one {
                Said::Answer { question, choice } => {
                    (question, Some(choice), sitting.answer(question.wrapping_sub(1), choice, now_ms))
                }
                Said::Clear { question } => (question, None, sitting.clear(question.wrapping_sub(1), now_ms)),
                Said::Flag { question } => {
                    let flagged = sitting.flag(question.wrapping_sub(1), true, now_ms);
                    reply = match flagged {
                        Ok(()) => reply
                            .keep(self.marked(question - 1, Mark::Flagged))
                            .say(format!("{question} is flagged.")),
                        Err(why) => reply.say(lines::refused(why, questions)),
                    };
                    continue;
                }
            };
            reply = match (done, choice) {
                (Ok(()), Some(choice)) => {
                    let kept = self.note(question - 1, Some(choice));
                    reply.keep([kept]).say(lines::noted(question, letter(choice)))
                }
                (Ok(()), None) => {
                    let kept = self.note(question - 1, None);
                    reply.keep([kept]).say(format!("{question} is open again."))
                }
                (Err(why), _) => reply.say(lines::refused(why, questions)),
            };
        }
        Some(reply)
    }

    /// What is said to a proctor besides answers.
    pub(super) fn proctor(&mut self, said: &str) -> Option<Reply> {
        let now_ms = self.now_ms();
        let Stage::Running(running) = &mut self.stage else { return None };
        let words = iseetutor_numbers::text::words(said);
        let is = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
        let reply = Reply::new("mock");
        Some(if is(&["time", "minutes", "clock"]) {
            reply.say(match running.sitting.mode() {
                Mode::Seen => lines::time_left(running.sitting.time_left(now_ms)),
                Mode::Heard => lines::NO_CLOCK.to_owned(),
            })
        } else if is(&["done", "finished", "finish", "stop", "end", "quit"]) {
            running.ending = true;
            let open = running.sitting.unanswered().len();
            let open = match open {
                0 => None,
                1 => Some("One question has no answer yet.".to_owned()),
                many => Some(format!("{many} questions have no answer yet.")),
            };
            reply.say_all(open).say(lines::SURE_TO_END)
        } else if is(&["hint", "help", "explain"]) {
            reply.say(lines::NO_HELP)
        } else if is(&["pause", "wait", "break"]) {
            reply.say(lines::NO_PAUSE)
        } else if is(&["flagged", "unanswered", "missing", "left", "open"]) {
            let list = |questions: Vec<usize>| {
                questions.iter().take(8).map(|one| (one + 1).to_string()).collect::<Vec<_>>().join(", ")
            };
            let open = list(running.sitting.unanswered());
            reply.say(if open.is_empty() {
                "Every question has an answer.".to_owned()
            } else {
                format!("Open are {open}.")
            })
        } else if words.len() == 1 && words.first().is_some_and(|word| word.len() == 1) {
            reply.say(lines::NUMBER_AND_LETTER)
        } else {
            return None;
        })
    }
}
