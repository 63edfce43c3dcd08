//! Orders from clues, places in a line, days of the week, knights of the round table.

use crate::draft::{Draft, Gen, Template};
use crate::exact::{int, words};
use crate::level::Level::{Lower, Middle, Upper};
use crate::level::Strand::Problems;
use crate::maths::kit::{QUANT, mistake, positive, template};
use crate::story::{CHILDREN, ordinal};

pub const TEMPLATES: &[Template] = &[
    template(Problems, "order-from-clues", "problems.logic", QUANT, &[Lower, Middle], order),
    template(Problems, "day-of-the-week", "problems.calendar", QUANT, &[Lower, Middle], weekday),
    template(Problems, "places-in-a-line", "problems.logic", QUANT, &[Lower, Middle], places),
    template(Problems, "handshakes", "problems.counting-pairs", QUANT, &[Lower, Middle, Upper], handshakes),
    template(Problems, "tournament-games", "problems.counting-pairs", QUANT, &[Middle, Upper], tournament),
];

fn order(g: &mut Gen) -> Option<Draft> {
    let names: Vec<&str> = g.several(&CHILDREN, 4).iter().map(|child| child.name).collect();
    // names[0] is first or greatest, names[3] last.
    let (race, more, most, least) = g.pick(&[
        (
            "Four friends ran a race, and there were no ties.",
            "finished before",
            "came in first",
            "came in last",
        ),
        (
            "Four friends compare their heights, which are all different.",
            "is taller than",
            "is the tallest",
            "is the shortest",
        ),
        (
            "Four friends compare their ages, which are all different.",
            "is older than",
            "is the oldest",
            "is the youngest",
        ),
        (
            "Four friends counted their stamps. All the numbers are different.",
            "has more stamps than",
            "has the most stamps",
            "has the fewest stamps",
        ),
    ]);
    let less = match more {
        "finished before" => "finished after",
        "is taller than" => "is shorter than",
        "is older than" => "is younger than",
        _ => "has fewer stamps than",
    };
    let mut clues: Vec<String> = names
        .windows(2)
        .map(|pair| {
            if g.one_in(2) {
                format!("{} {more} {}.", pair[0], pair[1])
            } else {
                format!("{} {less} {}.", pair[1], pair[0])
            }
        })
        .collect();
    g.shuffle(&mut clues);
    let at = g.int(0..=3);
    let middle = |n: &str| {
        let verb = match more {
            "finished before" => "came in",
            "is taller than" => "is",
            "is older than" => "is",
            _ => "has",
        };
        let adjective = match more {
            "finished before" => n.to_owned(),
            "is taller than" => format!("the {n} tallest"),
            "is older than" => format!("the {n} oldest"),
            _ => format!("the {n} most stamps"),
        };
        format!("{verb} {adjective}")
    };
    let (asked, key) = match at {
        0 => (most.to_owned(), 0),
        1 => (middle("second"), 1),
        2 => (middle("third"), 2),
        _ => (least.to_owned(), 3),
    };
    let wrong = |n: usize| {
        let reasons = [
            mistake("takes-the-first-in-order", "takes the one at the beginning of the order"),
            mistake("one-place-off-in-order", "is off by one place in the order"),
            mistake("counts-from-the-wrong-end", "counts from the wrong end of the order"),
            mistake("takes-the-last-in-order", "takes the one at the end of the order"),
        ];
        if n + key == 3 {
            reasons[2]
        } else if n.abs_diff(key) == 1 {
            reasons[1]
        } else if n == 0 {
            reasons[0]
        } else if n == 3 {
            reasons[3]
        } else {
            mistake("leaves-out-a-clue", "leaves out one of the clues")
        }
    };
    let mut draft = Draft::new(format!("{race} {} Who {asked}?", clues.join(" "))).key(words(names[key]));
    for n in (0..4).filter(|n| *n != key) {
        draft = draft.wrong(words(names[n]), wrong(n));
    }
    Some(
        draft
            .hint("Draw a line for the four friends, and put in one clue after another.")
            .hint("Watch the words: some clues say more, and some say less. Turn them all the same way.")
            .say(format!("All the clues together give the order {}.", names.join(", ")))
            .say(format!("So {} {asked}.", names[key])),
    )
}

const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

fn weekday(g: &mut Gen) -> Option<Draft> {
    let start = g.int(0..=6);
    let later = g.by_level([8..=20, 10..=60, 30..=400, 30..=400]);
    let back = g.one_in(3);
    let extra = later % 7;
    if extra == 0 || extra == later / 7 {
        return None;
    }
    let day = |n: i64| DAYS[usize::try_from(n.rem_euclid(7)).unwrap_or(0)];
    let move_by = |n: i64| day(if back { start - n } else { start + n });
    let key = move_by(extra);
    let child = g.child();
    let today = day(start);
    let stem = match (back, g.int(0..=2)) {
        (false, 0) => format!("Today is {today}. What day of the week will it be in {later} days?"),
        (false, 1) => format!(
            "{}'s birthday is {later} days after a {today}. On what day of the week is it?",
            child.name
        ),
        (false, _) => format!(
            "A plant was watered on a {today}. It bloomed exactly {later} days later. On what day of the week did it bloom?"
        ),
        (true, 0) => format!("Today is {today}. What day of the week was it {later} days ago?"),
        (true, 1) => format!(
            "{} got a letter on a {today}. It had been mailed {later} days earlier. On what day of the week was it mailed?",
            child.name
        ),
        (true, _) => format!(
            "The last day of a project was a {today}. The first day was {later} days before that. On what day of the week did the project begin?"
        ),
    };
    let direction = if back { "back" } else { "forward" };
    Some(
        Draft::new(stem)
            .key(words(key))
            .wrong(
                words(today),
                mistake(
                    "ignores-the-remainder-of-weeks",
                    "thinks that after full weeks no days are left over",
                ),
            )
            .wrong(
                words(move_by(extra - 1)),
                mistake("counts-the-first-day", "counts the day at the start as day one"),
            )
            .wrong(words(move_by(-extra)), mistake("goes-the-wrong-way", "counts in the wrong direction"))
            .wrong(words(move_by(extra + 1)), mistake("counts-one-day-too-far", "counts one day too far"))
            .wrong(
                words(move_by(later / 7)),
                mistake(
                    "counts-weeks-as-days",
                    "moves by the number of weeks instead of by the days left over",
                ),
            )
            .wrong(words(move_by(later % 10)), mistake("counts-by-tens", "takes out tens instead of sevens"))
            .hint("After every 7 days it is the same day of the week again.")
            .hint(format!(
                "Take as many full weeks as you can out of {later} days. How many days are left over?"
            ))
            .step(format!("{later} ÷ 7 is {} with a remainder of {extra}.", later / 7), int(extra))
            .say(format!(
                "Count {} {direction} from {today}: it is {key}.",
                crate::story::count(extra, "day", "days")
            )),
    )
}

fn places(g: &mut Gen) -> Option<Draft> {
    let top = g.by_level([6..=6, 15..=15, 60..=60, 60..=60]);
    let (front, end) = (g.int(3..=top), g.int(3..=top));
    let all = front + end - 1;
    let child = g.child();
    let (name, they) = (child.name, child.they);
    let (stem, key) = match g.int(0..=3) {
        0 => (
            format!(
                "{name} is {} from the front of a line and {} from the back. How many people are in the line?",
                ordinal(front),
                ordinal(end)
            ),
            all,
        ),
        1 => (
            format!(
                "In a row of lockers, {name}'s locker is the {} from the left and the {} from the right. How many lockers are in the row?",
                ordinal(front),
                ordinal(end)
            ),
            all,
        ),
        2 => (
            format!(
                "There are {all} runners in a race without ties. {name} comes in {}. How many runners come in after {}?",
                ordinal(front),
                child.them
            ),
            end - 1,
        ),
        _ => (
            format!(
                "{name} stands in a line of {all} people. Counted from the front, {they} is {}. Which place is that, counted from the back? Give the number of the place.",
                ordinal(front)
            ),
            end,
        ),
    };
    let total = key == all;
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(if total { front + end } else { end }),
                mistake("counts-the-child-twice", "counts the one in question twice"),
            )
            .wrong(
                positive(if total { front + end - 2 } else { end - 1 }),
                mistake("leaves-the-child-out", "leaves out the one in question"),
            )
            .wrong(
                positive(if total { front + end + 1 } else { end + 1 }),
                mistake("adds-one-for-the-child", "adds one more for the one in question"),
            )
            .wrong(
                positive(if total { (front - end).abs() } else { front }),
                mistake("counts-from-the-wrong-end", "counts from the wrong end of the order"),
            )
            .wrong(
                positive(if total { front } else { end - 2 }),
                mistake("one-side-only", "counts only one side"),
            )
            .hint("Make a small drawing with a short line, and count what is before and what is after.")
            .hint("The one in question stands in the line too, but must be counted exactly once.")
            .step(format!("Before the one in question there are {}.", front - 1), int(front - 1))
            .step(
                match key {
                    key if total => format!("So there are {} + 1 + {} = {key} in all.", front - 1, end - 1),
                    key if key == end - 1 => format!("After that place there are {all} − {front} = {key}."),
                    key => format!(
                        "Behind there are {all} − {front} = {}, so the place from the back is number {key}.",
                        end - 1
                    ),
                },
                int(key),
            ),
    )
}

fn handshakes(g: &mut Gen) -> Option<Draft> {
    let n = g.by_level([4..=5, 4..=12, 6..=20, 9..=30]);
    let times = if g.one_in(2) { 1 } else { g.int(2..=4) };
    let pairs = n * (n - 1) / 2;
    let key = pairs * times;
    let often = ["", "once", "twice", "3 times", "4 times"][usize::try_from(times).ok()?];
    let stem = match g.int(0..=3) {
        0 if times == 1 => format!(
            "At a party there are {n} people. Everyone shakes hands once with everyone else. How many handshakes are there?"
        ),
        0 => format!(
            "In a club of {n} chess players, each player plays every other player {often}. How many games are played?"
        ),
        1 => format!(
            "In a league of {n} teams, each team plays every other team {often}. How many games are there in all?"
        ),
        2 => format!(
            "A group of {n} friends call each other. Every two of them talk on the phone {often}. How many calls are there?"
        ),
        _ => format!(
            "At a camp there are {n} children. Every two of them clean the kitchen together {often}. How many times is the kitchen cleaned?"
        ),
    };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(
                int(key * 2),
                mistake("counts-each-pair-twice", "counts each pair twice, once for each of the two"),
            )
            .wrong(
                int(n * (n + 1) / 2 * times),
                mistake("pairs-with-itself", "counts each one as a partner of itself too"),
            )
            .wrong(int(n * n * times), mistake("all-times-all", "multiplies the number by itself"))
            .wrong(int((n - 1) * times), mistake("only-one-of-them", "counts the pairs of only one of them"))
            .wrong(int(n * times), mistake("one-each", "counts one for each"))
            .wrong(int(pairs), mistake("forgets-the-repeats", "forgets that every pair meets more than once"))
            .hint("Try a small group of three first. How many pairs are there?")
            .hint(format!(
                "Each of the {n} has how many partners? Then think how often each pair has been counted."
            ))
            .step(
                format!("Each of the {n} has {} partners, and {n} × {} = {}.", n - 1, n - 1, n * (n - 1)),
                int(n * (n - 1)),
            )
            .step(format!("Each pair is counted twice that way, so there are {pairs} pairs."), int(pairs))
            .step(format!("Each pair counts {often}, so the answer is {key}."), int(key)),
    )
}

fn tournament(g: &mut Gen) -> Option<Draft> {
    let groups = g.pick(&[2, 4, 8]);
    let size = g.int(3..=if g.level() == Upper { 12 } else { 8 });
    let each = size * (size - 1) / 2;
    let knockout = groups - 1;
    let key = groups * each + knockout;
    let teams = groups * size;
    let sport = g.pick(&["soccer", "volleyball", "tennis", "chess", "table tennis"]);
    let (players, player) = if matches!(sport, "chess" | "tennis" | "table tennis") {
        ("players", "player")
    } else {
        ("teams", "team")
    };
    let third = g.one_in(2) && groups > 2;
    let key = if third { key + 1 } else { key };
    let ending = if third { " There is also one game for third place." } else { "" };
    Some(
        Draft::new(format!(
            "In a {sport} tournament, {teams} {players} are divided into {groups} equal groups. Within its group, each {player} plays every other {player} once. Then the winners of the groups play on. In this part, whoever loses a game is out, until only the champion is left.{ending} How many games are played in all?"
        ))
        .key(int(key))
        .wrong(int(groups * each * 2 + knockout + i64::from(third)), mistake("counts-each-pair-twice", "counts each pair twice, once for each of the two"))
        .wrong(int(groups * each), mistake("forgets-the-final-rounds", "forgets the games after the groups"))
        .wrong(int(key + 1), mistake("champion-loses-too", "counts a game for every winner of a group, though the champion never loses"))
        .wrong(int(each + knockout + i64::from(third)), mistake("one-tournament-group-only", "counts the games of only one group"))
        .wrong(int(groups * each + groups / 2), mistake("first-round-only", "counts only the first round after the groups"))
        .hint(format!("How many games are played in one group of {size}?"))
        .hint("After the groups, every game sends exactly one home. How many must go?")
        .step(format!("One group has {size} × {} ÷ 2 = {each} games.", size - 1), int(each))
        .step(format!("All the groups have {groups} × {each} = {} games.", groups * each), int(groups * each))
        .step(format!("Of the {groups} winners all but one must lose a game, which makes {}.", crate::story::count(knockout, "game", "games")), int(knockout))
        .step(
            if third { format!("With the game for third place that is {key} in all.") } else { format!("Together that is {key}.") },
            int(key),
        ),
    )
}
