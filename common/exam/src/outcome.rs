//! What came of a sitting. Right answers are counted and no more: how they lead to a score is not public.

use std::collections::BTreeMap;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::level::{Level, Section};
use serde::{Deserialize, Serialize};

use crate::clock::checkpoints;
use crate::form::{PartKind, Short};
use crate::sitting::{Event, Mode, Sheet, Sitting, What};
use crate::tally::Tally;

/// What a change of an answer came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// It was not changed.
    None,
    /// From a wrong answer to the right one.
    Gained,
    /// From the right answer to a wrong one, or to none.
    Lost,
    /// From one wrong answer to another or to none, or there and back.
    Neither,
}

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Its id.
    pub id: String,
    /// Its skill; empty if there is no such question any more.
    pub skill: String,
    /// The choice that stands, 0 for A.
    pub choice: Option<usize>,
    /// The right choice; `None` if there is no such question any more, and then it is not counted.
    pub key: Option<usize>,
    /// Whether it is right; `None` without an answer.
    pub right: Option<bool>,
    /// Time spent on it.
    pub spent_ms: u64,
    /// Whether it was flagged at the end.
    pub flagged: bool,
    /// Which choices were crossed out.
    pub crossed: [bool; 4],
    /// The choices that were made, one after the other; `None` where one was taken back.
    pub history: Vec<Option<usize>>,
    /// What changing came to, from the first choice to the last.
    pub change: Change,
}

/// The counts of a part, strand or skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its name in the record.
    pub id: String,
    /// Its counts.
    pub tally: Tally,
}

/// Where the learner was at a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtMark {
    /// Minutes after the beginning.
    pub minutes: u32,
    /// Where to be.
    pub wanted: u32,
    /// Questions that had an answer.
    pub done: u32,
}

/// Pace against the even pace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// The even pace: the time of the section for each question.
    pub even_ms: u64,
    /// Time spent for each answered question, on the average; `None` without an answer.
    pub own_ms: Option<u64>,
    /// Time that was left at the end.
    pub left_ms: u64,
    /// The checkpoints that were reached.
    pub marks: Vec<AtMark>,
    /// Questions that took more than twice the even pace, longest first.
    pub slow: Vec<usize>,
}

/// What came of a sitting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The level.
    pub level: Level,
    /// The section.
    pub section: Section,
    /// How it was taken: [`Mode::Heard`] counts as listening practice.
    pub mode: Mode,
    /// There if the form was shorter than the exam's section.
    pub short: Option<Short>,
    /// Question by question.
    pub questions: Vec<Answered>,
    /// All together.
    pub total: Tally,
    /// By part, passages together.
    pub parts: Vec<Group>,
    /// By passage.
    pub passages: Vec<Group>,
    /// By strand.
    pub strands: Vec<Group>,
    /// By skill.
    pub skills: Vec<Group>,
    /// Answers that a change won.
    pub gained: u32,
    /// Answers that a change lost.
    pub lost: u32,
    /// Questions whose answer was changed.
    pub changed: u32,
    /// Questions where the right choice was crossed out at the end.
    pub crossed_right: u32,
    /// Pace; `None` if it was heard.
    pub pace: Option<Pace>,
    /// Time from the beginning to the end, without what the device was away for.
    pub used_ms: u64,
    /// Time at the end, after the last thing that was done to an answered question.
    pub loose_ms: u64,
    /// Whether the time ended it.
    pub out_of_time: bool,
    /// How long the device was away during it, which is not counted; pace then says a little less.
    pub away_ms: u64,
}

impl Outcome {
    /// What came of a sitting so far. A sitting that is not ended is taken as it stands.
    #[must_use]
    pub fn of(bank: &Bank, sitting: &Sitting) -> Self {
        let form = sitting.form();
        let record = sitting.record();
        let last = record.events.last().map_or(record.began_ms, |event| event.at_ms);
        let whole_ms = sitting.ended_ms().unwrap_or(last).saturating_sub(record.began_ms);
        let used_ms = whole_ms.saturating_sub(sitting.away_ms());
        let mut out = Self {
            level: form.level,
            section: form.section,
            mode: sitting.mode(),
            short: form.short,
            questions: Vec::new(),
            total: Tally::default(),
            parts: Vec::new(),
            passages: Vec::new(),
            strands: Vec::new(),
            skills: Vec::new(),
            gained: 0,
            lost: 0,
            changed: 0,
            crossed_right: 0,
            pace: None,
            used_ms,
            loose_ms: sitting.loose_ms(),
            out_of_time: sitting.ended_ms() == Some(sitting.deadline_ms()),
            away_ms: sitting.away_ms(),
        };
        let mut groups: [BTreeMap<String, Tally>; 3] = Default::default();
        let mut kinds: BTreeMap<PartKind, Tally> = BTreeMap::new();
        for (place, (id, sheet)) in form.items.iter().zip(sitting.sheets()).enumerate() {
            let item = bank.item(id);
            let answered = Answered::of(id, item.as_ref().map(|item| (item.key, item.skill.as_str())), sheet);
            if let Some(item) = &item {
                let part = form.part_of(place);
                let names = [
                    item.passage.clone(),
                    item.strand.map(|strand| strand.as_str().to_owned()),
                    Some(item.skill.clone()),
                ];
                for (group, name) in groups.iter_mut().zip(names) {
                    if let Some(name) = name {
                        group.entry(name).or_default().add(answered.right);
                    }
                }
                if let Some(part) = part {
                    kinds.entry(part.kind).or_default().add(answered.right);
                }
                out.total.add(answered.right);
            }
            out.count(&answered);
            out.questions.push(answered);
        }
        let listed = |group: BTreeMap<String, Tally>| {
            group.into_iter().map(|(id, tally)| Group { id, tally }).collect::<Vec<_>>()
        };
        let [passages, strands, skills] = groups;
        (out.passages, out.strands, out.skills) = (listed(passages), listed(strands), listed(skills));
        out.parts =
            kinds.into_iter().map(|(kind, tally)| Group { id: kind.title().to_owned(), tally }).collect();
        out.pace = (sitting.mode() == Mode::Seen).then(|| Pace::of(sitting, used_ms));
        out
    }

    fn count(&mut self, answered: &Answered) {
        self.gained += u32::from(answered.change == Change::Gained);
        self.lost += u32::from(answered.change == Change::Lost);
        self.changed += u32::from(answered.change != Change::None);
        let crossed = answered.key.and_then(|key| answered.crossed.get(key)).copied().unwrap_or(false);
        self.crossed_right += u32::from(crossed);
    }

    /// Questions without an answer.
    #[must_use]
    pub fn unanswered(&self) -> u32 {
        self.total.blank
    }
}

impl Answered {
    fn of(id: &str, item: Option<(usize, &str)>, sheet: &Sheet) -> Self {
        let choice = sheet.answer();
        let key = item.map(|(key, _)| key);
        let right = key.and_then(|key| choice.map(|choice| choice == key));
        let first = sheet.history.first().copied().flatten();
        let change = match key {
            _ if sheet.history.len() < 2 => Change::None,
            Some(key) if first == Some(key) && choice != Some(key) => Change::Lost,
            Some(key) if first != Some(key) && choice == Some(key) => Change::Gained,
            _ => Change::Neither,
        };
        Self {
            id: id.to_owned(),
            skill: item.map_or_else(String::new, |(_, skill)| skill.to_owned()),
            choice,
            key,
            right,
            spent_ms: sheet.spent_ms,
            flagged: sheet.flagged,
            crossed: sheet.crossed,
            history: sheet.history.clone(),
            change,
        }
    }
}

impl Pace {
    fn of(sitting: &Sitting, used_ms: u64) -> Self {
        let form = sitting.form();
        let questions = form.len().max(1) as u64;
        let even_ms = form.time_ms() / questions;
        let answered: Vec<&Sheet> =
            sitting.sheets().iter().filter(|sheet| sheet.answer().is_some()).collect();
        let spent = answered.iter().fold(0_u64, |sum, sheet| sum.saturating_add(sheet.spent_ms));
        let mut slow: Vec<(u64, usize)> = sitting
            .sheets()
            .iter()
            .enumerate()
            .map(|(place, sheet)| (sheet.spent_ms, place))
            .filter(|(spent, _)| *spent > even_ms.saturating_mul(2))
            .collect();
        slow.sort_by_key(|(spent, place)| (std::cmp::Reverse(*spent), *place));
        Self {
            even_ms,
            own_ms: spent.checked_div(answered.len() as u64),
            left_ms: form.time_ms().saturating_sub(used_ms),
            marks: marks(sitting, used_ms),
            slow: slow.into_iter().map(|(_, place)| place).collect(),
        }
    }
}

fn marks(sitting: &Sitting, used_ms: u64) -> Vec<AtMark> {
    let record = sitting.record();
    // Each with the time that was gone then, without what the device was away for.
    let (mut away_ms, mut left_at) = (0_u64, None);
    let mut events: Vec<(u64, What)> = Vec::with_capacity(record.events.len());
    for Event { at_ms, what } in &record.events {
        match what {
            What::Away => left_at = Some(*at_ms),
            What::Back => {
                let gone = left_at.take().map_or(0, |left| at_ms.saturating_sub(left));
                away_ms = away_ms.saturating_add(gone);
            }
            _ => {}
        }
        events.push((at_ms.saturating_sub(record.began_ms).saturating_sub(away_ms), *what));
    }
    let done = |until: u64| {
        let early = events.iter().filter(|(gone_ms, _)| *gone_ms <= until);
        let mut answered = vec![false; record.form.len()];
        for (_, what) in early {
            let (question, now) = match *what {
                What::Answer { question, .. } => (question, true),
                What::Clear { question } => (question, false),
                _ => continue,
            };
            if let Some(one) = answered.get_mut(question) {
                *one = now;
            }
        }
        u32::try_from(answered.iter().filter(|one| **one).count()).unwrap_or(u32::MAX)
    };
    checkpoints(&record.form)
        .into_iter()
        .filter(|mark| u64::from(mark.minutes) * 60_000 <= used_ms)
        .map(|mark| AtMark {
            minutes: mark.minutes,
            wanted: mark.done,
            done: done(u64::from(mark.minutes) * 60_000),
        })
        .collect()
}
