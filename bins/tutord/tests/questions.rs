//! What children ask, with the language model off: the table of what is answered rightly, wrongly, or not at all.
//!
//! Every question goes through the conversation, with the dictionary made from the real WordNet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use iseetutor_lexicon::compile::{FOLDER, compile};
use iseetutor_library::{Library, NewBook};
use tutord::conversation::{Conversation, Plan, joined, source};
use tutord::lexicon::{ASK_A_GROWN_UP, Dictionary};
use tutord::phrases::Phrase;
use tutord::school::{School, SystemClock};
use tutord::shelf::Shelf;

struct Asked {
    kind: &'static str,
    question: &'static str,
    expected: &'static str,
}

fn asked(table: &'static str) -> Vec<Asked> {
    let lines = table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let mut fields = line.splitn(3, '|').map(str::trim);
            let mut field = || fields.next().unwrap_or_else(|| panic!("{line}"));
            Asked { kind: field(), question: field(), expected: field() }
        })
        .collect()
}

/// What came of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    Right,
    /// Nothing was stated, though there is an answer.
    Missed,
    /// Something was stated that is not what was asked for.
    Wrong,
}

/// Whether nothing is stated in an answer.
fn is_declined(answer: &str) -> bool {
    let of = |phrase: Phrase| phrase.variants().iter().any(|variant| variant.join(" ") == answer);
    answer == ASK_A_GROWN_UP
        || [
            Phrase::DontKnow,
            Phrase::NotHeard,
            Phrase::SelfHarm,
            Phrase::Abuse,
            Phrase::Emergency,
            Phrase::Unhappy,
        ]
        .into_iter()
        .any(of)
        || answer.starts_with("I'm not sure about")
        || answer.starts_with("I don't know")
}

fn judged(asked: &Asked, answer: &str, grounded: bool) -> Outcome {
    let declined = is_declined(answer);
    if matches!(asked.kind, "unknown" | "unsafe") {
        return if declined { Outcome::Right } else { Outcome::Wrong };
    }
    if declined {
        return Outcome::Missed;
    }
    let lower = answer.to_lowercase();
    let holds = |way: &str| {
        let way = way.trim().to_lowercase();
        // A number must stand by itself: 12 is not in 120.
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        lower.match_indices(&way).any(|(at, found)| {
            !way.starts_with(|c: char| c.is_ascii_digit())
                || alone(lower[..at].chars().next_back()) && alone(lower[at + found.len()..].chars().next())
        })
    };
    let all = asked.expected.split('&').all(|part| part.split(" / ").any(holds));
    if all && grounded { Outcome::Right } else { Outcome::Wrong }
}

fn school() -> Option<(tempfile::TempDir, std::sync::Arc<School>)> {
    if !Path::new(FOLDER).join("data.noun").is_file() {
        println!("SKIP: WordNet 3.0 is not in {FOLDER}; install it with: apt-get install wordnet-base");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lexicon.db");
    compile(Path::new(FOLDER), &file).unwrap();
    let school = School::new(SystemClock).unwrap();
    let dictionary = Dictionary::open(&file);
    assert!(dictionary.is_whole());
    school.furnish(dictionary);
    shelve(&folder.path().join("library"));
    school.put_up(Shelf::at(&folder.path().join("library")));
    Some((folder, school))
}

/// The bundled books in a library.
fn shelve(library: &Path) {
    let mut library = Library::open(library).unwrap();
    for name in ["earth", "life", "long-ago"] {
        let source = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap())
            .join(format!("../../config/content/books/{name}.md"));
        let document = iseetutor_documents::read(&source, &iseetutor_documents::Limits::default()).unwrap();
        let chunks = iseetutor_library::chunk::chunks(&document);
        let sha256 = Library::sha256(&source).unwrap();
        let new = NewBook {
            source: &source,
            sha256: &sha256,
            level: None,
            licence: None,
            document: &document,
            chunks: &chunks,
            vectors: None,
        };
        library.add(&new).unwrap();
    }
}

/// Asks every question of a table, prints the counts and what is not right, and returns the counts.
fn score(name: &str, table: &'static str) -> Option<BTreeMap<(&'static str, Outcome), u32>> {
    let (_folder, school) = school()?;
    let mut conversation = Conversation::new("test".into(), 6, school);
    let mut counts = BTreeMap::new();
    let mut took = Vec::new();
    println!("\n{name}");
    for asked in asked(table) {
        let began = Instant::now();
        let planned = conversation.plan(asked.question);
        took.push(began.elapsed().as_secs_f64() * 1e3);
        let Plan::Say(sentences) = &planned.plan else { panic!("{}: {:?}", asked.question, planned.plan) };
        let answer = joined(sentences);
        // What is told from a source names it.
        let grounded = match source(sentences).as_str() {
            "lexicon" | "content" => {
                planned.evidence.iter().all(|e| !e.title.is_empty() && !e.quote.is_empty())
                    && !planned.evidence.is_empty()
            }
            _ => true,
        };
        let outcome = judged(&asked, &answer, grounded);
        *counts.entry((asked.kind, outcome)).or_insert(0) += 1;
        if outcome != Outcome::Right || std::env::var_os("ISEETUTOR_SHOW").is_some() {
            println!("{outcome:?} ({}): {} -> {answer} [{}]", asked.kind, asked.question, asked.expected);
        }
    }
    took.sort_by(f64::total_cmp);
    println!("{:<8} {:>6} {:>7} {:>6}", "kind", "right", "missed", "wrong");
    let of = |kind: &'static str, outcome| counts.get(&(kind, outcome)).copied().unwrap_or(0);
    for kind in ["word", "sum", "exam", "book", "unknown", "unsafe"] {
        println!(
            "{kind:<8} {:>6} {:>7} {:>6}",
            of(kind, Outcome::Right),
            of(kind, Outcome::Missed),
            of(kind, Outcome::Wrong)
        );
    }
    let (right, all) = (counted(&counts, Outcome::Right), counts.values().sum::<u32>());
    println!("{right} of {all} right ({:.1} %)", f64::from(right) * 100.0 / f64::from(all));
    println!("median {:.2} ms, slowest {:.2} ms", took[took.len() / 2], took[took.len() - 1]);
    // A debug build on a busy machine is slower; the promise is of the median.
    assert!(took[took.len() / 2] < 100.0);
    Some(counts)
}

fn counted(counts: &BTreeMap<(&'static str, Outcome), u32>, of: Outcome) -> u32 {
    counts.iter().filter(|((_, outcome), _)| *outcome == of).map(|(_, count)| count).sum()
}

fn promise(name: &str, table: &'static str, at_least: u32, percent: u32) {
    let Some(counts) = score(name, table) else { return };
    let (right, all) = (counted(&counts, Outcome::Right), counts.values().sum::<u32>());
    assert!(all >= at_least, "{all} questions");
    assert!(right * 100 >= all * percent, "{right} of {all} right");
    assert_eq!(counted(&counts, Outcome::Wrong), 0, "something was stated that is not so, or should not be");
}

#[test]
fn questions_are_answered_or_declined() {
    promise("First set", include_str!("questions.txt"), 300, 97);
}

#[test]
fn questions_in_a_childs_own_words_are_answered_or_declined() {
    promise("Second set", include_str!("questions_second.txt"), 100, 97);
}

#[test]
fn further_questions_are_answered_or_declined() {
    promise("Third set", include_str!("questions_third.txt"), 60, 95);
}

/// Questions about the bundled books through the whole conversation: answered by a book with its page, or by the dictionary
/// where it is asked what a word means; and of what the books do not tell, nothing is told from them.
#[test]
fn questions_about_the_books_are_answered_from_them_with_their_page_or_declined() {
    let Some((_folder, school)) = school() else { return };
    let tables = [
        include_str!("../../../common/library/tests/books.txt"),
        include_str!("../../../common/library/tests/books_second.txt"),
    ];
    let mut took = Vec::new();
    for (number, table) in tables.into_iter().enumerate() {
        let [mut book, mut lexicon, mut declined, mut other, mut told, mut open] = [0_usize; 6];
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('|').map(str::trim).collect();
            let (page, question, expected) = (fields[1].parse::<u32>().unwrap(), fields[2], fields[3]);
            let mut conversation = Conversation::new("test".into(), 6, std::sync::Arc::clone(&school));
            let began = Instant::now();
            let planned = conversation.plan(question);
            took.push(began.elapsed().as_secs_f64() * 1e3);
            let Plan::Say(sentences) = &planned.plan else { panic!("{question}: {:?}", planned.plan) };
            let answer = joined(sentences);
            let by_book = answer.starts_with("Your book ");
            if fields[0] == "-" {
                open += 1;
                if by_book {
                    told += 1;
                    println!("told: {question} -> {answer}");
                }
                continue;
            }
            if is_declined(&answer) {
                declined += 1;
                println!("declined: {question}");
            } else if by_book {
                let [evidence] = &planned.evidence[..] else { panic!("{question}: {:?}", planned.evidence) };
                let holds = expected.split(" / ").any(|way| evidence.quote.contains(way));
                assert!(answer.ends_with(&evidence.quote), "said as it stands there: {answer}");
                if holds && evidence.page == Some(page) {
                    book += 1;
                } else {
                    other += 1;
                    println!("other: {question} -> {answer}");
                }
            } else {
                lexicon += 1;
                println!("{}: {question} -> {answer}", source(sentences).as_str());
            }
        }
        println!(
            "table {}: {book} by the book, {lexicon} by another source, {declined} declined, {other} beside the matter; \
             {told} of {open} open ones told",
            number + 1
        );
        let all = book + lexicon + declined + other;
        let least = [90, 70][number];
        assert!((book + lexicon) * 100 >= all * least, "{book} and {lexicon} of {all}");
        assert!(other <= number * 2 && told <= number * 3, "{other} beside the matter, {told} told");
    }
    took.sort_by(f64::total_cmp);
    println!("median {:.2} ms, slowest {:.2} ms", took[took.len() / 2], took[took.len() - 1]);
}
