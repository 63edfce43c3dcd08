//! Writes sample pages into a folder, with the files they ask for: `pages FOLDER`. They are looked at in a browser by
//! `tests/web/pages.mjs`.
#![allow(clippy::unwrap_used)]

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::path::Path;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_views::assets::ASSETS;
use iseetutor_views::board::{BoardPage, board};
use iseetutor_views::facts::*;
use iseetutor_views::settings::{Cloud, Health, Part};
use iseetutor_views::summary::Summary;
use iseetutor_views::{ChildLink, Notice, Parent, Tone, door, export, overview, records, settings};

const FINGERPRINT: &str =
    "7A:31:0C:9E:55:D2:81:4F:B6:20:EE:13:9A:47:C8:05:6D:F1:22:BB:90:3C:D7:E4:18:5A:6F:01:C3:99:42:8E";

fn setting(key: &str, heading: &str, label: &str, help: &str, kind: Kind, value: &str) -> Setting {
    let text = str::to_owned;
    Setting {
        key: text(key),
        heading: text(heading),
        label: text(label),
        help: text(help),
        kind,
        value: text(value),
    }
}

fn settings_of() -> Vec<Setting> {
    let minutes = |optional| Kind::Number { least: 0, most: 240, unit: "minutes".into(), optional };
    let mut all = vec![
        setting("extension", "Today", "More time today", "Added to today's limit, once.", minutes(true), ""),
        setting(
            "pause",
            "Today",
            "Pause",
            "The tutor does not talk with this child until you end the pause.",
            Kind::Switch,
            "off",
        ),
    ];
    for day in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] {
        let help =
            "The most minutes of practice on each day. Five minutes before the end, the tutor says so.";
        all.push(setting(
            &format!("limit.{day}"),
            "Minutes a day, at most",
            "Limit",
            help,
            minutes(true),
            "40",
        ));
    }
    all.push(setting(
        "quiet.from",
        "Quiet hours",
        "From",
        "From then on the tutor stays silent and does not listen.",
        Kind::Time,
        "19:30",
    ));
    all.push(setting(
        "quiet.to",
        "Quiet hours",
        "Until",
        "From then on it can be woken again.",
        Kind::Time,
        "07:00",
    ));
    for section in
        ["Verbal Reasoning", "Quantitative Reasoning", "Reading Comprehension", "Mathematics Achievement"]
    {
        all.push(setting(section, "Sections", section, "Part of the lessons.", Kind::Switch, "on"));
    }
    let voices = vec![
        ("calm".to_owned(), "A calm voice".to_owned()),
        ("bright".to_owned(), "A bright voice".to_owned()),
    ];
    all.push(setting(
        "voice",
        "Voice",
        "Voice",
        "How the tutor sounds.",
        Kind::Choice { options: voices },
        "calm",
    ));
    let volume = Kind::Number { least: 0, most: 100, unit: "percent".into(), optional: false };
    all.push(setting("volume", "Voice", "Volume", "How loud it speaks.", volume, "60"));
    let help = "Off: nothing your child says is ever kept as sound. On: recordings stay on this device and are deleted after seven days.";
    all.push(setting("recordings", "Recordings", "Keep voice recordings", help, Kind::Switch, "off"));
    all
}

fn transcript() -> Transcript {
    let at = sample::NOW_MS - 4 * 3_600_000;
    let said = [
        (true, "I'm Maya.", 0.97, None),
        (false, "Hi Maya! Shall we go on with fractions?", 1.0, None),
        (true, "yes but I'm tired today", 0.88, Some("said that it is tired")),
        (false, "Then let's make it a short one: ten minutes. What is 1/2 plus 1/3?", 1.0, None),
        (true, "two fifths", 0.93, None),
        (false, "Look at the denominators: are the pieces the same size?", 1.0, None),
        (true, "oh, five sixths", 0.52, None),
        (false, "Yes, five sixths. You found the common denominator.", 1.0, None),
    ];
    let line = |(number, (child, text, confidence, flag)): (usize, (bool, &str, f64, Option<&str>))| Line {
        at_ms: at + number as i64 * 21_000,
        conversation: "today".into(),
        child,
        text: text.into(),
        confidence,
        flag: flag.map(str::to_owned),
    };
    Transcript { lines: said.into_iter().enumerate().map(line).rev().collect(), more: true }
}

fn boards() -> Vec<(&'static str, Board)> {
    let bank = Bank::embedded().unwrap();
    let from = |id: &str, state, taken| {
        let item = bank.item(id).unwrap();
        let passage = item.passage.as_deref().and_then(|slug| bank.library().passage(item.level, slug));
        Board {
            number: 7,
            state,
            saying: item.spoken.clone(),
            question: Some(BoardQuestion {
                id: item.id.clone(),
                stem: item.stem.clone(),
                choices: item.choices.iter().map(|choice| choice.text.clone()).collect(),
                figure: item.figure.map(|figure| (figure.svg, figure.description)),
                passage: passage.map(|one| {
                    let text = one.paragraphs.join(" ");
                    (one.title.clone(), text.split_inclusive(". ").map(|one| one.trim().to_owned()).collect())
                }),
                marked: passage.map(|_| 1),
                taken,
            }),
        }
    };
    let reading = bank.sources(Level::Lower, Section::Reading, Default::default());
    let reading = bank.draw(&reading[0], Level::Lower, Section::Reading, 3).unwrap();
    vec![
        ("board-idle", Board { state: "idle", ..Board::default() }),
        ("board-figure", from("shaded-frame:upper:mathematics:937217", "speaking", None)),
        ("board-fraction", from("add-unlike-fractions:lower:mathematics:0", "listening", Some(2))),
        ("board-reading", from(&reading.id, "thinking", None)),
    ]
}

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args().nth(1) else {
        return Err(std::io::Error::other("cannot write the pages: name a folder to write them into"));
    };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder.join("static"))?;
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text);
    for asset in ASSETS {
        write(&format!("static/{}", asset.name), asset.body)?;
    }
    let reports = sample::reports(330);
    let summaries: Vec<Summary> = reports.iter().map(Summary::of).collect();
    let links =
        reports.iter().map(|one| ChildLink { id: one.learner.id.clone(), name: one.learner.name.clone() });
    let parent = Parent { csrf: "token".into(), children: links.collect() };
    let (maya, child) = (&summaries[0], &parent.children[0]);
    let notice =
        Notice { tone: Tone::Good, text: "Saved. Maya may practice ten minutes longer today.".into() };
    let proof = Proof { learner: "0197-gone".into(), at_ms: sample::NOW_MS, events: 4_182 };
    let trust = door::Trust { address: "https://iseetutor.local/trust", fingerprint: FINGERPRINT };
    let part = |heading: &str, name: &str, health, words: &str| Part {
        heading: heading.into(),
        name: name.into(),
        health,
        words: words.into(),
    };
    let parts = [
        part("Programs", "Microphone and speaker", Health::Good, "Ready since this morning."),
        part("Programs", "Speech to text", Health::Good, "Ready; 240 MB."),
        part("Programs", "Language model", Health::Care, "Started again twice today. Nothing was lost."),
        part("Programs", "Voice", Health::Good, "Ready."),
        part("Models", "Whisper base.en", Health::Good, "Checked against its checksum."),
        part("Storage", "Disk", Health::Good, "41 of 238 GB used."),
        part(
            "Storage",
            "Backup",
            Health::Off,
            "None is set up. A record that is only here can be lost with the device.",
        ),
    ];
    let clouds = [Cloud {
        key: "backup".into(),
        name: "Backup outside of your home".into(),
        purpose: "Keeps the record if the device is lost.".into(),
        sends: vec![
            "The learning record, encrypted before it leaves, with a key only you have".into(),
            "The time and size of each backup".into(),
        ],
        to: "the storage that you enter".into(),
        never: "voice recordings, unless you keep them".into(),
        on: false,
    }];
    let guest = |id: &str, agent: &str, this_one, board_of: Option<&str>| records::Guest {
        id: id.into(),
        agent: agent.into(),
        since_ms: sample::NOW_MS - 86_400_000 * 3,
        last_ms: sample::NOW_MS,
        this_one,
        board_of: board_of.map(str::to_owned),
    };
    let guests = [
        guest("a", "Firefox on Linux", true, None),
        guest("b", "Safari on iPhone", false, None),
        guest("c", "Chrome on Android", false, Some("Maya")),
    ];
    let deeds = [Deed {
        at_ms: sample::NOW_MS,
        address: "192.168.1.20".into(),
        what: "set for Maya: Limit from '30' to '40'".into(),
    }];
    let learners: Vec<_> = reports.iter().map(|one| one.learner.clone()).collect();
    let offset = sample::OFFSET_MS;
    for (name, page) in [
        ("overview", overview::overview(&parent, &summaries, None)),
        ("overview-none", overview::overview(&Parent::default(), &[], None)),
        ("child", overview::child(&parent, maya, None)),
        ("child-new", overview::child(&parent, &summaries[2], None)),
        ("skills", overview::skills(&parent, maya)),
        ("weekly", overview::weekly(&parent, maya)),
        ("mocks", records::mocks(&parent, &reports[0])),
        ("transcript", records::transcript(&parent, child, &transcript(), 0, offset)),
        ("settings", settings::settings(&parent, child, &settings_of(), Some(&notice))),
        ("children", settings::children(&parent, &learners, None)),
        ("pairing", settings::pairing(&parent, child, "K7QM-2XRD", "https://iseetutor.local/board/maya")),
        ("erase", settings::erase(&parent, child, Some("That is not the passphrase. Nothing was erased."))),
        ("erased", settings::erased(&parent, &proof, offset)),
        (
            "device",
            settings::device(&parent, &parts, false, &clouds, std::slice::from_ref(&proof), offset, None),
        ),
        ("sessions", records::sessions(&parent, &guests, offset, None)),
        ("audit", records::audit(&parent, &deeds, 0, false, offset)),
        (
            "sign-in",
            door::sign_in(door::SignIn { wrong: Some("That is not the passphrase."), ..Default::default() }),
        ),
        ("first-visit", door::first_visit(door::FirstVisit { trust, ..Default::default() })),
        ("trust", door::trust(trust)),
        (
            "error",
            door::error(
                door::ErrorPage {
                    status: 404,
                    what: "Nothing is at this address.",
                    remedy: "Begin at the overview.",
                },
                Some(&parent),
            ),
        ),
        ("board-join", iseetutor_views::board::join("maya", None)),
    ] {
        write(&format!("{name}.html"), &page)?;
    }
    for (name, shown) in boards() {
        write(&format!("{name}.html"), &board(BoardPage { name: "Maya", place: "maya", board: &shown }))?;
    }
    write("figures.csv", &export::csv(maya))?;
    write("report.json", &maya.json())?;
    Ok(())
}
