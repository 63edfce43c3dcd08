//! How words are built: letters, syllables, forms, parts of speech.

use iseetutor_lexicon::{PartOfSpeech, morphology, spelling, syllables};

use super::Entry;
use super::told::{self, capitalised, enumerated, named, one_of};
use crate::answer::{Evidence, Told};

/// A word by its letters; only of words that a source has, because what was heard may be spelled wrong.
pub fn spelled(entry: &Entry) -> Option<Told> {
    let letters = spelling::aloud(entry.asked);
    (!letters.is_empty()).then(|| {
        let told = Told::say(format!("{} is spelled {letters}.", capitalised(entry.asked)));
        told.based_on(Evidence::of(entry.title(), entry.asked))
    })
}

pub fn letters(entry: &Entry, letter: Option<char>) -> Option<Told> {
    let (count, word) = (spelling::count(entry.asked, letter), capitalised(entry.asked));
    let sentence = match letter {
        None => format!("{word} has {}.", named(count, "letter")),
        Some(letter) => {
            let letter = letter.to_uppercase();
            let times = if count == 1 {
                format!("one letter {letter}")
            } else {
                format!("{} letters {letter}", told::number(count))
            };
            format!("{word} has {times}. It is spelled {}.", spelling::aloud(entry.asked))
        }
    };
    Some(Told::say(sentence).based_on(Evidence::of(entry.title(), entry.asked)))
}

pub fn part_of_speech(entry: &Entry) -> Option<Told> {
    let mut parts = entry.parts();
    // What is hardly met would confuse: "dog" is a verb, too, but only just.
    if let Some(found) = &entry.found {
        let all = found.uses();
        parts.retain(|pos| {
            let own = entry.own.is_some_and(|own| own.pos == pos.as_str());
            let uses: i64 =
                found.senses.iter().filter(|sense| sense.pos == *pos).map(|sense| sense.uses).sum();
            own || uses * 12 >= all
        });
    }
    let names: Vec<String> = parts.iter().map(|pos| one_of(*pos)).collect();
    let (first, word) = (names.first()?, capitalised(entry.word()));
    let sentence = match names.len() {
        1 => format!("{word} is {first}."),
        _ => format!("{word} can be {}, depending on the sentence.", enumerated(&names, "or")),
    };
    let told = Told::say(sentence)
        .based_on(Evidence::of(entry.title(), format!("{}: {}", entry.word(), names.join(", "))));
    Some(match parts.as_slice() {
        [only] => told.and(told::grammar(*only)),
        _ => told,
    })
}

pub fn syllables_of(entry: &Entry) -> Option<Told> {
    entry.is_known().then_some(())?;
    let word = capitalised(entry.asked);
    Some(match syllables::count(entry.asked) {
        Some(count) => {
            let count = named(usize::try_from(count).unwrap_or_default(), "syllable");
            Told::say(format!("{word} has {count}."))
                .based_on(Evidence::of("CMU Pronouncing Dictionary", format!("{}: {count}", entry.asked)))
        }
        None => Told::say(format!(
            "I'm not sure about {}. Say it slowly and clap once for each beat.",
            entry.asked
        )),
    })
}

pub fn example(entry: &Entry) -> Option<Told> {
    if let Some(own) = entry.own {
        return Some(
            Told::say(own.example.clone()).based_on(Evidence::of(super::OWN_TITLE, own.example.clone())),
        );
    }
    entry.found.as_ref()?;
    Some(Told::say(format!("I don't have a good sentence with {}. Can you make one up?", entry.asked)))
}

pub fn plural(entry: &Entry) -> Option<Told> {
    entry.parts().contains(&PartOfSpeech::Noun).then_some(())?;
    let word = entry.word();
    Some(match morphology::plural(word) {
        Some(plural) if plural == word => Told::say(format!("The plural of {word} is {plural}, too.")),
        Some(plural) => Told::say(format!(
            "The plural of {word} is {plural}. It is spelled {}.",
            spelling::aloud(&plural)
        )),
        None => {
            Told::say(format!("I'm not sure about the plural of {word}. Let's look it up with a grown-up."))
        }
    })
}

pub fn past(entry: &Entry) -> Option<Told> {
    entry.parts().contains(&PartOfSpeech::Verb).then_some(())?;
    let word = entry.word();
    Some(match morphology::past(word) {
        Some(past) => Told::say(format!("The past tense of {word} is {past}.")),
        None => Told::say(format!(
            "I'm not sure about the past tense of {word}. Let's look it up with a grown-up."
        )),
    })
}
