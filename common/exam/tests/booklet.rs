//! Pages are well-formed, complete, and give nothing away.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashSet;

use iseetutor_curriculum::bank::{Bank, Wanted};
use iseetutor_curriculum::content::Passage;
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_exam::booklet::{answer_key, answer_sheet, booklet, essay_sheet, figure_sheet, passage_sheet};
use iseetutor_exam::form::Form;
use iseetutor_exam::mock::MockTest;

/// Checks that tags nest, attributes are quoted and not twice, references are known, and nothing comes from outside.
fn check(page: &str) {
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
    assert_eq!(page.matches("<main>").count(), 1);
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(page.contains("<meta charset=\"utf-8\">") && page.contains("<title>"));
    for strange in ["<script", "http-equiv", " src=", "href", "url(", "@import", "javascript:"] {
        assert!(!page.contains(strange), "{strange}");
    }
    assert_eq!(
        page.matches("http").count(),
        page.matches("xmlns=\"http://www.w3.org/2000/svg\"").count(),
        "only the name of SVG"
    );
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page.strip_prefix("<!DOCTYPE html>").unwrap();
    let mut heading = 0;
    while let Some(start) = rest.find('<') {
        references(&rest[..start], open.last() == Some(&"style"));
        let end = rest[start..].find('>').expect("a tag that ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "… {}", rest.chars().take(80).collect::<String>());
            continue;
        }
        let empty = tag.ends_with('/');
        let tag = tag.trim_end_matches('/');
        let name = tag.split_whitespace().next().expect("a name");
        attributes(&tag[name.len()..]);
        if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse::<u32>().ok()) {
            assert!(level <= heading + 2, "headings follow one another");
            heading = level;
        }
        if name == "svg" {
            assert!(
                tag.contains("role=\"img\"") && (rest.starts_with("<title>") || tag.contains("aria-label"))
            );
        }
        let parent = open.last().copied().unwrap_or_default();
        match name {
            "li" => assert!(["ul", "ol"].contains(&parent)),
            "tr" => assert!(["thead", "tbody"].contains(&parent)),
            "td" | "th" => assert_eq!(parent, "tr"),
            "p" | "div" | "ul" | "ol" | "table" | "figure" => assert_ne!(parent, "p"),
            _ => {}
        }
        if !empty && !["meta", "br"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(rest.trim().is_empty());
}

fn attributes(text: &str) {
    let mut names = HashSet::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("not quoted: {rest}"));
        let (value, after) = after.split_once('"').expect("a closing quote");
        references(value, false);
        assert!(names.insert(name.trim()), "{name} twice");
        rest = after.trim();
    }
}

fn references(text: &str, style: bool) {
    assert!(style || !text.contains('>'), "{text}");
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"];
        assert!(known.iter().any(|one| text[at..].starts_with(one)), "{text}");
    }
}

fn text_of(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        rest = rest[start..].split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    let plain = out.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&gt;", ">");
    plain.replace("&amp;", "&").replace('\u{2044}', "/").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn pages_of_every_section_are_well_formed_and_complete() {
    let bank = Bank::embedded().unwrap();
    for level in Level::ALL {
        for section in Section::ALL {
            for seed in 0..6 {
                let Some(form) = Form::build(&bank, level, section, seed) else { continue };
                let (questions, sheet, key) =
                    (booklet(&bank, &[&form]), answer_sheet(&[&form]), answer_key(&bank, &[&form]));
                for page in [&questions, &sheet, &key] {
                    check(page);
                    let text = text_of(page).to_lowercase();
                    assert!(!["stanine", "percentile", "scaled"].iter().any(|word| text.contains(word)));
                }
                assert_eq!(sheet.matches("class=\"bubble\"").count(), form.len() * 4);
                let (text, key_text) = (text_of(&questions), text_of(&key));
                for place in 0..form.len() {
                    let item = form.item(&bank, place).unwrap();
                    for piece in item.stem.split("____").flat_map(|piece| piece.split('\n')) {
                        let piece = piece.trim_start_matches("Column A: ").trim_start_matches("Column B: ");
                        assert!(text.contains(&squeezed(piece)), "{}: {piece}", item.id);
                    }
                    for choice in &item.choices {
                        assert!(text.contains(&squeezed(&choice.text)), "{}: {}", item.id, choice.text);
                    }
                    if let Some(figure) = &item.figure {
                        assert!(text.contains(&squeezed(&figure.description)), "{}", item.id);
                    }
                    assert!(key_text.contains(&squeezed(&item.choices[item.key].text)), "{}", item.id);
                    let solution = squeezed(&item.solution[0].text);
                    assert!(!text.contains(&solution) || solution.len() < 12, "{}: {solution}", item.id);
                }
                for slug in form.parts.iter().filter_map(|part| part.passage.as_deref()) {
                    let passage = bank.library().passage(level, slug).unwrap();
                    let heard = section == Section::Auditory;
                    for paragraph in &passage.paragraphs {
                        assert_eq!(text.contains(&squeezed(paragraph)), !heard, "{slug}");
                        assert!(!heard || key_text.contains(&squeezed(paragraph)), "{slug}");
                    }
                }
            }
        }
    }
}

#[test]
fn whole_tests_make_one_booklet() {
    let bank = Bank::embedded().unwrap();
    for level in Level::ALL {
        let test = MockTest::build(&bank, level, 2, &HashSet::new());
        let forms: Vec<&Form> = test.forms().collect();
        for page in [booklet(&bank, &forms), answer_sheet(&forms), answer_key(&bank, &forms)] {
            check(&page);
            assert_eq!(page.matches(">Section ").count(), forms.len());
        }
    }
    check(&booklet(&bank, &[]));
    check(&answer_sheet(&[]));
    check(&answer_key(&bank, &[]));
}

#[test]
fn every_passage_has_a_sheet() {
    let bank = Bank::embedded().unwrap();
    for passage in &bank.library().passages {
        let page = passage_sheet(passage);
        check(&page);
        let lines = page.matches("class=\"l\"").count();
        assert_eq!(page.matches("data-n=").count(), lines / 5);
    }
    let odd = Passage {
        title: "<b>& \"x\"".into(),
        paragraphs: vec![String::new(), "a<b\n\n&amp;".into(), "x".repeat(500)],
        ..bank.library().passages[0].clone()
    };
    check(&passage_sheet(&odd));
}

#[test]
fn every_template_has_a_figure_that_fits_a_page() {
    let bank = Bank::embedded().unwrap();
    for level in Level::ALL {
        let items: Vec<Item> = [Section::Mathematics, Section::Quantitative]
            .into_iter()
            .flat_map(|section| {
                let count = bank.sources(level, section, Wanted::default()).len();
                bank.items(level, section, Wanted::default(), 7).take(count * 2).collect::<Vec<_>>()
            })
            .collect();
        let page = figure_sheet(&items);
        check(&page);
        let figures = items.iter().filter(|item| item.figure.is_some()).count();
        assert_eq!(page.matches("<svg").count(), figures, "none is refused");
    }
    check(&figure_sheet(&[]));
}

#[test]
fn essays_have_a_sheet() {
    let bank = Bank::embedded().unwrap();
    for prompt in &bank.library().prompts {
        check(&essay_sheet(prompt.level, &prompt.prompt, Some(30)));
    }
    check(&essay_sheet(Level::Primary2, "<&>\n\"'", None));
}
