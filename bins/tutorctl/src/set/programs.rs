//! Where the programs of a set are.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Folders searched after the one this program lies in and those in `PATH`.
const INSTALLED: [&str; 3] = ["/usr/libexec/iseetutor", "/usr/lib/iseetutor", "/usr/local/libexec/iseetutor"];

/// Finds one of our own programs: beside this one, then in `PATH`, then where packages put them.
///
/// # Errors
/// [`Error::NoProgram`].
pub fn ours(program: &'static str) -> Result<PathBuf> {
    let folders = beside().into_iter().chain(path()).chain(INSTALLED.iter().map(PathBuf::from));
    find(program, folders, "build it with `cargo build --release`, or install the package again")
}

/// Finds a program of the system in `PATH` and the usual folders, also those only root has in `PATH`.
///
/// # Errors
/// [`Error::NoProgram`], with `remedy`.
pub fn of_system(program: &'static str, remedy: &'static str) -> Result<PathBuf> {
    let usual = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];
    find(program, path().chain(usual.iter().map(PathBuf::from)), remedy)
}

fn find(
    program: &'static str,
    folders: impl Iterator<Item = PathBuf>,
    remedy: &'static str,
) -> Result<PathBuf> {
    let mut looked: Vec<String> = Vec::new();
    for folder in folders {
        let candidate = folder.join(program);
        if is_executable(&candidate) {
            return Ok(candidate);
        }
        let name = folder.display().to_string();
        if !looked.contains(&name) {
            looked.push(name);
        }
    }
    Err(Error::NoProgram { program, looked: looked.join(", "), remedy })
}

/// The folder of this executable; for a test, which lies in `deps`, the one above.
fn beside() -> Option<PathBuf> {
    let folder = std::env::current_exe().ok()?.parent()?.to_owned();
    if folder.ends_with("deps") { folder.parent().map(Path::to_owned) } else { Some(folder) }
}

fn path() -> impl Iterator<Item = PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect::<Vec<_>>().into_iter()
}

fn is_executable(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::{of_system, ours};

    #[test]
    fn programs_are_found_and_a_missing_one_names_its_remedy() {
        assert!(of_system("sh", "").unwrap().ends_with("sh"));
        let text = ours("iseetutor-there-is-no-such-program").unwrap_err().to_string();
        assert!(text.contains("/usr/libexec/iseetutor") && text.contains("cargo build"), "{text}");
    }
}
