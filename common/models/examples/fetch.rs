//! Fetches a set and says how long each model took: `cargo run --example fetch -- SET [MIRROR]`.
//!
//! The everyday way is `tutorctl models fetch`; this one needs nothing but this crate.

use std::ops::ControlFlow;
use std::process::ExitCode;

use iseetutor_models::{FetchOptions, Manifest, Result, Store};

fn main() -> ExitCode {
    match fetch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("fetch: {error}");
            ExitCode::FAILURE
        }
    }
}

fn fetch() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "starter".to_owned());
    let options = FetchOptions { mirror: arguments.next().map(Into::into), ..FetchOptions::default() };
    let ids: Vec<String> = arguments.collect();

    let manifest = Manifest::embedded()?;
    let store = Store::resolve(None)?;
    let plan = store.plan(manifest.set(&name)?, &ids)?;
    for item in &plan.items {
        println!("{:28} {} ({})", item.model.id, item.license().name, item.license().text);
    }
    println!("{} MB to download into {}", plan.download / 1_000_000, store.root().display());
    for fetched in store.fetch(&plan, &options, &mut |_| ControlFlow::Continue(()))? {
        println!("{:28} {:?} {:.1} s", fetched.model.id, fetched.origin, fetched.took.as_secs_f64());
    }
    Ok(())
}
