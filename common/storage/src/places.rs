//! Where everything is.

use std::path::{Path, PathBuf};

/// The name of the unlocked volume (`/dev/mapper/iseetutor`), of its label and of its line in crypttab.
pub const NAME: &str = "iseetutor";

/// The name of the volume while it is made: what waits for [`NAME`] must not see it before it has a file system.
pub const NAME_IN_SETUP: &str = "iseetutor-setup";

/// Key slot of the machine's own key.
pub const DEVICE_SLOT: u32 = 0;

/// Key slot of the recovery key.
pub const RECOVERY_SLOT: u32 = 1;

/// The mount unit.
pub const MOUNT_UNIT: &str = "mnt-storage.mount";

/// The unit that makes the folders.
pub const FOLDERS_UNIT: &str = "iseetutor-storage.service";

/// The unit that unlocks the volume, made by systemd from crypttab.
pub const UNLOCK_UNIT: &str = "systemd-cryptsetup@iseetutor.service";

/// All of ISEE Tutor.
pub const TARGET: &str = "iseetutor.target";

/// Files and folders; a test has them in a folder of its own.
#[derive(Debug, Clone)]
pub struct Places {
    /// The list of encrypted volumes.
    pub crypttab: PathBuf,
    /// The machine's key, where systemd-cryptsetup looks for it.
    pub key: PathBuf,
    /// Where the storage is mounted.
    pub mount: PathBuf,
    /// The folders with their owners, in the format of tmpfiles.d.
    pub folders: PathBuf,
    /// Where a container file lies by default.
    pub container: PathBuf,
    /// The folders in which the units are looked for, the first one first.
    pub units: Vec<PathBuf>,
    /// The device nodes of unlocked volumes.
    pub mapper: PathBuf,
    /// The trusted platform module, if the machine has one.
    pub tpm: PathBuf,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            crypttab: "/etc/crypttab".into(),
            key: "/etc/cryptsetup-keys.d/iseetutor.key".into(),
            mount: "/mnt/storage".into(),
            folders: "/usr/lib/iseetutor/storage.conf".into(),
            container: "/var/lib/iseetutor/storage.luks".into(),
            units: ["/etc/systemd/system", "/usr/lib/systemd/system", "/lib/systemd/system"]
                .map(PathBuf::from)
                .to_vec(),
            mapper: "/dev/mapper".into(),
            tpm: "/dev/tpmrm0".into(),
        }
    }
}

impl Places {
    /// The device of the unlocked volume of this name.
    #[must_use]
    pub fn mapped(&self, name: &str) -> PathBuf {
        self.mapper.join(name)
    }

    /// Where a unit's file is; a masked one is a link to `/dev/null`.
    #[must_use]
    pub fn unit(&self, name: &str) -> Option<PathBuf> {
        self.units.iter().map(|folder| folder.join(name)).find(|path| path.symlink_metadata().is_ok())
    }

    /// Whether a unit is masked.
    #[must_use]
    pub fn is_masked(&self, name: &str) -> bool {
        self.unit(name).and_then(|path| path.read_link().ok()).is_some_and(|to| to == Path::new("/dev/null"))
    }
}
