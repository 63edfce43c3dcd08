//! Signals, readiness and the watchdog, with a real notification socket.
//!
//! These tests change the process's environment, so they are one test in a process of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use iseetutor_service::{Heartbeat, Shutdown, notify};

fn receive(socket: &UnixDatagram) -> String {
    let mut buffer = [0; 256];
    let length = socket.recv(&mut buffer).unwrap();
    String::from_utf8_lossy(&buffer[..length]).trim().to_owned()
}

#[test]
fn the_service_manager_hears_of_readiness_and_of_life_until_a_worker_hangs() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("notify");
    let socket = UnixDatagram::bind(&path).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    // SAFETY: the only test in this process, and no other thread runs yet.
    unsafe {
        std::env::set_var("NOTIFY_SOCKET", &path);
        std::env::set_var("WATCHDOG_USEC", "150000");
        std::env::remove_var("WATCHDOG_PID");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        notify::ready();
        assert_eq!(receive(&socket), "READY=1");

        let (trigger, shutdown) = Shutdown::new();
        let heartbeat = Heartbeat::default();
        notify::watch(vec![("worker", heartbeat.clone())], shutdown.clone());
        for _ in 0..5 {
            assert_eq!(receive(&socket), "WATCHDOG=1", "an idle worker is alive");
        }
        // From here on the worker has a job and does no step of it.
        heartbeat.beat();
        socket.set_read_timeout(Some(Duration::from_millis(600))).unwrap();
        let mut fed = 0;
        let mut buffer = [0; 64];
        while socket.recv(&mut buffer).is_ok() {
            fed += 1;
            assert!(fed < 20, "a worker that hangs is reported alive");
        }
        assert!(!heartbeat.is_alive(Duration::from_millis(150)));

        assert!(!shutdown.has_begun());
        trigger.trigger();
        shutdown.wait().await;
        assert!(shutdown.has_begun());
        notify::stopping();
        assert_eq!(receive(&socket), "STOPPING=1");

        let on_signals = Shutdown::on_signals().unwrap();
        nix::sys::signal::raise(nix::sys::signal::Signal::SIGTERM).unwrap();
        on_signals.wait().await;
    });
}
