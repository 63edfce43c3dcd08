//! `tutorctl restore`: a copy becomes the record again. tutord itself does it, by `tutord restore`; what is encrypted is
//! decrypted on the way to it and never lies on a disk in the clear.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use iseetutor_bus::Name;
use serde_json::Value;

use crate::cli::RestoreArgs;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::passphrase;
use crate::sealed;
use crate::session::{Place, find};
use crate::set::layout::Layout;
use crate::set::lock::UpState;
use crate::set::programs;

/// tutord's settings on a device.
const DEVICE: &str = "/etc/iseetutor/tutord.toml";

/// Bytes that are handed on at a time.
const BLOCK: usize = 1 << 16;

/// Does it.
///
/// # Errors
/// When the tutor runs, the copy or its passphrase is wrong, and those of tutord; then the record is as it was.
pub async fn run(args: &RestoreArgs, place: &Place, output: Output) -> Result<()> {
    if runs(place).await? {
        return Err(Error::Failed(
            "cannot restore while the tutor runs: stop it with `systemctl stop iseetutor.target` (on a device), or by \
             Ctrl-C where `tutorctl up` runs, and try again; nothing was changed"
                .into(),
        ));
    }
    let settings = settings(args, place)?;
    let args = args.clone();
    let told = tokio::task::spawn_blocking(move || restore(&args, &settings))
        .await
        .map_err(|error| Error::Failed(format!("the restore broke off: {error}")))??;
    output.put(&told, || shown(&told))
}

async fn runs(place: &Place) -> Result<bool> {
    match &place.dir {
        Some(folder) => Ok(UpState::read(&Layout::at(folder)?).is_some()),
        None => Ok(find(place, &[Name::Tutor]).await?.is_some()),
    }
}

/// tutord's command line: which record it is.
fn settings(args: &RestoreArgs, place: &Place) -> Result<Vec<String>> {
    let database = match (&args.database, &place.dir) {
        (Some(database), _) => std::path::absolute(database).map_err(Error::io("find", database))?,
        (None, Some(folder)) => Layout::at(folder)?.database(),
        // As root on a device it is the device's record, as tutord's settings say.
        (None, None) if nix::unistd::geteuid().is_root() && Path::new(DEVICE).exists() => {
            return Ok(Vec::new());
        }
        (None, None) => Layout::of_user()?.database(),
    };
    Ok(vec!["--set".into(), format!("database={}", database.display())])
}

fn restore(args: &RestoreArgs, settings: &[String]) -> Result<Value> {
    let mut copy = open(&args.file, args.passphrase_file.as_deref())?;
    let program = programs::ours(Name::Tutor.program())?;
    let mut tutord = Command::new(&program)
        .arg("restore")
        .args(settings)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| Error::Spawn { program: program.display().to_string(), source })?;
    if let Some(mut pipe) = tutord.stdin.take()
        && let Err(error) = hand_over(&mut *copy, &mut pipe, &args.file)
    {
        // It must not take the half that it has for the whole.
        let _ = tutord.kill();
        let _ = tutord.wait();
        return Err(error);
    }
    let ended = tutord.wait_with_output().map_err(Error::io("wait for", &program))?;
    if !ended.status.success() {
        let words = String::from_utf8_lossy(&ended.stderr).trim().to_owned();
        return Err(Error::Failed(if words.is_empty() {
            format!("tutord restore ended with {}; nothing was changed", ended.status)
        } else {
            words
        }));
    }
    serde_json::from_slice(&ended.stdout).map_err(|_| {
        Error::Failed(
            "the copy was restored, but tutord's account of it is not understood: tutorctl and tutord are \
                       of different releases"
                .into(),
        )
    })
}

/// The copy in the clear.
fn open(path: &Path, passphrase_file: Option<&Path>) -> Result<Box<dyn Read>> {
    let mut file = File::open(path).map_err(Error::io("read", path))?;
    let mut head = Vec::new();
    (&mut file).take(sealed::HEAD as u64).read_to_end(&mut head).map_err(Error::io("read", path))?;
    if sealed::is_sealed(&head) {
        let passphrase = passphrase::known(passphrase_file, path)?;
        return Ok(Box::new(sealed::open(path, &passphrase)?));
    }
    Ok(Box::new(io::Cursor::new(head).chain(file)))
}

fn hand_over(copy: &mut dyn Read, pipe: &mut impl Write, path: &Path) -> Result<()> {
    let mut block = vec![0; BLOCK];
    loop {
        match copy.read(&mut block) {
            Ok(0) => return Ok(()),
            Ok(read) => match pipe.write_all(&block[..read]) {
                // It has ended, and says why on its standard error.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(()),
                written => written.map_err(Error::io("hand on", path))?,
            },
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => {
                return Err(Error::Failed(format!(
                    "cannot read {}: {source}; it is damaged or was cut: take another copy; nothing was changed",
                    path.display()
                )));
            }
        }
    }
}

/// What came back, for people.
fn shown(told: &Value) -> String {
    let number = |value: &Value| value.as_u64().unwrap_or(0);
    let children: Vec<String> = told["children"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|child| {
            format!("{} ({} events)", child["name"].as_str().unwrap_or("?"), number(&child["events"]))
        })
        .collect();
    let whose = if children.is_empty() { "no child".to_owned() } else { children.join(", ") };
    let mut lines = vec![format!(
        "restored: {} events from {} to {}, of {whose}",
        number(&told["events"]),
        day(&told["from_ms"]),
        day(&told["to_ms"])
    )];
    for child in told["erased_again"].as_array().into_iter().flatten() {
        lines.push(format!(
            "erased again: {} events of a child that was erased on {}",
            number(&child["events"]),
            day(&child["at_ms"])
        ));
    }
    if told["erasures_known"] == false {
        lines.push(
            "there was no readable record before, so it is not known who was erased since the copy was made; if \
             somebody was: tutorctl learner erase NAME"
                .into(),
        );
    }
    if told["of_this_device"] == false {
        lines.push("the copy was made on another device".into());
    }
    if let Some(replaced) = told["replaced"].as_str() {
        let only = match told["only_in_replaced"].as_u64() {
            Some(events) => format!("{events} of its events are not in the copy"),
            None => "it cannot be read".to_owned(),
        };
        lines.push(format!("the record before is kept: {replaced} ({only})"));
        lines.push("to take this back: tutorctl restore with that file".into());
    }
    lines.push("start the tutor again: systemctl start iseetutor.target, or tutorctl up".into());
    lines.join("\n")
}

fn day(ms: &Value) -> String {
    let at = ms.as_i64().and_then(|ms| jiff::Timestamp::from_millisecond(ms).ok());
    at.map_or_else(|| "-".to_owned(), |at| at.to_zoned(jiff::tz::TimeZone::system()).date().to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::shown;

    #[test]
    fn everything_that_a_parent_has_to_know_is_said() {
        let text = shown(&json!({
            "events": 12, "from_ms": 1_793_000_000_000_i64, "to_ms": 1_793_500_000_000_i64,
            "children": [{"name": "Maya", "events": 12}],
            "erased_again": [{"learner": "x", "events": 4, "at_ms": 1_793_400_000_000_i64}],
            "erasures_known": true, "of_this_device": false,
            "replaced": "/d/tutor.db.replaced-1", "only_in_replaced": 3,
        }));
        for part in
            ["12 events", "Maya (12 events)", "erased again: 4 events", "another device", "replaced-1 (3 of"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("not known who was erased"));
        let text = shown(&json!({"events": 0, "erasures_known": false, "replaced": null}));
        assert!(
            text.contains("no child") && text.contains("learner erase") && !text.contains("kept"),
            "{text}"
        );
    }
}
