//! `tutorctl up` and its like, running beside a test.

use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use crate::World;

/// No wait in these tests is longer.
const LIMIT: Duration = Duration::from_secs(90);

/// A `tutorctl` that runs and writes JSON lines. Ended, with all it started, when it is dropped.
#[derive(Debug)]
pub struct Lines {
    child: Child,
    lines: Receiver<Value>,
    errors: std::thread::JoinHandle<String>,
}

impl Lines {
    /// Starts the command.
    ///
    /// # Panics
    /// When it cannot be started.
    #[must_use]
    pub fn start(mut command: Command) -> Self {
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("tutorctl starts");
        let (sender, lines) = sync_channel(1_024);
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        std::thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                let value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
                if sender.send(value).is_err() {
                    return;
                }
            }
        });
        let mut stderr = child.stderr.take().expect("its errors");
        let errors = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let _ = stderr.read_to_end(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        });
        Self { child, lines, errors }
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The next line; none when it has ended.
    ///
    /// # Panics
    /// When none comes for a long time.
    pub fn next_line(&mut self) -> Option<Value> {
        match self.lines.recv_timeout(LIMIT) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("tutorctl writes nothing for {} s", LIMIT.as_secs()),
        }
    }

    /// The next line with this event, whatever comes before.
    ///
    /// # Panics
    /// When it ends before, with what it said.
    pub fn wait_for(&mut self, event: &str) -> Value {
        loop {
            match self.next_line() {
                Some(line) if line["event"] == event => return line,
                Some(_) => {}
                None => panic!("no {event}: {}", self.end().1),
            }
        }
    }

    /// Sends it a signal.
    ///
    /// # Panics
    /// When it is gone.
    pub fn signal(&self, signal: Signal) {
        kill(pid(self.pid()), signal).expect("tutorctl still runs");
    }

    /// Waits for its end: its exit status and what it wrote on standard error.
    ///
    /// # Panics
    /// When it does not end.
    pub fn end(&mut self) -> (ExitStatus, String) {
        let mut status = None;
        wait_until("tutorctl ends", || {
            status = self.child.try_wait().expect("a child");
            status.is_some()
        });
        // Daemons that outlive it would hold the pipe open; then there is nothing to wait for.
        let errors = std::mem::replace(&mut self.errors, std::thread::spawn(String::new));
        (status.expect("it has ended"), errors.join().expect("what it said"))
    }

    /// The processes that it started, by name, and their numbers.
    #[must_use]
    pub fn children(&self) -> Vec<(String, u32)> {
        let list =
            std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", self.pid())).unwrap_or_default();
        let name = |pid: u32| {
            let name = std::fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
            Some((name.trim().to_owned(), pid))
        };
        list.split_whitespace().filter_map(|pid| name(pid.parse().ok()?)).collect()
    }

    /// The number of a daemon that it started.
    ///
    /// # Panics
    /// When it does not come to run.
    #[must_use]
    pub fn child(&self, program: &str) -> u32 {
        let mut found = None;
        wait_until(program, || {
            found = self.children().into_iter().find(|(name, _)| name == program);
            found.is_some()
        });
        found.expect("it was found").1
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        // Its ordinary end, so that its daemons are gone when the test's folder goes.
        if let Ok(None) = self.child.try_wait()
            && let Ok(number) = i32::try_from(self.child.id())
        {
            let _ = kill(Pid::from_raw(number), Signal::SIGTERM);
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(4) && matches!(self.child.try_wait(), Ok(None)) {
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        // Its daemons end with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `tutorctl up` in a folder of a test's world.
#[derive(Debug)]
pub struct Up {
    /// The process.
    pub process: Lines,
    /// Its folder.
    pub dir: PathBuf,
    /// Address of its bus.
    pub bus: String,
}

impl Up {
    /// Starts it with further arguments and waits until every daemon is at work.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn start(world: &World, arguments: &[&str]) -> Self {
        Self::start_in(world.file("up"), world, arguments)
    }

    /// As [`Up::start`], in another folder.
    ///
    /// # Panics
    /// When it does not come up.
    #[must_use]
    pub fn start_in(dir: PathBuf, world: &World, arguments: &[&str]) -> Self {
        let mut command = world.command(["up", "--json", "--dir"]);
        command.arg(&dir).args(arguments);
        let mut process = Lines::start(command);
        let started = process.wait_for("started");
        process.wait_for("ready");
        Self { process, dir, bus: started["bus"].as_str().expect("an address").to_owned() }
    }

    /// Its folder as an argument.
    ///
    /// # Panics
    /// When it is not UTF-8.
    #[must_use]
    pub fn dir(&self) -> &str {
        self.dir.to_str().expect("a folder in UTF-8")
    }

    /// A connection to its bus, and the runtime to use it with.
    ///
    /// # Panics
    /// When it cannot be reached.
    pub fn connect(&self) -> (tokio::runtime::Runtime, zbus::Connection) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let address = self.bus.parse().expect("an address");
        let bus = runtime.block_on(iseetutor_bus::connect(&address)).expect("the bus");
        (runtime, bus)
    }
}

/// Waits until `condition` holds, looking twenty times a second: of another process there is nothing to
/// wait for but to look.
///
/// # Panics
/// When it does not come to hold.
pub fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < LIMIT, "{what}: not within {} s", LIMIT.as_secs());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Whether a process runs (a zombie does not).
#[must_use]
pub fn runs(number: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

/// Kills a process with SIGKILL.
///
/// # Panics
/// When it is gone.
pub fn kill_hard(number: u32) {
    kill(pid(number), Signal::SIGKILL).expect("the process still runs");
}

fn pid(number: u32) -> Pid {
    Pid::from_raw(i32::try_from(number).expect("a process number"))
}
