//! What no question may have: bad grammar around numbers, hints that tell, choices that collide.

use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::Level;

use super::read::{numbers, re};

/// The defects of an item, empty for a good one.
pub fn defects(item: &Item) -> Vec<String> {
    let mut found = Vec::new();
    let mut texts = vec![("stem", item.stem.as_str()), ("spoken", item.spoken.as_str())];
    texts.extend(item.hints.iter().map(|hint| ("hint", hint.as_str())));
    texts.extend(item.solution.iter().map(|step| ("step", step.text.as_str())));
    texts.extend(item.figure.iter().map(|figure| ("figure", figure.description.as_str())));
    for (what, text) in texts {
        for (pattern, problem) in [
            (r"  ", "two spaces"),
            (r"(?:^|[^.,\w])1 (?:[a-z]+s|feet|inches|people|children|men|women)\b", "one of many"),
            (r"(?i)\ba (?:8|11|18|8\d|eight|eleven|hour|[aeio][a-z]+)\b", "a before a vowel"),
            (r"(?i)\ban (?:[1-7]|9|1[02345679]|[bcdfgjklmnpqrstvwxyz][a-z]*)\b", "an before a consonant"),
            (r"\{|\}|None|Some\(", "a placeholder"),
            (r"\b(\w+) (\w+)\b", ""),
            (r"\s[.,?!;:]", "a space before a mark"),
            (r"\+ [\u{2212}-]|[\u{2212}-] [\u{2212}-]", "two signs together"),
            (r"(?:^|[^\d,.:])0[1-9]|/0\b", "a strange number"),
            (r"\b1x|\b1y|\b1n\b", "a coefficient of one"),
        ] {
            if problem.is_empty() {
                let twice = re(r"\b[A-Za-z]+\b");
                let words: Vec<&str> = twice.find_iter(text).map(|word| word.as_str()).collect();
                if words.windows(2).any(|pair| {
                    pair[0].len() > 1
                        && pair[0] == pair[1]
                        && text.contains(&format!("{} {}", pair[0], pair[1]))
                        && pair[0] != "that"
                        && pair[0] != "had"
                }) {
                    found.push(format!("{what}: a word twice: {text:?}"));
                }
            } else if what != "spoken" && re(pattern).is_match(text) {
                // "1 less", "1 is": words that end in s and are no plural.
                let fine = problem == "one of many" && re(r"\b1 (?:is|measures|lies|plus|times|was|has|as|less|goes|minus|gas|pass|across|this|class|bus|equals|leaves|gives|makes|means|stays|does|comes|remains|divides)\b").is_match(text);
                let a_name = problem == "a before a vowel"
                    && re(r"\bA (?:and|is|in|are|equals|or|on|as|at)\b").is_match(text)
                    && !re(r"\ba (?:8|11|18|8\d|eight|eleven|hour|[aeio][a-z]+)\b").is_match(text);
                let sounds_w = problem == "a before a vowel" && re(r"\ba (?:one|once)\b").is_match(text);
                if !fine && !a_name && !sounds_w {
                    found.push(format!("{what}: {problem}: {text:?}"));
                }
            }
        }
        let first = text.trim_start().chars().next();
        if what != "spoken"
            && first.is_some_and(char::is_lowercase)
            && !text.starts_with(['x', 'y', 'n', 'a', 'k'])
        {
            found.push(format!("{what}: begins small: {text:?}"));
        }
        if matches!(what, "hint" | "step") && !text.ends_with(['.', '?', '!']) {
            found.push(format!("{what}: no full stop: {text:?}"));
        }
    }
    if item.stem.trim() != item.stem
        || !(item.stem.ends_with(['?', '.', ':']) || item.stem.contains("Column B"))
    {
        found.push("the stem does not end well".into());
    }
    if item
        .spoken
        .contains(['/', '×', '÷', '=', '²', '³', '√', '%', '°', '$', '_', '<', '>', '\u{2212}', '|', 'π'])
    {
        found.push(format!("spoken: a sign is left: {:?}", item.spoken));
    }
    if item.hints.is_empty() || item.solution.is_empty() {
        found.push("no hint or no solution".into());
    }
    // Written in any way, no two choices are the same.
    let plain: Vec<String> =
        item.choices.iter().map(|choice| choice.text.to_lowercase().replace(' ', "")).collect();
    for a in 0..4 {
        for b in 0..a {
            let values = (numbers(&item.choices[a].text), numbers(&item.choices[b].text));
            let units = (
                re(r"[\d/.,\u{2212}-]+").replace_all(&plain[a], ""),
                re(r"[\d/.,\u{2212}-]+").replace_all(&plain[b], ""),
            );
            if plain[a] == plain[b]
                || (!values.0.is_empty()
                    && values.0 == values.1
                    && units.0 == units.1
                    && values.0.len() == 1
                    && !plain[a].contains(['x', 'y', '+', '^']))
            {
                found.push(format!(
                    "choices {a} and {b} are the same: {:?}",
                    item.choices.each_ref().map(|choice| &choice.text)
                ));
            }
        }
        let reason = &item.choices[a].reason;
        if reason.is_none() != (a == item.key) || reason.as_ref().is_some_and(|reason| reason.plain.len() < 8)
        {
            found.push(format!("choice {a} has a wrong reason"));
        }
    }
    // A hint must not hold the answer; comparisons and single digits that the stem names are no telling.
    let key = &item.choices[item.key].text;
    for hint in &item.hints {
        if holds(hint, key) && !holds(&item.stem, key) {
            found.push(format!("hint holds the answer {key:?}: {hint:?}"));
        }
    }
    let most = match item.level {
        Level::Primary2 => 200,
        Level::Primary3 => 1_000,
        Level::Primary4 => 10_000,
        Level::Lower => 100_000,
        Level::Middle => 10_000_000,
        Level::Upper => 1_000_000_000,
    };
    for number in
        numbers(&item.stem).into_iter().chain(item.choices.iter().flat_map(|choice| numbers(&choice.text)))
    {
        if number.0.abs() / number.1 > most {
            found.push(format!("{}/{} is too big for {}", number.0, number.1, item.level));
        }
    }
    found
}

/// Whether `text` contains `part` as a number or words of its own, not as a piece of a longer one.
fn holds(text: &str, part: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '/' || c == '.' || c == ',';
    text.match_indices(part).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(joins);
        let mut after = text[at + part.len()..].chars();
        let next = after.next().is_some_and(|c| {
            c.is_alphanumeric()
                || c == '/'
                || (matches!(c, '.' | ',') && after.next().is_some_and(|c| c.is_ascii_digit()))
        });
        !before && !next
    })
}
