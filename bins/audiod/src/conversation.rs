//! Whose turn it is. The conversation counts turns, turns what the ear hears into frames for speech to
//! text and what the voice sends into items for the player, and keeps the record of each turn's time.
//! It does nothing by itself: what is to be done comes out as [`Effect`]s, and every point in time comes in.

mod answer;
mod notices;
mod prepared;

use iseetutor_audio::level::{extend_from_le_bytes, to_le_bytes};
use iseetutor_bus::audio1::TurnRecord;
use iseetutor_wire::message::{Expectation, PlayMessage, Played as PlayedReport, SttMessage};
use iseetutor_wire::turn::number;
use iseetutor_wire::{Frame, WireError};

use self::answer::Answer;
use self::notices::Notices;
use self::prepared::{Handling, Prepared};
use crate::ear::{Ear, Heard};
use crate::playback::Played;
use crate::player::{Item, Reached};

/// Samples at 16 kHz in a frame to speech to text at most: 100 ms.
const FRAME_SAMPLES: usize = 1_600;

/// Lowest and highest rate of a voice, in Hz.
const VOICE_RATES_HZ: std::ops::RangeInclusive<u32> = 4_000..=192_000;

/// The notice that is played when the voice is gone in mid-answer.
const VOICE_LOST: &str = "voice_lost";

/// Something to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send this to speech to text.
    Stt(Frame<SttMessage>),
    /// Queue this for the speaker.
    Say(Item),
    /// Silence the speaker and drop what is queued.
    Flush,
    /// Publish the record of the turn that is being answered.
    Record(TurnRecord),
    /// Add one to this counter.
    Count(&'static str),
}

/// The rules of the conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Whether the child can interrupt by speaking; without, the microphone is ignored while the tutor speaks.
    pub barge_in: bool,
    /// Microseconds for which it stays ignored after that.
    pub echo_tail_us: u64,
    /// Microseconds without any sign of an answer after which none is waited for.
    pub reply_timeout_us: u64,
}

/// What stands outside and changes: who is connected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Peers {
    stt: bool,
    voices: usize,
}

/// The conversation.
pub struct Conversation {
    rules: Rules,
    ear: Ear,
    turn: u64,
    revision: u32,
    /// Where the ear is, and the point in µs at which it was there.
    here: (u64, u64),
    /// Whether the tutor is heard, and since when not.
    speaking: bool,
    quiet_since_us: u64,
    answer: Option<Answer>,
    expect: Expectation,
    /// Whether something of an answer was heard that was not reported yet.
    unreported: bool,
    button: bool,
    peers: Peers,
    /// The connection whose sentence is open.
    sentence: Option<u64>,
    prepared: Prepared,
    notices: Notices,
}

impl Conversation {
    /// A conversation that counts its turns from `base` + 1; see [`iseetutor_wire::turn::first_turn`].
    #[must_use]
    pub fn new(rules: Rules, ear: Ear, base: u64) -> Self {
        Self {
            rules,
            ear,
            turn: base,
            revision: 0,
            here: (0, 0),
            speaking: false,
            quiet_since_us: 0,
            answer: None,
            expect: Expectation::default(),
            unreported: false,
            button: false,
            peers: Peers::default(),
            sentence: None,
            prepared: Prepared::default(),
            notices: Notices::default(),
        }
    }

    /// The turn at hand, counted from 1; 0 before the first.
    #[must_use]
    pub fn number(&self) -> u32 {
        number(self.turn)
    }

    /// Whether the child is speaking.
    #[must_use]
    pub fn is_listening(&self) -> bool {
        self.ear.is_open()
    }

    /// Whether the tutor is heard.
    #[must_use]
    pub fn is_speaking(&self) -> bool {
        self.speaking
    }

    /// Whether the tutor is heard or an answer is waited for.
    #[must_use]
    pub fn is_answering(&self) -> bool {
        self.speaking || self.answer.is_some()
    }

    /// Hears `samples` at 16 kHz, the last of which was captured at `end_us`. `reached` is how far the last
    /// answer got.
    pub fn sound(
        &mut self,
        samples: &[f32],
        end_us: u64,
        now_us: u64,
        reached: Option<Reached>,
        out: &mut Vec<Effect>,
    ) {
        let mut heard = Vec::new();
        let echo = self.speaking || end_us < self.quiet_since_us + self.rules.echo_tail_us;
        if echo && !self.rules.barge_in && !self.ear.is_open() {
            self.ear.ignore(samples.len(), &mut heard);
        } else {
            self.ear.hear(samples, &mut heard);
        }
        self.here = (self.ear.position(), end_us);
        self.react(heard, now_us, reached, out);
    }

    /// The push-to-talk button was pressed or released.
    pub fn button(&mut self, pressed: bool, now_us: u64, reached: Option<Reached>, out: &mut Vec<Effect>) {
        if std::mem::replace(&mut self.button, pressed) == pressed {
            return;
        }
        let mut heard = Vec::new();
        self.ear.button(pressed, &mut heard);
        self.react(heard, now_us, reached, out);
    }

    /// The microphone is closed: what was being said is none.
    pub fn deaf(&mut self, now_us: u64, out: &mut Vec<Effect>) {
        let mut heard = Vec::new();
        self.ear.ignore(0, &mut heard);
        self.button = false;
        self.react(heard, now_us, None, out);
    }

    /// Stops what is being said, here and everywhere: a turn without words makes the older one void.
    pub fn stop(&mut self, now_us: u64, reached: Option<Reached>, out: &mut Vec<Effect>) {
        if self.ear.is_open() || !self.is_answering() {
            out.push(Effect::Flush);
            return;
        }
        self.begin_turn(now_us, reached, out);
        out.push(self.stt(SttMessage::Cancel {}));
    }

    fn react(&mut self, heard: Vec<Heard>, now_us: u64, reached: Option<Reached>, out: &mut Vec<Effect>) {
        for heard in heard {
            match heard {
                Heard::Start { onset } => self.begin_turn(self.time_of(onset), reached, out),
                Heard::Audio(samples) => {
                    let frames = samples.chunks(FRAME_SAMPLES);
                    out.extend(frames.map(|part| self.stt(SttMessage::Audio { pcm: to_le_bytes(part) })));
                }
                Heard::Pause { speech_end } => {
                    let speech_end_us = self.time_of(speech_end);
                    out.push(self.stt(SttMessage::Pause { speech_end_us }));
                }
                Heard::Resume => {
                    self.forget_prepared(out);
                    self.revision += 1;
                }
                Heard::End { speech_end, .. } => self.end_turn(self.time_of(speech_end), now_us, out),
                Heard::Cancel => {
                    self.forget_prepared(out);
                    out.push(self.stt(SttMessage::Cancel {}));
                    out.push(Effect::Count("utterances_cancelled"));
                }
            }
        }
    }

    fn begin_turn(&mut self, at_us: u64, reached: Option<Reached>, out: &mut Vec<Effect>) {
        if self.speaking {
            out.push(Effect::Count("barge_ins"));
        }
        self.forget_prepared(out);
        self.turn += 1;
        self.revision = 0;
        self.answer = None;
        self.sentence = None;
        out.push(Effect::Flush);
        let played = reached.filter(|_| std::mem::take(&mut self.unreported)).map(|reached| PlayedReport {
            turn: reached.turn,
            sentence: reached.sentence,
            sentence_ms: reached.sentence_ms,
            complete: reached.complete,
        });
        out.push(self.stt(SttMessage::SpeechStart { at_us, expect: self.expect.clone(), played }));
    }

    fn end_turn(&mut self, speech_end_us: u64, now_us: u64, out: &mut Vec<Effect>) {
        #[allow(clippy::cast_precision_loss)]
        let endpoint_ms = now_us.saturating_sub(speech_end_us) as f64 / 1_000.0;
        out.push(self.stt(SttMessage::SpeechEnd { speech_end_us, endpoint_ms }));
        out.push(Effect::Count("utterances"));
        self.set_expectation(Expectation::default());
        if !self.peers.stt {
            return;
        }
        self.answer = Some(Answer::new(self.turn, speech_end_us, endpoint_ms, now_us));
        self.release(now_us, out);
        if self.peers.voices == 0 {
            self.voice_lost(out);
        }
    }

    /// A frame of the voice, from `connection`.
    pub fn voice(&mut self, connection: u64, frame: Frame<PlayMessage>, now_us: u64, out: &mut Vec<Effect>) {
        if let PlayMessage::Keep { name, rate_hz, pcm, last } = frame.message {
            if !self.notices.keep(connection, name, rate_hz, &pcm, last) {
                out.push(Effect::Count("frames_refused"));
            }
            return;
        }
        let of_now = (frame.turn, frame.revision) == (self.turn, self.revision);
        let listening = self.ear.is_open();
        let mut frame = frame;
        if frame.turn != 0 && of_now {
            if let PlayMessage::Endpoint { silence_ms } = frame.message {
                self.ear.end_after_ms(silence_ms);
                return;
            }
            frame.message = match self.prepared.take(connection, frame.message, listening, now_us) {
                Handling::Passed(message) => message,
                Handling::Held => {
                    if let Some(answer) = &mut self.answer {
                        answer.sign_us = now_us;
                    }
                    self.release(now_us, out);
                    return;
                }
                Handling::Refused => {
                    self.forget_prepared(out);
                    out.push(Effect::Count("frames_refused"));
                    return;
                }
            };
        }
        // Only an answer to the turn at hand is played, and not into the child's own words.
        if frame.turn != 0 && (!of_now || listening) {
            if self.sentence == Some(connection) {
                self.sentence = None;
                out.push(Effect::Say(Item::SentenceEnd));
            }
            out.push(Effect::Count("frames_stale"));
            return;
        }
        if let Some(answer) = self.answer.as_mut().filter(|answer| answer.turn == frame.turn) {
            answer.sign_us = now_us;
        }
        match frame.message {
            PlayMessage::Sentence { sentence, rate_hz, timing, .. } => {
                self.close_sentence(out);
                if !VOICE_RATES_HZ.contains(&rate_hz) {
                    tracing::warn!(rate_hz, "sentence with a rate that cannot be played dropped");
                    out.push(Effect::Count("frames_refused"));
                    return;
                }
                if let Some(answer) = self.answer.as_mut().filter(|answer| answer.turn == frame.turn) {
                    answer.first_sentence(timing);
                }
                self.sentence = Some(connection);
                out.push(Effect::Say(Item::Sentence { turn: frame.turn, sentence, rate_hz }));
            }
            PlayMessage::Pcm { pcm } => {
                let mut samples = Vec::with_capacity(pcm.len() / 2);
                let whole = extend_from_le_bytes(&pcm, &mut samples);
                if self.sentence != Some(connection) || !whole {
                    out.push(Effect::Count("frames_refused"));
                    return;
                }
                if let Some(answer) = self.answer.as_mut().filter(|answer| answer.turn == frame.turn) {
                    answer.first_audio_us.get_or_insert(now_us);
                }
                out.push(Effect::Say(Item::Pcm(samples)));
            }
            PlayMessage::SentenceEnd { .. } => {
                if self.sentence == Some(connection) {
                    self.close_sentence(out);
                }
            }
            PlayMessage::TurnEnd { expect } => {
                self.close_sentence(out);
                if frame.turn != 0 {
                    self.set_expectation(expect);
                }
                if let Some(answer) = self.answer.as_mut().filter(|answer| answer.turn == frame.turn) {
                    answer.complete = true;
                }
                out.push(Effect::Say(Item::TurnEnd { turn: frame.turn }));
            }
            PlayMessage::Cancel {} => {
                self.sentence = None;
                // Of an answer that nobody heard anything of yet, another may still come.
                self.answer = self.answer.take().filter(|answer| answer.first_audio_us.is_none());
                out.push(Effect::Flush);
            }
            // Handled above; outside a turn they mean nothing.
            PlayMessage::Keep { .. } | PlayMessage::Commit { .. } | PlayMessage::Endpoint { .. } => {}
        }
    }

    /// Plays what was held back, if the child has finished and the answer stands.
    fn release(&mut self, now_us: u64, out: &mut Vec<Effect>) {
        if self.ear.is_open() {
            return;
        }
        let Some((connection, messages)) = self.prepared.release() else { return };
        out.push(Effect::Count("answers_prepared"));
        for message in messages {
            self.voice(connection, Frame::new(self.turn, self.revision, message), now_us, out);
        }
    }

    fn forget_prepared(&mut self, out: &mut Vec<Effect>) {
        if self.prepared.forget() {
            out.push(Effect::Count("answers_prepared_in_vain"));
        }
    }

    /// A voice connected.
    pub fn voice_connected(&mut self) {
        self.peers.voices += 1;
    }

    /// A voice's connection is over.
    pub fn voice_closed(&mut self, connection: u64, error: Option<&WireError>, out: &mut Vec<Effect>) {
        self.peers.voices = self.peers.voices.saturating_sub(1);
        self.notices.forget_unfinished(connection);
        self.prepared.closed(connection);
        if error.is_some() {
            out.push(Effect::Count("connections_failed"));
        }
        if self.sentence == Some(connection) {
            self.close_sentence(out);
        }
        if self.peers.voices == 0 && self.answer.as_ref().is_some_and(|answer| !answer.complete) {
            self.voice_lost(out);
        }
    }

    /// Speech to text came or went.
    pub fn stt_connected(&mut self, connected: bool) {
        self.peers.stt = connected;
    }

    /// Something about playback.
    pub fn played(&mut self, played: &Played, out: &mut Vec<Effect>) {
        match *played {
            Played::SentenceBegan { turn, at_us, .. } => {
                self.speaking = true;
                self.unreported |= turn != 0;
                let answer = self.answer.as_mut().filter(|answer| answer.turn == turn);
                out.extend(answer.and_then(|answer| answer.heard(at_us, number(turn))).map(Effect::Record));
            }
            Played::TurnDone { turn } => {
                self.answer = self.answer.take().filter(|answer| answer.turn != turn);
            }
            Played::Silent { since_us } => {
                self.speaking = false;
                self.quiet_since_us = since_us;
            }
            Played::Opened | Played::Failed(_) | Played::Underrun { .. } => {}
        }
    }

    /// Plays a second of a soft tone.
    pub fn tone(&mut self, out: &mut Vec<Effect>) {
        const RATE_HZ: u32 = 22_050;
        self.close_sentence(out);
        #[allow(clippy::cast_precision_loss)]
        let tone = (0..RATE_HZ).map(|n| {
            let seconds = n as f32 / RATE_HZ as f32;
            // Swells and fades over the whole second.
            0.3 * (std::f32::consts::PI * seconds).sin() * (std::f32::consts::TAU * 440.0 * seconds).sin()
        });
        out.push(Effect::Say(Item::Sentence { turn: 0, sentence: 0, rate_hz: RATE_HZ }));
        out.push(Effect::Say(Item::Pcm(tone.collect())));
        out.push(Effect::Say(Item::SentenceEnd));
    }

    /// Time passed. Gives up an answer of which there has been no sign for too long.
    pub fn tick(&mut self, now_us: u64, out: &mut Vec<Effect>) {
        let Some(answer) = &mut self.answer else { return };
        if self.speaking {
            answer.sign_us = now_us;
        }
        if now_us.saturating_sub(answer.sign_us) >= self.rules.reply_timeout_us {
            tracing::warn!(turn = answer.turn, "no answer came in time");
            self.answer = None;
            out.push(Effect::Count("replies_missed"));
        }
    }

    /// Plays the notice that the voice is gone, if there is one, and ends the turn.
    fn voice_lost(&mut self, out: &mut Vec<Effect>) {
        let Some((rate_hz, samples)) = self.notices.get(VOICE_LOST) else {
            // Without a notice a voice that comes back can still answer.
            return;
        };
        tracing::warn!("the voice is gone: playing the notice kept for that");
        let turn = self.turn;
        out.push(Effect::Say(Item::Sentence { turn, sentence: 0, rate_hz }));
        out.push(Effect::Say(Item::Pcm(samples.to_vec())));
        out.push(Effect::Say(Item::SentenceEnd));
        out.push(Effect::Say(Item::TurnEnd { turn }));
        out.push(Effect::Count("notices_played"));
    }

    fn close_sentence(&mut self, out: &mut Vec<Effect>) {
        if self.sentence.take().is_some() {
            out.push(Effect::Say(Item::SentenceEnd));
        }
    }

    fn set_expectation(&mut self, expect: Expectation) {
        self.ear.expect_silence_ms(expect.silence_ms);
        self.expect = expect;
    }

    fn stt(&self, message: SttMessage) -> Effect {
        Effect::Stt(Frame::new(self.turn, self.revision, message))
    }

    /// The point in µs at which the ear was at `position`.
    fn time_of(&self, position: u64) -> u64 {
        let (here, here_us) = self.here;
        let ago_us = here.saturating_sub(position) * 1_000_000 / u64::from(iseetutor_audio::SPEECH_RATE_HZ);
        here_us.saturating_sub(ago_us)
    }
}

#[cfg(test)]
mod tests;
