#![allow(clippy::unwrap_used, clippy::panic, clippy::float_cmp)]
use super::*;
use crate::ear::VoiceConfig;
use crate::ear::gate::{FRAME, Gate};
use iseetutor_wire::TurnTiming;

const BASE: u64 = 77 << 32;

/// Takes a frame for voice when its samples are above a half.
struct Loud;

impl Gate for Loud {
    fn is_voice(&mut self, frame: &[f32; FRAME]) -> bool {
        frame[0] > 0.5
    }
    fn reset(&mut self) {}
}

/// A conversation with a clock that runs with the sound.
struct Table {
    conversation: Conversation,
    now_us: u64,
    reached: Option<Reached>,
}

impl Table {
    fn new(barge_in: bool) -> Self {
        let rules = Rules { barge_in, echo_tail_us: 200_000, reply_timeout_us: 20_000_000 };
        let ear = Ear::new(&VoiceConfig::default(), Box::new(Loud));
        let mut conversation = Conversation::new(rules, ear, BASE);
        conversation.stt_connected(true);
        conversation.voice_connected();
        Self { conversation, now_us: 5_000_000, reached: None }
    }

    /// Milliseconds (in steps of 16) of voice or silence.
    fn hear(&mut self, ms: u64, voice: bool) -> Vec<Effect> {
        let mut out = Vec::new();
        for _ in 0..ms / 16 {
            self.now_us += 16_000;
            let frame = [if voice { 0.9 } else { 0.0 }; FRAME];
            self.conversation.sound(&frame, self.now_us, self.now_us, self.reached, &mut out);
        }
        out
    }

    fn utterance(&mut self) -> Vec<Effect> {
        let mut out = self.hear(320, true);
        out.extend(self.hear(512, false));
        out
    }

    fn voice(&mut self, turn: u64, revision: u32, message: PlayMessage) -> Vec<Effect> {
        let mut out = Vec::new();
        self.conversation.voice(1, Frame::new(turn, revision, message), self.now_us, &mut out);
        out
    }

    fn played(&mut self, played: &Played) -> Vec<Effect> {
        let mut out = Vec::new();
        self.conversation.played(played, &mut out);
        out
    }

    /// The answer's first sentence is sent and heard.
    fn answer(&mut self, turn: u64) -> Vec<Effect> {
        self.voice(turn, 0, sentence(1));
        self.voice(turn, 0, PlayMessage::Pcm { pcm: vec![0; 100] });
        self.played(&Played::SentenceBegan { turn, sentence: 1, at_us: self.now_us })
    }
}

fn sentence(sentence: u32) -> PlayMessage {
    PlayMessage::Sentence { sentence, rate_hz: 22_050, timing: TurnTiming::default(), prepared: false }
}

/// Kinds of what goes to speech to text, with turn and revision, sound left out.
fn told(effects: &[Effect]) -> Vec<(u64, u32, &'static str)> {
    use iseetutor_wire::Message;
    let frames = effects.iter().filter_map(|effect| match effect {
        Effect::Stt(frame) if !matches!(frame.message, SttMessage::Audio { .. }) => {
            Some((frame.turn, frame.revision, frame.message.kind()))
        }
        _ => None,
    });
    frames.collect()
}

#[test]
fn an_utterance_is_a_turn_and_goes_on_in_the_next_revision() {
    let mut table = Table::new(true);
    let mut effects = table.hear(320, true);
    effects.extend(table.hear(304, false));
    effects.extend(table.hear(160, true));
    effects.extend(table.hear(512, false));
    let first = BASE + 1;
    assert_eq!(
        told(&effects),
        [(first, 0, "speech_start"), (first, 0, "pause"), (first, 1, "pause"), (first, 1, "speech_end")]
    );
    assert_eq!(table.conversation.number(), 1);
    assert!(table.conversation.is_answering());
    assert_eq!(told(&table.utterance())[0], (first + 1, 0, "speech_start"));
}

#[test]
fn sound_is_sent_in_frames_of_100_ms_at_most_and_points_in_time_are_right() {
    let mut table = Table::new(true);
    table.hear(1_600, false);
    let onset_us = table.now_us;
    let effects = table.hear(320, true);
    let speech_end_us = table.now_us;
    let mut ending = table.hear(512, false);
    for effect in effects.iter().chain(&ending) {
        if let Effect::Stt(Frame { message: SttMessage::Audio { pcm }, .. }) = effect {
            assert!(pcm.len() <= 3_200);
        }
    }
    let Some(Effect::Stt(Frame { message: SttMessage::SpeechStart { at_us, .. }, .. })) = effects.get(1)
    else {
        panic!("{:?}", effects.first())
    };
    assert_eq!(*at_us, onset_us);
    ending.retain(|effect| matches!(effect, Effect::Stt(frame) if matches!(frame.message, SttMessage::SpeechEnd { .. })));
    let [Effect::Stt(Frame { message: SttMessage::SpeechEnd { speech_end_us: end, endpoint_ms }, .. })] =
        ending[..]
    else {
        panic!("{ending:?}")
    };
    assert_eq!(end, speech_end_us);
    assert_eq!(endpoint_ms, 512.0, "the first multiple of 16 ms from 500 ms on");
}

#[test]
fn barge_in_flushes_raises_the_turn_and_reports_how_far_the_answer_got() {
    let mut table = Table::new(true);
    table.utterance();
    table.answer(BASE + 1);
    assert!(table.conversation.is_speaking());
    table.reached = Some(Reached { turn: BASE + 1, sentence: 1, sentence_ms: 740, complete: false });
    let effects = table.hear(96, true);
    assert!(effects.contains(&Effect::Flush));
    let Effect::Stt(frame) = &effects[2] else { panic!("{effects:?}") };
    assert_eq!(frame.turn, BASE + 2);
    let SttMessage::SpeechStart { played, .. } = &frame.message else { panic!("{frame:?}") };
    let wanted = PlayedReport { turn: BASE + 1, sentence: 1, sentence_ms: 740, complete: false };
    assert_eq!(played.as_ref(), Some(&wanted));
    // What the voice still sends for the old turn is dropped.
    assert_eq!(table.voice(BASE + 1, 0, sentence(2)), [Effect::Count("frames_stale")]);
    // And the report is made once.
    table.hear(800, false);
    let effects = table.hear(96, true);
    let Effect::Stt(Frame { message: SttMessage::SpeechStart { played: None, .. }, .. }) = &effects[2] else {
        panic!("{effects:?}")
    };
}

#[test]
fn without_barge_in_the_microphone_is_ignored_while_the_tutor_speaks_and_a_little_after() {
    let mut table = Table::new(false);
    table.utterance();
    table.answer(BASE + 1);
    assert_eq!(table.hear(2_000, true), [], "the tutor's own voice");
    table.played(&Played::TurnDone { turn: BASE + 1 });
    table.played(&Played::Silent { since_us: table.now_us });
    assert_eq!(table.hear(192, true), [], "the room's echo of it");
    assert_eq!(told(&table.hear(320, true))[0], (BASE + 2, 0, "speech_start"));
}

#[test]
fn the_button_interrupts_even_without_barge_in_and_its_release_ends_the_utterance() {
    let mut table = Table::new(false);
    table.utterance();
    table.answer(BASE + 1);
    let mut effects = Vec::new();
    table.conversation.button(true, table.now_us, None, &mut effects);
    assert!(effects.contains(&Effect::Flush));
    assert_eq!(told(&effects), [(BASE + 2, 0, "speech_start")]);
    let mut effects = table.hear(320, true);
    effects.extend(table.hear(2_000, false));
    assert_eq!(told(&effects), [(BASE + 2, 0, "pause")], "held, it does not end by silence");
    let mut effects = Vec::new();
    table.conversation.button(false, table.now_us, None, &mut effects);
    assert_eq!(told(&effects), [(BASE + 2, 0, "speech_end")]);
    table.conversation.button(false, table.now_us, None, &mut effects);
    assert_eq!(effects.len(), 2, "a release without a press is nothing: {effects:?}");
}

#[test]
fn stages_add_up_to_what_the_child_waited() {
    let mut table = Table::new(true);
    table.utterance();
    let speech_end_us = table.now_us - 512_000;
    table.now_us += 300_000;
    let timing = TurnTiming {
        speech_end_us,
        endpoint_ms: Some(512.0),
        stt_ms: Some(180.0),
        stt_wait_ms: Some(20.0),
        first_token_ms: Some(60.0),
        first_clause_ms: Some(150.0),
        tts_first_audio_ms: Some(110.0),
    };
    table.voice(BASE + 1, 0, PlayMessage::Sentence { sentence: 1, rate_hz: 22_050, timing, prepared: false });
    table.voice(BASE + 1, 0, PlayMessage::Pcm { pcm: vec![0; 100] });
    let heard = Played::SentenceBegan { turn: BASE + 1, sentence: 1, at_us: table.now_us + 15_000 };
    let effects = table.played(&heard);
    let [Effect::Record(record)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(record["turn"], 1.0);
    assert_eq!(record["speech_end_to_first_audio_ms"], 827.0);
    assert_eq!(record["play_ms"], 15.0);
    assert_eq!(record["unaccounted_ms"], 20.0);
    let stages =
        ["endpoint_ms", "stt_wait_ms", "first_clause_ms", "tts_first_audio_ms", "play_ms", "unaccounted_ms"];
    assert_eq!(stages.iter().map(|stage| record[*stage]).sum::<f64>(), 827.0);
    assert_eq!(table.played(&heard), [], "the first sample counts, and only that");
}

#[test]
fn the_expectation_changes_the_end_of_the_next_utterance_and_no_more() {
    let mut table = Table::new(true);
    table.utterance();
    let expect = Expectation { silence_ms: Some(208), ..Expectation::default() };
    table.voice(BASE + 1, 0, PlayMessage::TurnEnd { expect: expect.clone() });
    let mut effects = table.hear(320, true);
    effects.extend(table.hear(208, false));
    assert_eq!(told(&effects).last(), Some(&(BASE + 2, 0, "speech_end")));
    let Effect::Stt(Frame { message: SttMessage::SpeechStart { expect: told, .. }, .. }) = &effects[1] else {
        panic!("{effects:?}")
    };
    assert_eq!(*told, expect);
    let mut effects = table.hear(320, true);
    effects.extend(table.hear(304, false));
    assert_eq!(self::told(&effects).last(), Some(&(BASE + 3, 0, "pause")), "back to 500 ms");
}

#[test]
fn a_voice_that_dies_in_mid_answer_is_replaced_by_its_notice() {
    let mut table = Table::new(true);
    let keep = |pcm: &[u8], last| PlayMessage::Keep {
        name: "voice_lost".into(),
        rate_hz: 16_000,
        pcm: pcm.to_vec(),
        last,
    };
    table.voice(0, 0, keep(&[0, 64], false));
    table.voice(0, 0, keep(&[0, 64], true));
    table.utterance();
    table.answer(BASE + 1);
    let mut effects = Vec::new();
    table.conversation.voice_closed(1, None, &mut effects);
    let turn = BASE + 1;
    assert_eq!(
        effects,
        [
            Effect::Say(Item::SentenceEnd),
            Effect::Say(Item::Sentence { turn, sentence: 0, rate_hz: 16_000 }),
            Effect::Say(Item::Pcm(vec![0.5, 0.5])),
            Effect::Say(Item::SentenceEnd),
            Effect::Say(Item::TurnEnd { turn }),
            Effect::Count("notices_played"),
        ]
    );
    table.played(&Played::TurnDone { turn });
    assert!(!table.conversation.is_answering() || table.conversation.is_speaking());
    // And the next turn, with the voice still gone, is answered by the notice at once.
    let effects = table.utterance();
    assert!(effects.contains(&Effect::Count("notices_played")));
}

#[test]
fn a_voice_that_leaves_after_a_complete_answer_is_not_missed() {
    let mut table = Table::new(true);
    table.voice(
        0,
        0,
        PlayMessage::Keep { name: "voice_lost".into(), rate_hz: 16_000, pcm: vec![0, 64], last: true },
    );
    table.utterance();
    table.answer(BASE + 1);
    table.voice(BASE + 1, 0, PlayMessage::TurnEnd { expect: Expectation::default() });
    let mut effects = Vec::new();
    table.conversation.voice_closed(1, None, &mut effects);
    assert_eq!(effects, []);
}

#[test]
fn frames_out_of_place_are_refused_and_change_nothing() {
    let mut table = Table::new(true);
    table.utterance();
    let turn = BASE + 1;
    let refused = [Effect::Count("frames_refused")];
    assert_eq!(table.voice(turn, 0, PlayMessage::Pcm { pcm: vec![0; 4] }), refused, "no sentence is open");
    let strange =
        PlayMessage::Sentence { sentence: 1, rate_hz: 7, timing: TurnTiming::default(), prepared: false };
    assert_eq!(table.voice(turn, 0, strange), refused);
    table.voice(turn, 0, sentence(1));
    assert_eq!(table.voice(turn, 0, PlayMessage::Pcm { pcm: vec![0; 3] }), refused, "half a sample");
    assert_eq!(
        table.voice(turn + 5, 0, sentence(1))[0],
        Effect::Say(Item::SentenceEnd),
        "a turn nobody began"
    );
}

#[test]
fn stop_makes_the_turn_void_everywhere() {
    let mut table = Table::new(true);
    table.utterance();
    table.answer(BASE + 1);
    let mut effects = Vec::new();
    table.conversation.stop(table.now_us, None, &mut effects);
    assert!(effects.contains(&Effect::Flush));
    assert_eq!(told(&effects), [(BASE + 2, 0, "speech_start"), (BASE + 2, 0, "cancel")]);
    assert_eq!(table.voice(BASE + 1, 0, sentence(2)), [Effect::Count("frames_stale")]);
}

#[test]
fn an_answer_that_never_comes_is_given_up_and_one_that_is_heard_is_not() {
    let mut table = Table::new(true);
    table.utterance();
    let mut effects = Vec::new();
    table.conversation.tick(table.now_us + 19_000_000, &mut effects);
    assert!(table.conversation.is_answering());
    table.conversation.tick(table.now_us + 20_000_000, &mut effects);
    assert_eq!(effects, [Effect::Count("replies_missed")]);
    assert!(!table.conversation.is_answering());
    table.utterance();
    table.answer(BASE + 2);
    table.conversation.tick(table.now_us + 90_000_000, &mut effects);
    assert!(table.conversation.is_answering());
}

#[test]
fn without_speech_to_text_nobody_waits_for_an_answer() {
    let mut table = Table::new(true);
    table.conversation.stt_connected(false);
    table.utterance();
    assert!(!table.conversation.is_answering());
}

#[test]
fn a_closed_microphone_cancels_what_was_being_said() {
    let mut table = Table::new(true);
    table.hear(320, true);
    let mut effects = Vec::new();
    table.conversation.deaf(table.now_us, &mut effects);
    assert_eq!(told(&effects), [(BASE + 1, 0, "cancel")]);
    assert!(!table.conversation.is_listening());
}

fn prepared() -> PlayMessage {
    PlayMessage::Sentence { sentence: 1, rate_hz: 22_050, timing: TurnTiming::default(), prepared: true }
}

fn commit() -> PlayMessage {
    let timing = TurnTiming { stt_wait_ms: Some(0.0), first_clause_ms: Some(1.0), ..TurnTiming::default() };
    PlayMessage::Commit { timing }
}

/// What goes to the speaker.
fn said(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::Say(_))).count()
}

#[test]
fn a_prepared_answer_waits_for_the_end_and_for_the_word() {
    let mut table = Table::new(true);
    table.hear(320, true);
    assert_eq!(told(&table.hear(112, false)), [(BASE + 1, 0, "pause")]);
    let turn = BASE + 1;
    assert_eq!(table.voice(turn, 0, PlayMessage::Endpoint { silence_ms: 208 }), []);
    assert_eq!(table.voice(turn, 0, prepared()), []);
    assert_eq!(table.voice(turn, 0, PlayMessage::Pcm { pcm: vec![0; 100] }), []);
    assert_eq!(table.voice(turn, 0, PlayMessage::TurnEnd { expect: Expectation::default() }), []);
    let effects = table.hear(96, false);
    assert_eq!(told(&effects), [(turn, 0, "speech_end")], "208 ms, not 500");
    assert_eq!(said(&effects), 0, "nobody said that it stands");
    let effects = table.voice(turn, 0, commit());
    assert_eq!(effects[0], Effect::Count("answers_prepared"));
    assert_eq!(said(&effects), 4, "sentence, sound, its end, the turn's end: {effects:?}");
    let effects = table.played(&Played::SentenceBegan { turn, sentence: 1, at_us: table.now_us + 10_000 });
    let [Effect::Record(record)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(record["speech_end_to_first_audio_ms"], 218.0);
    assert_eq!((record["endpoint_ms"], record["tts_first_audio_ms"], record["play_ms"]), (208.0, 0.0, 10.0));
}

#[test]
fn a_child_that_goes_on_hears_nothing_of_what_was_prepared() {
    let mut table = Table::new(true);
    table.hear(320, true);
    table.hear(112, false);
    let turn = BASE + 1;
    table.voice(turn, 0, PlayMessage::Endpoint { silence_ms: 3_000 });
    table.voice(turn, 0, prepared());
    assert_eq!(told(&table.hear(1_600, false)), [], "an unfinished answer is waited for");
    let effects = table.hear(96, true);
    assert!(effects.contains(&Effect::Count("answers_prepared_in_vain")), "{effects:?}");
    assert_eq!(table.voice(turn, 0, commit()), [Effect::Count("frames_stale")]);
    let effects = table.hear(512, false);
    assert_eq!(told(&effects).last(), Some(&(turn, 1, "speech_end")));
    // What is said to the whole of it is heard as ever.
    assert_eq!(said(&table.voice(turn, 1, sentence(1))), 1);
}

#[test]
fn another_answer_can_take_the_place_of_a_prepared_one() {
    let mut table = Table::new(true);
    table.hear(320, true);
    table.hear(112, false);
    let turn = BASE + 1;
    table.voice(turn, 0, prepared());
    table.hear(400, false);
    assert_eq!(table.voice(turn, 0, PlayMessage::Cancel {}), []);
    assert_eq!(said(&table.answer(turn)), 0);
    assert!(table.conversation.is_speaking() && table.conversation.is_answering());
}
