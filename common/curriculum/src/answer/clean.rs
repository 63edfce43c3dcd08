//! Taking an answer out of the words around it: politeness, hesitation, corrections.

/// Words that are left out anywhere: hesitation.
const HESITATION: [&str; 18] = [
    "um", "uh", "umm", "uhh", "erm", "er", "hmm", "hm", "mm", "oh", "ah", "well", "okay", "ok", "like", "so",
    "please", "uhm",
];

/// Whether a word is mere hesitation.
pub(super) fn is_hesitation(word: &str) -> bool {
    HESITATION.contains(&word)
}

/// What comes before an answer, longest first.
const BEFORE: &[&str] = &[
    "i am pretty sure it's",
    "i'm pretty sure it's",
    "i am pretty sure it is",
    "i'm pretty sure it is",
    "i'm going to go with",
    "i am going to go with",
    "i'm gonna go with",
    "i'll go with",
    "i will go with",
    "i would go with",
    "i'd go with",
    "i am going to say",
    "i'm going to say",
    "i'm gonna say",
    "let's go with",
    "let me go with",
    "i think the answer is",
    "i think the answer's",
    "i think that it's",
    "i think it is",
    "i think it's",
    "i think it would be",
    "i think it was",
    "i think its",
    "i think that's",
    "i think that is",
    "i think that",
    "i believe it is",
    "i believe it's",
    "i believe the answer is",
    "i guess it's",
    "i guess it is",
    "i guess the answer is",
    "i would say it's",
    "i would say",
    "i'd say it's",
    "i'd say",
    "i want to say",
    "i got",
    "i get",
    "i have",
    "i choose",
    "i chose",
    "i pick",
    "i picked",
    "i'll pick",
    "i'll choose",
    "i'll say",
    "i'll take",
    "i want",
    "i vote for",
    "i say",
    "i said",
    "i mean",
    "i meant",
    "my answer is",
    "my answer would be",
    "my answer's",
    "my final answer is",
    "my guess is",
    "my best guess is",
    "the answer has to be",
    "the answer must be",
    "the answer should be",
    "the answer would be",
    "the answer is",
    "the answer's",
    "the right answer is",
    "the correct answer is",
    "the correct one is",
    "answer is",
    "it has to be",
    "it must be",
    "it should be",
    "it would be",
    "it could be",
    "it might be",
    "it will be",
    "it'll be",
    "it equals",
    "that equals",
    "equals",
    "it is",
    "it's",
    "its",
    "that's",
    "that is",
    "that would be",
    "this is",
    "is it",
    "is that",
    "is the answer",
    "could it be",
    "would it be",
    "maybe it's",
    "maybe it is",
    "maybe",
    "probably",
    "perhaps",
    "definitely",
    "i know it's",
    "i know it is",
    "i know",
    "i think",
    "i guess",
    "i believe",
    "you get",
    "you would get",
    "we get",
    "that makes",
    "it makes",
    "there are",
    "there were",
    "there would be",
    "they have",
    "he has",
    "she has",
    "he had",
    "she had",
    "go with",
    "make it",
    "change it to",
    "change my answer to",
    "change that to",
    "put",
    "pick",
    "choose",
    "select",
    "mark",
    "say",
    "yes",
    "yeah",
    "yep",
    "and",
    "then",
    "now",
    "hey",
    "tutor",
    "the word",
    "the number",
    "about",
    "exactly",
    "just",
    "final answer",
];

/// What comes after an answer.
const AFTER: &[&str] = &[
    "is my final answer",
    "is the right answer",
    "is the correct answer",
    "is the answer",
    "is my answer",
    "is right",
    "is correct",
    "is it",
    "final answer",
    "i think so",
    "i think",
    "i guess",
    "i believe",
    "maybe",
    "probably",
    "right",
    "thank you",
    "thanks",
    "for sure",
    "i'm sure",
    "is what i got",
    "is what i think",
    "though",
    "in all",
    "altogether",
    "in total",
    "tutor",
    "sir",
    "ma'am",
    "is the one",
];

/// Words that take back what was said before them.
const CORRECTIONS: &[&str] = &[
    "no wait",
    "oh wait",
    "wait no",
    "no no",
    "no sorry",
    "sorry no",
    "actually no",
    "i mean",
    "i meant",
    "scratch that",
    "make that",
    "or rather",
    "let me change that to",
    "change it to",
    "change that to",
    "change my answer to",
    "on second thought",
    "never mind",
    "nevermind",
    "not that",
    "no",
    "wait",
    "actually",
    "sorry",
    "oops",
    "correction",
];

/// The words that count: hesitation and politeness off, and of several answers the last ("B, no, C").
pub(super) fn core<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let mut words: Vec<&str> = words.to_vec();
    words.retain(|word| !HESITATION.contains(word));
    let last = last_of(&words);
    let mut rest = last;
    loop {
        if let Some(after) =
            BEFORE.iter().find_map(|filler| without_start(rest, filler)).filter(|after| !after.is_empty())
        {
            rest = after;
        } else if let Some(before) =
            AFTER.iter().find_map(|filler| without_end(rest, filler)).filter(|before| !before.is_empty())
        {
            rest = before;
        } else {
            return rest.to_vec();
        }
    }
}

/// What follows the last correction, if something does that is no correction itself.
fn last_of<'s, 'w>(words: &'s [&'w str]) -> &'s [&'w str] {
    for at in (0..words.len()).rev() {
        let longest = CORRECTIONS
            .iter()
            .filter_map(|correction| without_start(&words[at..], correction))
            .min_by_key(|rest| rest.len());
        if let Some(rest) = longest.filter(|rest| !rest.is_empty()) {
            // "no more", "no idea", "wait a minute" are not corrections at the beginning of an utterance.
            if at > 0 || !is_phrase(words) {
                return rest;
            }
        }
    }
    words
}

fn is_phrase(words: &[&str]) -> bool {
    matches!(words, ["no", "idea" | "more" | "clue" | "one", ..] | ["wait", "a" | "for", ..])
}

fn without_start<'s, 'w>(words: &'s [&'w str], filler: &str) -> Option<&'s [&'w str]> {
    let mut rest = words;
    for wanted in filler.split(' ') {
        let (first, others) = rest.split_first()?;
        if *first != wanted {
            return None;
        }
        rest = others;
    }
    Some(rest)
}

fn without_end<'s, 'w>(words: &'s [&'w str], filler: &str) -> Option<&'s [&'w str]> {
    let mut rest = words;
    for wanted in filler.rsplit(' ') {
        let (last, others) = rest.split_last()?;
        if *last != wanted {
            return None;
        }
        rest = others;
    }
    Some(rest)
}
