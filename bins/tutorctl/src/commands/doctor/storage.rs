//! The check of the encrypted storage, where the system service is installed.

use iseetutor_storage::Places;
use iseetutor_storage::places::FOLDERS_UNIT;
use iseetutor_storage::status::{Kind, Status, status};

use super::Check;

/// The check; none where there is no service that would need a storage.
pub fn check() -> Option<Check> {
    let places = Places::default();
    places.unit(FOLDERS_UNIT)?;
    Some(match status(&places) {
        Ok(status) => judge(&status),
        Err(error) => Check::warning(NAME, error.to_string(), "tutorctl storage status"),
    })
}

const NAME: &str = "storage";

/// What is wrong first is what is mended first; a plain folder works, and is said to be one.
fn judge(status: &Status) -> Check {
    let Some(first) = status.problems.first() else {
        return Check::ok(NAME, "encrypted, unlocked and mounted");
    };
    let problem = &first.problem;
    if status.kind == Kind::Plain || status.mounted {
        Check::warning(NAME, problem, &first.remedy)
    } else {
        Check::missing(NAME, problem, &first.remedy)
    }
}

#[cfg(test)]
mod tests {
    use iseetutor_storage::status::{Kind, Problem, Status};

    use super::judge;
    use crate::commands::doctor::Verdict;

    #[test]
    fn a_plain_folder_is_a_warning_and_a_locked_disk_is_missing() {
        let problem = Problem { problem: "NOT ENCRYPTED".into(), remedy: "set it up".into() };
        let mut status = Status {
            kind: Kind::Plain,
            source: None,
            uuid: None,
            unlocked_by: None,
            recovery_key: None,
            unlocked: false,
            mounted: true,
            bytes: 0,
            free: 0,
            problems: vec![problem],
        };
        assert_eq!(judge(&status).verdict, Verdict::Warning);
        assert!(judge(&status).detail.contains("NOT ENCRYPTED"));
        (status.kind, status.mounted) = (Kind::Disk, false);
        assert_eq!(judge(&status).verdict, Verdict::Missing);
        (status.mounted, status.problems) = (true, Vec::new());
        assert_eq!(judge(&status).verdict, Verdict::Ok);
    }
}
