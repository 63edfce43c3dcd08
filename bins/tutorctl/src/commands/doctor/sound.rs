//! Checks of microphone and speaker: whether there is one, whether it is the one that is used, whether it may be used.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::Check;
use super::host::{Host, text};

/// A card: the kernel lists its devices as `pcm0c` (capture) and `pcm0p` (playback).
#[derive(Debug, Clone, PartialEq, Eq)]
struct Card {
    number: u32,
    id: String,
    records: bool,
    plays: bool,
}

/// One of the two directions.
struct Way {
    name: &'static str,
    what: &'static str,
    /// The key in `[alsa]` of audiod.toml.
    key: &'static str,
    does: fn(&Card) -> bool,
}

const WAYS: [Way; 2] = [
    Way { name: "microphone", what: "records", key: "capture", does: |card| card.records },
    Way { name: "speaker", what: "plays", key: "playback", does: |card| card.plays },
];

/// Every check of this kind.
pub fn checks(host: &Host) -> Vec<Check> {
    let cards = cards(&host.path("/proc/asound"));
    let settings = host.settings("audiod");
    let mut checks: Vec<Check> = WAYS
        .iter()
        .map(|way| {
            let device = text(&settings, &format!("alsa.{}", way.key)).unwrap_or("default");
            one(way, &cards, device, host)
        })
        .collect();
    if !cards.is_empty() {
        checks.push(permitted(host));
    }
    checks
}

fn cards(proc_asound: &Path) -> Vec<Card> {
    let mut found: Vec<Card> = entries(proc_asound)
        .into_iter()
        .filter(|path| path.is_dir() && !path.is_symlink())
        .filter_map(|path| {
            let number = name_of(&path).strip_prefix("card")?.parse().ok()?;
            let has = |end: char| {
                entries(&path).iter().any(|device| {
                    let name = name_of(device);
                    name.starts_with("pcm") && name.ends_with(end)
                })
            };
            let id = std::fs::read_to_string(path.join("id")).unwrap_or_default().trim().to_owned();
            Some(Card { number, id, records: has('c'), plays: has('p') })
        })
        .collect();
    found.sort_by_key(|card| card.number);
    found
}

fn one(way: &Way, cards: &[Card], device: &str, host: &Host) -> Check {
    let able: Vec<&Card> = cards.iter().filter(|card| (way.does)(card)).collect();
    let Some(best) = able.iter().find(|card| card.id.starts_with("Tutor")).or(able.first()) else {
        let remedy = "plug one in (`aplay -l` and `arecord -l` list what is there), or talk through files: tutorctl talk \
                      --wav IN.wav --out OUT.wav";
        return Check::warning(way.name, format!("no sound card that {}", way.what), remedy);
    };
    let remedy = format!(
        "set {} = \"plughw:CARD={}\" below [alsa] in /etc/iseetutor/audiod.toml, then: systemctl restart audiod",
        way.key, best.id
    );
    let listed =
        able.iter().map(|card| format!("card{} ({})", card.number, card.id)).collect::<Vec<_>>().join(", ");
    let used = match card_of(device) {
        Some(wanted) => cards.iter().find(|card| card.id == wanted || card.number.to_string() == wanted),
        // ALSA's default is the first card, unless a file says otherwise; what it says is not for us to guess.
        None if device == "default" && !host.has_any(&["/etc/asound.conf"]) => cards.first(),
        None => return Check::ok(way.name, listed),
    };
    match used {
        None => Check::warning(
            way.name,
            format!("audiod is told to use {device}, which is not there; there is {listed}"),
            format!("plug it in, or {remedy}"),
        ),
        Some(card) if !(way.does)(card) => {
            let detail = format!(
                "{device} is card{} ({}), which has none; {listed} {}",
                card.number, card.id, way.what
            );
            Check::warning(way.name, detail, remedy)
        }
        Some(card) => Check::ok(way.name, format!("card{} ({})", card.number, card.id)),
    }
}

/// The card in a device's name: `plughw:CARD=Tutor,DEV=0`, `hw:1,0`.
fn card_of(device: &str) -> Option<&str> {
    let (_, arguments) = device.split_once(':')?;
    let first = arguments.split(',').next()?;
    Some(first.strip_prefix("CARD=").unwrap_or(first)).filter(|card| !card.is_empty())
}

/// Whether those who are to use the card may: on a device the group audio, else who runs this.
fn permitted(host: &Host) -> Check {
    const NAME: &str = "sound permissions";
    let nodes: Vec<PathBuf> = entries(&host.path("/dev/snd"))
        .into_iter()
        .filter(|path| name_of(path).starts_with("pcmC") || name_of(path).starts_with("controlC"))
        .collect();
    if nodes.is_empty() {
        let remedy = "modprobe snd_usb_audio; in a container, pass /dev/snd on to it";
        return Check::warning(NAME, "there are cards, and no devices for them in /dev/snd", remedy);
    }
    if host.is_device() {
        let group = group(host, "audio");
        let closed = nodes.iter().find(|path| {
            path.metadata().is_ok_and(|meta| {
                Some(meta.gid()) != group.as_ref().map(|group| group.0)
                    || meta.permissions().mode() & 0o060 != 0o060
            })
        });
        if let Some(path) = closed {
            let detail = format!("the group audio may not use {}", path.display());
            return Check::missing(
                NAME,
                detail,
                "udevadm trigger --subsystem-match=sound --action=add, or start the machine anew",
            );
        }
        if !group.is_some_and(|group| group.1.iter().any(|user| user == "iseetutor-audiod")) {
            let remedy = "systemd-sysusers && systemctl restart audiod";
            return Check::missing(NAME, "iseetutor-audiod is not in the group audio", remedy);
        }
        return Check::ok(NAME, "the group audio, and audiod in it");
    }
    let wanted = nix::unistd::AccessFlags::R_OK | nix::unistd::AccessFlags::W_OK;
    match nodes.iter().find(|path| nix::unistd::access(path.as_path(), wanted).is_err()) {
        Some(path) => Check::warning(
            NAME,
            format!("this user may not use {}", path.display()),
            "sudo usermod -aG audio $USER, then sign out and in again",
        ),
        None => Check::ok(NAME, "this user may use the cards"),
    }
}

/// A group's number and members.
fn group(host: &Host, name: &str) -> Option<(u32, Vec<String>)> {
    let text = std::fs::read_to_string(host.path("/etc/group")).ok()?;
    text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split(':').collect();
        let [found, _, id, members] = fields[..] else { return None };
        (found == name).then_some(())?;
        Some((id.parse().ok()?, members.split(',').map(str::to_owned).collect()))
    })
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::path::Path;

    use super::super::host::Host;
    use super::super::{Check, Verdict};
    use super::{card_of, checks};

    fn card(root: &Path, number: u32, id: &str, devices: &[&str]) {
        let folder = root.join(format!("proc/asound/card{number}"));
        for device in devices {
            fs::create_dir_all(folder.join(device)).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("id"), format!("{id}\n")).unwrap();
        let node = root.join(format!("dev/snd/controlC{number}"));
        fs::create_dir_all(node.parent().unwrap()).unwrap();
        fs::write(&node, "").unwrap();
        fs::set_permissions(node, fs::Permissions::from_mode(0o660)).unwrap();
    }

    fn settings(root: &Path, text: &str) {
        fs::create_dir_all(root.join("etc/iseetutor")).unwrap();
        fs::write(root.join("etc/iseetutor/audiod.toml"), text).unwrap();
    }

    fn looked(root: &Path) -> Vec<Check> {
        checks(&Host::made_up(root, |_, _| None))
    }

    #[test]
    fn no_card_and_a_headset_that_only_plays_are_told() {
        let root = tempfile::tempdir().unwrap();
        let found = looked(root.path());
        assert_eq!(found.len(), 2);
        assert!(found.iter().all(|check| check.verdict == Verdict::Warning && !check.remedy.is_empty()));
        card(root.path(), 0, "Headset", &["pcm0p"]);
        let found = looked(root.path());
        assert_eq!(
            (found[0].verdict, found[0].detail.as_str()),
            (Verdict::Warning, "no sound card that records")
        );
        assert_eq!((found[1].verdict, found[1].detail.as_str()), (Verdict::Ok, "card0 (Headset)"));
    }

    #[test]
    fn a_default_card_without_a_microphone_is_told_with_the_one_that_has_it() {
        let root = tempfile::tempdir().unwrap();
        card(root.path(), 0, "HDMI", &["pcm3p"]);
        card(root.path(), 1, "Tutor", &["pcm0p", "pcm0c"]);
        let found = looked(root.path());
        assert_eq!(found[0].verdict, Verdict::Warning, "{found:?}");
        assert!(
            found[0].detail.contains("card0 (HDMI), which has none")
                && found[0].remedy.contains("plughw:CARD=Tutor")
        );
        settings(root.path(), "[alsa]\ncapture = \"plughw:CARD=Tutor\"\n");
        assert_eq!(looked(root.path())[0].detail, "card1 (Tutor)");
        // Pulled out, or another one than was set.
        settings(root.path(), "[alsa]\ncapture = \"plughw:CARD=Gone,DEV=0\"\n");
        let found = looked(root.path());
        assert!(
            found[0].detail.contains("which is not there") && found[0].verdict == Verdict::Warning,
            "{found:?}"
        );
        // A file of ALSA's own says what the default is.
        settings(root.path(), "");
        fs::write(root.path().join("etc/asound.conf"), "").unwrap();
        assert_eq!(looked(root.path())[0].verdict, Verdict::Ok);
        assert_eq!((card_of("hw:1,0"), card_of("default"), card_of("hw:")), (Some("1"), None, None));
    }

    #[test]
    fn a_card_that_may_not_be_used_is_told() {
        let root = tempfile::tempdir().unwrap();
        card(root.path(), 0, "Tutor", &["pcm0p", "pcm0c"]);
        let unit = root.path().join("usr/lib/systemd/system/iseetutor.target");
        fs::create_dir_all(unit.parent().unwrap()).unwrap();
        fs::write(unit, "").unwrap();
        let node = root.path().join("dev/snd/controlC0");
        let gid = fs::metadata(&node).unwrap().gid();
        fs::create_dir_all(root.path().join("etc")).unwrap();
        let group = |text: String| fs::write(root.path().join("etc/group"), text).unwrap();
        group(format!("root:x:99:\naudio:x:{gid}:somebody,iseetutor-audiod\n"));
        assert_eq!(looked(root.path())[2].verdict, Verdict::Ok, "{:?}", looked(root.path()));
        group(format!("audio:x:{gid}:somebody\n"));
        assert!(looked(root.path())[2].remedy.contains("systemd-sysusers"));
        fs::set_permissions(&node, fs::Permissions::from_mode(0o600)).unwrap();
        let found = looked(root.path());
        assert!(found[2].detail.contains("may not use") && found[2].remedy.contains("udevadm"), "{found:?}");
        fs::remove_file(node).unwrap();
        assert!(looked(root.path())[2].detail.contains("no devices"));
    }
}
