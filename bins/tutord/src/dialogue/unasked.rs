//! What is said without being asked: a gentle word, a mock test's clock, a greeting.

use iseetutor_learner::profile::Learner;
use iseetutor_wire::message::Source;

use super::{Action, Dialogue, Stage};
use crate::conversation::Sentence;
use crate::store::NewEvent;

impl Dialogue {
    /// When a gentle word is due: an open question was left alone for long.
    pub(super) fn nudge_at_us(&self) -> Option<u64> {
        let patience_ms = self.conversation.patience_ms().filter(|_| matches!(self.stage, Stage::Idle))?;
        (!self.nudged && self.peers.voice).then(|| self.quiet_since_us.saturating_add(patience_ms * 1_000))
    }

    /// When there is something to say without being asked, as far as it can be said then.
    pub(super) fn prompt_at_us(&self) -> Option<u64> {
        let due_in_ms = self.conversation.due_in_ms().filter(|_| matches!(self.stage, Stage::Idle))?;
        Some(self.now_us.saturating_add(due_in_ms.saturating_mul(1_000)))
    }

    pub(super) fn prompt(&mut self) {
        let Some((sentences, keep)) = self.conversation.prompt() else { return };
        for kept in keep {
            let conversation = self.conversation.id();
            self.out.push(Action::Keep(NewEvent::learning(conversation, 0, kept)));
        }
        self.say_unasked(sentences);
    }

    /// After a restart: a test that was under way is spoken of once there is a voice.
    pub(super) fn pick_up(&mut self) {
        if !std::mem::replace(&mut self.picked_up, true) && matches!(self.stage, Stage::Idle) {
            let sentences = self.conversation.pick_up();
            self.say_unasked(sentences);
        }
    }

    fn say_unasked(&mut self, sentences: Vec<Sentence>) {
        if sentences.is_empty() {
            return;
        }
        for (number, sentence) in (1..).zip(sentences) {
            self.say_aside(number, sentence);
        }
        self.end_aside();
    }

    pub(super) fn nudge(&mut self) {
        self.nudged = true;
        if let Some(sentence) = self.conversation.nudge() {
            self.say_aside(1, sentence);
            self.end_aside();
        }
    }

    /// Somebody signed a child in. What the child is doing with the tutor right now is not disturbed by a greeting.
    pub(super) fn sign_in(&mut self, learner: Learner) {
        let hello = self.conversation.sign_in(learner);
        for kept in hello.keep {
            let conversation = self.conversation.id();
            self.out.push(Action::Keep(NewEvent::learning(conversation, 0, kept)));
        }
        if matches!(self.stage, Stage::Idle) && self.peers.voice {
            for (number, text) in (1..).zip(hello.sentences) {
                self.say_aside(number, Sentence { text, source: Source::Fixed, cacheable: false });
            }
            self.end_aside();
        }
    }
}
