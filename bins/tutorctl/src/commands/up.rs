//! `tutorctl up`: all daemons on a private bus, in one terminal.

use std::time::Instant;

use iseetutor_audio::wav::{Reader, Tail};
use iseetutor_bus::Name;
use iseetutor_service::Shutdown;
use serde_json::json;

use crate::cli::UpArgs;
use crate::error::{Error, Result};
use crate::output::{Output, tell};
use crate::set::layout::Layout;
use crate::set::log::Log;
use crate::set::settings::{Sound, Wanted};
use crate::set::supervise::Life;
use crate::set::{CONVERSATION, Set};

/// Runs until SIGINT or SIGTERM.
///
/// # Errors
/// When the set cannot be started, or every daemon was given up.
pub async fn run(args: &UpArgs, output: Output, shutdown: &Shutdown) -> Result<()> {
    let begun = Instant::now();
    let layout = match &args.place.dir {
        Some(folder) => Layout::at(folder)?,
        None => Layout::of_user()?,
    };
    let daemons = daemons(&args.only)?;
    let mut wanted =
        Wanted { sound: sound(args)?, starts_by_itself: true, log: args.log.clone(), ..Wanted::default() };
    if let Some(models) = &args.place.models {
        wanted.models.clone_from(models);
    }
    let mut set = tokio::select! {
        set = Set::start(layout, &daemons, &wanted, Log::new(true)) => set?,
        () = shutdown.wait() => return Ok(()),
    };
    let result = supervise(&set, output, shutdown, begun).await;
    // A second Ctrl-C means it.
    set.stop_or_kill(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
    .await;
    output.put(&json!({"event": "stopped"}), || "stopped".into())?;
    result
}

async fn supervise(set: &Set, output: Output, shutdown: &Shutdown, begun: Instant) -> Result<()> {
    announce(set, output)?;
    tokio::select! {
        ready = set.wait_patiently() => match ready {
            Ok(()) => {
                let took_s = begun.elapsed().as_secs_f64();
                output.put(&json!({"event": "ready", "took_s": round(took_s)}), || {
                    format!("every daemon is at work after {took_s:.2} s")
                })?;
            }
            // What runs goes on running; what does not is told again whenever it is tried.
            Err(error) => tell(&format!("tutorctl: {error}")),
        },
        () = all_given_up(set) => return Err(nothing_runs()),
        () = shutdown.wait() => return Ok(()),
    }
    tokio::select! {
        () = shutdown.wait() => Ok(()),
        () = all_given_up(set) => Err(nothing_runs()),
    }
}

fn nothing_runs() -> Error {
    Error::Failed("every daemon was given up; mend what their logs above say and start again".into())
}

async fn all_given_up(set: &Set) {
    for (_, mut life) in set.lives() {
        // An error means that the supervisor is ending it.
        if life.wait_for(|life| matches!(life, Life::GivenUp { .. })).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

fn announce(set: &Set, output: Output) -> Result<()> {
    let (dir, bus) = (set.layout().root().display().to_string(), set.address());
    let event = json!({"event": "started", "dir": dir, "bus": bus, "pid": std::process::id()});
    output.put(&event, || {
        format!(
            "ISEE Tutor runs in {dir}; Ctrl-C stops it.\n\
             bus:     {bus}\n\
             look:    busctl --address={bus} introspect org.iseetutor.Tutor1 /org/iseetutor/Tutor1\n\
             follow:  busctl --address={bus} monitor\n\
             use:     tutorctl talk --dir {dir}    tutorctl status --dir {dir}"
        )
    })
}

fn daemons(only: &[String]) -> Result<Vec<Name>> {
    if only.is_empty() {
        return Ok(CONVERSATION.to_vec());
    }
    let known = || CONVERSATION.map(Name::program).join(", ");
    let find = |name: &String| {
        CONVERSATION.into_iter().find(|daemon| daemon.program() == name).ok_or_else(|| {
            Error::Usage(format!("there is no daemon {name:?} for --only; there are {}", known()))
        })
    };
    only.iter().map(find).collect()
}

fn sound(args: &UpArgs) -> Result<Sound> {
    match (&args.wav_in, &args.wav_out) {
        (Some(input), Some(out)) => files(input, out),
        _ => Ok(Sound::Card),
    }
}

/// Two files as microphone and speaker, the first of which is checked.
///
/// # Errors
/// When the input is not a whole WAV file, or the folder of the output is not there.
pub fn files(input: &std::path::Path, out: &std::path::Path) -> Result<Sound> {
    Reader::open(input, Tail::MustBeWhole)?;
    let input = std::path::absolute(input).map_err(Error::io("find", input))?;
    let output = std::path::absolute(out).map_err(Error::io("find", out))?;
    if output == input {
        return Err(Error::Usage("the file of the microphone cannot be that of the speaker too".into()));
    }
    if let Some(folder) = output.parent() {
        let meta = std::fs::metadata(folder).map_err(Error::io("write to the folder", folder))?;
        if !meta.is_dir() {
            return Err(Error::io("write to the folder", folder)(std::io::ErrorKind::NotADirectory.into()));
        }
    }
    Ok(Sound::Files { input, output })
}

/// Three digits after the point are enough for figures that people read.
#[must_use]
pub fn round(value: f64) -> f64 {
    (value * 1_000.0).round() / 1_000.0
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::daemons;
    use iseetutor_bus::Name;

    #[test]
    fn only_names_daemons_of_a_conversation() {
        assert_eq!(daemons(&["sttd".into(), "ttsd".into()]).unwrap(), [Name::Stt, Name::Tts]);
        assert_eq!(daemons(&[]).unwrap().len(), 5);
        let text = daemons(&["syncd".into()]).unwrap_err().to_string();
        assert!(text.contains("\"syncd\"") && text.contains("audiod"), "{text}");
    }
}
