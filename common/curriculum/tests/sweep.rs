//! Every template over many seeds, answered by a second solver that sees only what a child sees.
//!
//! The solvers work from the written stem, the words of the figure and the written choices. They share no code with
//! the generators: they have their own fractions and read numbers with regular expressions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod solve;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use iseetutor_curriculum::draft::Template;
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::maths::templates;
use solve::{Seen, Solver, defects, solvers};

/// Seeds a template and level. ISEETUTOR_SEEDS changes it.
fn seeds() -> u64 {
    std::env::var("ISEETUTOR_SEEDS").ok().and_then(|n| n.parse().ok()).unwrap_or(850)
}

fn seen(item: &Item) -> Seen<'_> {
    Seen {
        stem: &item.stem,
        figure: item.figure.as_ref().map(|figure| figure.description.as_str()),
        choices: std::array::from_fn(|at| item.choices[at].text.as_str()),
    }
}

/// Sweeps one template; returns how many variants there were, and what is wrong with them.
fn sweep(template: &Template, solve: Solver) -> (u64, Vec<String>) {
    let (mut variants, mut problems) = (0, Vec::new());
    for &level in template.levels {
        let section = template.sections[0];
        let mut different = HashSet::new();
        for seed in 0..seeds() {
            let Some(item) = template.item(level, section, seed) else {
                problems.push(format!("{}: makes nothing at {level} from seed {seed}", template.id));
                break;
            };
            variants += 1;
            let found = solve(&seen(&item));
            if found != Some(item.key) {
                problems.push(format!(
                    "{}: key {} {:?}, the solver says {found:?}: {:?} {:?} {:?}",
                    item.id,
                    item.key,
                    item.choices[item.key].text,
                    item.stem,
                    item.choices.each_ref().map(|choice| &choice.text),
                    item.figure.as_ref().map(|figure| &figure.description)
                ));
            }
            let defects = defects(&item).into_iter();
            problems.extend(defects.map(|defect| format!("{}: {defect}: {:?}", item.id, item.stem)));
            let description = item.figure.as_ref().map_or("", |figure| figure.description.as_str());
            different.insert(item.stem.clone() + description);
            if problems.len() > 3 {
                return (variants, problems);
            }
        }
        if different.len() < 60 && seeds() >= 850 {
            problems.push(format!("{}: only {} different variants at {level}", template.id, different.len()));
        }
    }
    (variants, problems)
}

#[test]
fn every_variant_has_one_right_answer_that_a_second_solver_finds() {
    let solvers: HashMap<&str, Solver> = solvers().collect();
    let all: Vec<&Template> = templates().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let (mut variants, mut problems) = (0, Vec::new());
        while let Some(template) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            let (more, wrong) = match solvers.get(template.id) {
                Some(solve) => sweep(template, *solve),
                None => (0, vec![format!("{}: has no second solver", template.id)]),
            };
            variants += more;
            problems.extend(wrong);
        }
        (variants, problems)
    };
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let done: Vec<(u64, Vec<String>)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let variants: u64 = done.iter().map(|(variants, _)| variants).sum();
    let problems: Vec<&String> = done.iter().flat_map(|(_, problems)| problems).collect();
    eprintln!("{variants} variants of {} templates", all.len());
    let shown: Vec<&str> = problems.iter().take(40).map(|problem| problem.as_str()).collect();
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), shown.join("\n"));
}

/// A key that is moved to another choice is noticed: the solver cannot agree with it.
#[test]
fn a_wrong_key_is_noticed() {
    let solvers: HashMap<&str, _> = solvers().collect();
    for template in templates() {
        let solve =
            solvers.get(template.id).unwrap_or_else(|| panic!("{}: has no second solver", template.id));
        for seed in 0..20 {
            let item = template.item(template.levels[0], template.sections[0], seed).unwrap();
            let mut seen = seen(&item);
            // The text of the key and of another choice change places.
            let other = (item.key + 1) % 4;
            if item.choices[0].text.starts_with("The quantity in Column A") {
                assert_ne!(solve(&seen), Some(other), "{}", item.id);
                continue;
            }
            seen.choices.swap(item.key, other);
            assert_ne!(solve(&seen), Some(item.key), "{}", item.id);
        }
    }
}

/// A template's id is part of its items' ids for ever, and a misconception's id stands for one way of thinking.
#[test]
fn no_two_templates_bear_one_id() {
    let mut ids = HashSet::new();
    let twice: Vec<&str> = templates().map(|template| template.id).filter(|id| !ids.insert(*id)).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
