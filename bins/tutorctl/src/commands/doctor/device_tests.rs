#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use std::fs;
use std::path::Path;
use std::time::Duration;

use super::super::host::Host;
use super::super::{Check, Verdict};
use super::{backups, clock, dictionary, failed, firewall, models, policy, room, switched_on};

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path.trim_start_matches('/'));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// A machine in which everything is as the package leaves it.
fn sound() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let units = format!("{}/../../units", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let policy = fs::read_to_string(format!("{units}/dbus/org.iseetutor.conf")).unwrap();
    put(root.path(), "/usr/share/dbus-1/system.d/org.iseetutor.conf", &policy);
    put(root.path(), "/usr/lib/systemd/system/iseetutor.target", "[Unit]");
    put(root.path(), "/etc/systemd/system/multi-user.target.wants/iseetutor.target", "[Unit]");
    put(root.path(), "/mnt/storage/user_data/backups/iseetutor-2026-11-23.db", "a copy");
    put(root.path(), "/mnt/storage/models/mine/voice.onnx", "a model");
    put(
        root.path(),
        "/etc/iseetutor/ttsd.d/20-models.toml",
        "[voice]\nmodel = \"/mnt/storage/models/mine/voice.onnx\"",
    );
    root
}

/// A fake of `systemctl` and `nft`.
fn host(root: &Path, systemctl: &'static str, nft: Option<&'static str>) -> Host {
    Host::made_up(root, move |program, arguments| match program {
        "systemctl" => {
            assert!(arguments[0] == "list-units" || arguments[0] == "is-active", "{arguments:?}");
            Some(systemctl.to_owned())
        }
        "nft" => nft.map(str::to_owned),
        _ => None,
    })
}

fn wrong(check: &Check, verdict: Verdict, detail: &str, remedy: &str) {
    assert_eq!(check.verdict, verdict, "{check:?}");
    assert!(check.detail.contains(detail), "{check:?}");
    assert!(check.remedy.contains(remedy), "{check:?}");
}

fn right(check: &Check) {
    assert_eq!(check.verdict, Verdict::Ok, "{check:?}");
    assert!(check.remedy.is_empty());
}

#[test]
fn a_sound_device_has_nothing_to_mend() {
    let root = sound();
    let host = host(root.path(), "", Some("table inet iseetutor {\n chain input {"));
    assert!(host.is_device());
    for check in [
        switched_on(&host),
        failed(&host),
        policy(&host),
        firewall(&host),
        models(&host),
        clock(&host),
        backups(&host),
    ] {
        right(&check);
    }
    assert!(!Host::made_up(tempfile::tempdir().unwrap().path(), |_, _| None).is_device());
}

#[test]
fn failed_units_of_ours_are_named_and_others_are_not() {
    let root = sound();
    let listed = "tutord.service loaded failed failed ISEE Tutor\niseetutor-firewall.service loaded failed failed x\n\
                  tutordx.service loaded failed failed y\napt-daily.service loaded failed failed z\n";
    let check = failed(&host(root.path(), listed, None));
    wrong(
        &check,
        Verdict::Missing,
        "failed: tutord.service iseetutor-firewall.service",
        "journalctl -b -u tutord.service",
    );
    assert!(!check.detail.contains("apt-daily") && !check.detail.contains("tutordx"), "{check:?}");
    let none = Host::made_up(root.path(), |_, _| None);
    wrong(&failed(&none), Verdict::Warning, "systemctl cannot be run", "systemd");
}

#[test]
fn a_missing_policy_firewall_or_start_is_named() {
    let root = sound();
    fs::remove_file(root.path().join("etc/systemd/system/multi-user.target.wants/iseetutor.target")).unwrap();
    let bare = host(root.path(), "inactive\n", Some(""));
    wrong(&switched_on(&bare), Verdict::Warning, "does not start", "systemctl enable --now iseetutor.target");
    wrong(
        &firewall(&bare),
        Verdict::Warning,
        "not loaded",
        "systemctl enable --now iseetutor-firewall.service",
    );
    // Where nft is not there or may not be asked, the unit tells.
    let unit = host(root.path(), "inactive\n", None);
    wrong(&firewall(&unit), Verdict::Warning, "is inactive", "journalctl");
    right(&firewall(&host(root.path(), "active\n", None)));
    let path = root.path().join("usr/share/dbus-1/system.d/org.iseetutor.conf");
    fs::write(&path, "<busconfig/>").unwrap();
    wrong(&policy(&bare), Verdict::Missing, "does not name", "systemctl reload dbus");
    fs::remove_file(path).unwrap();
    wrong(&policy(&bare), Verdict::Missing, "is not there", "--reinstall");
}

#[test]
fn models_that_are_missing_or_damaged_are_named() {
    let root = sound();
    let settings = include_str!("../../../../../config/system/models-starter/sttd.toml");
    put(root.path(), "/etc/iseetutor/sttd.d/20-models.toml", settings);
    let table: toml::Table = settings.parse().unwrap();
    let model = table["model"].as_str().unwrap();
    let device = host(root.path(), "", None);
    wrong(&models(&device), Verdict::Missing, &format!("{model} is missing"), "tutorctl models fetch --set");
    // There and of another content than its checksum says.
    put(root.path(), model, "not the model");
    wrong(&models(&device), Verdict::Missing, &format!("{model} is damaged"), "models fetch");
}

#[test]
fn copies_that_are_old_or_none_are_told() {
    let root = sound();
    let mut device = host(root.path(), "", None);
    device.now += Duration::from_secs(5 * 86_400);
    wrong(&backups(&device), Verdict::Warning, "iseetutor-2026-11-23.db, is 5 days old", "tutorctl backup");
    fs::remove_file(root.path().join("mnt/storage/user_data/backups/iseetutor-2026-11-23.db")).unwrap();
    wrong(&backups(&device), Verdict::Warning, "no copy", "tutorctl backup");
    put(root.path(), "/etc/iseetutor/tutord.toml", "backups = \"\"");
    wrong(&backups(&device), Verdict::Warning, "none are kept", "tutord.toml");
}

#[test]
fn a_clock_that_is_behind_and_a_dictionary_that_is_missing_are_told() {
    let root = sound();
    let mut device = host(root.path(), "", None);
    device.now -= Duration::from_secs(400 * 86_400);
    wrong(&clock(&device), Verdict::Warning, "days behind", "timedatectl");
    wrong(
        &dictionary(&device),
        Verdict::Warning,
        "lexicon.db",
        "tutorctl lexicon build --to /mnt/storage/databases/lexicon.db",
    );
}

#[test]
fn little_room_is_a_warning_and_none_is_worse() {
    right(&room("/mnt/storage", 200_000_000_000));
    wrong(&room("/mnt/storage", 500_000_000), Verdict::Warning, "0.5 GB free in /mnt/storage", "du -xh");
    wrong(&room("/mnt/storage", 1_000_000), Verdict::Missing, "nothing can be kept", "du -xh");
}
