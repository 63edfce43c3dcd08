//! An utterance in parts: what names a choice, what turns it, and what is left.

use super::amounts::{self, Worth};
use super::ask::{Ask, Unit};
use super::comparison::{self, Said};
use super::hear::Word;
use super::mentions::{self, How, Mention};
use super::phrases::{Turn, is_remark, turn};
use super::times;
use super::wording::is_weak;

/// A part of an utterance.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    /// One of these choices was named; sure if there is one and `sure`.
    Named { choices: Vec<usize>, sure: bool, confidence: f64, tolerant: bool },
    /// A number that is none of the choices, perhaps a step.
    Number(Option<usize>),
    /// A turn of phrase.
    Turn(Turn),
    /// A word of the question.
    Asked,
    /// Any other word.
    Word,
}

/// A part and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) part: Part,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Placed {
    /// Whether it may be an answer.
    pub(super) fn answers(&self) -> bool {
        matches!(self.part, Part::Named { .. } | Part::Number(_))
    }

    /// Whether it is this turn.
    pub(super) fn is(&self, turn: Turn) -> bool {
        self.part == Part::Turn(turn)
    }
}

/// Takes an utterance apart.
pub(super) fn parts(ask: &Ask<'_>, heard: &[Word]) -> Vec<Placed> {
    let mut parts: Vec<Placed> = Vec::new();
    let mut at = 0;
    while at < heard.len() {
        let (part, used) = one(ask, heard, at);
        parts.push(Placed { part, from: at, to: at + used });
        at += used;
    }
    begun_again(heard, &mut parts);
    parts
}

/// "thirty... thirty six": a number that was begun and begun again.
fn begun_again(heard: &[Word], parts: &mut [Placed]) {
    for at in 1..parts.len() {
        let (before, after) = (&parts[at - 1], &parts[at]);
        let same = heard[before.from].text == heard[after.from].text;
        let shorter = before.to - before.from < after.to - after.from;
        if matches!(before.part, Part::Number(_))
            && after.answers()
            && same
            && shorter
            && heard[before.to - 1].pause
        {
            parts[at - 1].part = Part::Turn(Turn::Filler);
        }
    }
}

fn one(ask: &Ask<'_>, heard: &[Word], at: usize) -> (Part, usize) {
    let texts: Vec<&str> = heard[at..].iter().take(14).map(|word| word.text.as_str()).collect();
    // "they had" is a part of what is said about a story, and a turn of phrase before a number.
    let about = |used: usize| {
        let subject = matches!(texts[0], "he" | "she" | "they" | "it" | "there") && !ask.numeric();
        let hedged =
            ask.comparison && texts[..used].iter().any(|word| matches!(*word, "could" | "might" | "may"));
        hedged || (subject && (used == 1 || texts[..used].iter().any(|word| is_weak(word))))
    };
    let phrase = turn(&texts).filter(|(_, used)| !about(*used));
    let named = named(ask, heard, at, &texts);
    match (named, phrase) {
        // "the one about" is longer than "the one", but "that is" is not longer than "that is funny".
        (Some((part, used)), Some((_, longer))) if longer <= used => (part, used),
        (Some(found), None) => found,
        (_, Some((found, used))) => (Part::Turn(found), used),
        (None, None) => {
            let word = texts[0];
            let told = matches!(word, "he" | "she") && ask.numeric() && ask.tells_of_someone();
            let asked = (ask.asks_about(word) || told) && !super::wording::is_negative(word);
            (if asked { Part::Asked } else { Part::Word }, 1)
        }
    }
}

/// What names a choice, or is a number.
fn named(ask: &Ask<'_>, heard: &[Word], at: usize, texts: &[&str]) -> Option<(Part, usize)> {
    if let Some(found) = by_text(ask, heard, at) {
        return Some(found);
    }
    if ask.comparison
        && let Some((said, used)) = comparison::at(texts)
    {
        let part = match said {
            Said::Choice(choice) => {
                Part::Named { choices: vec![choice], sure: true, confidence: 0.95, tolerant: false }
            }
            Said::Perhaps(choice) => {
                Part::Named { choices: vec![choice], sure: false, confidence: 0.3, tolerant: false }
            }
        };
        return Some((part, used));
    }
    if let Some((mention, used)) = mentions::one(&heard[at..]) {
        return by_name(ask, heard, at, mention, used);
    }
    by_value(ask, heard, at)
}

/// A choice's whole text.
fn by_text(ask: &Ask<'_>, heard: &[Word], at: usize) -> Option<(Part, usize)> {
    let (choices, used) = ask.text_at(heard, at)?;
    if let ([choice], 1) = (&choices[..], used) {
        // "B" where it is a choice's text is a letter as well.
        if matches!(heard[at].text.as_str(), "a" | "b" | "c" | "d") {
            return None;
        }
        let before = |back: usize| at.checked_sub(back).map_or("", |at| heard[at].text.as_str());
        let close = at > 0 && !heard[at - 1].pause;
        let framed = close && matches!(before(1), "is" | "so" | "too" | "very" | "really" | "am");
        // "so lucky!", "that is lucky" are remarks, whatever the word.
        let remark = close
            && (matches!(before(1), "so" | "too" | "very" | "am")
                || (before(1) == "is" && matches!(before(2), "that" | "this")));
        let explicit = heard[..at].iter().any(|word| {
            matches!(word.text.as_str(), "answer" | "think" | "say" | "choose" | "pick" | "means" | "guess")
        });
        if !explicit && (remark || (framed && is_remark(&heard[at].text))) {
            return Some((unsure(vec![*choice]), used));
        }
    }
    let sure = choices.len() == 1;
    // A word too many in a long clause changes nothing.
    let number = |choice: &usize| ask.texts[*choice].iter().any(|unit| matches!(unit, Unit::Number(_)));
    let tolerant = used >= 4 && !choices.iter().any(number);
    Some((Part::Named { choices, sure, confidence: 0.99, tolerant }, used))
}

fn unsure(choices: Vec<usize>) -> Part {
    Part::Named { choices, sure: false, confidence: 0.3, tolerant: false }
}

/// A letter or place, where nothing else may be meant.
fn by_name(ask: &Ask<'_>, heard: &[Word], at: usize, mention: Mention, used: usize) -> Option<(Part, usize)> {
    let Mention { choice, confidence, how } = mention;
    let next = heard.get(at + used).filter(|_| !heard[at + used - 1].pause).map(|word| word.text.as_str());
    let mut choices = vec![choice];
    let value = i128::try_from(choice + 1).unwrap_or(0);
    let worth = |wanted: &dyn Fn(i128, i128) -> bool| -> Vec<usize> {
        let fits = |at: &usize| {
            let amount = ask.amounts[*at].as_ref();
            amount.is_some_and(|own| wanted(own.value.numerator(), own.value.denominator()))
        };
        (0..4).filter(fits).collect()
    };
    match how {
        How::Letter => {
            choices.extend(ask.letters[choice].or_else(|| ask.letters.iter().flatten().next().copied()))
        }
        How::Spelled => {
            let word = heard[at].text.as_str();
            let name = used == 1 && ask.words.iter().any(|words| words.iter().any(|own| own == word));
            if name {
                return Some((unsure(vec![choice]), used));
            }
        }
        How::Place => {}
        How::Counted => choices.extend(worth(&|above, below| below == 1 && above == value)),
        How::BarePlace => {
            // "the third angle", "the first two" are no places.
            let word = heard[at + used - 1].text.as_str();
            if next.is_some_and(|next| ask.asks_about(next)) {
                return Some((Part::Asked, used + 1));
            }
            let counted = next.is_some_and(|next| mentions::cardinal(next).is_some());
            let inside = next
                .is_some_and(|next| iseetutor_numbers::parse(&format!("1 {next}")).is_some() || next == "of");
            if counted || inside || ask.asks_about(word) {
                return Some((unsure(choices), used));
            }
            if at > 0 && matches!(heard[at - 1].text.as_str(), "a" | "one" | "this" | "any") {
                return None;
            }
            choices.extend(worth(&|above, below| {
                (below == 1 && above == value) || (above == 1 && below == value)
            }));
        }
    }
    choices.sort_unstable();
    choices.dedup();
    // "it's a" may be the beginning of a sentence, cut off.
    let cut = heard[at].text == "a" && used == 1 && !heard[at].capital && next.is_none() && {
        let before = at.checked_sub(1).map(|at| heard[at].text.as_str());
        let chosen = heard[..at].iter().any(|word| {
            matches!(
                word.text.as_str(),
                "answer"
                    | "choose"
                    | "pick"
                    | "choice"
                    | "letter"
                    | "with"
                    | "say"
                    | "option"
                    | "mark"
                    | "guess"
            )
        });
        let free = at == 0 || heard[at - 1].pause || chosen;
        !free
            && matches!(
                before,
                Some("is" | "like" | "be" | "maybe" | "think" | "about" | "just" | "not" | "was")
            )
    };
    let sure = choices.len() == 1 && !cut;
    Some((
        Part::Named { choices, sure, confidence: if sure { confidence } else { 0.4 }, tolerant: false },
        used,
    ))
}

/// A number, an amount, a time, a point.
fn by_value(ask: &Ask<'_>, heard: &[Word], at: usize) -> Option<(Part, usize)> {
    let before = at.checked_sub(1).map(|at| heard[at].text.as_str());
    let pronoun = heard[at].text == "one"
        && matches!(
            before,
            Some(
                "no" | "any"
                    | "some"
                    | "every"
                    | "the"
                    | "that"
                    | "this"
                    | "which"
                    | "each"
                    | "other"
                    | "right"
                    | "last"
                    | "first"
                    | "same"
                    | "only"
                    | "wrong"
                    | "correct"
                    | "next"
                    | "middle"
            )
        );
    if pronoun {
        return None;
    }
    if let Some(own) = &ask.times {
        let words: Vec<String> = heard[at..].iter().take(12).map(|word| word.text.clone()).collect();
        if let Some((time, used)) = times::at_start(&words) {
            let same: Vec<usize> = (0..4).filter(|choice| own[*choice].same(time) == Some(true)).collect();
            let other_half: Vec<usize> = (0..4).filter(|choice| own[*choice].same(time).is_none()).collect();
            let confidence = if time.is_bare() { 0.8 } else { 0.97 };
            let part = match (same.len(), other_half.is_empty()) {
                (0, true) => Part::Number(None),
                (0, false) => unsure(other_half),
                (count, _) => Part::Named { choices: same, sure: count == 1, confidence, tolerant: false },
            };
            return Some((part, used));
        }
    }
    if !ask.numeric() && heard[at].text == "one" && heard.len() > 1 {
        return None;
    }
    if let Some((worth, used)) = amounts::at(ask, &heard[at..]) {
        let part = match worth {
            // The beginning of a calculation, whose result follows.
            Worth::Choices(choices, true) if choices.is_empty() => Part::Turn(Turn::Filler),
            Worth::Choices(choices, sure) => {
                let confidence = if sure { 0.97 } else { 0.4 };
                Part::Named { choices, sure, confidence, tolerant: false }
            }
            Worth::None(step) => Part::Number(step),
        };
        return Some((part, used));
    }
    // "sixteenths".
    let word = heard[at].text.as_str();
    let ordinal = word.ends_with("ths") || matches!(word, "halves" | "thirds");
    (ask.numeric() && ordinal).then_some((Part::Number(None), 1))
}
