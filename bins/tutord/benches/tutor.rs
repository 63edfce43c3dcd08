//! How long the tutor takes before anybody else has to do something: deciding what an utterance wants, and putting an
//! event on disk. `cargo bench -p iseetutor-tutord` prints one JSON object a line; medians of many runs.

use std::hint::black_box;
use std::time::Instant;

use serde_json::json;
use tutord::store::{Kind, NewEvent, Store, StoreOptions};

const UTTERANCES: [(&str, &str); 5] = [
    ("command", "Could you please say that again?"),
    ("arithmetic", "What is three and a half plus two thirds?"),
    ("question", "Why do the leaves of some trees turn red and yellow before they fall in autumn?"),
    ("concern", "The other kids at my school are mean to me every single day."),
    (
        "long",
        "Once upon a time there was a small village by the sea where everybody knew everybody else and nobody ever locked a door.",
    ),
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for (name, text) in UTTERANCES {
        // The first call reads the tables.
        black_box(tutord::router::route(text));
        let us = median(2_000, || {
            black_box(tutord::router::route(black_box(text)));
        });
        println!("{}", json!({ "bench": format!("route_{name}"), "median_us": us }));
    }
    answers()?;
    let sentence = "So 12 times 7 is 84, and half of that is 42.";
    let us = median(2_000, || {
        black_box(tutord::compute::wrong_claim(black_box(sentence)));
    });
    println!("{}", json!({ "bench": "check_sentence", "median_us": us }));
    let folder = tempfile::tempdir_in(std::env::var_os("ISEETUTOR_BENCH_DIR").unwrap_or_else(|| ".".into()))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(async {
        let (store, thread) = Store::open(StoreOptions::new(folder.path().join("bench.db"))).await?;
        let mut took = Vec::new();
        for turn in 0..500 {
            let body = json!({ "text": "what is twelve times seven", "confidence": 0.9 });
            let began = Instant::now();
            store
                .append(NewEvent {
                    conversation: "bench".into(),
                    turn,
                    kind: Kind::Heard,
                    body,
                    learner: "".into(),
                    id: None,
                })
                .await?;
            took.push(began.elapsed().as_secs_f64() * 1e6);
        }
        took.sort_by(f64::total_cmp);
        let at = |share: usize| took[took.len() * share / 100];
        println!("{}", json!({ "bench": "store_append", "median_us": at(50), "p99_us": at(99) }));
        drop(store);
        thread.finished(std::time::Duration::from_secs(5)).await;
        Ok(())
    })
}

/// From a question to its answer, with the dictionary made from the real WordNet.
fn answers() -> Result<(), Box<dyn std::error::Error>> {
    let wordnet = std::path::Path::new(iseetutor_lexicon::compile::FOLDER);
    if !wordnet.join("data.noun").is_file() {
        println!(
            "{}",
            json!({ "bench": "answer", "skipped": "WordNet is missing: apt-get install wordnet-base" })
        );
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("lexicon.db");
    iseetutor_lexicon::compile(wordnet, &file)?;
    let school = tutord::school::School::new(tutord::school::SystemClock)?;
    school.furnish(tutord::lexicon::Dictionary::open(&file));
    let mut conversation = tutord::conversation::Conversation::new("bench".into(), 6, school);
    for (name, text) in [
        ("taught_word", "What does abandon mean?"),
        ("word", "What is a volcano?"),
        ("synonym", "What is another word for happy?"),
        ("difference", "What is the difference between a frog and a toad?"),
        ("arithmetic", "What is three fourths plus one eighth?"),
        ("exam", "How many questions are on the reading section?"),
        ("unknown", "Why is the sky blue?"),
    ] {
        black_box(conversation.plan(text));
        let us = median(500, || {
            black_box(conversation.plan(black_box(text)));
        });
        println!("{}", json!({ "bench": format!("answer_{name}"), "median_us": us }));
    }
    Ok(())
}

/// Median time of one of `runs` calls in µs, after as many to warm up as a tenth.
fn median(runs: usize, mut call: impl FnMut()) -> f64 {
    (0..runs / 10).for_each(|_| call());
    let mut took: Vec<f64> = (0..runs)
        .map(|_| {
            let began = Instant::now();
            call();
            began.elapsed().as_secs_f64() * 1e6
        })
        .collect();
    took.sort_by(f64::total_cmp);
    took[runs / 2]
}
