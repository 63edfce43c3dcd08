//! Forms on paper: pages to print from a browser, which also makes a PDF of them.
//!
//! Every page is one HTML file without script and without anything from outside, for Letter and A4. Its text is in reading
//! order with headings, and every picture has its words, so that it can be listened to as well.

mod html;
mod question;

use std::fmt::Write;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::content::Passage;
use iseetutor_curriculum::item::{Item, letter};
use iseetutor_curriculum::level::{Level, Section};

use crate::clock::checkpoints;
use crate::form::{Form, Part, PartKind, plural};
use html::{document, escape, line, lines, picture};

/// Rows of bubbles under one another.
const ROWS: usize = 12;
/// Writing lines of an essay's page.
const WRITING_LINES: usize = 22;

/// A level's name for people.
#[must_use]
pub fn level_title(level: Level) -> &'static str {
    match level {
        Level::Primary2 => "Primary 2",
        Level::Primary3 => "Primary 3",
        Level::Primary4 => "Primary 4",
        Level::Lower => "Lower Level",
        Level::Middle => "Middle Level",
        Level::Upper => "Upper Level",
    }
}

/// The name of what some forms are together, for a title.
fn name(forms: &[&Form]) -> String {
    match forms {
        [form] => format!("{}, {}", form.section.title(), level_title(form.level)),
        [form, ..] => format!("Practice test, {}", level_title(form.level)),
        [] => "Practice test".to_owned(),
    }
}

fn head(forms: &[&Form], what: &str) -> String {
    let seed = forms.first().map_or(0, |form| form.seed);
    format!(
        "<header>\n<h1>{}</h1>\n<p class=\"meta\">{what}, number {seed}. Practice material of ISEE Tutor; not an official test.</p>\n</header>\n",
        escape(&name(forms))
    )
}

/// The questions of one form or of several, without answers. Heard passages are not in it: they are in the key.
#[must_use]
pub fn booklet(bank: &Bank, forms: &[&Form]) -> String {
    let mut body = format!("<div class=\"page\">\n{}", head(forms, "Question booklet"));
    body.push_str(
        "<p>Name <span class=\"field\"></span> Date <span class=\"field\"></span></p>\n<h2>Before you begin</h2>\n<ul>\n",
    );
    for form in forms {
        let _ = writeln!(body, "<li>{}</li>", escape(&form.introduction()));
    }
    body.push_str(
        "<li>Every question has four choices and one best answer. Mark it on the answer sheet.</li>\n<li>A wrong answer takes nothing away, so give every question an answer.</li>\n<li>You may write in this booklet. There is no calculator.</li>\n<li>Turn the page when the clock starts.</li>\n</ul>\n</div>\n",
    );
    for (form, number) in forms.iter().zip(1..) {
        body.push_str(&section(bank, form, number));
    }
    document(&name(forms), &body)
}

/// The time of a form in words.
fn time(form: &Form) -> String {
    let minutes = plural(form.minutes as usize, "minute");
    if form.extra_time > 0 { format!("{minutes}, extra time included") } else { minutes }
}

fn section(bank: &Bank, form: &Form, number: usize) -> String {
    let mut out = format!(
        "<section class=\"page\">\n<h2>Section {number}: {}</h2>\n<p class=\"meta\">{}, {}</p>\n",
        form.section.title(),
        plural(form.len(), "question"),
        time(form),
    );
    let mut passages = 0;
    for part in &form.parts {
        if part.kind == PartKind::Passage {
            passages += 1;
            let _ = writeln!(out, "<div{}>", if passages > 1 { " class=\"page\"" } else { "" });
            if passages == 1 && form.section != Section::Auditory {
                let _ = writeln!(out, "<p class=\"directions\">{}</p>", escape(part.kind.directions()));
            }
            let first = part.from + 1;
            let _ = writeln!(
                out,
                "<h3>Passage {passages}, {}</h3>",
                match part.count {
                    0 | 1 => format!("question {first}"),
                    count => format!("questions {first} to {}", part.from + count),
                }
            );
            let text = part.passage.as_deref().and_then(|slug| bank.library().passage(form.level, slug));
            if form.section == Section::Auditory {
                out.push_str(
                    "<p class=\"directions\">Listen to the passage. Then answer the questions.</p>\n",
                );
            } else if let Some(text) = text {
                let _ = writeln!(out, "<p><strong>{}</strong></p>", escape(&text.title));
                out.push_str(&question::passage(text));
            }
            out.push_str(&questions(bank, form, part));
            out.push_str("</div>\n");
        } else {
            let _ = writeln!(
                out,
                "<h3>{}</h3>\n<p class=\"directions\">{}</p>",
                part.kind.title(),
                escape(part.kind.directions())
            );
            out.push_str(&questions(bank, form, part));
        }
    }
    out.push_str(
        "<p class=\"end\">End of the section. If there is time left, check your answers.</p>\n</section>\n",
    );
    out
}

fn questions(bank: &Bank, form: &Form, part: &Part) -> String {
    // In two columns a block fits on a page, so that it is not torn.
    let (class, block) = match part.kind {
        PartKind::Synonym => ("questions two", 10),
        PartKind::OneWord | PartKind::OneBlank => ("questions two", 8),
        PartKind::Problem | PartKind::Comparison => ("questions work", usize::MAX),
        _ => ("questions", usize::MAX),
    };
    let items: Vec<(usize, Item)> =
        part.places().filter_map(|place| Some((place + 1, form.item(bank, place)?))).collect();
    let mut out = String::new();
    for items in items.chunks(block) {
        let _ = writeln!(out, "<ul class=\"{class}\">");
        for (number, item) in items {
            out.push_str(&question::question(*number, item, block < usize::MAX));
        }
        out.push_str("</ul>\n");
    }
    out
}

/// A sheet with bubbles A to D for one form or several.
#[must_use]
pub fn answer_sheet(forms: &[&Form]) -> String {
    let mut body = head(forms, "Answer sheet");
    body.push_str(
        "<p>Name <span class=\"field\"></span> Date <span class=\"field\"></span></p>\n<p>Fill in one circle for each question. To change an answer, erase it fully.</p>\n",
    );
    for (form, number) in forms.iter().zip(1..) {
        let _ = writeln!(
            body,
            "<section class=\"whole\">\n<h3>Section {number}: {} ({})</h3>\n<div class=\"sheet\">",
            form.section.title(),
            time(form)
        );
        let all: Vec<usize> = (1..=form.len()).collect();
        for block in all.chunks(ROWS) {
            let (first, last) = (block.first().copied().unwrap_or(0), block.last().copied().unwrap_or(0));
            let _ =
                writeln!(body, "<table><caption class=\"hide\">Questions {first} to {last}</caption><tbody>");
            for question in block {
                let _ = write!(body, "<tr><th scope=\"row\">{question}</th>");
                for choice in 0..4 {
                    let _ = write!(body, "<td><span class=\"bubble\">{}</span></td>", letter(choice));
                }
                body.push_str("</tr>\n");
            }
            body.push_str("</tbody></table>\n");
        }
        body.push_str("</div>\n");
        let marks = checkpoints(form);
        if !marks.is_empty() {
            let said: Vec<String> = marks
                .iter()
                .map(|mark| format!("{} minutes: about question {}", mark.minutes, mark.done))
                .collect();
            let _ = writeln!(body, "<p class=\"meta\">Checkpoints: {}.</p>", said.join("; "));
        }
        body.push_str("</section>\n");
    }
    document(&format!("Answer sheet: {}", name(forms)), &body)
}

/// The answers with how they are found, and the passages to read aloud; for the parent.
#[must_use]
pub fn answer_key(bank: &Bank, forms: &[&Form]) -> String {
    let mut body = head(forms, "Answer key, for the parent");
    body.push_str(
        "<p class=\"note\">Keep this apart from the booklet. Count the right answers of each section, and talk about the others. How right answers lead to a score on the real test is not public, so there is none here.</p>\n",
    );
    for (form, number) in forms.iter().zip(1..) {
        let _ = writeln!(body, "<section>\n<h2>Section {number}: {}</h2>", form.section.title());
        if form.section == Section::Auditory {
            for part in &form.parts {
                let slug = part.passage.as_deref().unwrap_or_default();
                if let Some(text) = bank.library().passage(form.level, slug) {
                    let _ = writeln!(body, "<h3>To read aloud: {}</h3>", escape(&text.title));
                    for paragraph in &text.paragraphs {
                        let _ = writeln!(body, "<p>{}</p>", lines(paragraph));
                    }
                }
            }
        }
        let items: Vec<(usize, Item)> =
            (0..form.len()).filter_map(|place| Some((place + 1, form.item(bank, place)?))).collect();
        body.push_str("<h3>Answers</h3>\n<div class=\"sheet\">\n");
        for block in items.chunks(ROWS) {
            body.push_str("<table class=\"key\"><thead><tr><th scope=\"col\">No.</th><th scope=\"col\">Answer</th></tr></thead><tbody>\n");
            for (place, item) in block {
                let _ =
                    writeln!(body, "<tr><th scope=\"row\">{place}</th><td>{}</td></tr>", letter(item.key));
            }
            body.push_str("</tbody></table>\n");
        }
        body.push_str("</div>\n<h3>How they are found</h3>\n<ol class=\"answers\">\n");
        for (place, item) in &items {
            let answer = item.choices.get(item.key).map_or("", |choice| choice.text.as_str());
            let steps: Vec<String> = item.solution.iter().map(|step| lines(&step.text)).collect();
            let _ = writeln!(
                body,
                "<li value=\"{place}\"><p><strong>({}) {}</strong></p><p>{}</p></li>",
                letter(item.key),
                line(answer),
                steps.join(" ")
            );
        }
        body.push_str("</ol>\n</section>\n");
    }
    document(&format!("Answer key: {}", name(forms)), &body)
}

/// A passage to have before one's eyes while its questions are asked.
#[must_use]
pub fn passage_sheet(passage: &Passage) -> String {
    let title = &passage.title;
    let body = format!(
        "<header>\n<h1>{}</h1>\n<p class=\"meta\">Reading, {}</p>\n</header>\n{}",
        escape(title),
        level_title(passage.level),
        question::passage(passage)
    );
    document(title, &body)
}

/// The figures of questions, numbered as the questions are; questions without one are passed over.
#[must_use]
pub fn figure_sheet(items: &[Item]) -> String {
    let mut body = String::from("<header>\n<h1>Figures</h1>\n</header>\n");
    let mut any = false;
    for (item, number) in items.iter().zip(1..) {
        if let Some(figure) = &item.figure {
            any = true;
            let _ = writeln!(
                body,
                "<section>\n<h2>Question {number}</h2>\n{}</section>",
                picture(&figure.svg, &figure.description)
            );
        }
    }
    if !any {
        body.push_str("<p>None of these questions has a figure.</p>\n");
    }
    document("Figures", &body)
}

/// An essay's prompt with lines to write on; `minutes` if it is timed.
#[must_use]
pub fn essay_sheet(level: Level, prompt: &str, minutes: Option<u32>) -> String {
    let time = minutes.map_or_else(
        || "Take the time you need.".to_owned(),
        |n| format!("{}.", plural(n as usize, "minute")),
    );
    let mut body = format!(
        "<header>\n<h1>Essay, {}</h1>\n<p class=\"meta\">{time} The essay is not scored.</p>\n</header>\n<p>Name <span class=\"field\"></span> Date <span class=\"field\"></span></p>\n<p class=\"note\">{}</p>\n",
        level_title(level),
        lines(prompt)
    );
    for (lines, class) in [(WRITING_LINES - 7, "lined"), (WRITING_LINES, "lined page")] {
        let _ = writeln!(body, "<div class=\"{class}\">{}</div>", "<div></div>".repeat(lines));
    }
    document("Essay", &body)
}
