//! The reader, against the table of what is written and what is said.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use ttsd::clause::{MAX_CLAUSE, clauses};
use ttsd::normalize::{clean, normalize, read};

const TABLE: &str = include_str!("normalize.tsv");

#[test]
fn every_line_of_the_table() {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for (number, line) in TABLE.lines().enumerate() {
        let Some((written, said)) = line.split_once('\t') else {
            assert!(line.starts_with('#') || line.is_empty(), "line {} has no tab: {line:?}", number + 1);
            continue;
        };
        lines += 1;
        let got = normalize(written);
        if got != said {
            wrong.push(format!("line {}: {written:?}\n  wanted {said:?}\n  got    {got:?}", number + 1));
        }
    }
    assert!(lines >= 200, "the table has only {lines} lines");
    assert!(wrong.is_empty(), "{} of {lines} lines are read wrongly:\n{}", wrong.len(), wrong.join("\n"));
}

/// What may come out: letters, apostrophes, single spaces, and marks that follow a letter or a digit's word.
fn assert_speakable(text: &str) {
    for c in text.chars() {
        assert!(
            c.is_alphabetic() || " '-,.?!;:".contains(c) || matches!(c, '\u{300}'..='\u{36f}'),
            "{c:?} in {text:?}"
        );
    }
    assert!(!text.contains("  ") && !text.starts_with(' ') && !text.ends_with(' '), "{text:?}");
}

#[test]
fn hostile_text_is_read_or_dropped() {
    let long_digits = "9".repeat(100_000);
    let brackets = "(".repeat(50_000) + &")".repeat(50_000);
    let rtl = "\u{202e}مرحبا שלום\u{202c} 12 + 3";
    let controls: String = (0..=0x1f_u8).map(char::from).collect();
    let ssml = "<speak><prosody rate=\"x-fast\"><say-as interpret-as='date'>1/2</say-as></prosody></speak>"
        .repeat(500);
    let signs = "+-*/^=<>|()[]{}$%&#@~`\\\"'.,;:!?_".repeat(2_000);
    for text in [
        "",
        " ",
        &long_digits,
        &brackets,
        rtl,
        &controls,
        &ssml,
        &signs,
        &"a".repeat(100_000),
        &"🎉".repeat(25_000),
    ] {
        let said = normalize(text);
        assert_speakable(&said);
        assert!(said.len() <= 20 * text.len() + 64, "{} bytes became {}", text.len(), said.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_survived(text in "\\PC{0,200}") {
        assert_speakable(&normalize(&text));
    }

    #[test]
    fn any_mathematics_is_survived(text in "[0-9a-cxyzA-E+*/^=<>|()$%°√×÷−½²_.,:'\"!? -]{0,80}") {
        assert_speakable(&normalize(&text));
    }

    #[test]
    fn any_bytes_that_are_text_are_survived(chars in proptest::collection::vec(any::<char>(), 0..100)) {
        let text: String = chars.into_iter().collect();
        assert_speakable(&normalize(&text));
    }

    #[test]
    fn clauses_cover_the_text(text in "[a-z0-9 .,;:!?()\n—é-]{0,600}") {
        let pieces: Vec<_> = clauses(&text).collect();
        prop_assert!(pieces.iter().all(|c| c.text.len() <= MAX_CLAUSE && !c.text.trim().is_empty()));
        let kept: String = pieces.iter().flat_map(|c| c.text.chars()).filter(|c| c.is_alphanumeric()).collect();
        let all: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
        prop_assert_eq!(kept, all);
    }

    #[test]
    fn clauses_of_anything_are_read(text in "\\PC{0,800}") {
        for clause in clauses(&clean(&text)) {
            assert_speakable(&read(clause.text));
        }
    }
}
