//! A daemon's presence on a real bus: `dbus-daemon`, started for the test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use futures_util::StreamExt;
use iseetutor_bus::daemon1::Daemon1Proxy;
use iseetutor_bus::sync1::{Sync1, Sync1Proxy, SyncControl};
use iseetutor_bus::{BusAddress, BusError, Name, State, Status, connect, serve};

struct Bus {
    daemon: Child,
    address: BusAddress,
}

impl Bus {
    fn start() -> Self {
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("start dbus-daemon; apt-get install dbus");
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim().parse().unwrap();
        Self { daemon, address }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

/// Everything is off.
struct FakeSync;

impl SyncControl for FakeSync {
    fn enabled(&self) -> bool {
        false
    }
    fn services(&self) -> Vec<String> {
        Vec::new()
    }
}

#[tokio::test]
async fn a_daemon_shows_its_state_and_tells_its_changes() {
    let bus = Bus::start();
    let status = Status::new("1.2.3");
    let served = serve(&bus.address, Name::Sync, Sync1::new(Arc::new(FakeSync)), &status).await.unwrap();

    let client = connect(&bus.address).await.unwrap();
    let daemon = Daemon1Proxy::builder(&client)
        .destination(Name::Sync.bus_name())
        .path(Name::Sync.path())
        .build()
        .await
        .unwrap();
    assert_eq!(daemon.state().await.unwrap(), "starting");
    assert_eq!(daemon.version().await.unwrap(), "1.2.3");
    assert_eq!(daemon.pid().await.unwrap(), std::process::id());
    assert!(daemon.memory_peak().await.unwrap() > 1_000_000);

    let mut states = daemon.receive_state_changed().await;
    assert_eq!(states.next().await.unwrap().get().await.unwrap(), "starting");
    status.set_state(State::Ready);
    assert_eq!(states.next().await.unwrap().get().await.unwrap(), "ready");
    status.degrade("cannot open the microphone hw:1: plug it in");
    assert_eq!(states.next().await.unwrap().get().await.unwrap(), "degraded");
    assert_eq!(status.last_error(), "cannot open the microphone hw:1: plug it in");
    status.recover();
    assert_eq!(states.next().await.unwrap().get().await.unwrap(), "ready");

    for milliseconds in [30.0, 10.0, 20.0] {
        status.observe("transcribe_ms", milliseconds);
    }
    status.add("frames_dropped", 2);
    status.count("frames_dropped");
    assert_eq!(daemon.latencies().await.unwrap()["transcribe_ms"], 20.0);
    assert_eq!(daemon.counters().await.unwrap()["frames_dropped"], 3);

    let sync = Sync1Proxy::new(&client).await.unwrap();
    assert!(!sync.enabled().await.unwrap());
    drop(served);
}

#[tokio::test]
async fn a_second_owner_is_refused_by_name() {
    let bus = Bus::start();
    let status = Status::new("1");
    let first = serve(&bus.address, Name::Sync, Sync1::new(Arc::new(FakeSync)), &status).await.unwrap();
    let error = serve(&bus.address, Name::Sync, Sync1::new(Arc::new(FakeSync)), &status).await.unwrap_err();
    assert!(matches!(error, BusError::Own { name: "org.iseetutor.Sync1", .. }), "{error}");
    drop(first);
}

#[tokio::test]
async fn no_bus_is_an_error_that_names_it() {
    let address = BusAddress::Private("unix:path=/nonexistent/bus".into());
    let error = connect(&address).await.unwrap_err();
    assert!(error.to_string().contains("unix:path=/nonexistent/bus"), "{error}");
}
