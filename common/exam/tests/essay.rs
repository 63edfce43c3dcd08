//! Feedback quotes what is there, praises nothing that is not, and has no score.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::time::Instant;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::content::Library;
use iseetutor_curriculum::level::Level;
use iseetutor_curriculum::rng::Rng;
use iseetutor_exam::essay::{Asked, Review, State, plan_sentences, review, spoken};
use iseetutor_exam::mock::essay_prompt;

const WORDS: &[&str] = &[
    "I",
    "i",
    "the",
    "The",
    "because",
    "Because",
    "although",
    "we",
    "We",
    "my",
    "dog",
    "lost",
    "rule",
    "school",
    "really",
    "good",
    "nice",
    "thing",
    "and",
    "then",
    "Then",
    "first",
    "First",
    "\"Stop!\"",
    "she",
    "said",
    "“No,”",
    "he",
    "whispered",
    "Mr.",
    "e.g.",
    "3.50",
    "5",
    "...",
    "—",
    "-",
    "it's",
    "don’t",
    "becuase",
    "the the",
    "think",
    "best",
    "In the end",
    "smelled",
    "like",
    "for example,",
    "one day",
    "café",
    "日本語",
    "🙂",
    "(yes)",
    "well-known",
    "{}",
    "{0}",
    "\\",
    "<b>",
    "remarkable",
];
const MARKS: &[&str] = &[
    " ", " ", " ", " ", " ", ". ", ". ", "! ", "? ", ", ", "\n", "\n\n", ".\n", ".\n\n", "…", "\t", "\u{a0}",
];

fn asked(id: &str) -> Asked {
    Asked::find(Library::embedded().unwrap(), id).unwrap()
}

fn everyone() -> Vec<Asked> {
    let library = Library::embedded().unwrap();
    library.prompts.iter().map(Asked::from).chain(library.pictures.iter().map(Asked::from)).collect()
}

fn check(found: &Review, text: &str) {
    for remark in &found.remarks {
        assert!(remark.good.is_some() || remark.next.is_some());
        for point in remark.good.iter().chain(&remark.next) {
            assert!(!point.quote.is_empty() && text.contains(&point.quote), "{:?} in {text:?}", point.quote);
            assert!(point.quote.split_whitespace().count() <= 30, "short enough to say: {:?}", point.quote);
            let first = point.quote.split_whitespace().next().unwrap().replace('"', "'");
            assert!(point.say.contains(first.trim_end_matches([',', ';', ':'])), "{point:?}");
        }
    }
    assert!(!(found.spoken && found.remarks.iter().any(|remark| remark.criterion == "conventions")));
    assert!((4..=8).contains(&spoken(found).len()), "{:?}", spoken(found));
    let all = format!("{:?} {:?}", found.remarks, spoken(found)).to_lowercase();
    for word in ["score", "grade", "percent", "stanine", "points out of", "excellent", "perfect essay"] {
        assert!(!all.contains(word), "{word}: {all}");
    }
}

fn good<'r>(found: &'r Review, criterion: &str) -> Option<&'r str> {
    let remark = found.remarks.iter().find(|remark| remark.criterion == criterion)?;
    remark.good.as_ref().map(|point| point.quote.as_str())
}

fn next<'r>(found: &'r Review, criterion: &str) -> Option<&'r str> {
    let remark = found.remarks.iter().find(|remark| remark.criterion == criterion)?;
    remark.next.as_ref().map(|point| point.quote.as_str())
}

#[test]
fn any_text_is_met() {
    let asks = everyone();
    for seed in 0..3_000 {
        let mut rng = Rng::new("essay", &[seed]);
        let mut text = String::new();
        for _ in 0..rng.below(200) {
            text.push_str(WORDS[rng.below(WORDS.len())]);
            text.push_str(MARKS[rng.below(MARKS.len())]);
        }
        let asked = &asks[rng.below(asks.len())];
        for told in [false, true] {
            let found = review(asked, &text, told);
            check(&found, &text);
            assert_eq!(found, review(asked, &text, told));
        }
    }
}

#[test]
fn any_letters_are_met() {
    let asked = asked("lower.lost-thing");
    for seed in 0..2_000 {
        let mut rng = Rng::new("letters", &[seed]);
        let text: String = (0..rng.below(300))
            .filter_map(|_| char::from_u32(rng.below(if seed % 2 == 0 { 0x80 } else { 0x1_1000 }) as u32))
            .collect();
        check(&review(&asked, &text, seed % 3 == 0), &text);
    }
}

#[test]
fn little_and_nothing_are_not_praised() {
    let asked = asked("middle.tradition");
    for (text, state) in [
        ("", State::Empty),
        ("  \n\n ... !!! ", State::Empty),
        ("Thanksgiving", State::Few),
        ("We keep a tradition. It is a good one.", State::Few),
        ("asdf qwer zxcv asdf qwer zxcv asdf qwer zxcv asdf qwer zxcv asdf qwer", State::NotEnglish),
        (
            "El año pasado mi familia y yo fuimos a la playa porque hacía mucho calor y queríamos nadar en el mar todos los días.",
            State::NotEnglish,
        ),
        ("私の家族は毎年夏に海へ行きます。とても楽しいです。また行きたいです。", State::NotEnglish),
    ] {
        let found = review(&asked, text, false);
        assert_eq!(found.state, state, "{text}");
        assert!(found.remarks.is_empty());
        check(&found, text);
        assert!(spoken(&found).iter().any(|say| say.contains("question")), "where to begin");
    }
}

#[test]
fn enormous_texts_do_not_take_long() {
    let asked = asked("upper.competition");
    let started = Instant::now();
    for text in [
        "I think that we should go because it is good. ".repeat(8_000),
        "the dog and ".repeat(30_000),
        "a\n\n".repeat(60_000),
        ".".repeat(300_000),
        "\"".repeat(300_000),
        "x".repeat(300_000),
    ] {
        let found = review(&asked, &text, false);
        for point in found.remarks.iter().flat_map(|remark| remark.good.iter().chain(&remark.next)) {
            assert!(text.contains(&point.quote));
        }
        assert!(spoken(&found).len() <= 8);
    }
    assert!(started.elapsed().as_secs() < 30, "{:?}", started.elapsed());
}

const FULL: &str = "The Blue Notebook\n\nLast spring I lost my blue notebook. It had every drawing that I made since I was six, so it mattered to me more than anything in my room.\n\nFirst I looked under my bed. Then I looked in the car, but it was not there. I was really sad and really worried because my grandmother gave it to me. \"Did you check the bus?\" my brother asked.\n\nThe next day I asked the bus driver. She smiled and reached behind her seat. There it was! It smelled like old sandwiches. I was really happy. I learned that asking is better than searching alone.";

#[test]
fn what_is_there_is_found() {
    let found = review(&asked("lower.lost-thing"), FULL, false);
    check(&found, FULL);
    assert_eq!(found.state, State::Whole);
    assert_eq!((found.counts.sentences, found.counts.paragraphs), (12, Some(3)));
    assert_eq!(good(&found, "focus"), Some("Last spring I lost my blue notebook."));
    assert_eq!(good(&found, "details"), Some("It smelled like old sandwiches."));
    assert_eq!(good(&found, "shape"), Some("I learned that asking is better than searching alone."));
    assert!(good(&found, "conventions").is_some() && next(&found, "conventions").is_none());
    assert!(next(&found, "words").unwrap().contains("really"));
    let told = review(&asked("lower.lost-thing"), FULL, true);
    assert_eq!((told.counts.paragraphs, told.counts.small_starts), (None, None));
}

#[test]
fn what_is_not_there_is_not_praised() {
    let text = "my dog is brown and he runs and runs. my dog is old. my dog is big and i like him and he likes me. he is in the house with us and he sleeps there and then he gets up and eats. we have a ball and he has the ball now. he is with my uncle and he is in the car. it was cold and it was wet and we went in. he sat down and he was there for a while. that was it and i went to bed and he did too";
    let found = review(&asked("lower.rule-to-add"), text, false);
    check(&found, text);
    for criterion in ["focus", "shape", "details", "words", "conventions"] {
        assert_eq!(good(&found, criterion), None, "{criterion}");
    }
    let focus = found.remarks.iter().find(|remark| remark.criterion == "focus").unwrap();
    assert!(focus.next.as_ref().unwrap().say.ends_with('?'), "on the topic or not is asked and not said");
    assert!(next(&found, "sentences").is_some(), "three beginnings with my");
    assert!(next(&found, "conventions").unwrap().ends_with("did too"), "no mark at the end");
    assert!(spoken(&found).iter().any(|say| say.contains("I did not find")));
}

#[test]
fn only_what_is_wrong_is_called_so() {
    let base = "We have a rule in our class. It helps all of us because we listen. The days are calm and we learn more in them. My friends and I like that rule very much, and so does our teacher.";
    for (change, expected) in [
        (("We have", "we have"), Some("we have a rule in our class.")),
        (("because", "becuase"), Some("becuase")),
        (("and I like", "and i like"), Some("i like")),
        (("it helps", ""), None),
        (("in our class", "in in our class"), Some("in in")),
        (("in our class", "with Mr. Lee at 3.30 p.m. on Monday"), None),
    ] {
        let text = base.replace(change.0, change.1);
        let found = review(&asked("lower.rule-to-add"), &text, false);
        check(&found, &text);
        let next = next(&found, "conventions");
        assert_eq!(next.is_some(), expected.is_some(), "{change:?}: {next:?}");
        assert!(next.unwrap_or_default().contains(expected.unwrap_or_default()), "{next:?}");
        assert_eq!(good(&found, "conventions").is_some(), !change.1.starts_with("we"), "{change:?}");
    }
}

#[test]
fn every_prompt_has_a_plan_and_can_be_found() {
    let bank = Bank::embedded().unwrap();
    for asked in everyone() {
        let plan = plan_sentences(&asked);
        assert!((5..=7).contains(&plan.len()), "{plan:?}");
        let whole = plan.join(" ");
        assert!(asked.plan.iter().chain([&asked.prompt]).all(|question| whole.contains(question.as_str())));
    }
    for level in Level::ALL {
        for seed in 0..20 {
            let id = essay_prompt(&bank, level, seed).unwrap();
            assert_eq!(Asked::find(bank.library(), &id).unwrap().level, level);
        }
    }
}
