//! The folders of the storage, with their owners and modes.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::unistd::{Group, User};

use crate::error::{Error, Result};

/// A folder as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its path.
    pub path: PathBuf,
    /// Its mode.
    pub mode: u32,
    /// Whose it is.
    pub user: String,
    /// Its group.
    pub group: String,
}

/// Reads the lines of a file in the format of tmpfiles.d(5) that make folders.
///
/// # Errors
/// When the file cannot be read, or has a line that is none of ours.
pub fn read(file: &Path) -> Result<Vec<Folder>> {
    let text = std::fs::read_to_string(file).map_err(Error::io("read", file))?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| folder(line).ok_or_else(|| wrong(file, line))).collect()
}

fn wrong(file: &Path, line: &str) -> Error {
    Error::Wrong(format!("{}: cannot read the line \"{line}\"; install the package anew", file.display()))
}

fn folder(line: &str) -> Option<Folder> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let &["d", path, mode, user, group, ..] = words.as_slice() else { return None };
    let mode = u32::from_str_radix(mode, 8).ok()?;
    Some(Folder { path: path.into(), mode, user: user.into(), group: group.into() })
}

/// What is not as it should be, in words.
#[must_use]
pub fn differences(folders: &[Folder]) -> Vec<String> {
    folders.iter().filter_map(difference).collect()
}

fn difference(folder: &Folder) -> Option<String> {
    let path = folder.path.display();
    let found = match folder.path.symlink_metadata() {
        Ok(found) => found,
        Err(error) => return Some(format!("{path}: {error}")),
    };
    if !found.is_dir() {
        return Some(format!("{path} is no folder"));
    }
    let user = User::from_uid(found.uid().into())
        .ok()
        .flatten()
        .map_or_else(|| found.uid().to_string(), |user| user.name);
    let group = Group::from_gid(found.gid().into())
        .ok()
        .flatten()
        .map_or_else(|| found.gid().to_string(), |group| group.name);
    let mode = found.mode() & 0o7777;
    if (user.as_str(), group.as_str(), mode) == (folder.user.as_str(), folder.group.as_str(), folder.mode) {
        return None;
    }
    Some(format!(
        "{path} is {user}:{group} {mode:04o} and should be {}:{} {:04o}",
        folder.user, folder.group, folder.mode
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::{Folder, differences, read};

    /// The owner's layout is this; it is for the whole project.
    #[test]
    fn the_file_of_the_package_has_the_owners_layout() {
        let folders =
            read(&Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../units/storage.conf"))
                .unwrap();
        let paths: Vec<_> =
            folders.iter().map(|folder| folder.path.strip_prefix("/mnt/storage").unwrap()).collect();
        let wanted = [
            "",
            "models",
            "databases",
            "content",
            "content/pdfs",
            "content/processed",
            "content/questions",
            "content/audio_cache",
            "content/images",
            "user_data",
            "user_data/profiles",
            "user_data/progress",
            "user_data/recordings",
            "user_data/backups",
        ];
        assert_eq!(paths, wanted.map(Path::new));
        for folder in
            folders.iter().filter(|folder| folder.path.parent() == Some(Path::new("/mnt/storage/user_data")))
        {
            assert_eq!((folder.mode, folder.user.as_str()), (0o700, "iseetutor-tutord"), "{folder:?}");
        }
    }

    #[test]
    fn a_wrong_mode_owner_or_kind_is_found() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("databases");
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        let user = nix::unistd::User::from_uid(nix::unistd::getuid()).unwrap().unwrap().name;
        let group = nix::unistd::Group::from_gid(nix::unistd::getgid()).unwrap().unwrap().name;
        let right = Folder { path: path.clone(), mode: 0o700, user, group };
        assert_eq!(differences(std::slice::from_ref(&right)), Vec::<String>::new());
        let mode = differences(&[Folder { mode: 0o755, ..right.clone() }]);
        assert!(mode[0].contains("0700 and should be") && mode[0].ends_with("0755"), "{mode:?}");
        assert_eq!(differences(&[Folder { user: "nobody-else".into(), ..right.clone() }]).len(), 1);
        std::fs::remove_dir(&path).unwrap();
        assert_eq!(differences(std::slice::from_ref(&right)).len(), 1);
        std::fs::write(&path, "").unwrap();
        assert!(differences(&[right])[0].ends_with("is no folder"));
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("storage.conf");
        for line in ["d /x", "d /x 99 a b -", "z /x 0700 a b -"] {
            std::fs::write(&file, format!("# fine\n{line}\n")).unwrap();
            assert!(read(&file).unwrap_err().to_string().contains(line));
        }
    }
}
