//! What `tests/system/inside.sh` runs in place of a daemon, inside of its unit's sandbox, to find out what is really
//! out of reach there; and small clients and servers, as one user or another.
//!
//! ```text
//! iseetutor-probe inside DAEMON   tries everything that DAEMON must not do, and what it has to do
//! iseetutor-probe knock SOCKET    refused, closed, or open
//! iseetutor-probe call ADDRESS    what a TCP server says first, or the error
//! iseetutor-probe answer ADDRESS  a TCP server that says "here" to everybody
//! iseetutor-probe passed          the same on the socket that systemd passed
//! ```

use std::io::{Error, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::FromRawFd;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use nix::libc;

/// How long a packet may take, or an end of a connection, before it counts as lost.
const PATIENCE: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["inside", daemon] => return Inside::new(daemon).run(),
        ["knock", socket] => Ok(knock(Path::new(socket))),
        ["call", address] => call(address),
        ["answer", address] => TcpListener::bind(*address).and_then(|socket| answer(&socket)),
        // SAFETY: systemd passes the socket as descriptor 3 (sd_listen_fds(3)), and nothing else has it.
        ["passed"] => answer(&unsafe { TcpListener::from_raw_fd(3) }),
        _ => Err(Error::new(ErrorKind::InvalidInput, "see the head of tests/system/src/probe.rs")),
    };
    match result {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// What happens to somebody who connects and says nothing.
fn knock(socket: &Path) -> String {
    let mut stream = match UnixStream::connect(socket) {
        Ok(stream) => stream,
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return "refused".into(),
        Err(error) => return error.to_string(),
    };
    let waited = stream.set_read_timeout(Some(PATIENCE)).and_then(|()| stream.read(&mut [0]));
    match waited {
        Ok(0) => "closed".into(),
        Err(error) if error.kind() == ErrorKind::ConnectionReset => "closed".into(),
        Ok(_) => "open".into(),
        Err(error) if error.kind() == ErrorKind::WouldBlock => "open".into(),
        Err(error) => error.to_string(),
    }
}

fn call(address: &str) -> std::io::Result<String> {
    let address = address.parse().map_err(|error| Error::new(ErrorKind::InvalidInput, error))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    Ok(text)
}

fn answer(socket: &TcpListener) -> std::io::Result<String> {
    loop {
        let (mut stream, _) = socket.accept()?;
        stream.write_all(b"here")?;
    }
}

/// The tries inside of a unit, and how many went wrong.
struct Inside<'a> {
    daemon: &'a str,
    wrong: u32,
}

impl<'a> Inside<'a> {
    fn new(daemon: &'a str) -> Self {
        Self { daemon, wrong: 0 }
    }

    fn is(&self, daemons: &[&str]) -> bool {
        daemons.contains(&self.daemon)
    }

    fn expect(&mut self, what: &str, right: bool) {
        println!("{} {what}", if right { "right" } else { "WRONG" });
        self.wrong += u32::from(!right);
    }

    fn run(mut self) -> ExitCode {
        self.network();
        self.files();
        self.devices();
        self.rights();
        self.processes();
        self.sockets();
        println!("{}: {} wrong", self.daemon, self.wrong);
        if self.wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    fn network(&mut self) {
        let families = [
            ("AF_INET", libc::AF_INET),
            ("AF_INET6", libc::AF_INET6),
            ("AF_NETLINK", libc::AF_NETLINK),
            ("AF_PACKET", libc::AF_PACKET),
            ("AF_VSOCK", libc::AF_VSOCK),
            ("AF_BLUETOOTH", libc::AF_BLUETOOTH),
        ];
        for (name, family) in families {
            for kind in [libc::SOCK_STREAM, libc::SOCK_DGRAM, libc::SOCK_RAW] {
                // SAFETY: a plain system call without memory; a descriptor it may give is left to the end of the process.
                let socket = unsafe { libc::socket(family, kind, 0) };
                self.expect(&format!("no socket of {name}, type {kind}"), socket < 0);
            }
        }
        let interfaces = std::fs::read_to_string("/proc/self/net/dev").unwrap_or_default();
        let names: Vec<&str> =
            interfaces.lines().filter_map(|line| line.split_once(':')).map(|(name, _)| name.trim()).collect();
        self.expect(&format!("no network interface but lo: {names:?}"), names == ["lo"]);
    }

    fn files(&mut self) {
        let tutor = self.is(&["tutord"]);
        let closed = [
            "/etc/shadow",
            "/home/child/letter",
            "/root/letter",
            "/srv/letter",
            "/var/lib/letter",
            "/var/log/letter",
            "/mnt/letter",
            "/mnt/storage/letter",
            "/mnt/storage/content/pdfs/letter",
        ];
        for file in closed {
            self.expect(&format!("cannot read {file}"), std::fs::File::open(file).is_err());
        }
        for (file, reader) in [
            ("/mnt/storage/databases/letter", tutor),
            ("/mnt/storage/user_data/profiles/letter", tutor),
            ("/mnt/storage/content/audio_cache/letter", self.is(&["ttsd"])),
            ("/mnt/storage/models/letter", self.is(&["sttd", "llmd", "ttsd"])),
        ] {
            let can = std::fs::File::open(file).is_ok();
            self.expect(&format!("{} read {file}", if reader { "can" } else { "cannot" }), can == reader);
        }
        for daemon in ["audiod", "sttd", "llmd", "ttsd", "tutord", "syncd"] {
            let own = daemon == self.daemon;
            let can = std::fs::File::open(format!("/etc/iseetutor/{daemon}.toml")).is_ok();
            let verb = if own { "can" } else { "cannot" };
            self.expect(&format!("{verb} read the configuration of {daemon}"), can == own);
        }
        for (folder, writer) in [
            ("/", false),
            ("/usr/lib/iseetutor", false),
            ("/etc", false),
            ("/etc/iseetutor", false),
            ("/run", false),
            ("/run/iseetutor", false),
            ("/var/lib", false),
            ("/dev/shm", true),
            ("/tmp", true),
            ("/mnt", false),
            ("/mnt/storage", false),
            ("/mnt/storage/models", false),
            ("/mnt/storage/databases", tutor),
            ("/mnt/storage/user_data/backups", tutor),
            ("/mnt/storage/content/audio_cache", self.is(&["ttsd"])),
        ] {
            let file = Path::new(folder).join("probe");
            let can = std::fs::write(&file, "").is_ok();
            let _ = std::fs::remove_file(&file);
            self.expect(
                &format!("{} write in {folder}", if writer { "can" } else { "cannot" }),
                can == writer,
            );
        }
        for file in ["/proc/sys/kernel/hostname", "/proc/sysrq-trigger", "/sys/power/state"] {
            let opened = std::fs::OpenOptions::new().write(true).open(file);
            self.expect(&format!("cannot write {file}"), opened.is_err());
        }
    }

    fn devices(&mut self) {
        // inside.sh makes the first one, open to everybody, as a disk's node would never be.
        for device in
            ["/dev/rawdisk", "/dev/sda", "/dev/vda", "/dev/nvme0n1", "/dev/mem", "/dev/kmsg", "/dev/fuse"]
        {
            self.expect(&format!("cannot open {device}"), std::fs::File::open(device).is_err());
        }
        self.expect("can read /dev/urandom", std::fs::File::open("/dev/urandom").is_ok());
    }

    fn rights(&mut self) {
        // SAFETY: system calls on values of their own; a mapping that is made is never used.
        unsafe {
            let protection = libc::PROT_READ | libc::PROT_WRITE | libc::PROT_EXEC;
            let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
            let mapped = libc::mmap(std::ptr::null_mut(), 4_096, protection, flags, -1, 0);
            self.expect("no memory to write and to run", mapped == libc::MAP_FAILED);
            self.expect("cannot become root", libc::setuid(0) != 0);
            for (name, kind) in
                [("user", libc::CLONE_NEWUSER), ("mount", libc::CLONE_NEWNS), ("network", libc::CLONE_NEWNET)]
            {
                self.expect(&format!("no {name} namespace"), libc::unshare(kind) != 0);
            }
            let root = c"/".as_ptr();
            self.expect("cannot mount", libc::mount(root, root, root, libc::MS_BIND, std::ptr::null()) != 0);
            let parameters = libc::sched_param { sched_priority: 1 };
            self.expect(
                "no realtime",
                libc::sched_setscheduler(0, libc::SCHED_FIFO, &raw const parameters) != 0,
            );
            self.expect("cannot be traced", libc::ptrace(libc::PTRACE_TRACEME, 0, 0, 0) != 0);
        }
        self.expect("cannot run a shell", Command::new("/bin/sh").args(["-c", "exit 0"]).status().is_err());
        let file = Path::new("/tmp/suid");
        let suid = std::fs::write(file, "")
            .and_then(|()| std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o4755)));
        self.expect("cannot make a file that runs as its owner", suid.is_err());
        let mode = std::fs::write("/tmp/mask", "").and_then(|()| std::fs::metadata("/tmp/mask"));
        self.expect(
            "files are its own to read",
            mode.is_ok_and(|meta| meta.permissions().mode() & 0o777 == 0o600),
        );
    }

    fn processes(&mut self) {
        // Those of its own user are the daemon itself.
        let mine = nix::unistd::getuid().as_raw();
        let seen: Vec<String> = std::fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .flatten()
            .filter(|entry| entry.metadata().is_ok_and(|meta| meta.uid() != mine))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.parse::<u32>().is_ok())
            .collect();
        self.expect(&format!("sees nobody else's process: {seen:?}"), seen.is_empty());
        // SAFETY: signal 0 only asks whether it could be sent.
        let reached = unsafe { libc::kill(1, 0) } == 0;
        self.expect("cannot signal the first process", !reached);
    }

    fn sockets(&mut self) {
        let edges = [
            ("stt.sock", "audiod"),
            ("turn.sock", "sttd"),
            ("llm.sock", "tutord"),
            ("tts.sock", "tutord"),
            ("play.sock", "ttsd"),
        ];
        for (socket, connects) in edges {
            let found = UnixStream::connect(Path::new("/run/iseetutor").join(socket));
            if connects == self.daemon {
                self.expect(&format!("can connect to {socket}"), found.is_ok());
            } else {
                let refused = found.is_err_and(|error| error.kind() == ErrorKind::PermissionDenied);
                self.expect(&format!("may not connect to {socket}"), refused);
            }
        }
    }
}
