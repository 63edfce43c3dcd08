//! Configuration in layers, each over the one before:
//!
//! 1. what is compiled in ([`Default`]),
//! 2. `/etc/iseetutor/NAME.toml`, or the file given by `--config FILE`,
//! 3. `/etc/iseetutor/NAME.d/*.toml` in the order of their names (with `--config FILE`, `FILE`'s name with `.d`),
//! 4. `ISEETUTOR_NAME__KEY=VALUE`, with `__` between a table and its key,
//! 5. `--set KEY=VALUE`, with `.` between a table and its key.
//!
//! An unknown key is refused with the file and the key named.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Directory of the configuration files on a device.
pub const DIRECTORY: &str = "/etc/iseetutor";

/// What every daemon's configuration has as its table `[service]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceConfig {
    /// Directory of the sockets.
    pub runtime_dir: PathBuf,
    /// Bus: `system`, `session`, or an address.
    pub bus: String,
    /// Users who may connect to this daemon's socket, by name or number; empty for this process's own user only.
    pub allow_users: Vec<String>,
    /// Log filter, such as `info` or `info,sttd=debug`.
    pub log: String,
}

impl Default for ServiceConfig {
    fn default() -> Self {
        Self {
            runtime_dir: PathBuf::from("/run/iseetutor"),
            bus: "system".into(),
            allow_users: Vec::new(),
            log: "info".into(),
        }
    }
}

impl ServiceConfig {
    /// The numbers of `allow_users`, or this process's own user when there are none.
    ///
    /// # Errors
    /// [`ConfigError::UnknownUser`].
    pub fn allowed_uids(&self) -> Result<Vec<u32>, ConfigError> {
        if self.allow_users.is_empty() {
            return Ok(vec![nix::unistd::geteuid().as_raw()]);
        }
        let number = |name: &String| {
            if let Ok(uid) = name.parse() {
                return Ok(uid);
            }
            match nix::unistd::User::from_name(name) {
                Ok(Some(user)) => Ok(user.uid.as_raw()),
                _ => Err(ConfigError::UnknownUser { name: name.clone() }),
            }
        };
        self.allow_users.iter().map(number).collect()
    }
}

/// A daemon's configuration.
pub trait DaemonConfig: Serialize + DeserializeOwned + Default {
    /// The table `[service]`.
    fn service(&self) -> &ServiceConfig;
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A layer cannot be read, has an unknown key, or a value of the wrong type.
    #[error(
        "cannot read the configuration of {program}: {source}; correct the key named there, or remove it to have the default"
    )]
    Invalid {
        /// The program.
        program: String,
        /// What is wrong, with key and file.
        #[source]
        source: Box<figment::Error>,
    },
    /// A file given by `--config` is not there.
    #[error("cannot read the configuration file {path}: {source}; check the path given to --config")]
    Missing {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A user of `allow_users` does not exist.
    #[error("cannot find the user {name:?} named in service.allow_users; create it or correct the name")]
    UnknownUser {
        /// The name.
        name: String,
    },
    /// The command line is wrong.
    #[error("{problem}; usage: {usage}")]
    Usage {
        /// What is wrong with it.
        problem: String,
        /// How it goes.
        usage: String,
    },
}

/// What a daemon's command line can say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flags {
    /// `--config FILE`: instead of the file in [`DIRECTORY`].
    pub config: Option<PathBuf>,
    /// `--set KEY=VALUE`: the last layer.
    pub set: Vec<(String, String)>,
    /// `--check`: read the configuration, say whether it is right, and end.
    pub check: bool,
    /// `--version`.
    pub version: bool,
    /// `--help`.
    pub help: bool,
}

impl Flags {
    /// How a daemon's command line goes.
    #[must_use]
    pub fn usage(program: &str) -> String {
        format!("{program} [--config FILE] [--set KEY=VALUE]... [--check] [--version] [--help]")
    }

    /// Reads a command line, the program's name not included.
    ///
    /// # Errors
    /// [`ConfigError::Usage`].
    pub fn parse(program: &str, arguments: impl IntoIterator<Item = String>) -> Result<Self, ConfigError> {
        let usage = |problem: String| ConfigError::Usage { problem, usage: Self::usage(program) };
        let mut flags = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--config" => {
                    let file = arguments.next().ok_or_else(|| usage("--config needs a file".into()))?;
                    flags.config = Some(PathBuf::from(file));
                }
                "--set" => {
                    let pair = arguments.next().unwrap_or_default();
                    let (key, value) = pair
                        .split_once('=')
                        .ok_or_else(|| usage(format!("--set needs KEY=VALUE, not {pair:?}")))?;
                    flags.set.push((key.to_owned(), value.to_owned()));
                }
                "--check" => flags.check = true,
                "--version" => flags.version = true,
                "--help" | "-h" => flags.help = true,
                other => return Err(usage(format!("unknown argument {other:?}"))),
            }
        }
        Ok(flags)
    }
}

/// Loads the configuration of `program` from every layer.
///
/// # Errors
/// [`ConfigError`].
pub fn load<C: DaemonConfig>(program: &str, flags: &Flags) -> Result<C, ConfigError> {
    load_from(program, flags, Path::new(DIRECTORY))
}

/// As [`load`], with another directory in place of [`DIRECTORY`].
///
/// # Errors
/// [`ConfigError`].
pub fn load_from<C: DaemonConfig>(program: &str, flags: &Flags, directory: &Path) -> Result<C, ConfigError> {
    let main = match &flags.config {
        Some(path) => {
            std::fs::metadata(path).map_err(|source| ConfigError::Missing { path: path.clone(), source })?;
            path.clone()
        }
        None => directory.join(format!("{program}.toml")),
    };
    let mut figment = Figment::from(Serialized::defaults(C::default()));
    // Without a file the defaults stand; figment takes a missing one for an error.
    if main.exists() {
        figment = figment.merge(Toml::file_exact(&main));
    }
    for file in drop_ins(&main.with_extension("d")) {
        figment = figment.merge(Toml::file_exact(file));
    }
    figment = figment.merge(Env::prefixed(&format!("ISEETUTOR_{}__", program.to_uppercase())).split("__"));
    for (key, value) in &flags.set {
        // Values are read as in the environment: numbers, booleans and lists as such, the rest as text.
        let parsed = value.parse::<figment::value::Value>().unwrap_or_else(|_| value.as_str().into());
        figment = figment.merge(Serialized::default(key, parsed));
    }
    figment
        .extract()
        .map_err(|source| ConfigError::Invalid { program: program.to_owned(), source: Box::new(source) })
}

fn drop_ins(directory: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(directory)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    files
}
