//! What the machine has already, before anything is planned.

use std::fs;
use std::path::{Path, PathBuf};

use crate::crypttab::{self, Entry};
use crate::error::{Error, Result};
use crate::luks::{self, Header};
use crate::places::{MOUNT_UNIT, NAME, NAME_IN_SETUP, Places, TARGET};
use crate::plan::Call;
use crate::run::succeeds;

/// What is mounted at the storage's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mounted {
    /// What is mounted.
    pub source: PathBuf,
    /// Its file system.
    pub kind: String,
    /// Its options.
    pub options: Vec<String>,
}

/// A volume of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Its header.
    pub header: Header,
    /// Whether the machine's key file opens it.
    pub key_opens: bool,
}

/// The state of the machine.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Machine {
    /// The text of crypttab.
    pub crypttab: String,
    /// Our line in it.
    pub entry: Option<Entry>,
    /// The UUID of the volume that is unlocked under our name, if one is.
    pub unlocked: Option<String>,
    /// Whether a set-up left its volume open.
    pub open_in_setup: bool,
    /// What is mounted.
    pub mounted: Option<Mounted>,
    /// Whether the mount is masked, as for a plain folder.
    pub masked: bool,
    /// A file in the plain folder that a mount would hide.
    pub hidden: Option<PathBuf>,
    /// Whether there is a key file.
    pub has_key: bool,
    /// Whether the tutor runs.
    pub running: bool,
    /// Whether it is started at boot.
    pub enabled: bool,
}

/// Looks at the machine.
///
/// # Errors
/// When files cannot be read.
pub fn machine(places: &Places) -> Result<Machine> {
    let crypttab = match fs::read_to_string(&places.crypttab) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Error::io("read", &places.crypttab)(error)),
    };
    let mounted = mounted(&places.mount)?;
    let systemctl = |verb: &str| succeeds(&Call::new("systemctl", [verb, "--quiet", TARGET]));
    Ok(Machine {
        entry: crypttab::find(&crypttab),
        crypttab,
        unlocked: unlocked(Path::new("/sys/block"))?,
        open_in_setup: places.mapped(NAME_IN_SETUP).exists(),
        masked: places.is_masked(MOUNT_UNIT),
        hidden: if mounted.is_none() { first_file(&places.mount)? } else { None },
        mounted,
        has_key: places.key.exists(),
        running: systemctl("is-active")?,
        enabled: systemctl("is-enabled")?,
    })
}

/// Looks at the volume on a device or in a file.
///
/// # Errors
/// When it cannot be read.
pub fn volume(source: &Path, places: &Places) -> Result<Option<Volume>> {
    let Some(header) = luks::header(source)?.filter(Header::is_ours) else { return Ok(None) };
    Ok(Some(Volume { key_opens: luks::key_opens(source, &places.key)?, header }))
}

/// What is mounted at a place, from `/proc/self/mountinfo`.
///
/// # Errors
/// When that cannot be read.
pub fn mounted(place: &Path) -> Result<Option<Mounted>> {
    const MOUNTS: &str = "/proc/self/mountinfo";
    let text = fs::read_to_string(MOUNTS).map_err(Error::io("read", MOUNTS))?;
    Ok(find_mount(&text, place))
}

/// proc(5): id, parent, device, root, place, options, optional fields, `-`, kind, source, more options. The last one at a
/// place is the one that is seen.
fn find_mount(mountinfo: &str, place: &Path) -> Option<Mounted> {
    mountinfo.lines().rev().find_map(|line| {
        let (first, second) = line.split_once(" - ")?;
        let first: Vec<&str> = first.split(' ').collect();
        let mut second = second.split(' ');
        if Path::new(*first.get(4)?) != place {
            return None;
        }
        let kind = second.next()?.to_owned();
        let source = second.next()?.into();
        Some(Mounted { source, kind, options: first.get(5)?.split(',').map(str::to_owned).collect() })
    })
}

/// The UUID of the volume unlocked under our name: its device-mapper uuid is `CRYPT-LUKS2-`, the UUID without hyphens, its name.
fn unlocked(sys_block: &Path) -> Result<Option<String>> {
    let entries = match fs::read_dir(sys_block) {
        Ok(entries) => entries,
        Err(error) => return Err(Error::io("read", sys_block)(error)),
    };
    for entry in entries.flatten() {
        let read = |name: &str| fs::read_to_string(entry.path().join("dm").join(name)).unwrap_or_default();
        if read("name").trim() == NAME {
            let uuid = read("uuid");
            let uuid = uuid.trim().strip_prefix("CRYPT-LUKS2-").and_then(|rest| rest.split('-').next());
            return Ok(Some(uuid.unwrap_or_default().to_owned()));
        }
    }
    Ok(None)
}

/// A file, link or socket anywhere below, if there is one; folders alone are nothing to lose.
fn first_file(folder: &Path) -> Result<Option<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::io("read", folder)(error)),
    };
    for entry in entries {
        let entry = entry.map_err(Error::io("read", folder))?;
        let kind = entry.file_type().map_err(Error::io("look at", entry.path()))?;
        if !kind.is_dir() {
            return Ok(Some(entry.path()));
        }
        if let Some(file) = first_file(&entry.path())? {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::Path;

    use super::{find_mount, first_file, mounted, unlocked};

    #[test]
    fn a_mount_is_found_with_its_options() {
        let text = "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n\
                    40 22 254:0 / /mnt/storage rw,nosuid,nodev,noatime shared:7 - ext4 /dev/mapper/iseetutor rw\n";
        let found = find_mount(text, Path::new("/mnt/storage")).unwrap();
        assert_eq!((found.source.to_str(), found.kind.as_str()), (Some("/dev/mapper/iseetutor"), "ext4"));
        assert!(found.options.iter().any(|option| option == "noatime"));
        assert_eq!(find_mount(text, Path::new("/mnt")), None);
        assert!(mounted(Path::new("/proc")).unwrap().is_some());
    }

    #[test]
    fn the_unlocked_volume_is_known_by_its_uuid() {
        let sys = tempfile::tempdir().unwrap();
        assert_eq!(unlocked(sys.path()).unwrap(), None);
        let dm = sys.path().join("dm-0/dm");
        std::fs::create_dir_all(&dm).unwrap();
        std::fs::write(dm.join("name"), "iseetutor\n").unwrap();
        std::fs::write(dm.join("uuid"), "CRYPT-LUKS2-00112233445566778899aabbccddeeff-iseetutor\n").unwrap();
        assert_eq!(unlocked(sys.path()).unwrap().as_deref(), Some("00112233445566778899aabbccddeeff"));
    }

    #[test]
    fn folders_alone_are_nothing_to_lose() {
        let place = tempfile::tempdir().unwrap();
        assert_eq!(first_file(&place.path().join("none")).unwrap(), None);
        std::fs::create_dir_all(place.path().join("a/b")).unwrap();
        assert_eq!(first_file(place.path()).unwrap(), None);
        std::fs::write(place.path().join("a/b/c"), "").unwrap();
        assert_eq!(first_file(place.path()).unwrap(), Some(place.path().join("a/b/c")));
    }
}
