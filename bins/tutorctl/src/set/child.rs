//! One process of a set: started in a session of its own, its log read line by line, ended for good.

use std::ffi::OsString;
use std::os::fd::RawFd;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

use crate::error::{Error, Result};

/// How long a process may take to end after SIGTERM; a daemon cuts itself off after 1.8 s.
pub const GRACE: Duration = Duration::from_millis(2_100);

/// Bytes of a log line that are kept.
const LONGEST_LINE: usize = 4 * 1024;

/// How to start a process.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Its name, as shown in front of its log.
    pub name: &'static str,
    /// The executable.
    pub program: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// What is added to its environment.
    pub environment: Vec<(OsString, OsString)>,
    /// A descriptor that it inherits as it is: the lock on the set's folder.
    pub inherits: RawFd,
}

/// A process that runs.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Also the number of its session and its process group.
    pid: u32,
}

impl Spec {
    /// Starts the process. To be called on a thread that lives as long as this process, which is the
    /// main thread of tutorctl: the kernel sends the process its SIGTERM when the thread that started it
    /// ends (prctl(2), `PR_SET_PDEATHSIG`).
    ///
    /// # Errors
    /// [`Error::Spawn`].
    pub fn start(&self, log: impl Fn(String) + Send + Sync + Clone + 'static) -> Result<Process> {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .envs(self.environment.iter().map(|(key, value)| (key, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // A service manager's sockets, readiness and watchdog are this process's own business.
        for variable in
            ["LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"]
        {
            command.env_remove(variable);
        }
        let (parent, inherits) = (nix::unistd::getpid(), self.inherits);
        // SAFETY: the closure runs between fork and exec and makes only system calls that are
        // async-signal-safe (setsid, fcntl, prctl, getppid); it allocates nothing.
        unsafe {
            command.pre_exec(move || prepare(parent, inherits));
        }
        let spawn = |source| Error::Spawn { program: self.program.display().to_string(), source };
        let mut child = command.spawn().map_err(spawn)?;
        let pid = child.id().unwrap_or(0);
        if let Some(output) = child.stdout.take() {
            tokio::spawn(read_lines(output, log.clone()));
        }
        if let Some(output) = child.stderr.take() {
            tokio::spawn(read_lines(output, log));
        }
        Ok(Process { child, pid })
    }
}

fn prepare(parent: Pid, inherits: RawFd) -> std::io::Result<()> {
    // Its own session: Ctrl-C in the terminal is the supervisor's to handle.
    nix::unistd::setsid()?;
    // SAFETY: a plain system call on a descriptor number; at worst it fails.
    if unsafe { nix::libc::fcntl(inherits, nix::libc::F_SETFD, 0) } == -1 {
        return Err(std::io::Error::last_os_error());
    }
    nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?;
    // The parent may have died before the line above.
    if nix::unistd::getppid() != parent {
        return Err(std::io::ErrorKind::BrokenPipe.into());
    }
    Ok(())
}

impl Process {
    /// Number of the process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Waits for it to end. Cancel safe.
    ///
    /// # Errors
    /// When the system cannot tell, which it always can of a child.
    pub async fn wait(&mut self) -> std::io::Result<ExitStatus> {
        self.child.wait().await
    }

    /// Ends it: SIGTERM to its group, and SIGKILL after `grace` or as soon as `at_once` is done.
    pub async fn end(mut self, grace: Duration, at_once: impl Future<Output = ()>) {
        self.signal(Signal::SIGTERM);
        tokio::select! {
            _ = self.child.wait() => return,
            () = tokio::time::sleep(grace) => {}
            () = at_once => {}
        }
        self.signal(Signal::SIGKILL);
        // After SIGKILL this comes at once, unless the kernel itself waits for a device.
        let _ = tokio::time::timeout(Duration::from_millis(200), self.child.wait()).await;
    }

    fn signal(&self, signal: Signal) {
        // Only while it was not waited for: after that its number may be another's.
        if self.child.id().is_some()
            && let Ok(pid) = i32::try_from(self.pid)
        {
            let _ = killpg(Pid::from_raw(pid), signal);
        }
    }
}

/// Hands every line of `input` to `log`, without its end; cuts lines that are too long.
async fn read_lines(mut input: impl AsyncRead + Unpin, log: impl Fn(String)) {
    let mut line = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let read = match input.read(&mut chunk).await {
            Ok(0) | Err(_) => break,
            Ok(read) => read,
        };
        for byte in chunk.get(..read).unwrap_or_default() {
            if *byte == b'\n' {
                log(printable(&line));
                line.clear();
            } else if line.len() < LONGEST_LINE {
                line.push(*byte);
            }
        }
    }
    if !line.is_empty() {
        log(printable(&line));
    }
}

/// A line as it can be shown in a terminal: no escape sequences or other control characters.
fn printable(line: &[u8]) -> String {
    String::from_utf8_lossy(line)
        .trim_end()
        .chars()
        .map(|c| if c.is_control() && c != '\t' { ' ' } else { c })
        .collect()
}

/// How a process ended, in words.
#[must_use]
pub fn describe(status: ExitStatus) -> String {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("ended with exit code {code}"),
        (None, Some(signal)) => match Signal::try_from(signal) {
            Ok(signal) => format!("was killed by {}", signal.as_str()),
            Err(_) => format!("was killed by signal {signal}"),
        },
        (None, None) => "ended".into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, Instant};

    use super::{LONGEST_LINE, Spec, describe, read_lines};

    fn shell(script: &str, inherits: i32) -> Spec {
        Spec {
            name: "sh",
            program: "/bin/sh".into(),
            arguments: vec!["-c".into(), script.into()],
            environment: vec![("GREETING".into(), "hello".into())],
            inherits,
        }
    }

    #[tokio::test]
    async fn lines_come_whole_and_exit_codes_in_words() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let keep = lines.clone();
        let spec = shell("echo $GREETING; printf '\\033[1mx'; exit 3", 2);
        let mut process = spec.start(move |line| keep.lock().unwrap().push(line)).unwrap();
        assert_eq!(describe(process.wait().await.unwrap()), "ended with exit code 3");
        while lines.lock().unwrap().len() < 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(*lines.lock().unwrap(), ["hello", " [1mx"]);
    }

    #[tokio::test]
    async fn what_ignores_sigterm_is_killed_with_its_children() {
        let spec = shell("trap '' TERM; echo up; sleep 60; sleep 60", 2);
        let (sender, mut up) = tokio::sync::mpsc::channel(1);
        let process = spec.start(move |line| drop(sender.try_send(line))).unwrap();
        up.recv().await.unwrap();
        let begun = Instant::now();
        process.end(Duration::from_millis(50), std::future::pending()).await;
        assert!(begun.elapsed() < Duration::from_secs(10));
    }

    #[tokio::test]
    async fn a_line_without_end_takes_no_memory() {
        let endless = vec![b'x'; 3 * LONGEST_LINE];
        let lines = Mutex::new(Vec::new());
        read_lines(&endless[..], |line| lines.lock().unwrap().push(line)).await;
        assert_eq!(lines.lock().unwrap().iter().map(String::len).collect::<Vec<_>>(), [LONGEST_LINE]);
    }
}
