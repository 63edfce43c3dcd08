//! How a child is doing: for a parent in figures, for the child in a few sentences.

use iseetutor_curriculum::level::Section;
use iseetutor_learner::mastery::{Mastery, Outlook, Standing};
use iseetutor_learner::planner::{self, Context};
use iseetutor_learner::profile::Learner;
use iseetutor_learner::record::Record;
use iseetutor_learner::report::{SectionReport, section};
use iseetutor_learner::schedule::Schedule;
use serde_json::{Value, json};

use super::{Desk, School};

impl School {
    /// Everything that is computed of a child's record: the profile, sections and skills in figures, what is due, and
    /// the weeks to come. Percentages carry their interval; nothing is a scaled score.
    #[must_use]
    pub fn report(&self, learner: &Learner) -> Value {
        let now_ms = self.now_ms();
        let context = Context { test_day: learner.test_day, ..Context::new(learner.level, now_ms) };
        let catalog = &self.catalog;
        let report = |record: &Record| {
            let outlook = Outlook::new(record, catalog, learner.level, now_ms);
            let day = iseetutor_learner::time::day(now_ms, record.offset_ms());
            json!({
                "learner": learner,
                "events": record.len(),
                "sections": sections(record, learner),
                "skills": outlook.all(catalog, None),
                "due": Schedule::of(record, learner.test_day, now_ms).by(day).collect::<Vec<_>>(),
                "weeks": planner::week_plan(record, catalog, &context, learner.weekly_minutes),
                "check_due": planner::check_due(record, &context),
                "practised_ms": record.practised_ms(now_ms.saturating_sub(7 * 86_400_000), now_ms.saturating_add(1)),
                "official_scores": record.official_scores().collect::<Vec<_>>(),
            })
        };
        self.with(&learner.id, report).unwrap_or(Value::Null)
    }
}

/// The sections of which there is anything to say.
fn sections(record: &Record, learner: &Learner) -> Vec<SectionReport> {
    let all = Section::ALL.into_iter().filter(|one| *one != Section::Essay);
    all.map(|one| section(record, one, learner.level)).filter(|one| one.answers + one.helped > 0).collect()
}

impl Desk {
    /// How it is going, in sentences for the child: what is sure, what needs more data, and what to do next.
    #[must_use]
    pub fn how_it_goes(&self) -> Vec<String> {
        let Some(learner) = self.profile() else {
            return vec!["I only keep that for somebody who is signed in.".to_owned()];
        };
        let figures = self.with(|record| {
            let outlook = Outlook::new(record, &self.school.catalog, learner.level, self.now_ms());
            (sections(record, &learner), outlook.all(&self.school.catalog, None))
        });
        let Some((sections, skills)) = figures.filter(|(sections, _)| !sections.is_empty()) else {
            return vec!["We have only just begun. After some more questions I can tell you.".to_owned()];
        };
        let mut said: Vec<String> = sections.iter().map(in_words).collect();
        let name = |mastery: &Mastery| self.skill_name(&mastery.skill);
        let strong = skills.iter().find(|one| one.standing == Standing::Strong).and_then(name);
        let weak = skills.iter().find(|one| one.standing == Standing::Weak).and_then(name);
        said.extend(strong.map(|name| format!("You are good at this: {}.", name.to_lowercase())));
        said.extend(weak.map(|name| format!("This is worth some practice: {}.", name.to_lowercase())));
        said
    }
}

fn in_words(report: &SectionReport) -> String {
    let title = report.section.title();
    let SectionReport { right, answers, .. } = report;
    if report.enough {
        format!("{title}: {right} of {answers} right by yourself.")
    } else {
        format!("{title}: {right} of {answers} so far, and I need some more to be sure.")
    }
}
