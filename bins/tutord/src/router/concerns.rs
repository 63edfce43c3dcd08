//! The utterances that are matters for a grown-up.

use std::sync::LazyLock;

use crate::phrases::Phrase;

/// The sections of `concerns.txt`, in the order in which they are tried.
const SECTIONS: [(&str, Phrase); 4] = [
    ("self_harm", Phrase::SelfHarm),
    ("abuse", Phrase::Abuse),
    ("emergency", Phrase::Emergency),
    ("unhappy", Phrase::Unhappy),
];

static CONCERNS: LazyLock<[Vec<&'static str>; 4]> = LazyLock::new(|| {
    let mut sections: [Vec<&'static str>; 4] = Default::default();
    let mut section = None;
    for line in include_str!("concerns.txt").lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = SECTIONS.iter().position(|(known, _)| *known == name);
        } else if let Some(patterns) = section.and_then(|at| sections.get_mut(at)) {
            patterns.push(line);
        }
    }
    sections
});

/// Patterns of concerns with what is said.
pub fn concerns() -> impl Iterator<Item = (&'static [&'static str], Phrase)> {
    CONCERNS.iter().map(Vec::as_slice).zip(SECTIONS.iter().map(|(_, phrase)| *phrase))
}

#[cfg(test)]
mod tests {
    use super::concerns;

    #[test]
    fn every_section_of_the_file_is_known_and_filled() {
        assert!(concerns().all(|(patterns, _)| patterns.len() >= 8));
        let lines = include_str!("concerns.txt")
            .lines()
            .filter(|l| !l.is_empty() && !l.starts_with(['#', '[']))
            .count();
        assert_eq!(concerns().map(|(patterns, _)| patterns.len()).sum::<usize>(), lines);
    }
}
