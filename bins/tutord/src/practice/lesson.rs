//! A lesson: three due questions, a skill from its mini-lesson, mixed practice, and a closing, ending on time.

use std::collections::VecDeque;

use iseetutor_curriculum::item::letter;
use iseetutor_curriculum::speech;
use iseetutor_learner::event::What;
use iseetutor_learner::planner::{Choice, Context, LessonPlan};

use super::course::{Manner, Step};
use super::lines;
use crate::school::{Asked, Desk, Kept};

/// A lesson under way.
#[derive(Debug, Clone)]
pub(super) struct Lesson {
    id: String,
    plan: LessonPlan,
    began_ms: i64,
    due: VecDeque<Choice>,
    /// Steps of the mini-lesson that are left, and how many there were.
    steps: VecDeque<Choice>,
    all_steps: usize,
    /// Whether the mixed practice has begun.
    mixed: bool,
    /// Skills with a miss, the latest last.
    missed: Vec<String>,
}

impl Lesson {
    /// A lesson by its plan; nothing if there is none, because the test is over.
    pub(super) fn plan(desk: &Desk, context: &Context) -> Option<Self> {
        let plan = desk.lesson(context)?;
        Some(Self {
            id: crate::store::new_id().to_string(),
            began_ms: desk.now_ms(),
            due: plan.due.clone().into(),
            steps: plan.steps.clone().into(),
            all_steps: plan.steps.len(),
            mixed: false,
            missed: Vec::new(),
            plan,
        })
    }

    /// One sentence of what it will be, and pencil and paper.
    pub(super) fn opening(&self, desk: &mut Desk) -> (Vec<String>, Vec<Kept>) {
        let LessonPlan { minutes, skill, .. } = &self.plan;
        let name = skill.as_deref().and_then(|skill| desk.skill_name(skill)).unwrap_or("a mix of everything");
        let first = match self.due.len() {
            0 => String::new(),
            1 => "one question from before, then ".to_owned(),
            many => format!("{many} questions from before, then "),
        };
        let plan = format!(
            "Here is our plan for {minutes} minutes: {first}{}, and then a mix.",
            name.to_lowercase()
        );
        let started = What::LessonStarted { lesson: self.id.clone(), minutes: *minutes };
        (vec![plan, lines::PENCIL.to_owned()], vec![desk.note(started)])
    }

    /// A question of a skill was missed.
    pub(super) fn missed(&mut self, skill: &str) {
        self.missed.push(skill.to_owned());
    }

    /// Milliseconds from its beginning up to a minute of it.
    fn minute_ms(minutes: u32) -> i64 {
        i64::from(minutes) * 60_000
    }

    /// Whether nothing but the closing is left.
    pub(super) fn is_over(&self, now_ms: i64) -> bool {
        let LessonPlan { minutes, closing_minutes, .. } = self.plan;
        now_ms.saturating_sub(self.began_ms) >= Self::minute_ms(minutes.saturating_sub(closing_minutes))
    }

    pub(super) fn step(&mut self, desk: &mut Desk, context: &Context) -> Step {
        let gone_ms = desk.now_ms().saturating_sub(self.began_ms);
        let LessonPlan { due_minutes, skill_minutes, .. } = self.plan;
        if self.is_over(desk.now_ms()) {
            return self.closing(desk);
        }
        // What takes too long gives way to what comes after it.
        if gone_ms < Self::minute_ms(due_minutes + 2) {
            while let Some(choice) = self.due.pop_front() {
                if let Some(asked) = desk.asked(&choice) {
                    return Step::ask(Some(asked), Manner::Taught);
                }
            }
        }
        if gone_ms < Self::minute_ms(due_minutes + skill_minutes + 3)
            && let Some(step) = self.teach(desk)
        {
            return step;
        }
        let Some(asked) = desk.next(&Context { since_ms: self.began_ms, ..context.clone() }) else {
            return self.closing(desk);
        };
        let before =
            if std::mem::replace(&mut self.mixed, true) { Vec::new() } else { vec![lines::A_MIX.to_owned()] };
        Step::Ask { before, asked: Box::new(asked), manner: Manner::Taught }
    }

    /// The next step of the mini-lesson: one worked, one together, one alone.
    fn teach(&mut self, desk: &Desk) -> Option<Step> {
        let mut before = Vec::new();
        if self.steps.len() == self.all_steps {
            let worked = self.steps.pop_front().and_then(|choice| desk.asked(&choice))?;
            before = self.shown(desk, &worked);
        }
        let together = self.steps.len() + 2 > self.all_steps;
        let asked = self.steps.pop_front().and_then(|choice| desk.asked(&choice))?;
        before.push(if together { lines::TOGETHER } else { lines::ALONE }.to_owned());
        let manner = if together { Manner::Together } else { Manner::Taught };
        Some(Step::Ask { before, asked: Box::new(asked), manner })
    }

    /// The idea, and an example with its solution.
    fn shown(&self, desk: &Desk, example: &Asked) -> Vec<String> {
        let library = desk.library();
        let skill = self.plan.skill.as_deref().unwrap_or_default();
        let authored = library.lessons.iter().find(|lesson| lesson.skill == skill);
        let known = library.skills.iter().find(|one| one.id == skill);
        let mut said = Vec::new();
        if let Some(name) = desk.skill_name(skill) {
            said.push(format!("Now something to learn: {}.", name.to_lowercase()));
        }
        if let Some(lesson) = authored {
            said.extend(lines::sentences(&lesson.idea));
            said.push("Here is an example.".to_owned());
            said.extend(lines::sentences(&lesson.worked));
            return said;
        }
        said.extend(known.map(|one| lines::sentences(&one.idea)).unwrap_or_default());
        said.push("Here is one that I do. Just listen.".to_owned());
        let item = &example.item;
        said.extend(lines::sentences(&item.spoken));
        if let Some(figure) = &item.figure {
            said.extend(lines::sentences(&speech::stem(&figure.description)));
        }
        said.extend(item.solution.iter().flat_map(|step| lines::sentences(&speech::stem(&step.text))));
        let key = item.choices.get(item.key).map_or("", |choice| choice.spoken.trim_end_matches('.'));
        said.push(format!("So the answer is {key}, which was choice {}.", letter(item.key)));
        said
    }

    /// One thing learnt, and one to return to.
    pub(super) fn closing(&mut self, desk: &mut Desk) -> Step {
        let library = desk.library();
        let taught = self.plan.skill.clone().filter(|_| self.steps.len() < self.all_steps);
        let mut sentences = vec!["That's our time.".to_owned()];
        if let Some(skill) = &taught {
            let remember =
                library.skills.iter().find(|one| one.id == *skill).map(|one| one.remember.as_str());
            let remember = remember.or_else(|| {
                library.lessons.iter().find(|one| one.skill == *skill).map(|one| one.remember.as_str())
            });
            if let Some(remember) = remember {
                sentences.push(format!("One thing to take with you: {remember}"));
            }
        }
        let return_to = self.missed.last().cloned();
        if let Some(name) = return_to.as_deref().and_then(|skill| desk.skill_name(skill)) {
            sentences.push(format!("Next time we come back to this: {}.", name.to_lowercase()));
        }
        sentences.push("See you next time.".to_owned());
        let ended = What::LessonEnded { lesson: self.id.clone(), learnt: taught, return_to };
        Step::Over { sentences, keep: vec![desk.note(ended)] }
    }
}
