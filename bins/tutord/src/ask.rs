//! Typed questions: the same answers as spoken ones, in a conversation of their own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use iseetutor_bus::tutor1::Answer;
use iseetutor_wire::Frame;
use iseetutor_wire::message::{FinishReason, LlmRequest, Source};
use serde_json::json;
use tokio::sync::{Mutex, Semaphore};
use zbus::fdo;

use crate::answer::{Composer, Piece, Stopped};
use crate::conversation::{Conversation, Plan, Planned, Sentence, joined, source};
use crate::dialogue::Settings;
use crate::model::{ModelClient, ModelEvent};
use crate::phrases::Phrase;
use crate::router::Command;
use crate::school::School;
use crate::store::{Kind, NewEvent, Store, new_id};
use crate::volume;

/// Longest question in bytes.
pub const LONGEST: usize = 4_000;
/// Questions that may wait for their turn.
const WAITING: usize = 16;
/// How long llmd is waited for when it is not connected: it may just be starting.
const CONNECT_PATIENCE: Duration = Duration::from_secs(3);
/// How long an answer may take in all.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// Answers typed questions, one at a time.
#[derive(Debug)]
pub struct Asker {
    settings: Settings,
    store: Store,
    places: Semaphore,
    desk: Mutex<Desk>,
}

#[derive(Debug)]
struct Desk {
    conversation: Conversation,
    model: ModelClient,
    next_request: u64,
    last_active: Instant,
}

impl Asker {
    /// An asker with a new conversation.
    #[must_use]
    pub fn new(settings: Settings, store: Store, model: ModelClient, school: Arc<School>) -> Self {
        let conversation = Conversation::new(new_id(), settings.exchanges, school).guessing(settings.guesses);
        let desk = Desk { conversation, model, next_request: 1, last_active: Instant::now() };
        Self { settings, store, places: Semaphore::new(WAITING), desk: Mutex::new(desk) }
    }

    /// Forgets the conversation so far.
    pub async fn renew(&self) {
        self.desk.lock().await.conversation.renew(new_id());
    }

    /// Answers a question.
    ///
    /// # Errors
    /// `InvalidArgs` for a text that is no question, `LimitsExceeded` when too many wait, `Failed` when the model is
    /// needed and away.
    pub async fn ask(&self, text: &str, bus: &zbus::Connection) -> fdo::Result<Answer> {
        let began = Instant::now();
        let text = checked(text)?;
        let Ok(_place) = self.places.try_acquire() else {
            return Err(fdo::Error::LimitsExceeded(format!(
                "{WAITING} questions are waiting already: ask again later"
            )));
        };
        let mut desk = self.desk.lock().await;
        let idle = Duration::from_micros(self.settings.conversation_idle_us);
        if desk.last_active.elapsed() > idle {
            desk.conversation.renew(new_id());
        }
        let planned = desk.conversation.plan(text);
        let heard = json!({ "text": text, "intent": planned.intent, "via": "ask" });
        self.record(&desk, Kind::Heard, heard);
        if let Some(command) = planned.command {
            self.record(&desk, Kind::Command, json!({ "command": command.as_str(), "via": "ask" }));
            if command == Command::NewConversation {
                desk.conversation.renew(new_id());
            }
        }
        for kept in planned.keep.clone() {
            let event = NewEvent::learning(desk.conversation.id(), 0, kept);
            self.store
                .append(event)
                .await
                .map_err(|error| fdo::Error::Failed(format!("cannot record the answer: {error}")))?;
        }
        let (sentences, own_words) = self.carry_out(&mut desk, &planned, bus).await?;
        let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        let source = source(&sentences);
        self.record(
            &desk,
            Kind::Said,
            json!({ "sentences": texts, "source": source.as_str(), "via": "ask" }),
        );
        let answer = joined(&sentences);
        let evidence = planned.evidence.iter().map(shown).collect();
        desk.conversation.answered(&planned, text, sentences, &own_words);
        desk.last_active = Instant::now();
        Ok((answer, source.as_str().to_owned(), began.elapsed().as_secs_f64(), evidence))
    }

    async fn carry_out(
        &self,
        desk: &mut Desk,
        planned: &Planned,
        bus: &zbus::Connection,
    ) -> fdo::Result<(Vec<Sentence>, String)> {
        match planned.plan.clone() {
            Plan::Say(sentences) => Ok((sentences, String::new())),
            Plan::Volume(change) => {
                let outcome = volume::change(bus, change).await;
                Ok((desk.conversation.phrase(change.phrase(outcome)), String::new()))
            }
            Plan::Model { frame, messages } => {
                let keep = u32::try_from(messages.len().saturating_sub(1)).unwrap_or(u32::MAX);
                let id = desk.next_request;
                desk.next_request += 1;
                let request =
                    LlmRequest::Generate { id, messages, sampling: self.settings.sampling.clone(), keep };
                let answer =
                    tokio::time::timeout(LONGEST_ANSWER, self.generated(&mut desk.model, id, request)).await;
                let words = match answer {
                    Ok(Ok(words)) => words,
                    failed => {
                        // Without an answer nobody reads what else comes.
                        let _ = desk.model.send(Frame::new(0, 0, LlmRequest::Cancel { id }));
                        return Err(failed.map_or_else(
                            |_| too_slow(LONGEST_ANSWER),
                            |answer| answer.err().unwrap_or_else(|| too_slow(LONGEST_ANSWER)),
                        ));
                    }
                };
                if words.is_empty() {
                    return Ok((desk.conversation.phrase(Phrase::NoAnswer), String::new()));
                }
                let own_words = words.join(" ");
                let generated =
                    words.into_iter().map(|text| Sentence { text, source: Source::Model, cacheable: false });
                Ok((frame.into_iter().chain(generated).collect(), own_words))
            }
        }
    }

    async fn generated(
        &self,
        model: &mut ModelClient,
        id: u64,
        request: LlmRequest,
    ) -> fdo::Result<Vec<String>> {
        // Replies to an earlier question, and news of a connection that is looked at below.
        while model.next_ready().is_some() {}
        if tokio::time::timeout(CONNECT_PATIENCE, model.wait_connected()).await.is_err() {
            return Err(gone());
        }
        model.send(Frame::new(0, 0, request)).map_err(|_| gone())?;
        let patience = Duration::from_micros(self.settings.model_patience_us);
        let mut composer = Composer::new(self.settings.limits);
        let mut words = Vec::new();
        loop {
            let event = match tokio::time::timeout(patience, model.next()).await {
                Ok(Some(event)) => event,
                Ok(None) => return Err(gone()),
                Err(_) => return Err(too_slow(patience)),
            };
            let pieces = match event {
                ModelEvent::Token { request, text } if request == id => composer.push(&text),
                ModelEvent::Done { request, reason } if request == id => {
                    let stopped =
                        if reason == FinishReason::Length { Stopped::CutOff } else { Stopped::Complete };
                    words.extend(composer.finish(stopped).into_iter().filter_map(said));
                    return Ok(words);
                }
                ModelEvent::Failed { request, reason } if request == id => {
                    return Err(fdo::Error::Failed(format!("cannot answer: llmd says: {reason}")));
                }
                ModelEvent::Down => return Err(gone()),
                _ => continue,
            };
            let enough = pieces.contains(&Piece::Enough);
            words.extend(pieces.into_iter().filter_map(said));
            if enough {
                // The answer is there; that llmd went away now would change nothing.
                let _ = model.send(Frame::new(0, 0, LlmRequest::Cancel { id }));
                return Ok(words);
            }
        }
    }

    fn record(&self, desk: &Desk, kind: Kind, body: serde_json::Value) {
        let (conversation, learner) = (desk.conversation.id(), desk.conversation.learner());
        self.store.record(NewEvent { conversation, turn: 0, kind, body, learner, id: None });
    }
}

/// Evidence as the bus has it.
fn shown(evidence: &crate::answer::Evidence) -> iseetutor_bus::tutor1::Evidence {
    (evidence.title.clone(), evidence.page.unwrap_or(0), evidence.quote.clone())
}

fn said(piece: Piece) -> Option<String> {
    match piece {
        Piece::Say(text) => Some(text),
        Piece::Blocked(_) | Piece::Enough => None,
    }
}

fn gone() -> fdo::Error {
    fdo::Error::Failed(
        "cannot answer: llmd, the language model, is not connected to tutord on llm.sock; start it again \
         (systemctl restart llmd), or see what is missing with `tutorctl doctor`"
            .to_owned(),
    )
}

fn too_slow(patience: Duration) -> fdo::Error {
    fdo::Error::Failed(format!(
        "cannot answer: llmd, the language model, gave nothing for {} s; it may be loading or the machine busy: ask again, or raise `model.patience_s` in tutord.toml",
        patience.as_secs_f64()
    ))
}

/// The question without spaces at its ends, if it can be one.
fn checked(text: &str) -> fdo::Result<&str> {
    let problem = if text.len() > LONGEST {
        format!("the question has {} bytes and may have {LONGEST} at most: shorten it", text.len())
    } else if text.trim().is_empty() {
        "the question is empty: give some words".to_owned()
    } else if let Some(c) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        format!("the question holds the control character U+{:04X}: remove it", u32::from(c))
    } else {
        return Ok(text.trim());
    };
    Err(fdo::Error::InvalidArgs(problem))
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, checked};

    #[test]
    fn what_is_no_question_is_refused_with_the_reason() {
        assert!(checked("  \n ").is_err_and(|error| error.to_string().contains("empty")));
        assert!(checked(&"a".repeat(LONGEST + 1)).is_err_and(|error| error.to_string().contains("4001")));
        assert!(checked("a\u{0}b").is_err_and(|error| error.to_string().contains("U+0000")));
        assert!(checked("a\u{1b}[31m").is_err_and(|error| error.to_string().contains("U+001B")));
        assert!(checked(" why?\n").is_ok_and(|text| text == "why?"));
        assert!(checked(&"é".repeat(LONGEST / 2)).is_ok());
    }
}
