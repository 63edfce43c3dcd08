//! Where utterances begin and end: a state machine over "voice" and "no voice", driven by sample
//! counts alone. It knows no clock, no detector and no sound.
//!
//! ```text
//! quiet --attack of voice--> talking --100 ms without--> paused --500 ms without--> quiet (end)
//!                               ^------- voice again (resume) -----'
//! ```

/// The lengths that decide, all in samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Voice that makes an utterance begin.
    pub attack: u64,
    /// Voice that counts as going on after a gap; shorter bursts (a click) do not hold up the end.
    pub resume: u64,
    /// Silence that makes a pause.
    pub pause: u64,
    /// Silence that makes an end, unless the expectation says otherwise.
    pub end: u64,
    /// Voice without which an utterance was none.
    pub min_voice: u64,
    /// Longest utterance.
    pub max: u64,
}

/// Shortest silence that an expectation can set as the end, in samples: 150 ms at 16 kHz.
pub const MIN_END: u64 = 2_400;
/// Longest silence that an expectation can set as the end, in samples: 5 s at 16 kHz.
pub const MAX_END: u64 = 80_000;

/// Why an utterance ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndCause {
    /// The silence after it was long enough.
    Silence,
    /// It reached the longest length.
    TooLong,
    /// The push-to-talk button was released.
    Released,
}

/// What happened, with positions in samples since the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An utterance began with the voice at `onset`.
    Start {
        /// First voice.
        onset: u64,
    },
    /// The voice has been gone for a first short while.
    Pause {
        /// End of the last voice.
        speech_end: u64,
    },
    /// The voice went on after a pause.
    Resume,
    /// The utterance is over.
    End {
        /// End of the last voice.
        speech_end: u64,
        /// Why.
        cause: EndCause,
    },
    /// The utterance was too little to be one.
    Cancel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Quiet {
        /// Voice gathered towards the attack, less what silence took away.
        gathered: u64,
        /// Where that voice began.
        onset: u64,
    },
    Talking {
        onset: u64,
        /// End of the last voice that counts.
        voice_end: u64,
        /// Voice up to now without a gap.
        run: u64,
        /// All voice that counts.
        voiced: u64,
        paused: bool,
        /// Silence that ends it, judged by what it holds; void when it goes on.
        judged: Option<u64>,
        /// Whether the push-to-talk button keeps it open.
        held: bool,
    },
}

/// The state machine.
#[derive(Debug, Clone)]
pub struct Segmenter {
    rules: Rules,
    /// Silence that ends the next utterance, instead of the rule's.
    expected_end: Option<u64>,
    at: u64,
    state: State,
}

impl Segmenter {
    /// A machine that is quiet at position 0.
    #[must_use]
    pub fn new(rules: Rules) -> Self {
        Self { rules, expected_end: None, at: 0, state: State::Quiet { gathered: 0, onset: 0 } }
    }

    /// Samples taken so far.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.at
    }

    /// Whether an utterance is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Talking { .. })
    }

    /// Sets the silence in samples that ends utterances from now on; `None` for the rule's own.
    pub fn expect_end(&mut self, silence: Option<u64>) {
        self.expected_end = silence.map(|samples| samples.clamp(MIN_END, MAX_END));
    }

    /// Sets the silence in samples that ends the utterance under way; it holds as long as the pause does. Does nothing
    /// in quiet and while there is no pause, which means that the judgement comes too late.
    pub fn end_after(&mut self, silence: u64) {
        if let State::Talking { paused: true, judged, .. } = &mut self.state {
            *judged = Some(silence.clamp(MIN_END, MAX_END));
        }
    }

    /// Takes `samples` more samples, all of them voice or none.
    pub fn step(&mut self, samples: u64, voice: bool) -> Option<Mark> {
        let from = self.at;
        self.at += samples;
        match &mut self.state {
            State::Quiet { gathered, onset } => {
                if voice {
                    if *gathered == 0 {
                        *onset = from;
                    }
                    *gathered += samples;
                } else {
                    // Silence counts double, so that now and then a voiced frame in noise never adds up.
                    *gathered = gathered.saturating_sub(2 * samples);
                }
                if *gathered < self.rules.attack {
                    return None;
                }
                let (onset, voiced) = (*onset, *gathered);
                self.state = State::Talking {
                    onset,
                    voice_end: self.at,
                    run: voiced,
                    voiced,
                    paused: false,
                    judged: None,
                    held: false,
                };
                Some(Mark::Start { onset })
            }
            State::Talking { onset, voice_end, run, voiced, paused, judged, held } => {
                if voice {
                    *run += samples;
                    let counts = *run >= self.rules.resume;
                    if counts {
                        // The beginning of a run counts once the run is long enough.
                        *voiced += if *run - samples < self.rules.resume { *run } else { samples };
                        *voice_end = self.at;
                    }
                    if self.at - *onset >= self.rules.max {
                        return Some(self.close(EndCause::TooLong));
                    }
                    if counts && *paused {
                        *paused = false;
                        *judged = None;
                        return Some(Mark::Resume);
                    }
                    return None;
                }
                *run = 0;
                let silence = self.at - *voice_end;
                let end = judged.or(self.expected_end).unwrap_or(self.rules.end);
                if self.at - *onset >= self.rules.max {
                    return Some(self.close(EndCause::TooLong));
                }
                if silence >= end && !*held {
                    return Some(self.close(EndCause::Silence));
                }
                if silence >= self.rules.pause && !*paused {
                    *paused = true;
                    return Some(Mark::Pause { speech_end: *voice_end });
                }
                None
            }
        }
    }

    /// The push-to-talk button was pressed: opens an utterance here, or keeps the open one open.
    pub fn hold(&mut self) -> Option<Mark> {
        if let State::Talking { held, .. } = &mut self.state {
            *held = true;
            return None;
        }
        let onset = self.at;
        self.state = State::Talking {
            onset,
            voice_end: onset,
            run: 0,
            voiced: 0,
            paused: false,
            judged: None,
            held: true,
        };
        Some(Mark::Start { onset })
    }

    /// The push-to-talk button was released: ends the utterance it held open.
    pub fn release(&mut self) -> Option<Mark> {
        match self.state {
            State::Talking { held: true, .. } => Some(self.close(EndCause::Released)),
            _ => None,
        }
    }

    /// Gives up an open utterance, because the microphone is gone or ignored from now on.
    pub fn abandon(&mut self) -> Option<Mark> {
        let open = self.is_open();
        self.state = State::Quiet { gathered: 0, onset: self.at };
        open.then_some(Mark::Cancel)
    }

    fn close(&mut self, cause: EndCause) -> Mark {
        let state = std::mem::replace(&mut self.state, State::Quiet { gathered: 0, onset: self.at });
        let State::Talking { voice_end, voiced, .. } = state else { return Mark::Cancel };
        // A button that was pressed says that something was meant; silence alone is still nothing.
        let enough = if cause == EndCause::Released { voiced > 0 } else { voiced >= self.rules.min_voice };
        if enough { Mark::End { speech_end: voice_end, cause } } else { Mark::Cancel }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    const FRAME: u64 = 256;
    const RULES: Rules =
        Rules { attack: 1_024, resume: 512, pause: 3_200, end: 8_000, min_voice: 1_536, max: 480_000 };

    /// Marks of a pattern such as `"....####"`, a character for each frame, with the frame they came at.
    fn run(machine: &mut Segmenter, pattern: &str) -> Vec<(usize, Mark)> {
        pattern
            .chars()
            .enumerate()
            .filter_map(|(frame, kind)| machine.step(FRAME, kind == '#').map(|mark| (frame, mark)))
            .collect()
    }

    fn silence(frames: usize) -> String {
        ".".repeat(frames)
    }

    #[test]
    fn an_utterance_has_a_start_a_pause_and_an_end() {
        let mut machine = Segmenter::new(RULES);
        let pattern = format!("...{}{}", "#".repeat(10), silence(40));
        let marks = run(&mut machine, &pattern);
        let speech_end = 13 * FRAME;
        assert_eq!(
            marks,
            [
                (6, Mark::Start { onset: 3 * FRAME }),
                // 13 frames of silence are the first to reach 200 ms, 32 to reach 500 ms.
                (25, Mark::Pause { speech_end }),
                (44, Mark::End { speech_end, cause: EndCause::Silence }),
            ]
        );
    }

    #[test]
    fn speech_after_a_pause_resumes_and_a_click_does_not_hold_up_the_end() {
        let mut machine = Segmenter::new(RULES);
        let marks = run(&mut machine, &format!("{}{}{}", "#".repeat(10), silence(15), "##"));
        assert_eq!(marks.last(), Some(&(26, Mark::Resume)));
        let mut machine = Segmenter::new(RULES);
        let marks = run(&mut machine, &format!("{}{}#{}", "#".repeat(10), silence(15), silence(16)));
        assert!(
            matches!(marks.last(), Some((41, Mark::End { speech_end: 2_560, .. }))),
            "one voiced frame is a click: {marks:?}"
        );
    }

    #[test]
    fn noise_that_flickers_does_not_begin_an_utterance() {
        let mut machine = Segmenter::new(RULES);
        assert_eq!(run(&mut machine, &"#.##.".repeat(200)), []);
    }

    #[test]
    fn a_cough_is_cancelled() {
        let mut machine = Segmenter::new(RULES);
        let marks = run(&mut machine, &format!("####{}", silence(40)));
        assert_eq!(marks.last().unwrap().1, Mark::Cancel);
    }

    #[test]
    fn the_expectation_shortens_and_lengthens_the_end_within_limits() {
        for (asked, wanted) in [(3_200, 3_200), (16_000, 16_000), (1, MIN_END), (u64::MAX, MAX_END)] {
            let mut machine = Segmenter::new(RULES);
            machine.expect_end(Some(asked));
            let marks = run(&mut machine, &format!("{}{}", "#".repeat(10), silence(400)));
            let (frame, Mark::End { speech_end, .. }) = *marks.last().unwrap() else { panic!("{marks:?}") };
            let silence = (frame as u64 + 1) * FRAME - speech_end;
            assert!((wanted..wanted + FRAME).contains(&silence), "{asked}: {silence}");
        }
    }

    #[test]
    fn a_judgement_holds_for_its_pause_alone() {
        let mut machine = Segmenter::new(RULES);
        machine.end_after(3_200);
        run(&mut machine, &"#".repeat(10));
        machine.end_after(3_200);
        let marks = run(&mut machine, &silence(20));
        assert_eq!(marks, [(12, Mark::Pause { speech_end: 2_560 })], "a judgement of no pause is none");
        machine.end_after(5_120);
        let marks = run(&mut machine, &silence(1));
        assert_eq!(marks, [(0, Mark::End { speech_end: 2_560, cause: EndCause::Silence })]);
        run(&mut machine, &format!("{}{}", "#".repeat(10), silence(13)));
        machine.end_after(48_000);
        assert_eq!(run(&mut machine, &silence(100)), [], "it waits longer than the rule");
        let marks = run(&mut machine, &format!("{}{}", "#".repeat(4), silence(40)));
        assert!(
            matches!(marks.last(), Some((_, Mark::End { .. }))),
            "it went on: back to the rule: {marks:?}"
        );
    }

    #[test]
    fn a_held_button_keeps_silence_open_and_its_release_ends_it() {
        let mut machine = Segmenter::new(RULES);
        assert_eq!(machine.hold(), Some(Mark::Start { onset: 0 }));
        let marks = run(&mut machine, &format!("{}{}", "#".repeat(4), silence(100)));
        assert_eq!(marks.len(), 1, "a pause and no end: {marks:?}");
        assert_eq!(machine.release(), Some(Mark::End { speech_end: 1_024, cause: EndCause::Released }));
        assert_eq!(machine.release(), None);
        machine.hold();
        run(&mut machine, &silence(10));
        assert_eq!(machine.release(), Some(Mark::Cancel), "nothing was said");
    }

    #[test]
    fn the_longest_utterance_is_cut_and_the_rest_is_another() {
        let mut machine = Segmenter::new(RULES);
        let marks = run(&mut machine, &"#".repeat(2_000));
        assert!(matches!(marks[1], (1_874, Mark::End { cause: EndCause::TooLong, .. })), "{marks:?}");
        assert!(matches!(marks[2].1, Mark::Start { .. }));
    }

    proptest! {
        /// Whatever the detector says, the marks form utterances: start, then pauses and resumes in turn,
        /// then one end or cancel; positions never go back; silence before an end is as long as it must be.
        #[test]
        fn marks_always_form_utterances(
            voice in prop::collection::vec(any::<bool>(), 0..3_000),
            stretch in 1_usize..40,
            buttons in prop::collection::vec((0_usize..3_000, any::<bool>()), 0..6),
            expected in prop::option::of(0_u64..100_000),
        ) {
            let mut machine = Segmenter::new(RULES);
            machine.expect_end(expected);
            let end = expected.map_or(RULES.end, |samples| samples.clamp(MIN_END, MAX_END));
            let mut marks = Vec::new();
            for (frame, voice) in voice.iter().flat_map(|v| std::iter::repeat_n(*v, stretch)).take(6_000).enumerate() {
                for (_, pressed) in buttons.iter().filter(|(at, _)| *at == frame) {
                    let mark = if *pressed { machine.hold() } else { machine.release() };
                    marks.extend(mark.map(|mark| (machine.position(), mark)));
                }
                let mark = machine.step(FRAME, voice);
                marks.extend(mark.map(|mark| (machine.position(), mark)));
            }
            let (mut open, mut paused, mut last_end) = (None, false, 0);
            for (at, mark) in marks {
                match mark {
                    Mark::Start { onset } => {
                        prop_assert!(open.is_none());
                        prop_assert!(onset >= last_end && onset <= at);
                        (open, paused) = (Some(onset), false);
                    }
                    Mark::Pause { speech_end } => {
                        prop_assert!(open.is_some_and(|onset| onset <= speech_end) && !paused);
                        prop_assert!(at - speech_end >= RULES.pause);
                        paused = true;
                    }
                    Mark::Resume => {
                        prop_assert!(paused);
                        paused = false;
                    }
                    Mark::End { speech_end, cause } => {
                        prop_assert!(open.is_some_and(|onset| onset < speech_end && speech_end <= at));
                        if cause == EndCause::Silence {
                            prop_assert!(at - speech_end >= end);
                        }
                        prop_assert!(at - open.unwrap_or(0) <= RULES.max + FRAME);
                        (open, last_end) = (None, at);
                    }
                    Mark::Cancel => {
                        prop_assert!(open.is_some());
                        (open, last_end) = (None, at);
                    }
                }
            }
            prop_assert_eq!(open.is_some(), machine.is_open());
        }
    }
}
