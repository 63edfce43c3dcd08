//! Checks of what is installed: programs, models, data.

use std::path::Path;

use iseetutor_bus::Name;
use iseetutor_models::{Manifest, Role, State, Store};

use super::Check;
use crate::set::{bus, programs};

/// Folders in which distributions keep the data of espeak-ng.
const ESPEAK_DATA: [&str; 5] = [
    "/usr/lib/x86_64-linux-gnu/espeak-ng-data",
    "/usr/lib/aarch64-linux-gnu/espeak-ng-data",
    "/usr/lib/espeak-ng-data",
    "/usr/share/espeak-ng-data",
    "/usr/local/share/espeak-ng-data",
];

/// Every check of this kind, for a set of models.
pub fn checks(set: &str) -> Vec<Check> {
    vec![daemons(), dbus(), models(set), lexicon(), onnxruntime(set), espeak()]
}

fn daemons() -> Check {
    let missing: Vec<String> = Name::ALL
        .into_iter()
        .filter_map(|name| programs::ours(name.program()).err())
        .map(|error| error.to_string())
        .collect();
    match missing.first() {
        None => Check::ok("programs", "every daemon is installed"),
        Some(first) => {
            let remedy = "cargo build --release --workspace, or install the package again";
            Check::missing("programs", format!("{} missing: {first}", missing.len()), remedy)
        }
    }
}

fn dbus() -> Check {
    match programs::of_system("dbus-daemon", bus::REMEDY) {
        Ok(path) => Check::ok("dbus-daemon", path.display().to_string()),
        Err(error) => Check::missing("dbus-daemon", error.to_string(), "apt-get install dbus-daemon"),
    }
}

fn lexicon() -> Check {
    const NAME: &str = "dictionary";
    let opened = crate::commands::lexicon::file().and_then(|file| {
        iseetutor_lexicon::Lexicon::open(&file)
            .map_err(|error| crate::error::Error::Failed(error.to_string()))
    });
    match opened {
        Ok(lexicon) => Check::ok(NAME, lexicon.path().display().to_string()),
        Err(error) => {
            Check::warning(NAME, error.to_string(), "apt-get install wordnet-base; tutorctl lexicon build")
        }
    }
}

fn models(set: &str) -> Check {
    const NAME: &str = "models";
    let remedy = format!("tutorctl models fetch --set {set}");
    let looked = Manifest::embedded().and_then(|manifest| {
        let store = Store::resolve(None)?;
        let set = manifest.set(set)?;
        let bad: Vec<String> = store
            .status(set)?
            .into_iter()
            .filter(|status| !status.model.optional && !status.state.is_good())
            .map(|status| match status.state {
                State::Missing => format!("{} is missing", status.model.id),
                _ => format!("{} is damaged", status.model.id),
            })
            .collect();
        Ok((bad, store.set_folder(set.name)))
    });
    match looked {
        Ok((bad, folder)) if bad.is_empty() => {
            Check::ok(NAME, format!("the set {set} is complete and checked, in {}", folder.display()))
        }
        Ok((bad, _)) => Check::missing(NAME, bad.join(", "), remedy),
        Err(error) => Check::missing(NAME, error.to_string(), remedy),
    }
}

/// That the library loads needs its own libraries, of which an old system may have too old a one.
fn onnxruntime(set: &str) -> Check {
    const NAME: &str = "onnxruntime";
    let path = Manifest::embedded()
        .and_then(|manifest| Store::resolve(None)?.path_of(manifest.set(set)?, Role::Onnxruntime));
    match path {
        Ok(path) if path.is_file() => Check::ok(NAME, path.display().to_string()),
        Ok(path) => Check::missing(
            NAME,
            format!("{} is not there", path.display()),
            format!("tutorctl models fetch --set {set} onnxruntime"),
        ),
        Err(error) => Check::missing(NAME, error.to_string(), "set ISEETUTOR_MODELS"),
    }
}

fn espeak() -> Check {
    const NAME: &str = "espeak-ng data";
    let given = std::env::var("ESPEAK_DATA_PATH").ok();
    let folders = given.iter().map(String::as_str).chain(ESPEAK_DATA);
    match folders
        .map(Path::new)
        .find(|folder| folder.join("en_dict").is_file() || folder.join("espeak-ng-data/en_dict").is_file())
    {
        Some(folder) => Check::ok(NAME, folder.display().to_string()),
        None => Check::missing(NAME, "the English dictionary is not there", "apt-get install espeak-ng-data"),
    }
}
