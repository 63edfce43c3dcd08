//! Every authored question at several seeds, and the content as a whole.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::{HashMap, HashSet};

use iseetutor_curriculum::bank::{Bank, Wanted};
use iseetutor_curriculum::content::{CompletionForm, Genre, Library, Passage, QuestionKind, Use};
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section};
use regex::Regex;

const SEEDS: [u64; 5] = [0, 1, 2, 77, 999_999];
const SECTIONS: [Section; 3] = [Section::Verbal, Section::Reading, Section::Auditory];

fn library() -> &'static Library {
    Library::embedded().unwrap()
}

/// Every authored item at every seed.
fn items() -> Vec<(Item, u64)> {
    let bank = Bank::embedded().unwrap();
    let mut items = Vec::new();
    for level in Level::ALL {
        for section in SECTIONS {
            for mock in [false, true] {
                for source in bank.sources(level, section, Wanted { mock, ..Wanted::default() }) {
                    for seed in SEEDS {
                        let item = bank.draw(&source, level, section, seed);
                        items.push((item.unwrap_or_else(|| panic!("{source:?} makes nothing")), seed));
                    }
                }
            }
        }
    }
    items
}

fn fail_on(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

fn lower_words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a text holds a phrase, word for word.
fn holds(text: &str, phrase: &str) -> bool {
    let (text, phrase) = (lower_words(text), lower_words(phrase));
    !phrase.is_empty() && text.windows(phrase.len()).any(|part| part == phrase)
}

/// The letters that forms of a word share.
fn root(word: &str) -> &str {
    let letters = word.len().saturating_sub(2).max(5).min(word.len());
    word.get(..letters).unwrap_or(word)
}

fn told(item: &Item) -> Option<String> {
    let key = item.choices[item.key].text.to_lowercase();
    item.hints.iter().find_map(|hint| {
        let mut said = if item.id.starts_with("synonym:") {
            let whole = holds(hint, &key);
            whole || lower_words(hint).iter().any(|word| key.len() > 3 && word.starts_with(root(&key)))
        } else {
            key.split(" ... ").any(|part| holds(hint, part))
        };
        let letters = Regex::new(r"\b([Cc]hoice|[Aa]nswer) [A-D]\b").unwrap();
        said |= letters.is_match(hint);
        said.then(|| format!("{}: the hint {hint:?} tells {key:?}", item.id))
    })
}

fn defects(item: &Item) -> Vec<String> {
    let mut found = Vec::new();
    let mut add = |what: String| found.push(format!("{}: {what}", item.id));
    let plain = |text: &str| lower_words(text).join(" ");
    let texts: HashSet<String> = item.choices.iter().map(|choice| plain(&choice.text)).collect();
    if texts.len() != 4 || texts.contains("") {
        add(format!("choices that are not four different ones: {texts:?}"));
    }
    let right: Vec<usize> = (0..4).filter(|at| item.choices[*at].reason.is_none()).collect();
    if right != [item.key] {
        add(format!("key {} and choices without a reason {right:?}", item.key));
    }
    if item.choices.iter().filter_map(|choice| choice.reason.as_ref()).any(|reason| reason.plain.len() < 8) {
        add("a wrong choice without a reason in words".into());
    }
    if item.hints.len() < 2 || item.solution.is_empty() {
        add("too few hints or no solution".into());
    }
    let said =
        [item.spoken.as_str()].into_iter().chain(item.choices.iter().map(|choice| choice.spoken.as_str()));
    for said in said.chain(item.hints.iter().map(String::as_str)) {
        let sign = |letter: char| !letter.is_ascii_alphanumeric() && !" .,;:!?'\"()-\n".contains(letter);
        if said.trim().is_empty() || said.contains(sign) {
            add(format!("a voice cannot say {said:?}"));
        }
    }
    found
}

#[test]
fn every_item_is_sound_at_every_seed() {
    let items = items();
    let mut problems = Vec::new();
    for (item, _) in &items {
        problems.extend(defects(item));
        problems.extend(told(item));
    }
    println!("{} authored items", items.len());
    problems.sort();
    problems.dedup();
    fail_on(&problems);
}

#[test]
fn every_item_is_found_again_by_its_id() {
    let bank = Bank::embedded().unwrap();
    let mut keys: HashMap<usize, usize> = HashMap::new();
    for (item, seed) in items() {
        assert!(item.id.ends_with(&format!(".{seed}")), "{}", item.id);
        assert_eq!(bank.item(&item.id).as_ref(), Some(&item), "{}", item.id);
        *keys.entry(item.key).or_default() += 1;
    }
    let all: usize = keys.values().sum();
    for place in 0..4 {
        let share = keys[&place] as f64 / all as f64;
        assert!((0.23..0.27).contains(&share), "place {place} is right in {share:.3} of the items");
    }
    for id in [
        "synonym:lower:verbal:no-such-word.1",
        "reading:lower:reading:nothing.1.1",
        "",
        "a:b",
        "synonym:lower:verbal:timid.x",
    ] {
        assert!(bank.item(id).is_none(), "{id}");
    }
}

#[test]
fn every_word_has_a_question() {
    let bank = Bank::embedded().unwrap();
    for level in [Level::Lower, Level::Middle, Level::Upper] {
        let wanted = Wanted { skill: Some("verbal.synonyms"), ..Wanted::default() };
        let asked = bank.sources(level, Section::Verbal, wanted).len();
        let words = library().words.iter().filter(|word| word.level == level).count();
        println!("{level}: {words} words");
        assert_eq!(asked, words, "{level}: words without distractors");
        assert!(words >= 300, "{level}: {words} words");
    }
    assert!(library().words.len() >= 900);
}

#[test]
fn every_sound_is_of_a_listed_word() {
    let library = library();
    for sound in &library.sounds {
        let listed = library.words.iter().any(|word| {
            word.pos == sound.pos && (word.word == sound.word || word.synonyms.contains(&sound.word))
        });
        assert!(listed, "{} is no {} of the word lists", sound.word, sound.pos);
        assert!(!sound.heteronym || !sound.say.is_empty(), "{}: how is it said?", sound.word);
        assert!(!sound.like.is_empty() || !sound.say.is_empty(), "{} says nothing", sound.word);
        let same: Vec<_> =
            library.sounds.iter().filter(|one| one.word == sound.word && one.pos == sound.pos).collect();
        assert_eq!(same.len(), 1, "{} is there twice", sound.word);
    }
}

#[test]
fn there_is_enough_of_everything() {
    let library = library();
    assert!(library.completions.len() >= 240, "{} completions", library.completions.len());
    assert!(library.prompts.len() + library.pictures.len() >= 30);
    let mut problems = Vec::new();
    let mut primary = 0;
    for level in Level::ALL {
        let of: Vec<&Passage> = library.passages.iter().filter(|passage| passage.level == level).collect();
        let mock = of.iter().filter(|passage| passage.kept_for == Use::Mock).count();
        let kinds: HashSet<QuestionKind> =
            of.iter().flat_map(|passage| &passage.questions).map(|question| question.kind).collect();
        if level < Level::Lower {
            primary += of.len();
        } else if of.len() != 16 || mock != 6 {
            problems.push(format!("{level}: {} passages, {mock} of them for mock tests", of.len()));
        }
        for kind in QuestionKind::ALL.iter().filter(|kind| !kinds.contains(kind)) {
            problems.push(format!("{level}: no question of the kind {kind:?}"));
        }
        let questions = if level >= Level::Middle { 6 } else { 5 };
        for passage in of.iter().filter(|passage| passage.questions.len() != questions) {
            problems.push(format!("{level}, {}: {} questions", passage.slug, passage.questions.len()));
        }
    }
    if primary < 8 {
        problems.push(format!("{primary} passages for the Primary levels"));
    }
    fail_on(&problems);
}

#[test]
fn every_skill_that_is_asked_has_a_lesson() {
    let bank = Bank::embedded().unwrap();
    let lessons = &library().lessons;
    let mut problems = Vec::new();
    let mut asked = HashSet::new();
    for level in Level::ALL {
        for section in SECTIONS {
            for source in bank.sources(level, section, Wanted::default()) {
                asked.insert((level, source.skill));
            }
        }
    }
    let single = [CompletionForm::OneWord, CompletionForm::OneBlank].map(CompletionForm::skill);
    for (level, skill) in asked {
        // What decides a gap is taught kind by kind: cause, contrast, definition.
        let teaches = |taught: &str| {
            taught == skill || single.contains(&skill.as_str()) && taught.starts_with("verbal.completion_")
        };
        if !lessons.iter().any(|lesson| lesson.levels.contains(&level) && teaches(&lesson.skill)) {
            problems.push(format!("{skill}: has no lesson at {level}"));
        }
    }
    for lesson in lessons {
        if !["verbal.", "reading."].iter().any(|area| lesson.skill.starts_with(area))
            || lesson.levels.is_empty()
        {
            problems.push(format!("{}: the lesson is for no skill of words or for no level", lesson.skill));
        }
    }
    fail_on(&problems);
}

/// Syllables, about: vowels that are side by side are one, and an `e` at the end is silent.
fn syllables(word: &str, silent: &Regex, vowels: &Regex) -> usize {
    let word: String = word.to_lowercase().chars().filter(char::is_ascii_lowercase).collect();
    if word.len() <= 3 {
        return usize::from(!word.is_empty());
    }
    let heard = silent.replace(&word, "");
    let heard = heard.strip_prefix('y').unwrap_or(&heard);
    vowels.find_iter(heard).count().max(1)
}

/// The grade by Flesch and Kincaid, and the words.
fn grade(text: &str) -> (f64, usize) {
    let sentences = Regex::new(r#"[.!?]+["')]*(?:\s|$)"#).unwrap().find_iter(text).count().max(1);
    let (silent, vowels) =
        (Regex::new("(?:[^laeiouy]es|ed|[^laeiouy]e)$").unwrap(), Regex::new("[aeiouy]{1,2}").unwrap());
    let word = Regex::new(r"[A-Za-z'\-]+").unwrap();
    let words = word.find_iter(text).count();
    let parts: usize = word.find_iter(text).map(|word| syllables(word.as_str(), &silent, &vowels)).sum();
    let (words_f, parts) = (words as f64, parts as f64);
    (0.39 * words_f / sentences as f64 + 11.8 * parts / words_f - 15.59, words)
}

#[test]
fn passages_read_as_their_level_does() {
    let mut problems = Vec::new();
    for passage in library().passages.iter().filter(|passage| passage.genre != Genre::Poetry) {
        let (words, grades) = match passage.level {
            Level::Primary2 => (80..=150, -5.0..=3.0),
            Level::Primary3 => (110..=190, -5.0..=4.0),
            Level::Primary4 => (140..=240, -5.0..=5.0),
            Level::Lower => (230..=360, 3.5..=6.8),
            Level::Middle => (300..=440, 5.5..=9.2),
            Level::Upper => (360..=540, 7.5..=12.5),
        };
        let (measured, count) = grade(&passage.paragraphs.join(" "));
        if !words.contains(&count) || !grades.contains(&measured) {
            problems.push(format!("{}, {}: {count} words, grade {measured:.1}", passage.level, passage.slug));
        }
    }
    fail_on(&problems);
}

#[test]
fn what_is_respelled_for_the_voice_is_not_for_the_eye() {
    let library = Library::embedded().unwrap();
    assert_eq!(
        library.written("Which word is closest to \"exquizit\"?"),
        "Which word is closest to \"exquisite\"?"
    );
    assert_eq!(library.written("She wined and dined, unaffected."), "She wined and dined, unaffected.");
    let plain = "A plain text, for example: use it, and live well.";
    assert_eq!(library.written(plain), plain);
}
