//! Copies that leave the house's storage: one file in the format of the age program (<https://age-encryption.org/v1>),
//! encrypted with a passphrase, so that `age --decrypt` opens it where there is no tutor.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, Identity, Recipient, scrypt};
use iseetutor_service::Shutdown;

use crate::error::{Error, Result};

/// What such a file begins with.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// scrypt's cost, as a power of two: 256 MB of memory and about a second; what the age program takes too.
const WORK: u8 = 18;

/// The most that is taken from a file: four times that memory. The age program takes up to 22.
const MOST_WORK: u8 = 20;

/// Bytes that are copied between two looks at whether it was interrupted.
const BLOCK: usize = 1 << 16;

/// Whether a file that begins so is encrypted.
#[must_use]
pub fn is_sealed(head: &[u8]) -> bool {
    head.starts_with(MAGIC)
}

/// Bytes that [`is_sealed`] wants to see.
pub const HEAD: usize = MAGIC.len();

/// Encrypts `source` into the file `name` in `folder`. It has that name only when all of it was written, read back,
/// found the same, and handed to the disk.
///
/// # Errors
/// When a file cannot be read or written, such as a stick that is full or was pulled out, and
/// [`Error::Interrupted`]; no file `name` is there then, or the one before.
pub fn seal(
    source: &Path,
    folder: &Path,
    name: &str,
    passphrase: &SecretString,
    shutdown: &Shutdown,
) -> Result<(PathBuf, u64)> {
    let (path, part) = (folder.join(name), folder.join(format!(".{name}.part")));
    let made = write(source, &part, passphrase, shutdown).and_then(|()| {
        same(source, &part, passphrase, shutdown)?;
        fs::rename(&part, &path).map_err(Error::io("name", &path))?;
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(Error::io("write to", folder))?;
        Ok(fs::metadata(&path).map_err(Error::io("read", &path))?.len())
    });
    match made {
        Ok(bytes) => Ok((path, bytes)),
        Err(error) => {
            // On a stick that is gone there is nothing to remove.
            let _ = fs::remove_file(&part);
            Err(error)
        }
    }
}

fn write(source: &Path, part: &Path, passphrase: &SecretString, shutdown: &Shutdown) -> Result<()> {
    let writing = || Error::io("write", part);
    match fs::remove_file(part) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        removed => removed.map_err(Error::io("remove", part))?,
    }
    let mut from = File::open(source).map_err(Error::io("read", source))?;
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(part);
    let to = BufWriter::new(opened.map_err(Error::io("create", part))?);
    let mut recipient = scrypt::Recipient::new(passphrase.clone());
    recipient.set_work_factor(WORK);
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn Recipient))
        .map_err(|error| Error::Failed(format!("cannot encrypt {}: {error}", part.display())))?;
    let mut to = encryptor.wrap_output(to).map_err(writing())?;
    let mut block = vec![0; BLOCK];
    loop {
        if shutdown.has_begun() {
            return Err(Error::Interrupted);
        }
        match from.read(&mut block).map_err(Error::io("read", source))? {
            0 => break,
            read => to.write_all(&block[..read]).map_err(writing())?,
        }
    }
    let file = to.finish().and_then(|to| to.into_inner().map_err(io::IntoInnerError::into_error));
    file.and_then(|file| file.sync_all()).map_err(writing())
}

/// Whether what was written is what it was made from, read back as a restore would.
fn same(source: &Path, part: &Path, passphrase: &SecretString, shutdown: &Shutdown) -> Result<()> {
    let mut left = BufReader::new(File::open(source).map_err(Error::io("read", source))?);
    let mut right = open(part, passphrase)?;
    let (mut one, mut other) = (vec![0; BLOCK], vec![0; BLOCK]);
    loop {
        if shutdown.has_begun() {
            return Err(Error::Interrupted);
        }
        let read = left.read(&mut one).map_err(Error::io("read", source))?;
        if read == 0 {
            let more = right.read(&mut other[..1]).map_err(Error::io("read back", part))?;
            return if more == 0 { Ok(()) } else { Err(other_than_written(part)) };
        }
        right.read_exact(&mut other[..read]).map_err(Error::io("read back", part))?;
        if one[..read] != other[..read] {
            return Err(other_than_written(part));
        }
    }
}

fn other_than_written(part: &Path) -> Error {
    Error::Failed(format!("{} reads other than it was written; take another stick", part.display()))
}

/// Opens an encrypted file. What is read of it is checked piece by piece; a file that was cut or changed is an error at that
/// piece.
///
/// # Errors
/// When it cannot be read, is none, or the passphrase is another.
pub fn open(path: &Path, passphrase: &SecretString) -> Result<impl Read + use<>> {
    let file = BufReader::new(File::open(path).map_err(Error::io("read", path))?);
    let decrypting = |error: DecryptError| {
        let problem = match error {
            DecryptError::Io(source) => return Error::io("read", path)(source),
            DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
                "the passphrase is not the one it was encrypted with; try again".to_owned()
            }
            DecryptError::NoMatchingKeys => {
                "it was encrypted for a key and not with a passphrase; decrypt it with `age --decrypt` first"
                    .to_owned()
            }
            DecryptError::ExcessiveWork { .. } => {
                "it asks for more memory than a copy made here; decrypt it with `age --decrypt` first"
                    .to_owned()
            }
            DecryptError::InvalidHeader | DecryptError::InvalidMac => {
                "its beginning is damaged; take another copy".to_owned()
            }
            _ => "it is no file of this version of the age program; take another copy".to_owned(),
        };
        Error::Failed(format!("cannot decrypt {}: {problem}", path.display()))
    };
    let decryptor = Decryptor::new_buffered(file).map_err(decrypting)?;
    let mut identity = scrypt::Identity::new(passphrase.clone());
    identity.set_max_work_factor(MOST_WORK);
    decryptor.decrypt(std::iter::once(&identity as &dyn Identity)).map_err(decrypting)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::fs;
    use std::io::{Read, Write};
    use std::path::Path;
    use std::process::{Command, Stdio};

    use age::secrecy::SecretString;
    use iseetutor_service::Shutdown;

    use super::{HEAD, is_sealed, open, seal};

    const NAME: &str = "iseetutor-2026-11-23.db.age";

    fn phrase(text: &str) -> SecretString {
        SecretString::from(text.to_owned())
    }

    fn content() -> Vec<u8> {
        (0..200_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect()
    }

    fn sealed(folder: &Path) -> std::path::PathBuf {
        let source = folder.join("copy.db");
        fs::write(&source, content()).unwrap();
        let (_keep, shutdown) = Shutdown::new();
        let (path, bytes) = seal(&source, folder, NAME, &phrase("correct horse"), &shutdown).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), bytes);
        path
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_sealed_opens_with_its_passphrase_alone_and_is_whole_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = sealed(folder.path());
        assert_eq!(names(folder.path()), ["copy.db", NAME]);
        let bytes = fs::read(&path).unwrap();
        assert!(is_sealed(&bytes[..HEAD]) && !is_sealed(b"SQLite format 3\0"));
        let mut read = Vec::new();
        open(&path, &phrase("correct horse")).unwrap().read_to_end(&mut read).unwrap();
        assert!(read == content());
        let error = open(&path, &phrase("correct house")).err().unwrap().to_string();
        assert!(error.contains("the passphrase is not the one"), "{error}");
        // Cut at the end of a piece and within one, and with one bit changed.
        for (what, damaged) in [
            ("cut", bytes[..bytes.len() - 1].to_vec()),
            ("half", bytes[..bytes.len() / 2].to_vec()),
            ("bit", {
                let mut bytes = bytes.clone();
                let last = bytes.len() - 100;
                bytes[last] ^= 1;
                bytes
            }),
        ] {
            fs::write(&path, damaged).unwrap();
            let mut reader = open(&path, &phrase("correct horse")).unwrap();
            assert!(reader.read_to_end(&mut Vec::new()).is_err(), "{what}");
        }
        fs::write(&path, &bytes[..50]).unwrap();
        assert!(open(&path, &phrase("correct horse")).is_err());
    }

    #[test]
    fn an_interruption_leaves_nothing_and_the_file_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = sealed(folder.path());
        let before = fs::read(&path).unwrap();
        let (trigger, shutdown) = Shutdown::new();
        trigger.trigger();
        let source = folder.path().join("copy.db");
        let stopped = seal(&source, folder.path(), NAME, &phrase("correct horse"), &shutdown);
        assert!(matches!(stopped, Err(crate::error::Error::Interrupted)));
        assert_eq!(names(folder.path()), ["copy.db", NAME]);
        assert!(fs::read(&path).unwrap() == before);
    }

    /// A stick that is full, for which a small file system in memory stands; only root may mount one.
    #[test]
    fn a_full_stick_is_told_and_left_without_a_half_file() {
        if !nix::unistd::geteuid().is_root() {
            eprintln!("SKIPPED: only root may mount a small file system");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let stick = folder.path().join("stick");
        fs::create_dir(&stick).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=256k", "stick"])
            .arg(&stick)
            .status()
            .unwrap();
        if !mounted.success() {
            eprintln!("SKIPPED: this machine lets nobody mount a file system");
            return;
        }
        let source = folder.path().join("copy.db");
        fs::write(&source, content()).unwrap();
        let (_keep, shutdown) = Shutdown::new();
        let full = seal(&source, &stick, NAME, &phrase("correct horse"), &shutdown);
        let left = names(&stick);
        assert!(Command::new("umount").arg(&stick).status().unwrap().success());
        let error = full.unwrap_err().to_string();
        assert!(error.contains("cannot write") && error.contains("free some space"), "{error}");
        assert!(left.is_empty(), "{left:?}");
    }

    /// The age program itself asks for the passphrase on a terminal, which `script` gives it.
    #[test]
    fn the_age_program_opens_what_is_sealed_here() {
        let there = |program: &str, argument: &str| {
            Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
        };
        if !there("age", "--version") || !there("script", "--version") {
            eprintln!("SKIPPED: the programs age and script are not installed (apt install age bsdutils)");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = sealed(folder.path());
        let out = folder.path().join("opened.db");
        let command = format!("age --decrypt -o {} {}", out.display(), path.display());
        let mut terminal = Command::new("script")
            .args(["--quiet", "--return", "--echo", "never", "--command", &command, "/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = terminal.stdin.take().unwrap();
        // It throws away what was typed before it asks.
        let mut asked = Vec::new();
        let mut stdout = terminal.stdout.take().unwrap();
        let mut byte = [0];
        while !asked.ends_with(b"passphrase: ") {
            assert_eq!(stdout.read(&mut byte).unwrap(), 1, "age ended: {}", String::from_utf8_lossy(&asked));
            asked.push(byte[0]);
        }
        stdin.write_all(b"correct horse\n").unwrap();
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).unwrap();
        assert!(terminal.wait().unwrap().success(), "{rest}");
        assert!(fs::read(&out).unwrap() == content());
    }
}
