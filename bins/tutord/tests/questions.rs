//! What children ask, with the language model off: the table of what is answered rightly, wrongly, or not at all.
//!
//! Every question goes through the conversation, with the dictionary made from the real WordNet.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use iseetutor_lexicon::compile::{FOLDER, compile};
use tutord::conversation::{Conversation, Plan, joined, source};
use tutord::lexicon::{ASK_A_GROWN_UP, Dictionary};
use tutord::phrases::Phrase;
use tutord::school::{School, SystemClock};

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
    Some((folder, school))
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
    for kind in ["word", "sum", "exam", "unknown", "unsafe"] {
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
