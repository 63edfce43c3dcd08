//! What is done ahead, while the child pauses and may have finished: the answer is decided on a copy of the conversation and
//! its first sentences are made ready, to be heard at once if that was all. Nothing of it is on record, seen or heard before.

use iseetutor_wire::message::{Transcript, TtsMessage};

use super::{Action, Dialogue, Stage, clipped};
use crate::conversation::{Plan, Planned, Rehearsal};

/// Most characters that are made ready: some ten seconds of speech. The rest follows while these are heard.
const MOST_CHARACTERS: usize = 160;

/// An answer that was decided ahead.
#[derive(Debug)]
pub(super) struct Ahead {
    revision: u32,
    text: String,
    rehearsal: Rehearsal,
    /// Sentences that the voice has already.
    prepared: usize,
}

impl Dialogue {
    /// Takes a transcript that is the whole turn if nothing more is said.
    pub(super) fn look_ahead(&mut self, turn: u64, revision: u32, transcript: &Transcript) {
        self.forget_ahead(turn, revision);
        let text = clipped(&transcript.text).trim().to_owned();
        self.prefill(self.conversation.messages_if_asked(&text));
        let judged = self.conversation.closing(&text);
        if let Some(silence_ms) = judged.silence_ms() {
            self.voice(turn, revision, TtsMessage::Endpoint { silence_ms });
        }
        if judged.breaks_off() || !self.peers.voice {
            return;
        }
        let Some(rehearsal) = self.conversation.rehearse(&text) else { return };
        let sentences = match &rehearsal.planned.plan {
            Plan::Say(sentences) => sentences.clone(),
            Plan::Model { frame, .. } if self.peers.model => frame.clone(),
            Plan::Model { .. } | Plan::Volume(_) => return,
        };
        let rate = rehearsal.conversation.rate();
        let (mut prepared, mut characters) = (0_usize, 0);
        for (number, sentence) in (1..).zip(sentences) {
            characters += sentence.text.len();
            if prepared > 0 && characters > MOST_CHARACTERS {
                break;
            }
            let (text, cacheable, timing) = (sentence.text, sentence.cacheable, transcript.timing.clone());
            let say = TtsMessage::Say { sentence: number, text, rate, cacheable, timing, prepared: true };
            self.voice(turn, revision, say);
            prepared += 1;
        }
        self.out.push(Action::Count("answers_prepared"));
        if let Stage::Listening { ahead, .. } = &mut self.stage {
            *ahead = Some(Box::new(Ahead { revision, text, rehearsal, prepared }));
        }
    }

    /// Decides about an utterance that is over, by what was decided ahead if it was about the same words. Returns also how
    /// many sentences the voice has already.
    pub(super) fn decide(
        &mut self,
        ahead: Option<Box<Ahead>>,
        turn: u64,
        revision: u32,
        text: &str,
    ) -> (Planned, usize) {
        match ahead {
            Some(ahead) if ahead.revision == revision && ahead.text == text => {
                (self.conversation.adopt(ahead.rehearsal), ahead.prepared)
            }
            other => {
                self.drop_ahead(other, turn, revision);
                (self.conversation.plan(text), 0)
            }
        }
    }

    /// What was prepared for the turn is void.
    pub(super) fn drop_ahead(&mut self, ahead: Option<Box<Ahead>>, turn: u64, revision: u32) {
        let Some(ahead) = ahead else { return };
        self.out.push(Action::Count("answers_prepared_in_vain"));
        // The first frame of a newer revision is enough to have an older one dropped.
        if ahead.prepared > 0 && ahead.revision == revision {
            self.voice(turn, revision, TtsMessage::Cancel {});
        }
    }

    /// The child went on.
    pub(super) fn forget_ahead(&mut self, turn: u64, revision: u32) {
        if let Stage::Listening { ahead, .. } = &mut self.stage {
            let ahead = ahead.take();
            self.drop_ahead(ahead, turn, revision);
        }
    }

    /// What was decided ahead was decided in a conversation that is no more.
    pub(super) fn void_ahead(&mut self) {
        let (turn, revision) = self.gate.current();
        self.forget_ahead(turn, revision);
    }

    /// The voice is gone, and with it what it had.
    pub(super) fn voice_forgot(&mut self) {
        if let Stage::Listening { ahead: Some(ahead), .. } = &mut self.stage {
            ahead.prepared = 0;
        }
    }
}
