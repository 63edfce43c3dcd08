//! What is on a disk, and whether it may be used.

use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::error::{Error, Result};
use crate::plan::Call;
use crate::run::run;

/// The least that is worth a volume: the header takes 16 MiB of it.
pub const SMALLEST: u64 = 256 << 20;

/// A device and what is built on it, as lsblk shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Node {
    /// Its path.
    pub path: PathBuf,
    /// `disk`, `part`, `crypt`, `lvm`, `loop`, `rom`, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// Bytes.
    pub size: u64,
    /// Whether it cannot be written.
    #[serde(default)]
    pub ro: bool,
    /// The file system or other signature on it.
    pub fstype: Option<String>,
    /// Its label.
    pub label: Option<String>,
    /// The kind of partition table on it.
    pub pttype: Option<String>,
    /// The disk of a partition.
    pub pkname: Option<PathBuf>,
    /// What the maker calls it.
    pub model: Option<String>,
    /// Where it is mounted.
    #[serde(default)]
    pub mountpoints: Vec<Option<String>>,
    /// Partitions, volumes.
    #[serde(default)]
    pub children: Vec<Node>,
}

/// A device, the disk that it is on, and what programs and eyes find on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disk {
    /// The device.
    pub node: Node,
    /// The whole disk, which may be the device itself.
    pub whole: Node,
    /// What wipefs finds on it.
    pub signatures: Vec<String>,
    /// Whether what was read of it in samples is not all zeros.
    pub written: bool,
}

impl Node {
    /// The device and all that is on it.
    fn all(&self) -> Vec<&Self> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(Self::all));
        all
    }

    fn mounts(&self) -> Vec<&str> {
        self.all().iter().flat_map(|node| node.mountpoints.iter().flatten().map(String::as_str)).collect()
    }

    /// Whether the running system is on it.
    fn has_the_system(&self) -> bool {
        let of_system = |mount: &&str| {
            *mount == "/"
                || ["/boot", "/usr", "/var", "/etc"].iter().any(|of| Path::new(mount).starts_with(of))
        };
        self.mounts().iter().any(of_system)
    }

    /// For people: its path, size and maker.
    #[must_use]
    pub fn title(&self) -> String {
        let model = self.model.as_deref().map(str::trim).filter(|model| !model.is_empty());
        format!(
            "{} ({}{})",
            self.path.display(),
            size(self.size),
            model.map(|model| format!(", {model}")).unwrap_or_default()
        )
    }
}

impl Disk {
    /// What is on it, in words; empty for an empty one.
    #[must_use]
    pub fn contents(&self) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for node in self.node.all() {
            let label = node.label.as_deref().map(|label| format!(" \"{label}\"")).unwrap_or_default();
            if let Some(kind) = &node.fstype {
                found.push(format!("{kind}{label} on {}", node.path.display()));
            } else if node.path != self.node.path {
                found.push(format!("{} ({})", node.path.display(), size(node.size)));
            }
            if let Some(kind) = &node.pttype
                && node.path == self.node.path
                && node.kind != "part"
            {
                found.push(format!("a partition table ({kind})"));
            }
        }
        if found.is_empty() {
            found.extend(self.signatures.iter().cloned());
        }
        if found.is_empty() && self.written {
            found.push("data of no known kind".into());
        }
        found
    }

    /// Refuses what must never be overwritten, whatever is said on the command line.
    ///
    /// # Errors
    /// Why.
    pub fn must_not_be_used(&self) -> Result<()> {
        let refuse = |text: String| Err(Error::Refused(text));
        let path = self.node.path.display();
        if self.node.has_the_system() {
            return refuse(format!(
                "{path} holds the running system; nothing was changed. `lsblk` shows the others"
            ));
        }
        let mounts = self.node.mounts();
        if !mounts.is_empty() {
            let umount = mounts.iter().map(|mount| {
                if *mount == "[SWAP]" { format!("swapoff {path}") } else { format!("umount {mount}") }
            });
            return refuse(format!(
                "{path} is in use ({}); nothing was changed. If it is the right disk: {}",
                mounts.join(", "),
                umount.collect::<Vec<_>>().join(" && ")
            ));
        }
        if let Some(open) =
            self.node.all().into_iter().find(|node| !matches!(node.kind.as_str(), "disk" | "part" | "loop"))
        {
            return refuse(format!(
                "{} is open on {path} ({}); nothing was changed. Close it first (cryptsetup close, vgchange -an, mdadm --stop)",
                open.path.display(),
                open.kind
            ));
        }
        if !matches!(self.node.kind.as_str(), "disk" | "part") {
            return refuse(format!(
                "{path} is neither a disk nor a partition but '{}'; for a file use --container",
                self.node.kind
            ));
        }
        if self.node.ro {
            return refuse(format!("{path} cannot be written; look for a switch on it"));
        }
        if self.node.size < SMALLEST {
            return refuse(format!(
                "{path} has {} and {} are the least",
                size(self.node.size),
                size(SMALLEST)
            ));
        }
        Ok(())
    }

    /// Refuses a device with data, unless it was named a second time; and a partition with data beside the system always.
    ///
    /// # Errors
    /// What is on it, and how to say that it may go.
    pub fn must_be_empty(&self, erase: Option<&Path>) -> Result<()> {
        let contents = self.contents();
        if contents.is_empty() {
            return Ok(());
        }
        let path = self.node.path.display();
        let what = contents.join("; ");
        if self.node.path != self.whole.path && self.whole.has_the_system() {
            return Err(Error::Refused(format!(
                "{path} is a part of the disk that the system is on, and not empty ({what}); nothing was changed. If it may go: wipefs --all {path}"
            )));
        }
        match erase {
            Some(named) if named == self.node.path => Ok(()),
            Some(named) => Err(Error::Refused(format!(
                "--erase names {}, and the disk is {path}; nothing was changed. Name the same twice",
                named.display()
            ))),
            None => Err(Error::Refused(format!(
                "{path} is not empty: {what}; nothing was changed. To lose all of that for ever: tutorctl storage setup {path} --erase {path}"
            ))),
        }
    }
}

/// Looks at a device.
///
/// # Errors
/// When there is none, or it cannot be read.
pub fn look(device: &Path) -> Result<Disk> {
    use std::os::unix::fs::FileTypeExt;
    let path = device.canonicalize().map_err(|source| {
        let hint = Error::io("find the disk", device)(source);
        Error::Refused(format!("{hint}; `lsblk` shows the disks of this machine"))
    })?;
    let kind = path.metadata().map_err(Error::io("look at", &path))?.file_type();
    if !kind.is_block_device() {
        return Err(Error::Refused(format!(
            "{} is no disk; for a file use --container SIZE --file {0}",
            path.display()
        )));
    }
    let node = lsblk(&path)?;
    let whole = match &node.pkname {
        Some(above) if node.kind == "part" => lsblk(above)?,
        _ => node.clone(),
    };
    let signatures = signatures(&path)?;
    let written = is_written(&path, node.size)?;
    Ok(Disk { node, whole, signatures, written })
}

fn lsblk(path: &Path) -> Result<Node> {
    // Without NAME it is no tree but a list, in which a disk does not have its partitions.
    const COLUMNS: &str = "NAME,PATH,TYPE,SIZE,RO,FSTYPE,LABEL,PTTYPE,PKNAME,MODEL,MOUNTPOINTS";
    let device = path.to_string_lossy();
    let text =
        run(&Call::new("lsblk", ["--json", "--tree", "--bytes", "--paths", "--output", COLUMNS, &device]))?;
    parse(&text, path)
}

/// The tree of one device. Anything else is an error: what is not seen here might be overwritten.
fn parse(text: &str, path: &Path) -> Result<Node> {
    #[derive(Deserialize)]
    struct All {
        blockdevices: Vec<Node>,
    }
    let answer = |problem: String| Error::Answer { program: "lsblk", problem };
    let all: All = serde_json::from_str(text).map_err(|error| answer(error.to_string()))?;
    let count = all.blockdevices.len();
    let mut devices = all.blockdevices.into_iter();
    match devices.next() {
        Some(node) if count == 1 && node.path == path => Ok(node),
        _ => Err(answer(format!("{count} devices, and not the one {}", path.display()))),
    }
}

/// The signatures that wipefs finds on a device, which does not go by what udev once saw.
///
/// # Errors
/// When it cannot be read.
pub fn signatures(device: &Path) -> Result<Vec<String>> {
    #[derive(Deserialize)]
    struct One {
        #[serde(rename = "type")]
        kind: String,
    }
    #[derive(Default, Deserialize)]
    struct All {
        signatures: Vec<One>,
    }
    let text = run(&Call::new("wipefs", ["--no-act", "--json", &device.to_string_lossy()]))?;
    let all: All = if text.trim().is_empty() {
        All::default()
    } else {
        serde_json::from_str(&text)
            .map_err(|error| Error::Answer { program: "wipefs", problem: error.to_string() })?
    };
    let mut kinds: Vec<String> = all.signatures.into_iter().map(|one| one.kind).collect();
    kinds.dedup();
    Ok(kinds)
}

/// Whether the first or the last MiB, or one of 30 between, is not all zeros: data without a signature is data.
fn is_written(device: &Path, size: u64) -> Result<bool> {
    const SAMPLE: usize = 1 << 20;
    const SAMPLES: u64 = 32;
    let read = Error::io("read", device);
    let look = || -> std::io::Result<bool> {
        let mut file = std::fs::File::open(device)?;
        let mut sample = vec![0_u8; SAMPLE];
        let room = size.saturating_sub(SAMPLE as u64);
        for number in 0..SAMPLES {
            file.seek(SeekFrom::Start((room / (SAMPLES - 1)).saturating_mul(number).min(room) & !4095))?;
            let mut taken = file.by_ref().take(SAMPLE as u64);
            let mut filled = 0;
            while filled < SAMPLE {
                match taken.read(&mut sample[filled..])? {
                    0 => break,
                    more => filled += more,
                }
            }
            if sample[..filled].iter().any(|byte| *byte != 0) {
                return Ok(true);
            }
        }
        Ok(false)
    };
    look().map_err(read)
}

/// Bytes for people.
#[must_use]
#[allow(clippy::cast_precision_loss)]
pub fn size(bytes: u64) -> String {
    if bytes < 10_000_000_000 {
        format!("{:.0} MB", bytes as f64 / 1e6)
    } else {
        format!("{:.0} GB", bytes as f64 / 1e9)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::Path;

    use super::{Disk, parse};

    /// As lsblk of util-linux 2.38 writes it.
    const TREE: &str = r#"{"blockdevices": [{"name":"/dev/vdb", "path":"/dev/vdb", "type":"disk", "size":629145600, "ro":false,
        "fstype":"crypto_LUKS", "label":"iseetutor", "pttype":null, "pkname":null, "model":null, "mountpoints":[null],
        "children": [{"name":"/dev/mapper/iseetutor", "path":"/dev/mapper/iseetutor", "type":"crypt", "size":612368384,
        "ro":false, "fstype":"ext4", "label":"iseetutor", "pttype":null, "pkname":"/dev/vdb", "model":null,
        "mountpoints":["/mnt/storage"]}]}]}"#;

    #[test]
    fn a_tree_is_read_and_what_is_built_on_a_disk_is_seen() {
        let node = parse(TREE, Path::new("/dev/vdb")).unwrap();
        let disk = Disk { whole: node.clone(), node, signatures: Vec::new(), written: true };
        assert!(disk.must_not_be_used().unwrap_err().to_string().contains("umount /mnt/storage"));
        assert_eq!(disk.contents().len(), 2);
    }

    #[test]
    fn an_answer_about_something_else_is_an_error() {
        let flat = r#"{"blockdevices": [{"path":"/dev/mapper/x","type":"crypt","size":1},{"path":"/dev/vdb","type":"disk","size":1}]}"#;
        for text in ["", "{}", r#"{"blockdevices": []}"#, flat] {
            assert!(parse(text, Path::new("/dev/vdb")).is_err(), "{text}");
        }
        assert!(parse(TREE, Path::new("/dev/vdc")).is_err());
    }
}
