//! Every template over many seeds, answered by a second solver that sees only what a child sees.
//!
//! The solvers work from the written stem, the words of the figure and the written choices. They share no code with
//! the generators: they have their own fractions and read numbers with regular expressions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod solve;

use std::collections::{HashMap, HashSet};

use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::maths::templates;
use solve::{Seen, defects, solvers};

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

#[test]
fn every_variant_has_one_right_answer_that_a_second_solver_finds() {
    let solvers: HashMap<&str, _> = solvers().collect();
    let (mut variants, mut problems) = (0_u64, Vec::new());
    for template in templates() {
        let Some(solve) = solvers.get(template.id) else {
            problems.push(format!("{}: has no second solver", template.id));
            continue;
        };
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
                problems.extend(
                    defects(&item)
                        .into_iter()
                        .map(|defect| format!("{}: {defect}: {:?}", item.id, item.stem)),
                );
                different.insert(
                    item.stem.clone() + item.figure.as_ref().map_or("", |figure| figure.description.as_str()),
                );
                if problems.len() > 40 {
                    break;
                }
            }
            if different.len() < 60 && seeds() >= 850 {
                problems.push(format!(
                    "{}: only {} different variants at {level}",
                    template.id,
                    different.len()
                ));
            }
        }
    }
    eprintln!("{variants} variants of {} templates", templates().count());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
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
