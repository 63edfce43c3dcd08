//! Forms of every level and section.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, HashSet};

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::blueprint::Blueprint;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_exam::clock::{checkpoints, checkpoints_said, reminders};
use iseetutor_exam::form::{Form, PartKind, source_of};
use iseetutor_exam::mock::{MockTest, Progress, Stage};

fn bank() -> Bank {
    Bank::embedded().unwrap()
}

fn every() -> impl Iterator<Item = (Level, Section)> {
    Level::ALL.into_iter().flat_map(|level| Section::ALL.into_iter().map(move |section| (level, section)))
}

#[test]
fn every_section_of_the_exam_has_a_form_and_no_other() {
    let (bank, exam) = (bank(), Blueprint::embedded().unwrap());
    for (level, section) in every() {
        for seed in [0, 1, 2, 77, u64::MAX] {
            let Some(form) = Form::build(&bank, level, section, seed) else {
                assert!(exam.section(level, section).is_none(), "{level} {section}");
                continue;
            };
            let plan = exam.section(level, section).expect("a section");
            check(&bank, &form);
            if form.short.is_none() {
                assert_eq!((form.len(), form.minutes), (plan.questions as usize, plan.minutes));
                parts_fit(&form);
            } else {
                assert!(form.len() < plan.questions as usize && form.minutes <= plan.minutes);
            }
            assert_eq!(Form::build(&bank, level, section, seed), Some(form.clone()), "the same again");
            let kept = serde_json::to_string(&form).unwrap();
            assert_eq!(serde_json::from_str::<Form>(&kept).unwrap(), form);
        }
    }
}

fn check(bank: &Bank, form: &Form) {
    let mut stems = HashSet::new();
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, id) in form.items.iter().enumerate() {
        let item = form.item(bank, place).unwrap_or_else(|| panic!("{id} is not found again"));
        let comparison = item.stem.contains("Column A: ");
        assert_eq!(comparison, form.part_of(place).unwrap().kind == PartKind::Comparison, "{id}");
        assert_eq!((&item.id, item.level, item.section), (id, form.level, form.section));
        let figure = item.figure.map(|figure| figure.description);
        assert!(stems.insert((item.passage, item.stem, figure)), "{id} comes twice");
        *sources.entry(source_of(id)).or_default() += 1;
    }
    let mathematics = matches!(form.section, Section::Mathematics | Section::Quantitative);
    assert!(sources.values().all(|count| *count <= if mathematics { 2 } else { 1 }), "{sources:?}");
    let mut next = 0;
    for part in &form.parts {
        assert_eq!(part.from, next, "parts follow one another");
        next += part.count;
        assert!(part.places().all(|place| form.part_of(place) == Some(part)));
    }
    assert_eq!(next, form.len());
    assert!(form.parts.is_sorted_by_key(|part| part.kind));
    for part in form.parts.iter().filter(|part| part.kind == PartKind::Passage) {
        let numbers: Vec<String> = part
            .places()
            .map(|place| {
                let item = form.item(bank, place).unwrap();
                assert_eq!(item.passage, part.passage, "a passage and its questions stay together");
                source_of(&item.id).to_owned()
            })
            .collect();
        assert!(numbers.is_sorted(), "questions in the passage's order");
    }
}

fn parts_fit(form: &Form) {
    let plan = Blueprint::embedded().unwrap().section(form.level, form.section).unwrap();
    for part in &plan.parts {
        let kind: PartKind = serde_json::from_str(&format!("\"{}\"", part.kind)).unwrap();
        let count: usize = form.parts.iter().filter(|one| one.kind == kind).map(|one| one.count).sum();
        assert!((part.from as usize..=part.to as usize).contains(&count), "{kind:?} {count}");
    }
    if let Some(passages) = plan.passages {
        assert_eq!(form.parts.len(), passages as usize);
        assert!(
            form.parts.iter().all(|part| Some(part.count) == plan.questions_each.map(|each| each as usize))
        );
    }
}

#[test]
fn where_there_is_enough_forms_are_whole() {
    let bank = bank();
    for level in [Level::Lower, Level::Middle, Level::Upper] {
        for section in [Section::Verbal, Section::Quantitative, Section::Reading, Section::Mathematics] {
            let form = Form::build(&bank, level, section, 5).unwrap();
            assert_eq!(form.short, None, "{level} {section}");
            assert!(form.shared.is_empty());
            assert!(!form.introduction().contains("fewer"));
        }
    }
    let heard = Form::build(&bank, Level::Primary2, Section::Auditory, 1).unwrap();
    assert_eq!((heard.len(), heard.parts.len(), heard.short), (6, 2, None));
}

#[test]
fn too_few_questions_make_a_shorter_form_that_says_so() {
    let bank = bank();
    for level in [Level::Primary2, Level::Primary3, Level::Primary4] {
        let form = Form::build(&bank, level, Section::Reading, 3).unwrap();
        assert!(!form.is_empty() && !form.shared.is_empty());
        if let Some(short) = form.short {
            let exact = f64::from(short.minutes) * form.len() as f64 / f64::from(short.questions);
            assert!((f64::from(form.minutes) - exact).abs() <= 0.5);
            assert!(form.introduction().contains("There are fewer questions here"));
        }
    }
}

#[test]
fn other_seeds_make_other_forms() {
    let bank = bank();
    let all: HashSet<Vec<String>> =
        (0..30).map(|seed| Form::build(&bank, Level::Upper, Section::Verbal, seed).unwrap().items).collect();
    assert_eq!(all.len(), 30);
    let synonyms: HashSet<usize> = (0..60)
        .map(|seed| Form::build(&bank, Level::Middle, Section::Verbal, seed).unwrap().parts[0].count)
        .collect();
    assert_eq!(synonyms, (17..=23).collect(), "the parts vary as far as the blueprint lets them");
}

#[test]
fn what_was_seen_comes_last() {
    let bank = bank();
    for section in [Section::Verbal, Section::Reading, Section::Mathematics] {
        let first = Form::build(&bank, Level::Lower, section, 1).unwrap();
        let seen: HashSet<String> = first.items.iter().map(|id| source_of(id).to_owned()).collect();
        let second = Form::build_fresh(&bank, Level::Lower, section, 2, &seen).unwrap();
        let again = second.items.iter().filter(|id| seen.contains(source_of(id))).count();
        let blind = Form::build(&bank, Level::Lower, section, 2).unwrap();
        let by_chance = blind.items.iter().filter(|id| seen.contains(source_of(id))).count();
        assert!(again <= by_chance, "{section}: {again} of {by_chance}");
        if section == Section::Verbal {
            assert_eq!(again, 0);
        }
        if section == Section::Reading {
            assert!(again < first.len(), "the sixth passage comes");
        }
    }
}

#[test]
fn answers_are_spread_over_the_letters() {
    let bank = bank();
    let mut letters = [0_u32; 4];
    for (level, section) in every() {
        for form in (0..3).filter_map(|seed| Form::build(&bank, level, section, seed)) {
            for place in 0..form.len() {
                letters[form.item(&bank, place).unwrap().key] += 1;
            }
        }
    }
    let all: u32 = letters.iter().sum();
    assert!(letters.iter().all(|count| count * 100 > all * 20 && count * 100 < all * 30), "{letters:?}");
}

#[test]
fn a_whole_test_has_the_sections_of_the_exam_in_its_order() {
    let (bank, exam) = (bank(), Blueprint::embedded().unwrap());
    for level in Level::ALL {
        let test = MockTest::build(&bank, level, 4, &HashSet::new());
        let sections: Vec<Section> = test.forms().map(|form| form.section).collect();
        let wanted: Vec<Section> =
            exam.of(level).map(|plan| plan.section).filter(|one| !test.left_out.contains(one)).collect();
        assert_eq!(sections, wanted);
        assert!(matches!(test.stages.last(), Some(Stage::Essay { .. })));
        assert!(!test.stages.windows(2).any(|two| matches!(two, [Stage::Break { .. }, Stage::Break { .. }])));
        assert!(!matches!(test.stages.first(), Some(Stage::Break { .. }) | None));
        let sources: Vec<&str> =
            test.forms().flat_map(|form| form.items.iter().map(|id| source_of(id))).collect();
        let once: HashSet<&&str> = sources.iter().collect();
        assert!(once.len() * 100 >= sources.len() * 75, "{level}: {} of {}", once.len(), sources.len());
        let kept = serde_json::to_string(&test).unwrap();
        assert_eq!(serde_json::from_str::<MockTest>(&kept).unwrap(), test);
    }
    let upper = MockTest::build(&bank, Level::Upper, 4, &HashSet::new());
    assert_eq!(upper.minutes(), 20 + 35 + 35 + 40 + 30 + 2 * 5);
}

#[test]
fn a_whole_test_stops_between_sections_only() {
    let bank = bank();
    let test = MockTest::build(&bank, Level::Lower, 9, &HashSet::new());
    let sections = test.forms().count();
    let mut progress = Progress::new(test);
    let mut now = 1_000;
    while let Some(stage) = progress.stage().cloned() {
        assert!(progress.may_pause());
        if let Stage::Section(form) = stage {
            progress.begin(now).unwrap().answer(0, 0, now + 5).unwrap();
            assert!(!progress.may_pause());
            // As after a restart in the middle of it.
            let kept = serde_json::to_string(&progress).unwrap();
            progress = serde_json::from_str(&kept).unwrap();
            assert_eq!(progress.sitting().unwrap().sheet(0).unwrap().answer(), Some(0));
            assert!(progress.begin(now + 10).unwrap().time_left(now + 10) < form.time_ms(), "not begun anew");
        } else {
            assert!(progress.begin(now).is_none());
        }
        now += 3_600_000;
        progress.next(now);
    }
    assert_eq!(progress.done.len(), sections);
    assert!(progress.next(now).is_none() && progress.begin(now).is_none());
}

#[test]
fn checkpoints_and_reminders_fit_the_form() {
    let bank = bank();
    for (level, section) in every() {
        let Some(mut form) = Form::build(&bank, level, section, 8) else { continue };
        for _ in 0..6 {
            let marks = checkpoints(&form);
            assert!(marks.is_sorted_by(|a, b| a.minutes < b.minutes && a.done < b.done));
            assert!(
                marks.iter().all(|mark| mark.minutes < form.minutes && (mark.done as usize) < form.len())
            );
            assert_eq!(checkpoints_said(&marks).is_empty(), marks.is_empty());
            let said = reminders(&form);
            assert!(said.is_sorted_by(|a, b| a.at_ms < b.at_ms), "{said:?}");
            assert_eq!(said.last().map(|last| last.at_ms), (form.minutes > 0).then(|| form.time_ms()));
            form.items.truncate(form.len() / 2);
            form.minutes /= 2;
        }
    }
    let upper = Form::build(&bank, Level::Upper, Section::Mathematics, 8).unwrap();
    let at: Vec<u64> = reminders(&upper).iter().map(|one| one.at_ms / 60_000).collect();
    assert_eq!(at, [20, 35, 39, 40]);
    assert!(!checkpoints(&upper).is_empty());
}
