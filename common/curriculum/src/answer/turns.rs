//! Turns of phrase around an answer, contractions taken apart.

/// Says nothing.
#[rustfmt::skip]
pub(super) const FILLERS: &[&str] = &[
    "um", "uh", "uhm", "erm", "er", "hmm", "mm", "mhm", "oh", "ah", "well", "okay", "like", "so", "please",
    "hey", "yes", "maybe", "probably", "perhaps", "definitely", "really", "just", "about", "exactly",
    "possibly", "now", "then", "and", "but", "tutor", "alright", "all right", "right", "thanks",
    "thank you", "sir", "ma'am", "though", "for sure", "i think", "i think that", "i think so", "i guess",
    "i believe", "i bet", "i know", "i got", "i get", "i am sure", "i am pretty sure", "i am not sure but",
    "not sure but", "i do not know but", "i do not know maybe", "i have no idea but", "i do not know",
    "i am not sure", "i might be wrong but", "i feel like", "i want to say", "i would guess", "i suppose",
    "it is", "it was", "is", "are", "be", "it has to be", "it must be", "it should be", "it would be",
    "it could be", "it might be", "it may be", "it will be", "it equals", "equals", "that equals",
    "that is", "that would be", "that makes", "it makes", "this is", "has to be", "must be", "should be",
    "would be", "might be", "could be", "my guess is", "my best guess is", "you get", "you would get",
    "we get", "there are", "there is", "there were", "there would be", "they have", "they had", "he has",
    "she has", "he had", "she had", "it has", "it costs", "it cost", "they cost", "it takes", "it means",
    "it means the same as", "it ends", "it ends at", "in all", "altogether", "in total", "final answer",
    "is the answer", "is my answer", "is my final answer", "is the right answer", "is the correct answer",
    "is right", "is correct", "is the one", "the answer", "my answer", "the word", "the phrase", "pick",
    "choose", "select", "put", "mark", "say", "go with", "the", "of", "the one about", "the one with",
    "the one where", "the one that says", "the one that says that", "the one which", "the one",
    "one of the", "an", "a", "in", "to", "let us see", "let me see", "let me think", "i see", "you know",
    "or something", "not sure", "correct", "at", "both times", "they", "it says", "that says", "sure", "as",
    "too",
];

/// Says that what follows is the answer.
#[rustfmt::skip]
pub(super) const COMMITS: &[&str] = &[
    "i will go with", "i am going with", "i am going to go with", "i would go with", "i am going to say",
    "i will say", "i would say", "i say", "i said", "i choose", "i chose", "i pick", "i picked",
    "i will pick", "i will choose", "i will take", "i am going to pick", "i am going to choose",
    "i vote for", "let us go with", "let me go with", "let us say", "final answer is", "my final answer is",
    "my answer is", "my answer would be", "the answer is", "the answers", "the right answer is", "the correct answer is",
    "the correct one is", "the right one is", "the answer has to be", "the answer must be",
    "the answer should be", "the answer would be", "answer is", "i think the answer is",
    "i believe the answer is", "i guess the answer is", "change it to", "change that to",
    "change my answer to", "i change my answer to", "change to", "i am changing my answer to",
    "i am changing it to", "i want to change it to", "i go with", "i want to change my answer to",
    "can you change it to", "switch to", "make it", "i am sticking with", "i will stick with", "stick with",
];

/// Takes back what was said.
#[rustfmt::skip]
pub(super) const CORRECTIONS: &[&str] = &[
    "no wait", "oh wait", "wait no", "no no", "no no no", "oh no", "no sorry", "sorry no", "actually no",
    "no actually", "i mean", "i meant", "i meant to say", "no i mean", "no i meant", "sorry i mean",
    "sorry i meant", "wait i mean", "wait i meant", "scratch that", "make that", "or rather",
    "on second thought", "never mind", "nevermind", "not that", "correction", "oops", "whoops",
    "strike that", "forget that", "or actually", "wait wait", "i take that back", "instead",
];

/// Takes it back if an answer follows.
#[rustfmt::skip]
pub(super) const MAY_CORRECT: &[&str] = &[
    "no", "wait", "actually", "sorry",
];

/// Says that what follows is not the answer.
#[rustfmt::skip]
pub(super) const NOTS: &[&str] = &[
    "not", "is not", "it is not", "it can not be", "can not be", "could not be", "it could not be", "never",
    "it was never", "anything but", "everything but", "anything except", "everything except", "all but",
    "instead of", "rather than", "neither", "nor", "do not", "i do not think", "i do not think it is",
    "i do not think that it is", "i will not say", "i would not say", "definitely not",
    "it is definitely not", "except", "without", "i do not think so", "do not pick", "do not choose",
    "other than",
];

/// Between answers.
#[rustfmt::skip]
pub(super) const ORS: &[&str] = &[
    "or", "or maybe", "either", "between", "it is between", "versus", "or else",
];

/// Before a reason.
#[rustfmt::skip]
pub(super) const BECAUSE: &[&str] = &[
    "because", "since", "that is because", "it is because",
];

/// Points at something unseen.
#[rustfmt::skip]
pub(super) const POINTING: &[&str] = &[
    "that one", "this one", "the other one", "the other", "other one", "the middle one", "middle one",
    "the middle", "the same one", "the same answer", "one of the middle ones", "one of them",
    "the first two", "the last two", "all of them", "none of them", "the one", "some of them",
    "both of them", "both",
];
