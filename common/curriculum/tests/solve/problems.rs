//! Problem Solving: by trying, simulating and searching.

use super::Solver;
use super::data::ints;
use super::read::{Frac, Seen, find, number, numbers, re};

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
    ("wheels-and-legs", wheels),
    ("sum-and-difference", sum_difference),
    ("ages-now-and-later", ages),
    ("ages-times-as-old", times_as_old),
    ("coins-of-two-kinds", coins),
    ("tickets-of-two-prices", tickets),
    ("order-from-clues", order),
    ("day-of-the-week", weekday),
    ("places-in-a-line", places),
    ("handshakes", handshakes),
    ("tournament-games", tournament),
    ("least-number-with-remainders", remainders),
    ("two-digit-puzzle", digits),
    ("greatest-and-least-from-digits", from_digits),
    ("sum-of-consecutive-numbers", consecutive),
    ("page-digits", page_digits),
    ("toothpick-pattern", toothpicks),
    ("repeating-pattern", repeating),
    ("dot-squares-pattern", dots),
    ("travelers-meeting", meeting),
    ("catching-up", catching_up),
    ("average-speed-there-and-back", average_speed),
    ("working-together", together),
    ("machines-and-minutes", machines),
    ("mixing-solutions", mixture),
    ("together-again", again),
    ("climb-and-slip", climb),
    ("unequal-shares", shares),
    ("evening-out", evening_out),
    ("goal-in-several-steps", goal),
    ("fewest-full-containers", fewest),
];

/// The choice whose whole number passes a test.
fn fits(seen: &Seen, test: impl Fn(i128) -> bool) -> Option<usize> {
    seen.only(|choice| ints(choice).first().is_some_and(|n| test(*n)))
}

/// The whole numbers that the groups of a pattern hold.
fn whole(text: &str, pattern: &str) -> Option<Vec<i128>> {
    Some(find(text, pattern)?.into_iter().map(|n| n.0).collect())
}

/// How often: once, twice, 3 times.
fn often(text: &str) -> i128 {
    let found = re(r"once|twice|(\d+) times").captures(text).unwrap();
    match &found[0] {
        "once" => 1,
        "twice" => 2,
        _ => found[1].parse().unwrap(),
    }
}

fn spelled(word: &str) -> i128 {
    let words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    words.iter().position(|one| *one == word).unwrap() as i128
}

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

fn wheels(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    let (first, second, heads, parts, each) = if stem.starts_with("In ") {
        let found = re(r"are (\d+) ([\w-]+(?: stools)?) and ([\w-]+(?: chairs)?) in all\. .* has (\w+) .* has (\w+) \w+\. Together they have (\d+) ").captures(stem)?;
        (
            found[2].to_owned(),
            found[3].to_owned(),
            found[1].parse().ok()?,
            found[6].parse().ok()?,
            (spelled(&found[4]), spelled(&found[5])),
        )
    } else {
        let found = re(r"counts (\d+) \w+ .*? only ([\w-]+(?: stools)?), with (\w+) \w+ each, and ([\w-]+(?: chairs)?), with (\w+) \w+ each\. There are (\d+) ").captures(stem)?;
        (
            found[2].to_owned(),
            found[4].to_owned(),
            found[6].parse().ok()?,
            found[1].parse().ok()?,
            (spelled(&found[3]), spelled(&found[5])),
        )
    };
    let (heads, parts): (i128, i128) = (heads, parts);
    let asked = stem.rsplit_once(". ")?.1;
    let ask_first = asked.contains(&first);
    assert_ne!(ask_first, asked.contains(&second));
    fits(seen, |n| {
        let (a, b) = if ask_first { (n, heads - n) } else { (heads - n, n) };
        b >= 0 && a >= 0 && a * each.0 + b * each.1 == parts
    })
}

fn sum_difference(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (sum, gap) = (n[0], n[1]);
    let greater = if let Some(found) =
        re(r"(\w+) has \d+ more than (\w+)\. How many stickers does (\w+)").captures(seen.stem)
    {
        found[1] == found[3]
    } else if let Some(found) =
        re(r"cast\. (\w+) won by \d+ votes against (\w+)\. How many votes did (\w+)").captures(seen.stem)
    {
        found[1] == found[3]
    } else {
        re(r"(?:the|What is the) (?:greater|longer) ").is_match(seen.stem)
    };
    fits(seen, |n| if greater { n + (n - gap) == sum } else { n + (n + gap) == sum })
}

fn ages(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem);
    let (gap, years, later) = (n[0], n[1], n[2]);
    let found = re(r"^(\w+) is \d+ years (older|younger) than (\w+)\. .* How old is (\w+) now")
        .captures(seen.stem)?;
    assert_eq!(&found[4], if &found[2] == "older" { &found[3] } else { &found[1] });
    fits(seen, |young| (young + years) + (young + gap + years) == later)
}

fn times_as_old(seen: &Seen) -> Option<usize> {
    let found = re(r"(\w+)'s (\w+) is (.*?) as old as \w+\. In (\d+) years, the \w+ will be (.*?) as old .* How old is (.*) now\?").captures(seen.stem)?;
    let (now, then, years) = (often(&found[3]), often(&found[5]), found[4].parse::<i128>().ok()?);
    let asks_child = found[6] == found[1];
    let young = (1..60).find(|k| now * k + years == then * (k + years))?;
    seen.worth((if asks_child { young } else { young * now }).into())
}

fn coins(seen: &Seen) -> Option<usize> {
    let worth = |name: &str| match name {
        "pennies" => 1,
        "nickels" => 5,
        "dimes" => 10,
        _ => 25,
    };
    let kinds: Vec<&str> =
        re(r"pennies|nickels|dimes|quarters").find_iter(seen.stem).map(|one| one.as_str()).collect();
    let value =
        numbers(&re(r"\$\d+(?:\.\d\d)?").find(seen.stem)?.as_str().replace('$', ""))[0].times(100.into());
    let count = whole(seen.stem, r"{N} coins")?[0];
    let asked = kinds[2];
    let other = if asked == kinds[0] { kinds[1] } else { kinds[0] };
    fits(seen, |n| n <= count && Frac::from(n * worth(asked) + (count - n) * worth(other)) == value)
}

fn tickets(seen: &Seen) -> Option<usize> {
    let n = whole(
        seen.stem,
        r"cost {N} for a child and {N} for an adult\. In all, {N} tickets were sold for {N}\.",
    )?;
    let adult = seen.stem.contains("How many adult");
    fits(seen, |k| {
        let (children, adults) = if adult { (n[2] - k, k) } else { (k, n[2] - k) };
        children * n[0] + adults * n[1] == n[3]
    })
}

/// Every order of four.
fn orders() -> Vec<[usize; 4]> {
    let mut all = Vec::new();
    for n in 0..256_usize {
        let one = [n / 64, n / 16 % 4, n / 4 % 4, n % 4];
        if (0..4).all(|k| one.contains(&k)) {
            all.push(one);
        }
    }
    all
}

fn order(seen: &Seen) -> Option<usize> {
    let clues: Vec<(usize, usize)> =
        re(r"(\w+) (?:finished|is|has) (before|after|taller than|shorter than|older than|younger than|more stamps than|fewer stamps than) (\w+)\.")
            .captures_iter(seen.stem)
            .map(|found| {
                let who = |name: &str| seen.choices.iter().position(|one| *one == name).unwrap();
                let (a, b) = (who(&found[1]), who(&found[3]));
                if ["before", "taller than", "older than", "more stamps than"].contains(&&found[2]) { (a, b) } else { (b, a) }
            })
            .collect();
    assert_eq!(clues.len(), 3);
    let place = |order: &[usize; 4], who: usize| order.iter().position(|one| *one == who).unwrap();
    let good: Vec<[usize; 4]> = orders()
        .into_iter()
        .filter(|order| clues.iter().all(|(a, b)| place(order, *a) < place(order, *b)))
        .collect();
    let [only] = good[..] else { return None };
    let asked = seen.stem.rsplit_once("Who ")?.1;
    Some(match asked {
        a if a.contains("second") => only[1],
        a if a.contains("third") => only[2],
        a if re(r"last|shortest|youngest|fewest").is_match(a) => only[3],
        _ => only[0],
    })
}

fn weekday(seen: &Seen) -> Option<usize> {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let from = names.iter().position(|day| seen.stem.contains(day))?;
    let days = whole(seen.stem, r"{N} days")?[0];
    let back = re(r"ago|earlier|before that").is_match(seen.stem);
    let mut at = from;
    for _ in 0..days {
        at = if back { (at + 6) % 7 } else { (at + 1) % 7 };
    }
    seen.says(names[at])
}

/// "first", "12th".
fn place(word: &str) -> i128 {
    let words = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth",
    ];
    words
        .iter()
        .position(|one| *one == word)
        .map_or_else(|| ints(&word[..word.len() - 2])[0], |at| at as i128 + 1)
}

fn places(seen: &Seen) -> Option<usize> {
    let stem = seen.stem;
    if let Some(found) =
        re(r"(?:is|the) (\w+) from the (?:front|left).*? and (?:the )?(\w+) from the").captures(stem)
    {
        let (a, b) = (place(&found[1]), place(&found[2]));
        // In a line of that length the two places are the same one.
        return fits(seen, |all| all + 1 - a == b);
    }
    if let Some(found) = re(r"are (\d+) runners .* comes in (\w+)\.").captures(stem) {
        let (all, a): (i128, i128) = (found[1].parse().unwrap(), place(&found[2]));
        return seen.worth((((a + 1)..=all).count() as i128).into());
    }
    let found = re(r"line of (\d+) people\. .* is (\w+)\.").captures(stem)?;
    let (all, a): (i128, i128) = (found[1].parse().unwrap(), place(&found[2]));
    let rank = (1..=all).rev().position(|one| one == a)? as i128 + 1;
    seen.worth(rank.into())
}

/// The pairs of some, counted one by one.
fn pairs(n: i128) -> i128 {
    (0..n).map(|a| (a + 1..n).count() as i128).sum()
}

fn handshakes(seen: &Seen) -> Option<usize> {
    let n = ints(seen.stem)[0];
    let times = if seen.stem.contains("shakes hands once") { 1 } else { often(seen.stem) };
    seen.worth((pairs(n) * times).into())
}

fn tournament(seen: &Seen) -> Option<usize> {
    let n = whole(seen.stem, r"{N} (?:players|teams) .* into {N} equal")?;
    let mut games = n[1] * pairs(n[0] / n[1]);
    let mut still = n[1];
    while still > 1 {
        games += still / 2;
        still -= still / 2;
    }
    seen.worth((games + i128::from(seen.stem.contains("third place"))).into())
}

fn remainders(seen: &Seen) -> Option<usize> {
    let start = whole(seen.stem, r"(?:more|greater) than {N} ")?[0];
    let conditions: Vec<(i128, i128)> = if seen.stem.contains("remainder of") {
        let n = whole(
            seen.stem,
            r"remainder of {N} when divided by {N} and a remainder of {N} when divided by {N}\?",
        )?;
        vec![(n[1], n[0]), (n[3], n[2])]
    } else {
        re(r"(?:groups|rows) of (\d+), (none|\d+) ")
            .captures_iter(seen.stem)
            .map(|found| (found[1].parse().unwrap(), found[2].parse().unwrap_or(0)))
            .collect()
    };
    assert_eq!(conditions.len(), 2);
    let good = |n: i128| n > start && conditions.iter().all(|(by, rest)| (n - rest) % by == 0);
    let least = (start + 1..).find(|n| good(*n))?;
    fits(seen, |n| good(n) && n == least)
}

fn digits(seen: &Seen) -> Option<usize> {
    let sum = whole(seen.stem, r"(?:add up to|digits is|sum of) {N}")?[0];
    let clue = seen.stem.split(". ").find(|part| part.contains("tens digit"))?;
    let n = ints(clue).first().copied().unwrap_or(0);
    fits(seen, |k| {
        let (t, o) = (k / 10, k % 10);
        t + o == sum
            && (10..100).contains(&k)
            && match clue {
                c if c.contains("greater than the ones") => t == o + n,
                c if c.contains("less than the ones") => o == t + n,
                c if c.starts_with("The ones digit is") => o == n * t,
                c if c.starts_with("The tens digit is") => t == n * o,
                c => t * o == n && (t > o) == c.contains("greater"),
            }
    })
}

fn from_digits(seen: &Seen) -> Option<usize> {
    let list = re(r"\d(?:, \d)+").find(seen.stem)?.as_str().replace(", ", "");
    let mut wanted: Vec<char> = list.chars().collect();
    wanted.sort_unstable();
    let odd = seen.stem.contains(" odd ");
    let high = seen.stem.contains("greatest");
    let good = (1..10_i128.pow(wanted.len() as u32)).filter(|n| {
        let mut all: Vec<char> = n.to_string().chars().collect();
        all.sort_unstable();
        all == wanted && (n % 2 == 1) == odd
    });
    let best = if high { good.max() } else { good.min() };
    seen.worth(best?.into())
}

fn consecutive(seen: &Seen) -> Option<usize> {
    let found = re(r"(three|four|five|six|seven) (?:neighboring houses have )?consecutive (\w+) numbers")
        .captures(seen.stem)?;
    let (count, step) = (spelled(&found[1]), if &found[2] == "whole" { 1 } else { 2 });
    let sum = ints(seen.stem)[0];
    let greatest = seen.stem.contains("greatest");
    fits(seen, |n| {
        let run: Vec<i128> = (0..count).map(|k| if greatest { n - k * step } else { n + k * step }).collect();
        let parity = match &found[2] {
            "even" => n % 2 == 0,
            "odd" => n % 2 == 1,
            _ => true,
        };
        run.iter().sum::<i128>() == sum && parity
    })
}

fn page_digits(seen: &Seen) -> Option<usize> {
    let last = whole(seen.stem, r"from 1 to {N}")?[0];
    let all: String = (1..=last).map(|n| n.to_string()).collect();
    seen.worth((all.len() as i128).into())
}

fn toothpicks(seen: &Seen) -> Option<usize> {
    let shown: Vec<i128> =
        re(r"(\d+) toothpicks").captures_iter(seen.figure?).map(|found| found[1].parse().unwrap()).collect();
    let step = shown[1] - shown[0];
    assert_eq!(step, shown[2] - shown[1]);
    // The figures are built one after another.
    let figure = |n: i128| (1..n).fold(shown[0], |sum, _| sum + step);
    if let Some(n) = whole(seen.stem, r"has {N} toothpicks") {
        return fits(seen, |k| figure(k) == n[0]);
    }
    let n = whole(seen.stem, r"(?:Figure|row of) {N}\b")?[0];
    seen.worth(figure(n).into())
}

fn repeating(seen: &Seen) -> Option<usize> {
    let list =
        re(r"(?:moves|order|colors|shapes) (\w+(?:, \w+)+?), (?:over|and repeats)").captures(seen.stem)?;
    let block: Vec<&str> = list.get(1)?.as_str().split(", ").collect();
    let n: usize = re(r"(\d+)(?:st|nd|rd|th)\b").captures(seen.stem).map_or_else(
        || re(r"the (\w+)(?: \w+)?\?").captures(seen.stem).map(|found| place(&found[1]) as usize),
        |found| found[1].parse().ok(),
    )?;
    seen.says(block.iter().cycle().nth(n - 1)?)
}

fn dots(seen: &Seen) -> Option<usize> {
    let n = ints(seen.figure?);
    let mut all: Vec<i128> = n.chunks(2).skip(0).map(|pair| pair[1]).collect();
    assert_eq!(all.len(), 4);
    let figure = whole(seen.stem, r"Figure {N}\b")?[0] as usize;
    while all.len() < figure {
        // The third difference is nothing.
        let k = all.len();
        all.push(3 * all[k - 1] - 3 * all[k - 2] + all[k - 3]);
    }
    seen.worth(all[figure - 1].into())
}

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
