//! From parts to an answer: what was said last, what was taken back, and whether all of it is understood.

use super::ask::{Ask, number_at};
use super::content::{Content, content, is_turning};
use super::hear::Word;
use super::parts::{Part, Placed};
use super::phrases::{Turn, asks};
use super::wording::{is_small, is_weak, stem};
use super::{Understood, Verdict, mentions};

/// What becomes of an utterance that is no command.
pub(super) fn decide(ask: &Ask<'_>, heard: &[Word], parts: &[Placed]) -> Understood {
    let (segment, withdrawn) = last_segment(heard, parts);
    if withdrawn {
        let named = parts.iter().any(Placed::answers);
        return Understood::new(if named { Verdict::Unclear } else { Verdict::NotAnAnswer });
    }
    let question = is_question(heard, segment);
    let segment = without_reason(segment);
    let mut found = answer(ask, heard, segment);
    let about = heard.get(1).is_some_and(|word| word.text == "about");
    if question && !about && matches!(heard[0].text.as_str(), "what" | "who" | "how" | "when" | "where") {
        found = Understood::new(Verdict::NotAnAnswer);
    } else if question && matches!(found.verdict, Verdict::Right | Verdict::Wrong) {
        found = Understood { verdict: Verdict::Unclear, confidence: 0.5, ..found };
    }
    found
}

/// What follows the last correction or decision, and whether everything was taken back.
fn last_segment<'p>(heard: &[Word], parts: &'p [Placed]) -> (&'p [Placed], bool) {
    let mut start = 0;
    let mut withdrawn = false;
    for (at, placed) in parts.iter().enumerate() {
        let before = &parts[start..at];
        let after = &parts[at + 1..];
        let ends = match placed.part {
            Part::Turn(Turn::Correct) => true,
            Part::Turn(Turn::MayCorrect) => corrects(heard, placed, before, after),
            Part::Turn(Turn::Commit) => commits(heard, placed, before),
            Part::Turn(Turn::Filler) => concludes(heard, placed, after),
            _ => false,
        };
        if ends {
            start = at + 1;
            let empty = parts[start..].iter().all(|part| is_turn(part, &[Turn::Filler]));
            withdrawn = empty && !placed.is(Turn::Commit) && !placed.is(Turn::Filler);
            if withdrawn {
                break;
            }
        }
    }
    (&parts[start..], withdrawn)
}

fn is_turn(placed: &Placed, turns: &[Turn]) -> bool {
    turns.iter().any(|turn| placed.is(*turn))
}

/// Whether "no", "wait", "actually" or "sorry" takes back what was said before.
fn corrects(heard: &[Word], placed: &Placed, before: &[Placed], after: &[Placed]) -> bool {
    let skip = [Turn::Filler, Turn::Commit, Turn::MayCorrect, Turn::Correct];
    let rest = after.iter().find(|part| !is_turn(part, &skip));
    let pause_before = placed.from == 0 || heard[placed.from - 1].pause;
    let pause_after = heard[placed.to - 1].pause;
    let no = heard[placed.from].text == "no";
    match rest {
        None => before.is_empty() || before.iter().any(Placed::answers) || pause_before,
        Some(next) if next.answers() || next.is(Turn::Not) => {
            let said = before.iter().rev().find(|part| !is_turn(part, &skip)).is_some_and(Placed::answers);
            // "no B" may be "not B".
            if before.is_empty() { !no || pause_after } else { said || pause_before || pause_after }
        }
        Some(_) => pause_after && (pause_before || before.is_empty()),
    }
}

/// Whether "I'll go with" decides.
fn commits(heard: &[Word], placed: &Placed, before: &[Placed]) -> bool {
    let filler = before.iter().all(|part| is_turn(part, &[Turn::Filler, Turn::MayCorrect]));
    let pause = placed.from > 0 && heard[placed.from - 1].pause;
    let joined =
        placed.from > 0 && matches!(heard[placed.from - 1].text.as_str(), "but" | "so" | "and" | "then");
    let named = before.last().is_some_and(Placed::answers);
    let denied = before.last().is_some_and(|part| part.is(Turn::Not));
    let asked = before.first().is_some_and(|part| asks(&heard[part.from].text));
    let questioned = asked && !pause;
    (filler || pause || joined || named) && !denied && !questioned
}

/// Whether "and it's" is followed by a letter: "I added them and it's B".
fn concludes(heard: &[Word], placed: &Placed, after: &[Placed]) -> bool {
    let word = |at: usize| heard.get(at).map_or("", |word| word.text.as_str());
    let joined = placed.from > 0 && matches!(word(placed.from - 1), "and" | "so" | "but");
    let it_is = word(placed.from) == "it" && word(placed.from + 1) == "is" && placed.to == placed.from + 2;
    let letter = after.first().is_some_and(|next| {
        matches!(&next.part, Part::Named { sure: true, .. }) && mentions::one(&heard[next.from..]).is_some()
    });
    joined && it_is && letter
}

/// Whether a part of an utterance asks something.
fn is_question(heard: &[Word], segment: &[Placed]) -> bool {
    let lead = [
        "um", "uh", "well", "okay", "so", "hey", "oh", "hmm", "and", "but", "wait", "please", "tutor", "like",
    ];
    let Some(first) = segment.first() else { return false };
    if first.answers() {
        return false;
    }
    let end = segment.last().map_or(first.to, |last| last.to);
    let word = heard[first.from..end].iter().find(|word| !lead.contains(&word.text.as_str()));
    let at = word.map_or("", |word| word.text.as_str());
    let whole = segment.iter().find(|part| !part.is(Turn::Filler)).is_some_and(|part| {
        // "how seeds move" where that is a choice.
        part.answers() && heard[part.from].text == at
    });
    let decided = segment.first().is_some_and(|part| part.is(Turn::Commit));
    asks(at) && !whole && !decided
}

/// Without the reason that follows an answer.
fn without_reason(segment: &[Placed]) -> &[Placed] {
    match segment.iter().position(|part| part.is(Turn::Because)) {
        Some(at) if segment[..at].iter().any(|part| !is_turn(part, &[Turn::Filler])) => &segment[..at],
        _ => segment,
    }
}

/// What a segment names, sorted.
#[derive(Debug, Default)]
struct Tally {
    /// Choices that are named, each naming as a set.
    named: Vec<(Vec<usize>, bool, f64)>,
    /// Choices that are ruled out.
    denied: Vec<usize>,
    number: bool,
    step: Option<usize>,
    either: bool,
    tolerant: bool,
    /// Something was denied, and it is not known what.
    muddled: bool,
    unknown: usize,
}

/// Whether a part is a long choice in full.
fn is_long(placed: &Placed) -> bool {
    matches!(placed.part, Part::Named { tolerant: true, .. })
}

fn tally(ask: &Ask<'_>, heard: &[Word], segment: &[Placed]) -> Tally {
    let mut tally = Tally::default();
    let long = segment.iter().any(is_long);
    let mut at = 0;
    while at < segment.len() {
        let placed = &segment[at];
        at += 1;
        match &placed.part {
            Part::Named { choices, sure, confidence, tolerant } => {
                tally.named.push((choices.clone(), *sure, *confidence));
                tally.tolerant |= tolerant;
            }
            Part::Number(step) => {
                tally.number = true;
                tally.step = tally.step.or(*step);
            }
            Part::Word => {
                // "he wants to thank her": small words around a long choice.
                let small = |word: &Word| is_small(&word.text) || is_weak(&stem(&word.text));
                let around = |word: &Word| small(word) && !is_turning(&word.text);
                if long && heard[placed.from..placed.to].iter().all(around) {
                    continue;
                }
                let turns = heard[placed.from..placed.to].iter().any(|word| is_turning(&word.text));
                tally.unknown += if turns { 2 } else { 1 };
            }
            Part::Turn(Turn::Not) => at = denial(ask, heard, segment, at, &mut tally),
            Part::Turn(Turn::MayCorrect) => {
                tally.muddled |= heard[placed.from].text == "no";
                tally.unknown += 1;
            }
            Part::Turn(Turn::Or) => tally.either = true,
            Part::Turn(Turn::Pointing) => {
                tally.named.push((vec![0, 1, 2, 3], false, 0.0));
                tally.unknown += 1;
            }
            Part::Turn(Turn::Commit) if at > 1 => tally.unknown += 1,
            Part::Turn(_) | Part::Asked => {}
        }
    }
    tally
}

/// What a "not" at `at` rules out; where the next part begins.
fn denial(ask: &Ask<'_>, heard: &[Word], segment: &[Placed], at: usize, tally: &mut Tally) -> usize {
    let mut next = at;
    while segment.get(next).is_some_and(|part| part.is(Turn::Filler)) {
        next += 1;
    }
    match segment.get(next).map(|part| &part.part) {
        Some(Part::Named { choices, sure: true, .. }) => {
            tally.denied.extend(choices);
            next + 1
        }
        Some(Part::Word | Part::Asked) => {
            // "not the dog one", up to a pause.
            let from = segment[next].from;
            let to = (from..heard.len()).find(|at| heard[*at].pause).map_or(heard.len(), |at| at + 1);
            let words: Vec<&str> = heard[from..to].iter().map(|word| word.text.as_str()).collect();
            match content(ask, &words) {
                Content::One(choice, _) => {
                    tally.denied.push(choice);
                    segment.iter().position(|part| part.from >= to).unwrap_or(segment.len())
                }
                _ => {
                    tally.muddled = true;
                    at
                }
            }
        }
        _ => {
            tally.muddled = true;
            at
        }
    }
}

fn answer(ask: &Ask<'_>, heard: &[Word], segment: &[Placed]) -> Understood {
    if segment.is_empty() {
        return Understood::new(Verdict::NotAnAnswer);
    }
    if let Some(alone) = single(ask, heard, segment) {
        return alone;
    }
    // "the dog that could not swim": the "not" is a part of what is said, unless it stands first.
    let first = segment.iter().position(|part| !part.is(Turn::Filler));
    let not = segment.iter().position(|part| part.is(Turn::Not));
    if not > first && not.is_some() && !segment.iter().any(Placed::answers) {
        let found = by_content(ask, heard, segment, false);
        if matches!(found.verdict, Verdict::Right | Verdict::Wrong) {
            return found;
        }
    }
    let mut tally = tally(ask, heard, segment);
    if tally.named.is_empty() && !tally.number {
        return if tally.denied.is_empty() {
            by_content(ask, heard, segment, tally.either)
        } else {
            Understood::between(tally.denied)
        };
    }
    if tally.unknown > 0 && !tally.muddled && !tally.number {
        // "B, the one about dogs".
        let words = unnamed(heard, segment);
        match content(ask, &words) {
            Content::One(choice, confidence) => {
                tally.named.push((vec![choice], true, confidence));
                tally.unknown = 0;
            }
            Content::Near(choices) if !choices.is_empty() => tally.named.push((choices, false, 0.3)),
            _ => {}
        }
    }
    judge(ask, tally)
}

/// Words that name nothing.
fn unnamed<'h>(heard: &'h [Word], segment: &[Placed]) -> Vec<&'h str> {
    segment
        .iter()
        .filter(|part| matches!(part.part, Part::Word | Part::Asked))
        .flat_map(|part| heard[part.from..part.to].iter().map(|word| word.text.as_str()))
        .collect()
}

fn judge(ask: &Ask<'_>, tally: Tally) -> Understood {
    let all: Vec<usize> = (0..4)
        .filter(|choice| tally.named.iter().all(|(choices, _, _)| choices.contains(choice)))
        .filter(|choice| !tally.denied.contains(choice))
        .collect();
    let mut near: Vec<usize> =
        tally.named.iter().flat_map(|(choices, _, _)| choices.iter().copied()).collect();
    near.sort_unstable();
    near.dedup();
    let sure = tally.named.iter().filter(|(choices, sure, _)| *sure && choices.len() == 1);
    let confidence = sure.map(|(_, _, confidence)| *confidence).fold(0.0, f64::max);
    let slips = usize::from(tally.tolerant);
    match all[..] {
        [one] if !tally.number && !tally.either && !tally.muddled => {
            let understood = tally.unknown <= slips && confidence > 0.0;
            let confidence = if understood { confidence } else { 0.4 };
            Understood { near: vec![one], ..Understood::chosen(ask.item, one, confidence) }
        }
        _ => Understood { step: tally.step, ..Understood::between(near) },
    }
}

/// A word alone that is a number or a letter only perhaps.
fn single(ask: &Ask<'_>, heard: &[Word], segment: &[Placed]) -> Option<Understood> {
    let mut rest = segment.iter().filter(|part| !part.is(Turn::Filler));
    let part = rest.next();
    let said = match part {
        Some(part) if rest.next().is_none() && part.to == part.from + 1 => heard[part.from].text.as_str(),
        // "for", "to" and "be" are fillers elsewhere.
        None if heard.len() == 1 => heard[0].text.as_str(),
        _ => return None,
    };
    let wordy = ask.words.iter().flatten().all(|word| number_at(std::slice::from_ref(word)).is_none());
    if !ask.numeric() && wordy {
        let counts = said.chars().all(|c| c.is_ascii_digit()) || !matches!(said, "to" | "too" | "for");
        let counted = ask.item.stem.to_lowercase().contains("how many");
        if let Some(choice) = mentions::cardinal(said).filter(|_| counts && !counted) {
            return Some(Understood::chosen(ask.item, choice, 0.8));
        }
    }
    if matches!(
        said,
        "for" | "to" | "too" | "ate" | "won" | "be" | "see" | "sea" | "e" | "p" | "v" | "t" | "z" | "g"
    ) {
        let near = mentions::perhaps(said).unwrap_or_default();
        let own = ask.words.iter().any(|words| words.iter().any(|word| word == said));
        return (!own || said.len() > 1).then(|| Understood::between(near));
    }
    None
}

/// What the words of a segment say by their content alone.
fn by_content(ask: &Ask<'_>, heard: &[Word], segment: &[Placed], either: bool) -> Understood {
    let kept = |part: &&Placed| !matches!(part.part, Part::Turn(Turn::Filler | Turn::Commit | Turn::Because));
    let (Some(first), Some(last)) = (segment.iter().find(kept), segment.iter().rev().find(kept)) else {
        return Understood::new(Verdict::NotAnAnswer);
    };
    let words: Vec<&str> = heard[first.from..last.to]
        .iter()
        .map(|word| word.text.as_str())
        .filter(|word| !matches!(*word, "um" | "uh" | "hmm" | "please"))
        .collect();
    let pointing = segment.iter().any(|part| part.is(Turn::Pointing));
    match content(ask, &words) {
        Content::One(choice, confidence) if !either && !pointing => {
            Understood::chosen(ask.item, choice, confidence)
        }
        Content::One(choice, _) => Understood::between(vec![choice]),
        Content::Near(choices) => Understood::between(choices),
        Content::None => Understood::new(Verdict::NotAnAnswer),
    }
}
