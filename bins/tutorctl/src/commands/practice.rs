//! `tutorctl practice`: practice with a child, spoken or by keyboard.

use iseetutor_bus::Name;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_service::Shutdown;
use serde_json::json;
use tokio::sync::mpsc;

use super::talk;
use crate::cli::PracticeArgs;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::session::{Place, Session};
use crate::set::CONVERSATION;
use crate::text;

/// Signs the child in and practises, spoken until Ctrl-C, or by keyboard until the end of the input.
///
/// # Errors
/// Those of the session and of tutord.
pub async fn run(args: &PracticeArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let needed: &[Name] = if args.typed { &[Name::Tutor] } else { &CONVERSATION };
    let session = tokio::select! {
        session = Session::at_home(place, needed) => session?,
        () = shutdown.wait() => return Err(Error::Interrupted),
    };
    let practised = session
        .run(shutdown, async |session| {
            if args.typed {
                let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
                let first = args.what.clone().unwrap_or_else(|| "let's practice".to_owned());
                typed(Some(&args.learner), &[first], &tutor, output).await
            } else {
                talk::follow(session, Some(&args.learner), output).await
            }
        })
        .await;
    if args.typed { practised } else { talk::ended(practised) }
}

/// Signs a child in if one is named, says what is to be said first, and then every line that is typed.
///
/// # Errors
/// When there is no such child, and those of tutord.
pub async fn typed(
    learner: Option<&str>,
    first: &[String],
    tutor: &Tutor1Proxy<'_>,
    output: Output,
) -> Result<()> {
    // Whoever typed before is done.
    tutor.new_conversation().await.map_err(Error::call("begin a conversation"))?;
    let say = async |said: &str| -> Result<()> {
        let (answer, ..) = tutor.ask(said.to_owned()).await.map_err(Error::call("ask the tutor"))?;
        output.put(&json!({ "said": said, "answer": answer }), || format!("{answer}\n"))
    };
    if let Some(learner) = learner {
        tutor.show_learner(learner.to_owned()).await.map_err(Error::call("sign the learner in"))?;
        say(&format!("I'm {learner}")).await?;
    }
    for said in first {
        say(said).await?;
    }
    let mut lines = typed_lines();
    while let Some(line) = lines.recv().await {
        let line = line.map_err(Error::io("read", "the standard input"))?;
        if line.trim().is_empty() {
            continue;
        }
        match text::check(line.as_ref(), text::LONGEST_ASKED) {
            Ok(line) => say(line).await?,
            // One line that cannot be used does not end the practice.
            Err(error) => crate::output::tell(&format!("tutorctl: {error}")),
        }
    }
    Ok(())
}

/// The lines of the standard input, read by a thread of its own: a read that waits cannot be called off.
fn typed_lines() -> mpsc::Receiver<std::io::Result<String>> {
    let (lines, typed) = mpsc::channel(1);
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            if lines.blocking_send(line).is_err() {
                return;
            }
        }
    });
    typed
}
