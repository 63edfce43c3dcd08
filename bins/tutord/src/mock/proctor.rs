//! What the proctor says by itself, and when.

use iseetutor_exam::clock::ReminderKind;
use iseetutor_learner::event::What;

use super::{Mock, Stage};
use crate::practice::Reply;

/// How often it is noted that a test goes on, in milliseconds.
const RUNS_MS: u64 = 60_000;

impl Mock {
    /// When the proctor has something to say by itself, in milliseconds from now.
    #[must_use]
    pub fn due_in_ms(&self) -> Option<u64> {
        let now_ms = self.now_ms();
        let runs_in_ms = (self.ran_ms + RUNS_MS).saturating_sub(now_ms);
        let said_in_ms = match &self.stage {
            Stage::Running(_) | Stage::Essay { .. } => self.says_in_ms(now_ms),
            _ => return None,
        };
        Some(said_in_ms.map_or(runs_in_ms, |said| said.min(runs_in_ms)))
    }

    /// When the next reminder, or the end of the essay, is due.
    fn says_in_ms(&self, now_ms: u64) -> Option<u64> {
        match &self.stage {
            Stage::Running(running) => {
                let next = running.reminders.front()?;
                Some(next.at_ms.saturating_sub(running.sitting.gone_ms(now_ms)))
            }
            Stage::Essay { until_ms, .. } => until_ms.map(|until| until.saturating_sub(now_ms)),
            _ => None,
        }
    }

    /// What the proctor has to say now, if anything is due; without a sentence where there is only something to keep.
    pub fn prompt(&mut self) -> Option<Reply> {
        if self.due_in_ms()? > 0 {
            return None;
        }
        let now_ms = self.now_ms();
        if self.says_in_ms(now_ms).is_none_or(|in_ms| in_ms > 0) {
            self.ran_ms = now_ms;
            let ran = self.desk.note(What::MockRan { mock: self.id.clone() });
            return Some(Reply::new("mock").keep([ran]));
        }
        match &mut self.stage {
            Stage::Running(running) => {
                let reminder = running.reminders.pop_front()?;
                let reply = Reply::new("mock").say(reminder.say);
                Some(if reminder.kind == ReminderKind::TimeUp { self.finish(reply) } else { reply })
            }
            Stage::Essay { .. } => self.essay("", Some(0)),
            _ => None,
        }
    }
}
