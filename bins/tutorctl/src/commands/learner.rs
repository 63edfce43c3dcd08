//! `tutorctl learner`: the children of the device.

use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_bus::{Name, Options};
use iseetutor_service::Shutdown;
use serde_json::{Value, json};
use zbus::Variant;

use crate::cli::{LearnerAddArgs, LearnerCommand, LearnerSetArgs};
use crate::error::{Error, Result};
use crate::output::{Output, table, tell};
use crate::session::{Place, Session};

/// Does it.
///
/// # Errors
/// Those of the session, of tutord, and of the file of an export.
pub async fn run(command: &LearnerCommand, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let session = Session::at_home(place, &[Name::Tutor]).await?;
    session
        .run(shutdown, async |session| {
            let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
            match command {
                LearnerCommand::Add(args) => add(args, &tutor, output).await,
                LearnerCommand::Set(args) => set(args, &tutor, output).await,
                LearnerCommand::List(_) => list(&tutor, output).await,
                LearnerCommand::Show(args) => show(&args.name, &tutor, output).await,
                LearnerCommand::Export(args) => export(&args.name, &args.out, &tutor, output).await,
                LearnerCommand::Erase(args) => {
                    if args.yes || sure(&args.name)? {
                        erase(&args.name, &tutor, output).await
                    } else {
                        Err(Error::Usage("nothing was erased".into()))
                    }
                }
            }
        })
        .await
}

async fn add(args: &LearnerAddArgs, tutor: &Tutor1Proxy<'_>, output: Output) -> Result<()> {
    let mut options = Options::new();
    let mut put = |name: &str, value: Variant<'_>| {
        let owned =
            value.try_to_owned().map_err(|error| Error::Failed(format!("cannot send {name}: {error}")))?;
        options.insert(name.to_owned(), owned);
        Ok::<(), Error>(())
    };
    if let Some(day) = &args.test_day {
        put("test_day", day.as_str().into())?;
    }
    if let Some(minutes) = args.weekly_minutes {
        put("weekly_minutes", minutes.into())?;
    }
    if let Some(pace) = &args.pace {
        put("pace", pace.as_str().into())?;
    }
    let level = args.level.to_string();
    let added = tutor.add_learner(args.name.clone(), level, options).await;
    let added = parse(&added.map_err(Error::call("add a learner"))?)?;
    output.put(&added, || format!("added {}, who can say: I'm {}", args.name, args.name))
}

async fn set(args: &LearnerSetArgs, tutor: &Tutor1Proxy<'_>, output: Output) -> Result<()> {
    let set = tutor.set_for_learner(args.name.clone(), args.key.clone(), args.value.clone()).await;
    let set = parse(&set.map_err(Error::call("set something for a learner"))?)?;
    output.put(&set, || format!("{}: {}", args.name, settings(&set)))
}

/// What is set, in a line.
fn settings(set: &Value) -> String {
    let one = |(key, value): (&String, &Value)| format!("{key} {}", value.as_str().unwrap_or("-"));
    let all: Vec<String> = set.as_object().into_iter().flatten().map(one).collect();
    if all.is_empty() { "nothing is set".to_owned() } else { all.join(", ") }
}

async fn list(tutor: &Tutor1Proxy<'_>, output: Output) -> Result<()> {
    let learners = parse(&tutor.learners().await.map_err(Error::call("ask for the learners"))?)?;
    let learners = learners.as_array().cloned().unwrap_or_default();
    if output.is_json() {
        return learners.iter().try_for_each(|learner| output.put(learner, String::new));
    }
    if learners.is_empty() {
        return output.say("no learners yet; add one with: tutorctl learner add NAME --level lower");
    }
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut rows = vec![["name", "level", "test day", "minutes a week"].map(str::to_owned).to_vec()];
    rows.extend(learners.iter().map(|one| {
        let day = one["test_day"].as_str().unwrap_or("-").to_owned();
        vec![text(&one["name"]), text(&one["level"]), day, text(&one["weekly_minutes"])]
    }));
    output.say(&table(&rows))
}

async fn show(name: &str, tutor: &Tutor1Proxy<'_>, output: Output) -> Result<()> {
    let report = tutor.show_learner(name.to_owned()).await.map_err(Error::call("ask for a learner"))?;
    let report = parse(&report)?;
    output.put(&report, || shown(&report))
}

/// A report for people.
fn shown(report: &Value) -> String {
    let learner = &report["learner"];
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let minutes = report["practised_ms"].as_i64().unwrap_or(0) / 60_000;
    let mut out = format!(
        "{}, level {}, test day {}; {minutes} of {} minutes in the last seven days\n",
        text(&learner["name"]),
        text(&learner["level"]),
        text(&learner["test_day"]),
        learner["weekly_minutes"]
    );
    if report["settings"].as_object().is_some_and(|set| !set.is_empty()) {
        out.push_str(&format!("set: {}\n", settings(&report["settings"])));
    }
    let mut rows = vec![["section", "right", "of", "percent", "95 % interval"].map(str::to_owned).to_vec()];
    for section in report["sections"].as_array().into_iter().flatten() {
        let number = |key: &str| section[key].as_f64().unwrap_or(0.0);
        let enough = section["enough"].as_bool().unwrap_or(false);
        let percent = if enough { format!("{:.0}", number("percent")) } else { "need more data".to_owned() };
        let interval = format!("{:.0} to {:.0}", number("low"), number("high"));
        rows.push(vec![
            text(&section["section"]),
            section["right"].to_string(),
            section["answers"].to_string(),
            percent,
            interval,
        ]);
    }
    out.push_str(&table(&rows));
    let skills = report["skills"].as_array().into_iter().flatten();
    let known: Vec<&Value> = skills.filter(|skill| skill["enough"].as_bool() == Some(true)).collect();
    if !known.is_empty() {
        let mut rows =
            vec![["skill", "standing", "chance of right", "90 % interval"].map(str::to_owned).to_vec()];
        for skill in known {
            let percent = |key: &str| format!("{:.0}", 100.0 * skill[key].as_f64().unwrap_or(0.0));
            rows.push(vec![
                text(&skill["skill"]),
                text(&skill["standing"]).replace('_', " "),
                percent("p"),
                format!("{} to {}", percent("low"), percent("high")),
            ]);
        }
        out.push_str("\n\n");
        out.push_str(&table(&rows));
    }
    out
}

async fn export(name: &str, path: &Path, tutor: &Tutor1Proxy<'_>, output: Output) -> Result<()> {
    let cannot = |path: &PathBuf| Error::io("create", path.clone());
    let path = path.to_owned();
    // A child's record is for its parents' eyes; what is there already is not written over.
    let file =
        OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(cannot(&path))?;
    let exported = tutor.export_learner(name.to_owned(), std::os::fd::OwnedFd::from(file).into()).await;
    match exported {
        Ok(events) => {
            let line = json!({ "events": events, "file": path.display().to_string() });
            output.put(&line, || format!("{events} events of {name} are in {}", path.display()))
        }
        Err(error) => {
            // Half an export is none.
            let _ = std::fs::remove_file(&path);
            Err(Error::call("export a learner")(error))
        }
    }
}

/// Asks whether it is meant.
fn sure(name: &str) -> Result<bool> {
    tell(&format!("This erases everything on record of {name}, for ever. Type the name to go on:"));
    let mut typed = String::new();
    std::io::stdin().read_line(&mut typed).map_err(Error::io("read", "the standard input"))?;
    Ok(typed.trim().eq_ignore_ascii_case(name.trim()))
}

async fn erase(name: &str, tutor: &Tutor1Proxy<'_>, output: Output) -> Result<()> {
    let proof = tutor.erase_learner(name.to_owned()).await.map_err(Error::call("erase a learner"))?;
    let proof = parse(&proof)?;
    output.put(&proof, || {
        format!("erased: {} events of {name}, at {}", proof["erased"], proof["at"].as_str().unwrap_or("-"))
    })
}

fn parse(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| Error::Failed(format!("cannot read tutord's answer: {error}")))
}
