//! Running headers, footers and page numbers.

use std::collections::HashMap;

use super::{PageText, Segment};

/// Part of a page's height at its top and at its bottom where such things stand.
const MARGIN: f64 = 0.12;

/// Fewest pages on which the same line must stand.
const FEWEST: usize = 3;

/// Drops what repeats at the margins. Gives what to add to a page's count to get the number printed on it.
pub fn drop(pages: &mut [PageText]) -> i32 {
    let mut seen: HashMap<(String, i64), usize> = HashMap::new();
    for page in pages.iter() {
        let mut own: Vec<_> =
            page.segments.iter().filter(|segment| at_margin(segment, page.height)).map(key).collect();
        own.sort();
        own.dedup();
        for key in own {
            *seen.entry(key).or_default() += 1;
        }
    }
    let offset = offset(pages);
    // On the left and the right page of a book they differ, so a third of the pages is enough.
    let needed = FEWEST.max(pages.len() / 4);
    for page in pages.iter_mut() {
        let (number, height) = (i64::from(page.number), page.height);
        page.segments.retain(|segment| {
            let often = || {
                let (text, at) = key(segment);
                (-1..=1).map(|by| seen.get(&(text.clone(), at + by)).copied().unwrap_or(0)).sum::<usize>()
                    >= needed
            };
            let is_number =
                || offset.is_some_and(|offset| page_number(&segment.text) == Some(number + offset));
            !(at_margin(segment, height) && (often() || is_number()))
        });
    }
    offset.and_then(|offset| i32::try_from(offset).ok()).unwrap_or(0)
}

fn at_margin(segment: &Segment, height: f64) -> bool {
    segment.y < MARGIN * height || segment.y > (1.0 - MARGIN) * height
}

/// The text with every number alike, and its height to within a few points.
fn key(segment: &Segment) -> (String, i64) {
    let mut text = String::new();
    for character in segment.text.chars() {
        match character {
            '0'..='9' if text.ends_with('#') => {}
            '0'..='9' => text.push('#'),
            other => text.extend(other.to_lowercase()),
        }
    }
    #[allow(clippy::cast_possible_truncation)]
    let at = (segment.y / 6.0).round() as i64;
    (text, at)
}

/// The number of a line that is a page number: "41", "Page 41", "- 41 -", "41 / 90", "Page 41 of 90".
fn page_number(text: &str) -> Option<i64> {
    let text = text.to_lowercase();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let text = text.strip_prefix("page").unwrap_or(text).trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let rest = rest.trim();
    let of = rest
        .strip_prefix("of")
        .or_else(|| rest.strip_prefix('/'))
        .is_some_and(|all| all.trim().parse::<u32>().is_ok());
    (rest.is_empty() || of).then(|| number.parse().ok()).flatten()
}

/// The commonest difference between the number on a page and its count, if most pages agree.
fn offset(pages: &[PageText]) -> Option<i64> {
    let mut votes: HashMap<i64, usize> = HashMap::new();
    for page in pages {
        let mut own: Vec<i64> = page
            .segments
            .iter()
            .filter(|segment| at_margin(segment, page.height))
            .filter_map(|segment| page_number(&segment.text))
            .map(|number| number - i64::from(page.number))
            .collect();
        own.sort_unstable();
        own.dedup();
        for vote in own {
            *votes.entry(vote).or_default() += 1;
        }
    }
    let (offset, count) = votes.into_iter().max_by_key(|&(offset, count)| (count, -offset.abs()))?;
    (count >= 2 && count * 2 > pages.len()).then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::page_number;

    #[test]
    fn page_numbers_are_told_from_other_lines() {
        for (text, number) in
            [("41", 41), ("Page 41", 41), ("- 41 -", 41), ("41 / 90", 41), ("page 41 of 90", 41)]
        {
            assert_eq!(page_number(text), Some(number), "{text}");
        }
        for text in ["41 apples", "Chapter 4", "", "1,000", "4.1"] {
            assert_eq!(page_number(text), None, "{text}");
        }
    }
}
