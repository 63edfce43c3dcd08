//! The child's board: what stands on a tablet or a big screen while the tutor speaks.

use askama::Template;
use iseetutor_curriculum::item::letter;

use crate::assets::{BOARD_CSS, BOARD_JS};
use crate::facts::Board;
use crate::figure;
use crate::maths;
use crate::shell::{Html, PageHead, Viewer, shell};
use crate::text::segment;

/// Seconds after which a board without scripts asks again.
const REFRESH_S: u32 = 4;

/// A board to show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoardPage<'a> {
    /// The child's name, as it is shown.
    pub name: &'a str,
    /// By which the board's addresses name the child: `/board/{place}`.
    pub place: &'a str,
    /// What is on it.
    pub board: &'a Board,
}

struct ChoiceLine {
    letter: char,
    text: Html,
    taken: bool,
}

#[derive(Template)]
#[template(path = "board_region.html")]
struct Region<'a> {
    page: BoardPage<'a>,
    path: String,
    state: &'static str,
    /// What is said beside the sign of the state.
    words: &'static str,
    stem: Html,
    choices: Vec<ChoiceLine>,
    drawing: Option<Html>,
    saying: Html,
}

impl Region<'_> {
    fn marked(&self, sentence: &usize) -> bool {
        self.page.board.question.as_ref().and_then(|question| question.marked) == Some(*sentence)
    }

    fn over(&self) -> bool {
        self.choices.iter().any(|choice| choice.taken)
    }
}

#[derive(Template)]
#[template(path = "board.html")]
struct Whole<'a> {
    page: BoardPage<'a>,
    path: String,
    region: Html,
}

fn path(page: BoardPage<'_>) -> String {
    format!("/board/{}", segment(page.place))
}

/// The part of the board that changes: what the script puts in the place of the one before. POST
/// `/board/{place}/answer` with `question` and `choice` (`A` to `D`).
#[must_use]
pub fn region(page: BoardPage<'_>) -> Html {
    let (state, words) = match page.board.state {
        "listening" => ("listening", "I'm listening"),
        "thinking" => ("thinking", "Let me think"),
        "speaking" => ("speaking", "Listen"),
        "muted" => ("muted", "The microphone is off"),
        "paused" => ("paused", "Break time"),
        _ => ("idle", "Ready when you are"),
    };
    let question = page.board.question.as_ref();
    let choices = question.map_or_else(Vec::new, |question| {
        let line = |(place, text): (usize, &String)| ChoiceLine {
            letter: letter(place),
            text: maths::text(text),
            taken: question.taken == Some(place),
        };
        question.choices.iter().enumerate().map(line).collect()
    });
    let figure = question.and_then(|question| question.figure.as_ref());
    Html::of(&Region {
        page,
        path: path(page),
        state,
        words,
        stem: question.map_or_else(Html::default, |question| maths::text(&question.stem)),
        choices,
        drawing: figure.and_then(|(svg, words)| figure::picture(svg, words)),
        // What stands above already is not shown twice.
        saying: if question.is_some_and(|question| question.stem == page.board.saying) {
            Html::default()
        } else {
            maths::text(&page.board.saying)
        },
    })
}

/// The whole board.
#[must_use]
pub fn board(page: BoardPage<'_>) -> String {
    let title = format!("{}'s board", page.name);
    let path = path(page);
    let head = PageHead {
        title: &title,
        here: &path,
        viewer: Viewer::Board,
        notice: None,
        refresh_s: Some(REFRESH_S),
        sheets: &[BOARD_CSS],
        scripts: &[BOARD_JS],
    };
    shell(&head, &Html::of(&Whole { page, path: path.clone(), region: region(page) }))
}

#[derive(Template)]
#[template(path = "board_join.html")]
struct Join<'a> {
    path: String,
    wrong: Option<&'a str>,
}

/// The page that asks for a pairing code: POST `/board/{place}/join` with `code`. It is the same whether there is such a
/// child or not.
#[must_use]
pub fn join(place: &str, wrong: Option<&str>) -> String {
    let path = format!("/board/{}", segment(place));
    shell(&PageHead::anyone("Pair this screen"), &Html::of(&Join { path, wrong }))
}
