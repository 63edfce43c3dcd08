//! What a question asks for, and which of its words decide.

/// What a question asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// How many, how much, how long.
    Number,
    /// How far, how tall, how fast: a number with one of these words, or the word itself.
    Measure(&'static [&'static str]),
    /// When, in which year.
    Time,
    /// Who.
    Person,
    /// Why, how.
    Reason,
    Anything,
}

impl Wanted {
    pub(super) fn of(question: &str) -> Self {
        let words: Vec<String> = question
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let word = |at: usize| words.get(at).map_or("", String::as_str);
        let first = words.iter().position(|word| {
            matches!(word.as_str(), "who" | "when" | "why" | "how" | "what" | "which" | "where" | "whom")
        });
        let Some(at) = first else { return Self::Anything };
        match (word(at), word(at + 1)) {
            ("who" | "whom", _) => Self::Person,
            ("when", _) | ("what" | "which", "year" | "century" | "date" | "day") => Self::Time,
            ("why", _) => Self::Reason,
            ("how", "many" | "much" | "long" | "old" | "often") => Self::Number,
            ("how", measured) => {
                let measure = MEASURES.iter().find(|words| words.contains(&measured));
                measure.map_or(Self::Anything, |words| Self::Measure(words))
            }
            _ => Self::Anything,
        }
    }

    /// Whether a sentence has it.
    pub(super) fn is_in(self, sentence: &str) -> bool {
        let digit = sentence.contains(|c: char| c.is_ascii_digit());
        let words = || sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        match self {
            Self::Anything | Self::Reason => true,
            Self::Time => digit,
            Self::Number => digit || words().any(|word| NUMBERS.contains(&word.to_lowercase().as_str())),
            Self::Measure(of) => words().any(|word| of.contains(&word.to_lowercase().as_str())),
            // A name: a capital that is not only the sentence's own.
            Self::Person => {
                let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
                let all: Vec<&str> = words().collect();
                all.iter().skip(1).any(|word| capital(word) && word.len() > 1)
            }
        }
    }

    /// What a sentence with its heading has to hold of what the question is about, 0 to 1: where one name or one day is
    /// asked for, nearly all.
    pub(super) fn least(self) -> f64 {
        match self {
            Self::Person | Self::Time => 0.8,
            _ => super::LEAST,
        }
    }

    /// How well a sentence fits, beside the words that it holds.
    pub(super) fn fits(self, sentence: &str) -> f64 {
        let lower = format!(" {} ", sentence.to_lowercase());
        match self {
            Self::Reason if REASONS.iter().any(|reason| lower.contains(reason)) => 0.15,
            _ => 0.0,
        }
    }
}

/// Words that a measure is told with, by what is asked for.
const MEASURES: [&[&str]; 4] = [
    &[
        "far",
        "tall",
        "high",
        "deep",
        "thick",
        "wide",
        "big",
        "large",
        "long",
        "meters",
        "kilometers",
        "centimeters",
        "millimeters",
        "miles",
        "feet",
        "inches",
        "yards",
    ],
    &["heavy", "weigh", "weighs", "kilograms", "grams", "pounds", "ounces", "tons"],
    &["fast", "slow", "slowly", "quickly", "speed", "hour", "second", "minute"],
    &["hot", "cold", "warm", "degrees"],
];
const NUMBERS: [&str; 30] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "hundred",
    "thousand",
    "million",
    "millions",
    "billion",
    "trillions",
    "half",
    "third",
    "quarter",
    "tenth",
    "fifth",
    "dozen",
    "twice",
    "once",
];

const REASONS: [&str; 10] = [
    " because ",
    " so that ",
    " since ",
    " that is why ",
    " causes ",
    " cause ",
    " makes ",
    " helps ",
    " so ",
    " to ",
];

/// Verbs whose past no ending makes: a question has the one ("When did they begin?"), the answer the other.
const PASTS: [(&str, &str); 40] = [
    ("begin", "began"),
    ("become", "became"),
    ("break", "broke"),
    ("bring", "brought"),
    ("build", "built"),
    ("buy", "bought"),
    ("catch", "caught"),
    ("choose", "chose"),
    ("come", "came"),
    ("draw", "drew"),
    ("drink", "drank"),
    ("drive", "drove"),
    ("eat", "ate"),
    ("fall", "fell"),
    ("feel", "felt"),
    ("fight", "fought"),
    ("find", "found"),
    ("fly", "flew"),
    ("freeze", "froze"),
    ("give", "gave"),
    ("go", "went"),
    ("grow", "grew"),
    ("hear", "heard"),
    ("hold", "held"),
    ("keep", "kept"),
    ("know", "knew"),
    ("lead", "led"),
    ("leave", "left"),
    ("lose", "lost"),
    ("make", "made"),
    ("meet", "met"),
    ("rise", "rose"),
    ("see", "saw"),
    ("speak", "spoke"),
    ("swim", "swam"),
    ("take", "took"),
    ("teach", "taught"),
    ("throw", "threw"),
    ("win", "won"),
    ("write", "wrote"),
];

/// A word as it is looked for: quoted, so that nothing of a question is syntax, and with its past.
pub(crate) fn phrase(word: &str) -> String {
    let other = PASTS.iter().find_map(|(now, past)| match word {
        _ if word == *now => Some(past),
        _ if word == *past => Some(now),
        _ => None,
    });
    other.map_or_else(|| format!("\"{word}\""), |other| format!("\"{word}\" OR \"{other}\""))
}

/// Whether a word turns what is asked into something else.
pub(super) fn decides(word: &str) -> bool {
    matches!(
        word,
        "first" | "second" | "third" | "last" | "only" | "next" | "not" | "never" | "before" | "after"
    ) || (word.len() > 5
        && word.ends_with("est")
        && !matches!(word, "forest" | "harvest" | "interest" | "request"))
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn what_is_asked_for_is_known_by_the_question_word() {
        for (question, wanted) in [
            ("Who wrote it?", Wanted::Person),
            ("In which year was it?", Wanted::Time),
            ("how many legs has it", Wanted::Number),
            ("Tell me why leaves are green", Wanted::Reason),
            ("What is a fault?", Wanted::Anything),
        ] {
            assert_eq!(Wanted::of(question), wanted, "{question}");
        }
        assert!(matches!(Wanted::of("how thick is the crust"), Wanted::Measure(_)));
        assert!(Wanted::Person.is_in("The press was built by Gutenberg."));
        assert!(!Wanted::Person.is_in("The press was built long ago."));
        assert!(Wanted::Number.is_in("An insect has six legs."));
    }
}
