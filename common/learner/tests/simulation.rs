//! The planner and the estimator on simulated learners, against simpler ways.

use iseetutor_curriculum::level::Level;
use iseetutor_learner::simulate::{Description, Outcome, Policy, example_catalog, run};

const DAYS: i64 = 30;
const LEARNERS: u64 = 24;

fn outcomes(policy: Policy, description: &Description) -> Vec<Outcome> {
    let catalog = example_catalog(Level::Lower);
    let learner = |seed| Description { seed: 1 + seed, ..description.clone() };
    (0..LEARNERS).map(|seed| run(&learner(seed), &catalog, policy, DAYS)).collect()
}

fn mean(outcomes: &[Outcome], of: impl Fn(&Outcome) -> f64) -> f64 {
    outcomes.iter().map(of).sum::<f64>() / outcomes.len() as f64
}

fn usual() -> Description {
    Description { weak_by_chance: 6, ..Description::default() }
}

#[test]
fn success_stays_near_80_percent() {
    for ability in [0.2, 0.8, 1.4] {
        let outcomes = outcomes(Policy::Ours, &Description { ability, ..usual() });
        let success = mean(&outcomes, |one| f64::from(one.right) / f64::from(one.unaided));
        assert!((0.7..=0.88).contains(&success), "ability {ability}: {success}");
    }
}

#[test]
fn it_beats_random_order_and_plain_percentages() {
    for description in [usual(), Description { careless: true, clusters: true, ..usual() }] {
        let ours = outcomes(Policy::Ours, &description);
        for policy in [Policy::Random, Policy::Percent] {
            let other = outcomes(policy, &description);
            let (brier, theirs) = (mean(&ours, |one| one.brier), mean(&other, |one| one.brier));
            assert!(brier < theirs, "Brier {brier}, {} {theirs}", policy.title());
            let (found, theirs) = (mean(&ours, |one| one.found), mean(&other, |one| one.found));
            assert!(found > theirs, "weak skills found {found}, {} {theirs}", policy.title());
            let gain = |one: &Outcome| one.after - one.before;
            let (gained, theirs) = (mean(&ours, gain), mean(&other, gain));
            assert!(gained > theirs, "gain {gained}, {} {theirs}", policy.title());
        }
    }
}

#[test]
fn predictions_are_calibrated() {
    let (mut predicted, mut right, mut count) = ([0.0; 10], [0.0; 10], [0.0; 10]);
    for outcome in outcomes(Policy::Ours, &usual()) {
        for (place, bin) in outcome.bins.iter().enumerate() {
            predicted[place] += bin.predicted;
            right[place] += f64::from(bin.right);
            count[place] += f64::from(bin.count);
        }
    }
    let far: f64 = (0..10).map(|place| f64::abs(predicted[place] - right[place])).sum();
    let error = far / count.iter().sum::<f64>();
    assert!(error < 0.06, "{error}");
}

#[test]
fn the_same_description_gives_the_same_outcome() {
    let catalog = example_catalog(Level::Lower);
    for policy in Policy::ALL {
        assert_eq!(run(&usual(), &catalog, policy, 10), run(&usual(), &catalog, policy, 10));
    }
    let other = Description { seed: 2, ..usual() };
    assert_ne!(run(&usual(), &catalog, Policy::Ours, 10), run(&other, &catalog, Policy::Ours, 10));
}

#[test]
fn absurd_descriptions_do_no_harm() {
    let catalog = example_catalog(Level::Lower);
    let odd = Description {
        ability: f64::NAN,
        weakness: f64::INFINITY,
        learning_rate: -1.0,
        forgetting: f64::NAN,
        slips: f64::NAN,
        weak_by_chance: usize::MAX,
        daily_minutes: 3,
        days_a_week: u32::MAX,
        test_in_days: Some(i64::MAX),
        ..usual()
    };
    let _ = run(&odd, &catalog, Policy::Ours, 3);
    let _ = run(&Description { level: Level::Upper, ..usual() }, &catalog, Policy::Ours, 3);
    let _ = run(&usual(), &catalog, Policy::Ours, -5);
}
