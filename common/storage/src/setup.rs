//! From what is there to what is to be done.

mod look;

use std::path::{Path, PathBuf};

use crate::crypttab::{self, Entry};
use crate::disk::Disk;
use crate::error::{Error, Result};
use crate::luks;
use crate::places::{
    DEVICE_SLOT, FOLDERS_UNIT, MOUNT_UNIT, NAME, NAME_IN_SETUP, Places, TARGET, UNLOCK_UNIT,
};
use crate::plan::{Action, Call, Plan, Secret, Step};
use crate::recovery::RecoveryKey;
use crate::status;
use crate::survey::{self, Machine, Volume};

pub use look::look;

/// Where the storage is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A disk or partition.
    Disk(PathBuf),
    /// A file of this size.
    Container {
        /// The file.
        file: PathBuf,
        /// Bytes.
        bytes: u64,
    },
}

/// What is said on the command line besides.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The device whose data may go, named a second time.
    pub erase: Option<PathBuf>,
    /// Whether another volume's line in crypttab may be replaced.
    pub replace: bool,
    /// Whether a TPM unlocks, in place of the key file.
    pub tpm2: bool,
    /// Whether a volume of another machine is taken over with its data.
    pub adopt: bool,
}

/// What the plan is made with.
#[derive(Debug, Clone)]
pub struct Keys {
    /// The machine's new key: text, because systemd 249 takes it from the environment only.
    pub device: Secret,
    /// The recovery key: a new one, or that of the volume that is taken over.
    pub recovery: Option<RecoveryKey>,
    /// The UUID of a new volume.
    pub uuid: String,
}

/// What is there.
#[derive(Debug, Clone)]
pub struct Survey {
    /// The machine.
    pub machine: Machine,
    /// Where the storage is to be.
    pub source: PathBuf,
    /// The disk, unless it is a file.
    pub disk: Option<Disk>,
    /// The file's size, if it is to be made.
    pub allocate: Option<u64>,
    /// The volume on it, if there is one of ours that is to stay.
    pub volume: Option<Volume>,
    /// What is wrong with the folders.
    pub folders: Vec<String>,
}

impl Survey {
    /// Whether the volume is in use under our name.
    fn is_unlocked(&self) -> bool {
        let uuid = self.volume.as_ref().map(|volume| volume.header.uuid.replace('-', ""));
        uuid.is_some() && uuid == self.machine.unlocked
    }

    /// Whether it is this machine's TPM, and nothing else, that unlocks it. That of another machine does not.
    fn opens_by_tpm(&self, wishes: &Wishes) -> bool {
        let source = self.machine.entry.as_ref().and_then(|entry| entry.source.strip_prefix("UUID="));
        self.volume.as_ref().is_some_and(|volume| {
            let header = &volume.header;
            header.tpm2 && !volume.key_opens && !wishes.adopt && source == Some(header.uuid.as_str())
        })
    }

    /// Whether a recovery key has to be made.
    #[must_use]
    pub fn needs_recovery_key(&self) -> bool {
        self.volume.as_ref().is_none_or(|volume| !volume.header.has_recovery())
    }
}

/// The machine's key while the volume is made. With a TPM it is not where systemd-cryptsetup would find it: that it can do
/// without is to be seen.
#[must_use]
pub fn key_in_setup(places: &Places, wishes: &Wishes) -> PathBuf {
    if wishes.tpm2 { places.key.with_file_name("iseetutor.setup.key") } else { places.key.clone() }
}

/// The plan for an encrypted storage. Empty when all is done.
///
/// # Errors
/// Why it is not done; nothing was changed.
pub fn plan(survey: &Survey, wishes: &Wishes, keys: &Keys, places: &Places) -> Result<Plan> {
    let machine = &survey.machine;
    let source = &survey.source;
    let key = key_in_setup(places, wishes);
    let uuid = survey.volume.as_ref().map_or(&keys.uuid, |volume| &volume.header.uuid);
    let wanted = entry(survey, uuid, wishes, places);
    may_be_used(survey, wishes, &wanted, places)?;

    let mut plan = Plan::default();
    let unlocked = survey.is_unlocked();
    let mounted = machine.mounted.is_some();
    let mut step = |step: Step| plan.steps.push(step);
    let run = |what: &'static str, call: Call| Step::new(what, Action::Run(call));
    let systemctl = |args: &[&str]| Call::new("systemctl", args.iter().copied());

    if machine.running && !mounted {
        let start = Action::Run(systemctl(&["--no-block", "start", TARGET]));
        step(run("stop the tutor", systemctl(&["stop", TARGET])).undone_by(start));
    }
    if machine.open_in_setup {
        step(run("close what an earlier set-up left open", luks::close(NAME_IN_SETUP)));
    }

    // --- the volume and its keys
    let usable = survey.volume.as_ref().is_some_and(|volume| volume.key_opens || survey.opens_by_tpm(wishes));
    let write_key = |steps: &mut dyn FnMut(Step)| {
        let folder = key.parent().unwrap_or(Path::new("/")).to_owned();
        steps(Step::new("make the folder of the key", Action::Folder { path: folder, mode: 0o700 }));
        if key.exists() {
            let old =
                key.with_file_name(format!("iseetutor.key.before-{}", keys.uuid.get(..8).unwrap_or("this")));
            let back = Action::Rename { from: old.clone(), to: key.clone() };
            let keep = Action::Rename { from: key.clone(), to: old };
            steps(Step::new("keep the key of the storage before", keep).undone_by(back));
        }
        let write =
            Action::Write { path: key.clone(), mode: 0o400, text: keys.device.clone(), replace: false };
        steps(Step::new("write the machine's key", write).undone_by(Action::Remove { path: key.clone() }));
    };
    if let (Some(volume), false) = (&survey.volume, usable) {
        // may_be_used has seen to it that it is to be taken over.
        let recovery =
            keys.recovery.as_ref().ok_or_else(|| Error::Refused("the recovery key is missing".into()))?;
        write_key(&mut step);
        if volume.header.slots.contains(&DEVICE_SLOT) {
            step(run("take the other machine's key away", luks::remove_device(source)));
        }
        step(run("add this machine's key", luks::add_device(source, &key, recovery)).settling());
    } else if survey.volume.is_none() {
        if let Some(bytes) = survey.allocate {
            let folder = source.parent().unwrap_or(Path::new("/")).to_owned();
            step(Step::new("make the folder of the file", Action::Folder { path: folder, mode: 0o700 }));
            let allocate = Action::Allocate { path: source.clone(), bytes };
            step(Step::new("make the file", allocate).undone_by(Action::Remove { path: source.clone() }));
        }
        write_key(&mut step);
        if survey.disk.as_ref().is_some_and(|disk| !disk.contents().is_empty()) {
            step(run(
                "erase what is on the disk",
                Call::new("wipefs", ["--all", "--force", &source.to_string_lossy()]),
            ));
            step(run("wait until the system has seen it", Call::new("udevadm", ["settle", "--timeout=30"])));
        }
        step(run("make the encrypted volume", luks::format(source, &key, uuid)).settling());
    }
    let recovers = survey.volume.as_ref().is_some_and(|volume| volume.header.has_recovery());
    if !recovers {
        let recovery =
            keys.recovery.as_ref().ok_or_else(|| Error::Refused("the recovery key is missing".into()))?;
        step(run("add the recovery key", luks::add_recovery(source, &key, recovery)));
    }
    let device_text = std::fs::read_to_string(&key).map_or_else(|_| keys.device.clone(), Secret::new);
    if wishes.tpm2 && !survey.volume.as_ref().is_some_and(|volume| volume.header.tpm2) {
        step(run("let the TPM unlock it", luks::enrol_tpm(source, device_text)));
    }

    // --- what is in it; under another name, so that nothing mounts it before it has a file system
    let key_in_slot = survey.volume.as_ref().is_none_or(|volume| volume.key_opens || !usable);
    if !unlocked && key_in_slot {
        let close = Action::Run(luks::close(NAME_IN_SETUP));
        step(run("unlock it", luks::open(source, &key, NAME_IN_SETUP)).undone_by(close));
        step(Step::new("make the file system", Action::FileSystem { device: places.mapped(NAME_IN_SETUP) }));
        step(run("lock it again", luks::close(NAME_IN_SETUP)).settling());
    }

    // --- how it comes up at boot, and up it comes in that way
    if machine.entry.as_ref() != Some(&wanted) {
        let text = Secret::new(crypttab::with(&machine.crypttab, &wanted));
        let write = Action::Write { path: places.crypttab.clone(), mode: 0o644, text, replace: true };
        step(Step::new("have it unlocked at boot", write));
    }
    if machine.masked {
        step(run("have it mounted", systemctl(&["unmask", MOUNT_UNIT])));
    }
    if !unlocked {
        step(run("tell systemd", systemctl(&["daemon-reload"])));
        step(run("unlock it as at boot", systemctl(&["restart", UNLOCK_UNIT])));
    }
    if !mounted {
        step(run("mount it", systemctl(&["restart", MOUNT_UNIT])));
    }
    if !unlocked || !mounted || !survey.folders.is_empty() {
        step(run("make the folders", systemctl(&["restart", FOLDERS_UNIT])));
        step(Step::new("look at the result", Action::Check { encrypted: true }));
    }
    if wishes.tpm2 && key_in_slot {
        step(run("take the machine's key out of the volume", luks::remove_device(source)));
        step(Step::new("remove the machine's key", Action::Remove { path: key.clone() }));
    }
    if (machine.running || machine.enabled) && !mounted {
        step(run("start the tutor", systemctl(&["--no-block", "start", TARGET])));
    }
    plan.notes = notes(survey, wishes);
    Ok(plan)
}

fn notes(survey: &Survey, wishes: &Wishes) -> Vec<String> {
    let mut notes = Vec::new();
    if survey.volume.is_some() && wishes.erase.is_some() {
        notes.push("it is the storage in use: nothing of it is erased".to_owned());
    }
    if let (Some(disk), None) = (&survey.disk, &survey.volume) {
        let contents = disk.contents();
        let lost = if contents.is_empty() {
            "it is empty".into()
        } else {
            format!("lost for ever: {}", contents.join("; "))
        };
        notes.push(format!("{}: {lost}", disk.node.title()));
    }
    if survey.allocate.is_some_and(|bytes| bytes < 8 << 30) {
        notes.push(
            "the models of the appliance take 4 GB; below 8 GB there is little room for anything else".into(),
        );
    }
    notes
}

fn entry(survey: &Survey, uuid: &str, wishes: &Wishes, places: &Places) -> Entry {
    let source = if survey.disk.is_some() {
        format!("UUID={uuid}")
    } else {
        survey.source.to_string_lossy().into_owned()
    };
    // headless: no one is there to be asked. nofail: the machine starts without it, too.
    let mut options = "luks,nofail,headless=true".to_owned();
    let with_tpm = wishes.tpm2 || survey.opens_by_tpm(wishes);
    let key = if with_tpm {
        options.push_str(",tpm2-device=auto");
        "none".into()
    } else {
        places.key.to_string_lossy().into_owned()
    };
    Entry { name: NAME.into(), source, key, options }
}

/// Refuses what would take another storage away from under the tutor, or hide files.
fn may_be_used(survey: &Survey, wishes: &Wishes, wanted: &Entry, places: &Places) -> Result<()> {
    let refuse = |text: String| Err(Error::Refused(text));
    let (machine, source) = (&survey.machine, survey.source.display());
    if let Some(volume) = &survey.volume
        && !volume.key_opens
        && !survey.opens_by_tpm(wishes)
    {
        if !wishes.adopt {
            return refuse(format!(
                "{source} is a storage of ISEE Tutor that this machine has no key for; nothing was changed. To use it with \
                 all that is in it: tutorctl storage adopt {source}. To lose all of it: tutorctl storage setup {source} --erase {source}"
            ));
        }
        if !volume.header.has_recovery() {
            return refuse(format!("{source} has no recovery key, so it cannot be taken over"));
        }
    }
    if machine.unlocked.is_some() && !survey.is_unlocked() {
        return refuse(format!(
            "another storage is in use; nothing was changed. To put {source} in its place, first: systemctl stop {TARGET} {MOUNT_UNIT} {UNLOCK_UNIT}"
        ));
    }
    if let Some(mounted) = &machine.mounted
        && mounted.source != places.mapped(NAME)
    {
        return refuse(format!(
            "{} is mounted at {}, and not by ISEE Tutor; nothing was changed. First: umount {1}",
            mounted.source.display(),
            places.mount.display()
        ));
    }
    if let Some(entry) = &machine.entry
        && entry.source != wanted.source
        && !wishes.replace
    {
        return refuse(format!(
            "{} says that the storage is {}; nothing was changed. If {source} is to take its place: add --replace. The old \
             one keeps its data and its recovery key",
            places.crypttab.display(),
            entry.source
        ));
    }
    if let Some(file) = &machine.hidden {
        let mount = places.mount.display();
        return refuse(format!(
            "there are files in the plain folder {mount}, such as {}, which the storage would hide; nothing was changed. \
             Move them away, and into the storage when it is there: systemctl stop {TARGET} && mv {mount} {mount}.before",
            file.display()
        ));
    }
    Ok(())
}

/// The plan for a plain folder, for trying only.
///
/// # Errors
/// When there is an encrypted storage already.
pub fn plain(places: &Places) -> Result<Plan> {
    look::requirements(&Wishes::default(), places)?;
    let machine = survey::machine(places)?;
    if let Some(entry) = &machine.entry {
        return Err(Error::Refused(format!(
            "there is an encrypted storage ({}); a plain folder would leave it unused. If that is meant, take the line \
             '{NAME}' out of {} first",
            entry.source,
            places.crypttab.display()
        )));
    }
    let mut plan = Plan::default();
    let done = machine.masked && status::folders(places)?.is_empty();
    if !done {
        let systemctl = |args: &[&str]| Action::Run(Call::new("systemctl", args.iter().copied()));
        if !machine.masked {
            plan.steps.push(Step::new("have nothing mounted", systemctl(&["mask", MOUNT_UNIT])));
        }
        let folder = Action::Folder { path: places.mount.clone(), mode: 0o755 };
        plan.steps.push(Step::new("make the folder", folder));
        plan.steps.push(Step::new("make the folders in it", systemctl(&["restart", FOLDERS_UNIT])));
        plan.steps.push(Step::new("look at the result", Action::Check { encrypted: false }));
        if machine.running || machine.enabled {
            plan.steps.push(Step::new("start the tutor", systemctl(&["--no-block", "start", TARGET])));
        }
    }
    plan.notes.push("NOT ENCRYPTED: who has the machine or its disk can read the children's records".into());
    Ok(plan)
}
