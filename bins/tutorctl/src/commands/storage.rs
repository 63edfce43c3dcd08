//! `tutorctl storage`: makes the encrypted storage, and shows how it stands.

mod ask;
mod show;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use iseetutor_service::Shutdown;
use iseetutor_storage::plan::Secret;
use iseetutor_storage::recovery::RecoveryKey;
use iseetutor_storage::run::{Event, Failure, execute};
use iseetutor_storage::setup::{self, Keys, Survey, Target, Wishes};
use iseetutor_storage::{Places, Plan, status};
use serde_json::json;

use crate::cli::StorageCommand;
use crate::cli::storage::{AdoptArgs, SetupArgs};
use crate::error::{Error, Result};
use crate::output::{Output, tell};

/// Does it.
///
/// # Errors
/// Why it was refused, or which step failed and how to go on.
pub async fn run(command: &StorageCommand, output: Output, shutdown: &Shutdown) -> Result<()> {
    let command = command.clone();
    let begun = Arc::new(AtomicBool::new(false));
    let stop = Arc::new(AtomicBool::new(false));
    let (working, stopped) = (begun.clone(), stop.clone());
    let mut work = tokio::task::spawn_blocking(move || {
        let job = Job { output, places: Places::default(), working, stopped };
        match command {
            StorageCommand::Setup(args) => job.setup(&args),
            StorageCommand::Adopt(args) => job.adopt(&args),
            StorageCommand::Status => show::status(&status::status(&job.places)?, output),
        }
    });
    let broke_off = |error| Error::Failed(format!("the work broke off: {error}"));
    tokio::select! {
        done = &mut work => return done.map_err(broke_off)?,
        () = shutdown.wait() => {}
    }
    stop.store(true, Ordering::SeqCst);
    // A question that waits for its answer cannot be called off, and nothing was changed yet; nor will it be, because
    // either this sees that the work has begun, or the work sees that it is to stop.
    if !begun.load(Ordering::SeqCst) {
        return Err(Error::Interrupted);
    }
    tell("tutorctl: after this step it is broken off");
    work.await.map_err(broke_off)?
}

/// What is to be done, and how it is told.
struct Job {
    output: Output,
    places: Places,
    /// Set before the first step.
    working: Arc<AtomicBool>,
    /// Set by Ctrl-C.
    stopped: Arc<AtomicBool>,
}

impl Job {
    fn setup(&self, args: &SetupArgs) -> Result<()> {
        if args.plain {
            let plan = setup::plain(&self.places)?;
            self.tell_notes(&plan)?;
            if plan.steps.is_empty() {
                return self.already("the plain folder is set up already");
            }
            if args.manner.dry_run {
                return show::plan(&plan, self.output);
            }
            ask::sure(&args.manner, "This storage is NOT ENCRYPTED", "plain")?;
            self.perform(&plan, "tutorctl storage setup --plain", false)?;
            return self.output.put(&json!({"done": true}), || {
                format!("the storage is {}, NOT ENCRYPTED", self.places.mount.display())
            });
        }
        let target = match (&args.device, args.container) {
            (Some(device), _) => Target::Disk(device.clone()),
            (None, Some(bytes)) => {
                let file = args.file.clone().unwrap_or_else(|| self.places.container.clone());
                Target::Container { file, bytes }
            }
            (None, None) => return Err(Error::Usage("name a disk, or --container SIZE, or --plain".into())),
        };
        let wishes =
            Wishes { erase: args.erase.clone(), replace: args.replace, tpm2: args.tpm2, adopt: false };
        let survey = setup::look(&target, &wishes, &self.places)?;
        let recovery = if survey.needs_recovery_key() { Some(new_key()?) } else { None };
        let keys = keys(recovery)?;
        let plan = setup::plan(&survey, &wishes, &keys, &self.places)?;
        self.tell_notes(&plan)?;
        if plan.steps.is_empty() {
            return self.already("the storage is set up already");
        }
        if args.manner.dry_run {
            return show::plan(&plan, self.output);
        }
        if survey.volume.is_none() {
            let name = survey.source.display().to_string();
            ask::sure(&args.manner, &format!("This makes the storage on {name}"), &name)?;
        }
        if let Some(key) = &keys.recovery {
            show::recovery_key(key, self.output)?;
            ask::written_down(&args.manner, key)?;
        }
        self.perform(&plan, &again(&survey, args), keys.recovery.is_some())?;
        self.done(&survey)
    }

    fn adopt(&self, args: &AdoptArgs) -> Result<()> {
        let wishes = Wishes { erase: None, replace: args.replace, tpm2: false, adopt: true };
        let is_file = args.source.is_file();
        let target = if is_file {
            Target::Container { file: args.source.clone(), bytes: 0 }
        } else {
            Target::Disk(args.source.clone())
        };
        let survey = setup::look(&target, &wishes, &self.places)?;
        let opens = survey.volume.as_ref().is_some_and(|volume| volume.key_opens);
        let recovery = if opens { None } else { Some(ask::recovery_key(&survey.source)?) };
        let plan = setup::plan(&survey, &wishes, &keys(recovery)?, &self.places)?;
        self.tell_notes(&plan)?;
        if plan.steps.is_empty() {
            return self.already("it is this machine's storage already");
        }
        if args.manner.dry_run {
            return show::plan(&plan, self.output);
        }
        let again = format!(
            "tutorctl storage adopt {}{}",
            args.source.display(),
            if args.replace { " --replace" } else { "" }
        );
        self.perform(&plan, &again, false)?;
        self.done(&survey)
    }

    fn already(&self, text: &str) -> Result<()> {
        self.output
            .put(&json!({"done": true, "steps": 0}), || format!("{text}; `tutorctl storage status` shows it"))
    }

    fn tell_notes(&self, plan: &Plan) -> Result<()> {
        plan.notes.iter().try_for_each(|note| self.output.say(note))
    }

    fn perform(&self, plan: &Plan, again: &str, key_shown: bool) -> Result<()> {
        self.working.store(true, Ordering::SeqCst);
        let output = self.output;
        let mut told = Ok(());
        let mut report = |event: &Event<'_>| {
            if told.is_ok() {
                told = show::event(event, output);
            }
        };
        let done = execute(plan, &self.places, &mut report, &|| self.stopped.load(Ordering::SeqCst));
        done.map_err(|failure| failed(&failure, again, key_shown))?;
        // That nobody reads along is no reason to stop half way.
        told
    }

    fn done(&self, survey: &Survey) -> Result<()> {
        let (source, mount) = (survey.source.display().to_string(), self.places.mount.display().to_string());
        self.output.put(&json!({"done": true, "source": source, "mount": mount}), || {
            format!("the storage is ready: {source}, unlocked and mounted at {mount}, now and at every start")
        })
    }
}

fn keys(recovery: Option<RecoveryKey>) -> Result<Keys> {
    const UUID: &str = "/proc/sys/kernel/random/uuid";
    let uuid = std::fs::read_to_string(UUID).map_err(Error::io("read", UUID))?;
    // 140 random bits in text, as the other one; nobody ever types it.
    let device = Secret::new(new_key()?.text());
    Ok(Keys { device, recovery, uuid: uuid.trim().to_owned() })
}

fn new_key() -> Result<RecoveryKey> {
    RecoveryKey::new().map_err(Error::io("read", Path::new("/dev/urandom")))
}

/// The command that goes on. What was to be erased is erased no more once the volume is made.
fn again(survey: &Survey, args: &SetupArgs) -> String {
    let mut text = "tutorctl storage setup".to_owned();
    match args.container {
        Some(bytes) => text.push_str(&format!(" --container {bytes} --file {}", survey.source.display())),
        None => text.push_str(&format!(" {}", survey.source.display())),
    }
    for (wish, flag) in [(args.replace, " --replace"), (args.tpm2, " --tpm2")] {
        if wish {
            text.push_str(flag);
        }
    }
    text
}

/// What failed, what is left, and how to go on.
fn failed(failure: &Failure, again: &str, key_shown: bool) -> Error {
    let mut text = failure.to_string();
    if failure.stays.is_empty() {
        text.push_str("\n  nothing is left of what was done before");
    } else {
        text.push_str(&format!("\n  done before, and left as it is: {}", failure.stays.join(", ")));
    }
    for command in &failure.stuck {
        text.push_str(&format!("\n  could not be taken back; do it by hand: {command}"));
    }
    if key_shown {
        text.push_str(if failure.stays.contains(&"add the recovery key") {
            "\n  the recovery key above is the one of the storage: keep it"
        } else {
            "\n  the recovery key above opens nothing: throw it away, the next run makes another"
        });
    }
    text.push_str(&format!("\n  to go on, once the cause is mended: {again}"));
    Error::Failed(text)
}
