//! The system bus policy, on a real `dbus-daemon`, as different users: nobody owns, asks or hears what is not theirs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use futures_util::{FutureExt, StreamExt};
use iseetutor_bus::sync1::{Sync1, SyncControl};
use iseetutor_bus::{BusAddress, Name, Status, connect, serve};
use zbus::fdo::{DBusProxy, RequestNameFlags};
use zbus::names::WellKnownName;
use zbus::{Connection, MatchRule, MessageStream};

/// Users that every Debian has, in the parts of the daemons, in the order of [`Name::ALL`]: the bus takes only users whom
/// the machine knows, and ours it need not.
const DAEMONS: [&str; 6] = ["daemon", "bin", "sys", "games", "man", "lp"];
/// The group in the part of `iseetutor`, and somebody who is in it.
const OPERATORS: &str = "news";
const OPERATOR: &str = "mail";
const STRANGER: &str = "nobody";

const PROPERTIES: &str = "org.freedesktop.DBus.Properties";
const DAEMON: &str = "org.iseetutor.Daemon1";
/// Interfaces that are tried on each daemon beside its own.
const INTERFACES: [&str; 6] = [
    DAEMON,
    PROPERTIES,
    "org.freedesktop.DBus.Introspectable",
    "org.freedesktop.DBus.Peer",
    "org.freedesktop.DBus.ObjectManager",
    "org.example.Elsewhere1",
];
/// What operators may not ask either: it is in no rule.
const NOBODYS: [&str; 2] = ["org.freedesktop.DBus.ObjectManager", "org.example.Elsewhere1"];

fn user_of(name: Name) -> &'static str {
    DAEMONS[Name::ALL.iter().position(|other| *other == name).unwrap()]
}

/// Number of a user (`/etc/passwd`) or group (`/etc/group`).
fn number(file: &str, name: &str) -> u32 {
    let lines = std::fs::read_to_string(file).unwrap();
    let found =
        lines.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name);
    found.unwrap_or_else(|| panic!("{name} is not in {file}"))[2].parse().unwrap()
}

/// What Debian's `/usr/share/dbus-1/system.conf` says, without its files and users, and our policy after it.
fn configuration(folder: &Path, policy: &Path) -> String {
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <auth>EXTERNAL</auth>
  <listen>unix:path={}/bus</listen>
  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus"/>
  </policy>
  <include>{}</include>
</busconfig>
"#,
        folder.display(),
        policy.display()
    )
}

/// A private system bus with the policy, and this test's program where every user can run it.
struct Bus {
    daemon: Child,
    folder: tempfile::TempDir,
}

impl Bus {
    fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("isee-policy.").tempdir_in("/tmp").unwrap();
        let everybody = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path(), everybody.clone()).unwrap();
        let source = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap());
        let mut policy = std::fs::read_to_string(source.join("../../units/dbus/org.iseetutor.conf")).unwrap();
        for name in Name::ALL {
            let user = format!("iseetutor-{}", name.program());
            assert!(policy.contains(&user), "the policy has nothing for {user}");
            policy = policy.replace(&user, user_of(name));
        }
        policy = policy.replace(r#"group="iseetutor""#, &format!(r#"group="{OPERATORS}""#));
        let file = folder.path().join("policy.conf");
        std::fs::write(&file, policy).unwrap();
        let config = folder.path().join("bus.conf");
        std::fs::write(&config, configuration(folder.path(), &file)).unwrap();
        let program = folder.path().join("test");
        std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        std::fs::set_permissions(&program, everybody).unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile", "--nosyslog", "--print-address=1"])
            .stdout(Stdio::piped())
            // It tells of each message that it rejects.
            .stderr(Stdio::null())
            .spawn()
            .expect("start dbus-daemon; apt-get install dbus");
        let mut line = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("unix:"), "dbus-daemon does not take the policy");
        Self { daemon, folder }
    }

    /// This program again, as another user, in the part of `role`.
    fn player(&self, role: &str, user: &str, group: &str) -> Player {
        let mut child = Command::new(self.folder.path().join("test"))
            .args(["--exact", "a_player", "--ignored", "--nocapture"])
            .env("ISEETUTOR_POLICY_ROLE", role)
            .env("ISEETUTOR_POLICY_BUS", format!("unix:path={}/bus", self.folder.path().display()))
            .current_dir("/")
            .uid(number("/etc/passwd", user))
            .gid(number("/etc/group", group))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Player { child, input, output }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

struct Player {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Player {
    /// The next thing it says; empty at its end.
    fn says(&mut self) -> String {
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).unwrap() == 0 {
                return String::new();
            }
            if let Some(said) = line.strip_prefix("policy: ") {
                return said.trim_end().to_owned();
            }
        }
    }

    fn told(&mut self, what: &str) {
        self.input.write_all(format!("{what}\n").as_bytes()).unwrap();
        self.input.flush().unwrap();
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What `user` may ask, as the policy means it.
fn may_ask(user: &str, name: Name, interface: &str, member: &str) -> bool {
    match user {
        "root" | OPERATOR => !NOBODYS.contains(&interface),
        _ if user == user_of(Name::Tutor) => {
            name == Name::Audio && interface == PROPERTIES && ["Get", "GetAll", "Set"].contains(&member)
        }
        _ => false,
    }
}

/// Members that are tried on an interface.
fn members(interface: &str) -> &'static [&'static str] {
    match interface {
        PROPERTIES => &["Get", "GetAll", "Set"],
        "org.freedesktop.DBus.Introspectable" => &["Introspect"],
        "org.freedesktop.DBus.Peer" => &["Ping"],
        "org.iseetutor.Tutor1" => &["Ask", "Watch", "NewConversation"],
        "org.iseetutor.Audio1" => &["PushToTalk", "Mute", "Stop", "PlayTone"],
        _ => &["Something"],
    }
}

#[test]
fn nobody_owns_asks_or_hears_what_is_not_theirs() {
    if !nix_is_root() {
        println!("SKIP: acting as other users takes root");
        return;
    }
    let bus = Bus::start();
    let mut owners: Vec<Player> = Vec::new();
    for name in Name::ALL {
        let mut owner = bus.player(&format!("own {}", name.bus_name()), user_of(name), user_of(name));
        assert_eq!(owner.says(), "owned", "{} may not own its name", name.program());
        owners.push(owner);
    }
    let daemons = Name::ALL.map(|name| (user_of(name), user_of(name)));
    let others = [("root", "root"), (OPERATOR, OPERATORS), (STRANGER, "nogroup")];
    // The daemons ask as those who own their names, so that what is ruled by name is tried, too.
    let mut askers: Vec<(&str, Player)> = Vec::new();
    for (name, mut owner) in Name::ALL.into_iter().zip(owners.drain(..)) {
        owner.told("ask");
        askers.push((user_of(name), owner));
    }
    for (user, group) in others {
        askers.push((user, bus.player("ask", user, group)));
    }
    for (user, asker) in &mut askers {
        let user = *user;
        let mut answers = BTreeSet::new();
        loop {
            let line = asker.says();
            if line.is_empty() || line == "done" {
                assert_eq!(line, "done", "user {user} could not ask to the end");
                break;
            }
            answers.insert(line);
        }
        for name in Name::ALL {
            for interface in INTERFACES.into_iter().chain([name.bus_name()]) {
                for member in members(interface) {
                    let wanted = if may_ask(user, name, interface, member) { "passed" } else { "denied" };
                    for by in ["name", "number"] {
                        let line = format!("{} {by} {interface} {member} {wanted}", name.bus_name());
                        assert!(answers.contains(&line), "user {user}: expected {line}");
                    }
                }
            }
            let wanted = if user == user_of(name) { "there" } else { "denied" };
            let line = format!("{} own {wanted}", name.bus_name());
            assert!(answers.contains(&line), "user {user}: expected {line}");
        }
    }
    owners.extend(askers.into_iter().take(Name::ALL.len()).map(|(_, owner)| owner));
    for (user, group) in daemons.into_iter().chain(others) {
        let mut listener = bus.player("hear", user, group);
        assert_eq!(listener.says(), "listening");
        for owner in &mut owners {
            owner.told("signal");
            assert_eq!(owner.says(), "signalled");
        }
        listener.told("now");
        let heard = listener.says();
        let wanted = match user {
            "root" | OPERATOR => Name::ALL.map(Name::bus_name).join(" "),
            _ if user == user_of(Name::Tutor) => Name::Audio.bus_name().to_owned(),
            _ => String::new(),
        };
        assert_eq!(heard, format!("heard {wanted}").trim_end(), "user {user}");
    }
}

fn nix_is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}

struct Nothing;

impl SyncControl for Nothing {
    fn enabled(&self) -> bool {
        false
    }
    fn services(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Not a test by itself: the part that another user plays in the one above.
#[tokio::test]
#[ignore = "started by nobody_owns_asks_or_hears_what_is_not_theirs"]
async fn a_player() {
    let Ok(role) = std::env::var("ISEETUTOR_POLICY_ROLE") else { return };
    let address: BusAddress = std::env::var("ISEETUTOR_POLICY_BUS").unwrap().parse().unwrap();
    match role.split_once(' ') {
        Some(("own", wanted)) => own(&address, wanted).await,
        _ if role == "ask" => ask(&connect(&address).await.unwrap()).await,
        _ => hear(&connect(&address).await.unwrap()).await,
    }
}

fn say(text: &str) {
    println!("policy: {text}");
}

/// The next line of the test; empty at its end.
async fn told() -> String {
    tokio::task::spawn_blocking(|| {
        let mut line = String::new();
        // An error is the test's end, too.
        let _ = std::io::stdin().read_line(&mut line);
        line.trim().to_owned()
    })
    .await
    .unwrap()
}

async fn own(address: &BusAddress, wanted: &str) {
    let name = Name::ALL.into_iter().find(|name| name.bus_name() == wanted).unwrap();
    let connection = match serve(address, name, Sync1::new(Arc::new(Nothing)), &Status::new("1")).await {
        Ok(connection) => connection,
        Err(error) => return say(&format!("not owned: {error}")),
    };
    say("owned");
    loop {
        match told().await.as_str() {
            "" => return,
            "ask" => {
                ask(&connection).await;
                continue;
            }
            _ => {}
        }
        let body = (DAEMON, std::collections::HashMap::<&str, u32>::new(), Vec::<&str>::new());
        connection
            .emit_signal(None::<&str>, name.path(), PROPERTIES, "PropertiesChanged", &body)
            .await
            .unwrap();
        // The bus takes messages in their order: when it answers, it has passed the signal on.
        let _ = DBusProxy::new(&connection).await.unwrap().get_id().await.unwrap();
        say("signalled");
    }
}

async fn ask(connection: &Connection) {
    let bus = DBusProxy::new(connection).await.unwrap();
    for name in Name::ALL {
        let number = bus.get_name_owner(name.bus_name().try_into().unwrap()).await.unwrap();
        for (by, destination) in [("name", name.bus_name()), ("number", number.as_str())] {
            for interface in INTERFACES.into_iter().chain([name.bus_name()]) {
                for member in members(interface) {
                    let called = connection
                        .call_method(Some(destination), name.path(), Some(interface), *member, &())
                        .await;
                    let denied = called.is_err_and(|error| {
                        matches!(zbus::fdo::Error::from(error), zbus::fdo::Error::AccessDenied(_))
                    });
                    let passed = if denied { "denied" } else { "passed" };
                    say(&format!("{} {by} {interface} {member} {passed}", name.bus_name()));
                }
            }
        }
        let wanted = WellKnownName::try_from(name.bus_name()).unwrap();
        let owned = match bus.request_name(wanted, RequestNameFlags::DO_NOT_QUEUE).await {
            Err(zbus::fdo::Error::AccessDenied(_)) => "denied",
            _ => "there",
        };
        say(&format!("{} own {owned}", name.bus_name()));
    }
    say("done");
}

async fn hear(connection: &Connection) {
    let rule =
        MatchRule::builder().msg_type(zbus::message::Type::Signal).interface(PROPERTIES).build().unwrap();
    let mut signals =
        MessageStream::for_match_rule(rule, connection, std::num::NonZeroUsize::new(64)).await.unwrap();
    let bus = DBusProxy::new(connection).await.unwrap();
    let mut numbers = Vec::new();
    for name in Name::ALL {
        numbers.push((name, bus.get_name_owner(name.bus_name().try_into().unwrap()).await.unwrap()));
    }
    say("listening");
    told().await;
    // What the bus had for this connection comes before its answer.
    let _ = bus.get_id().await.unwrap();
    let mut heard = BTreeSet::new();
    while let Some(Some(Ok(signal))) = signals.next().now_or_never() {
        let sender = signal.header().sender().map(ToString::to_string);
        heard.extend(numbers.iter().position(|(_, number)| Some(number.to_string()) == sender));
    }
    let names: Vec<&str> = heard.into_iter().map(|position| numbers[position].0.bus_name()).collect();
    say(format!("heard {}", names.join(" ")).trim_end());
}
