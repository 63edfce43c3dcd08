//! Words that feedback looks for.

/// Words that every English text is full of and other languages are not.
pub(super) const ENGLISH: &[&str] = &[
    "the", "and", "of", "to", "was", "is", "it", "that", "my", "we", "you", "with", "for", "they", "she",
    "his", "her", "are", "have", "had", "this", "but", "not", "from", "when", "because", "would", "i",
    "your", "their", "were", "be", "been", "at", "by", "our", "what", "who", "could", "should", "will", "if",
    "there", "did", "do",
];

/// Words that connect ideas, and can hardly be anything else.
pub(super) const LINKING: &[&str] = &[
    "because",
    "although",
    "though",
    "however",
    "therefore",
    "while",
    "unless",
    "until",
    "instead",
    "meanwhile",
    "finally",
    "besides",
    "moreover",
    "whenever",
    "whereas",
    "after",
    "before",
    "when",
    "if",
    "afterward",
    "afterwards",
];

/// Of these, words that join two ideas in one sentence and are nothing else.
pub(super) const JOINING: &[&str] = &["although", "because", "whereas", "unless", "whenever", "though"];

/// Words that show the order of things at the beginning of a sentence.
pub(super) const ORDER: &[&str] =
    &["first", "second", "third", "next", "then", "finally", "later", "afterward", "afterwards", "meanwhile"];

/// Beginnings of a last sentence that closes.
pub(super) const CLOSING: &[&str] = &[
    "in the end",
    "that is why",
    "that's why",
    "in conclusion",
    "to conclude",
    "from then on",
    "from that day",
    "ever since",
    "since then",
    "looking back",
    "all in all",
    "for these reasons",
    "for all these reasons",
    "now i know",
    "i learned that",
    "this is why",
];

/// Words that say little because they are used for everything.
pub(super) const TIRED: &[&str] = &[
    "good", "nice", "went", "thing", "things", "stuff", "very", "really", "got", "fun", "cool", "awesome",
    "bad", "big", "great", "lot", "lots",
];

/// Verbs that show just how something was done.
pub(super) const VIVID: &[&str] = &[
    "whispered",
    "crept",
    "dashed",
    "grabbed",
    "stumbled",
    "glanced",
    "muttered",
    "shivered",
    "trembled",
    "sprinted",
    "peeked",
    "gasped",
    "yelled",
    "squeezed",
    "slammed",
    "scrambled",
    "wandered",
    "tiptoed",
    "shuffled",
    "leaped",
    "clutched",
    "stared",
    "groaned",
    "giggled",
    "darted",
    "crumpled",
    "scribbled",
    "snatched",
    "tumbled",
    "sighed",
    "crawled",
    "rattled",
    "splashed",
    "swallowed",
    "shrugged",
    "hesitated",
];

/// Verbs of speech: with quotation marks, somebody speaks.
pub(super) const SPEAKING: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "told",
    "shouted",
    "whispered",
    "replied",
    "answered",
    "yelled",
    "muttered",
    "cried",
    "called",
    "explained",
];

/// Words of opinion: what they stand in wants a reason.
pub(super) const OPINION: &[&str] = &[
    "think",
    "believe",
    "should",
    "best",
    "important",
    "favorite",
    "better",
    "worst",
    "must",
    "need",
    "love",
    "hate",
    "agree",
    "disagree",
    "hope",
    "prefer",
    "special",
    "hard",
    "easy",
];

/// Words of a prompt that say what to do, not what about; and words too plain to tell.
pub(super) const PLAIN: &str = "about after again agree almost also answer anything back because been before beginning being believe best \
    better both change choice choose come could describe details different discuss does doing done each easier \
    else even ever every everyone example examples explain feel find first from fully give goes going good \
    happen happened happens hard have help helped hope idea imagine important into just keep kind know later \
    less life like likely little look looks made make makes many matter mattered matters mean middle might more \
    morning most much need needs never next not often once only opinion other others part people perhaps person \
    picture place point reason reasons same say sentence should show side since some someone something stand \
    story such support supports suppose take tell than that their them then there these they thing things think \
    this those thought thoughts three time today turn turned understand used using very view want way well went \
    were what when where which while whole will wish with without work world would write year years your \
    yourself";

/// Slips of spelling that are no words, and what was meant.
pub(super) const SLIPS: &[(&str, &str)] = &[
    ("alot", "a lot"),
    ("becuase", "because"),
    ("becasue", "because"),
    ("beacuse", "because"),
    ("beleive", "believe"),
    ("definately", "definitely"),
    ("freind", "friend"),
    ("freinds", "friends"),
    ("goverment", "government"),
    ("happend", "happened"),
    ("intresting", "interesting"),
    ("realy", "really"),
    ("recieve", "receive"),
    ("recieved", "received"),
    ("seperate", "separate"),
    ("suprise", "surprise"),
    ("suprised", "surprised"),
    ("teh", "the"),
    ("thier", "their"),
    ("tommorow", "tomorrow"),
    ("untill", "until"),
    ("wich", "which"),
    ("wierd", "weird"),
    ("dont", "don't"),
    ("didnt", "didn't"),
    ("couldnt", "couldn't"),
    ("wasnt", "wasn't"),
    ("doesnt", "doesn't"),
];

/// Ends of words that look like the end of a sentence and are not.
pub(super) const ABBREVIATIONS: &[&str] =
    &["mr", "mrs", "ms", "dr", "st", "etc", "vs", "jr", "sr", "mt", "prof", "e.g", "i.e", "a.m", "p.m", "no"];

/// A word without its commonest endings, to compare words by.
pub(super) fn stem(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches("\u{2019}s");
    for ending in ["ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3) {
            // stop, stopped, stopping
            let mut letters = stem.chars().rev();
            let (last, before) = (letters.next(), letters.next());
            let doubled = last.is_some() && last == before && !matches!(last, Some('s' | 'l' | 'e'));
            let doubled = doubled && stem.chars().count() > 3 && matches!(ending, "ed" | "ing" | "ings");
            let cut = last.filter(|_| doubled).map_or(0, char::len_utf8);
            return stem.get(..stem.len() - cut).unwrap_or(stem).to_owned();
        }
    }
    word.to_owned()
}

/// The stems of the words that say what a prompt is about.
pub(super) fn key_stems(prompt: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for word in prompt.split(|letter: char| !letter.is_alphanumeric() && letter != '\'' && letter != '-') {
        let word = word.to_lowercase();
        let stem = stem(&word);
        let told = word.chars().count() >= 4 && !PLAIN.split(' ').any(|plain| plain == word);
        if told && !out.iter().any(|(known, _)| *known == stem) {
            out.push((stem, word));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{key_stems, stem};

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for same in [
            ["rule", "rules"],
            ["invent", "inventing"],
            ["stop", "stopped"],
            ["carry", "carried"],
            ["mistake", "mistakes"],
        ] {
            assert_eq!(stem(same[0]), stem(same[1]), "{same:?}");
        }
        assert_ne!(stem("bee"), stem("bean"));
        for odd in ["", "s", "é", "'s", "eeeed"] {
            let _ = stem(odd);
        }
    }

    #[test]
    fn a_prompt_is_about_its_own_words() {
        let keys: Vec<String> =
            key_stems("Suppose your class could add one new rule. What rule would you choose?")
                .into_iter()
                .map(|(_, word)| word)
                .collect();
        assert_eq!(keys, ["class", "rule"]);
    }
}
