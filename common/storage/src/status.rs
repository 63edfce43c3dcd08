//! How the storage stands.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{Error, Result};
use crate::layout;
use crate::luks;
use crate::places::{FOLDERS_UNIT, MOUNT_UNIT, NAME, Places, UNLOCK_UNIT};
use crate::survey::{self, Machine, Mounted};

/// What the storage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Not set up.
    None,
    /// An encrypted disk or partition.
    Disk,
    /// An encrypted file.
    Container,
    /// A folder of the system's disk, for trying only.
    Plain,
}

/// How the storage stands.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    /// What it is.
    pub kind: Kind,
    /// The device or file, as crypttab has it.
    pub source: Option<String>,
    /// The volume's UUID, when it could be read (that takes root).
    pub uuid: Option<String>,
    /// What unlocks it at boot: `key file`, `tpm2`, or nothing.
    pub unlocked_by: Option<&'static str>,
    /// Whether it has a recovery key, when that could be read.
    pub recovery_key: Option<bool>,
    /// Whether it is unlocked.
    pub unlocked: bool,
    /// Whether it is mounted; a plain folder counts.
    pub mounted: bool,
    /// Bytes in all.
    pub bytes: u64,
    /// Bytes free.
    pub free: u64,
    /// What is wrong, and what mends it.
    pub problems: Vec<Problem>,
}

/// Something wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What.
    pub problem: String,
    /// The command that mends it, or shows more.
    pub remedy: String,
}

/// Looks at the storage.
///
/// # Errors
/// When files of the system cannot be read.
pub fn status(places: &Places) -> Result<Status> {
    let machine = survey::machine(places)?;
    let mut status = Status {
        kind: Kind::None,
        source: machine.entry.as_ref().map(|entry| entry.source.clone()),
        uuid: None,
        unlocked_by: None,
        recovery_key: None,
        unlocked: machine.unlocked.is_some(),
        mounted: false,
        bytes: 0,
        free: 0,
        problems: Vec::new(),
    };
    match &machine.entry {
        Some(entry) => {
            status.kind = if entry.source.starts_with('/') && !entry.source.starts_with("/dev/") {
                Kind::Container
            } else {
                Kind::Disk
            };
            let with_tpm = entry.options.split(',').any(|option| option.starts_with("tpm2-device="));
            status.unlocked_by = if with_tpm { Some("tpm2") } else { machine.has_key.then_some("key file") };
            encrypted(&mut status, &machine, places)?;
        }
        None if machine.masked && places.mount.is_dir() => {
            status.kind = Kind::Plain;
            status.mounted = true;
            let text = "NOT ENCRYPTED: who has the machine or its disk can read the children's records";
            status.problem(text, "tutorctl storage setup /dev/... or --container SIZE");
        }
        None => {
            status.problem("no storage is set up", "tutorctl storage setup /dev/... (lsblk shows the disks)")
        }
    }
    if status.mounted {
        if let Ok(stat) = nix::sys::statvfs::statvfs(&places.mount) {
            status.bytes = stat.blocks().saturating_mul(stat.fragment_size());
            status.free = stat.blocks_available().saturating_mul(stat.fragment_size());
        }
        for difference in folders(places)? {
            status.problem(&difference, &format!("systemctl restart {FOLDERS_UNIT}"));
        }
    }
    Ok(status)
}

impl Status {
    fn problem(&mut self, problem: &str, remedy: &str) {
        self.problems.push(Problem { problem: problem.into(), remedy: remedy.into() });
    }
}

fn encrypted(status: &mut Status, machine: &Machine, places: &Places) -> Result<()> {
    let Some(entry) = &machine.entry else { return Ok(()) };
    let source = entry.source.strip_prefix("UUID=");
    let source =
        source.map_or_else(|| PathBuf::from(&entry.source), |uuid| Path::new("/dev/disk/by-uuid").join(uuid));
    let adopt = format!("with the recovery key: tutorctl storage adopt {}", source.display());
    if !source.exists() {
        status.problem(
            &format!("{} is not there", entry.source),
            "look at its cable and at `lsblk`; for a new one: tutorctl storage setup /dev/... --replace",
        );
    } else if nix::unistd::geteuid().is_root() {
        match luks::header(&source)? {
            None => status.problem(
                &format!("{} is no LUKS2 volume any more", source.display()),
                "tutorctl storage setup /dev/... --replace, and restore the backup",
            ),
            Some(header) => {
                if status.unlocked_by == Some("key file") && !luks::key_opens(&source, &places.key)? {
                    status.problem(&format!("{} does not open it", places.key.display()), &adopt);
                }
                if !header.has_recovery() {
                    status.problem(
                        "it has no recovery key",
                        "run the set-up again: it goes on where it stopped",
                    );
                }
                status.recovery_key = Some(header.has_recovery());
                status.uuid = Some(header.uuid);
            }
        }
    }
    if status.unlocked_by.is_none() {
        status.problem(&format!("the key {} is missing", places.key.display()), &adopt);
    } else if let Ok(key) = places.key.metadata()
        && key.permissions().mode() & 0o077 != 0
    {
        let path = places.key.display();
        status.problem(&format!("others than root may read {path}"), &format!("chmod 0400 {path}"));
    }
    if machine.masked {
        status.problem("the mount is masked", &format!("systemctl unmask {MOUNT_UNIT}"));
    }
    match &machine.mounted {
        None if machine.unlocked.is_none() => {
            status.problem(
                "it is locked",
                &format!("systemctl start {UNLOCK_UNIT}; why not: journalctl -b -u {UNLOCK_UNIT}"),
            );
        }
        None => status.problem(
            "it is unlocked and not mounted",
            &format!("systemctl start {MOUNT_UNIT}; why not: journalctl -b -u {MOUNT_UNIT}"),
        ),
        Some(mounted) => {
            status.mounted = true;
            for text in wrong_mount(mounted, places) {
                status.problem(&text, &format!("systemctl restart {MOUNT_UNIT}"));
            }
        }
    }
    Ok(())
}

fn wrong_mount(mounted: &Mounted, places: &Places) -> Vec<String> {
    let mut wrong = Vec::new();
    let place = places.mount.display();
    if mounted.source != places.mapped(NAME) {
        wrong
            .push(format!("{} is mounted at {place}, and not the unlocked volume", mounted.source.display()));
    }
    if mounted.kind != "ext4" {
        wrong.push(format!("{place} has the file system {} and not ext4", mounted.kind));
    }
    if mounted.options.iter().any(|option| option == "ro") {
        wrong.push(format!("{place} cannot be written; its disk may be failing (journalctl -k)"));
    }
    for wanted in ["noatime", "nodev", "nosuid"] {
        if !mounted.options.iter().any(|option| option == wanted) {
            wrong.push(format!("{place} is mounted without {wanted}"));
        }
    }
    wrong
}

/// What is wrong with the folders, in words.
///
/// # Errors
/// When their description cannot be read.
pub fn folders(places: &Places) -> Result<Vec<String>> {
    Ok(layout::differences(&layout::read(&places.folders)?))
}

/// Whether the storage is as it should be, at the end of a set-up.
///
/// # Errors
/// What is not.
pub fn check(places: &Places, encrypted: bool) -> Result<()> {
    let mut wrong = Vec::new();
    match survey::mounted(&places.mount)? {
        Some(mounted) if encrypted => wrong.extend(wrong_mount(&mounted, places)),
        None if encrypted => wrong.push(format!("nothing is mounted at {}", places.mount.display())),
        Some(mounted) => {
            wrong.push(format!("{} is mounted at {}", mounted.source.display(), places.mount.display()))
        }
        None => {}
    }
    wrong.extend(folders(places)?);
    if wrong.is_empty() { Ok(()) } else { Err(Error::Wrong(wrong.join("; "))) }
}
