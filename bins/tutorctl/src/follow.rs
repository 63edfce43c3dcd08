//! Follows a conversation: what is heard and said from tutord, where the time goes from audiod. Goes on
//! when a daemon ends and comes back.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as StdStream;
use std::time::Duration;

use futures_util::StreamExt;
use iseetutor_bus::Name;
use iseetutor_bus::audio1::Audio1Proxy;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_wire::message::{Presence, Source, WatchMessage};
use iseetutor_wire::stream::FrameReader;
use iseetutor_wire::turn;
use tokio::net::UnixStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use zbus::Connection;
use zbus::proxy::CacheProperties;

use crate::error::{Error, Result};
use crate::set::ready;

/// Events in waiting; whoever reads them slowly slows the reading of the sockets.
const QUEUE: usize = 64;

/// Something that happened. Turns are counted from 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// What the child said.
    Heard {
        /// The turn.
        turn: u32,
        /// The words.
        text: String,
        /// How likely they are right, 0 to 1.
        confidence: f64,
        /// Whether the sound was judged to hold no speech.
        no_speech: bool,
    },
    /// A sentence of the answer.
    Said {
        /// The turn.
        turn: u32,
        /// The words.
        text: String,
        /// Where they came from.
        source: Source,
    },
    /// The answer is complete.
    Answered {
        /// The turn.
        turn: u32,
    },
    /// What the tutor is doing.
    Presence(Presence),
    /// Events that were missed because they were read too slowly.
    Missed(u64),
    /// Where the time of a turn went, in milliseconds by name.
    Timing {
        /// The turn.
        turn: u32,
        /// The figures.
        figures: BTreeMap<String, f64>,
    },
    /// The microphone was opened or closed.
    Capturing(bool),
    /// The tutor began or ceased to be heard.
    Speaking(bool),
    /// A daemon is gone; events of its may be missed until it is back.
    Lost(Name),
    /// It is back.
    Back(Name),
}

/// Follows a conversation as long as it lives.
#[derive(Debug)]
pub struct Follower {
    events: mpsc::Receiver<Event>,
    _tasks: JoinSet<()>,
}

impl Follower {
    /// Begins to follow; when this returns, nothing that happens from now on is missed.
    ///
    /// # Errors
    /// When tutord or audiod cannot be reached.
    pub async fn start(bus: &Connection) -> Result<Self> {
        let (sender, events) = mpsc::channel(QUEUE);
        let first = watch(bus).await.map_err(Error::call("follow the conversation"))?;
        let audio = AudioWatch::new(bus).await.map_err(Error::call("follow the sound"))?;
        let mut tasks = JoinSet::new();
        tasks.spawn(follow_tutor(bus.clone(), first, sender.clone()));
        tasks.spawn(audio.run(sender));
        Ok(Self { events, _tasks: tasks })
    }

    /// The next event. Cancel safe. Ends when the bus is gone.
    pub async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// The next event, if one has come already.
    pub fn next_ready(&mut self) -> Option<Event> {
        self.events.try_recv().ok()
    }
}

type Frames = FrameReader<UnixStream, WatchMessage>;

async fn watch(bus: &Connection) -> zbus::Result<Frames> {
    let socket = OwnedFd::from(Tutor1Proxy::new(bus).await?.watch().await?);
    let socket = StdStream::from(socket);
    socket.set_nonblocking(true)?;
    Ok(FrameReader::new(UnixStream::from_std(socket)?))
}

async fn follow_tutor(bus: Connection, mut frames: Frames, events: mpsc::Sender<Event>) {
    loop {
        while let Ok(Some(frame)) = frames.next().await {
            if events.send(event(turn::number(frame.turn), frame.message)).await.is_err() {
                return;
            }
        }
        if events.send(Event::Lost(Name::Tutor)).await.is_err() {
            return;
        }
        frames = loop {
            if ready::wait(&bus, &[Name::Tutor], Duration::from_secs(3_600)).await.is_err() {
                return;
            }
            // It may be gone again.
            if let Ok(frames) = watch(&bus).await {
                break frames;
            }
        };
        if events.send(Event::Back(Name::Tutor)).await.is_err() {
            return;
        }
    }
}

fn event(turn: u32, message: WatchMessage) -> Event {
    match message {
        WatchMessage::Heard { text, confidence, no_speech } => {
            Event::Heard { turn, text, confidence, no_speech }
        }
        WatchMessage::Said { text, source, .. } => Event::Said { turn, text, source },
        WatchMessage::Answered {} => Event::Answered { turn },
        WatchMessage::Presence { presence } => Event::Presence(presence),
        WatchMessage::Missed { events } => Event::Missed(events),
    }
}

/// audiod's properties, asked again whenever it says that one changed.
struct AudioWatch<S> {
    bus: Connection,
    audio: Audio1Proxy<'static>,
    changes: S,
    capturing: bool,
    speaking: bool,
    present: bool,
    turn: u32,
}

impl AudioWatch<()> {
    async fn new(
        bus: &Connection,
    ) -> zbus::Result<AudioWatch<impl futures_util::Stream<Item = ()> + Unpin + use<>>> {
        let changes = ready::changes(bus).await?;
        let audio = Audio1Proxy::builder(bus).cache_properties(CacheProperties::No).build().await?;
        // What was answered before is not followed.
        let (turn, _) = record(&audio.last_turn().await?);
        let (capturing, speaking) = (audio.capturing().await?, audio.speaking().await?);
        Ok(AudioWatch { bus: bus.clone(), audio, changes, capturing, speaking, present: true, turn })
    }
}

impl<S: futures_util::Stream<Item = ()> + Unpin> AudioWatch<S> {
    async fn run(mut self, events: mpsc::Sender<Event>) {
        while self.changes.next().await.is_some() {
            for event in self.look().await {
                if events.send(event).await.is_err() {
                    return;
                }
            }
        }
    }

    async fn look(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        let present = ready::is_on_bus(&self.bus, Name::Audio).await.unwrap_or(false);
        if present != self.present {
            self.present = present;
            // A new process begins with a closed microphone and no record.
            (self.capturing, self.speaking, self.turn) = (false, false, 0);
            events.push(if present { Event::Back(Name::Audio) } else { Event::Lost(Name::Audio) });
        }
        if !present {
            return events;
        }
        if let Ok(capturing) = self.audio.capturing().await
            && capturing != self.capturing
        {
            self.capturing = capturing;
            events.push(Event::Capturing(capturing));
        }
        if let Ok(speaking) = self.audio.speaking().await
            && speaking != self.speaking
        {
            self.speaking = speaking;
            events.push(Event::Speaking(speaking));
        }
        if let Ok(last) = self.audio.last_turn().await {
            let (turn, figures) = record(&last);
            if turn != self.turn {
                self.turn = turn;
                events.push(Event::Timing { turn, figures });
            }
        }
        events
    }
}

/// The turn of a record, 0 without one, and its other figures.
fn record(record: &iseetutor_bus::audio1::TurnRecord) -> (u32, BTreeMap<String, f64>) {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Turns are small whole numbers.
    let turn = record.get("turn").map_or(0, |turn| *turn as u32);
    let figures =
        record.iter().filter(|(name, _)| *name != "turn").map(|(name, ms)| (name.clone(), *ms)).collect();
    (turn, figures)
}
