//! The thread that owns the engine, and its queue.
//!
//! A child waits for a turn, nobody waits for a file: a turn's clip is taken first and interrupts a file,
//! which goes on afterwards where it was. There is one place for a clip, because a newer one makes an
//! older one void, and few for files, so the queue cannot grow.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use iseetutor_service::Heartbeat;
use iseetutor_wire::message::Expectation;
use tokio::sync::oneshot;

use crate::engine::{Cancel, Control, Engine, EngineError, Recording, Transcription, Window};

/// Files in waiting at most.
const FILES: usize = 4;

/// Where a result comes out. It ends without one when the work was made void by newer work.
pub type Outcome = oneshot::Receiver<Result<Transcription, EngineError>>;

/// Reads the next samples at 16 kHz of a recording; see [`Engine::step`].
pub type Read = Box<dyn FnMut(&mut [f32]) -> Result<usize, EngineError> + Send>;

struct Clip {
    samples: Vec<f32>,
    expect: Expectation,
    cancel: Cancel,
    reply: oneshot::Sender<Result<Transcription, EngineError>>,
}

struct FileJob {
    recording: Recording,
    read: Read,
    reply: oneshot::Sender<Result<Transcription, EngineError>>,
}

#[derive(Default)]
struct Queue {
    clip: Option<Clip>,
    files: VecDeque<FileJob>,
    /// What runs now; calling it off makes way.
    running: Option<Cancel>,
    closed: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    work: Condvar,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        // A panic while the lock was held leaves a queue that is still whole.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The way to the worker. Cheap to clone.
#[derive(Clone)]
pub struct Worker {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").finish_non_exhaustive()
    }
}

/// Too many files are in waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{FILES} recordings are in waiting already; try again when one is done")]
pub struct Full;

impl Worker {
    /// Starts the thread around `engine`. `heartbeat` beats while it works. The thread ends after
    /// [`Worker::close`]; if it ends before that, `engine` panicked.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(engine: Engine, heartbeat: Heartbeat) -> std::io::Result<(Self, JoinHandle<()>)> {
        let shared = Arc::new(Shared::default());
        let worker = Self { shared: shared.clone() };
        let thread = std::thread::Builder::new().name("whisper".into()).spawn(move || {
            // Also when the engine panics: whoever waits is told by the end of their channels.
            let _close = CloseOnDrop(&shared);
            work(engine, &shared, &heartbeat);
        })?;
        Ok((worker, thread))
    }

    /// Transcribes a clip of the conversation, in which an answer may be expected. An older clip, in waiting or under way, becomes void.
    #[must_use]
    pub fn clip(&self, samples: Vec<f32>, expect: Expectation) -> (Cancel, Outcome) {
        let (reply, outcome) = oneshot::channel();
        let cancel = Cancel::default();
        let mut queue = self.shared.queue();
        if !queue.closed {
            queue.clip = Some(Clip { samples, expect, cancel: cancel.clone(), reply });
            if let Some(running) = &queue.running {
                running.cancel();
            }
        }
        drop(queue);
        self.shared.work.notify_one();
        (cancel, outcome)
    }

    /// Transcribes a recording of any length when there is no clip to do.
    ///
    /// # Errors
    /// [`Full`].
    pub fn file(&self, window: Window, expect: Expectation, read: Read) -> Result<Outcome, Full> {
        let (reply, outcome) = oneshot::channel();
        let mut queue = self.shared.queue();
        if queue.files.len() >= FILES {
            return Err(Full);
        }
        if !queue.closed {
            queue.files.push_back(FileJob { recording: Recording::new(window, expect), read, reply });
        }
        drop(queue);
        self.shared.work.notify_one();
        Ok(outcome)
    }

    /// Whether nothing is under way or in waiting.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        let queue = self.shared.queue();
        queue.running.is_none() && queue.clip.is_none() && queue.files.is_empty()
    }

    /// Calls everything off and ends the thread.
    pub fn close(&self) {
        self.shared.close();
    }
}

impl Shared {
    fn close(&self) {
        let mut queue = self.queue();
        queue.closed = true;
        queue.clip = None;
        queue.files.clear();
        if let Some(running) = &queue.running {
            running.cancel();
        }
        drop(queue);
        self.work.notify_all();
    }
}

struct CloseOnDrop<'a>(&'a Shared);

impl Drop for CloseOnDrop<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

enum Job {
    Clip(Clip),
    File(FileJob, Cancel),
}

fn work(mut engine: Engine, shared: &Shared, heartbeat: &Heartbeat) {
    while let Some(job) = next(shared, heartbeat) {
        match job {
            Job::Clip(clip) => {
                let control = Control { heartbeat: heartbeat.clone(), cancel: clip.cancel };
                let done = engine.transcribe(&clip.samples, Window::Trimmed, clip.expect, &control);
                // Nobody waits any more when the turn is void.
                let _ = clip.reply.send(done);
            }
            Job::File(mut file, cancel) => {
                let control = Control { heartbeat: heartbeat.clone(), cancel };
                let done = match engine.step(&mut file.recording, &control, &mut file.read) {
                    // Called off to make way, or not at its end: it goes on later.
                    Ok(None) | Err(EngineError::Cancelled) => {
                        let mut queue = shared.queue();
                        // A caller who went away wants nothing more.
                        if !queue.closed && !file.reply.is_closed() {
                            queue.files.push_front(file);
                        }
                        continue;
                    }
                    Ok(Some(done)) => Ok(done),
                    Err(error) => Err(error),
                };
                let _ = file.reply.send(done);
            }
        }
    }
}

/// Waits for the next job; none after the end.
fn next(shared: &Shared, heartbeat: &Heartbeat) -> Option<Job> {
    let mut queue = shared.queue();
    queue.running = None;
    loop {
        if queue.closed {
            heartbeat.idle();
            return None;
        }
        if let Some(clip) = queue.clip.take() {
            heartbeat.beat();
            queue.running = Some(clip.cancel.clone());
            return Some(Job::Clip(clip));
        }
        if let Some(file) = queue.files.pop_front() {
            heartbeat.beat();
            let cancel = Cancel::default();
            queue.running = Some(cancel.clone());
            return Some(Job::File(file, cancel));
        }
        heartbeat.idle();
        queue = shared.work.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}
