//! Where to be when, and what the proctor says.

use iseetutor_curriculum::content::{Checkpoint, Library, Mark};
use iseetutor_curriculum::level::Section;
use serde::{Deserialize, Serialize};

use crate::form::{Form, plural};

/// What a reminder reminds of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderKind {
    /// Half of the time is gone.
    HalfTime,
    /// Five minutes are left.
    FiveMinutes,
    /// One minute is left.
    OneMinute,
    /// The time is over.
    TimeUp,
}

/// Something that the proctor says at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reminder {
    /// Milliseconds after the beginning.
    pub at_ms: u64,
    /// What of.
    pub kind: ReminderKind,
    /// What to say.
    pub say: String,
}

/// Where to be when: the checkpoints that are taught for the section, and others worked out in the same way for a form of
/// another length. None where hearing sets the pace, and none for a form of fewer than four questions or minutes.
#[must_use]
pub fn checkpoints(form: &Form) -> Vec<Mark> {
    let questions = u32::try_from(form.len()).unwrap_or(u32::MAX);
    if form.section == Section::Auditory || questions < 4 || form.minutes < 4 {
        return Vec::new();
    }
    let library = Library::embedded().ok();
    let mut taught =
        library.into_iter().flat_map(|library| &library.strategies).flat_map(|one| &one.checkpoints);
    let same = |point: &&Checkpoint| {
        point.level == form.level
            && point.section == form.section.title()
            && point.questions == questions
            && point.minutes == form.minutes
    };
    if let Some(point) = taught.find(same) {
        return point.marks.clone();
    }
    let mut marks: Vec<Mark> = Vec::new();
    for quarter in 1..4_u64 {
        let minutes = rounded(u64::from(form.minutes) * quarter, 4);
        let done = rounded(minutes * u64::from(questions), u64::from(form.minutes));
        let mark = Mark {
            minutes: u32::try_from(minutes).unwrap_or(u32::MAX),
            done: u32::try_from(done).unwrap_or(u32::MAX),
        };
        if marks.last().is_none_or(|last| last.minutes < mark.minutes && last.done < mark.done) {
            marks.push(mark);
        }
    }
    marks
}

/// The checkpoints in words, to say before the beginning; nothing where there are none.
#[must_use]
pub fn checkpoints_said(marks: &[Mark]) -> String {
    let said: Vec<String> = marks
        .iter()
        .map(|mark| {
            format!("After {}, be at about question {}.", plural(mark.minutes as usize, "minute"), mark.done)
        })
        .collect();
    said.join(" ")
}

/// What the proctor says during a form, in order: half time, five minutes, one minute, and the end. A reminder that would
/// come less than a minute after another, or too near the beginning, is left out.
#[must_use]
pub fn reminders(form: &Form) -> Vec<Reminder> {
    let whole = form.time_ms();
    let half = rounded(form.len() as u64, 2);
    let mut out: Vec<Reminder> = Vec::new();
    let mut add = |at_ms: u64, kind, say: String| {
        let apart = out.last().map_or(0, |last: &Reminder| last.at_ms) + 60_000;
        if at_ms >= apart || (kind == ReminderKind::TimeUp && whole > 0) {
            out.push(Reminder { at_ms, kind, say });
        }
    };
    let left = whole / 2;
    let place = if form.section == Section::Auditory || half == 0 {
        String::new()
    } else {
        format!(" The middle is question {half}.")
    };
    let half_left = match (left / 60_000, left % 60_000) {
        (minutes, 0) => plural(usize::try_from(minutes).unwrap_or(0), "minute"),
        (minutes, _) => format!("{minutes} and a half minutes"),
    };
    add(whole - left, ReminderKind::HalfTime, format!("Half of the time is gone. {half_left} left.{place}"));
    if let Some(at) = whole.checked_sub(5 * 60_000) {
        add(
            at,
            ReminderKind::FiveMinutes,
            "Five minutes left. Make sure that every question has an answer.".into(),
        );
    }
    if let Some(at) = whole.checked_sub(60_000) {
        let say = "One minute left. Mark a guess for every question that is still blank: a wrong answer takes nothing away.";
        add(at, ReminderKind::OneMinute, say.into());
    }
    add(whole, ReminderKind::TimeUp, "Time is up. That is the end of this section.".into());
    out
}

/// A quotient to the nearest whole, halves up.
fn rounded(number: u64, by: u64) -> u64 {
    let by = by.max(1);
    number.saturating_mul(2).saturating_add(by) / (by * 2)
}
