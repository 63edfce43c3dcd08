//! Counting.

use std::collections::HashMap;

use super::text::{Sentence, Text};
use super::words::{LINKING, TIRED};
use super::{Counts, Often};

pub(super) fn counts(text: &Text<'_>, spoken: bool) -> Counts {
    let mut linking: HashMap<&str, usize> = HashMap::new();
    let mut tired: HashMap<&str, usize> = HashMap::new();
    for word in text.sentences.iter().flat_map(|sentence| &sentence.words) {
        let low = word.low.as_str();
        if LINKING.contains(&low) {
            *linking.entry(low).or_default() += 1;
        }
        if TIRED.contains(&low) {
            *tired.entry(low).or_default() += 1;
        }
    }
    let written = |count: usize| (!spoken).then_some(count);
    Counts {
        words: text.word_count(),
        sentences: text.sentences.len(),
        paragraphs: written(text.paragraphs),
        longest: text.sentences.iter().map(|sentence| sentence.words.len()).max().unwrap_or(0),
        linking: listed(linking),
        openings: runs(text).into_iter().map(|(word, count, _)| Often { word, count }).collect(),
        tired: listed(tired),
        small_starts: written(text.sentences.iter().filter(|sentence| sentence.small).count()),
        no_mark: written(text.sentences.iter().filter(|sentence| !sentence.ended).count()),
    }
}

fn listed(words: HashMap<&str, usize>) -> Vec<Often> {
    let mut out: Vec<Often> =
        words.into_iter().map(|(word, count)| Often { word: word.to_owned(), count }).collect();
    out.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.word.cmp(&b.word)));
    out
}

/// Three or more sentences in a row with one beginning: the word, how many, and the place of the second of them.
pub(super) fn runs(text: &Text<'_>) -> Vec<(String, usize, usize)> {
    let mut out: Vec<(String, usize, usize)> = Vec::new();
    let first = |sentence: &Sentence| sentence.words.first().map(|word| word.low.clone()).unwrap_or_default();
    let mut start = 0;
    for end in 1..=text.sentences.len() {
        let (Some(begin), next) = (text.sentences.get(start), text.sentences.get(end)) else { break };
        if next.is_some_and(|next| first(next) == first(begin)) {
            continue;
        }
        if end - start >= 3 {
            out.push((first(begin), end - start, start + 1));
        }
        start = end;
    }
    out.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    out
}
