//! What comes next.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::HashSet;

use common::{START, answer, answered, catalog, chance};
use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_curriculum::rng::Rng;
use iseetutor_learner::catalog::{Catalog, Source};
use iseetutor_learner::event::{Answered, Setting, What};
use iseetutor_learner::planner::{self, Choice, Context, Placement, Why};
use iseetutor_learner::profile::{Learner, Learners, Pace};
use iseetutor_learner::record::Record;
use iseetutor_learner::time::{DAY_MS, MINUTE_MS};

fn source<'c>(catalog: &'c Catalog, choice: &Choice) -> &'c Source {
    catalog.sources().iter().find(|one| one.name == choice.source).unwrap()
}

fn reply(source: &Source, choice: &Choice, right: bool) -> Answered {
    let mut one = answer(&source.skill, &source.name, choice.seed, right);
    (one.section, one.strand, one.difficulty) = (source.section, source.strand, source.difficulty);
    one.card.clone_from(&source.card);
    one
}

/// Asks and answers for some minutes, and gives what was asked.
fn practise(record: &mut Record, context: &mut Context, count: usize, p: f64, seed: u64) -> Vec<Choice> {
    let catalog = catalog();
    let mut rng = Rng::new("practise", &[seed]);
    let mut asked = Vec::new();
    for number in 0..count {
        let choice = planner::next(record, &catalog, context).unwrap();
        let source = source(&catalog, &choice);
        assert!(context.allows(source), "{choice:?}");
        let one = reply(source, &choice, chance(&mut rng, p));
        record.apply(&answered(&format!("{}-{number}", context.now_ms), context.now_ms, one));
        context.now_ms += MINUTE_MS;
        asked.push(choice);
    }
    asked
}

#[test]
fn filters_are_honoured() {
    for (section, strand, skills) in [
        (Some(Section::Verbal), None, vec![]),
        (Some(Section::Reading), None, vec![]),
        (Some(Section::Quantitative), None, vec![]),
        (None, Some(Strand::Geometry), vec![]),
        (None, None, vec!["ratios".to_owned()]),
    ] {
        let mut record = Record::new("ada", 0);
        let mut context = Context { section, strand, skills, ..Context::new(Level::Lower, START) };
        // `practise` asserts that every choice is allowed.
        practise(&mut record, &mut context, 40, 0.4, 1);
    }
    let mut context = Context::new(Level::Lower, START);
    context.without = vec!["passage0".to_owned(), "ratios".to_owned(), "count-1".to_owned()];
    practise(&mut Record::new("ada", 0), &mut context, 60, 0.5, 2);
    let nothing = Context::new(Level::Upper, START);
    assert_eq!(planner::next(&Record::new("ada", 0), &catalog(), &nothing), None);
}

#[test]
fn the_same_record_gives_the_same_plan() {
    let run = |seed| {
        let mut context = Context { seed, ..Context::new(Level::Lower, START) };
        practise(&mut Record::new("ada", 0), &mut context, 50, 0.7, 3)
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
}

#[test]
fn no_variant_comes_again_soon() {
    let mut record = Record::new("ada", 0);
    let mut context = Context::new(Level::Lower, START);
    let catalog = catalog();
    let mut seen = HashSet::new();
    let mut asked = practise(&mut record, &mut context, 60, 0.8, 4);
    context.now_ms += DAY_MS;
    context.since_ms = context.now_ms;
    asked.extend(practise(&mut record, &mut context, 60, 0.8, 5));
    for choice in &asked {
        if source(&catalog, choice).endless {
            assert!(seen.insert((choice.source.clone(), choice.seed)), "{choice:?}");
        }
    }
    let rests: Vec<&Choice> = asked
        .iter()
        .filter(|one| !source(&catalog, one).endless && !matches!(one.why, Why::DueCard { .. }))
        .collect();
    let different: HashSet<&str> = rests.iter().map(|one| one.source.as_str()).collect();
    assert_eq!(different.len(), rests.len(), "one question twice");
}

#[test]
fn a_mistake_brings_a_sibling_and_two_a_step_down() {
    let catalog = catalog();
    let mut record = Record::new("ada", 0);
    let mut context = Context::new(Level::Lower, START);
    record.apply(&answered("1", START, answer("ratios", "ratios-1", 5, false)));
    context.now_ms = START + MINUTE_MS;
    let sibling = planner::next(&record, &catalog, &context).unwrap();
    assert_eq!((sibling.source.as_str(), &sibling.why), ("ratios-1", &Why::Sibling));
    assert_ne!(sibling.seed, 5);
    record.apply(&answered("2", START + 1, answer("ratios", "ratios-1", sibling.seed, false)));
    let down = planner::next(&record, &catalog, &context).unwrap();
    assert_eq!((down.skill.as_str(), &down.why), ("fractions", &Why::StepDown { from: "ratios".to_owned() }));
    // Where the filter leaves nothing below, the easiest of the skill itself.
    context.skills = vec!["ratios".to_owned()];
    let down = planner::next(&record, &catalog, &context).unwrap();
    assert_eq!(down.skill, "ratios");
    assert!(source(&catalog, &down).difficulty <= -1.0);
    // In another lesson it is not a sibling any more.
    let later = Context::new(Level::Lower, START + DAY_MS);
    assert!(!matches!(
        planner::next(&record, &catalog, &later).unwrap().why,
        Why::Sibling | Why::StepDown { .. }
    ));
}

#[test]
fn a_misconception_returns_in_another_source() {
    let catalog = catalog();
    let mut record = Record::new("ada", 0);
    let mut one = answer("ratios", "ratios-1", 5, false);
    one.misconception = Some("inverts".to_owned());
    record.apply(&answered("1", START, one));
    let mut found = 0;
    for seed in 0..60 {
        let context = Context { seed, ..Context::new(Level::Lower, START + DAY_MS) };
        let choice = planner::next(&record, &catalog, &context).unwrap();
        if matches!(choice.why, Why::Mistake { .. }) {
            assert!(choice.skill == "ratios" && choice.source != "ratios-1");
            found += 1;
        }
    }
    assert!((8..55).contains(&found), "{found}");
}

#[test]
fn due_new_and_mistaken_work_are_mixed() {
    let mut record = Record::new("ada", 0);
    let mut kinds = HashSet::new();
    for days in 0..12 {
        let mut context = Context::new(Level::Lower, START + days * DAY_MS);
        for choice in practise(&mut record, &mut context, 15, 0.75, days as u64) {
            kinds.insert(std::mem::discriminant(&choice.why));
        }
    }
    assert!(kinds.len() >= 5, "{}", kinds.len());
}

#[test]
fn nothing_is_planned_after_the_test() {
    let (catalog, record) = (catalog(), Record::new("ada", 0));
    let context = Context { test_day: Some(20_010), ..Context::new(Level::Lower, START) };
    let weeks = planner::week_plan(&record, &catalog, &context, 90);
    assert_eq!(weeks.last().map(|week| (week.to_day, week.rehearsal)), Some((20_009, true)));
    assert!(weeks.iter().all(|week| week.minutes <= 90 && week.from_day <= week.to_day));
    let after = Context { now_ms: START + 11 * DAY_MS, ..context };
    assert!(planner::next(&record, &catalog, &after).is_none());
    assert!(planner::lesson_plan(&record, &catalog, &after).is_none());
    assert!(planner::placement_next(&record, &catalog, &after).is_none());
    assert!(planner::week_plan(&record, &catalog, &after, 90).is_empty());
    assert!(planner::monthly_check(&record, &catalog, &after).is_empty());
    assert_eq!(planner::week_plan(&record, &catalog, &Context::new(Level::Lower, START), 90).len(), 4);
}

#[test]
fn a_lesson_fits_its_minutes() {
    let catalog = catalog();
    let mut record = Record::new("ada", 0);
    let mut context = Context::new(Level::Lower, START);
    practise(&mut record, &mut context, 40, 0.6, 6);
    let plan =
        planner::lesson_plan(&record, &catalog, &Context::new(Level::Lower, START + 2 * DAY_MS)).unwrap();
    assert_eq!(plan.minutes, 20);
    assert_eq!(plan.due_minutes + plan.skill_minutes + plan.mixed_minutes + plan.closing_minutes, 20);
    assert_eq!((plan.due.len(), plan.steps.len()), (3, 3));
    assert!(plan.steps.iter().all(|step| Some(&step.skill) == plan.skill.as_ref()));
    let seeds: HashSet<(&str, u64)> =
        plan.steps.iter().map(|step| (step.source.as_str(), step.seed)).collect();
    assert_eq!(seeds.len(), 3);
    for (level, minutes) in Level::ALL.into_iter().zip([10, 12, 15, 20, 25, 25]) {
        assert_eq!(planner::lesson_minutes(level), minutes);
    }
}

#[test]
fn the_check_is_the_same_whatever_was_answered() {
    let catalog = catalog();
    let mut record = Record::new("ada", 0);
    let context = Context::new(Level::Lower, START + 30 * DAY_MS);
    let names = |record: &Record| -> Vec<String> {
        planner::monthly_check(record, &catalog, &context).into_iter().map(|one| one.source).collect()
    };
    let before = names(&record);
    assert_eq!(before.len(), planner::CHECK_QUESTIONS);
    assert!(!planner::check_due(&record, &context));
    for number in 0..30 {
        let at_ms = START + number * MINUTE_MS;
        record.apply(&answered(&format!("{number}"), at_ms, answer("count", "count-1", 1, number % 3 == 0)));
    }
    assert_eq!(names(&record), before);
    assert!(planner::check_due(&record, &context));
    record.apply(&common::event("c", context.now_ms, What::Checked { number: 1 }));
    assert!(!planner::check_due(&record, &context));
    let sections: HashSet<Section> =
        planner::monthly_check(&record, &catalog, &context).iter().map(|one| one.section).collect();
    assert_eq!(sections.len(), 4);
}

#[test]
fn the_placement_is_broad_and_ends_after_two_sittings() {
    let catalog = catalog();
    let mut record = Record::new("ada", 0);
    for sitting in 1..=2_u8 {
        let mut context = Context::new(Level::Lower, START + i64::from(sitting) * DAY_MS);
        let mut sections = HashSet::new();
        let (mut spent, mut count) = (0, 0);
        while let Some(choice) = planner::placement_next(&record, &catalog, &context) {
            assert_eq!(choice.why, Why::Placement);
            let mut one = reply(source(&catalog, &choice), &choice, true);
            (one.setting, one.took_ms) = (Setting::Placement, 30_000);
            record.apply(&answered(&format!("{sitting}-{count}"), context.now_ms, one));
            count += 1;
            if count <= 5 {
                sections.insert((choice.section, source(&catalog, &choice).strand));
            }
            spent += 38_000;
            context.now_ms += 38_000;
        }
        assert!(sitting == 2 || sections.len() == 5, "{sections:?}");
        assert!((9 * MINUTE_MS..=10 * MINUTE_MS).contains(&spent), "{spent}");
        assert_eq!(planner::placement(&record, &context), Placement::SittingOver { sitting });
        record.apply(&common::event(&format!("p{sitting}"), context.now_ms, What::Placed { sitting }));
    }
    assert_eq!(planner::placement(&record, &Context::new(Level::Lower, START + 9 * DAY_MS)), Placement::Done);
}

#[test]
fn names_differ_by_more_than_case() {
    let learner = |id: &str, name: &str| Learner {
        id: id.to_owned(),
        name: name.to_owned(),
        level: Level::Middle,
        test_day: None,
        weekly_minutes: 90,
        pace: Pace::Steady,
    };
    let mut learners = Learners::default();
    learners.add(learner("1", " Ada  Maria ")).unwrap();
    assert!(learners.add(learner("2", "ADA maria")).is_err());
    assert!(learners.add(learner("1", "Ben")).is_err());
    assert!(learners.add(learner("3", "  ")).is_err());
    learners.add(learner("2", "Élodie")).unwrap();
    assert!(learners.add(learner("4", "éLODIE")).is_err());
    assert_eq!(learners.find("ada maria").map(|one| one.id.as_str()), Some("1"));
    learners.remove("ADA MARIA").unwrap();
    assert_eq!(learners.iter().count(), 1);
    assert!(learners.remove("Ada Maria").is_err());
}
