//! Chooses the tempting ones of those that are wrong beyond doubt.

use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};

use super::WordNet;
use super::moby::Moby;
use super::rules::{Facts, Stem, same_root};
use iseetutor_curriculum::content::Word;
use iseetutor_curriculum::rng::Rng;

/// Distractors that a word has at least.
pub const FEWEST: usize = 9;
/// Distractors that a word has at most.
pub const MOST: usize = 18;
/// Distractors that are looked for.
const WANTED: usize = 14;

/// Letters that must change to make one word of another.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let change = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

/// How alike two words sound, by their spelling.
fn alike(one: &str, other: &str) -> f64 {
    let first = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let last = one.bytes().rev().zip(other.bytes().rev()).take_while(|(a, b)| a == b).count();
    let longest = one.len().max(other.len());
    let changed = distance(one, other) as f64 / longest as f64;
    (first.min(3) as f64) * 0.6 + (last.min(4) as f64) * 0.35 + (0.7 - changed).max(0.0) * 4.0
}

/// The topics of a word with a part of speech.
fn topics(net: &WordNet, word: &str, pos: &str) -> BTreeSet<u32> {
    let same = net.senses(word).iter().filter(|at| net.synsets[**at].pos == pos);
    same.take(2).map(|at| net.synsets[*at].topic).collect()
}

/// How good a wrong choice is.
fn temptation(facts: &Facts<'_>, word: &Word, choice: &str, used: usize) -> f64 {
    let taught = facts.words.iter().find(|other| other.word == choice);
    let mut score = alike(&word.word, choice);
    if choice == word.antonym {
        score += 6.0;
    }
    score += match taught {
        Some(other) if other.level == word.level => 2.0,
        Some(other) if other.level < word.level => 1.5,
        Some(_) => -1.0,
        None => 0.0,
    };
    if matches!(word.pos.as_str(), "noun" | "verb") {
        let fixed = facts.net.key(&word.sense).map(|at| facts.net.synsets[at].topic);
        if fixed.is_some_and(|topic| topics(facts.net, choice, &word.pos).contains(&topic)) {
            score += 1.5;
        }
    }
    let charge = |name: &str| facts.usage.get(name).map_or('?', |usage| usage.charge);
    score += match (charge(&word.synonym), charge(choice)) {
        ('?', _) | (_, '?') => 0.0,
        (own, other) if own == other => 1.5,
        _ => -0.5,
    };
    let apart = facts.zipf(&word.synonym).zip(facts.zipf(choice)).map_or(1.2, |(a, b)| (a - b).abs());
    score - apart - used as f64 * 0.25
}

/// The distractors of every word, by word.
pub fn choose(facts: &Facts<'_>, moby: &Moby) -> Vec<(String, Vec<String>)> {
    let mut used: HashMap<&str, usize> = HashMap::new();
    let mut lines = Vec::new();
    for word in facts.words {
        let stem = Stem::new(facts, word);
        let mut rng = Rng::new(&word.word, &[]);
        let near = |choice: &str| moby.near(&word.word, choice) || moby.near(&word.synonym, choice);
        let mut allowed: Vec<(f64, &str)> = facts
            .listed
            .keys()
            .filter(|choice| {
                stem.forbids(facts, choice).is_none() && (**choice == word.antonym || !near(choice))
            })
            .map(|choice| {
                let chance = rng.below(1000) as f64 / 1000.0;
                let used = used.get(choice).copied().unwrap_or(0);
                (temptation(facts, word, choice, used) + chance, *choice)
            })
            .collect();
        allowed.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal).then(a.1.cmp(b.1)));
        let mut chosen: Vec<&str> = Vec::new();
        for (_, choice) in &allowed {
            // Two that mean the same or look the same would give each other away.
            let senses = facts.net.senses(choice);
            let twin = |other: &&str| {
                same_root(choice, other) || facts.net.senses(other).iter().any(|at| senses.contains(at))
            };
            if chosen.len() < WANTED && !chosen.iter().any(twin) {
                chosen.push(choice);
            }
        }
        for choice in &chosen {
            *used.entry(choice).or_default() += 1;
        }
        chosen.sort_unstable();
        lines.push((word.word.clone(), chosen.into_iter().map(str::to_owned).collect()));
    }
    lines.sort();
    lines
}
