//! What to do next, by rules that a parent can follow.

use iseetutor_learner::mastery::Standing;

use crate::summary::{Advice, PaceWord, Summary};
use crate::text::count;

/// Pieces of advice at a time: more are not done.
const MOST: usize = 4;

fn advice(what: String, say: Option<String>) -> Advice {
    Advice { what, say }
}

/// The next steps, the most useful first.
pub(crate) fn of(summary: &Summary) -> Vec<Advice> {
    let name = &summary.name;
    if let Some(left @ 0..=1) = summary.days_left {
        let day = if left == 0 { "Today is the day of the test." } else { "The test is tomorrow." };
        return vec![advice(
            format!(
                "{day} No more practice is needed. Sleep, a good breakfast, and an early start help most."
            ),
            None,
        )];
    }
    let mut all = Vec::new();
    let answers: u32 = summary.sections.iter().map(|section| section.questions).sum();
    if answers == 0 {
        return vec![advice(
            format!(
                "Begin with a first lesson. It finds out where {name} stands and takes about ten minutes."
            ),
            Some("Start my lesson".to_owned()),
        )];
    }
    let left = summary.goal_minutes.saturating_sub(summary.week.minutes);
    if left > 0 {
        let lessons = left.div_ceil(20);
        all.push(advice(
            format!(
                "{} of {} minutes are done in the last seven days. {} of 20 minutes would reach the goal.",
                summary.week.minutes,
                summary.goal_minutes,
                count(u64::from(lessons), "lesson", "lessons")
            ),
            Some("Start my lesson".to_owned()),
        ));
    }
    if let Some(skill) = summary.skills.iter().find(|skill| skill.standing == Standing::Weak) {
        all.push(advice(
            format!("Work on {}. It is the hardest skill for {name} right now.", skill.name.to_lowercase()),
            Some(format!("Let's practice {}", skill.name.to_lowercase())),
        ));
    }
    if let Some(one) = summary.misconceptions.iter().find(|one| one.times >= 2) {
        all.push(advice(
            format!(
                "Sometimes {name} {}: {} in the last four weeks. The tutor brings it back in other questions.",
                one.plain,
                if one.times == 2 { "twice".to_owned() } else { format!("{} times", one.times) }
            ),
            Some("Practice my mistakes".to_owned()),
        ));
    }
    if let Some(section) = summary.sections.iter().find(|section| section.accuracy.is_none()) {
        all.push(advice(
            format!("Try some {}. There is too little yet to say how it goes.", section.title),
            None,
        ));
    }
    if let Some(section) = summary.sections.iter().find(|section| section.pace == PaceWord::Slow) {
        all.push(advice(
            format!(
                "{} takes {} s a question; the exam allows {} s. A timed section on paper trains the pace.",
                section.title,
                section.seconds.unwrap_or(0),
                section.exam_seconds.unwrap_or(0)
            ),
            Some("Let's take a mock test".to_owned()),
        ));
    }
    if summary.words.due > 0 {
        let (are, them) = if summary.words.due == 1 { ("is", "it") } else { ("are", "them") };
        all.push(advice(
            format!(
                "{} {are} due. A few minutes now keep {them} from being forgotten.",
                count(u64::from(summary.words.due), "word", "words")
            ),
            Some("Let's practice words".to_owned()),
        ));
    }
    if all.is_empty() {
        all.push(advice(
            format!("The goal is reached and nothing is due. {name} has earned a free afternoon."),
            None,
        ));
    }
    all.truncate(MOST);
    all
}
