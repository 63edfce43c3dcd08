//! The figures of a child as CSV (RFC 4180): a row for each thing, the same columns for all.

use iseetutor_learner::mastery::Standing;

use crate::summary::{Accuracy, PaceWord, Standings, Summary};

/// The columns.
pub const COLUMNS: [&str; 15] = [
    "part",
    "name",
    "from",
    "to",
    "minutes",
    "questions",
    "right",
    "percent",
    "low",
    "high",
    "seconds",
    "exam_seconds",
    "note",
    "known",
    "due",
];

/// A row: its cells in the order of [`COLUMNS`]; an empty one says that there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    cells: [String; 15],
}

impl Row {
    fn new(part: &str, name: &str) -> Self {
        Self::default().set("part", part).set("name", name)
    }

    fn set(mut self, column: &str, value: impl ToString) -> Self {
        let place = COLUMNS.iter().position(|one| *one == column);
        if let Some(cell) = place.and_then(|place| self.cells.get_mut(place)) {
            *cell = value.to_string();
        }
        self
    }

    fn answers(self, questions: u32, right: u32, accuracy: Option<Accuracy>) -> Self {
        self.set("questions", questions).set("right", right).share(accuracy)
    }

    fn share(self, accuracy: Option<Accuracy>) -> Self {
        match accuracy {
            Some(Accuracy { percent, low, high }) => {
                self.set("percent", percent).set("low", low).set("high", high)
            }
            None => self.set("note", "need more data"),
        }
    }

    /// The cells.
    #[must_use]
    pub fn cells(&self) -> &[String; 15] {
        &self.cells
    }

    /// The cell of a column.
    #[must_use]
    pub fn get(&self, column: &str) -> &str {
        COLUMNS
            .iter()
            .position(|one| *one == column)
            .and_then(|place| self.cells.get(place))
            .map_or("", |cell| cell)
    }
}

/// A standing in plain words.
#[must_use]
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::NeedMoreData => "need more data",
        Standing::Weak => "needs work",
        Standing::Growing => "on its way",
        Standing::Strong => "known well",
    }
}

/// A pace in plain words.
#[must_use]
pub fn pace(pace: PaceWord) -> &'static str {
    match pace {
        PaceWord::NeedMoreData => "need more data",
        PaceWord::InTime => "in time",
        PaceWord::Near => "nearly in time",
        PaceWord::Slow => "slower than the exam",
    }
}

fn standings(all: Standings) -> String {
    format!(
        "{} known well, {} on their way, {} need work, {} need more data",
        all.strong, all.growing, all.weak, all.unknown
    )
}

/// All rows.
#[must_use]
pub fn rows(summary: &Summary) -> Vec<Row> {
    let mut rows = vec![
        Row::new("child", &summary.name)
            .set("from", &summary.day)
            .set("to", summary.test_day.as_deref().unwrap_or_default())
            .set("minutes", summary.goal_minutes)
            .set("note", &summary.level),
    ];
    let span = |part: &str, name: &str, span: &crate::summary::Span| {
        Row::new(part, name).set("from", &span.from).set("to", &span.to).set("minutes", span.minutes).answers(
            span.questions,
            span.right,
            span.accuracy,
        )
    };
    rows.push(span("time", "today", &summary.today));
    rows.push(span("time", "last seven days", &summary.week));
    rows.extend(summary.days.iter().map(|one| span("day", &one.from, one)));
    rows.extend(summary.weeks.iter().map(|one| span("week", &one.from, one)));
    for one in &summary.sections {
        let mut row = Row::new("section", &one.title)
            .answers(one.questions, one.right, one.accuracy)
            .set("note", format!("pace: {}; skills: {}", pace(one.pace), standings(one.skills)));
        if let Some(seconds) = one.seconds {
            row = row.set("seconds", seconds);
        }
        if let Some(seconds) = one.exam_seconds {
            row = row.set("exam_seconds", seconds);
        }
        rows.push(row);
    }
    rows.extend(summary.strands.iter().map(|one| {
        Row::new("strand", &one.title)
            .answers(one.questions, one.right, one.accuracy)
            .set("note", standings(one.skills))
    }));
    rows.extend(summary.skills.iter().map(|one| {
        Row::new("skill", &one.name)
            .answers(one.questions, one.right, one.mastery)
            .set("note", standing(one.standing))
    }));
    rows.push(Row::new("words", "words").set("known", summary.words.known).set("due", summary.words.due));
    rows.extend(summary.misconceptions.iter().map(|one| {
        Row::new("misconception", &one.plain).set("questions", one.times).set("note", one.samples.join(" / "))
    }));
    rows
}

/// The figures as CSV.
#[must_use]
pub fn csv(summary: &Summary) -> String {
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (place, cell) in cells.enumerate() {
            if place > 0 {
                out.push(',');
            }
            out.push_str(&cell_of(cell));
        }
        out.push_str("\r\n");
    };
    line(&mut COLUMNS.iter().copied());
    for row in rows(summary) {
        line(&mut row.cells.iter().map(String::as_str));
    }
    out
}

/// A cell, quoted where it has to be. One that a spreadsheet would compute gets an apostrophe before it.
#[must_use]
pub fn cell_of(text: &str) -> String {
    let computed = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if computed { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r', '\'']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
