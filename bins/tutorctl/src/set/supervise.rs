//! Keeps the processes of a set running: one task for each, restarts with growing waits, a limit, and
//! an end for all of them together.

use std::collections::VecDeque;
use std::future::pending;
use std::time::{Duration, Instant};

use iseetutor_service::{Shutdown, Trigger};
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::child::{GRACE, Process, Spec, describe};
use super::log::Log;

/// Wait before the first restart; doubled for each further one, up to [`LONGEST_WAIT`].
const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// A process that ended [`LIMIT`] times within [`WINDOW`] is given up.
const LIMIT: usize = 6;
const WINDOW: Duration = Duration::from_secs(30);

/// Exit code of a daemon whose command line or configuration is wrong: no restart mends that.
const WRONG_CONFIGURATION: i32 = 2;

/// What is known of one process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Life {
    /// It runs, with this number.
    Running(u32),
    /// It ended and will be started again.
    Waiting {
        /// How it ended.
        ended: String,
    },
    /// It will not be started again.
    GivenUp {
        /// Why.
        reason: String,
    },
    /// It was told to end.
    Stopped,
}

/// The lives of some processes, by their names.
pub type Lives = Vec<(&'static str, watch::Receiver<Life>)>;

/// The supervisor of some processes. Dropping it ends them without waiting.
#[derive(Debug)]
pub struct Supervisor {
    lives: Lives,
    tasks: JoinSet<()>,
    stop: Trigger,
    stopping: Shutdown,
    at_once: Trigger,
    at_once_begun: Shutdown,
}

impl Default for Supervisor {
    fn default() -> Self {
        let (stop, stopping) = Shutdown::new();
        let (at_once, at_once_begun) = Shutdown::new();
        Self { lives: Vec::new(), tasks: JoinSet::new(), stop, stopping, at_once, at_once_begun }
    }
}

impl Supervisor {
    /// Keeps a process running that was started as `spec` says.
    pub fn keep(&mut self, spec: Spec, process: Process, log: &Log) {
        let (life, watched) = watch::channel(Life::Running(process.pid()));
        self.lives.push((spec.name, watched));
        self.tasks.spawn(keep(
            spec,
            process,
            log.clone(),
            life,
            self.stopping.clone(),
            self.at_once_begun.clone(),
        ));
    }

    /// The life of every process, in the order they were given.
    #[must_use]
    pub fn lives(&self) -> Lives {
        self.lives.clone()
    }

    /// Ends every process and waits for that; 2.3 s at most, and less as soon as `at_once` is done.
    pub async fn stop(&mut self, at_once: impl Future<Output = ()>) {
        self.stop.trigger();
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        tokio::pin!(ended);
        tokio::select! {
            () = &mut ended => return,
            () = at_once => self.at_once.trigger(),
        }
        ended.await;
    }
}

async fn keep(
    spec: Spec,
    mut process: Process,
    log: Log,
    life: watch::Sender<Life>,
    stopping: Shutdown,
    at_once: Shutdown,
) {
    let mut ends = VecDeque::new();
    loop {
        let ended = tokio::select! {
            status = process.wait() => status,
            () = stopping.wait() => {
                process.end(GRACE, at_once.wait()).await;
                life.send_replace(Life::Stopped);
                return;
            }
        };
        let (how, code) = match ended {
            Ok(status) => (describe(status), status.code()),
            Err(error) => (format!("was lost: {error}"), None),
        };
        let now = Instant::now();
        ends.push_back(now);
        ends.retain(|end| now.duration_since(*end) < WINDOW);
        if code == Some(WRONG_CONFIGURATION) || ends.len() >= LIMIT {
            let reason = match code {
                Some(WRONG_CONFIGURATION) => format!("{how}: its settings are wrong, see its log"),
                _ => format!("{how} for the {LIMIT}th time in {} s", WINDOW.as_secs()),
            };
            log.note(format!(
                "{} {reason}; it is not started again: mend it and start the set again",
                spec.name
            ));
            life.send_replace(Life::GivenUp { reason });
            stopping.wait().await;
            return;
        }
        let doublings = u32::try_from(ends.len().saturating_sub(1)).unwrap_or(0);
        let wait = FIRST_WAIT.saturating_mul(1 << doublings).min(LONGEST_WAIT);
        log.note(format!("{} {how}; starting it again in {} ms", spec.name, wait.as_millis()));
        life.send_replace(Life::Waiting { ended: how });
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stopping.wait() => {
                life.send_replace(Life::Stopped);
                return;
            }
        }
        match start(&spec, &log) {
            Ok(started) => {
                process = started;
                life.send_replace(Life::Running(process.pid()));
            }
            Err(reason) => {
                log.note(format!("{reason}; {} is given up", spec.name));
                life.send_replace(Life::GivenUp { reason });
                stopping.wait().await;
                return;
            }
        }
    }
}

fn start(spec: &Spec, log: &Log) -> Result<Process, String> {
    let (log, name) = (log.clone(), spec.name);
    spec.start(move |line| log.line(name, line)).map_err(|error| error.to_string())
}

/// Waits until one of `lives` ended against the plan, and says which and how. Forever if none does.
pub async fn first_end(lives: Lives) -> (&'static str, String) {
    first(lives, |life| match life {
        Life::Waiting { ended } | Life::GivenUp { reason: ended } => Some(ended.clone()),
        _ => None,
    })
    .await
}

/// Waits until one of `lives` was given up, and says which and why. Forever if none is.
pub async fn first_given_up(lives: Lives) -> (&'static str, String) {
    first(lives, |life| match life {
        Life::GivenUp { reason } => Some(reason.clone()),
        _ => None,
    })
    .await
}

async fn first(lives: Lives, is_it: fn(&Life) -> Option<String>) -> (&'static str, String) {
    let mut waits = JoinSet::new();
    for (name, mut life) in lives {
        waits.spawn(async move {
            loop {
                let found = is_it(&life.borrow_and_update());
                if let Some(found) = found {
                    return (name, found);
                }
                // An error means that the supervisor ended it.
                if life.changed().await.is_err() {
                    pending::<()>().await;
                }
            }
        });
    }
    match waits.join_next().await {
        Some(Ok(end)) => end,
        _ => pending().await,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::future::pending;

    use super::{Life, Log, Spec, Supervisor, first_end, start};

    fn shell(script: &str) -> Spec {
        Spec {
            name: "sh",
            program: "/bin/sh".into(),
            arguments: vec!["-c".into(), script.into()],
            environment: Vec::new(),
            inherits: 2,
        }
    }

    fn supervise(script: &str) -> (Supervisor, Log) {
        let (mut supervisor, log) = (Supervisor::default(), Log::new(false));
        let spec = shell(script);
        let process = start(&spec, &log).unwrap();
        supervisor.keep(spec, process, &log);
        (supervisor, log)
    }

    #[tokio::test]
    async fn what_is_killed_is_started_again() {
        let (mut supervisor, _log) = supervise("sleep 60");
        let mut life = supervisor.lives().remove(0).1;
        let Life::Running(first) = *life.borrow_and_update() else { panic!("it does not run") };
        let pid = nix::unistd::Pid::from_raw(i32::try_from(first).unwrap());
        nix::sys::signal::kill(pid, nix::sys::signal::Signal::SIGKILL).unwrap();
        let again =
            life.wait_for(|life| matches!(life, Life::Running(pid) if *pid != first)).await.unwrap().clone();
        assert!(matches!(again, Life::Running(_)));
        supervisor.stop(pending()).await;
        assert_eq!(*life.borrow(), Life::Stopped);
    }

    #[tokio::test]
    async fn wrong_settings_are_not_tried_again() {
        let (mut supervisor, log) = supervise("echo 'unknown key'; exit 2");
        let (name, how) = first_end(supervisor.lives()).await;
        assert_eq!(name, "sh");
        assert!(how.contains("settings are wrong"), "{how}");
        assert!(log.end_of("tutorctl").iter().any(|line| line.contains("not started again")));
        supervisor.stop(pending()).await;
    }

    #[tokio::test]
    async fn what_ends_all_the_time_is_given_up() {
        let (mut supervisor, _log) = supervise("exit 0");
        let mut life = supervisor.lives().remove(0).1;
        let given_up = life.wait_for(|life| matches!(life, Life::GivenUp { .. })).await.unwrap().clone();
        assert_eq!(
            given_up,
            Life::GivenUp { reason: "ended with exit code 0 for the 6th time in 30 s".into() }
        );
        supervisor.stop(pending()).await;
    }
}
