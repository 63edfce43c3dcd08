//! Policies on the same simulated learners: `cargo bench -p iseetutor-learner --bench policies
//! [-- --seed N] [FILE.svg]`. Prints the tables of `docs/learner.md`; with a path, also writes the reliability plot.
//! The estimator was tuned on seeds below 1000; the tables are of seeds from 5000.

use std::fmt::Write;

use iseetutor_curriculum::level::Level;
use iseetutor_learner::simulate::{Bin, Description, Outcome, Policy, example_catalog, run};

const DAYS: i64 = 42;
const LEARNERS: u64 = 200;

fn kinds() -> [(&'static str, Description); 3] {
    let plain = Description { weak_by_chance: 6, ..Description::default() };
    let clusters = Description { clusters: true, ..plain.clone() };
    let careless = Description { careless: true, clusters: true, admits_guesses: 0.05, ..plain.clone() };
    [("as described", plain), ("hidden clusters", clusters), ("careless streaks and clusters", careless)]
}

fn add(sum: &mut Outcome, one: &Outcome, share: f64) {
    sum.asked += one.asked;
    sum.unaided += one.unaided;
    sum.right += one.right;
    sum.probes += one.probes;
    for (to, from) in [
        (&mut sum.found, one.found),
        (&mut sum.precision, one.precision),
        (&mut sum.brier, one.brier),
        (&mut sum.brier_of_truth, one.brier_of_truth),
        (&mut sum.before, one.before),
        (&mut sum.after, one.after),
        (&mut sum.weak_before, one.weak_before),
        (&mut sum.weak_after, one.weak_after),
        (&mut sum.words, one.words),
    ] {
        *to += from * share;
    }
    sum.bins.resize(10, Bin::default());
    for (to, from) in sum.bins.iter_mut().zip(&one.bins) {
        to.count += from.count;
        to.predicted += from.predicted;
        to.right += from.right;
    }
}

/// The mean distance between what was predicted and what came, over bins.
fn calibration(bins: &[Bin]) -> f64 {
    let total: u32 = bins.iter().map(|bin| bin.count).sum();
    let far: f64 = bins.iter().map(|bin| (bin.predicted - f64::from(bin.right)).abs()).sum();
    far / f64::from(total.max(1))
}

/// The mean of differences and its standard error.
fn paired(ours: &[Outcome], other: &[Outcome], of: impl Fn(&Outcome) -> f64) -> String {
    let all: Vec<f64> = ours.iter().zip(other).map(|(one, two)| of(one) - of(two)).collect();
    let count = all.len() as f64;
    let mean = all.iter().sum::<f64>() / count;
    let var = all.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (count - 1.0);
    format!("{mean:+.4} ± {:.4}", (var / count).sqrt())
}

fn main() {
    let catalog = example_catalog(Level::Lower);
    // Cargo hands `--bench` on to the program.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let plot = arguments.iter().find(|argument| argument.ends_with(".svg"));
    let first = arguments.iter().position(|argument| argument == "--seed");
    let first = first.and_then(|place| arguments.get(place + 1)?.parse().ok()).unwrap_or(5000_u64);
    println!("{LEARNERS} learners of each kind, {DAYS} days, seeds {first} and up\n");
    println!(
        "| learners | policy | success | found at 6 after a week | weakest at 6 after two | Brier (truth) | calibration error | gain | gain of weak | words |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");
    let mut all = Outcome::default();
    let mut differences = String::new();
    for (name, kind) in kinds() {
        let mut ours = Vec::new();
        for policy in Policy::ALL {
            let learner = |seed| Description { seed: first + seed, ..kind.clone() };
            let outcomes: Vec<Outcome> =
                (0..LEARNERS).map(|seed| run(&learner(seed), &catalog, policy, DAYS)).collect();
            let mut sum = Outcome::default();
            for one in &outcomes {
                add(&mut sum, one, 1.0 / LEARNERS as f64);
                if policy == Policy::Ours {
                    add(&mut all, one, 0.0);
                }
            }
            println!(
                "| {name} | {} | {:.1} % | {:.2} | {:.2} | {:.4} ({:.4}) | {:.3} | {:+.3} | {:+.3} | {:.2} |",
                policy.title(),
                100.0 * f64::from(sum.right) / f64::from(sum.unaided.max(1)),
                sum.found,
                sum.precision,
                sum.brier,
                sum.brier_of_truth,
                calibration(&sum.bins),
                sum.after - sum.before,
                sum.weak_after - sum.weak_before,
                sum.words,
            );
            if policy == Policy::Ours {
                ours = outcomes;
            } else {
                let _ = writeln!(
                    differences,
                    "| {name} | {} | {} | {} | {} | {} | {} |",
                    policy.title(),
                    paired(&ours, &outcomes, |one| one.found),
                    paired(&ours, &outcomes, |one| one.precision),
                    paired(&ours, &outcomes, |one| one.brier),
                    paired(&ours, &outcomes, |one| one.after - one.before),
                    paired(&ours, &outcomes, |one| one.weak_after - one.weak_before),
                );
            }
        }
    }
    println!("\nThe planner and estimator less the other, learner by learner, with the standard error:\n");
    println!(
        "| learners | other policy | found | weakest | Brier | gain | gain of weak |\n|---|---|---|---|---|---|---|"
    );
    print!("{differences}");
    println!("\n| predicted | mean prediction | right | probes |\n|---|---|---|---|");
    for (bin, low) in all.bins.iter().zip((0..10).map(|tenth| tenth * 10)).filter(|(bin, _)| bin.count > 0) {
        let count = f64::from(bin.count);
        let right = f64::from(bin.right) / count;
        println!("| {low} to {} % | {:.3} | {right:.3} | {} |", low + 10, bin.predicted / count, bin.count);
    }
    if let Some(path) = plot
        && let Err(error) = std::fs::write(path, svg(&all.bins))
    {
        eprintln!("cannot write {path}: {error}");
    }
}

/// A reliability plot.
fn svg(bins: &[Bin]) -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 360 360\" font-family=\"sans-serif\" font-size=\"12\">\
         <title>Reliability: predicted and observed shares of right answers</title>\
         <rect width=\"360\" height=\"360\" fill=\"#fff\"/>\
         <path d=\"M40 20V320H340M40 320L340 20\" fill=\"none\" stroke=\"#888\"/>\
         <text x=\"190\" y=\"350\" text-anchor=\"middle\">predicted</text>\
         <text x=\"14\" y=\"170\" text-anchor=\"middle\" transform=\"rotate(-90 14 170)\">right</text>",
    );
    for bin in bins.iter().filter(|bin| bin.count >= 20) {
        let count = f64::from(bin.count);
        let (x, y) = (bin.predicted / count, f64::from(bin.right) / count);
        let reach = 1.96 * (y * (1.0 - y) / count).sqrt();
        let place = |share: f64| 320.0 - 300.0 * share;
        let _ = write!(
            out,
            "<path d=\"M{x:.1} {:.1}V{:.1}\" stroke=\"#06c\"/><circle cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"#06c\"/>",
            place(y - reach),
            place(y + reach),
            place(y),
            x = 40.0 + 300.0 * x,
        );
    }
    out.push_str("</svg>\n");
    out
}
