//! The figures of a child as they are shown: rounded once, here. The page, the printed report, the CSV and the JSON are
//! all made from one [`Summary`], so they agree to the digit. No scaled score, percentile or stanine is among them.

use iseetutor_curriculum::blueprint::Blueprint;
use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_learner::mastery::Standing;
use iseetutor_learner::report::wilson;
use serde::Serialize;

use crate::advice;
use crate::facts::{Day, Report, Work};
use crate::when;

/// Unaided answers before a share of right ones is shown with its interval; below it: "need more data".
pub const ENOUGH_ANSWERS: u32 = 10;
/// Days that are shown one by one.
pub const DAYS: i64 = 14;
/// Weeks that are shown one by one.
pub const WEEKS: i64 = 12;

/// A share of right answers in whole percent, with its 95 % interval (Wilson).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Accuracy {
    /// Of a hundred.
    pub percent: u32,
    /// The lower end of the interval.
    pub low: u32,
    /// The upper end.
    pub high: u32,
}

/// Whole percent of a share of one.
pub(crate) fn percent(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 100.0).round() as u32
}

impl Accuracy {
    /// Of some answers; nothing where they are too few.
    #[must_use]
    pub fn of(right: u32, answers: u32) -> Option<Self> {
        let (low, high) = wilson(right, answers);
        let share = f64::from(right.min(answers)) / f64::from(answers.max(1));
        (answers >= ENOUGH_ANSWERS).then(|| Self {
            percent: percent(share),
            low: percent(low),
            high: percent(high),
        })
    }
}

/// Some time in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// Its first day, such as `2027-01-30`.
    pub from: String,
    /// Its last day.
    pub to: String,
    /// The first day, counted from 1970-01-01.
    #[serde(skip)]
    pub from_day: i64,
    /// Minutes of practice.
    pub minutes: u32,
    /// Questions answered without help.
    pub questions: u32,
    /// Right ones of them.
    pub right: u32,
    /// Their share; nothing where they are too few.
    pub accuracy: Option<Accuracy>,
}

impl Span {
    fn of(from_day: i64, to_day: i64, work: Work) -> Self {
        Self {
            from: when::iso(from_day),
            to: when::iso(to_day),
            from_day,
            minutes: work.minutes,
            questions: work.answers,
            right: work.right.min(work.answers),
            accuracy: Accuracy::of(work.right, work.answers),
        }
    }
}

/// How a section's pace is, against the exam's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PaceWord {
    /// Too few questions were read with the eyes to say.
    NeedMoreData,
    /// As fast as the exam asks.
    InTime,
    /// Up to a quarter slower.
    Near,
    /// Slower.
    Slow,
}

/// How many skills stand where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Standings {
    /// Known well.
    pub strong: u32,
    /// On their way.
    pub growing: u32,
    /// Need work.
    pub weak: u32,
    /// Need more data.
    pub unknown: u32,
}

impl Standings {
    fn add(&mut self, standing: Standing) {
        let count = match standing {
            Standing::Strong => &mut self.strong,
            Standing::Growing => &mut self.growing,
            Standing::Weak => &mut self.weak,
            Standing::NeedMoreData => &mut self.unknown,
        };
        *count = count.saturating_add(1);
    }

    /// All of them.
    #[must_use]
    pub fn all(self) -> u32 {
        self.strong.saturating_add(self.growing).saturating_add(self.weak).saturating_add(self.unknown)
    }
}

/// A section in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionLine {
    /// The section.
    pub section: Section,
    /// Its name.
    pub title: String,
    /// Questions answered without help.
    pub questions: u32,
    /// Right ones of them.
    pub right: u32,
    /// Their share; nothing where they are too few.
    pub accuracy: Option<Accuracy>,
    /// Questions left without an answer.
    pub skipped: u32,
    /// Seconds for a question, in mock tests where there were some, otherwise in practice with the eyes.
    pub seconds: Option<u32>,
    /// Seconds that the exam allows for one.
    pub exam_seconds: Option<u32>,
    /// What that comes to.
    pub pace: PaceWord,
    /// Where its skills stand.
    pub skills: Standings,
}

/// A strand of mathematics.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StrandLine {
    /// Its name.
    pub title: String,
    /// Questions answered without help.
    pub questions: u32,
    /// Right ones of them.
    pub right: u32,
    /// Their share; nothing where they are too few.
    pub accuracy: Option<Accuracy>,
    /// Where its skills stand.
    pub skills: Standings,
}

/// A skill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkillLine {
    /// Its name.
    pub name: String,
    /// Its section.
    pub section: String,
    /// Its strand, in mathematics.
    pub strand: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// The chance of a right answer to a usual question of it, with an 80 % interval; nothing where more data is needed.
    pub mastery: Option<Accuracy>,
    /// Questions answered without help.
    pub questions: u32,
    /// Right ones of them.
    pub right: u32,
}

/// A misconception in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MisconceptionLine {
    /// What the child does.
    pub plain: String,
    /// How often it was seen in the last four weeks.
    pub times: u32,
    /// At most two questions in which it was.
    pub samples: Vec<String>,
}

/// Words of vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Words {
    /// Remembered by now.
    pub known: u32,
    /// To be asked again.
    pub due: u32,
}

/// Something to do, with the words that begin it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// What, and why.
    pub what: String,
    /// What the child says to the tutor.
    pub say: Option<String>,
}

/// A child in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The child's id.
    pub learner: String,
    /// The child's name.
    pub name: String,
    /// The level of the test.
    pub level: String,
    /// The day these figures are of.
    pub day: String,
    /// The same, counted from 1970-01-01.
    #[serde(skip)]
    pub today_day: i64,
    /// The day of the test.
    pub test_day: Option<String>,
    /// Days until then; nothing once it is past.
    pub days_left: Option<u32>,
    /// Minutes a week that are aimed at.
    pub goal_minutes: u32,
    /// Today.
    pub today: Span,
    /// The last seven days.
    pub week: Span,
    /// The last days, one by one.
    pub days: Vec<Span>,
    /// The last weeks of seven days, one by one; the last is [`Summary::week`].
    pub weeks: Vec<Span>,
    /// Section by section.
    pub sections: Vec<SectionLine>,
    /// Strand by strand.
    pub strands: Vec<StrandLine>,
    /// Skill by skill, the weakest first, those that need more data last.
    pub skills: Vec<SkillLine>,
    /// Words.
    pub words: Words,
    /// What goes wrong most often.
    pub misconceptions: Vec<MisconceptionLine>,
    /// What to do next.
    pub next: Vec<Advice>,
}

/// The name of a level, as schools use it.
#[must_use]
pub fn level_title(level: Level) -> &'static str {
    match level {
        Level::Primary2 => "Primary 2, entering grade 2",
        Level::Primary3 => "Primary 3, entering grade 3",
        Level::Primary4 => "Primary 4, entering grade 4",
        Level::Lower => "Lower, entering grades 5 and 6",
        Level::Middle => "Middle, entering grades 7 and 8",
        Level::Upper => "Upper, entering grades 9 to 12",
    }
}

/// The name of a strand.
#[must_use]
pub fn strand_title(strand: Strand) -> &'static str {
    match strand {
        Strand::Numbers => "Numbers and operations",
        Strand::Algebra => "Algebra",
        Strand::Geometry => "Geometry",
        Strand::Measurement => "Measurement",
        Strand::Data => "Data and probability",
        Strand::Problems => "Problem solving",
    }
}

fn sum<'a>(days: impl Iterator<Item = &'a Day>) -> Work {
    days.fold(Work::default(), |sum, day| Work {
        minutes: sum.minutes.saturating_add(day.work.minutes),
        answers: sum.answers.saturating_add(day.work.answers),
        right: sum.right.saturating_add(day.work.right),
    })
}

impl Summary {
    /// The figures of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let learner = &report.learner;
        let today = when::day_of(report.at_ms, report.offset_ms);
        let between =
            |from: i64, to: i64| sum(report.days.iter().filter(move |day| (from..=to).contains(&day.day)));
        let days =
            (0..DAYS).rev().map(|ago| Span::of(today - ago, today - ago, between(today - ago, today - ago)));
        let weeks = (0..WEEKS).rev().map(|ago| {
            let to = today - 7 * ago;
            Span::of(to - 6, to, between(to - 6, to))
        });
        let mut summary = Self {
            learner: learner.id.clone(),
            name: learner.name.clone(),
            level: level_title(learner.level).to_owned(),
            day: when::iso(today),
            today_day: today,
            test_day: learner.test_day.map(when::iso),
            days_left: learner
                .test_day
                .and_then(|test| u32::try_from(test.saturating_sub(today)).ok())
                .filter(|left| *left < 3_660),
            goal_minutes: learner.weekly_minutes,
            today: Span::of(today, today, report.today),
            week: Span::of(today - 6, today, report.week),
            days: days.collect(),
            weeks: weeks.collect(),
            sections: sections(report),
            strands: strands(report),
            skills: skills(report),
            words: Words { known: report.words_known, due: report.words_due },
            misconceptions: report
                .misconceptions
                .iter()
                .map(|one| MisconceptionLine {
                    plain: one.plain.clone(),
                    times: one.times,
                    samples: one.samples.iter().take(2).cloned().collect(),
                })
                .collect(),
            next: Vec::new(),
        };
        // Today and this week are told by who keeps the time, and are what the plots show too.
        if let Some(last) = summary.days.last_mut() {
            last.clone_from(&summary.today);
        }
        if let Some(last) = summary.weeks.last_mut() {
            last.clone_from(&summary.week);
        }
        summary.next = advice::of(&summary);
        summary
    }

    /// The figures as JSON.
    #[must_use]
    pub fn json(&self) -> String {
        // A structure of texts and whole numbers has a JSON form always.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

fn sections(report: &Report) -> Vec<SectionLine> {
    let level = report.learner.level;
    let exam = |section| Blueprint::embedded().and_then(|exam| exam.section(level, section));
    let taught = report.sections.iter().filter(|one| one.section != Section::Essay);
    taught
        .map(|one| {
            let exam_seconds = exam(one.section)
                .map(|plan| f64::from(plan.minutes) * 60.0 / f64::from(plan.questions.max(1)));
            let seconds = one.timed_seconds.or(one.seconds).filter(|seconds| seconds.is_finite());
            let pace = match (seconds, exam_seconds) {
                (Some(own), Some(exam)) if own <= exam => PaceWord::InTime,
                (Some(own), Some(exam)) if own <= 1.25 * exam => PaceWord::Near,
                (Some(_), Some(_)) => PaceWord::Slow,
                _ => PaceWord::NeedMoreData,
            };
            let mut standings = Standings::default();
            report
                .skills
                .iter()
                .filter(|skill| skill.section == one.section)
                .for_each(|skill| standings.add(skill.mastery.standing));
            SectionLine {
                section: one.section,
                title: one.section.title().to_owned(),
                questions: one.answers,
                right: one.right,
                accuracy: Accuracy::of(one.right, one.answers).filter(|_| one.enough),
                skipped: one.skipped,
                seconds: seconds.map(|seconds| seconds.clamp(0.0, 86_400.0).round() as u32),
                exam_seconds: exam_seconds.map(|seconds| seconds.round() as u32),
                pace,
                skills: standings,
            }
        })
        .collect()
}

fn strands(report: &Report) -> Vec<StrandLine> {
    Strand::ALL
        .into_iter()
        .filter_map(|strand| {
            let of_it: Vec<_> = report.skills.iter().filter(|skill| skill.strand == Some(strand)).collect();
            let (mut questions, mut right, mut standings) = (0_u32, 0_u32, Standings::default());
            for skill in &of_it {
                questions = questions.saturating_add(skill.mastery.answers);
                right = right.saturating_add(skill.mastery.right);
                standings.add(skill.mastery.standing);
            }
            (!of_it.is_empty()).then(|| StrandLine {
                title: strand_title(strand).to_owned(),
                questions,
                right,
                accuracy: Accuracy::of(right, questions),
                skills: standings,
            })
        })
        .collect()
}

fn skills(report: &Report) -> Vec<SkillLine> {
    let line = |skill: &crate::facts::Skill| {
        let mastery = &skill.mastery;
        let shown = mastery.enough && mastery.standing != Standing::NeedMoreData;
        SkillLine {
            name: skill.name.clone(),
            section: skill.section.title().to_owned(),
            strand: skill.strand.map(|strand| strand_title(strand).to_owned()),
            standing: if shown { mastery.standing } else { Standing::NeedMoreData },
            mastery: shown.then(|| Accuracy {
                percent: percent(mastery.p),
                low: percent(mastery.low),
                high: percent(mastery.high),
            }),
            questions: mastery.answers,
            right: mastery.right,
        }
    };
    let (known, unknown): (Vec<_>, Vec<_>) =
        report.skills.iter().map(line).partition(|skill| skill.mastery.is_some());
    known.into_iter().chain(unknown).collect()
}
