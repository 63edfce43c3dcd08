//! Does what a plan says, and takes back what must not stay half made.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::disk;
use crate::error::{Error, Result};
use crate::places::Places;
use crate::plan::{Action, Call, Plan, mkfs};
use crate::status;

/// What is told while a plan is done.
#[derive(Debug)]
pub enum Event<'a> {
    /// A step begins.
    Begins {
        /// Its number, from 1 on.
        number: usize,
        /// How many there are.
        of: usize,
        /// What it does.
        what: &'static str,
        /// How.
        action: &'a Action,
    },
    /// Something is taken back.
    TakesBack(&'a Action),
    /// It could not be taken back.
    Stays(&'a Action, &'a Error),
}

/// Where a plan broke off.
#[derive(Debug, thiserror::Error)]
#[error("step {number} of {of} ({what}) failed: {source}")]
pub struct Failure {
    /// The number of the step that failed, from 1 on.
    pub number: usize,
    /// How many there are.
    pub of: usize,
    /// What it was to do.
    pub what: &'static str,
    /// What was done before, and stays.
    pub stays: Vec<&'static str>,
    /// What could not be taken back, as a command.
    pub stuck: Vec<String>,
    /// Why it failed.
    #[source]
    pub source: Error,
}

/// Does the steps, one after the other. `interrupted` is asked between two steps: none is broken off in the middle.
///
/// # Errors
/// Which step failed. What was open is closed again, and what nobody can go on with is removed.
pub fn execute(
    plan: &Plan,
    places: &Places,
    tell: &mut dyn FnMut(&Event<'_>),
    interrupted: &dyn Fn() -> bool,
) -> Result<(), Box<Failure>> {
    let of = plan.steps.len();
    let mut undo: Vec<(usize, &Action)> = Vec::new();
    for (index, step) in plan.steps.iter().enumerate() {
        let done = if interrupted() {
            Err(Error::Interrupted)
        } else {
            tell(&Event::Begins { number: index + 1, of, what: step.what, action: &step.action });
            perform(&step.action, places)
        };
        if let Err(source) = done {
            let mut stuck = Vec::new();
            let mut taken_back = Vec::new();
            for (number, action) in undo.iter().rev() {
                tell(&Event::TakesBack(action));
                match perform(action, places) {
                    Ok(()) => taken_back.push(*number),
                    Err(error) => {
                        tell(&Event::Stays(action, &error));
                        stuck.push(action.to_string());
                    }
                }
            }
            let stays = plan.steps[..index].iter().enumerate();
            let stays =
                stays.filter(|(number, _)| !taken_back.contains(number)).map(|(_, step)| step.what).collect();
            let failure = Failure { number: index + 1, of, what: step.what, stays, stuck, source };
            return Err(Box::new(failure));
        }
        if step.settles {
            undo.clear();
        }
        if let Some(action) = &step.undo {
            undo.push((index, action));
        }
    }
    Ok(())
}

fn perform(action: &Action, places: &Places) -> Result<()> {
    match action {
        Action::Run(call) => run(call).map(drop),
        Action::Folder { path, mode } => folder(path, *mode),
        Action::Write { path, mode, text, replace } => write(path, *mode, text.text(), *replace),
        Action::Rename { from, to } => {
            std::fs::rename(from, to).map_err(Error::io("rename", from))?;
            sync_folder(to)
        }
        Action::Remove { path } => match std::fs::remove_file(path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(Error::io("remove", path)(error))
            }
            _ => Ok(()),
        },
        Action::Allocate { path, bytes } => allocate(path, *bytes),
        Action::FileSystem { device } => match disk::signatures(device)?.as_slice() {
            [] => run(&mkfs(device)).map(drop),
            [one] if one == "ext4" => Ok(()),
            other => Err(Error::Refused(format!(
                "the volume holds {}, which is not ours; begin anew with --erase and the device's name",
                other.join(", ")
            ))),
        },
        Action::Check { encrypted } => status::check(places, *encrypted),
    }
}

/// Runs a program and gives what it wrote. In a process group of its own: Ctrl-C does not break it off.
///
/// # Errors
/// When it cannot be started or fails.
pub fn run(call: &Call) -> Result<String> {
    let (success, status, stdout, stderr) = run_any(call)?;
    if success {
        return Ok(stdout);
    }
    Err(Error::Tool {
        program: call.to_string(),
        status,
        text: if stderr.trim().is_empty() { stdout } else { stderr },
    })
}

/// Whether a program ends with success.
///
/// # Errors
/// When it cannot be started.
pub fn succeeds(call: &Call) -> Result<bool> {
    run_any(call).map(|(success, ..)| success)
}

fn run_any(call: &Call) -> Result<(bool, String, String, String)> {
    let program =
        |source| Error::Program { program: call.program.into(), package: package(call.program), source };
    let mut command = Command::new(call.program);
    command
        .args(&call.args)
        // After `su` the path may lack the folders of root's programs.
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("LC_ALL", "C")
        .process_group(0)
        .stdin(if call.input.is_some() { Stdio::piped() } else { Stdio::null() })
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if let Some((name, value)) = &call.env {
        command.env(name, value.text());
    }
    let mut child = command.spawn().map_err(program)?;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), &call.input) {
        // One that ends without reading says why by its exit status.
        let _ = stdin.write_all(input.text().as_bytes());
    }
    let out = child.wait_with_output().map_err(program)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((out.status.success(), out.status.to_string(), text(&out.stdout), text(&out.stderr)))
}

/// The package of a program in Debian and Ubuntu.
#[must_use]
pub fn package(program: &str) -> &'static str {
    match program {
        "cryptsetup" => "cryptsetup-bin",
        "mkfs.ext4" => "e2fsprogs",
        "systemctl" | "systemd-cryptenroll" => "systemd",
        _ => "util-linux",
    }
}

fn folder(path: &Path, mode: u32) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(above) = path.parent() {
        std::fs::create_dir_all(above).map_err(Error::io("create", above))?;
    }
    DirBuilder::new().mode(mode).create(path).map_err(Error::io("create", path))?;
    sync_folder(path)
}

fn write(path: &Path, mode: u32, text: &str, replace: bool) -> Result<()> {
    if !replace && path.symlink_metadata().is_ok() {
        return Err(Error::io("create", path)(std::io::ErrorKind::AlreadyExists.into()));
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = path.with_file_name(name);
    // One that a power cut left behind.
    let _ = std::fs::remove_file(&new);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(&new)
        .map_err(Error::io("create", &new))?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let written = written.map_err(Error::io("write", &new)).and_then(|()| {
        std::fs::rename(&new, path).map_err(Error::io("rename", &new))?;
        sync_folder(path)
    });
    if written.is_err() {
        let _ = std::fs::remove_file(&new);
    }
    written
}

/// Makes the name of a file as durable as the file.
fn sync_folder(path: &Path) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("/"));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::io("sync", folder))
}

fn allocate(path: &Path, bytes: u64) -> Result<()> {
    use nix::fcntl::posix_fallocate;
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(Error::io("create", path))?;
    let size = i64::try_from(bytes)
        .map_err(|_| Error::Refused(format!("{bytes} bytes are more than a file can have")))?;
    let allocated =
        posix_fallocate(&file, 0, size).map_err(std::io::Error::from).and_then(|()| file.sync_all());
    allocated.map_err(|error| {
        // Not left behind: what is on it is no use to anybody.
        let _ = std::fs::remove_file(path);
        Error::io("reserve room for", path)(error)
    })?;
    sync_folder(path)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::{Event, execute, run};
    use crate::error::Error;
    use crate::places::Places;
    use crate::plan::{Action, Call, Plan, Secret, Step};

    fn write(path: &Path, replace: bool) -> Action {
        Action::Write { path: path.into(), mode: 0o400, text: Secret::new("k".into()), replace }
    }

    fn remove(path: &Path) -> Action {
        Action::Remove { path: path.into() }
    }

    fn fails() -> Action {
        Action::Run(Call::new("ls", ["/there/is/no/such/file"]))
    }

    #[test]
    fn a_failure_takes_back_what_is_open_and_names_what_stays() {
        let place = tempfile::tempdir().unwrap();
        let path = |name: &str| place.path().join(name);
        let plan = Plan {
            steps: vec![
                Step::new("write a", write(&path("a"), false)).undone_by(remove(&path("a"))),
                Step::new("write b", write(&path("b"), false)).settling(),
                Step::new("write c", write(&path("c"), false)).undone_by(remove(&path("c"))),
                Step::new("fail", fails()),
                Step::new("write d", write(&path("d"), false)),
            ],
            notes: Vec::new(),
        };
        let mut told = Vec::new();
        let mut tell = |event: &Event<'_>| told.push(format!("{event:?}"));
        let failure = execute(&plan, &Places::default(), &mut tell, &|| false).unwrap_err();
        assert_eq!((failure.number, failure.of, failure.what), (4, 5, "fail"));
        assert_eq!(failure.stays, ["write a", "write b"]);
        assert!(failure.stuck.is_empty());
        assert!(
            failure.to_string().contains("ls /there/is/no/such/file failed (exit status: 2)"),
            "{failure}"
        );
        assert!(path("a").exists() && path("b").exists() && !path("c").exists() && !path("d").exists());
        assert_eq!(told.len(), 5, "{told:?}");
    }

    #[test]
    fn before_anything_settles_all_of_it_is_taken_back() {
        let place = tempfile::tempdir().unwrap();
        let container = place.path().join("storage.luks");
        let allocate = Action::Allocate { path: container.clone(), bytes: 1 << 20 };
        let plan = Plan {
            steps: vec![
                Step::new("make the file", allocate.clone()).undone_by(remove(&container)),
                Step::new("look", Action::Run(Call::new("test", ["-s", &container.to_string_lossy()]))),
                Step::new("fail", fails()).settling(),
            ],
            notes: Vec::new(),
        };
        let failure = execute(&plan, &Places::default(), &mut |_| {}, &|| false).unwrap_err();
        assert_eq!((failure.number, failure.stays), (3, vec!["look"]));
        assert!(!container.exists());
    }

    #[test]
    fn an_interruption_comes_between_two_steps() {
        let place = tempfile::tempdir().unwrap();
        let (a, b) = (place.path().join("a"), place.path().join("b"));
        let steps = vec![
            Step::new("write a", write(&a, false)).undone_by(remove(&a)),
            Step::new("write b", write(&b, false)),
        ];
        let plan = Plan { steps, notes: Vec::new() };
        let interrupted = || a.exists();
        let failure = execute(&plan, &Places::default(), &mut |_| {}, &interrupted).unwrap_err();
        assert!(matches!(failure.source, Error::Interrupted) && !a.exists() && !b.exists());
    }

    #[test]
    fn a_file_is_written_with_its_mode_and_replaces_another_only_when_meant() {
        let place = tempfile::tempdir().unwrap();
        let key = place.path().join("keys/iseetutor.key");
        let folder = Action::Folder { path: place.path().join("keys"), mode: 0o700 };
        let go = |action: Action| {
            let plan = Plan { steps: vec![Step::new("do", action)], notes: Vec::new() };
            execute(&plan, &Places::default(), &mut |_| {}, &|| false)
        };
        go(folder.clone()).unwrap();
        go(folder).unwrap();
        go(write(&key, false)).unwrap();
        let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
        assert_eq!((mode(key.parent().unwrap()), mode(&key)), (0o700, 0o400));
        assert!(go(write(&key, false)).unwrap_err().to_string().contains("iseetutor.key"));
        go(write(&key, true)).unwrap();
        assert_eq!(std::fs::read_dir(key.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn a_secret_reaches_the_program_and_a_missing_one_names_its_package() {
        let cat = Call::new("cat", ["-"]).reading(Secret::new("hush".into()));
        assert_eq!(run(&cat).unwrap(), "hush");
        let text = run(&Call::new("no-such-program", [""; 0])).unwrap_err().to_string();
        assert!(text.contains("no-such-program") && text.contains("package"), "{text}");
    }
}
