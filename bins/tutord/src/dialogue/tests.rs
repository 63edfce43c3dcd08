#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_wire::Frame;
use iseetutor_wire::message::{
    Expectation, FinishReason, LlmRequest, Played, Presence, Sampling, Source, Transcript, TtsMessage,
    TurnMessage, WatchMessage,
};

use super::{Action, Dialogue, Event, Peer, Settings};
use crate::answer::Limits;
use crate::conversation::{VolumeChange, VolumeOutcome};
use crate::phrases::Phrase;
use crate::practice::READY_MADE;
use crate::store::Kind;

const SECOND: u64 = 1_000_000;

/// A dialogue with everybody there, and the clock.
pub(super) struct Scene {
    dialogue: Dialogue,
    now_us: u64,
    /// Everything that was wanted, in order.
    pub(super) log: Vec<Action>,
}

impl Scene {
    fn bare() -> Self {
        let settings = Settings {
            min_confidence: 0.4,
            exchanges: 4,
            conversation_idle_us: 900 * SECOND,
            model_patience_us: 8 * SECOND,
            sampling: Sampling::default(),
            limits: Limits { sentences: 3, characters: 320 },
            guesses: true,
        };
        let mut conversations = 0;
        let new_id = move || {
            conversations += 1;
            format!("c{conversations}").into()
        };
        Self {
            dialogue: Dialogue::new(settings, crate::school::tests::school(), new_id),
            now_us: 1_000 * SECOND,
            log: Vec::new(),
        }
    }

    pub(super) fn new() -> Self {
        let mut scene = Self::bare();
        for peer in [Peer::Ears, Peer::Model, Peer::Voice] {
            scene.event(Event::PeerUp(peer));
        }
        scene.log.clear();
        scene
    }

    pub(super) fn event(&mut self, event: Event) {
        let actions = self.dialogue.handle(self.now_us, event);
        self.log.extend(actions);
    }

    fn wait(&mut self, seconds: u64) {
        let until = self.now_us + seconds * SECOND;
        while let Some(at) = self.dialogue.deadline_us().filter(|at| *at <= until) {
            self.now_us = at.max(self.now_us);
            self.event(Event::Tick);
        }
        self.now_us = until;
    }

    pub(super) fn turn(&mut self, turn: u64, revision: u32, message: TurnMessage) {
        self.event(Event::Turn(Frame::new(turn, revision, message)));
    }

    pub(super) fn speech(&mut self, turn: u64) {
        self.turn(turn, 0, TurnMessage::SpeechStart { expect: Expectation::default(), played: None });
    }

    pub(super) fn says(&mut self, turn: u64, text: &str) {
        self.speech(turn);
        self.finish(turn, 0, text, 0.9);
    }

    pub(super) fn finish(&mut self, turn: u64, revision: u32, text: &str, confidence: f64) {
        let transcript = Transcript { text: text.into(), confidence, ..Transcript::default() };
        self.turn(turn, revision, TurnMessage::Final(transcript));
    }

    fn tokens(&mut self, text: &str) {
        let request = self.request().expect("the model was asked");
        for piece in text.split_inclusive(' ') {
            self.event(Event::Token { request, text: piece.into() });
        }
    }

    fn done(&mut self) {
        let request = self.request().expect("the model was asked");
        self.event(Event::ModelDone { request, reason: FinishReason::End });
    }

    /// The last request to answer.
    pub(super) fn request(&self) -> Option<u64> {
        self.log.iter().rev().find_map(|action| match action {
            Action::Model(Frame { message: LlmRequest::Generate { id, .. }, .. }) => Some(*id),
            _ => None,
        })
    }

    /// What was said, and in which turn; what was prepared counts once it is wanted.
    pub(super) fn said(&self) -> Vec<(u64, String)> {
        let (mut said, mut prepared) = (Vec::new(), Vec::new());
        for action in &self.log {
            let Action::Voice(Frame { turn, revision, message }) = action else { continue };
            let newer = prepared.iter().any(|(at, _)| *at < (*turn, *revision));
            match message {
                _ if newer && *turn > 0 => prepared.clear(),
                TtsMessage::Cancel {} => prepared.clear(),
                TtsMessage::Commit { .. } => {
                    said.extend(prepared.drain(..).map(|((turn, _), text)| (turn, text)));
                }
                _ => {}
            }
            match message {
                TtsMessage::Say { text, prepared: true, .. } => {
                    prepared.push(((*turn, *revision), text.clone()));
                }
                TtsMessage::Say { text, .. } => said.push((*turn, text.clone())),
                _ => {}
            }
        }
        said
    }

    pub(super) fn said_in(&self, turn: u64) -> String {
        self.said()
            .into_iter()
            .filter(|(of, _)| *of == turn)
            .map(|(_, text)| text)
            .collect::<Vec<_>>()
            .join(" ")
    }

    pub(super) fn count(&self, wanted: impl Fn(&Action) -> bool) -> usize {
        self.log.iter().filter(|action| wanted(action)).count()
    }

    fn turn_ends(&self, of: u64) -> usize {
        self.count(|a| matches!(a, Action::Voice(Frame { turn, message: TtsMessage::TurnEnd { .. }, .. }) if *turn == of))
    }

    fn recorded(&self, kind: Kind) -> Vec<serde_json::Value> {
        let body = |action: &Action| match action {
            Action::Record(event) if event.kind == kind => Some(event.body.clone()),
            _ => None,
        };
        self.log.iter().filter_map(body).collect()
    }

    fn cancelled(&self) -> Vec<u64> {
        let cancel = |action: &Action| match action {
            Action::Model(Frame { message: LlmRequest::Cancel { id }, .. }) => Some(*id),
            _ => None,
        };
        self.log.iter().filter_map(cancel).collect()
    }

    fn presences(&self) -> Vec<Presence> {
        let presence = |action: &Action| match action {
            Action::Watch(Frame { message: WatchMessage::Presence { presence }, .. }) => Some(*presence),
            _ => None,
        };
        self.log.iter().filter_map(presence).collect()
    }
}

fn is(phrase: Phrase, text: &str) -> bool {
    phrase.variants().iter().any(|variant| variant.join(" ") == text)
}

#[test]
fn arithmetic_is_answered_at_once_and_recorded() {
    let mut scene = Scene::new();
    scene.says(5, "What is twelve times seven?");
    assert_eq!(scene.said_in(5), "12 × 7 is 84.");
    assert_eq!(scene.turn_ends(5), 1);
    assert_eq!(scene.recorded(Kind::Heard)[0]["intent"], "computed");
    assert_eq!(scene.recorded(Kind::Said)[0]["source"], "computed");
    assert_eq!(scene.request(), None);
    assert_eq!(scene.presences(), [Presence::Listening, Presence::Thinking, Presence::Speaking]);
    scene.event(Event::Silent);
    assert_eq!(scene.presences().last(), Some(&Presence::Idle));
}

#[test]
fn a_guess_is_framed_at_once_and_follows_clause_by_clause() {
    let mut scene = Scene::new();
    scene.says(5, "Why do leaves fall?");
    assert!(is(Phrase::Guess, &scene.said_in(5)));
    scene.now_us += SECOND / 2;
    scene.tokens("Trees rest in winter, because there is little light. They drop leaves. ");
    scene.done();
    let said = scene.said();
    let texts: Vec<&str> = said.iter().skip(1).map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["Trees rest in winter,", "because there is little light.", "They drop leaves."]);
    assert_eq!(scene.turn_ends(5), 1);
    let body = &scene.recorded(Kind::Said)[0];
    assert_eq!(body["source"], "model");
    assert_eq!(body["sentences"].as_array().unwrap().len(), 4);
    let timing = |number: usize| {
        let say = |action: &Action| match action {
            Action::Voice(Frame { message: TtsMessage::Say { timing, cacheable, .. }, .. }) => {
                Some((timing.clone(), *cacheable))
            }
            _ => None,
        };
        scene.log.iter().filter_map(say).nth(number).unwrap()
    };
    assert_eq!((timing(0).0.first_token_ms, timing(0).1), (None, true));
    assert_eq!((timing(1).0.first_token_ms, timing(1).1), (Some(500.0), false));
}

#[test]
fn sentences_are_numbered_from_one_and_carry_turn_and_revision() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.finish(5, 2, "what can you do", 0.9);
    let numbers: Vec<_> = scene
        .log
        .iter()
        .filter_map(|action| match action {
            Action::Voice(Frame { turn, revision, message: TtsMessage::Say { sentence, .. } }) => {
                Some((*turn, *revision, *sentence))
            }
            _ => None,
        })
        .collect();
    assert_eq!(numbers, [(5, 2, 1), (5, 2, 2), (5, 2, 3), (5, 2, 4)]);
}

#[test]
fn barge_in_cancels_model_and_voice_and_keeps_what_was_said() {
    let mut scene = Scene::new();
    scene.says(5, "Tell me about whales.");
    scene.tokens("Whales are big. They ");
    let request = scene.request().unwrap();
    scene.log.clear();
    scene.speech(6);
    assert!(scene.cancelled().contains(&request));
    let cancels =
        scene.count(|a| matches!(a, Action::Voice(Frame { turn: 6, message: TtsMessage::Cancel {}, .. })));
    assert_eq!(cancels, 1);
    let body = &scene.recorded(Kind::Said)[0];
    assert_eq!(body["interrupted"], true);
    assert_eq!(body["sentences"][1], "Whales are big.");
    // What still comes of the old answer is said by nobody.
    scene.event(Event::Token { request, text: "swim. ".into() });
    scene.event(Event::ModelDone { request, reason: FinishReason::Cancelled });
    assert!(scene.said().is_empty());
    scene.finish(6, 0, "2 plus 2", 0.9);
    assert_eq!(scene.said_in(6), "2 + 2 is 4.");
    // A late transcript of the old turn is nobody's any more.
    scene.finish(5, 0, "3 plus 3", 0.9);
    assert_eq!(scene.said_in(5), "");
}

#[test]
fn silence_stays_silent_and_doubt_is_asked_about() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.turn(5, 0, TurnMessage::Final(Transcript { no_speech: true, ..Transcript::default() }));
    assert_eq!(scene.said_in(5), "");
    assert_eq!(scene.turn_ends(5), 1);
    scene.speech(6);
    scene.finish(6, 0, "what is 2 plus 2", 0.2);
    assert!(is(Phrase::NotHeard, &scene.said_in(6)));
    scene.speech(7);
    scene.finish(7, 0, "  ", 0.9);
    assert!(is(Phrase::NotHeard, &scene.said_in(7)));
    assert_ne!(scene.said_in(6), scene.said_in(7));
    scene.speech(8);
    scene.turn(8, 0, TurnMessage::Failed { reason: "x".into() });
    assert!(is(Phrase::NotHeard, &scene.said_in(8)));
    scene.speech(9);
    scene.finish(9, 0, "what is a shit", 0.9);
    assert!(is(Phrase::NotHeard, &scene.said_in(9)));
    assert_eq!(scene.recorded(Kind::Heard).iter().filter(|b| b["intent"] == "unclear").count(), 4);
}

#[test]
fn a_cough_is_forgotten() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.turn(5, 0, TurnMessage::Cancel {});
    assert_eq!(scene.presences(), [Presence::Listening, Presence::Idle]);
    assert!(scene.said().is_empty());
    scene.finish(5, 0, "2 plus 2", 0.9);
    assert!(scene.said().is_empty());
}

#[test]
fn the_model_gone_is_said_and_the_rest_goes_on() {
    let mut scene = Scene::new();
    scene.event(Event::PeerDown(Peer::Model));
    scene.says(5, "Why is the sky blue?");
    assert!(is(Phrase::ModelGone, &scene.said_in(5)));
    scene.says(6, "3/4 plus 1/8");
    assert_eq!(scene.said_in(6), "3/4 + 1/8 is 7/8.");
    scene.event(Event::PeerUp(Peer::Model));
    scene.says(7, "Why is the sky blue?");
    assert!(is(Phrase::Guess, &scene.said_in(7)));
}

#[test]
fn the_model_lost_in_an_answer_is_said_and_the_answer_ends() {
    let mut scene = Scene::new();
    scene.says(5, "Why is the sky blue?");
    scene.event(Event::PeerDown(Peer::Model));
    assert!(scene.said_in(5).ends_with(Phrase::ModelGone.variants()[0][0]));
    assert_eq!(scene.turn_ends(5), 1);
    scene.event(Event::PeerUp(Peer::Model));
    scene.says(6, "Why is the sky blue?");
    scene.tokens("Air scatters light. Well ");
    scene.event(Event::PeerDown(Peer::Model));
    assert!(scene.said_in(6).ends_with(Phrase::ModelLost.variants()[0][0]));
    assert_eq!(scene.turn_ends(6), 1);
    // "Repeat" does not mean an apology.
    scene.says(7, "repeat");
    assert!(is(Phrase::NothingToRepeat, &scene.said_in(7)));
}

#[test]
fn a_request_that_fails_is_said() {
    let mut scene = Scene::new();
    scene.says(5, "Why is the sky blue?");
    let request = scene.request().unwrap();
    scene.event(Event::ModelFailed { request: request + 100 });
    assert_eq!(scene.turn_ends(5), 0);
    scene.event(Event::ModelFailed { request });
    assert_eq!(scene.turn_ends(5), 1);
    assert!(scene.said_in(5).ends_with(Phrase::ModelGone.variants()[0][0]));
}

#[test]
fn a_slow_model_is_given_up() {
    let mut scene = Scene::new();
    scene.says(5, "Why is the sky blue?");
    let request = scene.request().unwrap();
    scene.wait(7);
    assert_eq!(scene.turn_ends(5), 0);
    scene.wait(2);
    assert!(scene.cancelled().contains(&request));
    assert!(scene.said_in(5).ends_with(Phrase::TooSlow.variants()[0][0]));
    assert_eq!(scene.turn_ends(5), 1);
}

#[test]
fn the_ears_lost_are_said_once_and_only_when_it_lasts() {
    let mut scene = Scene::new();
    scene.event(Event::PeerDown(Peer::Ears));
    scene.wait(2);
    scene.event(Event::PeerUp(Peer::Ears));
    scene.wait(60);
    assert!(scene.said().is_empty(), "a quick restart stays silent");
    scene.event(Event::PeerDown(Peer::Ears));
    scene.wait(60);
    assert_eq!(scene.said(), [(0, Phrase::CannotHear.variants()[0][0].to_owned())]);
    scene.event(Event::PeerUp(Peer::Ears));
    scene.wait(60);
    assert_eq!(scene.said().last().unwrap().1, Phrase::HearAgain.variants()[0][0]);
    assert_eq!(scene.said().len(), 2);
    assert_eq!(scene.recorded(Kind::Notice).len(), 2);
}

#[test]
fn nothing_is_said_about_ears_at_the_first_start() {
    let mut scene = Scene::bare();
    scene.event(Event::PeerUp(Peer::Voice));
    scene.wait(60);
    scene.event(Event::PeerUp(Peer::Ears));
    scene.wait(60);
    assert!(scene.said().is_empty());
}

#[test]
fn ears_lost_in_mid_sentence_leave_nobody_listening() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.event(Event::PeerDown(Peer::Ears));
    assert_eq!(scene.presences().last(), Some(&Presence::Idle));
}

#[test]
fn two_connections_of_the_ears_are_not_lost_with_one() {
    let mut scene = Scene::new();
    scene.event(Event::PeerUp(Peer::Ears));
    scene.event(Event::PeerDown(Peer::Ears));
    scene.wait(60);
    assert!(scene.said().is_empty());
}

#[test]
fn a_voice_that_returns_renders_again_and_tells_of_what_was_missed() {
    let mut scene = Scene::new();
    scene.event(Event::PeerDown(Peer::Voice));
    scene.event(Event::PeerUp(Peer::Voice));
    assert!(scene.said().is_empty(), "nothing was missed");
    let keeps = scene.count(|a| matches!(a, Action::Voice(Frame { message: TtsMessage::Keep { name, .. }, .. }) if name == "voice_lost"));
    let renders =
        scene.count(|a| matches!(a, Action::Voice(Frame { message: TtsMessage::Render { .. }, .. })));
    assert_eq!((keeps, renders), (1, Phrase::sentences().count() + READY_MADE.len()));
    scene.event(Event::PeerDown(Peer::Voice));
    scene.says(5, "2 plus 2");
    scene.event(Event::Silent);
    assert_eq!(scene.recorded(Kind::Said)[0]["voice"], false);
    scene.event(Event::PeerUp(Peer::Voice));
    assert_eq!(scene.said_in(0), Phrase::VoiceBack.variants()[0][0]);
}

#[test]
fn a_voice_lost_while_it_speaks_is_told_of() {
    let mut scene = Scene::new();
    scene.says(5, "2 plus 2");
    scene.event(Event::PeerDown(Peer::Voice));
    scene.event(Event::PeerUp(Peer::Voice));
    assert_eq!(scene.said_in(0), Phrase::VoiceBack.variants()[0][0]);
}

#[test]
fn trouble_with_the_record_is_said_once_when_there_is_room() {
    let mut scene = Scene::new();
    scene.speech(5);
    scene.event(Event::StoreTrouble);
    assert!(scene.said().is_empty(), "not into the child's words");
    scene.finish(5, 0, "2 plus 2", 0.9);
    assert_eq!(scene.said_in(5), format!("2 + 2 is 4. {}", Phrase::CannotWrite.variants()[0][0]));
    assert_eq!(scene.turn_ends(5), 1);
    scene.event(Event::StoreTrouble);
    scene.says(6, "repeat");
    assert_eq!(scene.said_in(6), "2 + 2 is 4.");
}

#[test]
fn the_pace_is_remembered_and_rendered_for() {
    let mut scene = Scene::new();
    scene.says(5, "slower");
    scene.says(6, "2 plus 2");
    let rates: Vec<f32> = scene
        .log
        .iter()
        .filter_map(|action| match action {
            Action::Voice(Frame { message: TtsMessage::Say { rate, .. }, .. }) => Some(*rate),
            _ => None,
        })
        .collect();
    assert!(rates.iter().all(|rate| (rate - 0.9).abs() < 1e-6), "{rates:?}");
    let renders = scene.count(|a| matches!(a, Action::Voice(Frame { message: TtsMessage::Render { rate, .. }, .. }) if *rate < 0.95));
    assert_eq!(renders, Phrase::sentences().count() + READY_MADE.len());
    assert_eq!(scene.recorded(Kind::Command)[0]["command"], "slower");
}

#[test]
fn the_volume_is_confirmed_when_it_was_changed() {
    let mut scene = Scene::new();
    for (turn, outcome, phrase) in [
        (5, VolumeOutcome::Changed, Phrase::Louder),
        (6, VolumeOutcome::AtLimit, Phrase::Loudest),
        (7, VolumeOutcome::Failed, Phrase::NoVolume),
    ] {
        scene.says(turn, "louder");
        assert_eq!(scene.said_in(turn), "");
        assert!(scene.log.contains(&Action::Volume { turn, change: VolumeChange::Up }));
        scene.event(Event::Volume { turn: turn - 1, outcome });
        assert_eq!(scene.said_in(turn), "", "another turn's outcome");
        scene.event(Event::Volume { turn, outcome });
        assert!(is(phrase, &scene.said_in(turn)));
    }
    scene.says(8, "quieter");
    scene.wait(2);
    assert!(is(Phrase::NoVolume, &scene.said_in(8)), "audiod did not answer");
}

#[test]
fn what_was_heard_of_the_last_answer_is_recorded() {
    let mut scene = Scene::new();
    let played = Played { turn: 4, sentence: 2, sentence_ms: 300, complete: false };
    scene.turn(5, 0, TurnMessage::SpeechStart { expect: Expectation::default(), played: Some(played) });
    scene.finish(5, 0, "hello", 0.9);
    assert_eq!(scene.recorded(Kind::Heard)[0]["played"]["sentence"], 2);
}

#[test]
fn the_chat_is_evaluated_ahead_while_the_child_speaks() {
    let mut scene = Scene::new();
    let prefills = |scene: &Scene| -> Vec<usize> {
        scene
            .log
            .iter()
            .filter_map(|action| match action {
                Action::Model(Frame { message: LlmRequest::Prefill { messages, .. }, .. }) => {
                    Some(messages.len())
                }
                _ => None,
            })
            .collect()
    };
    scene.speech(5);
    assert_eq!(prefills(&scene), [1]);
    let speculative = |text: &str| {
        TurnMessage::Speculative(Transcript { text: text.into(), confidence: 0.9, ..Transcript::default() })
    };
    scene.turn(5, 0, speculative("why is the sky blue"));
    assert_eq!(prefills(&scene), [1, 2]);
    // Speech goes on: nothing was acted on.
    scene.turn(5, 1, TurnMessage::Partial { text: "why is the sky".into() });
    scene.turn(5, 1, speculative("2 plus 2"));
    assert_eq!(prefills(&scene), [1, 2], "arithmetic needs no model");
    assert!(scene.said().is_empty());
    scene.finish(5, 1, "why is the sky blue at noon", 0.9);
    assert_eq!(
        scene.count(|a| matches!(a, Action::Model(Frame { message: LlmRequest::Generate { .. }, .. }))),
        1
    );
}

#[test]
fn a_long_pause_begins_a_new_conversation() {
    let mut scene = Scene::new();
    scene.says(5, "slower");
    scene.wait(1_000);
    scene.log.clear();
    scene.says(6, "2 plus 2");
    let conversations: Vec<String> = scene
        .log
        .iter()
        .filter_map(|action| match action {
            Action::Record(event) => Some(event.conversation.to_string()),
            _ => None,
        })
        .collect();
    assert!(conversations.iter().all(|id| id == "c2"), "{conversations:?}");
    scene.says(7, "forget everything");
    scene.event(Event::NewConversation);
    scene.says(8, "repeat");
    assert!(is(Phrase::NothingToRepeat, &scene.said_in(8)));
}

#[test]
fn what_the_model_must_not_say_is_not_said() {
    let mut scene = Scene::new();
    scene.says(5, "Tell me about sevens.");
    scene.tokens("Well, 6 times 7 is 43. ");
    scene.done();
    let said = scene.said_in(5);
    assert!(!said.contains("43"), "{said}");
    assert!(is(Phrase::NoAnswer, scene.said().last().unwrap().1.as_str()));
    scene.says(6, "Tell me a story.");
    scene.tokens("One day. Two days. Three days. Four days. Five days. ");
    assert_eq!(scene.turn_ends(6), 1, "three sentences are enough");
    assert!(!scene.said_in(6).contains("Four"));
    assert!(scene.cancelled().contains(&scene.request().unwrap()));
}

#[test]
fn stale_and_strange_frames_change_nothing() {
    let mut scene = Scene::new();
    scene.says(9, "2 plus 2");
    scene.log.clear();
    scene.says(8, "3 plus 3");
    scene.turn(
        0,
        0,
        TurnMessage::Final(Transcript { text: "4 plus 4".into(), confidence: 1.0, ..Transcript::default() }),
    );
    scene.event(Event::Token { request: 77, text: "boo. ".into() });
    scene.event(Event::ModelDone { request: 77, reason: FinishReason::End });
    scene.event(Event::Volume { turn: 77, outcome: VolumeOutcome::Changed });
    scene.event(Event::Tick);
    assert!(scene.said().is_empty());
    assert_eq!(scene.count(|a| matches!(a, Action::Count("frames_stale"))), 3);
}

#[test]
fn matters_of_safety_never_reach_the_model() {
    let mut scene = Scene::new();
    scene.says(5, "I want to hurt myself");
    assert!(is(Phrase::SelfHarm, &scene.said_in(5)));
    assert_eq!(scene.request(), None);
    scene.says(6, "why is the sky blue");
    let in_prompt = scene.count(|action| match action {
        Action::Model(Frame { message: LlmRequest::Generate { messages, .. }, .. }) => {
            messages.iter().any(|message| message.content.contains("hurt"))
        }
        _ => false,
    });
    assert_eq!(in_prompt, 0);
}

#[test]
fn every_source_is_told_to_watchers() {
    let mut scene = Scene::new();
    scene.says(5, "2 plus 2");
    scene.says(6, "hello");
    scene.says(7, "why is the sky blue");
    let sources: Vec<Source> = scene
        .log
        .iter()
        .filter_map(|action| match action {
            Action::Watch(Frame { message: WatchMessage::Said { source, .. }, .. }) => Some(*source),
            _ => None,
        })
        .collect();
    assert_eq!(sources, [Source::Computed, Source::Fixed, Source::Model]);
    let heard =
        scene.count(|a| matches!(a, Action::Watch(Frame { message: WatchMessage::Heard { .. }, .. })));
    assert_eq!(heard, 3);
}

#[test]
fn notices_wait_for_a_voice_and_old_ones_are_dropped() {
    let mut scene = Scene::bare();
    scene.event(Event::StoreTrouble);
    scene.event(Event::PeerUp(Peer::Ears));
    scene.event(Event::PeerDown(Peer::Ears));
    scene.wait(10);
    scene.event(Event::PeerUp(Peer::Ears));
    assert!(scene.said().is_empty());
    scene.event(Event::PeerUp(Peer::Voice));
    assert_eq!(scene.said(), [(0, Phrase::CannotWrite.variants()[0][0].to_owned())]);
}
