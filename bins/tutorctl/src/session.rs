//! Where a command finds its daemons: a set that runs, or one of its own for as long as it needs it.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use iseetutor_bus::{BusAddress, Name};
use iseetutor_service::Shutdown;
use zbus::Connection;

use crate::error::{Error, Result};
use crate::set::Set;
use crate::set::layout::{self, Layout};
use crate::set::lock::{Lock, UpState};
use crate::set::log::Log;
use crate::set::ready;
use crate::set::settings::Wanted;

/// What every command is told on its command line.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// `--dir`.
    pub dir: Option<PathBuf>,
    /// `--set` for a set of its own.
    pub models: Option<String>,
    /// Whether to show the daemons' logs.
    pub verbose: bool,
}

/// A set that runs without our doing.
#[derive(Debug)]
pub struct Running {
    /// Its bus.
    pub bus: Connection,
    /// Address of that bus.
    pub address: BusAddress,
    /// Its sockets.
    pub runtime_dir: PathBuf,
    /// Its folder and state; none on a device, where systemd runs it.
    pub up: Option<(PathBuf, UpState)>,
}

/// Daemons to talk to.
#[derive(Debug)]
pub struct Session {
    bus: Connection,
    runtime_dir: PathBuf,
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    set: Set,
    /// Its folder, if it goes with the session.
    _folder: Option<tempfile::TempDir>,
}

/// Looks for a set that runs all of `needed`: in `--dir`, in the user's folder (`$ISEETUTOR_DIR` or the
/// default one), on the system bus.
///
/// # Errors
/// Only when `--dir` was given and none runs there, or not with what is needed.
pub async fn find(place: &Place, needed: &[Name]) -> Result<Option<Running>> {
    if let Some(folder) = &place.dir {
        let layout = Layout::at(folder)?;
        let state = UpState::read(&layout).ok_or_else(|| Error::NotRunning { folder: folder.clone() })?;
        let missing = missing(&state, needed);
        if !missing.is_empty() {
            return Err(Error::NotInSet { folder: folder.clone(), missing: missing.join(", ") });
        }
        return Ok(Some(join(layout.root(), state).await?));
    }
    if let Ok(layout) = Layout::at(&layout::default_folder())
        && let Some(state) = UpState::read(&layout)
        && missing(&state, needed).is_empty()
        // It may end in this moment; then there is none.
        && let Ok(running) = join(layout.root(), state).await
    {
        return Ok(Some(running));
    }
    Ok(on_device(needed).await)
}

async fn join(folder: &Path, state: UpState) -> Result<Running> {
    let address = BusAddress::Private(state.bus.clone());
    let bus = iseetutor_bus::connect(&address).await?;
    Ok(Running { bus, address, runtime_dir: state.runtime_dir.clone(), up: Some((folder.to_owned(), state)) })
}

/// The daemons of a device, run by systemd on the system bus.
async fn on_device(needed: &[Name]) -> Option<Running> {
    let bus = iseetutor_bus::connect(&BusAddress::System).await.ok()?;
    for name in needed.iter().chain([&Name::Tutor]) {
        if !ready::is_on_bus(&bus, *name).await.unwrap_or(false) {
            return None;
        }
    }
    let runtime_dir = iseetutor_service::ServiceConfig::default().runtime_dir;
    Some(Running { bus, address: BusAddress::System, runtime_dir, up: None })
}

fn missing(state: &UpState, needed: &[Name]) -> Vec<String> {
    let has = |program: &str| state.daemons.iter().any(|daemon| daemon == program);
    needed.iter().map(|name| name.program().to_owned()).filter(|program| !has(program)).collect()
}

impl Session {
    /// Finds a set that runs what is `needed`, or starts one.
    ///
    /// # Errors
    /// When neither can be.
    pub async fn open(place: &Place, needed: &[Name]) -> Result<Self> {
        match find(place, needed).await? {
            Some(running) => {
                ready::wait(&running.bus, needed, crate::set::READY_LIMIT).await?;
                Ok(Self { bus: running.bus, runtime_dir: running.runtime_dir, own: None })
            }
            None => Self::own(place, needed, &Wanted::default()).await,
        }
    }

    /// Starts a set of its own with what is `needed`, in a temporary folder.
    ///
    /// # Errors
    /// As [`Set::start`] and [`Set::wait`].
    pub async fn own(place: &Place, needed: &[Name], wanted: &Wanted) -> Result<Self> {
        let mut wanted = wanted.clone();
        if let Some(models) = &place.models {
            wanted.models.clone_from(models);
        }
        let folder = temporary_folder()?;
        // Rendered sentences are the same everywhere, so that they are kept between commands.
        let mut layout = Layout::at(folder.path())?;
        if let Some(cache) = layout::shared_cache() {
            layout = layout.with_cache(cache);
        }
        Self::start(layout, Some(folder), needed, &wanted, place.verbose).await
    }

    /// Finds a set that runs what is `needed`, or starts one that keeps the records of this user (or of `--dir`).
    ///
    /// # Errors
    /// When neither can be.
    pub async fn at_home(place: &Place, needed: &[Name]) -> Result<Self> {
        let layout = match &place.dir {
            Some(folder) => Layout::at(folder)?,
            None => Layout::of_user()?,
        };
        let running = match &place.dir {
            Some(_) if UpState::read(&layout).is_none() => None,
            _ => find(place, needed).await?,
        };
        if let Some(running) = running {
            ready::wait(&running.bus, needed, crate::set::READY_LIMIT).await?;
            return Ok(Self { bus: running.bus, runtime_dir: running.runtime_dir, own: None });
        }
        let mut wanted = Wanted::default();
        if let Some(models) = &place.models {
            wanted.models.clone_from(models);
        }
        Self::start(layout, None, needed, &wanted, place.verbose).await
    }

    async fn start(
        layout: Layout,
        folder: Option<tempfile::TempDir>,
        needed: &[Name],
        wanted: &Wanted,
        verbose: bool,
    ) -> Result<Self> {
        let mut set = Set::start(layout, needed, wanted, Log::new(verbose)).await?;
        let connected = async {
            set.wait().await?;
            set.connect().await
        };
        match connected.await {
            Ok(bus) => {
                let runtime_dir = set.layout().run();
                Ok(Self { bus, runtime_dir, own: Some(Own { set, _folder: folder }) })
            }
            Err(error) => {
                set.stop().await;
                Err(error)
            }
        }
    }

    /// Runs `work` with a session, and ends the session's own set whatever became of it.
    ///
    /// # Errors
    /// Those of opening and of `work`, and [`Error::Interrupted`].
    pub async fn with<T>(
        place: &Place,
        needed: &[Name],
        shutdown: &Shutdown,
        work: impl AsyncFnOnce(&Self) -> Result<T>,
    ) -> Result<T> {
        let session = tokio::select! {
            session = Self::open(place, needed) => session?,
            () = shutdown.wait() => return Err(Error::Interrupted),
        };
        session.run(shutdown, work).await
    }

    /// Runs `work`, and ends the session whatever became of it.
    ///
    /// # Errors
    /// Those of `work`, and [`Error::Interrupted`].
    pub async fn run<T>(self, shutdown: &Shutdown, work: impl AsyncFnOnce(&Self) -> Result<T>) -> Result<T> {
        let result = tokio::select! {
            result = work(&self) => result,
            () = shutdown.wait() => Err(Error::Interrupted),
        };
        self.close().await;
        result
    }

    /// Ends the set if it is the session's own.
    pub async fn close(self) {
        if let Some(mut own) = self.own {
            own.set.stop().await;
        }
    }

    /// The bus.
    pub fn bus(&self) -> &Connection {
        &self.bus
    }

    /// The folder of the sockets.
    #[must_use]
    pub fn runtime_dir(&self) -> &Path {
        &self.runtime_dir
    }

    /// The set, if it is the session's own.
    #[must_use]
    pub fn set(&self) -> Option<&Set> {
        self.own.as_ref().map(|own| &own.set)
    }
}

const TEMPORARY: &str = "iseetutor.";
const YOUNG: std::time::Duration = std::time::Duration::from_secs(10);

/// A folder for a set of our own, with a short path. Removes those that killed commands left behind.
fn temporary_folder() -> Result<tempfile::TempDir> {
    let base = layout::runtime_folder().unwrap_or_else(|| PathBuf::from("/tmp"));
    sweep(&base);
    // Said outright: with Ubuntu's usual umask a folder is its group's to write to, and then no set trusts it.
    tempfile::Builder::new()
        .prefix(TEMPORARY)
        .permissions(std::fs::Permissions::from_mode(0o700))
        .tempdir_in(&base)
        .map_err(Error::io("create a folder in", base))
}

/// Removes temporary folders of this user in which no set runs any more: they hold a conversation.
fn sweep(base: &Path) {
    use std::os::unix::fs::MetadataExt;
    let Ok(entries) = std::fs::read_dir(base) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(TEMPORARY))
            && entry.metadata().is_ok_and(|meta| {
                // A young one may be another command's, which is about to lock it.
                let age = meta.modified().ok().and_then(|at| at.elapsed().ok()).unwrap_or_default();
                meta.is_dir() && meta.uid() == nix::unistd::geteuid().as_raw() && age > YOUNG
            });
        let Ok(layout) = Layout::at(&entry.path()) else { continue };
        if ours && !Lock::is_held(&layout) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}
