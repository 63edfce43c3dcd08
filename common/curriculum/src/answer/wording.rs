//! Words that carry meaning and words that do not.

/// Words that say nothing by themselves in a choice.
const SMALL: [&str; 74] = [
    "a", "an", "the", "of", "to", "in", "on", "at", "is", "are", "was", "were", "be", "been", "and", "or",
    "but", "that", "this", "these", "those", "it", "he", "she", "they", "his", "her", "their", "them", "him",
    "with", "for", "from", "by", "as", "one", "about", "which", "who", "what", "how", "why", "where", "when",
    "because", "i", "you", "says", "said", "does", "do", "did", "will", "would", "can", "could", "not", "no",
    "some", "all", "most", "both", "then", "than", "so", "into", "its", "there", "here", "if", "while", "up",
    "choice", "answer",
];

/// Words that are no topic alone.
const WEAK: [&str; 23] = [
    "have", "has", "had", "get", "gets", "got", "go", "goes", "went", "make", "made", "want", "mean",
    "thing", "part", "story", "very", "really", "much", "also", "just", "even", "too",
];

/// Whether a word says nothing by itself.
pub(crate) fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// Whether a word is no topic alone.
pub(crate) fn is_weak(word: &str) -> bool {
    WEAK.contains(&word)
}

/// Whether a word turns what is said around.
pub(crate) fn is_negative(word: &str) -> bool {
    matches!(
        word,
        "not"
            | "no"
            | "never"
            | "none"
            | "nobody"
            | "nothing"
            | "without"
            | "nor"
            | "neither"
            | "hardly"
            | "nowhere"
    )
}

/// A word without common endings: enough to see that "dogs" is "dog" and "learned" is "learns".
pub(crate) fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word).trim_matches('\'');
    for (ending, least) in [
        ("ingly", 4),
        ("edly", 4),
        ("ing", 3),
        ("ies", 2),
        ("ied", 2),
        ("ed", 3),
        ("es", 3),
        ("ly", 4),
        ("s", 3),
    ] {
        if let Some(rest) = word.strip_suffix(ending)
            && rest.chars().count() >= least
            && !rest.ends_with('s')
        {
            let rest = if ending.starts_with("ie") { format!("{rest}y") } else { rest.to_owned() };
            return undoubled(rest.trim_end_matches('e'));
        }
    }
    word.trim_end_matches('e').to_owned()
}

/// "stopp" of "stopped" as "stop".
fn undoubled(stem: &str) -> String {
    let mut letters = stem.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(a), Some(b)) if a == b && stem.len() > 3 && !matches!(a, 's' | 'l' | 'z' | 'e' | 'o') => {
            stem[..stem.len() - a.len_utf8()].to_owned()
        }
        _ => stem.to_owned(),
    }
}

/// About how a word sounds: enough for "poll" and "pole".
pub(crate) fn sound(word: &str) -> String {
    const SPELLINGS: [(&str, &str); 24] = [
        ("ph", "f"),
        ("ck", "k"),
        ("qu", "kw"),
        ("x", "ks"),
        ("wh", "w"),
        ("kn", "n"),
        ("wr", "r"),
        ("ght", "t"),
        ("ee", "i"),
        ("ea", "i"),
        ("ey", "i"),
        ("ie", "i"),
        ("oa", "o"),
        ("ow", "o"),
        ("ai", "a"),
        ("ay", "a"),
        ("ce", "se"),
        ("ci", "si"),
        ("cy", "si"),
        ("sch", "sk"),
        ("c", "k"),
        ("z", "s"),
        ("y", "i"),
        ("dge", "j"),
    ];
    let mut sound = word.replace("ch", "C").replace("tch", "C");
    for (spelled, said) in SPELLINGS {
        sound = sound.replace(spelled, said);
    }
    let mut plain = String::with_capacity(sound.len());
    for c in sound.trim_end_matches('e').chars() {
        if !plain.ends_with(c) {
            plain.push(c);
        }
    }
    plain
}

/// Whether two words are spelled differently and sound the same: "waver" and "waiver".
pub(crate) fn sounds_like(one: &str, other: &str) -> bool {
    one.len() > 3 && one.ends_with('e') == other.ends_with('e') && sound(one) == sound(other)
}

/// The number of letters to change, add, leave out or swap with a neighbor (Damerau, 1964).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0_usize; b.len() + 1]; a.len() + 1];
    for (i, row) in table.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in table[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(table[i - 1][j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(table[i - 2][j - 2] + 1);
            }
            table[i][j] = least;
        }
    }
    table[a.len()][b.len()]
}

/// Whether a word is another that was misspelled or misheard by one letter, and not its opposite.
pub(crate) fn nearly(said: &str, word: &str) -> bool {
    const PREFIXES: [&str; 9] = ["a", "un", "in", "im", "il", "ir", "dis", "non", "mis"];
    let prefixed = |long: &str, short: &str| {
        PREFIXES.iter().any(|prefix| long.strip_prefix(prefix).is_some_and(|rest| rest == short))
    };
    let length = word.chars().count();
    if length < 5 || prefixed(said, word) || prefixed(word, said) {
        return false;
    }
    // An ending more or less is another form of the word.
    let form = |a: &str, b: &str| ["s", "y", "d", "r", "n"].iter().any(|end| a.strip_suffix(end) == Some(b));
    distance(said, word) <= 1 + usize::from(length >= 11) && !form(said, word) && !form(word, said)
}
