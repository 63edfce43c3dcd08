//! Peers that come and go, and what is said outside of answers.

use iseetutor_wire::TurnTiming;
use iseetutor_wire::message::{Expectation, TtsMessage, WatchMessage};
use serde_json::json;

use super::event::Peer;
use super::{Dialogue, Stage};
use crate::conversation::Sentence;
use crate::phrases::Phrase;
use crate::practice::READY_MADE;
use crate::store::Kind;

impl Dialogue {
    pub(super) fn peer_up(&mut self, peer: Peer) {
        let phrase = self.peers.up(peer);
        if peer == Peer::Voice {
            self.prepare_voice();
            self.pick_up();
        }
        match phrase {
            Some(phrase) => self.notify(phrase),
            None if peer == Peer::Voice => self.tell_notices_if_free(),
            None => {}
        }
    }

    pub(super) fn peer_down(&mut self, peer: Peer) {
        self.peers.down(peer, self.now_us);
        match peer {
            Peer::Model => {
                self.prefill = None;
                self.model_gone(None, Phrase::ModelGone, Phrase::ModelLost);
            }
            // What was being said will never be heard to its end.
            Peer::Voice if !matches!(self.stage, Stage::Idle | Stage::Listening { .. }) => {
                self.peers.unsaid = true
            }
            Peer::Voice => {}
            Peer::Ears if !self.peers.hears() && matches!(self.stage, Stage::Listening { .. }) => self.rest(),
            Peer::Ears => {}
        }
    }

    /// Has the voice render what it will be asked to say, and audiod keep what is played without it.
    pub(super) fn prepare_voice(&mut self) {
        for text in Phrase::VoiceLost.variants().iter().flat_map(|variant| variant.iter()) {
            self.voice(0, 0, TtsMessage::Keep { name: "voice_lost".to_owned(), text: (*text).to_owned() });
        }
        self.render_phrases();
    }

    pub(super) fn render_phrases(&mut self) {
        let rate = self.conversation.rate();
        for text in Phrase::sentences().chain(READY_MADE) {
            self.voice(0, 0, TtsMessage::Render { text: text.to_owned(), rate });
        }
    }

    /// Tells something outside of an answer: now if nothing is under way, otherwise when there is room and a voice.
    pub(super) fn notify(&mut self, phrase: Phrase) {
        let before = self.notices.len();
        if phrase == Phrase::HearAgain {
            self.notices.retain(|notice| *notice != Phrase::CannotHear);
        }
        // Whoever was not told of the loss need not be told of its end.
        if self.notices.len() == before && !self.notices.contains(&phrase) {
            self.notices.push_back(phrase);
        }
        self.tell_notices_if_free();
    }

    pub(super) fn tell_notices_if_free(&mut self) {
        if matches!(self.stage, Stage::Idle | Stage::Speaking { .. }) {
            self.tell_notices();
        }
    }

    pub(super) fn tell_notices(&mut self) {
        if !self.peers.voice {
            return;
        }
        let mut number = 0;
        while let Some(phrase) = self.notices.pop_front() {
            self.note(0, phrase);
            for sentence in self.conversation.phrase(phrase) {
                number += 1;
                self.say_aside(number, sentence);
            }
        }
        if number > 0 {
            self.end_aside();
        }
    }

    /// Says a sentence outside of a turn.
    pub(super) fn say_aside(&mut self, number: u32, sentence: Sentence) {
        let written = sentence.written();
        let Sentence { text, source, cacheable } = sentence;
        let (rate, timing) = (self.conversation.rate(), TurnTiming::default());
        self.voice(
            0,
            0,
            TtsMessage::Say { sentence: number, text, rate, cacheable, timing, prepared: false },
        );
        self.watch(0, 0, WatchMessage::Said { sentence: number, text: written, source });
    }

    /// Ends what was said outside of a turn.
    pub(super) fn end_aside(&mut self) {
        self.voice(0, 0, TtsMessage::TurnEnd { expect: Expectation::default() });
        self.watch(0, 0, WatchMessage::Answered {});
    }

    pub(super) fn note(&mut self, turn: u64, phrase: Phrase) {
        let name = match phrase {
            Phrase::CannotHear => "cannot_hear",
            Phrase::HearAgain => "hears_again",
            Phrase::VoiceBack => "voice_back",
            Phrase::CannotWrite => "cannot_write",
            _ => "other",
        };
        self.record(turn, Kind::Notice, json!({ "notice": name }));
    }
}
