//! `tutord restore`: makes a copy of the record the record, while no tutord runs. `tutorctl restore` runs it.
//!
//! The copy comes on the standard input, so that one that was encrypted is never written down in the clear outside of
//! the storage. What came back is one line of JSON on the standard output.

use std::fmt::Display;
use std::process::ExitCode;

use iseetutor_service::config::{Flags, load};
use serde_json::{Value, json};

use crate::config::Config;
use crate::school::{School, SystemClock};
use crate::store::{Restored, restore};

const USAGE: &str = "tutord restore [--config FILE] [--set KEY=VALUE]... < COPY";

/// Does it. Exit codes: 0 done, 1 failed, 2 wrong command line or configuration.
pub fn main(arguments: impl IntoIterator<Item = String>) -> ExitCode {
    let config: Config = match Flags::parse("tutord", arguments).and_then(|flags| {
        if flags.help || flags.version || flags.check {
            println!("usage: {USAGE}");
            return Ok(None);
        }
        load("tutord", &flags).map(Some)
    }) {
        Ok(Some(config)) => config,
        Ok(None) => return ExitCode::SUCCESS,
        Err(error) => return fail(&error, 2),
    };
    if let Err(error) = config.check() {
        return fail(&error, 2);
    }
    match restore(&config.database, &mut std::io::stdin().lock()) {
        Ok(restored) => {
            println!("{}", shown(&restored));
            ExitCode::SUCCESS
        }
        Err(error) => fail(&error, 1),
    }
}

fn fail(error: &dyn Display, code: u8) -> ExitCode {
    eprintln!("{error}");
    ExitCode::from(code)
}

/// What came back, with the children's names.
fn shown(restored: &Restored) -> Value {
    let mut shown = json!(restored);
    let named: Vec<Value> = names(restored)
        .unwrap_or_default()
        .into_iter()
        .map(|(id, name)| json!({ "name": name, "events": restored.learners.get(&id) }))
        .collect();
    shown["children"] = named.into();
    shown
}

/// The children of the record, by id. The record is whole; a name that cannot be read is no reason to fail.
fn names(restored: &Restored) -> Option<Vec<(String, String)>> {
    let bodies = crate::store::learning_in(&restored.database).ok()?;
    let school = School::new(SystemClock).ok()?;
    school.recall("", bodies.iter().map(String::as_str));
    Some(school.learners().into_iter().map(|learner| (learner.id.to_string(), learner.name)).collect())
}
