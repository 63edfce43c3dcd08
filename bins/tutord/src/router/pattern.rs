//! Patterns of words: `a|b` is one of them, `?` at the end makes a word optional, `*` is up to three words of any kind.

/// Words that one `*` may stand for.
const GAP: usize = 3;

/// Whether `words` as a whole fit `pattern`.
pub fn is_all(pattern: &str, words: &[&str]) -> bool {
    fits(&mut pattern.split(' '), words, true)
}

/// Whether `pattern` fits anywhere in `words`.
pub fn contains(pattern: &str, words: &[&str]) -> bool {
    (0..words.len()).any(|at| fits(&mut pattern.split(' '), &words[at..], false))
}

/// Patterns are ours and short, so the recursion is shallow.
fn fits(pattern: &mut std::str::Split<'_, char>, words: &[&str], to_the_end: bool) -> bool {
    let Some(piece) = pattern.next() else { return !to_the_end || words.is_empty() };
    if piece == "*" {
        return (0..=GAP.min(words.len())).any(|skip| fits(&mut pattern.clone(), &words[skip..], to_the_end));
    }
    let (alternatives, optional) = match piece.strip_suffix('?') {
        Some(alternatives) => (alternatives, true),
        None => (piece, false),
    };
    if let Some((first, rest)) = words.split_first()
        && alternatives.split('|').any(|word| word == *first)
        && fits(&mut pattern.clone(), rest, to_the_end)
    {
        return true;
    }
    optional && fits(pattern, words, to_the_end)
}

#[cfg(test)]
mod tests {
    use super::{contains, is_all};

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn alternatives_options_and_gaps() {
        assert!(is_all("say that|it again", &words("say it again")));
        assert!(!is_all("say that|it again", &words("say it again now")));
        assert!(is_all("a? little? louder", &words("louder")));
        assert!(is_all("a? little? louder", &words("a little louder")));
        assert!(contains("hurt * myself", &words("i want to hurt and kill myself today")));
        assert!(!contains("hurt * myself", &words("hurt one two three four myself")));
        assert!(!is_all("stop", &words("stop it")));
    }
}
