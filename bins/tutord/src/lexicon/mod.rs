//! What words mean and how they are built, told from the dictionary and the words that are taught. No model has a part in it.

mod built;
mod told;

use std::collections::HashMap;
use std::path::Path;
use std::sync::LazyLock;

use iseetutor_curriculum::content::{Library, Word};
use iseetutor_lexicon::{Found, Lexicon, PartOfSpeech, TITLE, spelling};

use crate::answer::{Evidence, Told, is_obscene};
use crate::router::asked::{About, WordQuestion};
use built::{example, letters, part_of_speech, past, plural, spelled, syllables_of};
use told::{Way, capitalised, enumerated, meaning, one_of};

/// What our own definitions are quoted from.
const OWN_TITLE: &str = "ISEE Tutor word list";

/// Said of what is not for a child, and of nothing else.
pub const ASK_A_GROWN_UP: &str = "That's a word to ask a grown-up you trust about.";
/// Said of rhymes.
const NO_RHYMES: &str =
    "I can't hear which words rhyme, so I'd only be guessing. Try saying some words out loud.";

/// Words that are taught, by themselves.
static OWN: LazyLock<HashMap<&'static str, &'static Word>> = LazyLock::new(|| {
    Library::embedded()
        .map(|library| library.words.iter().map(|word| (word.word.as_str(), word)).collect())
        .unwrap_or_default()
});

/// The dictionary: WordNet's file, if there is one, and the words that are taught.
#[derive(Debug, Default)]
pub struct Dictionary {
    file: Option<Lexicon>,
}

impl Dictionary {
    /// With the lexicon's file, if it can be used; what is wrong with it is logged, and then only taught words are known.
    #[must_use]
    pub fn open(path: &Path) -> Self {
        match Lexicon::open(path) {
            Ok(lexicon) => Self { file: Some(lexicon) },
            Err(error) => {
                tracing::warn!(%error, "only the words that are taught are known");
                Self::default()
            }
        }
    }

    /// Whether the lexicon's file is there.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.file.is_some()
    }

    /// Answers a question about a word; nothing if the word is not known, or the question is not one for a dictionary.
    #[must_use]
    pub fn answer(&self, question: &WordQuestion) -> Option<Told> {
        let word = question.word.as_str();
        let found = self.find(word);
        if is_unfit(word) || found.as_ref().is_some_and(Found::is_hidden) {
            // Of "what is X" too: whatever follows would be about it.
            return Some(Told::say(ASK_A_GROWN_UP));
        }
        let entry = Entry { asked: word, own: own(word, found.as_ref()), found };
        match &question.about {
            About::Meaning { article, pos, .. } => self.means(&entry, article, *pos),
            About::Difference(other) => self.difference(&entry, other),
            About::Spelling => spelled(&entry).filter(|_| self.is_written(&entry)),
            About::Letters(letter) => letters(&entry, *letter).filter(|_| self.is_written(&entry)),
            About::Synonym => self.synonym(&self.based(entry)),
            About::Opposite => self.opposite(&entry),
            About::Same(other) => self.same(&entry, other),
            About::PartOfSpeech => part_of_speech(&entry),
            About::Family(pos) => self.family(&entry, *pos),
            About::Syllables => syllables_of(&entry),
            About::Example => example(&entry),
            About::Plural => plural(&entry),
            About::Past => past(&entry),
            About::Rhyme => Some(Told::say(NO_RHYMES)),
        }
    }

    /// Whether it is a word or a name of some source, so that its letters are known.
    fn is_written(&self, entry: &Entry) -> bool {
        let is_name = |file: &Lexicon| file.is_name(entry.asked).unwrap_or(false);
        entry.is_known() || spelling::is_small(entry.asked) || self.file.as_ref().is_some_and(is_name)
    }

    fn find(&self, word: &str) -> Option<Found> {
        let look = |word: &str| {
            self.file.as_ref()?.find(word).unwrap_or_else(|error| {
                tracing::warn!(%error, "a word could not be looked up");
                None
            })
        };
        // The words of an utterance have no hyphens.
        look(word).or_else(|| word.contains(' ').then(|| look(&word.replace(' ', "-")))?)
    }

    /// With the word that an irregular form belongs to, where that is what is meant.
    fn based<'q>(&self, entry: Entry<'q>) -> Entry<'q> {
        let base = self.file.as_ref().and_then(|file| file.base_of(entry.asked).ok().flatten());
        match base.filter(|base| !base.is_hidden()) {
            Some(base) => Entry { own: own(&base.word, None), found: Some(base), ..entry },
            None => entry,
        }
    }

    fn means(&self, entry: &Entry, article: &str, pos: Option<PartOfSpeech>) -> Option<Told> {
        let pos = pos.or((article == "to").then_some(PartOfSpeech::Verb));
        // "A bank" is a noun, whatever else the word can be.
        let noun = ["a", "an", "the"].contains(&article).then_some(PartOfSpeech::Noun);
        let wanted = pos.or(noun);
        let own = entry.own.filter(|own| wanted.is_none_or(|pos| own.pos == pos.as_str()));
        if let Some(own) = own {
            let pos = PartOfSpeech::named(&own.pos)?;
            let way = Way { article, asked: &own.word, word: &own.word, pos };
            let told = Told::say(meaning(&way, &own.definition)).and(format!("For example: {}", own.example));
            let told = told.based_on(Evidence::of(OWN_TITLE, own.definition.clone()));
            return Some(match self.another(own, pos, entry.found.as_ref()) {
                Some(other) => told.and(also(pos, &other)).based_on(Evidence::of(TITLE, other)),
                None => told,
            });
        }
        let found = entry.found.as_ref()?;
        let senses: Vec<_> =
            found.senses.iter().filter(|sense| wanted.is_none_or(|pos| sense.pos == pos)).collect();
        let first = senses.first()?;
        let way = Way { article, asked: entry.asked, word: &found.word, pos: first.pos };
        let mut told = Told::say(meaning(&way, &first.definition))
            .based_on(Evidence::of(TITLE, first.definition.clone()));
        // Another sense is told when it is met nearly as often.
        let second = senses.get(1).filter(|second| second.uses * 3 >= first.uses);
        if let Some(second) = second {
            told = told
                .and(also(second.pos, &second.definition))
                .based_on(Evidence::of(TITLE, second.definition.clone()));
        }
        Some(told)
    }

    /// WordNet's most frequent meaning of a taught word, where it is not the one that is taught.
    fn another(&self, own: &Word, pos: PartOfSpeech, found: Option<&Found>) -> Option<String> {
        let mut found = found?.clone().of(pos)?;
        found.senses.truncate(1);
        let (words, _) = self.file.as_ref()?.synonyms(&found).ok()?;
        // The same meaning has the same synonyms; a word without any is left alone.
        let same = words.is_empty() || own.synonyms.iter().any(|synonym| words.contains(synonym));
        let first = found.senses.into_iter().next()?;
        (!same && first.uses > 0).then_some(first.definition)
    }

    fn difference(&self, entry: &Entry, other: &str) -> Option<Told> {
        let other_found = self.find(other);
        if is_unfit(other) || other_found.as_ref().is_some_and(Found::is_hidden) {
            return Some(Told::say(ASK_A_GROWN_UP));
        }
        let second = Entry { asked: other, own: own(other, other_found.as_ref()), found: other_found };
        let pos = entry.first_pos().filter(|pos| second.parts().contains(pos));
        let one = self.means(entry, "", pos)?;
        let two = self.means(&second, "", pos)?;
        if one.evidence.first() == two.evidence.first() {
            return Some(Told::say(format!(
                "I don't know how {} and {} are different.",
                entry.word(),
                second.word()
            )));
        }
        let first_of = |told: &Told| told.sentences.first().cloned().unwrap_or_default();
        let mut told = Told::say(first_of(&one)).and(first_of(&two));
        told.evidence = one.evidence.into_iter().take(1).chain(two.evidence.into_iter().take(1)).collect();
        Some(told)
    }

    /// Words that mean the same, and whether they share a sense or are only alike.
    fn synonyms(&self, entry: &Entry) -> Option<(Vec<String>, bool, &'static str)> {
        if let Some(own) = entry.own {
            return Some((own.synonyms.clone(), true, OWN_TITLE));
        }
        let (words, same) = self.file.as_ref()?.synonyms(entry.found.as_ref()?).ok()?;
        (!words.is_empty()).then_some((words, same, TITLE))
    }

    fn synonym(&self, entry: &Entry) -> Option<Told> {
        let word = entry.word();
        let Some((mut words, same, title)) = self.synonyms(entry) else {
            // A word that is known, but alone.
            entry.found.as_ref()?;
            return Some(Told::say(format!("I don't know another word for {word}.")));
        };
        words.truncate(3);
        let sentence = match (words.as_slice(), same) {
            ([one], true) => format!("Another word for {word} is {one}."),
            (_, true) => format!("Other words for {word} are {}.", enumerated(&words, "and")),
            ([one], false) => format!("A word close to {word} is {one}."),
            (_, false) => format!("Words close to {word} are {}.", enumerated(&words, "and")),
        };
        Some(Told::say(sentence).based_on(Evidence::of(title, format!("{word}: {}", words.join(", ")))))
    }

    fn opposites(&self, entry: &Entry) -> Option<(Vec<String>, &'static str)> {
        if let Some(own) = entry.own.filter(|own| !own.antonym.is_empty()) {
            return Some((vec![own.antonym.clone()], OWN_TITLE));
        }
        let words = self.file.as_ref()?.opposites(entry.found.as_ref()?).ok()?;
        (!words.is_empty()).then_some((words, TITLE))
    }

    fn opposite(&self, entry: &Entry) -> Option<Told> {
        let word = entry.word();
        let Some((mut words, title)) = self.opposites(entry) else {
            entry.found.as_ref()?;
            return Some(Told::say(format!("I don't know a word that means the opposite of {word}.")));
        };
        words.truncate(2);
        let sentence = format!("The opposite of {word} is {}.", enumerated(&words, "or"));
        Some(
            Told::say(sentence)
                .based_on(Evidence::of(title, format!("{word}: opposite {}", words.join(", ")))),
        )
    }

    fn same(&self, entry: &Entry, other: &str) -> Option<Told> {
        let known = |words: &[String], word: &str| words.iter().any(|known| known.to_lowercase() == word);
        let second = self.find(other);
        if is_unfit(other) || second.as_ref().is_some_and(Found::is_hidden) {
            return Some(Told::say(ASK_A_GROWN_UP));
        }
        let second = Entry { asked: other, own: own(other, second.as_ref()), found: second };
        let (one, two) = (entry.word(), second.word());
        if let Some((words, title)) = self.opposites(entry)
            && known(&words, two)
        {
            let told = Told::say(format!("No, {two} is the opposite of {one}."));
            return Some(told.based_on(Evidence::of(title, format!("{one}: opposite {two}"))));
        }
        for (of, is) in [(entry, two), (&second, one)] {
            if let Some((words, true, title)) = self.synonyms(of)
                && known(&words, is)
            {
                let told = Told::say(format!("Yes, {one} and {two} can mean the same thing."));
                return Some(told.based_on(Evidence::of(title, format!("{}: {is}", of.word()))));
            }
        }
        // That no source says so does not make it untrue; what each means is for the child to compare.
        self.difference(entry, other)
    }

    fn family(&self, entry: &Entry, pos: Option<PartOfSpeech>) -> Option<Told> {
        let found = entry.found.as_ref()?;
        let word = &found.word;
        let family = self.file.as_ref()?.family(found).ok()?;
        let wanted: Vec<String> = family
            .iter()
            .filter(|(_, part)| pos.is_none_or(|pos| pos == *part))
            .map(|(word, _)| word.clone())
            .take(if pos.is_some() { 1 } else { 4 })
            .collect();
        let Some(first) = wanted.first() else {
            return Some(Told::say(match pos {
                Some(pos) => format!("I don't know {} that comes from {word}.", one_of(pos)),
                None => format!("I don't know other words that come from {word}."),
            }));
        };
        let evidence = Evidence::of(TITLE, format!("{word}: {}", wanted.join(", ")));
        let sentence = match pos {
            Some(pos) => format!("{} that goes with {word} is {first}.", capitalised(&one_of(pos))),
            None if wanted.len() == 1 => format!("A word in the same family as {word} is {first}."),
            None => format!("Words in the same family as {word} are {}.", enumerated(&wanted, "and")),
        };
        Some(Told::say(sentence).based_on(evidence))
    }
}

/// A word with what is known of it.
struct Entry<'q> {
    /// As it was asked for.
    asked: &'q str,
    own: Option<&'static Word>,
    found: Option<Found>,
}

impl Entry<'_> {
    /// The word itself, not a form of it.
    fn word(&self) -> &str {
        match (&self.found, self.own) {
            (_, Some(own)) => &own.word,
            (Some(found), None) => &found.word,
            (None, None) => self.asked,
        }
    }

    fn parts(&self) -> Vec<PartOfSpeech> {
        let own = self.own.and_then(|own| PartOfSpeech::named(&own.pos));
        let found = self.found.iter().flat_map(Found::parts_of_speech).filter(|pos| Some(*pos) != own);
        own.into_iter().chain(found).collect()
    }

    fn first_pos(&self) -> Option<PartOfSpeech> {
        self.parts().first().copied()
    }

    fn is_known(&self) -> bool {
        self.own.is_some() || self.found.is_some()
    }
}

fn own(word: &str, found: Option<&Found>) -> Option<&'static Word> {
    OWN.get(word).or_else(|| OWN.get(found?.word.as_str())).copied()
}

fn is_unfit(word: &str) -> bool {
    word.split(' ').any(is_obscene) || iseetutor_lexicon::safety::is_hidden(word)
}

/// "It can also mean to ...".
fn also(pos: PartOfSpeech, definition: &str) -> String {
    let to = if pos == PartOfSpeech::Verb { "to " } else { "" };
    format!("It can also mean {to}{definition}.")
}

impl Entry<'_> {
    fn title(&self) -> &'static str {
        if self.own.is_some() { OWN_TITLE } else { TITLE }
    }
}
