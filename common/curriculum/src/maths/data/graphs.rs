//! Bar graphs, pictographs and line graphs.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, int, words};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, mistake, plus, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "bar-graph-reading", "data.graphs", BOTH, &[Lower, Middle], bar_graph),
    template(Data, "pictograph-reading", "data.graphs", BOTH, &[Lower], pictograph),
    template(Data, "line-graph-steepest", "data.graphs", BOTH, &[Lower, Middle], line_graph),
];

/// A title, four groups, what one of the things counted is called, in the plural, and the word before a group.
type Survey = (&'static str, [&'static str; 4], &'static str, &'static str);

const SURVEYS: [Survey; 5] = [
    ("Books Sold", ["Store A", "Store B", "Store C", "Store D"], "books", "in"),
    ("Trees Planted", ["Elm Park", "Hill Park", "Lake Park", "East Park"], "trees", "in"),
    ("Tickets Sold", ["Monday", "Tuesday", "Thursday", "Friday"], "tickets", "on"),
    ("Cans Collected", ["Room 3", "Room 4", "Room 5", "Room 6"], "cans", "by"),
    ("Boats Rented", ["May", "June", "July", "August"], "boats", "in"),
];

/// "Sports: 40; Science: 35"
fn told(groups: &[&str], values: &[i64]) -> String {
    groups.iter().zip(values).map(|(group, value)| format!("{group}: {value}")).collect::<Vec<_>>().join("; ")
}

fn bar_graph(g: &mut Gen) -> Option<Draft> {
    let (title, mut groups, things, at) = g.pick(&SURVEYS);
    g.shuffle(&mut groups);
    let step = g.by_level([2..=2, 5..=5, 20..=20, 20..=20]);
    let values: Vec<i64> = g
        .several(&(2..=16).collect::<Vec<_>>(), 4)
        .iter()
        .map(|n| n * step / if step == 5 { 1 } else { 2 })
        .collect();
    let bars: Vec<(String, i64)> =
        groups.iter().zip(&values).map(|(group, value)| ((*group).to_owned(), *value)).collect();
    let picture = Picture::bars(
        format!("A bar graph titled {title}. The heights of the bars are: {}.", told(&groups, &values)),
        title,
        &bars,
        step * 2,
    );
    let (a, b, c) = (values[0], values[1], values[2]);
    let verb = title.split(' ').nth(1)?.to_lowercase();
    let all = plus(&values);
    let total: i64 = values.iter().sum();
    let draft = match g.int(0..=2) {
        0 if a > b => Draft::new(format!("According to the bar graph, how many more {things} were {verb} {at} {} than {at} {}?", groups[0], groups[1]))
            .key(int(a - b))
            .wrong(int(a + b), mistake("adds-to-compare", "adds the two numbers instead of finding their difference"))
            .wrong(int(a), mistake("reads-one-bar", "reads one bar and stops"))
            .wrong(positive((a - c).abs()), mistake("reads-the-wrong-bar", "reads the bar of another group"))
            .wrong(positive((b - c).abs()), mistake("compares-the-wrong-bars", "compares with the wrong bar"))
            .hint("How many more means how far apart the two bars reach.")
            .hint(format!("Read the bars of {} and {}, and subtract.", groups[0], groups[1]))
            .step(format!("The bar of {} reaches {a}.", groups[0]), int(a))
            .step(format!("The bar of {} reaches {b}.", groups[1]), int(b))
            .step(format!("The difference is {a} − {b} = {}.", a - b), int(a - b)),
        1 => Draft::new(format!("According to the bar graph, how many {things} were {verb} in all?"))
            .key(int(total))
            .wrong(int(total - values[3]), mistake("leaves-out-a-bar", "leaves out one of the bars"))
            .wrong(int(total - a), mistake("leaves-out-the-first-bar", "overlooks the first bar"))
            .wrong(int(*values.iter().max()?), mistake("tallest-bar-for-total", "takes the tallest bar for the total"))
            .wrong(int(a + b), mistake("adds-two-bars-only", "adds only the first two bars"))
            .hint("In all means every bar counts.")
            .hint("Read each bar, write the numbers under each other, and add.")
            .step(format!("Add all the bars: {all} = {total}."), int(total)),
        _ if a + b > c => Draft::new(format!(
            "According to the bar graph, how many more {things} were {verb} {at} {} and {} together than {at} {}?",
            groups[0], groups[1], groups[2]
        ))
        .key(int(a + b - c))
        .wrong(int(a + b + c), mistake("adds-to-compare-three", "adds all three numbers instead of comparing"))
        .wrong(int(a + b), mistake("stops-before-comparing", "adds the two groups and stops"))
        .wrong(positive((a - c).abs()), mistake("reads-one-of-two", "uses only one of the two groups that go together"))
        .wrong(positive((b - c).abs()), mistake("reads-the-other-of-two", "uses only the second of the two groups that go together"))
        .hint("First put together the two groups that belong together.")
        .hint(format!("Then compare that with the bar of {}.", groups[2]))
        .step(format!("Together {} and {} make {a} + {b} = {}.", groups[0], groups[1], a + b), int(a + b))
        .step(format!("The difference is {} − {c} = {}.", a + b, a + b - c), int(a + b - c)),
        _ => return None,
    };
    Some(draft.figure(picture))
}

fn pictograph(g: &mut Gen) -> Option<Draft> {
    let (title, mut groups, things, at) = g.pick(&SURVEYS);
    g.shuffle(&mut groups);
    let each = g.pick(&[4, 6, 8, 10, 12, 20]);
    // In half symbols.
    let halves = g.several(&(3..=13).collect::<Vec<_>>(), 4);
    let (a, b) = (halves[0], halves[1]);
    if a % 2 == 0 && b % 2 == 0 || a <= b {
        return None;
    }
    let symbols = |n: i64| match (n / 2, n % 2) {
        (whole, 0) => format!("{whole} stars"),
        (1, _) => "1 star and a half star".to_owned(),
        (whole, _) => format!("{whole} stars and a half star"),
    };
    let mut picture = Picture::new(
        360,
        190,
        format!(
            "A pictograph titled {title}. The key says that 1 star stands for {each} {things}. {}.",
            groups
                .iter()
                .zip(&halves)
                .map(|(group, n)| format!("{group}: {}", symbols(*n)))
                .collect::<Vec<_>>()
                .join("; ")
        ),
    )
    .label(180, 18, title)
    .label(180, 180, &format!("★ = {each} {things}"));
    for (group, (n, line)) in groups.iter().zip(halves.iter().zip(0..)) {
        picture = picture.label(50, 50 + 32 * line, group);
        for star in 0..n / 2 {
            picture = picture.label(120 + 30 * star, 50 + 32 * line, "★");
        }
        if n % 2 == 1 {
            picture = picture.label(120 + 30 * (n / 2), 50 + 32 * line, "½ ★");
        }
    }
    let verb = title.split(' ').nth(1)?.to_lowercase();
    let whole = Q::new(a * each, 2);
    let draft = if g.one_in(2) {
        Draft::new(format!("The pictograph shows {things} {verb}. How many {things} were {verb} {at} {}?", groups[0]))
            .key(int(whole))
            .wrong(int((a + 1) / 2), mistake("counts-symbols", "counts the symbols and forgets what each one stands for"))
            .wrong(int(a / 2 * each), mistake("ignores-half-symbol", "leaves out the half symbol"))
            .wrong(int((a + 1) / 2 * each), mistake("half-symbol-as-whole", "counts the half symbol as a whole one"))
            .wrong(int(a / 2 * each + 1), mistake("half-symbol-as-one", "counts the half symbol as one single thing"))
            .wrong(int(Q::new(b * each, 2)), mistake("reads-the-wrong-row", "reads the row of another group"))
            .hint("Look at the key first. What does one star stand for?")
            .hint("What would half a star stand for? Count the whole stars, and then the half star if there is one.")
            .say(format!("For {} there are {}.", groups[0], symbols(a)))
            .step(format!("Whole stars: {} × {each} = {}.", a / 2, a / 2 * each), int(a / 2 * each))
            .step(
                if a % 2 == 1 { format!("The half star stands for {}, so there are {} in all.", each / 2, int(whole).text) } else { format!("There is no half star, so there are {} in all.", int(whole).text) },
                int(whole),
            )
    } else {
        let (less, key) = (Q::new(b * each, 2), Q::new((a - b) * each, 2));
        Draft::new(format!(
            "The pictograph shows {things} {verb}. How many more {things} were {verb} {at} {} than {at} {}?",
            groups[0], groups[1]
        ))
        .key(int(key))
        .wrong(
            int((a + 1) / 2 - (b + 1) / 2),
            mistake("counts-symbols", "counts the symbols and forgets what each one stands for"),
        )
        .wrong(int((a / 2 - b / 2) * each), mistake("ignores-half-symbol", "leaves out the half symbol"))
        .wrong(
            int(((a + 1) / 2 - (b + 1) / 2) * each),
            mistake("half-symbol-as-whole", "counts the half symbol as a whole one"),
        )
        .wrong(
            int(whole + less),
            mistake("adds-to-compare", "adds the two numbers instead of finding their difference"),
        )
        .wrong(int(whole), mistake("reads-one-row", "reads one row and stops"))
        .hint("Look at the key first. What do one star and half a star stand for?")
        .hint(format!("Find the numbers for {} and for {}, and subtract.", groups[0], groups[1]))
        .step(
            format!("For {} there are {}, which stand for {}.", groups[0], symbols(a), int(whole).text),
            int(whole),
        )
        .step(
            format!("For {} there are {}, which stand for {}.", groups[1], symbols(b), int(less).text),
            int(less),
        )
        .step(
            format!("The difference is {} − {} = {}.", int(whole).text, int(less).text, int(key).text),
            int(key),
        )
    };
    Some(draft.figure(picture))
}

fn line_graph(g: &mut Gen) -> Option<Draft> {
    let (what, unit, times): (&str, &str, [&str; 6]) = g.pick(&[
        (
            "the number of lunches sold",
            "lunches",
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        ),
        ("the height of the river", "inches", ["March", "April", "May", "June", "July", "August"]),
        (
            "the number of visitors at a park",
            "visitors",
            ["10 a.m.", "11 a.m.", "noon", "1 p.m.", "2 p.m.", "3 p.m."],
        ),
    ]);
    let (low, high) = if g.level() == Lower { (10, 40) } else { (20, 95) };
    let values: Vec<i64> = (0..6).map(|_| g.int(low..=high)).collect();
    let jumps: Vec<i64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rising = g.one_in(2);
    let word = if rising { "increase" } else { "decrease" };
    let wanted: Vec<i64> = jumps.iter().map(|jump| if rising { *jump } else { -jump }).collect();
    let best = *wanted.iter().max()?;
    let place = |wanted: &[i64], value: i64| wanted.iter().position(|one| *one == value);
    let steepest_other = -*wanted.iter().min()?;
    let tie = wanted.iter().filter(|one| **one >= best - 1).count() > 1;
    if tie || best < 4 || steepest_other < 3 {
        return None;
    }
    let key = place(&wanted, best)?;
    let mut ranked = wanted.clone();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    let other = place(&wanted, -steepest_other)?;
    let second = place(&wanted, ranked[1])?;
    let smallest = (0..5).min_by_key(|at| jumps[*at].abs())?;
    let top = (0..5).max_by_key(|at| if rising { values[*at + 1] } else { -values[*at + 1] })?;
    let span = |at: usize| words(format!("From {} to {}", times[at], times[at + 1]));
    let mut picture = Picture::new(
        400,
        210,
        format!(
            "A line graph of {what}, in {unit}, at six times. The points, joined in order, are: {}.",
            times
                .iter()
                .zip(&values)
                .map(|(time, value)| format!("{time}: {value}"))
                .collect::<Vec<_>>()
                .join("; ")
        )
        .replace(", in visitors,", "")
        .replace(", in lunches,", ""),
    )
    .line((36, 170), (390, 170))
    .line((36, 170), (36, 20));
    let at = |n: i64, value: i64| (60 + 62 * n, 170 - value * 3 / 2);
    for (n, value) in (0..).zip(&values) {
        let (x, y) = at(n, *value);
        picture = picture.dot(x, y).label(x, y - 8, &value.to_string()).label(
            x,
            190,
            short(times[usize::try_from(n).ok()?]),
        );
    }
    for (n, pair) in (0..).zip(values.windows(2)) {
        picture = picture.line(at(n, pair[0]), at(n + 1, pair[1]));
    }
    let mut draft = Draft::new(format!(
        "The line graph shows {what}. In which of these spans of time was the {word} the greatest?"
    ))
    .figure(picture)
    .key(span(key))
    .wrong(
        span(other),
        mistake(
            "steepest-wrong-way",
            "looks for the steepest piece without asking whether it goes up or down",
        ),
    )
    .wrong(
        span(top),
        mistake(
            "highest-point-for-greatest-change",
            "looks for the highest or lowest point instead of the greatest change",
        ),
    )
    .wrong(
        span(second),
        mistake("second-greatest-change", "compares the pieces by eye and takes a smaller change"),
    )
    .wrong(span(smallest), mistake("flattest-for-greatest", "takes the flattest piece"));
    for left in 0..5 {
        draft =
            draft.wrong(span(left), mistake("smaller-change", "takes a piece of the line that changes less"));
    }
    draft = draft
        .hint(format!(
            "Is {} a piece that goes up or a piece that goes down?",
            if rising { "an increase" } else { "a decrease" }
        ))
        .hint("For each piece of the line that goes that way, subtract the two numbers at its ends.");
    for (n, jump) in jumps.iter().enumerate() {
        if (*jump > 0) == rising && *jump != 0 {
            draft = draft.step(
                format!("From {} to {} the change is {}.", times[n], times[n + 1], jump.abs()),
                int(jump.abs()),
            );
        }
    }
    let only = wanted.iter().filter(|one| **one > 0).count() == 1;
    Some(draft.say(if only {
        format!("No other piece of the line goes {}.", if rising { "up" } else { "down" })
    } else {
        format!("Of these, the change from {} to {} is the greatest.", times[key], times[key + 1])
    }))
}

/// The first letters of a day or a month, or an hour without its half of the day.
fn short(time: &str) -> &str {
    let first = time.split(' ').next().unwrap_or(time);
    if first.len() > 4 { first.get(..3).unwrap_or(first) } else { first }
}
