//! What is to be done, so that it can be shown before it is done.

use std::fmt;
use std::path::PathBuf;

/// Text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes care of a text.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text. Keep it out of logs.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(..)")
    }
}

/// A program with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub program: &'static str,
    /// Its arguments; no secret is among them, because every user can read those.
    pub args: Vec<String>,
    /// What it reads from its standard input.
    pub input: Option<Secret>,
    /// A variable of its environment.
    pub env: Option<(&'static str, Secret)>,
}

impl Call {
    /// A program with arguments.
    #[must_use]
    pub fn new<S: Into<String>>(program: &'static str, args: impl IntoIterator<Item = S>) -> Self {
        Self { program, args: args.into_iter().map(Into::into).collect(), input: None, env: None }
    }

    /// The same, which reads this.
    #[must_use]
    pub fn reading(mut self, input: Secret) -> Self {
        self.input = Some(input);
        self
    }
}

impl fmt::Display for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((name, _)) = &self.env {
            write!(formatter, "{name}=... ")?;
        }
        formatter.write_str(self.program)?;
        for arg in &self.args {
            let plain = |sign: char| sign.is_ascii_alphanumeric() || "-_./=:,@+".contains(sign);
            if !arg.is_empty() && arg.chars().all(plain) {
                write!(formatter, " {arg}")?;
            } else {
                write!(formatter, " '{}'", arg.replace('\'', r"'\''"))?;
            }
        }
        if self.input.is_some() { formatter.write_str(" <key") } else { Ok(()) }
    }
}

/// What a step does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Runs a program.
    Run(Call),
    /// Makes a folder, and those above it; sets its mode if it was not there.
    Folder {
        /// The folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// Writes a file so that it is there whole or not at all, also after a power cut.
    Write {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
        /// What is in it.
        text: Secret,
        /// Whether it may replace a file.
        replace: bool,
    },
    /// Gives a file another name.
    Rename {
        /// Its name.
        from: PathBuf,
        /// Its new name.
        to: PathBuf,
    },
    /// Removes a file, if it is there.
    Remove {
        /// The file.
        path: PathBuf,
    },
    /// Makes a file of this size with its blocks on the disk; there must be none of the name.
    Allocate {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        bytes: u64,
    },
    /// Makes ext4 on an unlocked volume, unless it has one already.
    FileSystem {
        /// The device.
        device: PathBuf,
    },
    /// Compares what is mounted, and the folders in it, with what should be.
    Check {
        /// Whether it is the unlocked volume, and not a plain folder.
        encrypted: bool,
    },
}

impl fmt::Display for Action {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(call) => call.fmt(formatter),
            Self::Folder { path, mode } => write!(formatter, "mkdir -p -m {mode:04o} {}", path.display()),
            Self::Write { path, mode, .. } => write!(formatter, "write {} (mode {mode:04o})", path.display()),
            Self::Rename { from, to } => write!(formatter, "mv {} {}", from.display(), to.display()),
            Self::Remove { path } => write!(formatter, "rm -f {}", path.display()),
            Self::Allocate { path, bytes } => {
                write!(formatter, "fallocate -l {bytes} {} (mode 0600)", path.display())
            }
            Self::FileSystem { device } => write!(formatter, "{}", mkfs(device)),
            Self::Check { encrypted: true } => {
                formatter.write_str("look at the mount, its options, owners and modes")
            }
            Self::Check { encrypted: false } => formatter.write_str("look at owners and modes"),
        }
    }
}

/// ext4 without the 5 % that are otherwise kept back for root: the system is not on it.
#[must_use]
pub fn mkfs(device: &std::path::Path) -> Call {
    Call::new("mkfs.ext4", ["-q", "-L", "iseetutor", "-m", "1", &device.to_string_lossy()])
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What it does, such as `make the file system`.
    pub what: &'static str,
    /// How.
    pub action: Action,
    /// What takes it back when a later step fails.
    pub undo: Option<Action>,
    /// Whether with it what was done before is to stay, also when a later step fails.
    pub settles: bool,
}

impl Step {
    /// A step that is not taken back.
    #[must_use]
    pub fn new(what: &'static str, action: Action) -> Self {
        Self { what, action, undo: None, settles: false }
    }

    /// The same, with what takes it back.
    #[must_use]
    pub fn undone_by(mut self, undo: Action) -> Self {
        self.undo = Some(undo);
        self
    }

    /// The same, after which what was done before stays.
    #[must_use]
    pub fn settling(mut self) -> Self {
        self.settles = true;
        self
    }
}

/// Everything to do, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The steps; none when all is done already.
    pub steps: Vec<Step>,
    /// What is worth knowing beforehand, for people.
    pub notes: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::{Action, Call, Secret};

    #[test]
    fn secrets_are_not_shown() {
        let mut call =
            Call::new("cryptsetup", ["luksAddKey", "a b", "it's"]).reading(Secret::new("hush".into()));
        call.env = Some(("PASSWORD", Secret::new("hush".into())));
        assert_eq!(call.to_string(), r"PASSWORD=... cryptsetup luksAddKey 'a b' 'it'\''s' <key");
        let write = Action::Write {
            path: "/k".into(),
            mode: 0o400,
            text: Secret::new("hush".into()),
            replace: false,
        };
        for shown in [format!("{call:?}"), write.to_string(), format!("{write:?}")] {
            assert!(!shown.contains("hush"), "{shown}");
        }
    }
}
