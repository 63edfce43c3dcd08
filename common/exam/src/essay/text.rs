//! A text as paragraphs, sentences and words, each with its place in the text.

use std::ops::Range;

use super::words::ABBREVIATIONS;

/// Words of a title, at most.
const TITLE: usize = 8;

/// A word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its place, in bytes.
    pub(super) at: Range<usize>,
    /// It in small letters, with a plain apostrophe.
    pub(super) low: String,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Its place, in bytes, with its marks.
    pub(super) at: Range<usize>,
    /// Its words.
    pub(super) words: Vec<Word>,
    /// Whether it ends with a mark.
    pub(super) ended: bool,
    /// Whether it begins with a small letter.
    pub(super) small: bool,
    /// Its paragraph.
    pub(super) paragraph: usize,
}

/// A text taken apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Text<'t> {
    pub(super) text: &'t str,
    pub(super) sentences: Vec<Sentence>,
    pub(super) paragraphs: usize,
}

impl<'t> Text<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let mut out = Self { text, ..Self::default() };
        for range in paragraphs(text) {
            let before = out.sentences.len();
            for at in sentences(text, range) {
                let piece = text.get(at.clone()).unwrap_or_default();
                let words = words(piece, at.start);
                if words.is_empty() {
                    continue;
                }
                let closed = piece.trim_end_matches(is_closer);
                let mut letters = piece.chars().skip_while(|letter| !letter.is_alphanumeric());
                let small = letters.next().is_some_and(char::is_lowercase)
                    && !letters.next().is_some_and(char::is_uppercase);
                out.sentences.push(Sentence {
                    ended: closed.ends_with(is_end),
                    small,
                    at,
                    words,
                    paragraph: out.paragraphs,
                });
            }
            out.paragraphs += usize::from(out.sentences.len() > before);
        }
        // A title is neither a sentence nor a paragraph.
        let alone = out.paragraphs > 1 && out.sentences.get(1).is_some_and(|second| second.paragraph > 0);
        if alone && out.sentences.first().is_some_and(|first| !first.ended && first.words.len() <= TITLE) {
            out.sentences.remove(0);
            out.paragraphs -= 1;
            for sentence in &mut out.sentences {
                sentence.paragraph = sentence.paragraph.saturating_sub(1);
            }
        }
        out
    }

    pub(super) fn word_count(&self) -> usize {
        self.sentences.iter().map(|sentence| sentence.words.len()).sum()
    }

    /// The words of a sentence around one of them, exactly as they are written: at most `most` words. Whole sentences
    /// keep their marks.
    pub(super) fn quote(&self, sentence: &Sentence, around: usize, most: usize) -> String {
        let count = sentence.words.len();
        if count <= most {
            return self.text.get(sentence.at.clone()).unwrap_or_default().to_owned();
        }
        let last = around.saturating_add(most / 2).max(most - 1).min(count - 1);
        let first = (last + 1).saturating_sub(most);
        let start = sentence.words.get(first).map_or(sentence.at.start, |word| word.at.start);
        let end = sentence.words.get(last).map_or(sentence.at.end, |word| word.at.end);
        self.text.get(start..end).unwrap_or_default().to_owned()
    }
}

fn is_end(letter: char) -> bool {
    matches!(letter, '.' | '!' | '?' | '\u{2026}' | '\u{3002}')
}

fn is_closer(letter: char) -> bool {
    matches!(letter, '"' | '\'' | '\u{201d}' | '\u{2019}' | ')' | ']' | '*')
}

/// Paragraphs are divided by empty lines; where there are none, by the end of a line that ends with a mark.
fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('\n') {
        lines.push(start..at);
        start = at + 1;
    }
    lines.push(start..text.len());
    let blank = |line: &Range<usize>| text.get(line.clone()).is_none_or(|line| line.trim().is_empty());
    let filled = |line: &Range<usize>| !blank(line);
    let first = lines.iter().position(filled).unwrap_or(0);
    let last = lines.iter().rposition(filled).unwrap_or(0);
    let divided = lines.get(first..=last).is_some_and(|lines| lines.iter().any(blank));
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines {
        if blank(&line) {
            open = false;
            continue;
        }
        let ends = text
            .get(line.clone())
            .is_some_and(|line| line.trim_end().trim_end_matches(is_closer).ends_with(is_end));
        match out.last_mut().filter(|_| open) {
            Some(paragraph) => paragraph.end = line.end,
            None => out.push(line.clone()),
        }
        // A short first line before a capital is a title.
        let title = out.len() == 1
            && text.get(line.clone()).is_some_and(|line| line.split_whitespace().count() <= TITLE)
            && text.get(line.end..).is_some_and(|after| after.trim_start().starts_with(char::is_uppercase))
            && out.first() == Some(&line);
        open = divided || !(ends || title);
    }
    out
}

/// The sentences of a part of the text, without the spaces around them.
fn sentences(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let piece = text.get(within.clone()).unwrap_or_default();
    let mut out = Vec::new();
    let mut start = 0;
    let mut letters = piece.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if !is_end(letter) {
            continue;
        }
        let dots = usize::from(letter == '.');
        let mut end = at + letter.len_utf8();
        let (mut closed, mut several) = (false, dots == 0 && letter == '\u{2026}');
        while let Some((next_at, next)) = letters.next_if(|(_, next)| is_end(*next) || is_closer(*next)) {
            closed |= is_closer(next);
            several |= next == '.';
            end = next_at + next.len_utf8();
        }
        let after = piece.get(end..).unwrap_or_default();
        if !after.starts_with(char::is_whitespace) && !after.is_empty() {
            continue;
        }
        let small = after.trim_start().starts_with(char::is_lowercase);
        if small && (closed || several) {
            // "Stop!" she said. Or a pause ... in the middle.
            continue;
        }
        let word = piece.get(start..at).unwrap_or_default();
        let word = word.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let word = word.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let initial = word.chars().count() == 1 && word != "i" && word.chars().all(char::is_alphabetic);
        if letter == '.' && !after.is_empty() && (initial || ABBREVIATIONS.contains(&word)) {
            continue;
        }
        out.push(start..end);
        start = end;
    }
    out.push(start..piece.len());
    out.into_iter()
        .filter_map(|range| {
            let own = piece.get(range.clone())?;
            let from = range.start + (own.len() - own.trim_start().len());
            let to = range.end - (own.len() - own.trim_end().len());
            (from < to).then_some(within.start + from..within.start + to)
        })
        .collect()
}

/// The words of a piece that begins at `offset`.
fn words(piece: &str, offset: usize) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start: Option<usize> = None;
    let mut end = 0;
    for (at, letter) in piece.char_indices().chain([(piece.len(), ' ')]) {
        let inner = matches!(letter, '\'' | '\u{2019}' | '-');
        if letter.is_alphanumeric() {
            start = start.or(Some(at));
            end = at + letter.len_utf8();
        } else if !(inner && start.is_some() && end == at)
            && let Some(from) = start.take()
        {
            let low = piece.get(from..end).unwrap_or_default().to_lowercase().replace('\u{2019}', "'");
            out.push(Word { at: offset + from..offset + end, low });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::Text;

    fn parts(text: &str) -> Vec<&str> {
        Text::of(text).sentences.iter().map(|sentence| &text[sentence.at.clone()]).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(parts("I ran. You ran! Did he?"), ["I ran.", "You ran!", "Did he?"]);
        assert_eq!(parts("\"Stop!\" she said. We did."), ["\"Stop!\" she said.", "We did."]);
        assert_eq!(
            parts("Mr. Lee paid 3.50 at 5 p.m. today. ok"),
            ["Mr. Lee paid 3.50 at 5 p.m. today.", "ok"]
        );
        assert_eq!(parts("Well ... maybe. So was I. Then"), ["Well ... maybe.", "So was I.", "Then"]);
        assert_eq!(parts(" ... \n\n?! "), Vec::<&str>::new());
        assert_eq!(parts("no marks at all"), ["no marks at all"]);
    }

    #[test]
    fn paragraphs_are_divided_by_empty_lines_or_by_ends() {
        assert_eq!(Text::of("One.\n\nTwo\nstill two.\n\n\nThree.").paragraphs, 3);
        assert_eq!(Text::of("One.\nTwo and\ngoing on.\nThree.\n").paragraphs, 3);
        assert_eq!(Text::of("").paragraphs, 0);
        let titled = Text::of("My Dog\nI have a dog.\nIt is old.");
        assert_eq!((titled.paragraphs, titled.sentences.len(), titled.sentences[0].paragraph), (2, 2, 0));
    }

    #[test]
    fn words_and_quotes_are_exact() {
        let text = "It's a well-known 'fact' that Zoë’s 3 cats don't bark -- ever.";
        let parsed = Text::of(text);
        let low: Vec<&str> = parsed.sentences[0].words.iter().map(|word| word.low.as_str()).collect();
        assert_eq!(
            low,
            ["it's", "a", "well-known", "fact", "that", "zoë's", "3", "cats", "don't", "bark", "ever"]
        );
        assert_eq!(parsed.quote(&parsed.sentences[0], 5, 3), "that Zoë’s 3");
        for most in 1..14 {
            for around in 0..14 {
                assert!(text.contains(&parsed.quote(&parsed.sentences[0], around, most)));
            }
        }
    }
}
