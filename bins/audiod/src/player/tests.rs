#![allow(clippy::unwrap_used, clippy::cast_precision_loss)]
use super::*;
use proptest::prelude::*;

const RATE: u32 = 16_000;
/// Largest step between samples of the test's tone: 200 Hz at 16 kHz and half scale.
const TONE_STEP: f32 = 0.5 * std::f32::consts::TAU * 200.0 / 16_000.0;

fn tone(samples: usize) -> Vec<f32> {
    (0..samples).map(|n| 0.5 * (std::f32::consts::TAU * 200.0 * n as f32 / RATE as f32).sin()).collect()
}

fn say(player: &mut Player, turn: u64, sentence: u32, samples: Vec<f32>) {
    player.push(Item::Sentence { turn, sentence, rate_hz: RATE });
    player.push(Item::Pcm(samples));
    player.push(Item::SentenceEnd);
}

fn render(player: &mut Player, samples: usize) -> (Vec<f32>, Vec<Event>) {
    let (mut out, mut events) = (vec![9.0; samples], Vec::new());
    for block in out.chunks_mut(160) {
        player.render(block, &mut events);
    }
    (out, events)
}

fn largest_step(samples: &[f32]) -> f32 {
    samples.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn a_sentence_comes_out_whole_and_is_counted_to_the_sample() {
    let mut player = Player::new(RATE, 100);
    say(&mut player, 7, 1, vec![0.25; 1_000]);
    player.push(Item::TurnEnd { turn: 7 });
    assert_eq!(player.queued_ms(), 62);
    let (out, events) = render(&mut player, 1_600);
    assert_eq!(out[80..1_000], vec![0.25; 920], "after the edge of 5 ms");
    assert!(out[1_100..].iter().all(|sample| *sample == 0.0));
    assert_eq!(
        events,
        [
            Event { at: 0, kind: EventKind::SentenceBegan { turn: 7, sentence: 1 } },
            Event { at: 1_000, kind: EventKind::TurnDone { turn: 7 } },
        ]
    );
    assert_eq!(player.position(), 1_600);
    assert!(player.is_silent());
    // 48 samples of the speaker's own buffer have not been heard.
    assert_eq!(player.reached(952), Some(Reached { turn: 7, sentence: 1, sentence_ms: 60, complete: false }));
    assert_eq!(
        player.reached(1_600),
        Some(Reached { turn: 7, sentence: 1, sentence_ms: 63, complete: true }),
        "62.5 ms, rounded"
    );
    assert_eq!(player.reached(0), None);
}

#[test]
fn the_voices_rate_becomes_the_devices_and_lengths_stay() {
    let mut player = Player::new(48_000, 100);
    for sentence in 1..=2 {
        player.push(Item::Sentence { turn: 1, sentence, rate_hz: 22_050 });
        for part in vec![0.25; 22_050].chunks(777) {
            player.push(Item::Pcm(part.to_vec()));
        }
        player.push(Item::SentenceEnd);
    }
    player.push(Item::TurnEnd { turn: 1 });
    let (out, events) = render(&mut player, 100_000);
    assert_eq!(events.last(), Some(&Event { at: 96_000, kind: EventKind::TurnDone { turn: 1 } }));
    assert!((out[24_000] - 0.25).abs() < 0.01);
    assert_eq!(player.queued_ms(), 0);
}

#[test]
fn a_sentence_begins_with_its_first_40_ms_and_not_before() {
    let mut player = Player::new(RATE, 100);
    player.push(Item::Sentence { turn: 1, sentence: 1, rate_hz: RATE });
    player.push(Item::Pcm(vec![0.5; 320]));
    assert!(render(&mut player, 160).1.is_empty(), "20 ms are too little");
    player.push(Item::Pcm(vec![0.5; 320]));
    assert_eq!(render(&mut player, 160).1[0].at, 160, "40 ms are enough");
    // A sentence shorter than that begins when it is complete.
    let mut player = Player::new(RATE, 100);
    say(&mut player, 1, 1, vec![0.5; 16]);
    assert_eq!(render(&mut player, 160).1.len(), 1);
}

#[test]
fn a_voice_that_stops_after_announcing_a_sentence_leaves_silence() {
    let mut player = Player::new(RATE, 100);
    say(&mut player, 1, 1, vec![0.5; 320]);
    player.push(Item::Sentence { turn: 1, sentence: 2, rate_hz: RATE });
    assert!(!player.is_silent());
    render(&mut player, 640);
    assert!(player.is_silent(), "the speaker may rest");
    player.push(Item::Pcm(vec![0.5; 640]));
    assert!(!player.is_silent(), "and goes on when there is something");
}

#[test]
fn what_was_not_begun_moves_to_another_device() {
    let mut player = Player::new(RATE, 100);
    say(&mut player, 1, 1, vec![0.5; 1_600]);
    say(&mut player, 1, 2, vec![0.5; 1_600]);
    player.push(Item::TurnEnd { turn: 1 });
    render(&mut player, 160);
    let queued = player.take_queue();
    assert_eq!(queued.len(), 6, "{queued:?}");
    let mut other = Player::new(48_000, 100);
    queued.into_iter().for_each(|item| other.push(item));
    let (_, events) = render(&mut other, 19_200);
    assert_eq!(events.last().unwrap().kind, EventKind::TurnDone { turn: 1 });
}

#[test]
fn an_underrun_is_counted_once_and_makes_no_click() {
    let mut player = Player::new(RATE, 100);
    player.push(Item::Sentence { turn: 1, sentence: 1, rate_hz: RATE });
    player.push(Item::Pcm(tone(900)));
    let (mut out, _) = render(&mut player, 1_600);
    assert_eq!(player.underruns(), 1);
    player.push(Item::Pcm(tone(900)));
    player.push(Item::SentenceEnd);
    out.extend(render(&mut player, 1_600).0);
    assert_eq!(player.underruns(), 1);
    assert!(largest_step(&out) < TONE_STEP + 0.02, "step of {}", largest_step(&out));
    assert_eq!(player.reached(u64::MAX).unwrap().sentence_ms, 113, "both parts count");
}

#[test]
fn a_flush_falls_silent_within_10_ms_without_a_click() {
    for after in [0, 1, 160, 240, 999, 1_000] {
        let mut player = Player::new(RATE, 100);
        say(&mut player, 1, 1, tone(16_000));
        say(&mut player, 1, 2, tone(16_000));
        let (mut out, _) = render(&mut player, after);
        player.flush();
        assert_eq!(player.queued_ms(), 0);
        out.extend(render(&mut player, 1_600).0);
        let loudest = out[after + 160..].iter().fold(0.0_f32, |loudest, sample| loudest.max(sample.abs()));
        assert!(loudest < 1e-6, "{loudest} is heard after 10 ms");
        assert!(largest_step(&out) < TONE_STEP + 0.02, "step of {} after {after}", largest_step(&out));
        // And what comes after is heard.
        say(&mut player, 2, 1, vec![0.25; 1_600]);
        let (out, events) = render(&mut player, 1_600);
        assert_eq!(events[0].kind, EventKind::SentenceBegan { turn: 2, sentence: 1 });
        assert!((out[800] - 0.25).abs() < 1e-6);
    }
}

#[test]
fn the_volume_moves_smoothly_and_zero_is_silence() {
    let mut player = Player::new(RATE, 100);
    say(&mut player, 1, 1, vec![0.5; 16_000]);
    let (mut out, _) = render(&mut player, 1_600);
    player.set_volume(0);
    let (falling, _) = render(&mut player, 1_600);
    assert_eq!(falling[200..], vec![0.0; 1_400]);
    out.extend(falling);
    player.set_volume(50);
    let (rising, _) = render(&mut player, 1_600);
    assert!((rising[400] - 0.5 * 0.125).abs() < 1e-6, "the cube of a half");
    out.extend(rising);
    assert!(largest_step(&out) < 0.02, "step of {}", largest_step(&out));
}

#[test]
fn an_empty_answer_is_done_at_once() {
    let mut player = Player::new(RATE, 100);
    player.push(Item::TurnEnd { turn: 3 });
    assert_eq!(render(&mut player, 160).1, [Event { at: 0, kind: EventKind::TurnDone { turn: 3 } }]);
}

#[test]
fn a_rate_that_cannot_be_played_is_skipped_and_the_turn_still_ends() {
    let mut player = Player::new(RATE, 100);
    player.push(Item::Sentence { turn: 3, sentence: 1, rate_hz: 1 });
    player.push(Item::Pcm(vec![0.5; 1_000]));
    player.push(Item::SentenceEnd);
    player.push(Item::TurnEnd { turn: 3 });
    let (_, events) = render(&mut player, 1_600);
    assert_eq!(events.last().unwrap().kind, EventKind::TurnDone { turn: 3 });
}

#[derive(Debug, Clone)]
enum Step {
    Sentence(u32),
    Pcm(usize),
    End,
    TurnEnd,
    Flush,
    Volume(u8),
    Render(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        prop::sample::select(vec![0, 8_000, 16_000, 22_050]).prop_map(Step::Sentence),
        (0_usize..3_000).prop_map(Step::Pcm),
        Just(Step::End),
        Just(Step::TurnEnd),
        Just(Step::Flush),
        (0_u8..=100).prop_map(Step::Volume),
        (0_usize..2_000).prop_map(Step::Render),
    ];
    prop::collection::vec(step, 0..60)
}

proptest! {
    /// Whatever a peer sends and in whatever order, every sample is in range and every one is counted.
    #[test]
    fn any_order_of_items_is_survived(steps in steps()) {
        let mut player = Player::new(RATE, 80);
        let mut given = 0;
        for step in steps {
            match step {
                Step::Sentence(rate_hz) => player.push(Item::Sentence { turn: 1, sentence: 1, rate_hz }),
                Step::Pcm(samples) => player.push(Item::Pcm(tone(samples))),
                Step::End => player.push(Item::SentenceEnd),
                Step::TurnEnd => player.push(Item::TurnEnd { turn: 1 }),
                Step::Flush => player.flush(),
                Step::Volume(volume) => player.set_volume(volume),
                Step::Render(samples) => {
                    let (out, events) = render(&mut player, samples);
                    prop_assert!(out.iter().all(|sample| sample.abs() <= 1.0));
                    given += samples as u64;
                    prop_assert!(events.iter().all(|event| event.at <= given));
                }
            }
            prop_assert_eq!(player.position(), given);
        }
    }
}
