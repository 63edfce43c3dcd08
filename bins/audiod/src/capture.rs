//! The microphone's thread: keeps the microphone open while it is not muted, and hands on what it hears.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use iseetutor_service::Heartbeat;
use tokio::sync::mpsc;

use crate::backend::{Backend, DeviceError, MAX_WAIT_MS, Microphone, Taken};
use crate::device_thread::{Backoff, spawn};

/// Blocks in waiting for the conversation: 1 s. What comes when they are full is lost and counted.
const QUEUE: usize = 100;

/// What the microphone's thread tells.
#[derive(Debug)]
pub enum Captured {
    /// Sound at 16 kHz, whose last sample was captured at this point on the monotonic clock.
    Sound {
        /// The samples.
        samples: Vec<f32>,
        /// The point in µs.
        end_us: u64,
    },
    /// The microphone was opened.
    Opened,
    /// The microphone was closed: it was muted, or its recording is over.
    Closed,
    /// The microphone cannot be used; it is tried again.
    Failed(DeviceError),
    /// Sound was lost since the last report.
    Lost {
        /// How many times.
        times: u64,
    },
}

/// The switches of the microphone's thread.
#[derive(Debug)]
pub struct Capture {
    switches: Arc<Switches>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Switches {
    muted: AtomicBool,
    stop: AtomicBool,
}

impl Capture {
    /// Starts the thread.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn start(
        backend: Arc<dyn Backend>,
        muted: bool,
        heartbeat: Heartbeat,
    ) -> std::io::Result<(Self, mpsc::Receiver<Captured>)> {
        let (sender, receiver) = mpsc::channel(QUEUE);
        let switches = Arc::new(Switches { muted: AtomicBool::new(muted), stop: AtomicBool::new(false) });
        let worker = Worker {
            backend,
            switches: Arc::clone(&switches),
            sender,
            heartbeat,
            lost: 0,
            overruns: 0,
            finished: false,
        };
        let thread = spawn("microphone", move || worker.run())?;
        Ok((Self { switches, thread: Some(thread) }, receiver))
    }

    /// Closes or opens the microphone, for real.
    pub fn mute(&self, muted: bool) {
        self.switches.muted.store(muted, Ordering::Release);
        self.wake();
    }

    /// Ends the thread and waits for it: [`MAX_WAIT_MS`] at most, and what the device takes to close.
    pub fn stop(mut self) {
        self.switches.stop.store(true, Ordering::Release);
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
    switches: Arc<Switches>,
    sender: mpsc::Sender<Captured>,
    heartbeat: Heartbeat,
    /// Blocks lost because nobody took them, not told yet.
    lost: u64,
    /// Overruns of the open microphone that were told.
    overruns: u64,
    /// Whether the recording that stands for the microphone is over.
    finished: bool,
}

impl Worker {
    fn run(mut self) {
        let mut microphone: Option<Box<dyn Microphone>> = None;
        let mut backoff = Backoff::default();
        while !self.switches.stop.load(Ordering::Acquire) {
            if self.switches.muted.load(Ordering::Acquire) || self.finished {
                if microphone.take().is_some() {
                    self.tell(Captured::Closed);
                }
                self.heartbeat.idle();
                std::thread::park_timeout(Duration::from_secs(1));
                continue;
            }
            self.heartbeat.beat();
            if let Some(open) = &mut microphone {
                if let Err(error) = self.listen(open.as_mut()) {
                    microphone = None;
                    backoff.failed();
                    self.tell(Captured::Failed(error));
                }
            } else if backoff.is_due() {
                match self.backend.open_microphone() {
                    Ok(open) => {
                        backoff.succeeded();
                        self.overruns = 0;
                        microphone = Some(open);
                        self.tell(Captured::Opened);
                    }
                    Err(error) => {
                        backoff.failed();
                        self.tell(Captured::Failed(error));
                    }
                }
            } else {
                std::thread::park_timeout(backoff.left().min(Duration::from_millis(u64::from(MAX_WAIT_MS))));
            }
        }
        self.heartbeat.idle();
    }

    fn listen(&mut self, microphone: &mut dyn Microphone) -> Result<(), DeviceError> {
        let mut samples = Vec::with_capacity(320);
        match microphone.take(&mut samples)? {
            Taken::Sound { end_us } => {
                let overruns = microphone.overruns();
                self.lost += overruns - self.overruns;
                self.overruns = overruns;
                if self.lost > 0 && self.sender.try_send(Captured::Lost { times: self.lost }).is_ok() {
                    self.lost = 0;
                }
                if self.sender.try_send(Captured::Sound { samples, end_us }).is_err() {
                    self.lost += 1;
                }
            }
            Taken::Nothing => {}
            Taken::Finished => self.finished = true,
        }
        Ok(())
    }

    /// Tells what must not be lost. It waits for room, and the conversation makes it: it never waits for
    /// this thread but at the end, when it has dropped the other end of the queue.
    fn tell(&self, what: Captured) {
        let _ = self.sender.blocking_send(what);
    }
}
