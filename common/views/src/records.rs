//! What is on record: conversations, mock tests question by question, who is signed in, what was done.

use askama::Template;

use crate::facts::{Deed, Line, Mock, Report, Transcript};
use crate::maths;
use crate::overview::{Tab, child_page};
use crate::shell::{ChildLink, Html, Notice, PageHead, Parent, shell};
use crate::when;

/// A line with what is shown beside it.
struct Said<'a> {
    line: &'a Line,
    id: String,
    time: String,
}

impl Said<'_> {
    /// Whether what was heard may well be misheard.
    fn unsure(&self) -> bool {
        self.line.child && self.line.confidence < 0.6
    }
}

struct Talk<'a> {
    title: String,
    lines: Vec<Said<'a>>,
}

#[derive(Template)]
#[template(path = "transcript.html")]
struct TranscriptBody<'a> {
    child: &'a ChildLink,
    talks: Vec<Talk<'a>>,
    /// How many moments are marked.
    flagged: usize,
    page: u32,
    more: bool,
}

impl TranscriptBody<'_> {
    /// The moments to look at, the latest first, each with its conversation.
    fn moments(&self) -> Vec<(&Talk<'_>, &Said<'_>)> {
        let mut all: Vec<(&Talk<'_>, &Said<'_>)> = self
            .talks
            .iter()
            .flat_map(|talk| talk.lines.iter().map(move |said| (talk, said)))
            .filter(|(_, said)| said.line.flag.is_some())
            .collect();
        all.sort_by_key(|(_, said)| std::cmp::Reverse(said.line.at_ms));
        all
    }
}

/// What a child and the tutor said: moments to look at first, then conversation by conversation, the latest first. The
/// page before it is `?page=N`.
#[must_use]
pub fn transcript(
    parent: &Parent,
    child: &ChildLink,
    said: &Transcript,
    page: u32,
    offset_ms: i64,
) -> String {
    let mut talks: Vec<Talk<'_>> = Vec::new();
    let mut conversation = None;
    for (number, line) in said.lines.iter().enumerate() {
        let one = Said { line, id: format!("line-{number}"), time: when::time(line.at_ms, offset_ms) };
        if conversation == Some(&line.conversation)
            && let Some(talk) = talks.last_mut()
        {
            talk.lines.push(one);
        } else {
            talks.push(Talk {
                title: when::with_weekday(when::day_of(line.at_ms, offset_ms)),
                lines: vec![one],
            });
        }
        conversation = Some(&line.conversation);
    }
    // Lines come the latest first; a conversation is read from its beginning.
    for talk in &mut talks {
        talk.lines.reverse();
        if let (Some(first), Some(last)) = (talk.lines.first(), talk.lines.last()) {
            talk.title = format!("{}, {} to {}", talk.title, first.time, last.time);
        }
    }
    let flagged = said.lines.iter().filter(|line| line.flag.is_some()).count();
    let body = Html::of(&TranscriptBody { child, talks, flagged, page, more: said.more });
    child_page(parent, child, Tab::Transcript, None, &body)
}

struct MockRow {
    number: u32,
    stem: Html,
    chosen: Option<char>,
    key: char,
    /// `right`, `wrong` or `skipped`.
    outcome: &'static str,
    tag: &'static str,
    time: String,
}

struct MockPart<'a> {
    mock: &'a Mock,
    title: String,
    began: String,
    right: usize,
    wrong: usize,
    skipped: usize,
    used: String,
    rows: Vec<MockRow>,
}

#[derive(Template)]
#[template(path = "mocks.html")]
struct MocksBody<'a> {
    child: &'a ChildLink,
    parts: Vec<MockPart<'a>>,
    path: String,
}

/// Mock tests of a child, the latest first, question by question.
#[must_use]
pub fn mocks(parent: &Parent, report: &Report) -> String {
    let child = ChildLink { id: report.learner.id.clone(), name: report.learner.name.clone() };
    let parts = report.mocks.iter().map(|mock| part(mock, report.offset_ms)).collect();
    let body = Html::of(&MocksBody { child: &child, parts, path: child.path() });
    child_page(parent, &child, Tab::Mocks, None, &body)
}

fn part(mock: &Mock, offset_ms: i64) -> MockPart<'_> {
    let rows: Vec<MockRow> = mock
        .questions
        .iter()
        .map(|question| {
            let (outcome, tag) = match question.chosen {
                None => ("skipped", "none"),
                Some(chosen) if chosen == question.key => ("right", "good"),
                Some(_) => ("wrong", "bad"),
            };
            MockRow {
                number: question.number,
                stem: maths::text(&question.stem),
                chosen: question.chosen,
                key: question.key,
                outcome,
                tag,
                time: when::length(question.seconds),
            }
        })
        .collect();
    let counted = |outcome: &str| rows.iter().filter(|row| row.outcome == outcome).count();
    MockPart {
        mock,
        title: mock.section.section.title().to_owned(),
        began: when::moment(mock.section.started_ms, offset_ms),
        right: counted("right"),
        wrong: counted("wrong"),
        skipped: counted("skipped"),
        used: when::length(mock.section.spent_ms() as f64 / 1000.0),
        rows,
    }
}

/// A browser or screen that is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guest {
    /// By which it is ended.
    pub id: String,
    /// What the browser says it is.
    pub agent: String,
    /// Since when, in milliseconds since 1970.
    pub since_ms: i64,
    /// Last used.
    pub last_ms: i64,
    /// Whether it is the one that asks.
    pub this_one: bool,
    /// Whose board it shows, for a screen.
    pub board_of: Option<String>,
}

struct GuestLine<'a> {
    guest: &'a Guest,
    since: String,
    last: String,
}

#[derive(Template)]
#[template(path = "sessions.html")]
struct SessionsBody<'a> {
    csrf: &'a str,
    browsers: Vec<GuestLine<'a>>,
    screens: Vec<GuestLine<'a>>,
}

/// Who is signed in, and which screens are paired. POST `/sessions/end` and `/boards/end` with `id`, and
/// `/sessions/end-all`; the passphrase is changed by POST `/passphrase` with `passphrase`, `new` and `again`.
#[must_use]
pub fn sessions(parent: &Parent, guests: &[Guest], offset_ms: i64, notice: Option<&Notice>) -> String {
    let line = |guest| GuestLine {
        guest,
        since: when::moment(guest.since_ms, offset_ms),
        last: when::moment(guest.last_ms, offset_ms),
    };
    let (screens, browsers): (Vec<_>, Vec<_>) = guests.iter().partition(|guest| guest.board_of.is_some());
    let body = SessionsBody {
        csrf: &parent.csrf,
        browsers: browsers.into_iter().map(line).collect(),
        screens: screens.into_iter().map(line).collect(),
    };
    let head = PageHead::parent("Who is signed in", "/sessions", parent).with(notice);
    shell(&head, &Html::of(&body))
}

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditBody {
    rows: Vec<(String, String, String)>,
    page: u32,
    more: bool,
}

/// What was done through these pages, the latest first.
#[must_use]
pub fn audit(parent: &Parent, deeds: &[Deed], page: u32, more: bool, offset_ms: i64) -> String {
    let row = |deed: &Deed| (when::moment(deed.at_ms, offset_ms), deed.address.clone(), deed.what.clone());
    let body = AuditBody { rows: deeds.iter().map(row).collect(), page, more };
    shell(&PageHead::parent("Log", "/audit", parent), &Html::of(&body))
}
