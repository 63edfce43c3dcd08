//! `tutorctl models fetch`.

use std::collections::BTreeSet;

use iseetutor_models::{FetchOptions, Origin, Plan, Stage};
use serde_json::json;

use super::progress::{Bar, Stop};
use super::{Llmd, describe, megabytes, open};
use crate::cli::FetchArgs;
use crate::commands::up::round;
use crate::error::{Error, Result};
use crate::output::{Output, tell};

/// Shows what is to be fetched and on which terms, and fetches it.
///
/// # Errors
/// When a model cannot be had; those fetched before stay.
pub fn run(args: &FetchArgs, output: Output, stop: &Stop) -> Result<()> {
    let (manifest, store) = open(&args.set)?;
    let set = manifest.set(&args.set.set)?;
    let plan = store.plan(set, &args.ids)?;
    announce(&plan, store.root().display().to_string().as_str());
    let accept_unverified: BTreeSet<String> = args.accept_unverified.iter().cloned().collect();
    if let Some(unknown) = accept_unverified.iter().find(|id| set.model(id).is_err()) {
        return Err(Error::Usage(format!(
            "there is no model {unknown:?} in the set {} for --accept-unverified",
            set.name
        )));
    }
    if args.dry_run {
        return dry_run(&plan, output);
    }
    let bar = Bar::new(output);
    let options = FetchOptions {
        mirror: args.from.clone(),
        offline: args.offline,
        accept_unverified,
        quantizer: Some(&Llmd),
        ..FetchOptions::default()
    };
    let fetched = store.fetch(&plan, &options, &mut |event| {
        bar.show(event.id, name_of(event.stage), event.done, event.total);
        stop.flow()
    });
    bar.finish();
    for model in fetched? {
        let (origin, took_s) = (describe_origin(&model.origin), model.took.as_secs_f64());
        let file = model.path.display().to_string();
        let line = json!({"id": model.model.id, "file": file, "origin": origin, "took_s": round(took_s)});
        output.put(&line, || match model.origin {
            Origin::Present => format!("{:28} was there", model.model.id),
            _ => format!("{:28} {origin}, {took_s:.1} s", model.model.id),
        })?;
    }
    Ok(())
}

/// The terms of what is not there yet, on standard error: before anything is downloaded.
fn announce(plan: &Plan<'_>, folder: &str) {
    let missing: Vec<_> = plan.items.iter().filter(|item| !item.state.is_good()).collect();
    if missing.is_empty() {
        return;
    }
    for item in &missing {
        let license = item.license();
        tell(&format!("{:28} {}  {}", item.model.id, license.name, license.text));
        for note in [&license.note, &item.model.note].into_iter().flatten() {
            tell(&format!("{:28}   {note}", ""));
        }
    }
    tell(&format!("{} to download into {folder}", megabytes(plan.download)));
}

fn dry_run(plan: &Plan<'_>, output: Output) -> Result<()> {
    for item in &plan.items {
        let (state, detail) = describe(&item.state);
        let line = json!({
            "id": item.model.id, "state": state, "detail": detail, "license": item.license().name,
            "needs_acceptance": item.needs_acceptance,
        });
        output.put(&line, || format!("{:28} {state} {detail}", item.model.id))?;
    }
    Ok(())
}

fn name_of(stage: Stage) -> &'static str {
    match stage {
        Stage::Copy => "copying",
        Stage::Download => "downloading",
        Stage::Unpack => "unpacking",
        Stage::Convert => "converting",
        Stage::Quantize => "quantizing",
        Stage::Check => "checking",
        _ => "working",
    }
}

fn describe_origin(origin: &Origin) -> String {
    match origin {
        Origin::Present => "present".into(),
        Origin::OtherSet(set) => format!("from the set {set}"),
        Origin::Mirror => "from the mirror".into(),
        Origin::Wheel => "out of a Python package".into(),
        Origin::Https => "downloaded".into(),
        Origin::Quantized => "quantized here".into(),
        _ => "other".into(),
    }
}
