//! The words to learn against WordNet 3.0: every sense is there, and every distractor is wrong beyond doubt.
//!
//! With `ISEETUTOR_BLESS=1` the file of distractors is made anew. `ISEETUTOR_MOBY` then names the file of the Moby
//! Thesaurus II (Project Gutenberg number 3202; an entry a line, its words divided by commas): it keeps out what WordNet
//! misses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod lexicon;

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::path::Path;

use iseetutor_curriculum::content::Library;
use lexicon::choose::choose;
use lexicon::moby::Moby;
use lexicon::rules::{Facts, Stem, defects};
use lexicon::{WORDNET, WordNet, file, table, usage};

const DISTRACTORS: &str = "../../config/content/words/distractors.tsv";

const HEAD: &str = "\
# Wrong choices for synonym questions: a word to learn, then words that cannot be right for it. Made from the word files
# and checked word by word by tests/wordnet.rs, which says how to make it anew.
# Sources: WordNet 3.0 (Princeton University) for what words mean. Used only to choose: the wordfreq package (Robyn Speer)
# for how frequent words are, the Moby Thesaurus II (Grady Ward, public domain) to keep out words that are near.
";

/// WordNet, or nothing and the reason why the test is left out.
fn net() -> Option<WordNet> {
    let net = WordNet::read(Path::new(WORDNET));
    if net.is_none() {
        println!("SKIP: WordNet 3.0 is not in {WORDNET}; install it with: apt-get install wordnet-base");
    }
    net
}

#[test]
fn every_sense_is_one_of_its_word() {
    let Some(net) = net() else { return };
    let mut problems = Vec::new();
    let mut outside = Vec::new();
    let library = Library::embedded().unwrap();
    for word in &library.words {
        let Some(at) = net.key(&word.sense) else {
            problems.push(format!("{}: WordNet has no sense {}", word.word, word.sense));
            continue;
        };
        let synset = &net.synsets[at];
        if synset.pos != word.pos || !synset.words.contains(&word.word) {
            problems.push(format!("{}: {} is a {} {:?}", word.word, word.sense, synset.pos, synset.words));
        }
        let synonym = word.synonym.replace(' ', "_");
        let holds = |at: &usize| net.synsets[*at].words.contains(&synonym);
        if !holds(&at) && !synset.related.iter().any(holds) {
            outside.push(format!("{}={}", word.word, word.synonym));
        }
        if !net.is(&word.synonym, &word.pos) {
            println!("NOTE {}: WordNet does not know {} as a {}", word.word, word.synonym, word.pos);
        }
    }
    println!(
        "{} of {} main synonyms are outside the synset and its relations:",
        outside.len(),
        library.words.len()
    );
    println!("{}", outside.join(" "));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_distractor_is_wrong_beyond_doubt() {
    let Some(net) = net() else { return };
    let library = Library::embedded().unwrap();
    let usage = usage();
    let facts = Facts::new(&net, &usage, &library.words);
    if std::env::var("ISEETUTOR_BLESS").is_ok_and(|value| value == "1") {
        let path = std::env::var_os("ISEETUTOR_MOBY").expect("ISEETUTOR_MOBY names the Moby Thesaurus");
        let moby = Moby::read(Path::new(&path), |word| usage.contains_key(word)).unwrap();
        let mut text = HEAD.to_owned();
        for (word, choices) in choose(&facts, &moby) {
            writeln!(text, "{word}\t{}", choices.join("\t")).unwrap();
        }
        std::fs::write(file(DISTRACTORS), text).unwrap();
    }
    let rows = table(&file(DISTRACTORS));
    let mut problems = Vec::new();
    if !rows.is_sorted() {
        problems.push("the lines are not in order".to_owned());
    }
    let known: HashMap<&str, &[String]> = rows.iter().map(|row| (row[0].as_str(), &row[1..])).collect();
    let taught: HashSet<&str> = library.words.iter().map(|word| word.word.as_str()).collect();
    problems.extend(
        known.keys().filter(|word| !taught.contains(*word)).map(|word| format!("{word}: is not taught")),
    );
    for word in &library.words {
        let choices = known.get(word.word.as_str()).copied().unwrap_or_default();
        problems.extend(defects(&facts, &Stem::new(&facts, word), choices));
    }
    let pairs: usize = known.values().map(|choices| choices.len()).sum();
    println!("{pairs} distractors for {} words", known.len());
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}
