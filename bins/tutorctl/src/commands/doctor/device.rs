//! Checks of a device, where the tutor is a system service: its models, storage, copies, clock, units, bus and firewall.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use iseetutor_models::{Manifest, State, Store};

use super::Check;
use super::host::{Host, text};
use super::machine::gigabytes;

/// The units that are ours; what else failed on the machine is not looked at.
const OURS: [&str; 9] = [
    "iseetutor",
    "audiod",
    "sttd",
    "llmd",
    "ttsd",
    "tutord",
    "syncd",
    "mnt-storage",
    "systemd-cryptsetup@iseetutor",
];

/// Where the bus reads policies.
const POLICIES: [&str; 2] =
    ["/usr/share/dbus-1/system.d/org.iseetutor.conf", "/etc/dbus-1/system.d/org.iseetutor.conf"];

/// Below this the record may soon find no room: a year of a child's lessons, and a copy of it.
const LITTLE: u64 = 1_000_000_000;

/// Below this lessons go on without a record.
const NONE: u64 = 50_000_000;

/// A copy is made every day on which the device is on.
const OLD: Duration = Duration::from_secs(3 * 86_400);

/// Every check of this kind.
pub fn checks(host: &Host) -> Vec<Check> {
    let mut checks = vec![switched_on(host), failed(host), policy(host), firewall(host), models(host)];
    checks.extend([dictionary(host), clock(host), backups(host)]);
    checks.extend(space(host, "/mnt/storage"));
    checks.extend(space(host, "/"));
    checks
}

/// Whether it comes back after a power cut.
fn switched_on(host: &Host) -> Check {
    const NAME: &str = "service";
    if host.has_any(&["/etc/systemd/system/multi-user.target.wants/iseetutor.target"]) {
        Check::ok(NAME, "starts with the machine")
    } else {
        let remedy = "systemctl enable --now iseetutor.target";
        Check::warning(NAME, "the tutor does not start with the machine", remedy)
    }
}

fn failed(host: &Host) -> Check {
    const NAME: &str = "units";
    let Some(listed) =
        host.ask("systemctl", &["list-units", "--state=failed", "--all", "--plain", "--no-legend", "--full"])
    else {
        return Check::warning(NAME, "systemctl cannot be run", "start the machine with systemd");
    };
    let bad: Vec<&str> = listed
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|unit| {
            OURS.iter().any(|ours| unit.strip_prefix(ours).is_some_and(|rest| rest.starts_with(['.', '-'])))
        })
        .collect();
    if bad.is_empty() {
        return Check::ok(NAME, "none failed");
    }
    let units = bad.join(" ");
    let remedy = format!(
        "journalctl -b -u {} tells why; then: systemctl reset-failed {units} && systemctl start iseetutor.target",
        bad.join(" -u ")
    );
    Check::missing(NAME, format!("failed: {units}"), remedy)
}

/// Without its policy the bus refuses every name of ours.
fn policy(host: &Host) -> Check {
    const NAME: &str = "bus policy";
    let found = POLICIES.iter().find_map(|path| Some((path, std::fs::read_to_string(host.path(path)).ok()?)));
    let remedy = "apt-get install --reinstall iseetutor, and systemctl reload dbus";
    match found {
        None => Check::missing(NAME, format!("{} is not there", POLICIES[0]), remedy),
        Some((path, policy)) if !policy.contains("org.iseetutor.Tutor1") => {
            Check::missing(NAME, format!("{path} does not name org.iseetutor.Tutor1"), remedy)
        }
        Some((path, _)) => Check::ok(NAME, *path),
    }
}

fn firewall(host: &Host) -> Check {
    const NAME: &str = "firewall";
    const UNIT: &str = "iseetutor-firewall.service";
    let remedy = format!("systemctl enable --now {UNIT}; why not: journalctl -b -u {UNIT}");
    if host.is_root
        && let Some(table) = host.ask("nft", &["list", "table", "inet", "iseetutor"])
    {
        return if table.contains("chain input") {
            Check::ok(NAME, "the rules are loaded")
        } else {
            Check::warning(NAME, "the rules are not loaded", remedy)
        };
    }
    match host.ask("systemctl", &["is-active", UNIT]) {
        Some(state) if state.trim() == "active" => Check::ok(NAME, format!("{UNIT} is active")),
        Some(state) => Check::warning(NAME, format!("{UNIT} is {}", state.trim()), remedy),
        None => Check::warning(NAME, "systemctl cannot be run", "start the machine with systemd"),
    }
}

/// The files that the daemons are told to load, against the checksums of the list of models.
fn models(host: &Host) -> Check {
    const NAME: &str = "device's models";
    const KEYS: [(&str, &str); 6] = [
        ("llmd", "model"),
        ("llmd", "embedding_model"),
        ("sttd", "model"),
        ("sttd", "vad_model"),
        ("ttsd", "voice.model"),
        ("ttsd", "voice.runtime"),
    ];
    let mut bad = Vec::new();
    let mut sets = Vec::new();
    for (daemon, key) in KEYS {
        let settings = host.settings(daemon);
        let Some(path) = text(&settings, key) else { continue };
        let set = Path::new(path)
            .parent()
            .and_then(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned());
        if let Some(wrong) = wrong(host, Path::new(path), set.as_deref()) {
            bad.push(format!("{path} is {wrong}"));
        }
        sets.extend(set);
    }
    sets.dedup();
    if bad.is_empty() {
        return Check::ok(NAME, format!("there and checked: {}", sets.join(", ")));
    }
    let set = sets.first().map_or("jetson", String::as_str);
    let remedy = format!(
        "ISEETUTOR_MODELS=/mnt/storage/models tutorctl models fetch --set {set}, as root, with the internet"
    );
    Check::missing(NAME, bad.join("; "), remedy)
}

/// What is wrong with a model's file. One that is not in the list of models is only looked at.
fn wrong(host: &Host, path: &Path, set: Option<&str>) -> Option<&'static str> {
    let here = host.path(path);
    let listed = Manifest::embedded().ok().and_then(|manifest| {
        let store = Store::at(here.parent()?.parent()?);
        let set = manifest.set(set?).ok()?;
        let states = store.status(set).ok()?;
        states
            .into_iter()
            .find(|status| store.path(set.name, status.model) == here)
            .map(|status| status.state)
    });
    match listed {
        Some(state) if state.is_good() => None,
        Some(State::Missing) => Some("missing"),
        Some(_) => Some("damaged"),
        None if here.metadata().is_ok_and(|meta| meta.len() > 0) => None,
        None => Some("missing"),
    }
}

fn dictionary(host: &Host) -> Check {
    const NAME: &str = "device's dictionary";
    let settings = host.settings("tutord");
    let path = text(&settings, "lexicon").unwrap_or("/mnt/storage/databases/lexicon.db").to_owned();
    match iseetutor_lexicon::Lexicon::open(&host.path(&path)) {
        Ok(_) => Check::ok(NAME, path),
        Err(error) => {
            let remedy = format!("apt-get install wordnet-base; tutorctl lexicon build --to {path}");
            Check::warning(NAME, error.to_string(), remedy)
        }
    }
}

/// Times on record come from the clock. One behind what was written before it is wrong for sure.
fn clock(host: &Host) -> Check {
    const NAME: &str = "clock against files";
    const WITNESSES: [&str; 3] = [
        "/var/lib/systemd/timesync/clock",
        "/usr/lib/iseetutor/tutord",
        "/mnt/storage/databases/iseetutor.db",
    ];
    let remedy = "timedatectl set-ntp true, or timedatectl set-time 'YYYY-MM-DD HH:MM'";
    let latest = WITNESSES
        .iter()
        .filter_map(|path| Some((host.path(path).metadata().ok()?.modified().ok()?, *path)))
        .chain(copies(host).into_iter().flatten().map(|(at, _)| (at, "a copy of the record")))
        .max();
    match latest {
        Some((at, whose)) if at > host.now + Duration::from_secs(86_400) => {
            Check::warning(NAME, format!("it is days behind the time at which {whose} was written"), remedy)
        }
        _ => Check::ok(NAME, "not behind what was written"),
    }
}

fn backup_folder(host: &Host) -> String {
    let settings = host.settings("tutord");
    text(&settings, "backups").unwrap_or("/mnt/storage/user_data/backups").to_owned()
}

/// The daily copies with their times; none when the folder cannot be read.
fn copies(host: &Host) -> Option<Vec<(SystemTime, PathBuf)>> {
    let listed = match std::fs::read_dir(host.path(backup_folder(host))) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Some(Vec::new()),
        listed => listed.ok()?,
    };
    let mut copies: Vec<(SystemTime, PathBuf)> = listed
        .flatten()
        .filter(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            name.starts_with("iseetutor-") && name.ends_with(".db")
        })
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    copies.sort();
    Some(copies)
}

fn backups(host: &Host) -> Check {
    const NAME: &str = "backups";
    let folder = backup_folder(host);
    if folder.is_empty() {
        return Check::warning(
            NAME,
            "none are kept",
            "set `backups` in /etc/iseetutor/tutord.toml to a folder",
        );
    }
    let Some(copies) = copies(host) else {
        return Check::warning(
            NAME,
            format!("{folder} cannot be read"),
            "run it as root: sudo tutorctl doctor",
        );
    };
    let Some((at, newest)) = copies.last() else {
        return Check::warning(NAME, format!("there is no copy in {folder}"), "tutorctl backup");
    };
    let age = host.now.duration_since(*at).unwrap_or_default();
    let name = newest.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if age > OLD {
        let detail = format!("the newest, {name}, is {} days old", age.as_secs() / 86_400);
        return Check::warning(NAME, detail, "tutorctl backup; if it fails: journalctl -b -u tutord");
    }
    Check::ok(NAME, format!("{}, the newest {name}", copies.len()))
}

/// Room on the disk of a folder; none when the folder is not there, which the storage's own check tells.
fn space(host: &Host, folder: &'static str) -> Option<Check> {
    let stat = nix::sys::statvfs::statvfs(&host.path(folder)).ok()?;
    let free = stat.blocks_available().saturating_mul(stat.fragment_size());
    Some(room(folder, free))
}

fn room(folder: &'static str, free: u64) -> Check {
    const NAME: &str = "room";
    let detail = format!("{} free in {folder}", gigabytes(free));
    let remedy = format!(
        "du -xh --max-depth 2 {folder} | sort -h | tail shows what is large; remove what is not needed"
    );
    if free < NONE {
        Check::missing(NAME, format!("{detail}: nothing can be kept"), remedy)
    } else if free < LITTLE {
        Check::warning(NAME, detail, remedy)
    } else {
        Check::ok(NAME, detail)
    }
}

#[cfg(test)]
#[path = "device_tests.rs"]
mod tests;
