//! The language model's part of an answer.

use iseetutor_wire::message::{ChatMessage, LlmRequest, Source};

use super::answering::{Answering, Waiting};
use super::{Action, Dialogue, Stage, milliseconds};
use crate::answer::{Composer, Piece, Stopped};
use crate::conversation::Sentence;
use crate::phrases::Phrase;

impl Dialogue {
    /// Has the model evaluate the beginning of a chat while there is time.
    pub(super) fn prefill(&mut self, messages: Option<Vec<ChatMessage>>) {
        let (Some(messages), true) = (messages, self.peers.model) else { return };
        if let Some((id, length)) = self.prefill.take() {
            if length == messages.len() && length > 0 && self.is_same_prefill(&messages) {
                self.prefill = Some((id, length));
                return;
            }
            self.model(LlmRequest::Cancel { id });
        }
        let id = self.request_id();
        self.prefill = Some((id, messages.len()));
        self.model(LlmRequest::Prefill { id, messages });
    }

    /// The chat so far is the same as long as it has the same length; only the question at its end may differ.
    pub(super) fn is_same_prefill(&self, messages: &[ChatMessage]) -> bool {
        messages.len() == self.conversation.messages().len()
    }

    pub(super) fn ask_model(&mut self, answering: &mut Answering, messages: Vec<ChatMessage>) {
        let request = self.request_id();
        // What was evaluated ahead is of use now; a reply to it would only be ignored.
        self.prefill = None;
        let keep = u32::try_from(messages.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let sampling = self.settings.sampling.clone();
        self.model(LlmRequest::Generate { id: request, messages, sampling, keep });
        answering.waiting = Waiting::Model {
            request,
            asked_us: self.now_us,
            began: false,
            until_us: self.now_us + self.settings.model_patience_us,
            composer: Box::new(Composer::new(self.settings.limits)),
        };
    }

    pub(super) fn token(&mut self, request: u64, text: &str) {
        let Some(mut answering) = self.take_answering() else { return };
        let mut pieces = Vec::new();
        if let Waiting::Model { request: of, asked_us, began, until_us, composer } = &mut answering.waiting
            && *of == request
        {
            *until_us = self.now_us + self.settings.model_patience_us;
            if !std::mem::replace(began, true) {
                let waited = milliseconds(self.now_us.saturating_sub(*asked_us));
                self.out.push(Action::Observe("first_token_ms", waited));
                answering.timing.first_token_ms =
                    Some(milliseconds(self.now_us.saturating_sub(answering.heard_us)));
            }
            pieces = composer.push(text);
        }
        let enough = self.say_pieces(&mut answering, pieces);
        if enough {
            answering.waiting = Waiting::Nothing;
            self.model(LlmRequest::Cancel { id: request });
        }
        self.stage = Stage::Answering(answering);
        if enough {
            self.model_has_finished();
        }
    }

    /// Says pieces; whether there were enough.
    pub(super) fn say_pieces(&mut self, answering: &mut Answering, pieces: Vec<Piece>) -> bool {
        let mut enough = false;
        for piece in pieces {
            match piece {
                Piece::Say(text) => {
                    answering.own_words.push(text.clone());
                    self.say(answering, Sentence { text, source: Source::Model, cacheable: false });
                }
                Piece::Blocked(reason) => self.out.push(Action::Count(reason.counter())),
                Piece::Enough => enough = true,
            }
        }
        enough
    }

    pub(super) fn model_done(&mut self, request: u64, stopped: Stopped) {
        if self.prefill.is_some_and(|(id, _)| id == request) {
            self.prefill = None;
            return;
        }
        let Some(mut answering) = self.take_answering() else { return };
        // A late reply to something else leaves the answer waiting for its own.
        if answering.request() == Some(request)
            && let Waiting::Model { mut composer, .. } =
                std::mem::replace(&mut answering.waiting, Waiting::Nothing)
        {
            let pieces = composer.finish(stopped);
            self.say_pieces(&mut answering, pieces);
            self.stage = Stage::Answering(answering);
            self.model_has_finished();
        } else {
            self.stage = Stage::Answering(answering);
        }
    }

    /// The model said all it will: if nothing of it could be passed on, that is said.
    pub(super) fn model_has_finished(&mut self) {
        if let Some(mut answering) = self.take_answering() {
            if answering.own_words.is_empty() {
                let sentences = self.conversation.phrase(Phrase::NoAnswer);
                self.say_all(&mut answering, sentences);
            }
            self.stage = Stage::Answering(answering);
        }
        self.finish_if_complete();
    }

    /// The model went away or takes too long. `request` is the one that failed, or any.
    pub(super) fn model_gone(&mut self, request: Option<u64>, at_first: Phrase, midway: Phrase) {
        let waits = match &self.stage {
            Stage::Answering(answering) => answering.request(),
            _ => None,
        };
        let hit = waits.is_some() && (request.is_none() || request == waits);
        let Some(mut answering) = self.take_answering() else { return };
        if hit {
            answering.waiting = Waiting::Nothing;
            let phrase = if answering.own_words.is_empty() { at_first } else { midway };
            let sentences = self.conversation.phrase(phrase);
            answering.planned.repeatable = false;
            self.say_all(&mut answering, sentences);
        }
        self.stage = Stage::Answering(answering);
        self.finish_if_complete();
    }
}
