//! Figures for a parent: percent right with its interval, pace, the difficulty reached. Never a scaled score.

use iseetutor_curriculum::level::{Level, Section};
use serde::Serialize;

use crate::event::{By, Evidence};
use crate::record::Record;

/// Unaided answers before a section's percentage is spoken of.
pub const ENOUGH_ANSWERS: u32 = 20;
/// Answers that pace and the difficulty reached are taken from.
const RECENT: usize = 100;

/// A section in figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SectionReport {
    /// The section.
    pub section: Section,
    /// Unaided answers.
    pub answers: u32,
    /// Right ones of them; a guess is not right.
    pub right: u32,
    /// Right answers with help, which are not among them.
    pub helped: u32,
    /// Questions left without an answer.
    pub skipped: u32,
    /// Right ones in a hundred.
    pub percent: f64,
    /// The lower end of its 95 % interval (Wilson), in percent.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether that is enough to speak of; otherwise: "need more data".
    pub enough: bool,
    /// Seconds for a question that was read, by the median of the last hundred; nothing of those that were heard.
    pub seconds: Option<f64>,
    /// The same, in mock tests with their clock.
    pub timed_seconds: Option<f64>,
    /// The difficulty of what is lately answered right unaided, by the median; see [`crate::catalog::Source::difficulty`].
    pub difficulty_reached: Option<f64>,
}

/// Wilson's 95 % interval of a share.
#[must_use]
pub fn wilson(right: u32, of: u32) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (f64::from(of), 1.959_964_f64);
    let p = f64::from(right.min(of)) / n;
    let middle = p + z * z / (2.0 * n);
    let reach = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    (((middle - reach) / scale).clamp(0.0, 1.0), ((middle + reach) / scale).clamp(0.0, 1.0))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// A section in figures; the difficulty reached is that of questions of `level`.
#[must_use]
pub fn section(record: &Record, section: Section, level: Level) -> SectionReport {
    let count = record.projection().section(section);
    let (low, high) = wilson(count.right, count.unaided);
    let answers = || record.answers().map(|(_, answer)| answer).filter(|answer| answer.section == section);
    let seconds = |timed: bool| {
        let read = answers().filter(|answer| {
            answer.by == By::Eye && answer.timed == timed && answer.took_ms > 0 && answer.evidence.unaided()
        });
        median(read.take(RECENT).map(|answer| answer.took_ms as f64 / 1000.0).collect())
    };
    let reached = answers().filter(|answer| answer.evidence == Evidence::Right && answer.level == level);
    let share = |part: f64| 100.0 * part;
    SectionReport {
        section,
        answers: count.unaided,
        right: count.right,
        helped: count.helped,
        skipped: count.skipped,
        percent: if count.unaided == 0 {
            0.0
        } else {
            share(f64::from(count.right) / f64::from(count.unaided))
        },
        low: share(low),
        high: share(high),
        enough: count.unaided >= ENOUGH_ANSWERS,
        seconds: seconds(false),
        timed_seconds: seconds(true),
        difficulty_reached: median(reached.take(20).map(|answer| answer.difficulty).collect()),
    }
}
