//! `tutorctl talk`: a spoken conversation, shown as it goes.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use iseetutor_audio::wav::{Reader, Tail};
use iseetutor_bus::Name;
use iseetutor_bus::audio1::Audio1Proxy;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_service::Shutdown;
use iseetutor_wire::message::{Presence, Source};
use serde_json::json;

use super::up::{files, round};
use crate::cli::TalkArgs;
use crate::error::{Error, Result};
use crate::follow::{Event, Follower};
use crate::output::{Output, tell};
use crate::session::{Place, Session};
use crate::set::CONVERSATION;
use crate::set::settings::Wanted;
use crate::set::supervise::first_given_up;

/// How long nothing may happen, beyond the length of the recording, until the conversation is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long to wait for the last words of tutord when the sound is over.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// Holds the conversation: with files until the recording is over and answered, else until Ctrl-C.
///
/// # Errors
/// When the daemons cannot be started or are lost for good. A recording in which nothing is heard is no
/// error; a note on standard error says so.
pub async fn run(args: &TalkArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    match (&args.wav, &args.out) {
        (Some(input), Some(out)) => with_files(input, out, place, output, shutdown).await,
        _ => live(place, output, shutdown).await,
    }
}

async fn with_files(
    input: &Path,
    out: &Path,
    place: &Place,
    output: Output,
    shutdown: &Shutdown,
) -> Result<()> {
    let sound = files(input, out)?;
    let mut printer = Printer::new(output);
    let wanted = Wanted { sound, ..Wanted::default() };
    let session = tokio::select! {
        session = Session::own(place, &CONVERSATION, &wanted) => session?,
        () = shutdown.wait() => return Err(Error::Interrupted),
    };
    session
        .run(shutdown, async |session| converse(session, input, |event| printer.show(event)).await)
        .await?;
    if !printer.heard {
        tell(&format!("tutorctl: nothing was heard in {}; is there speech in it?", input.display()));
    }
    Ok(())
}

/// Holds a conversation with the recording that stands for the microphone of the session's own set, and
/// hands every event to `show`. Returns when the recording is over and everything was answered.
///
/// # Errors
/// As [`run`].
pub async fn converse(
    session: &Session,
    recording: &Path,
    mut show: impl FnMut(&Event) -> Result<()>,
) -> Result<()> {
    let length = Duration::from_secs_f64(Reader::open(recording, Tail::MustBeWhole)?.duration_s());
    let mut follower = Follower::start(session.bus()).await?;
    // The recording waits for this, so that it is heard by daemons that are ready.
    unmute(session).await?;
    let mut begun = false;
    loop {
        let event = tokio::select! {
            event = tokio::time::timeout(length + PATIENCE, follower.next()) => event,
            lost = given_up(session) => return Err(lost),
        };
        let problem = match event {
            Ok(Some(event)) => {
                show(&event)?;
                match event {
                    Event::Back(Name::Audio) => unmute(session).await?,
                    Event::Capturing(true) => begun = true,
                    Event::Capturing(false) if begun => break,
                    _ => {}
                }
                continue;
            }
            Ok(None) => "the bus is gone; start it again",
            Err(_) => "nothing happened for a long time; see the logs with --verbose",
        };
        return Err(Error::Call { operation: "go on with the conversation".into(), problem: problem.into() });
    }
    // The sound is over when the last answer was heard; words and figures about it may still be on their way.
    while let Ok(Some(event)) = tokio::time::timeout(LAST_WORDS, follower.next()).await {
        show(&event)?;
    }
    Ok(())
}

async fn unmute(session: &Session) -> Result<()> {
    let audio = Audio1Proxy::new(session.bus()).await.map_err(Error::call("reach audiod"))?;
    audio.mute(false).await.map_err(Error::call("open the microphone"))
}

/// Waits until a daemon of the session's own set was given up.
async fn given_up(session: &Session) -> Error {
    let Some(set) = session.set() else { return std::future::pending().await };
    let (daemon, problem) = first_given_up(set.lives()).await;
    Error::Daemon { daemon, problem, log: set.log().end_of(daemon) }
}

/// A conversation by voice keeps the records of this user: a child's answers are not lost when it ends.
async fn live(place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let session = tokio::select! {
        session = Session::at_home(place, &CONVERSATION) => session?,
        () = shutdown.wait() => return Ok(()),
    };
    ended(session.run(shutdown, async |session| follow(session, None, output).await).await)
}

/// Ctrl-C is a conversation's ordinary end.
pub fn ended(result: Result<()>) -> Result<()> {
    match result {
        Err(Error::Interrupted) => Ok(()),
        result => result,
    }
}

/// Shows the conversation until the daemons are lost, having signed a child in.
///
/// # Errors
/// When there is no such child, and when the daemons are lost.
pub async fn follow(session: &Session, learner: Option<&str>, output: Output) -> Result<()> {
    let mut follower = Follower::start(session.bus()).await?;
    let audio = Audio1Proxy::new(session.bus()).await.map_err(Error::call("reach audiod"))?;
    if !audio.capturing().await.map_err(Error::call("ask audiod"))? {
        let state = crate::set::ready::report(session.bus(), Name::Audio).await;
        let error = state.map(|state| state.last_error).unwrap_or_default();
        tell(&format!("tutorctl: the microphone is not open: {error}; see `tutorctl doctor`"));
    }
    if let Some(learner) = learner {
        let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
        tutor.sign_in(learner.to_owned()).await.map_err(Error::call("sign the learner in"))?;
    }
    output.say("Speak when you like; Ctrl-C ends the conversation.")?;
    let mut printer = Printer::new(output);
    loop {
        tokio::select! {
            event = follower.next() => match event {
                Some(event) => printer.show(&event)?,
                None => {
                    let operation = "go on with the conversation".to_owned();
                    return Err(Error::Call { operation, problem: "the bus is gone; start it again".into() });
                }
            },
            lost = given_up(session) => return Err(lost),
        }
    }
}

/// Shows events: to people sentence by sentence, to scripts one `said` for each answer.
struct Printer {
    output: Output,
    /// The answer that is being given: turn, text, source.
    answer: Option<(u32, String, Source)>,
    heard: bool,
}

impl Printer {
    fn new(output: Output) -> Self {
        Self { output, answer: None, heard: false }
    }

    fn show(&mut self, event: &Event) -> Result<()> {
        match event {
            Event::Heard { turn, text, confidence, no_speech } => {
                self.end_answer()?;
                self.heard |= !no_speech;
                let line = json!({
                    "event": "heard", "turn": turn, "text": text, "confidence": round(*confidence), "no_speech": no_speech,
                });
                self.output.put(&line, || match no_speech {
                    true => format!("{turn:>3} heard  (nothing)"),
                    false => format!("{turn:>3} heard  {text}  [{confidence:.2}]"),
                })
            }
            Event::Said { turn, text, source } => {
                if !self.output.is_json() {
                    return self.output.say(&format!("{turn:>3} said   {text}  [{}]", source.as_str()));
                }
                match &mut self.answer {
                    Some((current, words, _)) if current == turn => {
                        words.push(' ');
                        words.push_str(text);
                    }
                    _ => {
                        self.end_answer()?;
                        self.answer = Some((*turn, text.clone(), *source));
                    }
                }
                Ok(())
            }
            Event::Answered { .. } => self.end_answer(),
            Event::Timing { turn, figures } => self.timing(*turn, figures),
            Event::Missed(events) => {
                tell(&format!("tutorctl: {events} events of the conversation were missed"));
                Ok(())
            }
            Event::Lost(name) => {
                tell(&format!("tutorctl: {} is gone; waiting until it is back", name.program()));
                Ok(())
            }
            Event::Back(name) => {
                tell(&format!("tutorctl: {} is back", name.program()));
                Ok(())
            }
            Event::Presence(Presence::Listening) if !self.output.is_json() => {
                self.output.say("    listening")
            }
            Event::Presence(_) | Event::Capturing(_) | Event::Speaking(_) => Ok(()),
        }
    }

    fn end_answer(&mut self) -> Result<()> {
        let Some((turn, text, source)) = self.answer.take() else { return Ok(()) };
        let line = json!({"event": "said", "turn": turn, "text": text, "source": source.as_str()});
        self.output.put(&line, String::new)
    }

    fn timing(&mut self, turn: u32, figures: &BTreeMap<String, f64>) -> Result<()> {
        let mut line = json!({"event": "timing", "turn": turn});
        if let Some(line) = line.as_object_mut() {
            // Scripts find these in any case; a stage that took no part is null.
            for name in PROMISED {
                line.insert(name.to_owned(), serde_json::Value::Null);
            }
            line.extend(figures.iter().map(|(name, ms)| (name.clone(), round(*ms).into())));
        }
        self.output.put(&line, || {
            let total = figures.get(PROMISED[0]).copied().unwrap_or_default();
            let stages: Vec<String> = figures
                .iter()
                .filter(|(name, _)| *name != PROMISED[0])
                .map(|(name, ms)| format!("{} {ms:.0}", name.trim_end_matches("_ms")))
                .collect();
            format!("{turn:>3} time   {total:.0} ms to the first sound ({})", stages.join(", "))
        })
    }
}

/// The figures of a `timing` line that scripts rely on.
const PROMISED: [&str; 5] =
    ["speech_end_to_first_audio_ms", "endpoint_ms", "stt_ms", "first_token_ms", "tts_first_audio_ms"];
