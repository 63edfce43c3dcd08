//! What holds of every page: figures agree to the digit, nothing a person wrote is markup, nothing is inline, and the
//! colours can be read.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

mod sample;

use std::collections::{BTreeMap, HashMap};

use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::mock::MockSection;
use iseetutor_views::assets::{ASSETS, SITE_CSS};
use iseetutor_views::board::{BoardPage, board};
use iseetutor_views::facts::*;
use iseetutor_views::settings::{Cloud, Health, Part};
use iseetutor_views::summary::Summary;
use iseetutor_views::{ChildLink, Notice, Parent, Tone, door, export, overview, records, settings};
use proptest::prelude::*;
use serde_json::Value;

/// Cells of a CSV line without line breaks in cells.
fn cells(line: &str) -> Vec<String> {
    let (mut all, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut characters = line.chars().peekable();
    while let Some(one) = characters.next() {
        match one {
            '"' if quoted && characters.peek() == Some(&'"') => cell.push(characters.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => all.push(std::mem::take(&mut cell)),
            other => cell.push(other),
        }
    }
    all.push(cell);
    all
}

/// Figures of a page by their marks.
fn figures(page: &str) -> Vec<(String, String)> {
    let marked = page.split("<span data-f=\"").skip(1).map(|rest| {
        let (key, rest) = rest.split_once("\">").unwrap();
        let key = key.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&");
        (key, rest.split_once("</span>").unwrap().0.to_owned())
    });
    marked.collect()
}

fn parent_of(report: &Report) -> Parent {
    let child = ChildLink { id: report.learner.id.clone(), name: report.learner.name.clone() };
    Parent { csrf: "token".into(), children: vec![child] }
}

#[test]
fn page_printed_report_csv_and_json_agree_to_the_digit() {
    for report in sample::reports(100) {
        let summary = Summary::of(&report);
        let parent = parent_of(&report);
        let csv = export::csv(&summary);
        let mut lines = csv.lines().map(cells);
        let columns = lines.next().unwrap();
        let mut table: HashMap<String, String> = HashMap::new();
        for line in lines {
            for (column, cell) in columns.iter().zip(&line) {
                table.insert(format!("{}|{}|{column}", line[0], line[1]), cell.clone());
            }
        }
        let json: Value = serde_json::from_str(&summary.json()).unwrap();
        let mut seen = 0;
        for page in [
            overview::overview(&parent, std::slice::from_ref(&summary), None),
            overview::child(&parent, &summary, None),
            overview::skills(&parent, &summary),
            overview::weekly(&parent, &summary),
        ] {
            let marked = figures(&page);
            assert!(marked.len() >= 4);
            for (key, shown) in marked {
                assert_eq!(table.get(&key), Some(&shown), "{key}");
                let (part, rest) = key.split_once('|').unwrap();
                let (name, column) = rest.rsplit_once('|').unwrap();
                assert_eq!(in_json(&json, part, name, column).as_deref(), Some(shown.as_str()), "{key}");
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen}");
        for word in ["stanine", "scaled", "percentile"] {
            assert!(!csv.contains(word) && !summary.json().contains(word));
        }
    }
}

/// The same figure in the JSON.
fn in_json(json: &Value, part: &str, name: &str, column: &str) -> Option<String> {
    let list = |key: &str, by: &str| json[key].as_array()?.iter().find(|one| one[by] == name).cloned();
    let thing = match part {
        "child" => return Some(json["goal_minutes"].to_string()),
        "time" if name == "today" => json["today"].clone(),
        "time" => json["week"].clone(),
        "day" => list("days", "from")?,
        "week" => list("weeks", "from")?,
        "section" => list("sections", "title")?,
        "strand" => list("strands", "title")?,
        "skill" => list("skills", "name")?,
        "words" => json["words"].clone(),
        "misconception" => return Some(list("misconceptions", "plain")?["times"].to_string()),
        _ => return None,
    };
    let value = match column {
        "percent" | "low" | "high" if part == "skill" => thing["mastery"][column].clone(),
        "percent" | "low" | "high" => thing["accuracy"][column].clone(),
        _ => thing[column].clone(),
    };
    Some(value.to_string())
}

/// Every page, with one text wherever a person can write.
fn pages(text: &str) -> Vec<(&'static str, String)> {
    let own = || text.to_owned();
    let learner = sample::learner(text, text, Level::Lower, Some(20_800), 90);
    let child = ChildLink { id: own(), name: own() };
    let parent = Parent { csrf: own(), children: vec![child.clone()] };
    let section = MockSection {
        mock: own(),
        level: Level::Lower,
        section: Section::Verbal,
        started_ms: 0,
        limit_ms: 0,
        items: vec![],
        choices: BTreeMap::new(),
        took_ms: BTreeMap::new(),
        result: None,
    };
    let question = MockQuestion { number: 1, stem: own(), chosen: None, key: 'A', seconds: 3.0 };
    let report = Report {
        learner: learner.clone(),
        at_ms: sample::NOW_MS,
        offset_ms: 0,
        events: 1,
        today: Work::default(),
        week: Work { minutes: 1, answers: 50, right: 30 },
        days: vec![],
        sections: vec![],
        skills: vec![],
        misconceptions: vec![Misconception { plain: own(), times: 3, samples: vec![own(), own()] }],
        words_known: 1,
        words_due: 2,
        weeks: vec![],
        mocks: vec![Mock { section, questions: vec![question] }],
        official_scores: vec![],
    };
    let summary = Summary::of(&report);
    let notice = Notice { tone: Tone::Bad, text: own() };
    let line =
        Line { at_ms: 0, conversation: own(), child: true, text: own(), confidence: 0.1, flag: Some(own()) };
    let said = Transcript { lines: vec![line], more: true };
    let kinds = [
        Kind::Switch,
        Kind::Time,
        Kind::Number { least: 0, most: 9, unit: own(), optional: true },
        Kind::Choice { options: vec![(own(), own())] },
    ];
    let set = kinds.map(|kind| Setting {
        key: own(),
        heading: own(),
        label: own(),
        help: own(),
        kind,
        value: own(),
    });
    let cloud = Cloud {
        key: own(),
        name: own(),
        purpose: own(),
        sends: vec![own()],
        to: own(),
        never: own(),
        on: true,
    };
    let part = Part { heading: own(), name: own(), health: Health::Bad, words: own() };
    let proof = Proof { learner: own(), at_ms: 0, events: 1 };
    let guest = records::Guest {
        id: own(),
        agent: own(),
        since_ms: 0,
        last_ms: 0,
        this_one: true,
        board_of: Some(own()),
    };
    let browser = records::Guest { board_of: None, ..guest.clone() };
    let deed = Deed { at_ms: 0, address: own(), what: own() };
    let shown = Board {
        number: 1,
        state: "idle",
        saying: own(),
        question: Some(BoardQuestion {
            id: own(),
            stem: own(),
            choices: vec![own(); 4],
            figure: Some((own(), own())),
            passage: Some((own(), vec![own(), own()])),
            marked: Some(1),
            taken: Some(0),
        }),
    };
    let trust = door::Trust { address: text, fingerprint: text };
    let first = door::FirstVisit { csrf: text, code_wrong: Some(text), passphrase_wrong: Some(text), trust };
    let error = door::ErrorPage { status: 500, what: text, remedy: text };
    let sign_in = door::SignIn { csrf: text, next: text, wrong: Some(text), wait_s: Some(3), passkey: true };
    vec![
        ("overview", overview::overview(&parent, std::slice::from_ref(&summary), Some(&notice))),
        ("child", overview::child(&parent, &summary, Some(&notice))),
        ("skills", overview::skills(&parent, &summary)),
        ("weekly", overview::weekly(&parent, &summary)),
        ("mocks", records::mocks(&parent, &report)),
        ("transcript", records::transcript(&parent, &child, &said, 1, 0)),
        ("sessions", records::sessions(&parent, &[guest, browser], 0, Some(&notice))),
        ("audit", records::audit(&parent, &[deed], 1, true, 0)),
        ("children", settings::children(&parent, &[learner], Some(&notice))),
        ("settings", settings::settings(&parent, &child, &set, Some(&notice))),
        ("pairing", settings::pairing(&parent, &child, text, text)),
        ("erase", settings::erase(&parent, &child, Some(text))),
        ("erased", settings::erased(&parent, &proof, 0)),
        ("device", settings::device(&parent, &[part], true, &[cloud], std::slice::from_ref(&proof), 0, None)),
        ("error", door::error(error, Some(&parent))),
        ("sign-in", door::sign_in(sign_in)),
        ("first-visit", door::first_visit(first)),
        ("trust", door::trust(trust)),
        ("join", iseetutor_views::board::join(text, Some(text))),
        ("board", board(BoardPage { name: text, place: text, board: &shown })),
    ]
}

/// The tags of a page, each as it stands between its angle brackets.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split_once('>').expect("a tag that is not closed").0).collect()
}

/// A tag without the values of its attributes: text cannot change it.
fn bones(tag: &str) -> String {
    tag.split('"').step_by(2).collect()
}

#[test]
fn nothing_is_inline_and_every_form_carries_the_token() {
    for (name, page) in pages("plain") {
        for tag in tags(&page) {
            let bare = bones(tag);
            assert!(!bare.contains(" style="), "{name}: {tag}");
            assert!(
                !bare.split_whitespace().any(|one| one.starts_with("on") && one.contains('=')),
                "{name}: {tag}"
            );
            assert!(tag != "style" && !tag.starts_with("style "), "{name}");
            assert!(!tag.starts_with("script") || tag.contains("src=\"/static/"), "{name}: {tag}");
        }
        assert!(page.len() < 100_000, "{name}: {}", page.len());
        if !matches!(name, "join" | "board") {
            let forms = page.matches("method=\"post\"").count();
            let tokens = page.matches("name=\"mark\" value=\"plain\"").count();
            assert_eq!(forms, tokens, "{name}");
        }
    }
}

#[test]
fn the_first_page_is_below_100_kb_with_its_files() {
    let summaries: Vec<Summary> = sample::reports(30).iter().map(Summary::of).collect();
    let parent = Parent::default();
    let files: usize = ASSETS.iter().map(|asset| asset.body.len()).sum();
    let page = overview::overview(&parent, &summaries, None);
    assert!(page.len() + files < 100_000, "{} and {files}", page.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn no_page_holds_what_a_person_wrote_as_markup(
        text in "[<>\"'&a-z/=! ]{0,16}(<script>|\"><b |'onload=|</title>|<!--|&lt;|]]>)[<>\"'&a-z/= ]{0,16}"
    ) {
        let plain = pages("plain");
        for ((name, page), (_, quiet)) in pages(&text).into_iter().zip(&plain) {
            let found: Vec<String> = tags(&page).into_iter().map(bones).filter(|one| drawn(one)).collect();
            let expected: Vec<String> = tags(quiet).into_iter().map(bones).filter(|one| drawn(one)).collect();
            prop_assert_eq!(found, expected, "{}", name);
        }
    }
}

/// Tags that set mathematics, a QR code, an option that is chosen or a switch that is on differ with the text and hold none of it.
fn drawn(bones: &str) -> bool {
    let name = bones.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
    !matches!(name, "math" | "mrow" | "mfrac" | "mn" | "mi" | "mo" | "msup" | "msqrt" | "option")
}

fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

/// Contrast of two colours (WCAG 2.2, "contrast ratio").
fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_read() {
    let blocks: Vec<HashMap<&str, &str>> = SITE_CSS
        .body
        .split(":root {")
        .skip(1)
        .take(2)
        .map(|block| {
            let block = block.split('}').next().unwrap();
            let pairs = block.lines().filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
            pairs.map(|(name, value)| (name, value.trim_end_matches(';'))).collect()
        })
        .collect();
    assert_eq!(blocks.len(), 2);
    // Text needs 4.5 to 1, what is no text 3 to 1 (success criteria 1.4.3 and 1.4.11).
    let texts = ["ink", "soft-ink", "accent", "bad", "care", "good"];
    let mut pairs: Vec<(&str, &str, f64)> =
        texts.iter().flat_map(|text| [(*text, "page", 4.5), (*text, "card", 4.5)]).collect();
    for (text, ground) in [
        ("on-accent", "accent"),
        ("accent", "tint"),
        ("ink", "tint"),
        ("soft-ink", "tint"),
        ("good", "good-tint"),
        ("ink", "good-tint"),
        ("care", "care-tint"),
        ("ink", "care-tint"),
        ("soft-ink", "care-tint"),
        ("accent", "care-tint"),
        ("bad", "bad-tint"),
        ("ink", "bad-tint"),
        ("ink", "shade"),
    ] {
        pairs.push((text, ground, 4.5));
    }
    for mark in ["edge", "focus", "accent", "verbal", "quantitative", "reading", "mathematics", "auditory"] {
        pairs.extend([(mark, "card", 3.0), (mark, "page", 3.0)]);
    }
    for block in &blocks {
        for (front, ground, least) in &pairs {
            let found = contrast(block[front], block[ground]);
            assert!(found >= *least, "{front} on {ground}: {found:.2}, {least} is needed");
        }
    }
}
