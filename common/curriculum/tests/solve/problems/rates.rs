//! Speed, work, mixtures, and things that repeat.

use super::super::Solver;
use super::super::data::ints;
use super::super::read::{Frac, Seen, numbers, re};
use super::{fits, whole};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("travelers-meeting", meeting),
    ("catching-up", catching_up),
    ("average-speed-there-and-back", average_speed),
    ("working-together", together),
    ("machines-and-minutes", machines),
    ("mixing-solutions", mixture),
    ("together-again", again),
    ("climb-and-slip", climb),
];

fn meeting(seen: &Seen) -> Option<usize> {
    let far = whole(seen.stem, r"{N} miles apart")?[0];
    let speeds: Vec<i128> =
        re(r"(\d+) miles per hour").captures_iter(seen.stem).map(|found| found[1].parse().unwrap()).collect();
    // Hour by hour.
    let (mut gone, mut hours) = (0, 0);
    while gone < far {
        gone += speeds.iter().sum::<i128>();
        hours += 1;
    }
    assert_eq!(gone, far);
    seen.worth(hours.into())
}

fn catching_up(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem, r"at {N} miles per hour\. After {N} hours?, .* at {N} miles per hour")?;
    fits(seen, |hours| n[2] * hours == n[0] * (hours + n[1]))
}

fn average_speed(seen: &Seen) -> Option<usize> {
    let far = whole(seen.stem, r"{N} miles (?:to|down)")?[0];
    let speeds: Vec<i128> =
        re(r"(\d+) miles per hour").captures_iter(seen.stem).map(|found| found[1].parse().unwrap()).collect();
    let time = Frac::of(far, speeds[0]).plus(Frac::of(far, speeds[1]));
    seen.only(|choice| numbers(choice)[0].times(time) == Frac::from(2 * far))
}

fn together(seen: &Seen) -> Option<usize> {
    let n: Vec<i128> = re(r"(\d+) (?:hours|minutes)")
        .captures_iter(seen.stem)
        .map(|found| found[1].parse().unwrap())
        .collect();
    seen.only(|choice| {
        let time = numbers(choice)[0];
        time.over(n[0].into()).plus(time.over(n[1].into())) == Frac::from(1)
    })
}

fn machines(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let asks_time = seen.stem.contains("How many minutes");
    seen.only(|choice| {
        let answer = numbers(choice)[0];
        let (items, time) = if asks_time { (n[4].into(), answer) } else { (answer, n[4].into()) };
        // The work of one in one minute is the same.
        Frac::of(n[1], n[0] * n[2]) == items.over(time.times(n[3].into()))
    })
}

fn mixture(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    let amounts: Vec<i128> = re(r"(\d+) (?:liters?|cups?|ounces?|gallons?)\b")
        .captures_iter(stem)
        .map(|found| found[1].parse().unwrap())
        .collect();
    let shares: Vec<i128> =
        re(r"(\d+)%").captures_iter(stem).map(|found| found[1].parse().unwrap()).collect();
    // What is above and below the mean percent cancels.
    fits(seen, |p| amounts[0] * (shares[0] - p) + amounts[1] * (shares[1] - p) == 0)
}

fn again(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let first = (1..).find(|t| t % n[0] == 0 && t % n[1] == 0)?;
    seen.worth(first.into())
}

fn climb(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (far, up, down) = (n[0], n[1], n[2]);
    let (mut at, mut turn) = (0, 0);
    loop {
        turn += 1;
        at += up;
        if at >= far {
            return seen.worth(turn.into());
        }
        at -= down;
    }
}
