//! The encrypted volume, through cryptsetup.

use std::path::Path;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::places::{DEVICE_SLOT, NAME, RECOVERY_SLOT};
use crate::plan::{Call, Secret};
use crate::recovery::RecoveryKey;
use crate::run::{run, succeeds};

/// What the header of a volume says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Its UUID.
    pub uuid: String,
    /// Its label.
    pub label: String,
    /// The key slots in use.
    pub slots: Vec<u32>,
    /// Whether a TPM can open it.
    pub tpm2: bool,
}

impl Header {
    /// Whether it is a volume of ours, by its label.
    #[must_use]
    pub fn is_ours(&self) -> bool {
        self.label == NAME
    }

    /// Whether it has a recovery key.
    #[must_use]
    pub fn has_recovery(&self) -> bool {
        self.slots.contains(&RECOVERY_SLOT)
    }
}

/// Reads the header of a device or file; none if it is no LUKS2 volume.
///
/// # Errors
/// When cryptsetup cannot be run, or its answer not be read.
pub fn header(source: &Path) -> Result<Option<Header>> {
    let source = source.to_string_lossy();
    if !succeeds(&Call::new("cryptsetup", ["isLuks", "--type", "luks2", &source]))? {
        return Ok(None);
    }
    let text = run(&Call::new("cryptsetup", ["luksDump", &source]))?;
    let json = run(&Call::new("cryptsetup", ["luksDump", "--dump-json-metadata", &source]))?;
    parse(&text, &json).map(Some)
}

fn parse(text: &str, json: &str) -> Result<Header> {
    let answer = |problem: String| Error::Answer { program: "cryptsetup luksDump", problem };
    let line = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    let uuid = line("UUID:").filter(|uuid| !uuid.is_empty()).ok_or_else(|| answer("no UUID".into()))?;
    let json: Value = serde_json::from_str(json).map_err(|error| answer(error.to_string()))?;
    let slots = json["keyslots"].as_object().ok_or_else(|| answer("no key slots".into()))?;
    let slots = slots.keys().filter_map(|slot| slot.parse().ok()).collect();
    let tokens = json["tokens"].as_object();
    let tpm2 = tokens.is_some_and(|tokens| tokens.values().any(|token| token["type"] == "systemd-tpm2"));
    Ok(Header { uuid: uuid.into(), label: line("Label:").unwrap_or_default().into(), slots, tpm2 })
}

/// Whether the machine's key file opens it.
///
/// # Errors
/// When cryptsetup cannot be run.
pub fn key_opens(source: &Path, key: &Path) -> Result<bool> {
    if !key.exists() {
        return Ok(false);
    }
    let slot = DEVICE_SLOT.to_string();
    succeeds(&Call::new(
        "cryptsetup",
        [
            "open",
            "--test-passphrase",
            "--key-slot",
            &slot,
            "--key-file",
            &key.to_string_lossy(),
            &source.to_string_lossy(),
        ],
    ))
}

/// Whether the recovery key opens it.
///
/// # Errors
/// When cryptsetup cannot be run.
pub fn recovery_opens(source: &Path, key: &RecoveryKey) -> Result<bool> {
    let call =
        Call::new("cryptsetup", ["open", "--test-passphrase", "--key-file", "-", &source.to_string_lossy()]);
    succeeds(&call.reading(Secret::new(key.text())))
}

/// Both keys are random and long, so stretching them adds nothing (see the crate).
const STRETCH: [&str; 4] = ["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"];

fn call(first: &[&str]) -> Call {
    Call::new("cryptsetup", first.iter().copied())
}

/// Makes the volume, with the machine's key in slot 0.
#[must_use]
pub fn format(source: &Path, key: &Path, uuid: &str) -> Call {
    let slot = DEVICE_SLOT.to_string();
    let mut args = vec!["luksFormat", "--batch-mode", "--type", "luks2", "--label", NAME, "--uuid", uuid];
    args.extend(["--key-slot", &slot]);
    args.extend(STRETCH);
    let (key, source) = (key.to_string_lossy(), source.to_string_lossy());
    args.extend(["--key-file", &key, &source]);
    call(&args)
}

/// Adds the recovery key in slot 1; the machine's key says that it may.
#[must_use]
pub fn add_recovery(source: &Path, key: &Path, recovery: &RecoveryKey) -> Call {
    let slot = RECOVERY_SLOT.to_string();
    let mut args = vec!["luksAddKey", "--batch-mode", "--key-slot", &slot];
    args.extend(STRETCH);
    let (key, source) = (key.to_string_lossy(), source.to_string_lossy());
    args.extend(["--key-file", &key, &source, "-"]);
    call(&args).reading(Secret::new(recovery.text()))
}

/// Adds the machine's key in slot 0; the recovery key says that it may.
#[must_use]
pub fn add_device(source: &Path, key: &Path, recovery: &RecoveryKey) -> Call {
    let slot = DEVICE_SLOT.to_string();
    let mut args = vec!["luksAddKey", "--batch-mode", "--key-slot", &slot];
    args.extend(STRETCH);
    let (key, source) = (key.to_string_lossy(), source.to_string_lossy());
    args.extend(["--key-file", "-", &source, &key]);
    call(&args).reading(Secret::new(recovery.text()))
}

/// Takes the machine's key away.
#[must_use]
pub fn remove_device(source: &Path) -> Call {
    call(&["luksKillSlot", "--batch-mode", &source.to_string_lossy(), &DEVICE_SLOT.to_string()])
}

/// Unlocks with the machine's key.
#[must_use]
pub fn open(source: &Path, key: &Path, name: &str) -> Call {
    call(&["open", "--key-file", &key.to_string_lossy(), &source.to_string_lossy(), name])
}

/// Locks.
#[must_use]
pub fn close(name: &str) -> Call {
    call(&["close", name])
}

/// Lets the machine's TPM open it, while its firmware and its Secure Boot keys are those of now (register 7).
///
/// The machine's key is given in the environment: systemd 249 knows no other way.
#[must_use]
pub fn enrol_tpm(source: &Path, key_text: Secret) -> Call {
    let args = ["--tpm2-device=auto", "--tpm2-pcrs=7", &source.to_string_lossy()];
    Call { env: Some(("PASSWORD", key_text)), ..Call::new("systemd-cryptenroll", args) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fs::File;
    use std::path::Path;

    use super::{add_device, add_recovery, format, header, key_opens, parse, recovery_opens, remove_device};
    use crate::recovery::RecoveryKey;
    use crate::run::run;

    #[test]
    fn what_cannot_be_read_is_an_error() {
        assert!(parse("", "{}").is_err());
        assert!(parse("UUID: 1\n", "").is_err());
        assert!(parse("UUID: 1\n", "{}").is_err());
        let header =
            parse("Label: (no label)\nUUID: 1\n", r#"{"keyslots":{"0":{},"x":{}},"tokens":{}}"#).unwrap();
        assert!(header.slots == [0] && !header.is_ours() && !header.tpm2);
    }

    /// Real volumes in files: formatting and keys need neither root nor device mapper.
    #[test]
    fn each_key_opens_and_no_other() {
        if run(&super::call(&["--version"])).is_err() {
            println!("SKIP: there is no cryptsetup; it is in the package cryptsetup-bin");
            return;
        }
        let place = tempfile::tempdir().unwrap();
        let (volume, key, wrong) =
            (place.path().join("volume"), place.path().join("key"), place.path().join("wrong"));
        File::create(&volume).unwrap().set_len(32 << 20).unwrap();
        std::fs::write(&key, "0123456789abcdef").unwrap();
        std::fs::write(&wrong, "0123456789abcdeF").unwrap();
        assert_eq!(header(&volume).unwrap(), None);
        let uuid = "0f0c8a5e-6d0b-4a4e-9c55-3f3c0f4f7a11";
        run(&format(&volume, &key, uuid)).unwrap();
        let recovery = RecoveryKey::new().unwrap();
        run(&add_recovery(&volume, &key, &recovery)).unwrap();

        let found = header(&volume).unwrap().unwrap();
        assert_eq!(found.uuid, uuid);
        assert!(found.is_ours() && found.has_recovery() && !found.tpm2 && found.slots.len() == 2);
        assert!(key_opens(&volume, &key).unwrap());
        assert!(!key_opens(&volume, &wrong).unwrap());
        assert!(!key_opens(&volume, Path::new("/there/is/none")).unwrap());
        assert!(recovery_opens(&volume, &recovery).unwrap());
        assert!(!recovery_opens(&volume, &RecoveryKey::new().unwrap()).unwrap());

        // Another machine: its key takes the place of the old one.
        run(&remove_device(&volume)).unwrap();
        assert!(!key_opens(&volume, &key).unwrap());
        run(&add_device(&volume, &wrong, &recovery)).unwrap();
        assert!(key_opens(&volume, &wrong).unwrap() && !key_opens(&volume, &key).unwrap());
        assert!(recovery_opens(&volume, &recovery).unwrap());
    }
}
