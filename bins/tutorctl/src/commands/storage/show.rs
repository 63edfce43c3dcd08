//! What is told of the storage.

use iseetutor_storage::Plan;
use iseetutor_storage::disk::size;
use iseetutor_storage::recovery::RecoveryKey;
use iseetutor_storage::run::Event;
use iseetutor_storage::status::{Kind, Status};
use serde_json::json;

use crate::error::{Error, Result};
use crate::output::{Output, table};

/// A plan that is not done.
pub fn plan(plan: &Plan, output: Output) -> Result<()> {
    let of = plan.steps.len();
    for (index, step) in plan.steps.iter().enumerate() {
        let action = step.action.to_string();
        output.put(&json!({"step": index + 1, "of": of, "what": step.what, "action": action}), || {
            format!("[{}/{of}] {}: {action}", index + 1, step.what)
        })?;
    }
    output.say("nothing was changed (--dry-run)")
}

/// What happens in the course of a plan.
pub fn event(event: &Event<'_>, output: Output) -> Result<()> {
    match event {
        Event::Begins { number, of, what, action } => {
            let action = action.to_string();
            output.put(&json!({"step": number, "of": of, "what": what, "action": action}), || {
                format!("[{number}/{of}] {what}: {action}")
            })
        }
        Event::TakesBack(action) => {
            let action = action.to_string();
            output.put(&json!({"takes_back": action}), || format!("taken back: {action}"))
        }
        Event::Stays(action, error) => {
            let (action, error) = (action.to_string(), error.to_string());
            output.put(&json!({"stays": action, "error": error}), || {
                format!("could not be taken back: {action}: {error}")
            })
        }
    }
}

/// The recovery key, once.
pub fn recovery_key(key: &RecoveryKey, output: Output) -> Result<()> {
    output.put(&json!({"recovery_key": key.text()}), || {
        let line = "-".repeat(51);
        format!(
            "{line}\n  RECOVERY KEY OF THE STORAGE\n\n  {}\n\n\
             \x20 Write it down, on paper, and keep it away from the\n  machine. It opens the storage when the machine's own\n\
             \x20 key is lost, and it is shown only now.\n{line}",
            key.text()
        )
    })
}

/// How the storage stands.
///
/// # Errors
/// [`Error::Reported`] when something is wrong.
pub fn status(status: &Status, output: Output) -> Result<()> {
    output.put(status, || for_people(status))?;
    if status.problems.is_empty() { Ok(()) } else { Err(Error::Reported) }
}

fn for_people(status: &Status) -> String {
    let kind = match status.kind {
        Kind::None => "none",
        Kind::Disk => "encrypted disk",
        Kind::Container => "encrypted file",
        Kind::Plain => "plain folder, NOT ENCRYPTED",
    };
    let yes = |yes: bool| if yes { "yes" } else { "NO" }.to_owned();
    let mut rows = vec![vec!["storage".into(), kind.into()]];
    let mut row = |name: &str, value: String| rows.push(vec![name.into(), value]);
    if matches!(status.kind, Kind::Disk | Kind::Container) {
        row("source", status.source.clone().unwrap_or_default());
        row("unlocked by", status.unlocked_by.unwrap_or("nothing").to_owned());
        row("recovery key", status.recovery_key.map_or_else(|| "unknown (ask as root)".into(), yes));
        row("unlocked", yes(status.unlocked));
        row("mounted", yes(status.mounted));
    }
    if status.mounted {
        row("free", format!("{} of {}", size(status.free), size(status.bytes)));
    }
    for problem in &status.problems {
        row("PROBLEM", problem.problem.clone());
        row("", format!("-> {}", problem.remedy));
    }
    table(&rows)
}
