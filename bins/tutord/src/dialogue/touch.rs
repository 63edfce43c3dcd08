//! What comes from a screen: answers by touch, an equal way to speaking, and a parent's pause.

use std::sync::Arc;

use iseetutor_curriculum::item::{Item, letter};
use iseetutor_wire::TurnTiming;
use iseetutor_wire::message::{Presence, WatchMessage};
use serde_json::json;

use super::{Dialogue, Kind};

impl Dialogue {
    /// Who it is with: a learner's id, empty when nobody signed in.
    #[must_use]
    pub fn learner(&self) -> Arc<str> {
        self.conversation.learner()
    }

    /// The question that is open.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        self.conversation.item()
    }

    /// A choice was touched. It counts as if its letter had been said, and only for the question that was shown, of the
    /// child that is there: a touch that comes late answers nothing else.
    pub(super) fn touched(&mut self, learner: &str, question: &str, choice: usize) {
        let open = self.conversation.item().is_some_and(|item| item.id == question);
        if !open || *self.conversation.learner() != *learner || choice > 3 {
            self.out.push(super::Action::Count("touches_late"));
            return;
        }
        self.void_ahead();
        self.last_active_us = self.now_us;
        self.nudged = false;
        self.abandon();
        let (turn, revision) = self.gate.current();
        let text = letter(choice).to_string();
        self.watch(
            turn,
            revision,
            WatchMessage::Heard { text: text.clone(), confidence: 1.0, no_speech: false },
        );
        self.set_presence(Presence::Thinking);
        let planned = self.conversation.plan(&text);
        let body = json!({
            "text": text, "confidence": 1.0, "no_speech": false, "audio_ms": 0, "touched": true, "intent": planned.intent,
        });
        self.record(turn, Kind::Heard, body);
        self.carry_out(turn, revision, TurnTiming::default(), text, planned, 0);
    }

    /// A parent paused the tutor, or lets it go on. While it is paused what is heard is neither answered nor kept; what was
    /// begun is over, and what the voice was given already is said to its end.
    pub(super) fn pause(&mut self, pause: bool) {
        self.paused = pause;
        if pause {
            self.void_ahead();
            self.abandon();
            self.renew();
            self.rest();
        }
    }
}
