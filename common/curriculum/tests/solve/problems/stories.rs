//! Money, going backward, remainders, two kinds, and shares.

use super::super::Solver;
use super::super::data::ints;
use super::super::read::{Frac, Seen, find, number, numbers, re};
use super::{fits, often, whole};

pub const SOLVERS: &[(&str, Solver)] = &[
    ("change-after-shopping", change),
    ("cheapest-pack", best_buy),
    ("plans-that-cost-the-same", plans),
    ("percent-up-then-down", up_then_down),
    ("work-backward-story", backward),
    ("work-backward-fractions", backward_fractions),
    ("number-machine-backward", machine),
    ("remainder-in-context", remainder),
    ("posts-and-cuts", posts),
    ("unequal-shares", shares),
    ("evening-out", evening_out),
    ("goal-in-several-steps", goal),
    ("fewest-full-containers", fewest),
];

fn change(seen: &Seen) -> Option<usize> {
    let n = numbers(seen.stem);
    let (m, p, k, q, paid) = if seen.stem.starts_with("A shop") {
        (n[3], n[0], n[4], n[1], n[2])
    } else {
        (n[0], n[1], n[2], n[3], n[4])
    };
    // What is left and what was paid for come to the bill.
    seen.only(|choice| numbers(choice)[0].plus(m.times(p)).plus(k.times(q)) == paid)
}

fn best_buy(seen: &Seen) -> Option<usize> {
    let offers: Vec<(Frac, Frac)> = re(r"(\d+) for (\$\d+(?:\.\d\d)?)")
        .captures_iter(seen.stem)
        .map(|found| (number(&found[1]).unwrap(), number(&found[2]).unwrap()))
        .collect();
    assert_eq!(offers.len(), 4);
    seen.only(|choice| {
        let mine = numbers(choice);
        // Compared by crosswise products.
        offers.iter().all(|offer| mine[1].times(offer.0) <= offer.1.times(mine[0]))
    })
}

fn plans(seen: &Seen) -> Option<usize> {
    let plan = |name: &str| {
        let text = &re(&format!(r"Plan {name} has ([^.]*)\.")).captures(seen.stem).unwrap()[1];
        let n = ints(text);
        if text.contains("no fee") { (0, n[0]) } else { (n[0], n[1]) }
    };
    let (a, b) = (plan("A"), plan("B"));
    fits(seen, |times| a.0 + a.1 * times == b.0 + b.1 * times)
}

fn up_then_down(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"was {N}\. .*?ed by {N}%\. .*ed by {N}%")?;
    let sign = |raised: bool, percent: Frac| if raised { percent } else { Frac(-percent.0, percent.1) };
    let first = seen.stem.contains("First the price was raised");
    let mut price = n[0];
    for (raised, percent) in [(first, n[1]), (!first, n[2])] {
        price = price.plus(price.times(sign(raised, percent)).over(100.into()));
    }
    seen.worth(price)
}

fn backward(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    fits(seen, |start| start % 2 == 0 && start / 2 + n[0] - n[1] == n[2])
}

fn backward_fractions(seen: &Seen) -> Option<usize> {
    let n = find(seen.stem, r"(\d/\d) .*?(\d/\d) .*?{N} (?:dollars|pages|rolls)")?;
    seen.only(|choice| {
        let all = numbers(choice)[0];
        let rest = all.minus(all.times(n[0]));
        rest.minus(rest.times(n[1])) == n[2]
    })
}

fn machine(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let plus = re(r"\badded|\badds").is_match(seen.stem);
    fits(seen, |start| if plus { start * n[0] + n[1] == n[2] } else { start * n[0] - n[1] == n[2] })
}

fn remainder(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    // In each story one number is the size of a group and the other all there is.
    let (size, all) = (*n.iter().min()?, *n.iter().max()?);
    let (mut groups, mut left) = (0, all);
    while left >= size {
        left -= size;
        groups += 1;
    }
    let asked = seen.stem;
    if asked.contains("left over") || asked.contains("left without") {
        seen.worth(left.into())
    } else if asked.contains("needed") || asked.contains("must be set") {
        fits(seen, |n| n * size >= all && (n - 1) * size < all)
    } else {
        seen.worth(groups.into())
    }
}

fn posts(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    if let Some(n) = whole(stem, r"with {N} steps .* floor {N} to floor {N}\?") {
        return seen.worth((1..n[2]).map(|_| n[0]).sum::<i128>().into());
    }
    // Marks are put down one after another.
    if let Some(n) = whole(stem, r"fence is {N} feet .* every {N} feet") {
        return seen.worth(((0..=n[0]).filter(|at| at % n[1] == 0).count() as i128).into());
    }
    if let Some(n) = whole(stem, r"planted {N} meters .* road {N} meters") {
        return seen.worth(((0..=n[1]).filter(|at| at % n[0] == 0).count() as i128).into());
    }
    if let Some(n) = whole(stem, r"an? (\d+)-inch board .* are {N} inches") {
        return seen.worth(((1..n[0]).filter(|at| at % n[1] == 0).count() as i128).into());
    }
    let n = whole(stem, r"stand {N} yards .* is {N} yards")?;
    seen.worth(((0..n[1]).filter(|at| at % n[0] == 0).count() as i128).into())
}

fn shares(seen: &Seen) -> Option<usize> {
    let found = re(r"Together (\w+), (\w+) and (\w+) \w+ (\d+) .*? (twice|\d times) as many as \w+, and \w+ \w+ (\d+) more than \w+\. .* (?:does|did) (\w+) ").captures(seen.stem)?;
    let (total, times, more) =
        (found[4].parse::<i128>().ok()?, often(&found[5]), found[6].parse::<i128>().ok()?);
    let first = (1..=total).find(|a| a + a * times + a + more == total)?;
    let answer = match &found[7] {
        who if *who == found[1] => first,
        who if *who == found[2] => first * times,
        who if *who == found[3] => first + more,
        _ => return None,
    };
    seen.worth(answer.into())
}

fn evening_out(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    fits(seen, |moved| n[0] - moved == n[1] + moved)
}

fn goal(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (goal, a, b, bonus) = (n[0], n[1], n[2], n[3]);
    fits(seen, |missing| missing + a * b + bonus == goal)
}

fn fewest(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (big, small, all) = (n[0], n[1], n[2]);
    let mut least = None;
    for a in 0..=all / big {
        for b in 0..=all / small {
            if a * big + b * small == all {
                least = Some(least.map_or(a + b, |least: i128| least.min(a + b)));
            }
        }
    }
    seen.worth(least?.into())
}
