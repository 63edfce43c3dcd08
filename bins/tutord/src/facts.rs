//! Facts of the exam, from the blueprint and nothing else.

use iseetutor_curriculum::blueprint::{Blueprint, SectionPlan};
use iseetutor_curriculum::level::{Level, Section};

use crate::answer::{Evidence, Told};
use crate::router::exam::{ExamFact, ExamQuestion};

/// What the facts are quoted from.
const TITLE: &str = "ISEE Tutor exam blueprint";
/// The levels that are told together where none is known: the Primary tests are told only where one is named.
const LEVELS: [Level; 3] = [Level::Lower, Level::Middle, Level::Upper];

/// Answers a question about the exam for a child at a level, if the level is known; nothing where the blueprint is silent.
#[must_use]
pub fn answer(question: &ExamQuestion, level: Option<Level>) -> Option<Told> {
    let blueprint = Blueprint::embedded()?;
    let level = question.level.or(level);
    match question.fact {
        ExamFact::Penalty => (!blueprint.penalty).then(|| {
            Told::say("No points are taken off for a wrong answer on the ISEE, so answer every question, even if you have to guess.")
                .based_on(Evidence::of(TITLE, "penalty = false"))
        }),
        ExamFact::Choices => {
            let choices = blueprint.choices;
            Some(
                Told::say(format!("Every multiple-choice question on the ISEE has {choices} answer choices."))
                    .based_on(Evidence::of(TITLE, format!("choices = {choices}"))),
            )
        }
        ExamFact::Calculator => (!blueprint.calculator).then(|| {
            Told::say("No, you can't use a calculator on the ISEE.").based_on(Evidence::of(TITLE, "calculator = false"))
        }),
        ExamFact::What => Some(
            Told::say("The ISEE is the Independent School Entrance Exam.")
                .and("Children take it when they apply to an independent school.")
                .based_on(Evidence::of(TITLE, "ISEE: Independent School Entrance Exam")),
        ),
        ExamFact::Sections => Some(sections(blueprint, level.unwrap_or(Level::Lower), level.is_some())),
        ExamFact::Essay => {
            let plan = blueprint.essays.iter().find(|plan| plan.level == level.unwrap_or(Level::Lower))?;
            (!plan.scored).then(|| {
                let told = Told::say("The essay is not scored.");
                let told = if plan.sent_to_schools { told.and("A copy goes to the schools you apply to.") } else { told };
                told.based_on(Evidence::of(TITLE, format!("essay, {}: scored = false", plan.level.as_str())))
            })
        }
        ExamFact::Questions | ExamFact::Minutes => counted(blueprint, question, level),
        ExamFact::Other => None,
    }
}

fn name(section: Section) -> &'static str {
    match section {
        Section::Auditory => "auditory comprehension",
        Section::Verbal => "verbal reasoning",
        Section::Quantitative => "quantitative reasoning",
        Section::Reading => "reading comprehension",
        Section::Mathematics => "mathematics achievement",
        Section::Essay => "essay",
    }
}

fn called(level: Level) -> &'static str {
    match level {
        Level::Primary2 => "Primary 2",
        Level::Primary3 => "Primary 3",
        Level::Primary4 => "Primary 4",
        Level::Lower => "Lower Level",
        Level::Middle => "Middle Level",
        Level::Upper => "Upper Level",
    }
}

fn sections(blueprint: &Blueprint, level: Level, known: bool) -> Told {
    let plans: Vec<&SectionPlan> = blueprint.of(level).collect();
    let names: Vec<&str> = plans.iter().map(|plan| name(plan.section)).collect();
    let at = if known {
        format!("At the {}, the", called(level))
    } else {
        "From the Lower Level on, the".to_owned()
    };
    let listed = match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{}, and {last}", before.join(", ")),
        _ => names.join(""),
    };
    Told::say(format!("{at} ISEE has {} sections with questions: {listed}.", names.len()))
        .and("After them comes an essay, which is not scored.")
        .based_on(Evidence::of(TITLE, format!("{}: {}", level.as_str(), names.join(", "))))
}

fn counted(blueprint: &Blueprint, question: &ExamQuestion, level: Option<Level>) -> Option<Told> {
    let levels: Vec<Level> = level.map_or_else(|| LEVELS.to_vec(), |level| vec![level]);
    let questions = question.fact == ExamFact::Questions;
    let mut told = Told::default();
    if question.section == Some(Section::Essay) {
        let plan = blueprint.essays.iter().find(|plan| levels.contains(&plan.level))?;
        let minutes = plan.minutes?;
        return (!questions).then(|| {
            Told::say(format!("You have {minutes} minutes for the essay."))
                .based_on(Evidence::of(TITLE, format!("essay, {}: minutes = {minutes}", plan.level.as_str())))
        });
    }
    for level in levels {
        let plans: Vec<&SectionPlan> = blueprint
            .of(level)
            .filter(|plan| question.section.is_none_or(|section| plan.section == section))
            .collect();
        if plans.is_empty() {
            continue;
        }
        let count: u32 = plans.iter().map(|plan| if questions { plan.questions } else { plan.minutes }).sum();
        let unit = if questions { "questions" } else { "minutes" };
        let sentence = match question.section {
            Some(section) if questions => {
                format!("At the {}, the {} section has {count} {unit}.", called(level), name(section))
            }
            Some(section) => format!(
                "At the {}, you have {count} {unit} for the {} section.",
                called(level),
                name(section)
            ),
            None if questions => format!(
                "At the {}, the ISEE has {count} questions in {} sections.",
                called(level),
                plans.len()
            ),
            None => format!(
                "At the {}, the sections with questions take {count} minutes together, without the essay and the breaks.",
                called(level)
            ),
        };
        told = told.and(sentence).based_on(Evidence::of(
            TITLE,
            plans
                .iter()
                .map(|plan| {
                    format!(
                        "{} {}: {} questions, {} minutes",
                        level.as_str(),
                        plan.section.as_str(),
                        plan.questions,
                        plan.minutes
                    )
                })
                .collect::<Vec<_>>()
                .join("; "),
        ));
    }
    (!told.sentences.is_empty()).then_some(told)
}
