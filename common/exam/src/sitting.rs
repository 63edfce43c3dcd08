//! Taking a form against the clock.
//!
//! A sitting is a form, a beginning and events; everything else follows from these, so what is kept of it brings it back
//! after a restart. Questions and choices are counted from 0.

use iseetutor_curriculum::bank::Bank;
use serde::{Deserialize, Serialize};

pub use crate::event::{Event, Mode, Record, Refused, Sheet, What};
use crate::form::Form;
use crate::outcome::Outcome;

/// More events than any child makes in a section; beyond it nothing but the end is taken.
const MOST_EVENTS: usize = 20_000;

/// A form that is being taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Record", into = "Record")]
pub struct Sitting {
    record: Record,
    sheets: Vec<Sheet>,
    at: usize,
    last_ms: u64,
    away: bool,
    away_ms: u64,
    loose_ms: u64,
    ended_ms: Option<u64>,
}

impl From<Record> for Sitting {
    fn from(record: Record) -> Self {
        Self::replay(record)
    }
}

impl From<Sitting> for Record {
    fn from(sitting: Sitting) -> Self {
        sitting.record
    }
}

impl Sitting {
    /// Begins a form that is read on paper or a screen.
    #[must_use]
    pub fn begin(form: Form, now_ms: u64) -> Self {
        Self::begin_as(form, Mode::Seen, now_ms)
    }

    /// Begins a form.
    #[must_use]
    pub fn begin_as(form: Form, mode: Mode, now_ms: u64) -> Self {
        let sheets = vec![Sheet::default(); form.len()];
        let record = Record { form, mode, began_ms: now_ms, events: Vec::new() };
        Self { record, sheets, at: 0, last_ms: now_ms, away: false, away_ms: 0, loose_ms: 0, ended_ms: None }
    }

    /// The sitting that a record tells of. What in it does not fit is passed over.
    #[must_use]
    pub fn replay(record: Record) -> Self {
        let mut sitting = Self::begin_as(record.form, record.mode, record.began_ms);
        for event in record.events {
            let _ = sitting.event(event.what, event.at_ms);
        }
        sitting
    }

    /// What to keep.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The form.
    #[must_use]
    pub fn form(&self) -> &Form {
        &self.record.form
    }

    /// How it is taken.
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.record.mode
    }

    /// When the time is over, if the device does not go away again: what it was away for is added. By ear there is no
    /// clock, as reading aloud takes its own time: then it never is.
    #[must_use]
    pub fn deadline_ms(&self) -> u64 {
        if self.record.mode == Mode::Heard {
            return u64::MAX;
        }
        self.record.began_ms.saturating_add(self.form().time_ms()).saturating_add(self.away_ms)
    }

    /// How much of the time is gone, without what the device was away for.
    #[must_use]
    pub fn gone_ms(&self, now_ms: u64) -> u64 {
        self.form().time_ms().saturating_sub(self.time_left(now_ms))
    }

    /// Milliseconds left; none once it is ended.
    #[must_use]
    pub fn time_left(&self, now_ms: u64) -> u64 {
        if self.ended_ms.is_some() {
            return 0;
        }
        let now_ms = if self.away { self.last_ms } else { now_ms };
        self.deadline_ms().saturating_sub(now_ms.max(self.record.began_ms))
    }

    /// Whether the time is over. An answer at the very end of it does not count any more.
    #[must_use]
    pub fn expired(&self, now_ms: u64) -> bool {
        !self.away && now_ms.max(self.last_ms) >= self.deadline_ms()
    }

    /// When it was ended, by the learner or by the time.
    #[must_use]
    pub fn ended_ms(&self) -> Option<u64> {
        self.ended_ms
    }

    /// The question that is open.
    #[must_use]
    pub fn current(&self) -> usize {
        self.at
    }

    /// What is known of a question.
    #[must_use]
    pub fn sheet(&self, question: usize) -> Option<&Sheet> {
        self.sheets.get(question)
    }

    pub(crate) fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// Milliseconds that the device was away for, as far as they were noted.
    #[must_use]
    pub fn away_ms(&self) -> u64 {
        self.away_ms
    }

    /// Milliseconds at the end that belong to no question: for checking, or for sitting back.
    #[must_use]
    pub fn loose_ms(&self) -> u64 {
        self.loose_ms
    }

    /// Answers a question, and turns to it. An answer that is there is changed.
    ///
    /// # Errors
    /// [`Refused`]; nothing is then changed.
    pub fn answer(&mut self, question: usize, choice: usize, now_ms: u64) -> Result<(), Refused> {
        self.event(What::Answer { question, choice }, now_ms)
    }

    /// Takes an answer back.
    ///
    /// # Errors
    /// [`Refused`]; nothing is then changed.
    pub fn clear(&mut self, question: usize, now_ms: u64) -> Result<(), Refused> {
        self.event(What::Clear { question }, now_ms)
    }

    /// Crosses a choice out.
    ///
    /// # Errors
    /// [`Refused`]; nothing is then changed.
    pub fn cross_out(&mut self, question: usize, choice: usize, now_ms: u64) -> Result<(), Refused> {
        self.event(What::CrossOut { question, choice, out: true }, now_ms)
    }

    /// Takes a crossing back.
    ///
    /// # Errors
    /// [`Refused`]; nothing is then changed.
    pub fn uncross(&mut self, question: usize, choice: usize, now_ms: u64) -> Result<(), Refused> {
        self.event(What::CrossOut { question, choice, out: false }, now_ms)
    }

    /// Flags a question to come back to, or takes the flag off.
    ///
    /// # Errors
    /// [`Refused`]; nothing is then changed.
    pub fn flag(&mut self, question: usize, on: bool, now_ms: u64) -> Result<(), Refused> {
        self.event(What::Flag { question, on }, now_ms)
    }

    /// Turns to a question.
    ///
    /// # Errors
    /// [`Refused`]; nothing is then changed.
    pub fn go_to(&mut self, question: usize, now_ms: u64) -> Result<(), Refused> {
        self.event(What::GoTo { question }, now_ms)
    }

    /// Notes that the device was away from one moment to another. The time is given back: nobody kept the clock, and
    /// nothing could be answered or asked. The outcome tells of it.
    pub fn interrupted(&mut self, from_ms: u64, to_ms: u64) {
        if self.event(What::Away, from_ms).is_ok() {
            // Its clock stands still while it is away, so it cannot have run out.
            let _ = self.event(What::Back, to_ms);
        }
    }

    /// The questions without an answer, in order.
    #[must_use]
    pub fn unanswered(&self) -> Vec<usize> {
        (0..self.sheets.len())
            .filter(|at| self.sheets.get(*at).is_some_and(|s| s.answer().is_none()))
            .collect()
    }

    /// The flagged questions, in order.
    #[must_use]
    pub fn flagged(&self) -> Vec<usize> {
        (0..self.sheets.len()).filter(|at| self.sheets.get(*at).is_some_and(|sheet| sheet.flagged)).collect()
    }

    /// The next question without an answer after the one that is open, from the beginning again after the last; the open
    /// one itself last. `None` when all are answered.
    #[must_use]
    pub fn next_unanswered(&self) -> Option<usize> {
        let open = self.unanswered();
        open.iter().copied().find(|question| *question > self.at).or_else(|| open.first().copied())
    }

    /// The next flagged question, in the same way.
    #[must_use]
    pub fn next_flagged(&self) -> Option<usize> {
        let flagged = self.flagged();
        flagged.iter().copied().find(|question| *question > self.at).or_else(|| flagged.first().copied())
    }

    /// Ends it, if it is not ended.
    pub fn close(&mut self, now_ms: u64) {
        let _ = self.event(What::End, now_ms);
    }

    /// Ends it, if it is not ended, and tells what came of it.
    pub fn finish(&mut self, bank: &Bank, now_ms: u64) -> Outcome {
        self.close(now_ms);
        Outcome::of(bank, self)
    }

    fn event(&mut self, what: What, now_ms: u64) -> Result<(), Refused> {
        if self.ended_ms.is_some() {
            return Err(Refused::Ended);
        }
        // A clock that was set back stands still until it catches up.
        let deadline = self.deadline_ms();
        let now = now_ms.max(self.last_ms);
        if what == What::End {
            // Ended while away: what passed since then was nobody's.
            let end = if self.away { now } else { now.min(deadline) }.max(self.last_ms);
            // After the last answer the open question is done: what then passed belongs to none.
            let done = self.sheets.get(self.at).is_none_or(|sheet| sheet.answer().is_some());
            if done && !self.away {
                self.loose_ms = end.saturating_sub(self.last_ms);
                self.last_ms = end;
            }
            self.spend(self.at, end);
            self.record.events.push(Event { at_ms: end, what });
            self.ended_ms = Some(end);
            return Ok(());
        }
        if now >= deadline && !self.away {
            return Err(Refused::TimeIsUp);
        }
        if self.record.events.len() >= MOST_EVENTS {
            return Err(Refused::TooMuch);
        }
        let spent_on = self.spent_on(what)?;
        self.spend(spent_on, now);
        self.apply(what);
        self.record.events.push(Event { at_ms: now, what });
        Ok(())
    }

    /// Which question the time up to an event went to. On paper an answer to another question than the open one comes
    /// without turning to it, so that time was its own, unless it only changes what was answered before.
    fn spent_on(&self, what: What) -> Result<usize, Refused> {
        let (question, choice) = match what {
            What::Answer { question, choice } | What::CrossOut { question, choice, .. } => (question, choice),
            What::Clear { question } | What::Flag { question, .. } | What::GoTo { question } => (question, 0),
            What::Away | What::Back | What::End => return Ok(self.at),
        };
        let sheet = self.sheets.get(question).ok_or(Refused::NoSuchQuestion)?;
        if choice >= sheet.crossed.len() {
            return Err(Refused::NoSuchChoice);
        }
        let first = matches!(what, What::Answer { .. }) && sheet.history.is_empty();
        Ok(if first { question } else { self.at })
    }

    fn spend(&mut self, question: usize, now: u64) {
        let spent = now.saturating_sub(self.last_ms);
        if self.away {
            self.away_ms = self.away_ms.saturating_add(spent);
        } else if let Some(sheet) = self.sheets.get_mut(question) {
            sheet.spent_ms = sheet.spent_ms.saturating_add(spent);
        }
        self.last_ms = now;
    }

    fn apply(&mut self, what: What) {
        let mut change = |question: usize, change: &mut dyn FnMut(&mut Sheet)| {
            if let Some(sheet) = self.sheets.get_mut(question) {
                change(sheet);
            }
        };
        match what {
            What::Answer { question, choice } => {
                change(question, &mut |sheet| {
                    if sheet.answer() != Some(choice) {
                        sheet.history.push(Some(choice));
                    }
                });
                self.at = question;
            }
            What::Clear { question } => change(question, &mut |sheet| {
                if sheet.answer().is_some() {
                    sheet.history.push(None);
                }
            }),
            What::CrossOut { question, choice, out } => change(question, &mut |sheet| {
                if let Some(crossed) = sheet.crossed.get_mut(choice) {
                    *crossed = out;
                }
            }),
            What::Flag { question, on } => change(question, &mut |sheet| sheet.flagged = on),
            What::GoTo { question } => self.at = question,
            What::Away | What::Back | What::End => {}
        }
        self.away = what == What::Away;
    }
}
