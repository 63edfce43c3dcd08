//! Counting and place value.

use super::{ALL, by_grade, small};
use crate::draft::{Draft, Gen, Template};
use crate::exact::int;
use crate::level::Level::{Primary2, Primary3};
use crate::level::Strand::Numbers;
use crate::maths::kit::{MATHS, mistake, template};
use crate::story::{count, list, spelled};

pub const TEMPLATES: &[Template] = &[
    template(Numbers, "primary-tens-and-ones", "primary.place-value", MATHS, ALL, tens_and_ones),
    template(Numbers, "primary-digit-value", "primary.place-value", MATHS, ALL, digit_value),
    template(Numbers, "primary-number-words", "primary.place-value", MATHS, ALL, number_words),
    template(Numbers, "primary-ten-more", "primary.place-value", MATHS, ALL, ten_more),
];

/// A number fit for the level, with two digits or more.
pub fn number(g: &mut Gen) -> i64 {
    by_grade(g, [11..=99, 101..=998, 1_001..=9_998])
}

/// Its digits from the left.
pub fn digits(n: i64) -> Vec<i64> {
    n.to_string().bytes().map(|byte| i64::from(byte - b'0')).collect()
}

/// The number with these digits.
pub fn joined(digits: &[i64]) -> i64 {
    digits.iter().fold(0, |n, digit| n * 10 + digit)
}

const PLACES: [(&str, &str); 4] =
    [("one", "ones"), ("ten", "tens"), ("hundred", "hundreds"), ("thousand", "thousands")];

fn tens_and_ones(g: &mut Gen) -> Option<Draft> {
    let n = number(g);
    let all = digits(n);
    if all.windows(2).any(|pair| pair[0] == pair[1]) || all.iter().filter(|d| **d == 0).count() > 1 {
        return None;
    }
    let parts: Vec<String> = all
        .iter()
        .zip((0..all.len()).rev())
        .filter(|(digit, _)| **digit > 0)
        .map(|(digit, place)| count(*digit, PLACES[place].0, PLACES[place].1))
        .collect();
    if parts.len() < 2 {
        return None;
    }
    let child = g.child();
    let parts = list(&parts);
    let stem = match g.int(0..=3) {
        0 => format!("Which number has {parts}?"),
        1 => format!("What number is {parts}?"),
        2 => format!("{} writes a number with {parts}. What is the number?", child.name),
        _ => format!("{} shows {parts} with blocks. What number do the blocks show?", child.name),
    };
    let mut swapped = all.clone();
    let last = all.len() - 1;
    swapped.swap(last, last - 1);
    let turned: Vec<i64> = all.iter().rev().copied().collect();
    let mut first = all.clone();
    first.swap(0, 1);
    let short: Vec<i64> = all.iter().filter(|d| **d > 0).copied().collect();
    let mut draft = Draft::new(stem)
        .key(int(n))
        .wrong(
            small(g, joined(&swapped)),
            mistake("swaps-tens-and-ones", "puts the tens and the ones in each other's places"),
        )
        .wrong(
            small(g, joined(&short)),
            mistake("leaves-out-the-zero", "leaves out the zero that keeps a place"),
        )
        .wrong(
            small(g, joined(&turned)),
            mistake("reverses-the-digits", "writes the digits from back to front"),
        )
        .wrong(
            small(g, all.iter().sum()),
            mistake("adds-the-digits", "adds the digits and forgets their places"),
        )
        .wrong(
            small(g, joined(&first)),
            mistake("swaps-the-first-two-places", "puts the first two digits in each other's places"),
        )
        .wrong(small(g, n - all[last]), mistake("forgets-the-ones", "leaves out the ones"))
        .wrong(small(g, n + 10), mistake("one-ten-too-many", "counts one ten too many"))
        .hint("Each digit has its own place. The ones are on the right.")
        .hint("Say how much each part is worth. Then put the parts together.");
    for (digit, place) in all.iter().zip((0..=last).rev()) {
        if *digit > 0 && place > 0 {
            let worth = digit * 10_i64.pow(u32::try_from(place).ok()?);
            draft = draft.step(
                format!("{} make {}.", count(*digit, PLACES[place].0, PLACES[place].1), int(worth).text)
                    .replace("1 ten make ", "1 ten makes ")
                    .replace("1 hundred make ", "1 hundred makes ")
                    .replace("1 thousand make ", "1 thousand makes "),
                int(worth),
            );
        }
    }
    Some(draft.step(format!("Together that is {}.", int(n).text), int(n)))
}

fn digit_value(g: &mut Gen) -> Option<Draft> {
    let n = number(g);
    let all = digits(n);
    let at = usize::try_from(g.int(0..=i64::try_from(all.len()).ok()? - 1)).ok()?;
    let digit = all[at];
    if digit == 0 || all.iter().filter(|d| **d == digit).count() > 1 {
        return None;
    }
    let place = all.len() - 1 - at;
    let worth = |place: usize| digit * 10_i64.pow(u32::try_from(place).unwrap_or(0));
    let key = worth(place);
    let child = g.child();
    let shown = int(n).text;
    let stem = match g.int(0..=2) {
        0 => format!("What is the value of the digit {digit} in {shown}?"),
        1 => format!("In the number {shown}, how much is the digit {digit} worth?"),
        _ => format!("{} writes {shown}. How much does the digit {digit} stand for?", child.name),
    };
    let mut draft = Draft::new(stem).key(int(key));
    if place > 0 {
        draft = draft
            .wrong(int(digit), mistake("face-value-of-digit", "takes the digit alone and forgets its place"));
    }
    draft = draft
        .wrong(
            small(g, worth(place + 1)),
            mistake("one-place-too-big", "reads the digit one place too far to the left"),
        )
        .wrong(
            if place > 1 { small(g, worth(place - 1)) } else { small(g, 0) },
            mistake("one-place-too-small", "reads the digit in the wrong place"),
        )
        .wrong(
            small(g, n % 10_i64.pow(u32::try_from(place + 1).ok()?)),
            mistake("reads-to-the-end", "reads the digit together with all the digits after it"),
        )
        .wrong(
            small(g, n),
            mistake("whole-number-for-digit", "takes the whole number for the value of one digit"),
        )
        .wrong(small(g, n - key), mistake("value-of-the-rest", "takes the value of the other digits"))
        .hint("Point to the digit. Is it in the ones, the tens or farther to the left?")
        .hint("A digit in the tens place tells how many tens there are.");
    Some(draft.step(
        format!("The {digit} is in the {} place, so it stands for {}.", PLACES[place].1, int(key).text),
        int(key),
    ))
}

/// A number below ten thousand in words.
fn in_words(n: i64) -> String {
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let rest = |part: i64| if part == 0 { String::new() } else { format!(" {}", in_words(part)) };
    match n {
        0..=20 => spelled(n),
        21..=99 if n % 10 == 0 => TENS[usize::try_from(n / 10).unwrap_or(0)].to_owned(),
        21..=99 => format!("{}-{}", TENS[usize::try_from(n / 10).unwrap_or(0)], spelled(n % 10)),
        100..=999 => format!("{} hundred{}", spelled(n / 100), rest(n % 100)),
        _ => format!("{} thousand{}", in_words(n / 1_000), rest(n % 1_000)),
    }
}

fn number_words(g: &mut Gen) -> Option<Draft> {
    let n = number(g);
    let all = digits(n);
    let last = all.len() - 1;
    if g.level() != Primary2 && !all.contains(&0) && g.one_in(2) {
        return None;
    }
    let said = in_words(n);
    let child = g.child();
    let stem = match g.int(0..=2) {
        0 => format!("Which number is {said}?"),
        1 => format!("{} says the number {said}. How is it written?", child.name),
        _ => format!("A sign says {said}. Which number is that?"),
    };
    let mut swapped = all.clone();
    swapped.swap(last, last - 1);
    let mut first = all.clone();
    first.swap(0, 1);
    let short: Vec<i64> = all.iter().filter(|d| **d > 0).copied().collect();
    let turned: Vec<i64> = all.iter().rev().copied().collect();
    // What the first of the words says alone: twenty, seven hundred.
    let unit = 10_i64.pow(u32::try_from(last).ok()?);
    let first_word = n / unit * unit;
    let draft = Draft::new(stem)
        .key(int(n))
        .wrong(
            small(g, joined(&short)),
            mistake("leaves-out-the-zero", "leaves out the zero that keeps a place"),
        )
        .wrong(
            if (13..=19).contains(&n) { int((n - 10) * 10) } else { small(g, joined(&swapped)) },
            mistake("hears-the-number-wrongly", "mixes up the tens and the ones of the words"),
        )
        .wrong(
            if first[0] > 0 { small(g, joined(&first)) } else { small(g, 0) },
            mistake("swaps-the-first-two-places", "puts the first two digits in each other's places"),
        )
        .wrong(
            small(g, joined(&turned)),
            mistake("reverses-the-digits", "writes the digits from back to front"),
        )
        .wrong(
            small(g, if all.contains(&0) { 0 } else { all.iter().sum() }),
            mistake("adds-the-digits", "adds the digits and forgets their places"),
        )
        .wrong(
            small(g, if n < 20 || n == first_word { 0 } else { first_word }),
            mistake("hears-the-first-word-only", "writes only the first part of the words"),
        )
        .wrong(small(g, n + 100), mistake("one-hundred-too-many", "writes one hundred too many"))
        .wrong(small(g, n + 10), mistake("one-ten-too-many", "counts one ten too many"))
        .hint("Listen to the words one after another. Which place does each word name?")
        .hint("A place that no word names gets a zero.");
    let mut draft = draft;
    for (digit, place) in all.iter().zip((0..=last).rev()) {
        draft = draft.say(format!(
            "There {} in the {} place.",
            if *digit == 0 { "is a zero".to_owned() } else { format!("is a {digit}").replace("a 8", "an 8") },
            PLACES[place].1
        ));
    }
    Some(draft.step(format!("The number is {}.", int(n).text), int(n)))
}

fn ten_more(g: &mut Gen) -> Option<Draft> {
    let n = by_grade(g, [12..=88, 112..=888, 1_112..=8_888]);
    let step = match g.level() {
        Primary2 => g.pick(&[1, 10, 10]),
        Primary3 => g.pick(&[1, 10, 100]),
        _ => g.pick(&[10, 100, 1_000]),
    };
    let more = g.one_in(2);
    let key = if more { n + step } else { n - step };
    let (word, child) = (if more { "more" } else { "less" }, g.child());
    let shown = int(n).text;
    let step_text = int(step).text;
    let stem = match g.int(0..=2) {
        0 => format!("What number is {step_text} {word} than {shown}?"),
        1 => format!(
            "{} is thinking of a number that is {step_text} {word} than {shown}. What is the number?",
            child.name
        ),
        _ => format!(
            "A counter shows {shown}. It goes {} by {step_text}. What does it show then?",
            if more { "up" } else { "down" }
        ),
    };
    let sign = if more { 1 } else { -1 };
    let other = if step == 1 { 10 } else { step / 10 };
    Some(
        Draft::new(stem)
            .key(int(key))
            .wrong(small(g, n - sign * step), mistake("goes-the-wrong-way", "counts in the wrong direction"))
            .wrong(
                small(g, n + sign * other),
                mistake("changes-the-wrong-digit", "changes the digit of the wrong place"),
            )
            .wrong(
                small(g, n + sign * step * 10),
                mistake("changes-a-bigger-place", "changes the place one farther to the left"),
            )
            .wrong(
                small(g, key + sign * step),
                mistake("two-steps-for-one", "takes two steps instead of one"),
            )
            .wrong(small(g, key + sign), mistake("one-too-far", "goes one too far"))
            .hint(format!(
                "Which digit of {shown} changes first: {}?",
                match g.level() {
                    Primary2 => "the ones or the tens",
                    Primary3 => "the ones, the tens or the hundreds",
                    _ => "the tens, the hundreds or the thousands",
                }
            ))
            .hint(if more {
                "Make that digit one bigger. If it is a 9, the next place changes too."
            } else {
                "Make that digit one smaller. If it is a 0, the next place changes too."
            })
            .step(
                format!(
                    "{shown} {} {step_text} is {}.",
                    if more { "and" } else { "take away" },
                    int(key).text
                ),
                int(key),
            ),
    )
}
