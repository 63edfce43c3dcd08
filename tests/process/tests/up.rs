//! `tutorctl up`: one in a folder, found by the other commands, gone without a trace.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_bus::Name;
use iseetutor_process_tests::{Up, World, kill_hard, runs, stderr, wait_until};
use nix::sys::signal::Signal;

const DAEMONS: [&str; 5] = ["audiod", "sttd", "llmd", "ttsd", "tutord"];

#[test]
fn a_second_one_in_the_folder_is_refused_and_names_the_first() {
    let Some(world) = World::with_models() else { return };
    let up = Up::start(&world, &["--only", "sttd"]);
    let text = world.fail(1, ["up", "--dir", up.dir()]);
    assert!(text.contains(&format!("process {}", up.process.pid())) && text.contains("--dir"), "{text}");
    // The first one is none the worse for it.
    let status = world.succeed(["status", "--json", "--dir", up.dir()]);
    assert_eq!(status[0]["pid"], up.process.pid());
}

#[test]
fn it_ends_on_sigterm_without_a_trace() {
    let Some(world) = World::with_models() else { return };
    let mut up = Up::start(&world, &[]);
    let children = up.process.children();
    assert_eq!(children.len(), DAEMONS.len() + 1, "{children:?}");
    up.process.signal(Signal::SIGTERM);
    assert_eq!(up.process.wait_for("stopped")["event"], "stopped");
    let (status, errors) = up.process.end();
    assert!(status.success(), "{errors}");
    for (name, pid) in children {
        assert!(!runs(pid), "{name} still runs");
    }
    assert_eq!(std::fs::read_dir(up.dir.join("run")).unwrap().count(), 0, "sockets are left");
    assert!(!up.dir.join("up.json").exists());
    let output = world.tutorctl(["status", "--json", "--dir", up.dir()]);
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
}

#[test]
fn its_daemons_end_when_it_is_killed_and_the_folder_is_free_again() {
    let Some(world) = World::with_models() else { return };
    let mut up = Up::start(&world, &[]);
    let children = up.process.children();
    kill_hard(up.process.pid());
    up.process.end();
    wait_until("every daemon ends", || !children.iter().any(|(_, pid)| runs(*pid)));
    // Sockets and state of the dead one are in nobody's way.
    let up = Up::start(&world, &["--only", "ttsd"]);
    assert_eq!(world.succeed(["status", "--json", "--dir", up.dir()])[0]["running"], true);
}

#[test]
fn the_bus_has_every_daemon_and_starts_syncd_on_demand() {
    let Some(world) = World::with_models() else { return };
    let up = Up::start(&world, &[]);
    let status = world.succeed(["status", "--json", "--dir", up.dir()]).remove(0);
    for daemon in status["daemons"].as_array().unwrap() {
        let name = daemon["name"].as_str().unwrap();
        let state = daemon["state"].as_str().unwrap();
        match name {
            "syncd" => assert_eq!(state, "on demand"),
            // There may be no sound card.
            "audiod" => assert!(matches!(state, "ready" | "degraded"), "{daemon}"),
            _ => assert_eq!(state, "ready", "{daemon}"),
        }
        if name != "syncd" {
            assert!(
                daemon["pid"].as_u64().unwrap() > 0
                    && daemon["memory_peak_bytes"].as_u64().unwrap() > 1_000_000
            );
            assert!(!daemon["version"].as_str().unwrap().is_empty());
        }
    }
    let (runtime, bus) = up.connect();
    runtime.block_on(async {
        let sync = iseetutor_bus::sync1::Sync1Proxy::new(&bus).await.unwrap();
        assert!(!sync.enabled().await.unwrap(), "every service is off");
    });
}

#[test]
fn a_bus_that_is_killed_comes_back_with_its_daemons() {
    let Some(world) = World::with_models() else { return };
    let up = Up::start(&world, &["--only", "ttsd"]);
    kill_hard(up.process.child("dbus-daemon"));
    wait_until("ttsd is on the new bus", || {
        let output = world.tutorctl(["status", "--json", "--dir", up.dir()]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        output.status.success() && text.contains(Name::Tts.bus_name()) && text.contains("\"state\":\"ready\"")
    });
}

#[test]
fn a_folder_may_have_any_name() {
    let Some(world) = World::with_models() else { return };
    let up = Up::start_in(world.file("a b;\u{e9}$\"'"), &world, &["--only", "ttsd"]);
    assert_eq!(world.succeed(["status", "--json", "--dir", up.dir()])[0]["running"], true);
    let (runtime, bus) = up.connect();
    runtime.block_on(async {
        let sync = iseetutor_bus::sync1::Sync1Proxy::new(&bus).await.unwrap();
        assert!(!sync.enabled().await.unwrap(), "the bus starts syncd from such a folder too");
    });
}

#[test]
fn other_commands_use_what_runs() {
    let Some(world) = World::with_models() else { return };
    let up = Up::start(&world, &["--only", "ttsd"]);
    let out = world.file("out.wav");
    let said =
        world.succeed(["say", "Good morning.", "--json", "--dir", up.dir(), "--out", out.to_str().unwrap()]);
    assert!(said[0]["audio_s"].as_f64().unwrap() > 0.3, "{said:?}");
    // What it lacks is named.
    let text = world.fail(1, ["ask", "hello", "--dir", up.dir()]);
    assert!(text.contains("without llmd, tutord"), "{text}");
    let text =
        world.fail(1, ["say", "x", "--out", "/dev/null", "--dir", world.file("nothing").to_str().unwrap()]);
    assert!(text.contains("no set runs") && text.contains("tutorctl up --dir"), "{text}");
}
