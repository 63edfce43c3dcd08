//! Standard output, for people or as JSON lines, and standard error.

use std::io::Write;

use serde::Serialize;

use crate::error::{Error, Result};

/// Where a command puts its results.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    json: bool,
}

impl Output {
    /// JSON lines, or text for people.
    #[must_use]
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether results are JSON lines.
    #[must_use]
    pub fn is_json(self) -> bool {
        self.json
    }

    /// A result: `value` as one line of JSON, or `text` for people.
    ///
    /// # Errors
    /// When standard output is closed or full.
    pub fn put(self, value: &impl Serialize, text: impl FnOnce() -> String) -> Result<()> {
        let line = if self.json { json(value)? } else { text() };
        write_line(&line)
    }

    /// A line for people only.
    ///
    /// # Errors
    /// As [`Output::put`].
    pub fn say(self, text: &str) -> Result<()> {
        if self.json { Ok(()) } else { write_line(text) }
    }
}

fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|error| Error::Failed(format!("cannot write the result as JSON: {error}")))
}

fn write_line(line: &str) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{line}").and_then(|()| stdout.flush());
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::BrokenPipe => Error::OutputClosed,
        _ => Error::io("write to", "the standard output")(error),
    })
}

/// A line on standard error. Nobody can be told when that is closed.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// What `text` takes as a table: columns as wide as their widest cell, two spaces between.
#[must_use]
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_line_up() {
        let rows = [vec!["a".into(), "bb".into()], vec!["ccc".into(), "d".into()]];
        assert_eq!(table(&rows), "a    bb\nccc  d");
        assert_eq!(table(&[]), "");
    }
}
