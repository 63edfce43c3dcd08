//! Plans, as they are made from what is there. Nothing is done here; tests/machine does it to a real disk.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use iseetutor_storage::crypttab::{self, Entry};
use iseetutor_storage::disk::{Disk, Node};
use iseetutor_storage::luks::Header;
use iseetutor_storage::plan::Secret;
use iseetutor_storage::recovery::RecoveryKey;
use iseetutor_storage::setup::{Keys, Survey, Wishes, plan};
use iseetutor_storage::survey::{Machine, Mounted, Volume};
use iseetutor_storage::{Places, Plan};

const UUID: &str = "0f0c8a5e-6d0b-4a4e-9c55-3f3c0f4f7a11";

/// Places in a folder of the test's own.
struct World {
    places: Places,
    _folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("iseetutor.key");
        Self { places: Places { key, ..Places::default() }, _folder: folder }
    }

    fn plan(&self, survey: &Survey, wishes: &Wishes) -> Plan {
        plan(survey, wishes, &keys(), &self.places).unwrap()
    }

    fn refusal(&self, survey: &Survey, wishes: &Wishes) -> String {
        plan(survey, wishes, &keys(), &self.places).unwrap_err().to_string()
    }

    /// Our line in crypttab for a volume.
    fn entry(&self, source: &str) -> Entry {
        Entry {
            name: "iseetutor".into(),
            source: source.into(),
            key: self.places.key.to_string_lossy().into_owned(),
            options: "luks,nofail,headless=true".into(),
        }
    }

    /// A machine on which all is done.
    fn done(&self) -> Survey {
        let entry = self.entry(&format!("UUID={UUID}"));
        let mounted =
            Mounted { source: "/dev/mapper/iseetutor".into(), kind: "ext4".into(), options: Vec::new() };
        let machine = Machine {
            crypttab: crypttab::with("", &entry),
            entry: Some(entry),
            unlocked: Some(UUID.replace('-', "")),
            mounted: Some(mounted),
            has_key: true,
            ..Machine::default()
        };
        Survey { machine, volume: Some(volume(&[0, 1], true)), ..empty_disk() }
    }
}

fn keys() -> Keys {
    let device = Secret::new("device".into());
    Keys { device, recovery: Some(RecoveryKey::new().unwrap()), uuid: UUID.into() }
}

fn node() -> Node {
    serde_json::from_str(r#"{"path":"/dev/sdx","type":"disk","size":500000000000}"#).unwrap()
}

fn empty_disk() -> Survey {
    let disk = Disk { node: node(), whole: node(), signatures: Vec::new(), written: false };
    Survey {
        machine: Machine::default(),
        source: "/dev/sdx".into(),
        disk: Some(disk),
        allocate: None,
        volume: None,
        folders: Vec::new(),
    }
}

fn volume(slots: &[u32], key_opens: bool) -> Volume {
    let header = Header { uuid: UUID.into(), label: "iseetutor".into(), slots: slots.to_vec(), tpm2: false };
    Volume { header, key_opens }
}

fn whats(plan: &Plan) -> Vec<&'static str> {
    plan.steps.iter().map(|step| step.what).collect()
}

const COMING_UP: [&str; 6] = [
    "have it unlocked at boot",
    "tell systemd",
    "unlock it as at boot",
    "mount it",
    "make the folders",
    "look at the result",
];

fn steps<'a>(first: &[&'a str]) -> Vec<&'a str> {
    first.iter().copied().chain(COMING_UP).collect()
}

#[test]
fn an_empty_disk_gets_everything() {
    let plan = World::new().plan(&empty_disk(), &Wishes::default());
    let first = [
        "make the folder of the key",
        "write the machine's key",
        "make the encrypted volume",
        "add the recovery key",
        "unlock it",
        "make the file system",
        "lock it again",
    ];
    assert_eq!(whats(&plan), steps(&first));
    let shown: Vec<String> = plan.steps.iter().map(|step| step.action.to_string()).collect();
    let format = shown.iter().find(|line| line.contains("luksFormat")).unwrap();
    assert!(format.contains("--type luks2 --label iseetutor") && format.ends_with("/dev/sdx"), "{format}");
    let secrets = [keys().device.text().to_owned(), "device".into()];
    assert!(
        !shown.iter().any(|line| secrets.iter().any(|secret| line.split(' ').any(|word| word == secret)))
    );
}

#[test]
fn a_disk_with_data_is_erased_and_the_notes_say_what_is_lost() {
    let mut survey = empty_disk();
    survey.disk.as_mut().unwrap().node.fstype = Some("ntfs".into());
    let plan = World::new().plan(&survey, &Wishes::default());
    assert!(whats(&plan).contains(&"erase what is on the disk"));
    assert!(plan.notes[0].contains("lost for ever: ntfs on /dev/sdx"), "{:?}", plan.notes);
}

#[test]
fn a_file_is_made_and_goes_away_when_it_cannot_be_a_volume() {
    let file = PathBuf::from("/var/lib/iseetutor/storage.luks");
    let survey = Survey { disk: None, allocate: Some(1 << 30), source: file, ..empty_disk() };
    let plan = World::new().plan(&survey, &Wishes::default());
    let made = plan.steps.iter().position(|step| step.what == "make the file").unwrap();
    let format = plan.steps.iter().position(|step| step.what == "make the encrypted volume").unwrap();
    assert!(made < format && plan.steps[made].undo.is_some() && plan.steps[format].settles);
    assert!(plan.steps[..format].iter().all(|step| !step.settles));
    assert!(plan.steps.iter().any(|step| step.action.to_string().contains("/etc/crypttab")));
}

#[test]
fn when_all_is_done_nothing_is() {
    let world = World::new();
    assert_eq!(whats(&world.plan(&world.done(), &Wishes::default())), [""; 0]);
}

#[test]
fn what_broke_off_goes_on_where_it_stopped() {
    let world = World::new();
    // After the volume was made, before the recovery key.
    let survey = Survey { volume: Some(volume(&[0], true)), ..empty_disk() };
    let first = ["add the recovery key", "unlock it", "make the file system", "lock it again"];
    assert_eq!(whats(&world.plan(&survey, &Wishes::default())), steps(&first));
    // A power cut left it open.
    let machine = Machine { open_in_setup: true, ..Machine::default() };
    let survey = Survey { volume: Some(volume(&[0, 1], true)), machine, ..empty_disk() };
    assert_eq!(whats(&world.plan(&survey, &Wishes::default()))[0], "close what an earlier set-up left open");
    // Before it was mounted.
    let mut survey = world.done();
    survey.machine.mounted = None;
    let wanted = ["mount it", "make the folders", "look at the result"];
    assert_eq!(whats(&world.plan(&survey, &Wishes::default())), wanted);
    // A folder is missing.
    let survey = Survey { folders: vec!["/mnt/storage/models: missing".into()], ..world.done() };
    assert_eq!(whats(&world.plan(&survey, &Wishes::default())), ["make the folders", "look at the result"]);
}

#[test]
fn a_running_tutor_is_stopped_started_again_and_also_after_a_failure() {
    let machine = Machine { running: true, enabled: true, masked: true, ..Machine::default() };
    let plan = World::new().plan(&Survey { machine, ..empty_disk() }, &Wishes::default());
    assert_eq!((plan.steps[0].what, plan.steps.last().unwrap().what), ("stop the tutor", "start the tutor"));
    assert!(plan.steps[0].undo.is_some());
    assert!(whats(&plan).contains(&"have it mounted"), "a mask of the plain folder stays");
}

#[test]
fn a_volume_of_another_machine_is_taken_over_only_with_its_recovery_key() {
    let world = World::new();
    let survey = Survey { volume: Some(volume(&[0, 1], false)), ..empty_disk() };
    let refusal = world.refusal(&survey, &Wishes::default());
    assert!(refusal.contains("storage adopt /dev/sdx") && refusal.contains("--erase /dev/sdx"), "{refusal}");
    let adopt = Wishes { adopt: true, ..Wishes::default() };
    let plan = world.plan(&survey, &adopt);
    let first = [
        "make the folder of the key",
        "write the machine's key",
        "take the other machine's key away",
        "add this machine's key",
        "unlock it",
        "make the file system",
        "lock it again",
    ];
    assert_eq!(whats(&plan), steps(&first));
    let survey = Survey { volume: Some(volume(&[0], false)), ..empty_disk() };
    assert!(world.refusal(&survey, &adopt).contains("no recovery key"));
}

#[test]
fn an_old_key_is_kept() {
    let world = World::new();
    std::fs::write(&world.places.key, "old").unwrap();
    let plan = world.plan(&empty_disk(), &Wishes::default());
    let keep = plan.steps.iter().find(|step| step.what == "keep the key of the storage before").unwrap();
    assert!(keep.undo.is_some() && keep.action.to_string().contains("iseetutor.key.before-0f0c8a5e"));
}

#[test]
fn another_storage_is_not_pushed_aside() {
    let world = World::new();
    let entry = world.entry("UUID=other");
    let machine = Machine { crypttab: entry.line(), entry: Some(entry), ..Machine::default() };
    let mut survey = Survey { machine, ..empty_disk() };
    assert!(world.refusal(&survey, &Wishes::default()).contains("--replace"));
    let replace = Wishes { replace: true, ..Wishes::default() };
    world.plan(&survey, &replace);
    survey.machine.unlocked = Some("other".into());
    assert!(world.refusal(&survey, &replace).contains("systemctl stop iseetutor.target mnt-storage.mount"));
}

#[test]
fn nothing_is_hidden_and_no_foreign_mount_covered() {
    let world = World::new();
    let machine = Machine { hidden: Some("/mnt/storage/databases/x".into()), ..Machine::default() };
    let refusal = world.refusal(&Survey { machine, ..empty_disk() }, &Wishes::default());
    assert!(refusal.contains("/mnt/storage/databases/x") && refusal.contains("mv /mnt/storage"), "{refusal}");
    let mounted = Mounted { source: "/dev/sdy1".into(), kind: "ext4".into(), options: Vec::new() };
    let machine = Machine { mounted: Some(mounted), ..Machine::default() };
    assert!(
        world
            .refusal(&Survey { machine, ..empty_disk() }, &Wishes::default())
            .contains("umount /mnt/storage")
    );
}

#[test]
fn with_a_tpm_no_key_file_is_left() {
    let wishes = Wishes { tpm2: true, ..Wishes::default() };
    let plan = World::new().plan(&empty_disk(), &wishes);
    let all = whats(&plan);
    let place =
        |what: &str| all.iter().position(|step| *step == what).unwrap_or_else(|| panic!("{what}: {all:?}"));
    // That the TPM alone opens it is seen before the key is thrown away.
    assert!(place("unlock it as at boot") < place("take the machine's key out of the volume"));
    assert!(place("look at the result") < place("remove the machine's key"));
    let text = plan.steps.iter().map(|step| step.action.to_string() + "\n").collect::<String>();
    assert!(
        text.contains("PASSWORD=... systemd-cryptenroll --tpm2-device=auto")
            && text.contains("iseetutor.setup.key")
    );
}

#[test]
fn a_system_disk_or_one_in_use_is_never_used_and_data_only_when_named_twice() {
    let disk = |json: &str| {
        let node: Node = serde_json::from_str(json).unwrap();
        Disk { whole: node.clone(), node, signatures: Vec::new(), written: false }
    };
    let system = disk(
        r#"{"path":"/dev/nvme0n1","type":"disk","size":500000000000,"pttype":"gpt","mountpoints":[null],"children":[
            {"path":"/dev/nvme0n1p1","type":"part","size":499000000000,"fstype":"ext4","mountpoints":["/"]}]}"#,
    );
    assert!(system.must_not_be_used().unwrap_err().to_string().contains("running system"));
    let boot = disk(r#"{"path":"/dev/sdb","type":"disk","size":500000000000,"mountpoints":["/boot/efi"]}"#);
    assert!(boot.must_not_be_used().unwrap_err().to_string().contains("running system"));
    let swap = disk(r#"{"path":"/dev/sdb","type":"disk","size":500000000000,"mountpoints":["[SWAP]"]}"#);
    assert!(swap.must_not_be_used().unwrap_err().to_string().contains("swapoff /dev/sdb"));
    let raid = disk(
        r#"{"path":"/dev/sdb","type":"disk","size":500000000000,"children":[
            {"path":"/dev/md0","type":"raid1","size":500000000000}]}"#,
    );
    assert!(raid.must_not_be_used().unwrap_err().to_string().contains("/dev/md0"));
    let rom = disk(r#"{"path":"/dev/sr0","type":"rom","size":4000000000}"#);
    assert!(rom.must_not_be_used().is_err());
    let small = disk(r#"{"path":"/dev/sdb","type":"disk","size":1000000}"#);
    assert!(small.must_not_be_used().unwrap_err().to_string().contains("least"));

    // A free partition beside the system may be used; one with something on it never.
    let part = |fstype: &str| {
        let text =
            format!(r#"{{"path":"/dev/nvme0n1p2","type":"part","size":100000000000,"fstype":{fstype}}}"#);
        Disk { whole: system.node.clone(), ..disk(&text) }
    };
    part("null").must_not_be_used().unwrap();
    part("null").must_be_empty(None).unwrap();
    let refusal = part("\"vfat\"").must_be_empty(Some("/dev/nvme0n1p2".as_ref())).unwrap_err().to_string();
    assert!(refusal.contains("the disk that the system is on"), "{refusal}");

    let mut used = disk(r#"{"path":"/dev/sdb","type":"disk","size":500000000000}"#);
    used.must_be_empty(None).unwrap();
    used.written = true;
    let refusal = used.must_be_empty(None).unwrap_err().to_string();
    assert!(refusal.contains("data of no known kind") && refusal.contains("--erase /dev/sdb"), "{refusal}");
    assert!(used.must_be_empty(Some("/dev/sdc".as_ref())).is_err());
    used.must_be_empty(Some("/dev/sdb".as_ref())).unwrap();
}
