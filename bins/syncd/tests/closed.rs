//! syncd as a process: activated by the bus, closed to the world, and gone by itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use futures_util::StreamExt;
use iseetutor_bus::daemon1::Daemon1Proxy;
use iseetutor_bus::sync1::Sync1Proxy;
use iseetutor_bus::{BusAddress, Name, connect};
use iseetutor_service::config::{Flags, load_from};
use zbus::proxy::CacheProperties;

const SYNCD: &str = env!("CARGO_BIN_EXE_syncd");

/// A private bus that can start syncd.
struct Bus {
    daemon: Child,
    address: String,
    _directory: tempfile::TempDir,
}

impl Bus {
    fn start(linger: f64) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let place = directory.path().display();
        let address = format!("unix:path={place}/bus");
        std::fs::write(
            directory.path().join("org.iseetutor.Sync1.service"),
            format!("[D-BUS Service]\nName=org.iseetutor.Sync1\nExec={SYNCD} --set service.bus={address} --set linger.seconds={linger}\n"),
        )
        .unwrap();
        let config = directory.path().join("bus.conf");
        std::fs::write(
            &config,
            format!(
                "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
                 \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\"><busconfig><type>session</type>\
                 <listen>{address}</listen><servicedir>{place}</servicedir><policy context=\"default\">\
                 <allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>"
            ),
        )
        .unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("start dbus-daemon; apt-get install dbus");
        let mut line = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { daemon, address, _directory: directory }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

#[tokio::test]
async fn it_is_started_by_a_question_has_no_socket_but_the_bus_and_ends() {
    let bus = Bus::start(1.0);
    let address = BusAddress::Private(bus.address.clone());
    let client = connect(&address).await.unwrap();
    let dbus = zbus::fdo::DBusProxy::new(&client).await.unwrap();
    let mut owners = dbus.receive_name_owner_changed_with_args(&[(0, Name::Sync.bus_name())]).await.unwrap();

    // Every question is to reach syncd, so nothing is remembered here.
    let sync = Sync1Proxy::builder(&client).cache_properties(CacheProperties::No).build().await.unwrap();
    assert!(!sync.enabled().await.unwrap());
    assert_eq!(sync.services().await.unwrap(), Vec::<String>::new());

    let daemon = Daemon1Proxy::builder(&client)
        .destination(Name::Sync.bus_name())
        .path(Name::Sync.path())
        .cache_properties(CacheProperties::No)
        .build()
        .await
        .unwrap();
    let pid = daemon.pid().await.unwrap();
    let sockets: Vec<String> = std::fs::read_dir(format!("/proc/{pid}/fd"))
        .unwrap()
        .filter_map(|entry| std::fs::read_link(entry.ok()?.path()).ok())
        .filter_map(|link| Some(link.to_str()?.strip_prefix("socket:[")?.trim_end_matches(']').to_owned()))
        .collect();
    for table in ["tcp", "tcp6", "udp", "udp6", "raw", "raw6"] {
        let open = std::fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default();
        for line in open.lines().skip(1) {
            let inode = line.split_whitespace().nth(9).unwrap_or_default();
            assert!(!sockets.iter().any(|socket| socket == inode), "syncd has a {table} socket");
        }
    }

    // Gained and lost: it ended by itself.
    let gained = owners.next().await.unwrap();
    assert!(gained.args().unwrap().new_owner().is_some());
    let lost = owners.next().await.unwrap();
    assert!(lost.args().unwrap().new_owner().is_none());
    // The process, too, and not only its name.
    let process = format!("/proc/{pid}/exe");
    let gone = async {
        while std::fs::read_link(&process).is_ok() {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(5), gone).await.expect("syncd is still there");
    // And it is there again when asked again.
    assert!(!sync.enabled().await.unwrap());
}

fn run(arguments: &[&str]) -> Output {
    Command::new(SYNCD).args(arguments).output().unwrap()
}

#[test]
fn a_service_that_is_not_there_is_refused_by_name() {
    let output = run(&[
        "--set",
        "cloud.enabled=true",
        "--set",
        "cloud.services.backup.enabled=true",
        "--set",
        "service.bus=unix:path=/nonexistent",
    ]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("cannot turn on backup"), "{said}");
}

#[test]
fn the_command_line_is_checked() {
    let output = run(&["--sing"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("usage: syncd"));
    let output = run(&["--config", "/nonexistent.toml", "--check"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("/nonexistent.toml"));
}

#[test]
fn the_sample_configuration_is_the_default() {
    let sample = format!("{}/../../config/syncd.toml", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let flags = Flags { config: Some(sample.into()), ..Flags::default() };
    let config: syncd::Config = load_from("syncd", &flags, std::path::Path::new("/nonexistent")).unwrap();
    assert_eq!(format!("{config:?}"), format!("{:?}", syncd::Config::default()));
}
