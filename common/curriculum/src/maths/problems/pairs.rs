//! Two unknown amounts: guess and check, sums and differences, ages, coins, tickets.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, money};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{QUANT, mistake, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Problems, "wheels-and-legs", "problems.two-kinds", QUANT, &[Lower, Middle], wheels),
    template(
        Problems,
        "sum-and-difference",
        "problems.sum-difference",
        QUANT,
        &[Lower, Middle],
        sum_difference,
    ),
    template(Problems, "ages-now-and-later", "problems.ages", QUANT, &[Lower, Middle, Upper], ages),
    template(Problems, "ages-times-as-old", "problems.ages", QUANT, &[Middle, Upper], times_as_old),
    template(Problems, "coins-of-two-kinds", "problems.two-kinds", QUANT, &[Lower, Middle, Upper], coins),
    template(Problems, "tickets-of-two-prices", "problems.two-kinds", QUANT, &[Middle, Upper], tickets),
];

fn wheels(g: &mut Gen) -> Option<Draft> {
    let (place, small, many, small_n, big_n, part) = g.pick(&[
        ("a bike shop", "bicycles", "tricycles", 2, 3, "wheels"),
        ("a farm", "hens", "goats", 2, 4, "legs"),
        ("a craft store", "three-legged stools", "four-legged chairs", 3, 4, "legs"),
        ("a parking lot", "motorcycles", "cars", 2, 4, "wheels"),
        ("a jar", "beetles", "spiders", 6, 8, "legs"),
    ]);
    let top = g.by_level([6..=6, 14..=14, 40..=40, 40..=40]);
    let (a, b) = g.two(3..=top);
    let (heads, parts) = (a + b, a * small_n + b * big_n);
    let ask_big = g.one_in(2);
    let (asked, key, other) = if ask_big { (many, b, a) } else { (small, a, b) };
    let each_small = crate::story::spelled(small_n);
    let each_big = crate::story::spelled(big_n);
    let child = g.child();
    let stem = if g.one_in(2) {
        format!(
            "In {place} there are {heads} {small} and {many} in all. Each of the {small} has {each_small} {part}, and each of the {many} has {each_big} {part}. Together they have {parts} {part}. How many {asked} are there?"
        )
    } else {
        format!(
            "{} counts {parts} {part} in {place}, where there are only {small}, with {each_small} {part} each, and {many}, with {each_big} {part} each. There are {heads} of them in all. How many are {asked}?",
            child.name
        )
    };
    let stem = stem.replace("a jar", if stem.contains("In a jar") { "a glass tank" } else { "a tank" });
    let all_small = heads * small_n;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(other), mistake("answers-for-the-other-kind", "gives the number of the other kind"))
            .wrong(
                int(Q::new(heads, 2)),
                mistake("half-of-each-kind", "thinks there are as many of the one kind as of the other"),
            )
            .wrong(
                int(Q::new(parts, if ask_big { big_n } else { small_n })),
                mistake(
                    "divides-all-parts-by-one-kind",
                    "divides all of them as if there were only one kind",
                ),
            )
            .wrong(
                positive(parts - all_small),
                mistake("stops-at-the-extra-parts", "stops at the number of extra ones"),
            )
            .wrong(positive(parts - heads), mistake("subtracts-the-totals", "subtracts the two totals"))
            .hint(format!("Suppose that all of them were {small}. How many {part} would there be?"))
            .hint(format!(
                "Every time one of the {small} is changed for one of the {many}, how many {part} are added?"
            ))
            .step(
                format!(
                    "If all {heads} were {small}, there would be {heads} × {small_n} = {all_small} {part}."
                ),
                int(all_small),
            )
            .step(format!("There are {} more.", parts - all_small), int(parts - all_small))
            .step(
                format!("Each of the {many} brings {} more, so there are {b} {many}.", big_n - small_n),
                int(b),
            )
            .step(format!("The number of {small} is {heads} − {b} = {a}."), int(a)),
    )
}

fn sum_difference(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([10..=10, 40..=40, 250..=250, 250..=250]);
    let small = g.int(4..=top);
    let gap = g.int(3..=top / 2);
    let big = small + gap;
    let sum = small + big;
    let [first, second] = g.children();
    let ask_big = g.one_in(2);
    let (key, other) = if ask_big { (big, small) } else { (small, big) };
    let who = if ask_big { first.name } else { second.name };
    let stem = match g.int(0..=3) {
        0 => format!(
            "{} and {} have {sum} stickers altogether. {} has {gap} more than {}. How many stickers does {who} have?",
            first.name, second.name, first.name, second.name
        ),
        1 => format!(
            "The sum of two numbers is {sum}, and their difference is {gap}. What is the {} number?",
            if ask_big { "greater" } else { "smaller" }
        ),
        2 => format!(
            "A rope {sum} feet long is cut into two pieces. One piece is {gap} feet longer than the other. How many feet long is the {} piece?",
            if ask_big { "longer" } else { "shorter" }
        ),
        _ => format!(
            "In an election with two candidates, {sum} votes were cast. {} won by {gap} votes against {}. How many votes did {who} get?",
            first.name, second.name
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(other), mistake("other-of-the-two", "gives the other one of the two numbers"))
            .wrong(
                int(Q::new(sum, 2)),
                mistake("splits-evenly", "splits the total evenly and ignores the difference"),
            )
            .wrong(
                int(if ask_big { Q::new(sum, 2) + gap } else { Q::new(sum, 2) - gap }),
                mistake(
                    "half-plus-whole-difference",
                    "splits the total evenly and then moves the whole difference",
                ),
            )
            .wrong(
                int(sum - gap),
                mistake("subtracts-difference-from-sum", "subtracts the difference from the total and stops"),
            )
            .wrong(
                int(sum + gap),
                mistake("adds-difference-to-sum", "adds the difference to the total and stops"),
            )
            .hint("What would the total be if both were as small as the smaller one?")
            .hint("Take the difference away from the total. Then what is left is twice the smaller one.")
            .step(
                format!("Without the extra {gap} there would be {sum} − {gap} = {}.", sum - gap),
                int(sum - gap),
            )
            .step(format!("Half of that is the smaller one: {small}."), int(small))
            .step(format!("The greater one is {small} + {gap} = {big}."), int(big)),
    )
}

fn ages(g: &mut Gen) -> Option<Draft> {
    let [a, b] = g.children();
    let young = g.int(4..=if g.level() == Lower { 12 } else { 16 });
    let gap = g.int(2..=if g.level() == Lower { 9 } else { 25 });
    let years = g.int(2..=if g.level() == Lower { 6 } else { 12 });
    let old = young + gap;
    let later = young + old + 2 * years;
    let kind = g.int(0..=1);
    let stem = match kind {
        0 => format!(
            "{} is {gap} years older than {}. In {years} years, the sum of their ages will be {later}. How old is {} now?",
            a.name, b.name, b.name
        ),
        _ => format!(
            "{} is {gap} years younger than {}. In {years} years their ages will add up to {later}. How old is {} now?",
            b.name, a.name, b.name
        ),
    };
    let sum = later - 2 * years;
    Some(
        Draft::new(stem)
            .key(int(young))
            .wrong(
                int(Q::new(later - years - gap, 2)),
                mistake("only-one-gets-older", "lets only one of the two get older"),
            )
            .wrong(
                int(young + years),
                mistake("later-age-for-now", "gives the age in the future instead of now"),
            )
            .wrong(int(old), mistake("age-of-the-older", "gives the age of the older one"))
            .wrong(
                int(Q::new(sum, 2)),
                mistake("splits-evenly", "splits the total evenly and ignores the difference"),
            )
            .wrong(int(Q::new(later - gap, 2)), mistake("forgets-the-years", "forgets the years in between"))
            .wrong(
                int(young + gap + years),
                mistake("older-and-later", "gives the older one's age in the future"),
            )
            .hint(format!("Both of them grow older by {years} years, so what is the sum of their ages now?"))
            .hint("Then take away the difference, and what is left is twice the younger age.")
            .step(format!("Now the sum is {later} − {years} − {years} = {sum}."), int(sum))
            .step(format!("{sum} − {gap} = {} is twice the younger age.", sum - gap), int(sum - gap))
            .step(format!("The younger age is {} ÷ 2 = {young}.", sum - gap), int(young)),
    )
}

fn times_as_old(g: &mut Gen) -> Option<Draft> {
    let (now, then) =
        g.pick(&[(3, 2), (4, 2), (4, 3), (5, 3), (5, 2), (6, 4), (7, 3), (5, 4), (6, 3), (7, 4), (7, 5)]);
    let years = g.int(2..=if g.level() == Upper { 24 } else { 15 });
    // now × x + years = then × (x + years)
    let key = Q::new(years * (then - 1), now - then).whole()?;
    let old = now * key;
    if !(2..=20).contains(&key) || old > 95 || old - key < 15 && g.one_in(2) {
        return None;
    }
    let child = g.child();
    let (one, their) = (child.name, child.their);
    let relation = g.pick(&["aunt", "uncle", "cousin", "neighbor"]);
    let words = ["", "", "twice", "3 times", "4 times", "5 times", "6 times", "7 times"];
    let (often, less) = (words[usize::try_from(now).ok()?], words[usize::try_from(then).ok()?]);
    let ask_old = g.one_in(3);
    let stem = format!(
        "{one}'s {relation} is {often} as old as {one}. In {years} years, the {relation} will be {less} as old as {one} will be then. How old is {} now?",
        if ask_old { format!("{one}'s {relation}") } else { one.to_owned() }
    );
    let answer = if ask_old { old } else { key };
    Some(
        Draft::new(stem)
            .key(int(answer))
            .wrong(
                int(if ask_old { key } else { old }),
                mistake("other-of-the-two", "gives the other one of the two numbers"),
            )
            .wrong(
                int(answer + years),
                mistake("later-age-for-now", "gives the age in the future instead of now"),
            )
            .wrong(
                positive(if ask_old { Q::new(years * now, now - then) } else { Q::new(years, now - then) }),
                mistake("years-not-multiplied", "lets only the older one get older"),
            )
            .wrong(
                int(years * then),
                mistake("multiplies-years", "multiplies the years by the times in the future"),
            )
            .wrong(int(years), mistake("years-for-age", "takes the number of years for an age"))
            .hint(format!("Both grow older by {years} years. Try an age for {one} and check both sentences."))
            .hint(format!("Let {their} age be a letter. Write both ages in {years} years with it."))
            .say(format!("If {one} is k years old, the {relation} is {now} × k."))
            .say(format!("In {years} years: {now} × k + {years} = {then} × (k + {years})."))
            .step(
                if now - then == 1 {
                    format!("Take away {then} × k and {years} on both sides: k = {}.", years * (then - 1))
                } else {
                    format!(
                        "Take away {then} × k and {years} on both sides: {} × k = {}.",
                        now - then,
                        years * (then - 1)
                    )
                },
                int(years * (then - 1)),
            )
            .step(format!("{one} is {key}, and the {relation} is {old}."), int(answer)),
    )
}

fn coins(g: &mut Gen) -> Option<Draft> {
    let (p, q) = g.pick(&[
        ((5, "nickels"), (10, "dimes")),
        ((10, "dimes"), (25, "quarters")),
        ((5, "nickels"), (25, "quarters")),
        ((1, "pennies"), (5, "nickels")),
        ((1, "pennies"), (10, "dimes")),
    ]);
    let top = g.by_level([5..=5, 9..=9, 20..=20, 45..=45]);
    let (a, b) = g.two(2..=top);
    let (coins, cents) = (a + b, a * p.0 + b * q.0);
    if cents % 100 != 0 && cents % 100 < 10 || p.0 == 1 && g.level() == Upper {
        return None;
    }
    let child = g.child();
    let ask_big = g.one_in(2);
    let (asked, key, other) = if ask_big { (q.1, b, a) } else { (p.1, a, b) };
    let value = money(cents).text;
    let stem = match g.int(0..=2) {
        0 => format!(
            "{} has {coins} coins, all {} and {}. They are worth {value}. How many {asked} does {} have?",
            child.name, p.1, q.1, child.they
        ),
        1 => format!(
            "A jar holds only {} and {}. There are {coins} coins with a total value of {value}. How many {asked} are in the jar?",
            p.1, q.1
        ),
        _ => format!(
            "{} paid {value} with {coins} coins, using only {} and {}. How many {asked} did {} use?",
            child.name, p.1, q.1, child.they
        ),
    };
    let least = coins * p.0;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(int(other), mistake("answers-for-the-other-kind", "gives the number of the other kind"))
            .wrong(
                int(Q::new(coins, 2)),
                mistake("half-of-each-kind", "thinks there are as many of the one kind as of the other"),
            )
            .wrong(
                int(Q::new(cents, if ask_big { q.0 } else { p.0 })),
                mistake("value-as-one-kind", "divides the whole value as if all the coins were of one kind"),
            )
            .wrong(
                int(Q::new(cents - least, q.0)),
                mistake(
                    "exchange-at-full-value",
                    "divides the extra value by the greater coin instead of by the difference of the coins",
                ),
            )
            .wrong(
                int(coins - 1),
                mistake("only-one-of-the-other", "thinks there is only one of the other kind"),
            )
            .wrong(
                positive((a - b).abs()),
                mistake(
                    "difference-of-the-kinds",
                    "gives how many more there are of one kind than of the other",
                ),
            )
            .hint(format!("Suppose that all the coins were {}. How much would they be worth?", p.1))
            .hint("Each time a coin is changed for one of the other kind, the value grows. By how much?")
            .step(
                format!("All {} would be worth {coins} × {} = {} cents.", p.1, p.0, int(least).text),
                int(least),
            )
            .step(
                format!(
                    "The value is {} cents, which is {} cents more.",
                    int(cents).text,
                    int(cents - least).text
                ),
                int(cents - least),
            )
            .step(format!("Each change adds {} cents, so there are {b} {}.", q.0 - p.0, q.1), int(b))
            .step(format!("The rest are {}: {coins} − {b} = {a}.", p.1), int(a)),
    )
}

fn tickets(g: &mut Gen) -> Option<Draft> {
    let (low, high) = g.two(3..=if g.level() == Upper { 25 } else { 12 });
    let (p, q) = (low.min(high), low.max(high));
    let top = if g.level() == Upper { 160 } else { 60 };
    let (a, b) = g.two(10..=top);
    let (count, total) = (a + b, a * p + b * q);
    let event = g.pick(&["school play", "concert", "game", "film show"]);
    let ask_big = g.one_in(2);
    let (asked, key, other) = if ask_big { ("adult", b, a) } else { ("child", a, b) };
    let least = count * p;
    Some(
        Draft::new(format!(
            "Tickets for a {event} cost {} for a child and {} for an adult. In all, {count} tickets were sold for {}. How many {asked} tickets were sold?",
            money(p * 100).text,
            money(q * 100).text,
            money(total * 100).text
        ))
        .key(int(key))
        .wrong(int(other), mistake("answers-for-the-other-kind", "gives the number of the other kind"))
        .wrong(int(Q::new(count, 2)), mistake("half-of-each-kind", "thinks there are as many of the one kind as of the other"))
        .wrong(int(Q::new(total - least, q)), mistake("exchange-at-full-price", "divides the extra money by the higher price instead of by the difference of the prices"))
        .wrong(int(Q::new(total, p + q)), mistake("adds-the-prices", "divides the money by the sum of the prices"))
        .wrong(positive((a - b).abs()), mistake("difference-of-the-kinds", "gives how many more there are of one kind than of the other"))
        .wrong(int(total / if ask_big { q } else { p }), mistake("all-money-by-one-price", "divides all the money by one of the prices"))
        .hint("Suppose that all the tickets had been sold to children. How much money would that be?")
        .hint("Compare with the real amount. How much more does one adult ticket bring?")
        .step(format!("All child tickets: {count} × {p} = {} dollars.", int(least).text), int(least))
        .step(format!("The real amount is {} dollars more.", int(total - least).text), int(total - least))
        .step(format!("Each adult ticket brings {} more, so {b} were for adults.", money((q - p) * 100).text), int(b))
        .step(format!("The others, {count} − {b} = {a}, were for children."), int(a)),
    )
}
