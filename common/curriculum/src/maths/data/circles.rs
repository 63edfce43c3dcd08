//! Circle graphs.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{Q, frac, int, money, percent};
use crate::figure::Picture;
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Data;
use crate::maths::kit::{BOTH, mistake, positive, template};

pub const TEMPLATES: &[Template] = &[
    template(Data, "circle-graph-amount", "data.circle-graphs", BOTH, &[Lower, Middle, Upper], circle_graph),
    template(Data, "circle-graph-angle", "data.circle-graphs", BOTH, &[Middle, Upper], circle_angle),
];

/// The rim of a circle of radius 80 in twenty steps clockwise from the top.
const RIM: [(i64, i64); 20] = [
    (0, -80),
    (25, -76),
    (47, -65),
    (65, -47),
    (76, -25),
    (80, 0),
    (76, 25),
    (65, 47),
    (47, 65),
    (25, 76),
    (0, 80),
    (-25, 76),
    (-47, 65),
    (-65, 47),
    (-76, 25),
    (-80, 0),
    (-76, -25),
    (-65, -47),
    (-47, -65),
    (-25, -76),
];

/// A circle graph of shares in twentieths.
fn circle(description: String, parts: &[(&str, i64)], labels: &[String]) -> Picture {
    let rim = |twentieths: i64| RIM[usize::try_from(twentieths.rem_euclid(20)).unwrap_or(0)];
    let mut picture = Picture::new(320, 230, description).circle(160, 115, 80, false);
    let mut from = 0;
    for ((name, share), label) in parts.iter().zip(labels) {
        let (x, y) = rim(from);
        picture = picture.line((160, 115), (160 + x, 115 + y));
        let (a, b) = (rim(from + share / 2), rim(from + (share + 1) / 2));
        let (x, y) = ((a.0 + b.0) / 2, (a.1 + b.1) / 2);
        picture = picture.label(160 + x * 5 / 8, 115 + y * 5 / 8, label).label(
            160 + x * 11 / 8,
            119 + y * 5 / 4,
            name,
        );
        from += share;
    }
    picture
}

const CIRCLES: [(&str, [&str; 4]); 4] = [
    ("students by favorite sport", ["soccer", "tennis", "swimming", "running"]),
    ("visitors by favorite exhibit", ["birds", "snakes", "fish", "bears"]),
    ("voters by choice of park", ["pond", "garden", "playground", "trail"]),
    ("campers by chosen activity", ["crafts", "hiking", "sailing", "drama"]),
];

/// Four different shares in twentieths.
fn shares(g: &mut Gen) -> Option<[i64; 4]> {
    let (a, b, c) = (g.int(2..=8), g.int(2..=8), g.int(1..=6));
    let d = 20 - a - b - c;
    (d >= 1 && a != b && a != c && a != d && b != c && b != d && c != d).then_some([a, b, c, d])
}

fn circle_graph(g: &mut Gen) -> Option<Draft> {
    let [a, b, c, d] = shares(g)?;
    let people = 20 * g.by_level([2..=5, 2..=15, 4..=40, 10..=90]);
    let (title, mut names) = g.pick(&CIRCLES);
    g.shuffle(&mut names);
    let crowd = int(people).text;
    let who = title.split(' ').next()?;
    let parts = [(names[0], a), (names[1], b), (names[2], c), (names[3], d)];
    let labels = parts.map(|(_, share)| format!("{}%", share * 5));
    let picture = circle(
        format!(
            "A circle graph of {crowd} {title}: {}.",
            parts.map(|(name, share)| format!("{name} {} percent", share * 5)).join(", ")
        ),
        &parts,
        &labels,
    );
    let whole = |share: i64| people * share / 20;
    let choose = |share: i64| share * 5;
    let draft = if g.level() == Lower || g.one_in(3) {
        Draft::new(format!(
            "The circle graph shows {crowd} {title}. How many {who} are in the part for {}?",
            names[0]
        ))
        .key(int(whole(a)))
        .wrong(
            int(choose(a)),
            mistake("percent-as-count", "takes the number of percent as the number of people"),
        )
        .wrong(
            int(people - whole(a)),
            mistake("count-of-the-others", "finds the number in all the other parts"),
        )
        .wrong(
            positive(people - choose(a)),
            mistake("subtracts-the-percent", "subtracts the number of percent from the total"),
        )
        .wrong(
            int(Q::new(people, choose(a))),
            mistake("divides-by-the-percent", "divides the total by the number of percent"),
        )
        .wrong(int(whole(b)), mistake("reads-the-wrong-part", "reads another part of the circle"))
        .hint("The whole circle stands for everybody.")
        .hint(format!("Read the percent for {}, and find that percent of {crowd}.", names[0]))
        .step(format!("The part for {} is {}%.", names[0], choose(a)), percent(choose(a)))
        .step(format!("5% of {crowd} is {}.", people / 20), int(people / 20))
        .step(format!("{}% is {a} times as much: {}.", choose(a), whole(a)), int(whole(a)))
    } else {
        if a < b {
            return None;
        }
        let key = whole(a) - whole(b);
        Draft::new(format!(
            "The circle graph shows {crowd} {title}. How many more {who} are in the part for {} than in the part for {}?",
            names[0], names[1]
        ))
        .key(int(key))
        .wrong(int(choose(a - b)), mistake("percent-as-count", "takes the number of percent as the number of people"))
        .wrong(int(whole(a + b)), mistake("adds-to-compare", "adds the two numbers instead of finding their difference"))
        .wrong(int(whole(a)), mistake("reads-one-part", "finds one of the two parts and stops"))
        .wrong(int(people - key), mistake("takes-difference-from-total", "subtracts the difference from the total"))
        .hint("How many percent more is the one part than the other?")
        .hint(format!("Find that percent of {crowd}, the number for the whole circle."))
        .step(format!("The difference is {}% − {}% = {}%.", choose(a), choose(b), choose(a - b)), percent(choose(a - b)))
        .step(format!("{}% of {crowd} is {key}.", choose(a - b)), int(key))
    };
    Some(draft.figure(picture))
}

fn circle_angle(g: &mut Gen) -> Option<Draft> {
    let [a, b, c, d] = shares(g)?;
    let spent = g.int(2..=45) * 20_000;
    let names = g.several(&["rent", "food", "travel", "savings", "clothes", "sports", "music", "repairs"], 4);
    let child = g.child();
    let parts = [(names[0], a), (names[1], b), (names[2], c), (names[3], d)];
    let labels = parts.map(|(_, share)| format!("{}°", share * 18));
    let owner =
        g.pick(&["a family's monthly budget", "a club's yearly budget", "the budget of a summer camp"]);
    let picture = circle(
        format!(
            "A circle graph of {owner}. The angles at the center are: {}.",
            parts.map(|(name, share)| format!("{name} {} degrees", share * 18)).join(", ")
        ),
        &parts,
        &labels,
    );
    let angle = a * 18;
    let key = Q::new(spent * a, 20);
    let stem = if g.one_in(2) {
        format!(
            "The circle graph shows how {owner} of {} is spent. How much money goes to {}?",
            money(spent).text,
            names[0]
        )
    } else {
        format!(
            "{} drew a circle graph of {owner}, which is {} in all. How much money does the part for {} stand for?",
            child.name,
            money(spent).text,
            names[0]
        )
    };
    Some(
        Draft::new(stem)
            .figure(picture)
            .key(money(key))
            .wrong(
                money(angle * 100),
                mistake("degrees-as-dollars", "takes the number of degrees as the number of dollars"),
            )
            .wrong(
                money((Q::new(spent * angle, 100)).round()),
                mistake("degrees-as-percent", "treats the number of degrees as a percent"),
            )
            .wrong(
                money(Q::from(spent) - key),
                mistake("count-of-the-others", "finds the number in all the other parts"),
            )
            .wrong(
                money(Q::new(spent * angle, 180).round()),
                mistake("circle-of-180-degrees", "thinks that the whole circle has 180 degrees"),
            )
            .wrong(
                money(Q::new(spent * b, 20)),
                mistake("reads-the-wrong-part", "reads another part of the circle"),
            )
            .hint("How many degrees are there in the whole circle?")
            .hint(format!(
                "What fraction of the circle is the part for {}? Take the same fraction of the money.",
                names[0]
            ))
            .step(
                format!(
                    "The part for {} is {angle}° of 360°, which is {} of the circle.",
                    names[0],
                    frac(Q::new(a, 20)).text
                ),
                frac(Q::new(a, 20)),
            )
            .step(
                format!("{} of {} is {}.", frac(Q::new(a, 20)).text, money(spent).text, money(key).text),
                money(key),
            ),
    )
}
