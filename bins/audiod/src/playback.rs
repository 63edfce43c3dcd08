//! The speaker's thread: keeps the speaker open, plays what is queued, and tells what was heard when.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use iseetutor_service::Heartbeat;
use iseetutor_wire::monotonic_us;
use tokio::sync::mpsc;

use crate::backend::{BLOCK_MS, Backend, DeviceError, MAX_WAIT_MS, Speaker};
use crate::device_thread::{Backoff, spawn};
use crate::player::{Event, EventKind, Item, Player, Reached};

/// Pieces in waiting for the thread. It takes them at once until it holds [`HELD_MS`].
const QUEUE: usize = 64;

/// Milliseconds of speech that are held; more makes the voice wait. Two minutes at 22 kHz are 10 MB.
const HELD_MS: u64 = 120_000;

/// Events in waiting for the conversation.
const EVENTS: usize = 256;

/// Blocks of silence after the last sound before the speaker rests: 200 ms.
const BLOCKS_BEFORE_REST: u32 = 200 / BLOCK_MS;

/// Sample rate at which time passes while there is no speaker, in Hz.
const NO_SPEAKER_RATE_HZ: u32 = 16_000;

/// What the speaker's thread tells.
#[derive(Debug)]
pub enum Played {
    /// The first sample of a sentence leaves the speaker at this point on the monotonic clock.
    SentenceBegan {
        /// The turn; 0 outside a conversation.
        turn: u64,
        /// The sentence.
        sentence: u32,
        /// The point in µs.
        at_us: u64,
    },
    /// The whole answer was heard.
    TurnDone {
        /// The turn.
        turn: u64,
    },
    /// Nothing is to be heard any more, for now.
    Silent {
        /// Point on the monotonic clock, in µs, of the last sound.
        since_us: u64,
    },
    /// The speaker was opened.
    Opened,
    /// The speaker cannot be used; it is tried again, and time passes as if there were one.
    Failed(DeviceError),
    /// The speaker or a sentence ran out of sound.
    Underrun {
        /// How many times.
        times: u64,
    },
}

/// A piece of what is to be said, valid until the next flush.
#[derive(Debug)]
pub struct Piece {
    epoch: u64,
    item: Item,
}

#[derive(Debug)]
struct Shared {
    /// Counts flushes: pieces of an earlier epoch are void.
    epoch: AtomicU64,
    volume: AtomicU8,
    stop: AtomicBool,
    reached: Mutex<Option<Reached>>,
}

/// The switches of the speaker's thread.
#[derive(Debug)]
pub struct Playback {
    shared: Arc<Shared>,
    pieces: mpsc::Sender<Piece>,
    thread: Option<JoinHandle<()>>,
}

impl Playback {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(
        backend: Arc<dyn Backend>,
        volume: u8,
        heartbeat: Heartbeat,
    ) -> std::io::Result<(Self, mpsc::Receiver<Played>)> {
        let (pieces, receiver) = mpsc::channel(QUEUE);
        let (events, played) = mpsc::channel(EVENTS);
        let shared = Arc::new(Shared {
            epoch: AtomicU64::new(0),
            volume: AtomicU8::new(volume),
            stop: AtomicBool::new(false),
            reached: Mutex::new(None),
        });
        let worker = Worker::new(backend, Arc::clone(&shared), receiver, events, heartbeat, volume);
        let thread = spawn("speaker", move || worker.run())?;
        Ok((Self { shared, pieces, thread: Some(thread) }, played))
    }

    /// Where to reserve room for [`Playback::put`].
    #[must_use]
    pub fn room(&self) -> mpsc::Sender<Piece> {
        self.pieces.clone()
    }

    /// Queues `item` in the room reserved for it.
    pub fn put(&self, room: mpsc::OwnedPermit<Piece>, item: Item) {
        let epoch = self.shared.epoch.load(Ordering::Acquire);
        room.send(Piece { epoch, item });
        self.wake();
    }

    /// Falls silent at once, and drops everything queued.
    pub fn flush(&self) {
        self.shared.epoch.fetch_add(1, Ordering::AcqRel);
        self.wake();
    }

    /// Sets the volume, 0 to 100.
    pub fn set_volume(&self, volume: u8) {
        self.shared.volume.store(volume, Ordering::Release);
    }

    /// How far the last answer got, at most a block ago.
    #[must_use]
    pub fn reached(&self) -> Option<Reached> {
        // A plain figure: a panic elsewhere while it was held leaves it as good as before.
        *self.shared.reached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the thread and waits for it: [`MAX_WAIT_MS`] at most, and what the device takes to close.
    pub fn stop(mut self) {
        self.shared.stop.store(true, Ordering::Release);
        self.wake();
        if let Some(thread) = self.thread.take() {
            // An error is a panic of the thread, which was printed when it happened.
            let _ = thread.join();
        }
    }

    fn wake(&self) {
        if let Some(thread) = &self.thread {
            thread.thread().unpark();
        }
    }
}

struct Worker {
    backend: Arc<dyn Backend>,
    shared: Arc<Shared>,
    pieces: mpsc::Receiver<Piece>,
    events: mpsc::Sender<Played>,
    heartbeat: Heartbeat,
    player: Player,
    epoch: u64,
    /// Events whose position has not been heard yet, in order.
    coming: Vec<Event>,
    /// Blocks given since the last sound.
    quiet_blocks: u32,
    /// Point on the monotonic clock, in µs, at which the last sound will have been heard.
    sound_end_us: u64,
    told_silent: bool,
    underruns: u64,
}

impl Worker {
    fn new(
        backend: Arc<dyn Backend>,
        shared: Arc<Shared>,
        pieces: mpsc::Receiver<Piece>,
        events: mpsc::Sender<Played>,
        heartbeat: Heartbeat,
        volume: u8,
    ) -> Self {
        Self {
            backend,
            shared,
            pieces,
            events,
            heartbeat,
            player: Player::new(NO_SPEAKER_RATE_HZ, volume),
            epoch: 0,
            coming: Vec::new(),
            quiet_blocks: BLOCKS_BEFORE_REST,
            sound_end_us: 0,
            told_silent: true,
            underruns: 0,
        }
    }

    fn run(mut self) {
        let mut speaker: Option<Box<dyn Speaker>> = None;
        let mut nobody = NoSpeaker { next_us: 0 };
        let mut backoff = Backoff::default();
        while !self.shared.stop.load(Ordering::Acquire) {
            if speaker.is_none() && backoff.is_due() {
                match self.backend.open_speaker() {
                    Ok(open) => {
                        backoff.succeeded();
                        self.begin_anew(open.rate_hz());
                        speaker = Some(open);
                        self.tell(Played::Opened);
                    }
                    Err(error) => {
                        backoff.failed();
                        self.tell(Played::Failed(error));
                    }
                }
            }
            let device: &mut dyn Speaker = match &mut speaker {
                Some(open) => open.as_mut(),
                None => &mut nobody,
            };
            let failed = self.block(device).err();
            if let Some(error) = failed {
                speaker = None;
                backoff.failed();
                self.begin_anew(NO_SPEAKER_RATE_HZ);
                self.tell(Played::Failed(error));
            }
            if speaker.is_none() && self.is_at_rest() {
                self.sleep(backoff.left());
            }
        }
        self.heartbeat.idle();
    }

    /// Another device has another rate: what the old one was playing is not played to its end, but its
    /// answer is, as far as the conversation is concerned.
    fn begin_anew(&mut self, rate_hz: u32) {
        if self.player.rate_hz() == rate_hz {
            return;
        }
        for event in std::mem::take(&mut self.coming) {
            self.tell_event(event.kind, monotonic_us());
        }
        let queued = self.player.take_queue();
        self.player = Player::new(rate_hz, self.shared.volume.load(Ordering::Acquire));
        for item in queued {
            self.player.push(item);
        }
    }

    fn is_at_rest(&self) -> bool {
        self.player.is_silent() && self.coming.is_empty() && self.quiet_blocks >= BLOCKS_BEFORE_REST
    }

    /// Waits for the device, gives it a block if there is anything to give, and tells what was heard.
    fn block(&mut self, device: &mut dyn Speaker) -> Result<(), DeviceError> {
        self.take_pieces();
        if self.is_at_rest() && !device.keeps_time() {
            if !self.told_silent {
                device.rest();
                self.told_silent = true;
                self.tell(Played::Silent { since_us: self.sound_end_us });
            }
            self.heartbeat.idle();
            self.sleep(Duration::from_millis(u64::from(MAX_WAIT_MS)));
            return Ok(());
        }
        self.heartbeat.beat();
        if !device.wait()? {
            return Ok(());
        }
        self.take_pieces();
        let silent = self.player.is_silent();
        self.quiet_blocks = if silent { self.quiet_blocks.saturating_add(1) } else { 0 };
        let mut block = vec![0.0; (device.rate_hz() * BLOCK_MS / 1_000) as usize];
        self.player.render(&mut block, &mut self.coming);
        device.give(&block)?;
        self.tell_heard(device);
        if !silent {
            self.told_silent = false;
            self.sound_end_us = monotonic_us() + device.unheard() * 1_000_000 / u64::from(device.rate_hz());
        } else if !self.told_silent && self.is_at_rest() && device.keeps_time() {
            self.told_silent = true;
            self.tell(Played::Silent { since_us: self.sound_end_us });
        }
        Ok(())
    }

    fn take_pieces(&mut self) {
        self.player.set_volume(self.shared.volume.load(Ordering::Acquire));
        let epoch = self.shared.epoch.load(Ordering::Acquire);
        if epoch != self.epoch {
            self.epoch = epoch;
            self.player.flush();
            // Beginnings that nobody will hear; an end is still one.
            self.coming.retain(|event| matches!(event.kind, EventKind::TurnDone { .. }));
        }
        while self.player.queued_ms() < HELD_MS {
            match self.pieces.try_recv() {
                Ok(piece) if piece.epoch == self.epoch => self.player.push(piece.item),
                // Void, or of a flush that came since: then the next round takes this one's successors.
                Ok(piece) if piece.epoch < self.epoch => {}
                Ok(piece) => {
                    self.epoch = piece.epoch;
                    self.player.flush();
                    self.player.push(piece.item);
                }
                Err(_) => break,
            }
        }
    }

    /// Tells the events that are being heard by now, and how far the answer got.
    fn tell_heard(&mut self, device: &mut dyn Speaker) {
        let now = monotonic_us();
        let rate_hz = u64::from(device.rate_hz());
        let heard = self.player.position().saturating_sub(device.unheard());
        let reached = self.player.reached(heard);
        *self.shared.reached.lock().unwrap_or_else(PoisonError::into_inner) = reached;
        let mut left = Vec::new();
        for event in std::mem::take(&mut self.coming) {
            // A beginning is known to be heard as soon as it is with the device; an end when it was.
            let ahead_us = event.at.saturating_sub(heard) * 1_000_000 / rate_hz;
            let is_due = event.at <= heard || matches!(event.kind, EventKind::SentenceBegan { .. });
            if is_due && left.is_empty() {
                let past_us = heard.saturating_sub(event.at) * 1_000_000 / rate_hz;
                self.tell_event(event.kind, now + ahead_us - past_us.min(now));
            } else {
                left.push(event);
            }
        }
        self.coming = left;
        let underruns = self.player.underruns() + device.underruns();
        if underruns > self.underruns {
            self.tell(Played::Underrun { times: underruns - self.underruns });
        }
        self.underruns = underruns;
    }

    fn tell_event(&self, kind: EventKind, at_us: u64) {
        self.tell(match kind {
            EventKind::SentenceBegan { turn, sentence } => Played::SentenceBegan { turn, sentence, at_us },
            EventKind::TurnDone { turn } => Played::TurnDone { turn },
        });
    }

    /// Tells something. It waits for room, and the conversation makes it: it never waits for this thread
    /// but at the end, when it has dropped the other end of the queue.
    fn tell(&self, what: Played) {
        let _ = self.events.blocking_send(what);
    }

    fn sleep(&self, at_most: Duration) {
        if !self.shared.stop.load(Ordering::Acquire) {
            std::thread::park_timeout(at_most.min(Duration::from_millis(u64::from(MAX_WAIT_MS))));
        }
    }
}

/// Lets time pass as a speaker would, while there is none.
struct NoSpeaker {
    next_us: u64,
}

impl Speaker for NoSpeaker {
    fn rate_hz(&self) -> u32 {
        NO_SPEAKER_RATE_HZ
    }

    fn wait(&mut self) -> Result<bool, DeviceError> {
        let now = monotonic_us();
        self.next_us = self.next_us.max(now.saturating_sub(u64::from(MAX_WAIT_MS) * 1_000));
        crate::backend::wav::sleep_until(self.next_us.min(now + u64::from(MAX_WAIT_MS) * 1_000));
        Ok(monotonic_us() >= self.next_us)
    }

    fn give(&mut self, block: &[f32]) -> Result<(), DeviceError> {
        self.next_us += block.len() as u64 * 1_000_000 / u64::from(NO_SPEAKER_RATE_HZ);
        Ok(())
    }

    fn unheard(&mut self) -> u64 {
        self.next_us.saturating_sub(monotonic_us()) * u64::from(NO_SPEAKER_RATE_HZ) / 1_000_000
    }
}
