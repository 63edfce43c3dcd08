//! A set: all daemons, or some, on a private bus, supervised by this process.
//!
//! The processes of a set live in sessions of their own and die with their supervisor, whatever ends it
//! (see [`child`]); the folder is described at [`layout`].

pub mod bus;
pub mod child;
pub mod layout;
pub mod lock;
pub mod log;
pub mod programs;
pub mod ready;
pub mod settings;
pub mod supervise;

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use iseetutor_bus::{BusAddress, Name};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::sync::Notify;
use zbus::Connection;

use crate::error::{Error, Result};
use child::Spec;
use layout::Layout;
use lock::{Lock, UpState};
use log::Log;
use settings::Wanted;
use supervise::{Life, Lives, Supervisor, first_end};

/// The daemons of a conversation. syncd is not among them: the bus starts it when somebody asks.
pub const CONVERSATION: [Name; 5] = [Name::Audio, Name::Stt, Name::Llm, Name::Tts, Name::Tutor];

/// How long a daemon may take until it is at work: loading a large model from a slow card takes longest.
pub const READY_LIMIT: Duration = Duration::from_secs(120);

/// How long dbus-daemon may take until it listens.
const BUS_LIMIT: Duration = Duration::from_secs(10);

const BUS_PROGRAM: &str = "dbus-daemon";

/// A set that this process keeps running.
#[derive(Debug)]
pub struct Set {
    layout: Layout,
    daemons: Vec<Name>,
    supervisor: Supervisor,
    /// Apart from the daemons, so that they can still say farewell on it.
    bus: Supervisor,
    log: Log,
    /// The last to go.
    lock: Lock,
}

impl Set {
    /// Starts `daemons` and their bus in the folder of `layout`. They are then starting; see [`Set::wait`].
    ///
    /// # Errors
    /// When the folder is in use or cannot be used, a program or a model is missing, or the bus does not start.
    pub async fn start(layout: Layout, daemons: &[Name], wanted: &Wanted, log: Log) -> Result<Self> {
        layout.create_root()?;
        let lock = Lock::take(&layout).await?;
        layout.clean_up();
        layout.create_parts()?;
        let mut set = Self {
            layout,
            daemons: daemons.to_vec(),
            supervisor: Supervisor::default(),
            bus: Supervisor::default(),
            log,
            lock,
        };
        let started = set.start_all(wanted).await;
        match started {
            Ok(()) => Ok(set),
            Err(error) => {
                set.stop().await;
                Err(error)
            }
        }
    }

    async fn start_all(&mut self, wanted: &Wanted) -> Result<()> {
        // Programs first: without them nothing is worth a look at the models.
        let bus_program = programs::of_system(BUS_PROGRAM, bus::REMEDY)?;
        let specs = self.daemons.iter().map(|name| self.daemon(*name)).collect::<Result<Vec<_>>>()?;
        bus::write_config(&self.layout)?;
        self.write_settings(wanted).await?;
        self.start_bus(Spec {
            name: BUS_PROGRAM,
            program: bus_program,
            arguments: vec![
                "--config-file".into(),
                self.layout.etc().join("bus.conf").into(),
                "--nofork".into(),
                "--nopidfile".into(),
                "--nosyslog".into(),
                "--print-address".into(),
            ],
            environment: Vec::new(),
            inherits: self.lock.descriptor(),
        })
        .await?;
        for spec in specs {
            let (log, name) = (self.log.clone(), spec.name);
            let process = spec.start(move |line| log.line(name, line))?;
            self.supervisor.keep(spec, process, &self.log);
        }
        restart_with(self.bus.lives(), self.supervisor.lives());
        UpState {
            pid: std::process::id(),
            bus: bus::address(&self.layout),
            runtime_dir: self.layout.run(),
            daemons: self.daemons.iter().map(|name| name.program().to_owned()).collect(),
            started: SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()),
        }
        .write(&self.layout)
    }

    /// Checking the models may take seconds the first time, so that it is done on a thread of its own.
    async fn write_settings(&self, wanted: &Wanted) -> Result<()> {
        let (layout, wanted, daemons) = (self.layout.clone(), wanted.clone(), self.daemons.clone());
        match tokio::task::spawn_blocking(move || settings::write(&layout, &wanted, &daemons)).await {
            Ok(written) => written,
            Err(error) => Err(Error::Failed(format!("cannot check the models: {error}"))),
        }
    }

    fn daemon(&self, name: Name) -> Result<Spec> {
        Ok(Spec {
            name: name.program(),
            program: programs::ours(name.program())?,
            arguments: vec!["--config".into(), settings::file_of(&self.layout, name).into()],
            environment: Vec::new(),
            inherits: self.lock.descriptor(),
        })
    }

    async fn start_bus(&mut self, spec: Spec) -> Result<()> {
        let listening = Arc::new(Notify::new());
        let (log, told) = (self.log.clone(), listening.clone());
        let process = spec.start(move |line| {
            // With --print-address the first line says where it listens.
            if line.starts_with("unix:") {
                told.notify_one();
            } else if !line.contains("Failed to set fd limit") {
                // As root it tries to raise its limits, which containers forbid and a set does not need.
                log.line(BUS_PROGRAM, line);
            }
        })?;
        self.bus.keep(spec, process, &self.log);
        let failed = |problem: String| Error::Daemon {
            daemon: BUS_PROGRAM,
            problem,
            log: self.log.end_of(BUS_PROGRAM),
        };
        tokio::select! {
            () = listening.notified() => Ok(()),
            (_, how) = first_end(self.bus.lives()) => Err(failed(how)),
            () = tokio::time::sleep(BUS_LIMIT) => {
                Err(failed(format!("does not listen after {} s", BUS_LIMIT.as_secs())))
            }
        }
    }

    /// Waits until every daemon of the set is at work. A daemon that ends before that is an error, with
    /// the end of its log.
    ///
    /// # Errors
    /// [`Error::Daemon`], and [`Error::Bus`] when the bus is gone.
    pub async fn wait(&self) -> Result<()> {
        let bus = self.connect().await?;
        tokio::select! {
            ready = ready::wait(&bus, &self.daemons, READY_LIMIT) => ready.map_err(|error| match error {
                Error::Daemon { daemon, problem, .. } => Error::Daemon { daemon, problem, log: self.log.end_of(daemon) },
                other => other,
            }),
            (daemon, problem) = first_end(self.supervisor.lives()) => {
                Err(Error::Daemon { daemon, problem, log: self.log.end_of(daemon) })
            }
        }
    }

    /// Waits until every daemon of the set is at work, however often one ends before that.
    ///
    /// # Errors
    /// As [`ready::wait`].
    pub async fn wait_patiently(&self) -> Result<()> {
        ready::wait(&self.connect().await?, &self.daemons, READY_LIMIT).await
    }

    /// Connects to the set's bus.
    ///
    /// # Errors
    /// [`Error::Bus`].
    pub async fn connect(&self) -> Result<Connection> {
        Ok(iseetutor_bus::connect(&BusAddress::Private(self.address())).await?)
    }

    /// The bus's address.
    #[must_use]
    pub fn address(&self) -> String {
        bus::address(&self.layout)
    }

    /// Where its parts lie.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The lives of its daemons.
    #[must_use]
    pub fn lives(&self) -> Lives {
        self.supervisor.lives()
    }

    /// What its processes wrote.
    #[must_use]
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Ends everything: the daemons, then their bus. Takes 2.5 s at most.
    pub async fn stop(&mut self) {
        self.stop_or_kill(pending()).await;
    }

    /// As [`Set::stop`]; what still runs when `at_once` is done is killed.
    pub async fn stop_or_kill(&mut self, at_once: impl Future<Output = ()>) {
        self.supervisor.stop(at_once).await;
        self.bus.stop(pending()).await;
        self.layout.clean_up();
    }
}

/// Restarts the daemons whenever the bus was restarted: they are then no longer on it.
fn restart_with(bus: Lives, daemons: Lives) {
    let Some((_, mut bus)) = bus.into_iter().next() else { return };
    bus.mark_unchanged();
    // Ends with the supervisor, which holds the other end.
    tokio::spawn(async move {
        while bus.changed().await.is_ok() {
            if !matches!(*bus.borrow_and_update(), Life::Running(_)) {
                continue;
            }
            for (_, life) in &daemons {
                if let Life::Running(pid) = *life.borrow()
                    && let Ok(pid) = i32::try_from(pid)
                {
                    let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
                }
            }
        }
    });
}
