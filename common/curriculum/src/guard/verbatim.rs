//! The right choice as it is written or said, letter by letter.

use super::text::Text;
use crate::content::Library;

/// What a choice stands behind where it is given as the answer.
const LEADS: [&str; 8] = ["answer is", "it's", "it is", "choose", "pick", "must be", "choice is", "you want"];

/// Whether the right choice stands in a text as it is written or spoken: as all of it, as the answer, or in more than one
/// word that the question does not have.
pub(super) fn told(text: &Text<'_>) -> bool {
    let Some(key) = text.item.choices.get(text.item.key) else { return false };
    let figure = text.item.figure.as_ref().map_or("", |figure| figure.description.as_str());
    let asked = plain(&format!("{} {} {figure}", text.item.stem, text.item.spoken));
    let said = plain(&text.written);
    let written = Library::embedded().map(|library| library.written(&key.spoken)).unwrap_or_default();
    [key.text.as_str(), key.spoken.as_str(), written.as_str()].into_iter().map(plain).any(|form| {
        if form.is_empty() {
            return false;
        }
        let answered = LEADS.iter().any(|lead| places(&said, &format!("{lead} {form}")).next().is_some());
        let several = form.contains(' ') && !text.ask.comparison;
        said == form
            || answered
            || (several && places(&said, &form).next().is_some() && places(&asked, &form).next().is_none())
    })
}

/// In lower case, with single spaces and without the marks around.
fn plain(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    words.trim_matches(['.', ',', '!', '?', '"', ' ', ':']).to_owned()
}

/// Where a form stands in a text as whole words.
fn places<'t>(text: &'t str, form: &'t str) -> impl Iterator<Item = usize> + 't {
    let inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(form).map(|(at, _)| at).filter(move |at| {
        let before = text.get(..*at).and_then(|head| head.chars().next_back());
        let after = text.get(at + form.len()..).and_then(|tail| tail.chars().next());
        !inner(before) && !inner(after)
    })
}
