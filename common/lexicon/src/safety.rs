//! What a child is not told: sexual, obscene and insulting words, and drugs.
//!
//! Two sieves, both applied when the lexicon is made, so that what they hold back is not in the file. Words on a list are
//! left out everywhere, and so is every sense whose gloss uses one. Senses are left out, too, that WordNet marks as obscene or
//! insulting, and those whose gloss has one of [`MARKERS`].

use std::collections::HashSet;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

/// Beginnings of words that mark a gloss as not for children.
pub const MARKERS: [&str; 47] = [
    "sexual",
    "homosexual",
    "heterosexual",
    "bisexual",
    "transsexual",
    "genital",
    "intercourse",
    "copulat",
    "erotic",
    "pornograph",
    "prostitut",
    "lewd",
    "lascivious",
    "obscen",
    "vulgar",
    "offensive",
    "derogatory",
    "disparag",
    "slur",
    "narcotic",
    "hallucinogen",
    "psychedelic",
    "illicit",
    "aphrodisiac",
    "contracepti",
    "fetish",
    "voyeur",
    "naked",
    "nude",
    "nudity",
    "excrement",
    "urinat",
    "defecat",
    "castrat",
    "molest",
    "suicid",
    "lust",
    "libido",
    "sensual",
    "lechero",
    "promiscu",
    "adulter",
    "virgin",
    "menstru",
    "buttock",
    "seduc",
    "brothel",
];

/// Labels in brackets that mark a gloss as not for children, wherever they stand.
pub const LABELS: [&str; 6] =
    ["ethnic slur", "offensive", "street name", "controlled substance", "drug addict", "drug abuse"];

/// Manners of use that WordNet points to from words that are not for children.
pub const USAGES: [&str; 6] =
    ["obscenity", "smut", "disparagement", "depreciation", "ethnic_slur", "vulgarism"];

static HIDDEN: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let lines = include_str!("hidden.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| u64::from_str_radix(line.trim(), 16).ok()).collect()
});

/// How many words are on the list.
#[must_use]
pub fn listed() -> usize {
    HIDDEN.len()
}

/// Whether a word, or one of its simple forms, is on the list.
#[must_use]
pub fn is_hidden(word: &str) -> bool {
    let lower = word.trim().to_lowercase();
    let on_list = |word: &str| {
        let digest = Sha256::digest(word.as_bytes());
        let first: [u8; 8] = std::array::from_fn(|at| digest.get(at).copied().unwrap_or_default());
        HIDDEN.contains(&u64::from_be_bytes(first))
    };
    let ends = ["", "s", "es", "ed", "er", "ers", "ing", "y"];
    ends.iter().filter_map(|end| lower.strip_suffix(end)).any(|stem| stem.len() > 2 && on_list(stem))
        // A word of several: each of them.
        || lower.split([' ', '-', '_']).filter(|part| part.len() < lower.len()).any(is_hidden)
}

/// Whether a gloss, as WordNet has it, may be told.
#[must_use]
pub fn is_fit(gloss: &str) -> bool {
    let lower = gloss.to_lowercase();
    if LABELS.iter().any(|label| lower.contains(label)) {
        return false;
    }
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 2);
    !words.any(|word| MARKERS.iter().any(|marker| word.starts_with(marker)) || is_hidden(word))
}
