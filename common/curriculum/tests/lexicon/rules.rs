//! What makes a word a wrong choice beyond doubt.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use iseetutor_curriculum::content::Word;

use super::{Usage, WordNet, file, table};

/// How far a choice's frequency may be from the right choice's.
const LIKE_FREQUENCY: f64 = 1.2;
/// Below this, words are alike in being rare.
const RARE: f64 = 2.2;
/// Synsets with more relations than this are too general for a second step to mean likeness.
const GENERAL: usize = 30;
/// So many first letters are a shared root.
const ROOT: usize = 4;

/// All that the rules look at.
pub struct Facts<'a> {
    /// WordNet.
    pub net: &'a WordNet,
    /// Frequencies.
    pub usage: &'a HashMap<String, Usage>,
    /// The words to learn.
    pub words: &'a [Word],
    /// For each word that is taught or listed as a synonym, the places in `words` of those that name it.
    pub listed: BTreeMap<&'a str, Vec<usize>>,
    /// For some words, those that a reader found too near.
    pub near: HashMap<String, Vec<String>>,
}

impl<'a> Facts<'a> {
    /// Gathers them.
    pub fn new(net: &'a WordNet, usage: &'a HashMap<String, Usage>, words: &'a [Word]) -> Self {
        let mut listed: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            for name in [&word.word, &word.antonym].into_iter().chain(&word.synonyms) {
                listed.entry(name.as_str()).or_default().push(at);
            }
        }
        listed.retain(|name, _| name.len() > 2 && name.bytes().all(|byte| byte.is_ascii_lowercase()));
        let near = table(&file("tests/lexicon/near.tsv"));
        let near = near.into_iter().map(|mut row| (row.remove(0), row)).collect();
        Self { net, usage, words, listed, near }
    }

    /// The words that name each other as synonyms with this one: the family of a word.
    fn family(&self, word: &str) -> HashSet<&str> {
        let naming = self.listed.get(word).into_iter().flatten().map(|at| &self.words[*at]);
        naming
            .filter(|other| other.word == word || other.synonyms.iter().any(|one| one == word))
            .flat_map(|other| other.synonyms.iter().chain([&other.word]).map(String::as_str))
            .chain(self.listed.get_key_value(word).map(|(name, _)| *name))
            .collect()
    }

    /// How frequent a word is.
    pub fn zipf(&self, word: &str) -> Option<f64> {
        self.usage.get(word).map(|usage| usage.zipf.max(RARE))
    }
}

/// A question's word with what the rules need of it, gathered once.
pub struct Stem<'a> {
    /// The word.
    pub word: &'a Word,
    zipf: f64,
    own: HashSet<usize>,
    senses: HashSet<usize>,
    steps: HashSet<usize>,
    opposites: HashSet<usize>,
    clusters: HashSet<usize>,
    family: HashSet<&'a str>,
    glosses: HashSet<String>,
}

/// The words of a text.
fn tokens(text: &str) -> HashSet<String> {
    text.split(|letter: char| !letter.is_ascii_alphabetic()).map(str::to_owned).collect()
}

/// A word without a beginning that turns its meaning around.
fn plain(word: &str) -> &str {
    for beginning in ["un", "in", "im", "ir", "il", "dis", "non", "mis"] {
        if let Some(rest) = word.strip_prefix(beginning).filter(|rest| rest.len() > ROOT) {
            return rest;
        }
    }
    word
}

/// Whether two words look as if one came from the other.
pub fn same_root(one: &str, other: &str) -> bool {
    let shared = |one: &str, other: &str| {
        let first = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
        first >= ROOT.min(one.len()).min(other.len())
    };
    let contains = |long: &str, short: &str| short.len() > ROOT && long.contains(short);
    shared(one, other)
        || shared(plain(one), plain(other))
        || shared(one, plain(other))
        || shared(plain(one), other)
        || contains(one, other)
        || contains(other, one)
}

impl<'a> Stem<'a> {
    /// Gathers it.
    pub fn new(facts: &'a Facts<'a>, word: &'a Word) -> Self {
        let net = facts.net;
        let both = [word.word.as_str(), word.synonym.as_str()];
        let fixed = net.key(&word.sense);
        let mut steps: HashSet<usize> = both.iter().flat_map(|name| net.around(name)).collect();
        // From the sense that is asked for, two steps.
        for first in fixed.into_iter().flat_map(|at| net.synsets[at].related.clone()) {
            let related = &net.synsets[first].related;
            if related.len() <= GENERAL {
                steps.extend(related);
            }
        }
        let senses: HashSet<usize> =
            word.synonyms.iter().chain([&word.word]).flat_map(|name| net.senses(name)).copied().collect();
        let own: HashSet<usize> = both.iter().flat_map(|name| net.senses(name)).copied().collect();
        let listed = word.synonyms.iter().chain([&word.word]);
        Self {
            word,
            zipf: facts.zipf(&word.synonym).unwrap_or(RARE),
            opposites: own.iter().flat_map(|at| net.synsets[*at].opposite.clone()).collect(),
            clusters: both.iter().flat_map(|name| net.clusters(name)).collect(),
            family: listed.flat_map(|name| facts.family(name)).collect(),
            glosses: fixed
                .into_iter()
                .flat_map(|at| tokens(&net.synsets[at].gloss))
                .chain(tokens(&word.definition))
                .collect(),
            own,
            senses,
            steps,
        }
    }

    /// Why a word may not be a wrong choice here; `None` if it may.
    pub fn forbids(&self, facts: &Facts<'_>, choice: &str) -> Option<&'static str> {
        let (net, pos) = (facts.net, self.word.pos.as_str());
        let Some(naming) = facts.listed.get(choice) else {
            return Some("is no single word of the word lists");
        };
        if facts.near.get(&self.word.word).is_some_and(|near| near.iter().any(|word| word == choice)) {
            return Some("was found too near by a reader");
        }
        let Some(zipf) = facts.zipf(choice) else { return Some("has no known frequency") };
        if (zipf - self.zipf).abs() > LIKE_FREQUENCY + 1e-9 {
            return Some("is much rarer or more frequent than the right choice");
        }
        let marked = choice == self.word.antonym;
        if !net.is(choice, pos) || naming.iter().all(|at| facts.words[*at].pos != pos) {
            return Some("is another part of speech");
        }
        if facts.words.iter().any(|other| other.word == choice && other.pos != pos) {
            return Some("is taught as another part of speech");
        }
        if same_root(choice, &self.word.word) || same_root(choice, &self.word.synonym) {
            return Some("shares a root");
        }
        if facts.family(choice).iter().any(|name| self.family.contains(name)) {
            return Some("is a synonym by the word lists, or shares one");
        }
        let senses = net.senses(choice);
        if senses.iter().any(|at| self.senses.contains(at)) {
            return Some("shares a synset");
        }
        if marked {
            return None;
        }
        if senses.iter().any(|at| self.opposites.contains(at)) {
            return Some("is an opposite and not marked as one");
        }
        if senses.iter().any(|at| self.steps.contains(at))
            || net.around(choice).iter().any(|at| self.own.contains(at))
        {
            return Some("is related in WordNet");
        }
        if net.clusters(choice).iter().any(|head| self.clusters.contains(head)) {
            return Some("is in the same cluster of adjectives");
        }
        if self.glosses.contains(choice) || self.explains(net, choice) {
            return Some("explains it, or is explained by it");
        }
        None
    }

    fn explains(&self, net: &WordNet, choice: &str) -> bool {
        let same = net.senses(choice).iter().filter(|at| net.synsets[**at].pos == self.word.pos);
        same.map(|at| tokens(&net.synsets[*at].gloss))
            .any(|gloss| gloss.contains(&self.word.word) || gloss.contains(&self.word.synonym))
    }
}

/// What is wrong with a line of distractors.
pub fn defects(facts: &Facts<'_>, stem: &Stem<'_>, choices: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    let word = &stem.word.word;
    if !(super::choose::FEWEST..=super::choose::MOST).contains(&choices.len()) {
        found.push(format!("{word}: has {} distractors", choices.len()));
    }
    let sorted: BTreeSet<&String> = choices.iter().collect();
    if !sorted.into_iter().eq(choices) {
        found.push(format!("{word}: its distractors are not in order, or one is there twice"));
    }
    found.extend(choices.iter().filter_map(|choice| {
        stem.forbids(facts, choice).map(|reason| format!("{word} ({}): {choice} {reason}", stem.word.synonym))
    }));
    found
}
