//! "B … no, C!": a child that corrects itself at once means the second.

use std::sync::Arc;

use iseetutor_curriculum::answer::{Verdict, understand};
use iseetutor_learner::event::What;

use super::{Practice, Reply, Stage};
use crate::school::School;

/// How long after an answer it can be corrected, in milliseconds: the child has a second and a half to begin, and then says
/// it, and then it is known to be over.
const WINDOW_MS: i64 = 6_000;

/// How a correction begins.
const OPENINGS: [&str; 9] =
    ["no wait", "no i mean", "no i meant", "i mean", "i meant", "wait", "no", "actually", "sorry"];

/// Practice as it was before an answer, to go back to.
#[derive(Debug, Clone)]
pub(super) struct Before {
    practice: Box<Practice>,
    event: String,
    choice: usize,
    at_ms: i64,
}

impl Before {
    pub(super) fn move_to(&mut self, school: &Arc<School>) {
        self.practice.move_to(school);
    }
}

impl Practice {
    /// A copy to go back to; it remembers nothing of what could be gone back to from there.
    pub(super) fn as_it_is(&self) -> Box<Self> {
        let mut copy = self.clone();
        copy.undo = None;
        Box::new(copy)
    }

    /// An answer was graded: from now on it can be corrected for a moment.
    pub(super) fn can_go_back(&mut self, before: Box<Self>, choice: usize) {
        let Some(event) = self.last.as_ref().map(|last| last.event.clone()) else { return };
        let at_ms = self.desk.now_ms();
        self.undo = Some(Before { practice: before, event, choice, at_ms });
    }

    /// Takes a correction of the answer just given; nothing when it is none. The answer before does not count.
    pub(super) fn corrected(&mut self, said: &str) -> Option<Reply> {
        let before = self.undo.take()?;
        let rest = after_opening(said)?;
        if self.desk.now_ms() - before.at_ms > WINDOW_MS {
            return None;
        }
        let Stage::Open(question) = &before.practice.stage else { return None };
        let understood = understand(&question.asked.item, &rest);
        let choice = match understood.verdict {
            Verdict::Right | Verdict::Wrong => understood.choice?,
            _ => return None,
        };
        if choice == before.choice {
            return None;
        }
        *self = *before.practice;
        let voided = self.desk.note(What::Voided { event: before.event });
        let mut reply = self.graded(choice);
        reply.keep.insert(0, voided);
        Some(reply)
    }
}

/// What follows the words that begin a correction.
fn after_opening(said: &str) -> Option<String> {
    let words = said.split(|c: char| !c.is_alphanumeric() && !"'/.%$-".contains(c));
    let words = words.map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty());
    let plain = words.map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    OPENINGS.iter().find_map(|opening| {
        let rest = plain.strip_prefix(opening)?.strip_prefix(' ')?;
        (!rest.is_empty()).then(|| rest.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::after_opening;

    #[test]
    fn a_correction_is_told_from_an_answer() {
        for (said, rest) in [
            ("No, C.", "c"),
            ("Wait, I think it's Delta!", "i think it's delta"),
            ("no wait, three fourths", "three fourths"),
            ("I mean 3/4.", "3/4"),
        ] {
            assert_eq!(after_opening(said).as_deref(), Some(rest), "{said}");
        }
        for said in ["No.", "Charlie", "nobody", "wait", "I know it is C"] {
            assert_eq!(after_opening(said), None, "{said}");
        }
    }
}
