//! Comparisons in stories: prices, ages, coins, groups.

use super::write::{n, slip};
use super::{A, B, EQUAL, UNKNOWN, compare, either, order, settle, verdict};
use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int, money};
use crate::level::Level::{Middle, Upper};
use crate::level::Section::Quantitative;
use crate::level::Strand;
use crate::story::count;

pub const TEMPLATES: &[Template] = &[
    Template {
        id: "compare-price-changes",
        skill: "comparison.problems",
        strand: Strand::Problems,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: price_changes,
    },
    Template {
        id: "compare-two-discounts",
        skill: "comparison.problems",
        strand: Strand::Problems,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: discounts,
    },
    Template {
        id: "compare-ages",
        skill: "comparison.problems",
        strand: Strand::Problems,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: ages,
    },
    Template {
        id: "compare-coins",
        skill: "comparison.problems",
        strand: Strand::Problems,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: coins,
    },
    Template {
        id: "compare-groups-by-ratio",
        skill: "comparison.problems",
        strand: Strand::Problems,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: groups,
    },
    Template {
        id: "compare-unit-prices",
        skill: "comparison.problems",
        strand: Strand::Problems,
        sections: &[Quantitative],
        levels: &[Middle, Upper],
        make: unit_prices,
    },
];

fn price_changes(g: &mut Gen) -> Option<Draft> {
    let (p, q) = (5 * g.int(1..=12), 5 * g.int(1..=12));
    let q = if g.one_in(3) { p } else { q };
    let rises = g.one_in(2);
    // A rise of 25% is just undone by a fall of 20%.
    let (p, q) = if g.one_in(5) { if rises { (25, 20) } else { (20, 25) } } else { (p, q) };
    let thing = g.pick(&["a bike", "a jacket", "a tent", "a guitar", "a game", "a lamp"]);
    let after = if rises { Q::new((100 + p) * (100 - q), 100) } else { Q::new((100 - p) * (100 + q), 100) };
    let right = order(after, 100);
    let (first, second) = if rises { ("raised", "lowered") } else { ("lowered", "raised") };
    let middle = if rises { 100 + p } else { 100 - p };
    Some(
        compare(
            &format!("The price of {thing} is {first} by {p}%. Later the new price is {second} by {q}%."),
            "the price after both changes",
            "the price before both changes",
            right,
            &[
                (if rises { order(p, q) } else { order(q, p) }, slip("percents-of-same-price", "takes both percents of the same price, though the second is taken of the changed one")),
                (UNKNOWN, slip("price-not-given", "thinks that the price must be known to compare percents of it")),
            ],
        )
        .hint("Suppose that the price is $100 at first. What is it after the first change?")
        .hint("The second percent is taken of the new price, not of the first one.")
        .step(format!("From $100, the first change leads to ${middle}."), money(100 * middle))
        .step(format!("{q}% of ${middle} is {}.", money(Q::from(q * middle)).text), money(Q::from(q * middle)))
        .step(format!("After the second change, the price is {}. For any other price it goes the same way.", money(after * 100).text), money(after * 100))
        .say(verdict(right)),
    )
}

fn discounts(g: &mut Gen) -> Option<Draft> {
    let (price, percent) = (10 * g.by_level([2..=20, 2..=20, 2..=20, 2..=40]), 5 * g.int(2..=10));
    let off = Q::new(price * percent, 100);
    let amount = match g.int(0..=3) {
        0 => off.whole()?,
        1 => percent,
        _ => off.round().whole()? + g.int(-6..=6),
    };
    let known = !g.one_in(4);
    let thing = g.pick(&["a backpack", "a pair of shoes", "a watch", "a skateboard", "a coat"]);
    if amount < 1 || amount >= price {
        return None;
    }
    let right = if known { order(amount, off) } else { UNKNOWN };
    let given = if known {
        format!("The regular price of {thing} is ${price}.")
    } else {
        format!("The regular price of {thing} is more than ${amount}.")
    };
    let draft = compare(
        &given,
        &format!("the price with {percent}% off the regular price"),
        &format!("the price with ${amount} off the regular price"),
        right,
        &[
            (
                order(amount, percent),
                slip("percent-as-dollars", "takes a percent off as if it were that many dollars"),
            ),
            (
                order(off, amount),
                slip(
                    "compares-discounts-not-prices",
                    "compares the discounts and forgets that a greater discount makes a smaller price",
                ),
            ),
            (EQUAL, slip("discounts-look-equal", "takes two discounts as equal without working them out")),
        ],
    )
    .hint("How many dollars does each offer take off? Does the percent depend on something?")
    .hint("The greater discount leaves the smaller price.");
    Some(if known {
        draft
            .step(format!("{percent}% of ${price} is {}.", money(off * 100).text), money(off * 100))
            .step(
                format!("With the percent, the price is {}.", money((Q::from(price) - off) * 100).text),
                money((Q::from(price) - off) * 100),
            )
            .step(
                format!("With the dollars, it is ${price} − ${amount} = ${}.", price - amount),
                money(100 * (price - amount)),
            )
            .say(verdict(right))
    } else {
        // The two offers are equal where the percent of the price is the amount.
        let meet = Q::new(100 * amount, percent).round().whole()?;
        draft
            .say(format!(
                "For a price only a little more than ${amount}, {percent}% of it is less than ${amount}."
            ))
            .say(format!("For a price far above ${}, {percent}% of it is more than ${amount}.", n(meet)))
            .say(verdict(UNKNOWN))
    })
}

fn ages(g: &mut Gen) -> Option<Draft> {
    let names = g.several(&crate::story::CHILDREN, 3);
    let [one, two, three] = [names.first()?.name, names.get(1)?.name, names.get(2)?.name];
    let (a, b) = (g.int(1..=6), g.int(1..=6));
    let years = |k: i64| count(k, "year", "years");
    let kind = g.int(0..=6);
    let (given, right, say) = match kind {
        0 => (
            format!("{one} is {} older than {two}. {three} is {} older than {two}.", years(a), years(b)),
            order(a, b),
            format!("Both are compared with {two}: {one} is {a} more, and {three} is {b} more."),
        ),
        1 => (
            format!("{one} is {} older than {two}. {three} is {} younger than {two}.", years(a), years(b)),
            A,
            format!("{one} is older than {two}, and {three} is younger."),
        ),
        2 => (
            format!("{one} is {} older than {two}. {three} is older than {two}.", years(a)),
            UNKNOWN,
            format!("Nothing tells how much older than {two} {three} is. It can be less than {} or more.", years(a)),
        ),
        3 => (
            format!("{one} is {} younger than {two}. {two} is {} older than {three}.", years(a), years(b)),
            order(b, a),
            format!("Go down {a} from {two} to find {one}, and go down {b} from {two} to find {three}."),
        ),
        4 => (
            format!("{one} is younger than {two}. {two} is {} younger than {three}.", years(a)),
            B,
            format!("{two} stands between the other two, {one} below and {three} above."),
        ),
        5 => (
            format!("{one} and {three} are both at least {} younger than {two}.", years(a)),
            UNKNOWN,
            format!("Both are younger than {two}, but nothing compares {one} with {three}."),
        ),
        _ => (
            format!("In {a} years, {one} will be as old as {two} is now. {three} was as old as {two} is now {} ago.", years(b)).replace("In 1 years", "In 1 year"),
            B,
            format!("{one} is younger than {two} is, and {three} is older."),
        ),
    };
    Some(
        compare(
            &given,
            &format!("{one}'s age"),
            &format!("{three}'s age"),
            right,
            &[
                (A, slip("reads-first-name-older", "takes the person who is named first for the older one")),
                (
                    B,
                    slip("turns-older-and-younger", "turns older and younger around in one of the sentences"),
                ),
                (
                    EQUAL,
                    slip(
                        "same-words-same-age",
                        "takes two people as equal because the same is said about both",
                    ),
                ),
                (
                    UNKNOWN,
                    slip("ages-not-given", "thinks that ages cannot be compared unless they are given"),
                ),
            ],
        )
        .hint(format!("Draw a line for the ages and put {two} on it first."))
        .hint(format!("Where on the line can {one} be, and where can {three} be?"))
        .say(say)
        .say(verdict(right)),
    )
}

fn coins(g: &mut Gen) -> Option<Draft> {
    let child = g.child();
    let (large, small, v, w) =
        g.pick(&[("quarters", "dimes", 25, 10), ("dimes", "nickels", 10, 5), ("quarters", "nickels", 25, 5)]);
    let (x, y) = (g.int(1..=8), g.int(1..=9));
    let worth = v * x + w * y;
    let told = g.one_in(2);
    let total = x + y;
    let against = g.one_in(2);
    let options: Vec<(i64, i64)> = (1..=worth / v)
        .filter(|i| worth > v * i && (worth - v * i) % w == 0)
        .map(|i| (i, (worth - v * i) / w))
        .filter(|(i, j)| !told || i + j == total)
        .collect();
    let bound = x + g.int(-1..=1);
    let orders = options.iter().map(|(i, j)| if against { order(*i, *j) } else { order(*i, bound) });
    let right = settle(orders);
    if bound < 1 || options.len() > 5 {
        return None;
    }
    let value = money(worth).text;
    let given = if told {
        format!(
            "{} has {total} coins, all of them {large} and {small}, worth {value} in all. {} has at least one of each.",
            child.name,
            child.they_capital()
        )
    } else {
        format!(
            "{} has only {large} and {small}, worth {value} in all. {} has at least one of each.",
            child.name,
            child.they_capital()
        )
    };
    let texts: Vec<String> = options.iter().map(|(i, j)| format!("{i} with {j}")).collect();
    Some(
        compare(
            &given,
            &format!("the number of {large}"),
            &if against { format!("the number of {small}") } else { n(bound) },
            right,
            &[
                (
                    EQUAL,
                    slip("assumes-even-split", "assumes that there are as many of one kind as of the other"),
                ),
                (
                    A,
                    slip(
                        "worth-more-so-more",
                        "thinks that there must be more of the coins that are worth more",
                    ),
                ),
                (
                    B,
                    slip(
                        "worth-less-so-more",
                        "thinks that it always takes more of the coins that are worth less",
                    ),
                ),
                (UNKNOWN, slip("coins-not-given", "thinks that the coins cannot be found from their value")),
            ],
        )
        .hint(format!("Begin with one of the {large}. How much is left for the {small}?"))
        .hint("Make a list of all the pairs of numbers that fit.")
        .say(format!(
            "The numbers of {large} and {small}, in this order, can {}be {}.",
            if texts.len() == 1 { "only " } else { "" },
            either(&texts)
        ))
        .say(verdict(right)),
    )
}

fn groups(g: &mut Gen) -> Option<Draft> {
    let (a, b) = g.two(1..=7);
    let (c, d) = if g.one_in(4) {
        let k = g.int(2..=3);
        (a * k, b * k)
    } else {
        g.two(1..=7)
    };
    if Q::new(a, b).bottom() != b
        || (a, b) == (c, d)
        || (Q::new(c, d) != Q::new(a, b) && Q::new(c, d).bottom() != d)
    {
        return None;
    }
    let (p, q, place, one, two) = g.pick(&[
        ("Class P", "Class Q", "class", "boys", "girls"),
        ("Team P", "Team Q", "team", "seniors", "juniors"),
        ("Farm P", "Farm Q", "farm", "goats", "sheep"),
        ("Choir P", "Choir Q", "choir", "altos", "sopranos"),
    ]);
    let kind = g.int(0..=2);
    let (first, second) = (Q::new(a, a + b), Q::new(c, c + d));
    let (k, m) = (g.int(2..=5), g.int(2..=5));
    let (totals, right) = match kind {
        0 => (String::new(), UNKNOWN),
        1 => (String::new(), order(first, second)),
        _ => (
            format!(
                " {p} has {} {one} and {two} in all, and {q} has {} {one} and {two} in all.",
                k * (a + b),
                m * (c + d)
            ),
            order(k * a, m * c),
        ),
    };
    let given = format!("The ratio of {one} to {two} is {a} to {b} in {p} and {c} to {d} in {q}.{totals}");
    let columns = if kind == 1 {
        (
            format!("the fraction of the {one} and {two} in {p} who are {one}"),
            format!("the fraction of the {one} and {two} in {q} who are {one}"),
        )
    } else {
        (format!("the number of {one} in {p}"), format!("the number of {one} in {q}"))
    };
    let columns = if place == "farm" {
        (columns.0.replace(" who ", " that "), columns.1.replace(" who ", " that "))
    } else {
        columns
    };
    let draft = compare(
        &given,
        &columns.0,
        &columns.1,
        right,
        &[
            (
                order(a, c),
                slip("ratio-numbers-as-counts", "takes the numbers of a ratio for the numbers of things"),
            ),
            (order(first, second), slip("share-for-count", "takes a greater share for a greater number")),
            (order(d, b), slip("compares-other-part", "compares the other parts of the two ratios")),
            (UNKNOWN, slip("ratio-never-enough", "thinks that a ratio never tells enough for a comparison")),
        ],
    )
    .hint("A ratio tells how the parts compare with each other, not how many things there are.")
    .hint(match kind {
        0 => "Make up sizes for the two groups. Can you make either one have more?",
        1 => "Add the two parts of a ratio to get the whole.",
        _ => "How many equal parts are there in all, and how many things are in each part?",
    });
    Some(match kind {
        0 => draft
            .say(format!("A small {place} can have the ratio {a} to {b}, and so can a large one."))
            .say(format!("The same is true of {c} to {d}, so either {place} can have more {one}."))
            .say(verdict(UNKNOWN)),
        1 => draft
            .step(format!("In {p} it is {a} out of {}, which is {}.", a + b, frac(first).text), frac(first))
            .step(format!("In {q} it is {c} out of {}, which is {}.", c + d, frac(second).text), frac(second))
            .say(verdict(right)),
        _ => draft
            .step(
                format!("In {p} there are {} parts of {k} each, and {a} × {k} = {}.", a + b, a * k),
                int(a * k),
            )
            .step(
                format!("In {q} there are {} parts of {m} each, and {c} × {m} = {}.", c + d, c * m),
                int(c * m),
            )
            .say(verdict(right)),
    })
}

fn unit_prices(g: &mut Gen) -> Option<Draft> {
    let (one, many, holder) = g.pick(&[
        ("pencil", "pencils", "box"),
        ("bagel", "bagels", "bag"),
        ("battery", "batteries", "pack"),
        ("orange", "oranges", "bag"),
        ("sticker", "stickers", "sheet"),
    ]);
    let (a, b) = g.two(3..=16);
    let cents = 5 * g.by_level([3..=20, 3..=20, 3..=24, 3..=40]);
    let other = if g.one_in(3) { cents } else { cents + 5 * g.int(-3..=3) };
    if other < 10 {
        return None;
    }
    let (first, second) = (cents * a, other * b);
    let right = order(cents, other);
    let (x, y) = (money(first).text, money(second).text);
    Some(
        compare(
            &format!("A {holder} of {a} {many} costs {x}. Another {holder}, with {b} {many}, costs {y}."),
            &format!("the price per {one} in the first {holder}"),
            &format!("the price per {one} in the second {holder}"),
            right,
            &[
                (
                    order(first, second),
                    slip("total-price-only", "compares the total prices and not the prices for one"),
                ),
                (
                    order(b, a),
                    slip("bigger-pack-cheaper", "thinks that a larger pack always costs less for each"),
                ),
                (
                    order(a, b),
                    slip("more-things-dearer", "thinks that a larger pack always costs more for each"),
                ),
            ],
        )
        .hint(format!("How much does one {one} cost in each {holder}?"))
        .hint(format!("Divide each price by the number of {many}."))
        .step(format!("The first: {x} ÷ {a} = {}.", money(cents).text), money(cents))
        .step(format!("The second: {y} ÷ {b} = {}.", money(other).text), money(other))
        .say(verdict(right)),
    )
}
