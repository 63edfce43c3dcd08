//! From a plan to sentences handed to the voice, and to the answer's end.

use iseetutor_wire::TurnTiming;
use iseetutor_wire::message::{Presence, TtsMessage, WatchMessage};
use serde_json::json;

use super::answering::{Answering, Waiting};
use super::{Action, CHARACTERS_PER_S, Dialogue, Stage, VOLUME_PATIENCE_US, milliseconds};
use crate::conversation::{Plan, Planned, Sentence, VolumeOutcome, source};
use crate::phrases::Phrase;
use crate::router::Command;
use crate::store::{Kind, NewEvent};

impl Dialogue {
    /// Answers with nothing but a phrase.
    pub(super) fn answer_with(&mut self, turn: u64, revision: u32, timing: TurnTiming, phrase: Phrase) {
        let planned = Planned {
            plan: Plan::Say(self.conversation.phrase(phrase)),
            intent: "unclear",
            command: None,
            repeatable: false,
            in_context: false,
            keep: Vec::new(),
            evidence: Vec::new(),
        };
        self.carry_out(turn, revision, timing, String::new(), planned, 0);
    }

    pub(super) fn carry_out(
        &mut self,
        turn: u64,
        revision: u32,
        timing: TurnTiming,
        question: String,
        planned: Planned,
        prepared: usize,
    ) {
        self.set_presence(Presence::Thinking);
        if let Some(command) = planned.command {
            self.record(turn, Kind::Command, json!({ "command": command.as_str() }));
            match command {
                Command::NewConversation => self.renew(),
                // The fixed sentences are wanted at the new pace from now on.
                Command::Slower | Command::Faster => self.render_phrases(),
                _ => {}
            }
        }
        for kept in planned.keep.clone() {
            let conversation = self.conversation.id();
            self.out.push(Action::Keep(NewEvent::learning(conversation, turn, kept)));
        }
        let mut answering = Box::new(Answering {
            turn,
            revision,
            timing,
            heard_us: self.now_us,
            question,
            planned,
            prepared,
            sentences: Vec::new(),
            own_words: Vec::new(),
            waiting: Waiting::Nothing,
        });
        match answering.planned.plan.clone() {
            Plan::Say(sentences) => self.say_all(&mut answering, sentences),
            Plan::Volume(change) => {
                answering.waiting = Waiting::Volume { change, until_us: self.now_us + VOLUME_PATIENCE_US };
                self.out.push(Action::Volume { turn, change });
            }
            Plan::Model { .. } if !self.peers.model => {
                self.out.push(Action::Count("model_gone"));
                let sentences = self.conversation.phrase(Phrase::ModelGone);
                answering.planned.repeatable = false;
                if std::mem::take(&mut answering.prepared) > 0 {
                    self.voice(turn, revision, TtsMessage::Cancel {});
                }
                self.say_all(&mut answering, sentences);
            }
            Plan::Model { frame, messages } => {
                self.say_all(&mut answering, frame);
                self.ask_model(&mut answering, messages);
            }
        }
        self.stage = Stage::Answering(answering);
        self.finish_if_complete();
    }

    pub(super) fn volume_done(&mut self, turn: u64, outcome: VolumeOutcome) {
        let Some(mut answering) = self.take_answering() else { return };
        if let (true, Waiting::Volume { change, .. }) = (answering.turn == turn, &answering.waiting) {
            let sentences = self.conversation.phrase(change.phrase(outcome));
            answering.waiting = Waiting::Nothing;
            self.say_all(&mut answering, sentences);
        }
        self.stage = Stage::Answering(answering);
        self.finish_if_complete();
    }

    pub(super) fn say_all(&mut self, answering: &mut Answering, sentences: Vec<Sentence>) {
        for sentence in sentences {
            self.say(answering, sentence);
        }
    }

    pub(super) fn say(&mut self, answering: &mut Answering, sentence: Sentence) {
        let number = u32::try_from(answering.sentences.len() + 1).unwrap_or(u32::MAX);
        if answering.timing.first_clause_ms.is_none() {
            answering.timing.first_clause_ms =
                Some(milliseconds(self.now_us.saturating_sub(answering.heard_us)));
        }
        let written = sentence.written();
        let Sentence { text, source, cacheable } = sentence.clone();
        let rate = self.conversation.rate();
        let timing = answering.timing.clone();
        match (answering.sentences.len(), answering.prepared) {
            // The voice has it already, and waits for the word.
            (0, 1..) => self.voice(answering.turn, answering.revision, TtsMessage::Commit { timing }),
            (at, prepared) if at < prepared => {}
            _ => {
                let say =
                    TtsMessage::Say { sentence: number, text, rate, cacheable, timing, prepared: false };
                self.voice(answering.turn, answering.revision, say);
            }
        }
        self.watch(
            answering.turn,
            answering.revision,
            WatchMessage::Said { sentence: number, text: written, source },
        );
        answering.sentences.push(sentence);
        self.set_presence(Presence::Speaking);
    }

    /// Ends the answer when nothing more is to come.
    pub(super) fn finish_if_complete(&mut self) {
        let complete = matches!(&self.stage, Stage::Answering(answering) if matches!(answering.waiting, Waiting::Nothing));
        if !complete {
            return;
        }
        let Some(mut answering) = self.take_answering() else { return };
        let own = answering.sentences.len();
        // What else is to be told is told in the same breath.
        let notices = if self.peers.voice { std::mem::take(&mut self.notices) } else { Default::default() };
        for phrase in notices {
            let sentences = self.conversation.phrase(phrase);
            self.note(answering.turn, phrase);
            self.say_all(&mut answering, sentences);
        }
        let (turn, revision) = (answering.turn, answering.revision);
        let expect = self.conversation.expectation();
        self.voice(turn, revision, TtsMessage::TurnEnd { expect });
        self.watch(turn, revision, WatchMessage::Answered {});
        let characters: usize = answering.sentences.iter().map(|sentence| sentence.text.len()).sum();
        let seconds = characters as u64 / CHARACTERS_PER_S + 3;
        self.stage = Stage::Speaking { until_us: self.now_us + seconds * 1_000_000 };
        if !self.peers.voice {
            self.peers.unsaid = true;
        }
        self.conclude(*answering, own, false);
        self.last_active_us = self.now_us;
    }

    /// Records an answer and lets the conversation take note of its `own` first sentences, which are not notices.
    pub(super) fn conclude(&mut self, answering: Answering, own: usize, interrupted: bool) {
        let Answering { turn, planned, question, mut sentences, own_words, .. } = answering;
        if sentences.is_empty() {
            return;
        }
        let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        let body = json!({
            "sentences": texts,
            "source": source(&sentences).as_str(),
            "interrupted": interrupted,
            "voice": self.peers.voice,
        });
        self.record(turn, Kind::Said, body);
        sentences.truncate(own);
        self.conversation.answered(&planned, &question, sentences, &own_words.join(" "));
    }
}
