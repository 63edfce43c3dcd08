//! What is looked at before anything is planned, and refused at once.

use std::path::{Path, PathBuf};

use super::{Survey, Target, Wishes, key_in_setup};
use crate::disk::{self, SMALLEST, size};
use crate::error::{Error, Result};
use crate::places::{FOLDERS_UNIT, NAME, Places};
use crate::status;
use crate::survey::{self, Machine};

/// Looks at everything, and refuses what cannot be or must not be.
///
/// # Errors
/// Why not; nothing was changed.
pub fn look(target: &Target, wishes: &Wishes, places: &Places) -> Result<Survey> {
    requirements(wishes, places)?;
    let machine = survey::machine(places)?;
    let places = Places { key: key_in_setup(places, wishes), ..places.clone() };
    let mut survey = match target {
        Target::Disk(device) => {
            let disk = disk::look(device)?;
            let source = disk.node.path.clone();
            let volume = survey::volume(&source, &places)?;
            Survey { machine, source, disk: Some(disk), allocate: None, volume, folders: Vec::new() }
        }
        Target::Container { file, bytes } => container(file, *bytes, machine, &places)?,
    };
    if survey.machine.mounted.is_some() {
        survey.folders = status::folders(&places)?;
    }
    // What is in use is not erased; all else is, if it was named twice.
    if wishes.erase.is_some() && !survey.is_unlocked() {
        survey.volume = None;
    }
    if let (Some(disk), None) = (&survey.disk, &survey.volume) {
        disk.must_not_be_used()?;
        if wishes.adopt {
            return Err(Error::Refused(format!(
                "{} is no storage of ISEE Tutor: a LUKS2 volume with the label '{NAME}' is looked for",
                disk.node.path.display()
            )));
        }
        disk.must_be_empty(wishes.erase.as_deref().map(canonical).as_deref())?;
    }
    Ok(survey)
}

fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

pub(super) fn requirements(wishes: &Wishes, places: &Places) -> Result<()> {
    let refuse = |text: String| Err(Error::Refused(text));
    if !nix::unistd::geteuid().is_root() {
        return refuse("this takes root, also to look only: put sudo before it".into());
    }
    if places.unit(FOLDERS_UNIT).is_none() || !places.folders.exists() {
        return refuse(format!(
            "ISEE Tutor is not installed as a system service ({FOLDERS_UNIT} is missing): install it first"
        ));
    }
    if !Path::new("/run/systemd/system").is_dir() {
        return refuse("systemd does not run here, and it is what unlocks and mounts the storage".into());
    }
    if wishes.tpm2 && !places.tpm.exists() {
        return refuse(format!(
            "there is no TPM 2 here ({} is missing): leave --tpm2 away",
            places.tpm.display()
        ));
    }
    Ok(())
}

fn container(file: &Path, bytes: u64, machine: Machine, places: &Places) -> Result<Survey> {
    let refuse = |text: String| Err(Error::Refused(text));
    let shown = file.display();
    if !file.is_absolute() || file.to_str().is_none_or(|text| text.contains(char::is_whitespace)) {
        return refuse(format!(
            "the file '{shown}' needs a path from / on, without spaces: crypttab has no way to write others"
        ));
    }
    if file.starts_with(&places.mount) {
        return refuse(format!(
            "{shown} would lie in itself; choose a place outside of {}",
            places.mount.display()
        ));
    }
    let survey = Survey {
        machine,
        source: file.into(),
        disk: None,
        allocate: None,
        volume: None,
        folders: Vec::new(),
    };
    if let Ok(found) = file.symlink_metadata() {
        if !found.is_file() {
            return refuse(format!("{shown} is no plain file; name another with --file"));
        }
        let volume = survey::volume(file, places)?;
        if volume.is_none() {
            return refuse(format!(
                "{shown} is there and is no storage of ISEE Tutor; name another with --file, or move it away"
            ));
        }
        return Ok(Survey { volume, ..survey });
    }
    if bytes < SMALLEST {
        return refuse(format!("{} are too little; {} are the least", size(bytes), size(SMALLEST)));
    }
    let above = file.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    let stat =
        nix::sys::statvfs::statvfs(above).map_err(|error| Error::io("look at", above)(error.into()))?;
    let free = stat.blocks_available().saturating_mul(stat.fragment_size());
    // A gigabyte is left to the system.
    if free < bytes.saturating_add(1 << 30) {
        return refuse(format!(
            "{} has {} free; a file of {} needs a gigabyte more than itself. Choose a smaller one or another place (--file)",
            above.display(),
            size(free),
            size(bytes)
        ));
    }
    Ok(Survey { allocate: Some(bytes), ..survey })
}
