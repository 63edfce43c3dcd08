//! Does what the conversation decides, and keeps the state that the bus shows.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use iseetutor_bus::Status;
use iseetutor_bus::audio1::AudioState;
use iseetutor_service::{Shutdown, notify};
use iseetutor_wire::message::{PlayMessage, SttMessage};
use iseetutor_wire::turn::first_turn;
use iseetutor_wire::{Inbound, Incoming, Link, monotonic_us};
use tokio::sync::{mpsc, oneshot, watch};

use crate::backend::{Backend, Cue};
use crate::capture::{Capture, Captured};
use crate::config::{BargeIn, Config};
use crate::control::{Command, Refusal, Request};
use crate::conversation::{Conversation, Effect, Rules};
use crate::ear::{Ear, gate::VoiceGate};
use crate::playback::{Playback, Played};
use crate::player::Item;
use crate::stt_link::SttLink;

/// How long after the start sttd may be missing without that being a problem.
const PEER_GRACE: Duration = Duration::from_secs(3);
/// How often time is looked at.
const TICK: Duration = Duration::from_millis(500);

/// What the hub waits for.
pub(super) struct Sources {
    pub inbound: Inbound<PlayMessage>,
    pub captured: mpsc::Receiver<Captured>,
    pub played: mpsc::Receiver<Played>,
    pub asked: mpsc::Receiver<Request>,
}

/// What is missing, as `LastError` tells it.
#[derive(Debug, Default)]
struct Problems {
    microphone: Option<String>,
    speaker: Option<String>,
    stt: Option<String>,
}

/// The daemon's own task.
pub(super) struct Hub {
    status: Status,
    conversation: Conversation,
    link: Link<SttMessage>,
    stt: SttLink,
    cue: Arc<Cue>,
    state: watch::Sender<AudioState>,
    capture: Capture,
    playback: Playback,
    /// Items for the speaker that there was no room for yet. No more frames are read while there are any.
    waiting: VecDeque<Item>,
    problems: Problems,
    /// Whether it is known how microphone (open, failed or muted) and speaker are.
    known: [bool; 2],
    ready: bool,
    /// Whether the peer was there once, or had its time to come.
    settled: bool,
    /// Who waits for the microphone to be closed.
    closing: Vec<oneshot::Sender<Result<(), Refusal>>>,
}

impl Hub {
    #[allow(clippy::too_many_arguments)] // Each is a part of the daemon, made in one place.
    pub(super) fn new(
        config: &Config,
        backend: &dyn Backend,
        status: Status,
        link: Link<SttMessage>,
        cue: Arc<Cue>,
        state: watch::Sender<AudioState>,
        capture: Capture,
        playback: Playback,
    ) -> Self {
        let rules = Rules {
            barge_in: match config.barge_in {
                BargeIn::On => true,
                BargeIn::Off => false,
                BargeIn::Auto => !backend.hears_itself(),
            },
            echo_tail_us: u64::from(config.echo_tail_ms) * 1_000,
            reply_timeout_us: u64::from(config.reply_timeout_s) * 1_000_000,
        };
        let ear = Ear::new(&config.voice, Box::new(VoiceGate::new(config.voice.gate)));
        Self {
            conversation: Conversation::new(rules, ear, first_turn()),
            stt: SttLink::new(link.clone(), status.clone()),
            link,
            status,
            cue,
            state,
            capture,
            playback,
            waiting: VecDeque::new(),
            problems: Problems::default(),
            known: [config.start_muted, false],
            ready: false,
            settled: false,
            closing: Vec::new(),
        }
    }

    /// Serves until the shutdown, then closes the devices.
    pub(super) async fn serve(mut self, mut from: Sources, shutdown: &Shutdown) {
        let mut connection = self.link.connection();
        let room = self.playback.room();
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let grace = tokio::time::sleep(PEER_GRACE);
        tokio::pin!(grace);
        let mut effects = Vec::new();
        loop {
            tokio::select! {
                () = shutdown.wait() => break,
                Some(captured) = from.captured.recv() => self.captured(captured, &mut effects),
                Some(played) = from.played.recv() => self.played(played, &mut effects),
                Some((command, answer)) = from.asked.recv() => self.asked(command, answer, &mut effects),
                Some(event) = from.inbound.next(), if self.waiting.is_empty() => {
                    self.incoming(event, &mut effects);
                }
                Ok(permit) = room.clone().reserve_owned(), if !self.waiting.is_empty() => {
                    if let Some(item) = self.waiting.pop_front() {
                        self.playback.put(permit, item);
                    }
                }
                Ok(()) = connection.changed() => {}
                () = &mut grace, if !grace.is_elapsed() => {}
                _ = tick.tick() => self.conversation.tick(monotonic_us(), &mut effects),
            }
            self.stt_is(*connection.borrow_and_update(), grace.is_elapsed());
            for effect in effects.drain(..) {
                self.apply(effect);
            }
            self.show();
        }
        // The other ends of the threads' queues go first, so that no thread waits for room in one.
        let Self { capture, playback, .. } = self;
        drop(from);
        let closed = tokio::task::spawn_blocking(move || {
            capture.stop();
            playback.stop();
        });
        // An error is a panic of the task, which was printed when it happened.
        let _ = closed.await;
    }

    fn captured(&mut self, captured: Captured, effects: &mut Vec<Effect>) {
        let now = monotonic_us();
        match captured {
            Captured::Sound { samples, end_us } => {
                if !self.state.borrow().muted {
                    self.conversation.sound(&samples, end_us, now, self.playback.reached(), effects);
                }
            }
            Captured::Opened => {
                self.problems.microphone = None;
                self.known[0] = true;
                self.set_capturing(true);
            }
            Captured::Closed => {
                self.set_capturing(false);
                self.conversation.deaf(now, effects);
            }
            Captured::Failed(error) => {
                if self.problems.microphone.is_none() {
                    tracing::warn!(%error, "no microphone");
                }
                self.problems.microphone = Some(error.to_string());
                self.known[0] = true;
                self.set_capturing(false);
                self.conversation.deaf(now, effects);
                self.status.count("microphone_failures");
            }
            Captured::Lost { times } => self.status.add("capture_overruns", times),
        }
    }

    fn set_capturing(&mut self, capturing: bool) {
        self.state.send_if_modified(|state| std::mem::replace(&mut state.capturing, capturing) != capturing);
        if !capturing {
            for waiting in self.closing.drain(..) {
                let _ = waiting.send(Ok(()));
            }
        }
    }

    fn played(&mut self, played: Played, effects: &mut Vec<Effect>) {
        match &played {
            Played::Opened => {
                self.problems.speaker = None;
                self.known[1] = true;
            }
            Played::Failed(error) => {
                if self.problems.speaker.is_none() {
                    tracing::warn!(%error, "no speaker");
                }
                self.problems.speaker = Some(error.to_string());
                self.known[1] = true;
                self.status.count("speaker_failures");
            }
            Played::Underrun { times } => self.status.add("playback_underruns", *times),
            Played::SentenceBegan { .. } | Played::TurnDone { .. } | Played::Silent { .. } => {}
        }
        self.conversation.played(&played, effects);
    }

    fn asked(
        &mut self,
        command: Command,
        answer: oneshot::Sender<Result<(), Refusal>>,
        effects: &mut Vec<Effect>,
    ) {
        let now = monotonic_us();
        let (muted, capturing) = {
            let state = self.state.borrow();
            (state.muted, state.capturing)
        };
        let mut result = Ok(());
        if command == Command::Button(true) {
            self.status.count("button_presses");
        }
        match command {
            Command::Volume(volume) => {
                self.playback.set_volume(volume);
                self.state.send_modify(|state| state.volume = volume.into());
            }
            Command::Button(true) if muted => {
                result = Err("the microphone is muted: open it with Mute(false)".into());
            }
            Command::Button(true) if !capturing => {
                let why = self.problems.microphone.as_deref().unwrap_or("its recording is over");
                result = Err(format!("the microphone is not open: {why}"));
            }
            Command::Button(pressed) => {
                self.conversation.button(pressed, now, self.playback.reached(), effects);
            }
            Command::Mute(mute) => {
                self.state.send_if_modified(|state| std::mem::replace(&mut state.muted, mute) != mute);
                self.capture.mute(mute);
                if mute {
                    self.problems.microphone = None;
                    self.conversation.deaf(now, effects);
                    if capturing {
                        // Answered when the device is closed, not before.
                        self.closing.push(answer);
                        return;
                    }
                }
            }
            Command::Stop => self.conversation.stop(now, self.playback.reached(), effects),
            Command::Tone => match &self.problems.speaker {
                Some(problem) => result = Err(problem.clone()),
                None => self.conversation.tone(effects),
            },
        }
        // The caller may have gone away meanwhile.
        let _ = answer.send(result);
    }

    fn incoming(&mut self, event: Incoming<PlayMessage>, effects: &mut Vec<Effect>) {
        match event {
            Incoming::Connected { .. } => self.conversation.voice_connected(),
            Incoming::Frame { connection, frame } => {
                self.conversation.voice(connection, frame, monotonic_us(), effects);
            }
            Incoming::Closed { connection, error } => {
                self.conversation.voice_closed(connection, error.as_ref(), effects);
            }
        }
    }

    fn stt_is(&mut self, connected: bool, overdue: bool) {
        self.settled |= connected || overdue;
        self.conversation.stt_connected(connected);
        self.cue.peer.store(connected, Ordering::Release);
        self.problems.stt = (!connected && overdue).then(|| {
            "sttd is not connected, so speech is dropped: start sttd (it reconnects by itself)".to_owned()
        });
    }

    fn apply(&mut self, effect: Effect) {
        match effect {
            Effect::Stt(frame) => self.stt.send(frame),
            Effect::Say(item) => self.waiting.push_back(item),
            Effect::Flush => {
                self.waiting.clear();
                self.playback.flush();
            }
            Effect::Record(record) => {
                if let Some(total) = record.get("speech_end_to_first_audio_ms") {
                    self.status.observe("speech_end_to_first_audio_ms", *total);
                }
                self.state.send_modify(|state| state.last_turn = record);
            }
            Effect::Count(name) => self.status.count(name),
        }
    }

    /// Shows the state on the bus and to a backend that plays a recording.
    fn show(&mut self) {
        let conversation = &self.conversation;
        let (listening, speaking) = (conversation.is_listening(), conversation.is_speaking());
        self.cue.open.store(listening, Ordering::Release);
        self.cue.answering.store(conversation.is_answering(), Ordering::Release);
        let turn = conversation.number();
        self.state.send_if_modified(|state| {
            let shown = (listening, speaking, turn);
            let changed = (state.listening, state.speaking, state.turn) != shown;
            (state.listening, state.speaking, state.turn) = shown;
            changed
        });
        if self.known != [true, true] {
            return;
        }
        if !std::mem::replace(&mut self.ready, true) {
            notify::ready();
        }
        // Still starting: the peer has its moment to come.
        if !self.settled {
            return;
        }
        let Problems { microphone, speaker, stt } = &self.problems;
        let problems: Vec<&str> =
            [microphone, speaker, stt].into_iter().flatten().map(String::as_str).collect();
        if problems.is_empty() {
            self.status.recover();
        } else {
            self.status.degrade(problems.join("; "));
        }
    }
}
