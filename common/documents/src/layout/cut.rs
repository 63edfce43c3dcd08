//! The order of a page's pieces: cut along empty strips, down columns, and along the rows of tables.

use super::Segment;

/// Narrowest strip between columns, as a part of the size of the letters.
const GUTTER: f64 = 0.7;

/// Fewest lines on each side of a strip.
const FEWEST: usize = 2;

/// Deepest cutting: columns in columns.
const DEPTH: usize = 8;

/// A line of text in its column, or a row of a table.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its text; cells divided by ` | `.
    pub text: String,
    /// Left edge.
    pub x0: f64,
    /// Right edge.
    pub x1: f64,
    /// Base line.
    pub y: f64,
    /// Size of its letters.
    pub size: f64,
    /// Whether all of it is bold.
    pub bold: bool,
    /// Whether it is a row of a table.
    pub row: bool,
    /// Whether a column or a table begins with it.
    pub begins: bool,
    /// Edges of the column it stands in.
    pub column: (f64, f64),
}

/// The lines of a page in the order in which they are read.
pub fn order(mut segments: Vec<Segment>) -> Vec<Line> {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut lines = Vec::new();
    cut(segments, 0, &mut lines);
    lines
}

fn cut(segments: Vec<Segment>, depth: usize, lines: &mut Vec<Line>) {
    let Some(band) = (depth < DEPTH).then(|| best_band(&segments)).flatten() else {
        leaf(segments, lines);
        return;
    };
    let mut above = segments;
    let mut middle = above.split_off(band.from);
    let below = middle.split_off(band.to - band.from);
    cut(above, depth + 1, lines);
    if let Some(rows) = table(&middle, &band) {
        lines.extend(rows);
    } else {
        let (left, right): (Vec<_>, Vec<_>) = middle.into_iter().partition(|segment| segment.x1 <= band.x);
        cut(left, depth + 1, lines);
        cut(right, depth + 1, lines);
    }
    cut(below, depth + 1, lines);
}

/// Pieces `from..to` that no piece crosses at `x`.
struct Band {
    x: f64,
    from: usize,
    to: usize,
    score: usize,
}

fn best_band(segments: &[Segment]) -> Option<Band> {
    // A strip begins where a piece ends; the same edges come back line after line.
    let mut edges: Vec<(f64, f64)> = segments.iter().map(|segment| (segment.x1, segment.size)).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    edges.dedup_by(|a, b| (a.0 - b.0).abs() < 1.5);
    edges.iter().filter_map(|&(edge, size)| band_at(segments, edge + 0.05, GUTTER * size)).max_by(|a, b| {
        // More lines first; of equals the one further left, so that columns are cut off one by one.
        a.score.cmp(&b.score).then(b.x.total_cmp(&a.x))
    })
}

fn band_at(segments: &[Segment], x: f64, width: f64) -> Option<Band> {
    let mut best: Option<Band> = None;
    let (mut from, mut left, mut right) = (0, Vec::new(), Vec::new());
    for (index, segment) in segments.iter().map(Some).chain([None]).enumerate() {
        let crosses = segment.is_none_or(|segment| segment.x0 < x + width && segment.x1 > x);
        if !crosses && let Some(segment) = segment {
            if segment.x1 <= x {
                left.push(segment.y)
            } else {
                right.push(segment.y)
            };
            continue;
        }
        // What stands on one side only, before the other side begins or after it has ended, is not in the band
        // unless it is close: a heading of a column is, the paragraph above both is not.
        let score = rows(&left).min(rows(&right));
        let overlap = match (left.first(), left.last(), right.first(), right.last()) {
            (Some(a), Some(b), Some(c), Some(d)) => b.min(*d) - a.max(*c) >= 0.0,
            _ => false,
        };
        if score >= FEWEST && overlap && best.as_ref().is_none_or(|best| best.score < score) {
            best = Some(Band { x, from, to: index, score });
        }
        (from, left, right) = (index + 1, Vec::new(), Vec::new());
    }
    best
}

fn rows(heights: &[f64]) -> usize {
    let mut count = 0;
    let mut last = f64::NEG_INFINITY;
    for &y in heights {
        if y - last > 2.0 {
            count += 1;
            last = y;
        }
    }
    count
}

/// Rows, if the band is a table: its first column is short and each of its lines has a neighbour at its height.
fn table(band: &[Segment], at: &Band) -> Option<Vec<Line>> {
    let (left, right): (Vec<&Segment>, Vec<&Segment>) = band.iter().partition(|segment| segment.x1 <= at.x);
    let words = |part: &[&Segment]| {
        let all: usize = part.iter().map(|segment| segment.text.split_whitespace().count()).sum();
        #[allow(clippy::cast_precision_loss)]
        let mean = all as f64 / part.len().max(1) as f64;
        mean
    };
    let same_row = |a: &Segment, b: &Segment| (a.y - b.y).abs() <= 0.3 * a.size;
    let with_neighbour = left.iter().filter(|cell| right.iter().any(|other| same_row(cell, other))).count();
    let width = band.iter().map(|s| s.x1).fold(f64::MIN, f64::max)
        - band.iter().map(|s| s.x0).fold(f64::MAX, f64::min);
    let left_width = left.iter().map(|s| s.x1).fold(f64::MIN, f64::max)
        - left.iter().map(|s| s.x0).fold(f64::MAX, f64::min);
    // Text in columns fills them, line for line; cells seldom do.
    let filled = left.iter().filter(|s| s.x1 - s.x0 > 0.8 * left_width).count();
    let short = words(&left) <= 3.5 && (left_width < 0.45 * width || words(&right) <= 4.0);
    let loose = filled * 2 <= left.len() || words(&left) <= 2.0;
    if !(short && loose && with_neighbour * 5 >= left.len() * 4) {
        return None;
    }
    let mut rows: Vec<Vec<&Segment>> = Vec::new();
    let mut starts: Vec<f64> = left.iter().map(|segment| segment.y).collect();
    starts.dedup_by(|a, b| (*a - *b).abs() <= 2.0);
    for segment in band {
        let tolerance = 0.3 * segment.size;
        let row = starts.partition_point(|&start| start <= segment.y + tolerance);
        // Lines above the first of the left column are a row of their own.
        while rows.len() <= row {
            rows.push(Vec::new());
        }
        if let Some(row) = rows.get_mut(row) {
            row.push(segment);
        }
    }
    let column = (
        band.iter().map(|s| s.x0).fold(f64::MAX, f64::min),
        band.iter().map(|s| s.x1).fold(f64::MIN, f64::max),
    );
    let rows = rows.into_iter().filter(|row| !row.is_empty());
    Some(rows.enumerate().filter_map(|(index, row)| table_row(&row, column, index == 0)).collect())
}

/// The cells of a row, from left to right; lines of one cell are joined.
fn table_row(row: &[&Segment], column: (f64, f64), begins: bool) -> Option<Line> {
    let mut cells: Vec<(f64, f64, String)> = Vec::new();
    for segment in row {
        match cells.iter_mut().find(|(x0, x1, _)| segment.x0 < *x1 && segment.x1 > *x0) {
            Some((x0, x1, text)) => {
                (*x0, *x1) = (x0.min(segment.x0), x1.max(segment.x1));
                *text = super::join_lines([text.as_str(), segment.text.as_str()]);
            }
            None => cells.push((segment.x0, segment.x1, segment.text.clone())),
        }
    }
    cells.sort_by(|a, b| a.0.total_cmp(&b.0));
    let first = row.first()?;
    let text: Vec<String> = cells.into_iter().map(|(_, _, text)| text).collect();
    Some(Line {
        text: text.join(" | "),
        x0: column.0,
        x1: column.1,
        y: row.last()?.y,
        size: first.size,
        bold: row.iter().all(|segment| segment.bold),
        row: true,
        begins,
        column,
    })
}

/// Lines of a column.
fn leaf(segments: Vec<Segment>, lines: &mut Vec<Line>) {
    let left = segments.iter().map(|segment| segment.x0).fold(f64::MAX, f64::min);
    let right = segments.iter().map(|segment| segment.x1).fold(f64::MIN, f64::max);
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        match rows.last_mut() {
            Some(row) if row.first().is_some_and(|first| (first.y - segment.y).abs() <= 0.3 * first.size) => {
                row.push(segment);
            }
            _ => rows.push(vec![segment]),
        }
    }
    for (index, mut row) in rows.into_iter().enumerate() {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
        let text: Vec<&str> = row.iter().map(|segment| segment.text.as_str()).collect();
        let longest = row.iter().max_by_key(|segment| segment.text.len()).unwrap_or(first);
        lines.push(Line {
            text: text.join(" "),
            x0: first.x0,
            x1: last.x1,
            y: longest.y,
            size: longest.size,
            bold: row.iter().all(|segment| segment.bold),
            row: false,
            begins: index == 0,
            column: (left, right),
        });
    }
}
