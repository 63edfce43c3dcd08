//! Feedback and plan as sentences to say.

use super::{Asked, Remark, Review, State};
use crate::form::plural;

/// Which good things are told first.
const GOOD_FIRST: [&str; 6] = ["details", "words", "sentences", "shape", "focus", "conventions"];
/// Which next steps are told first.
const NEXT_FIRST: [&str; 6] = ["details", "conventions", "sentences", "focus", "shape", "words"];

/// Feedback in four to eight entries of a sentence or two, to say one after the other.
#[must_use]
pub fn spoken(review: &Review) -> Vec<String> {
    let words = plural(review.counts.words, "word");
    let start = format!("Start with this question: {}", review.first_question);
    let mut out: Vec<String> = Vec::new();
    match review.state {
        State::Empty => {
            out.push("I have no words of your essay yet.".into());
            out.push("The first sentence is the hardest, and it does not have to be perfect.".into());
            out.push(start);
            out.push("One sentence that answers it is enough to begin.".into());
            return out;
        }
        State::Few => {
            out.push(format!("So far I have {words}. That is a beginning."));
            out.push("It is too little for me to say anything about it.".into());
            out.push(start);
            out.push("Add three sentences, and show me again.".into());
            return out;
        }
        State::NotEnglish => {
            let heard = if review.spoken { "heard" } else { "read" };
            out.push(format!("I {heard} {words}, but I could not make out English sentences."));
            out.push("I may be wrong about that.".into());
            out.push("On the test the essay is written in English.".into());
            out.push(start);
            return out;
        }
        State::Short => {
            let told = if review.spoken { "told me" } else { "wrote" };
            out.push(format!("You {told} {words}. There is room for more, so think of it as a first part."));
        }
        State::Whole if review.spoken => {
            out.push(format!("You told me {words}. I listened for a few things."))
        }
        State::Whole => {
            let sentences = plural(review.counts.sentences, "sentence");
            out.push(format!("You wrote {words} in {sentences}. I looked for a few things."));
        }
    }
    let goods: Vec<&str> =
        in_order(review, &GOOD_FIRST, |remark| remark.good.as_ref().map(|one| one.say.as_str()));
    let nexts: Vec<&str> =
        in_order(review, &NEXT_FIRST, |remark| remark.next.as_ref().map(|one| one.say.as_str()));
    out.extend(goods.iter().take(3).map(|say| (*say).to_owned()));
    if nexts.is_empty() {
        out.push("Read it aloud once more, slowly, and listen for a place where you stumble.".into());
    } else {
        out.push("Here is something to try next.".into());
        out.extend(nexts.iter().take(2).map(|say| (*say).to_owned()));
        if nexts.len() > 1 {
            out.push("One of these is enough for today.".into());
        }
    }
    if out.len() < 4 {
        out.push("Read the prompt once more, and ask which of your sentences answers it.".into());
    }
    if out.len() < 4 {
        out.push("Then change one sentence, and stop there.".into());
    }
    out
}

fn in_order<'r>(
    review: &'r Review,
    order: &[&str],
    what: impl Fn(&'r Remark) -> Option<&'r str>,
) -> Vec<&'r str> {
    // That nothing of the prompt was found comes before all else.
    let astray =
        |remark: &Remark| remark.criterion == "focus" && remark.good.is_none() && remark.next.is_some();
    let rank = |remark: &Remark| order.iter().position(|one| *one == remark.criterion).unwrap_or(order.len());
    let mut remarks: Vec<&Remark> = review.remarks.iter().collect();
    remarks.sort_by_key(|remark| (!astray(remark), rank(remark)));
    remarks.into_iter().filter_map(what).collect()
}

/// A plan of five minutes, to say one after the other.
#[must_use]
pub fn plan_sentences(asked: &Asked) -> Vec<String> {
    let mut out = vec![
        "Before you write, plan for about five minutes. A few words for each answer are enough.".to_owned(),
    ];
    match &asked.scene {
        Some(scene) => out.push(format!("First, picture this. {scene}")),
        None => out.push(format!("First, read the prompt and find what it asks. {}", asked.prompt)),
    }
    if asked.plan.is_empty() {
        out.push(asked.prompt.clone());
        out.push("Who is in it, and where?".into());
        out.push("What happens first, next, and last?".into());
    } else {
        let names = ["The next minute", "The minute after that", "One minute more"];
        for (at, question) in asked.plan.iter().enumerate() {
            let name = names.get(at).copied().unwrap_or("Then");
            out.push(format!("{name} is for this: {question}"));
        }
    }
    out.push("Last, put your notes in order, and think of your ending. Then write.".into());
    out
}
