//! `tutorctl simulate`: what the planner and the estimator make of a learner whose truth is known.

use iseetutor_learner::bank::catalog;
use iseetutor_learner::simulate::{Description, Policy, run as simulate};
use serde_json::json;

use super::items::bank;
use crate::cli::SimulateArgs;
use crate::error::{Error, Result};
use crate::output::Output;

/// Longest description in bytes.
const LONGEST: u64 = 64 * 1024;

/// Simulates the learner that a file describes, with the planner and with what it is compared to; a line each.
///
/// # Errors
/// When the file cannot be read or describes no learner.
pub fn run(args: &SimulateArgs, output: Output) -> Result<()> {
    let size = std::fs::metadata(&args.learner).map_err(Error::io("read", &args.learner))?.len();
    let bad =
        |problem: String| Error::Usage(format!("cannot simulate {}: {problem}", args.learner.display()));
    if size > LONGEST {
        return Err(bad(format!("it has {size} bytes, and a description has at most {LONGEST}")));
    }
    let text = std::fs::read_to_string(&args.learner).map_err(Error::io("read", &args.learner))?;
    let description: Description = if args.learner.extension().is_some_and(|extension| extension == "json") {
        serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?
    } else {
        toml::from_str(&text).map_err(|error| bad(error.to_string().trim().to_owned()))?
    };
    let catalog = catalog(&bank()?);
    for policy in Policy::ALL {
        let outcome = simulate(&description, &catalog, policy, args.days);
        let line = json!({ "learner": description.name, "policy": policy.title(), "days": args.days, "outcome": outcome });
        output.put(&line, || format!("{}: {outcome:?}", policy.title()))?;
    }
    Ok(())
}
