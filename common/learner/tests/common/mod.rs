//! Events and a small catalog for the tests.
#![allow(dead_code)]

use std::collections::BTreeMap;

use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_curriculum::rng::Rng;
use iseetutor_learner::catalog::{Catalog, Source};
use iseetutor_learner::event::{Answered, By, Event, Setting, What};
use iseetutor_learner::time::DAY_MS;

/// 9 in the morning of some day.
pub const START: i64 = 20_000 * DAY_MS + 9 * 3_600_000;

pub fn answer(skill: &str, source: &str, seed: u64, right: bool) -> Answered {
    Answered {
        item: format!("{source}:lower:mathematics:{seed}"),
        skill: skill.to_owned(),
        source: source.to_owned(),
        level: Level::Lower,
        section: Section::Mathematics,
        strand: Some(Strand::Numbers),
        difficulty: 0.0,
        right,
        assisted: false,
        guessed: false,
        took_ms: 30_000,
        timed: false,
        setting: Setting::Practice,
        by: By::Eye,
        misconception: None,
        first_try: true,
        skipped: false,
        card: None,
    }
}

pub fn event(id: &str, at_ms: i64, what: What) -> Event {
    Event { v: 1, id: id.to_owned(), device: "d".to_owned(), learner: "ada".to_owned(), at_ms, what }
}

pub fn answered(id: &str, at_ms: i64, answered: Answered) -> Event {
    event(id, at_ms, What::Answered(Box::new(answered)))
}

fn source(name: &str, skill: &str, section: Section, strand: Option<Strand>, difficulty: f64) -> Source {
    Source {
        name: name.to_owned(),
        skill: skill.to_owned(),
        level: Level::Lower,
        section,
        strand,
        difficulty,
        endless: strand.is_some(),
        card: None,
        passage: None,
    }
}

/// Three skills that build on each other, an unrelated one, words, and reading.
pub fn catalog() -> Catalog {
    let mut sources = Vec::new();
    for (skill, strand) in [
        ("count", Strand::Numbers),
        ("fractions", Strand::Numbers),
        ("ratios", Strand::Numbers),
        ("angles", Strand::Geometry),
    ] {
        for (number, difficulty) in [(1, -1.0), (2, 0.0), (3, 1.0)] {
            let section = if number == 2 { Section::Quantitative } else { Section::Mathematics };
            sources.push(source(&format!("{skill}-{number}"), skill, section, Some(strand), difficulty));
            sources.push(source(
                &format!("{skill}-m{number}"),
                skill,
                Section::Mathematics,
                Some(strand),
                difficulty,
            ));
        }
    }
    for number in 0..30 {
        let word = format!("word{number}");
        let mut one = source(
            &format!("synonym-{word}"),
            "verbal.synonyms",
            Section::Verbal,
            None,
            f64::from(number % 3) - 1.0,
        );
        one.card = Some(word);
        sources.push(one);
        let name = format!("passage{}.{}", number / 5, number % 5);
        let mut one = source(
            &name,
            if number % 2 == 0 { "reading.main" } else { "reading.detail" },
            Section::Reading,
            None,
            0.0,
        );
        one.passage = Some(format!("passage{}", number / 5));
        sources.push(one);
    }
    let needs = |skill: &str| vec![skill.to_owned()];
    let prerequisites =
        BTreeMap::from([("fractions".to_owned(), needs("count")), ("ratios".to_owned(), needs("fractions"))]);
    Catalog::new(sources, prerequisites)
}

pub fn chance(rng: &mut Rng, p: f64) -> bool {
    (rng.below(1_000_000) as f64) < p * 1e6
}

/// Events as they might be, sensible or not.
pub fn wild(rng: &mut Rng, number: usize, absurd: bool) -> Event {
    const TIMES: [i64; 6] = [i64::MIN, i64::MAX, 0, -1, i64::MAX - 1, START];
    const DIFFICULTIES: [f64; 6] =
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300, f64::MIN_POSITIVE];
    let skills = ["count", "fractions", "ratios", "angles", "verbal.synonyms", "", "none such"];
    let skill = skills[rng.below(if absurd { 7 } else { 5 })];
    let mut one =
        answer(skill, &format!("{skill}-{}", rng.below(4)), rng.below(500) as u64, chance(rng, 0.7));
    one.assisted = chance(rng, 0.1);
    one.guessed = chance(rng, 0.1);
    one.first_try = !chance(rng, 0.1);
    one.skipped = chance(rng, 0.05);
    one.misconception = chance(rng, 0.5).then(|| format!("m{}", rng.below(5)));
    one.card = chance(rng, 0.3).then(|| format!("word{}", rng.below(40)));
    one.difficulty = rng.below(400) as f64 / 100.0 - 2.0;
    let mut at_ms = START + rng.below(200_000) as i64 * 60_000;
    if absurd {
        one.level = Level::ALL[rng.below(6)];
        one.section = Section::ALL[rng.below(6)];
        one.strand = [None, Some(Strand::Data)][rng.below(2)];
        one.took_ms = if chance(rng, 0.1) { u64::MAX } else { 0 };
        if chance(rng, 0.3) {
            one.difficulty = DIFFICULTIES[rng.below(6)];
        }
        if chance(rng, 0.3) {
            at_ms = TIMES[rng.below(6)];
        }
    }
    let id = format!("e{}", if absurd { rng.below(number + 1) } else { number });
    let what = match rng.below(30) {
        0 => What::SignedIn,
        1 => What::LessonStarted { lesson: "l".to_owned(), minutes: u32::MAX },
        2 => What::Placed { sitting: if absurd { u8::MAX } else { 1 } },
        3 => What::Voided { event: format!("e{}", rng.below(number + 1)) },
        4 => What::Checked { number: i64::MIN },
        5 if absurd => What::Unknown,
        6 => What::MockStarted {
            mock: format!("m{}", rng.below(2)),
            level: Level::ALL[rng.below(6)],
            section: Section::Verbal,
            items: vec![format!("i{}", rng.below(9))],
            limit_ms: u64::MAX,
        },
        7 => What::MockAnswered {
            mock: format!("m{}", rng.below(2)),
            section: Section::Verbal,
            question: if absurd { u32::MAX } else { 1 + rng.below(3) as u32 },
            choice: Some(rng.below(256) as u8),
            took_ms: u64::MAX / 2,
        },
        8 => {
            let (right, of) = (rng.below(99) as u32, rng.below(99) as u32);
            What::MockEnded { mock: "m1".to_owned(), section: Section::Verbal, right, of, took_ms: 0 }
        }
        9 => What::GoalSet { weekly_minutes: rng.below(99) as u32, test_day: Some(i64::MIN) },
        10 => What::LessonEnded {
            lesson: "l".to_owned(),
            learnt: Some(format!("s{}", rng.below(9))),
            return_to: None,
        },
        _ => What::Answered(Box::new(one)),
    };
    event(&id, at_ms, what)
}
