//! What the bus shows and can ask for.

use iseetutor_bus::Reply;
use iseetutor_bus::audio1::{AudioControl, AudioState};
use tokio::sync::{mpsc, oneshot, watch};
use zbus::fdo;

/// Something asked for on the bus.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Set the volume, 0 to 100.
    Volume(u8),
    /// The push-to-talk button was pressed or released.
    Button(bool),
    /// Close or open the microphone.
    Mute(bool),
    /// Stop what is being said.
    Stop,
    /// Play a test tone.
    Tone,
}

/// Why a command could not be followed.
pub type Refusal = String;

/// A command, and where the answer to it goes.
pub type Request = (Command, oneshot::Sender<Result<(), Refusal>>);

/// The bus's view of audiod.
#[derive(Debug)]
pub struct Control {
    backend: &'static str,
    state: watch::Receiver<AudioState>,
    requests: mpsc::Sender<Request>,
}

impl Control {
    /// Shows `state` and passes what is asked for to `requests`.
    #[must_use]
    pub fn new(
        backend: &'static str,
        state: watch::Receiver<AudioState>,
        requests: mpsc::Sender<Request>,
    ) -> Self {
        Self { backend, state, requests }
    }

    fn ask(&self, command: Command) -> Reply<'_, ()> {
        Box::pin(async move {
            let ending = |_| fdo::Error::Failed("audiod is ending: ask again when it is back".into());
            let (answer, answered) = oneshot::channel();
            self.requests.send((command, answer)).await.map_err(|_| ending(()))?;
            answered.await.map_err(|_| ending(()))?.map_err(fdo::Error::Failed)
        })
    }
}

impl AudioControl for Control {
    fn backend(&self) -> String {
        self.backend.to_owned()
    }

    fn state(&self) -> AudioState {
        self.state.borrow().clone()
    }

    fn set_volume(&self, volume: u32) -> Reply<'_, ()> {
        self.ask(Command::Volume(u8::try_from(volume).unwrap_or(100).min(100)))
    }

    fn push_to_talk(&self, pressed: bool) -> Reply<'_, ()> {
        self.ask(Command::Button(pressed))
    }

    fn mute(&self, muted: bool) -> Reply<'_, ()> {
        self.ask(Command::Mute(muted))
    }

    fn stop(&self) -> Reply<'_, ()> {
        self.ask(Command::Stop)
    }

    fn play_tone(&self) -> Reply<'_, ()> {
        self.ask(Command::Tone)
    }
}
