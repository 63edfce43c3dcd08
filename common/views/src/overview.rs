//! How the children are doing: all of them, one of them, and a week to print.

use std::borrow::Borrow;

use askama::Template;
use iseetutor_curriculum::level::Section;
use iseetutor_learner::mastery::Standing;

use crate::export;
use crate::maths;
use crate::plot;
use crate::shell::{ChildLink, Html, Notice, PageHead, Parent, shell};
use crate::summary::{Accuracy, PaceWord, SkillLine, Span, Summary};
use crate::text::{count, escape, segment};
use crate::when;

/// A figure as it is shown, with a mark by which it is found: part, name and column of the CSV.
fn figure(part: &str, name: &str, column: &str, value: impl Borrow<u32>) -> Html {
    let value = value.borrow();
    Html::trusted(format!(r#"<span data-f="{}|{}|{column}">{value}</span>"#, escape(part), escape(name)))
}

/// A share of right answers with its interval, or that more data is needed.
fn share(part: &str, name: &str, accuracy: impl Borrow<Option<Accuracy>>) -> Html {
    let Some(share) = accuracy.borrow() else {
        return Html::trusted(r#"<span class="tag none">need more data</span>"#.to_owned());
    };
    Html::trusted(format!(
        r#"<span class="number">{}% <span class="quiet small">({} to {})</span></span>"#,
        figure(part, name, "percent", share.percent),
        figure(part, name, "low", share.low),
        figure(part, name, "high", share.high)
    ))
}

fn small_meter(accuracy: impl Borrow<Option<Accuracy>>) -> Html {
    accuracy
        .borrow()
        .as_ref()
        .map_or_else(Html::default, |share| plot::meter(share.percent, share.low, share.high))
}

fn tag(standing: Standing) -> &'static str {
    match standing {
        Standing::NeedMoreData => "none",
        Standing::Weak => "care",
        Standing::Growing => "",
        Standing::Strong => "good",
    }
}

fn pace_tag(pace: PaceWord) -> &'static str {
    match pace {
        PaceWord::NeedMoreData => "none",
        PaceWord::InTime => "good",
        PaceWord::Near => "",
        PaceWord::Slow => "care",
    }
}

fn test_line(summary: &Summary) -> String {
    let Some(left) = summary.days_left else {
        return match summary.test_day {
            Some(_) => "The day of the test is past.".to_owned(),
            None => "No test date is set yet.".to_owned(),
        };
    };
    let day = when::long(summary.today_day + i64::from(left));
    match left {
        0 => "The test is today. Good luck!".to_owned(),
        1 => format!("The test is tomorrow, {day}."),
        _ => format!("{} to the test on {day}.", count(u64::from(left), "day", "days")),
    }
}

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewBody<'a> {
    children: &'a [Summary],
    today: String,
}

/// All children at a glance.
#[must_use]
pub fn overview(parent: &Parent, children: &[Summary], notice: Option<&Notice>) -> String {
    let today = children.first().map_or_else(String::new, |one| when::with_weekday(one.today_day));
    let head = PageHead::parent("Overview", "/", parent).with(notice);
    shell(&head, &Html::of(&OverviewBody { children, today }))
}

/// The pages of a child, in the order of their tabs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Tab {
    Overview,
    Skills,
    Mocks,
    Transcript,
    Report,
    Settings,
}

impl Tab {
    const ALL: [Self; 6] =
        [Self::Overview, Self::Skills, Self::Mocks, Self::Transcript, Self::Report, Self::Settings];

    fn title(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Skills => "Skills",
            Self::Mocks => "Mock tests",
            Self::Transcript => "Conversations",
            Self::Report => "Weekly report",
            Self::Settings => "Settings",
        }
    }

    fn end(self) -> &'static str {
        match self {
            Self::Overview => "",
            Self::Skills => "/skills",
            Self::Mocks => "/mocks",
            Self::Transcript => "/transcript",
            Self::Report => "/report",
            Self::Settings => "/settings",
        }
    }
}

#[derive(Template)]
#[template(path = "tabs.html")]
struct Tabs<'a> {
    name: &'a str,
    /// Address, title, whether it is this one.
    tabs: Vec<(String, &'static str, bool)>,
}

/// The tabs above the pages of a child.
pub(crate) fn tabs(child: &ChildLink, here: Tab) -> Html {
    let tabs = Tab::ALL.into_iter().map(|tab| (child.path() + tab.end(), tab.title(), tab == here)).collect();
    Html::of(&Tabs { name: &child.name, tabs })
}

/// A page of a child.
pub(crate) fn child_page(
    parent: &Parent,
    child: &ChildLink,
    tab: Tab,
    notice: Option<&Notice>,
    body: &Html,
) -> String {
    let title = match tab {
        Tab::Overview => child.name.clone(),
        _ => format!("{}: {}", child.name, tab.title()),
    };
    let here = child.path() + tab.end();
    let body = Html::trusted(format!("{}{body}", tabs(child, tab)));
    shell(&PageHead::parent(&title, &here, parent).with(notice), &body)
}

fn link(summary: &Summary) -> ChildLink {
    ChildLink { id: summary.learner.clone(), name: summary.name.clone() }
}

#[derive(Template)]
#[template(path = "child.html")]
struct ChildBody<'a> {
    summary: &'a Summary,
    test: String,
    accuracy: Html,
    minutes: Html,
    sections: Html,
    words: Html,
    path: String,
}

impl ChildBody<'_> {
    /// The skills that need work, at most five.
    fn hardest(&self) -> Vec<&SkillLine> {
        self.summary.skills.iter().filter(|skill| skill.standing == Standing::Weak).take(5).collect()
    }

    fn goal_percent(&self) -> u32 {
        let goal = self.summary.goal_minutes.max(1);
        (u64::from(self.summary.week.minutes) * 100 / u64::from(goal)).min(100) as u32
    }
}

/// One child.
#[must_use]
pub fn child(parent: &Parent, summary: &Summary, notice: Option<&Notice>) -> String {
    let child = link(summary);
    let body = ChildBody {
        summary,
        test: test_line(summary),
        accuracy: plot::accuracy(&summary.weeks),
        minutes: plot::minutes(&summary.days, summary.goal_minutes),
        sections: plot::sections(&summary.sections),
        words: plot::words(summary.words),
        path: child.path(),
    };
    child_page(parent, &child, Tab::Overview, notice, &Html::of(&body))
}

#[derive(Template)]
#[template(path = "skills.html")]
struct SkillsBody<'a> {
    summary: &'a Summary,
    /// Section, strand, and its skills.
    groups: Vec<(String, Vec<&'a SkillLine>)>,
    path: String,
}

/// All skills of a child.
#[must_use]
pub fn skills(parent: &Parent, summary: &Summary) -> String {
    let child = link(summary);
    let mut groups: Vec<(String, Vec<&SkillLine>)> = Vec::new();
    for section in Section::ALL {
        for skill in summary.skills.iter().filter(|skill| skill.section == section.title()) {
            let name = match &skill.strand {
                Some(strand) => format!("Mathematics: {}", strand.to_lowercase()),
                None => skill.section.clone(),
            };
            match groups.iter_mut().find(|(one, _)| *one == name) {
                Some((_, skills)) => skills.push(skill),
                None => groups.push((name, vec![skill])),
            }
        }
    }
    let body = SkillsBody { summary, groups, path: child.path() };
    child_page(parent, &child, Tab::Skills, None, &Html::of(&body))
}

#[derive(Template)]
#[template(path = "weekly.html")]
struct WeeklyBody<'a> {
    summary: &'a Summary,
    test: String,
    from: String,
    to: String,
    accuracy: Html,
    minutes: Html,
}

impl WeeklyBody<'_> {
    fn last_days(&self) -> &[Span] {
        self.summary.days.get(self.summary.days.len().saturating_sub(7)..).unwrap_or_default()
    }
}

/// The last seven days on a page that prints well.
#[must_use]
pub fn weekly(parent: &Parent, summary: &Summary) -> String {
    let child = link(summary);
    let body = WeeklyBody {
        summary,
        test: test_line(summary),
        from: when::with_weekday(summary.week.from_day),
        to: when::long(summary.today_day),
        accuracy: plot::accuracy(&summary.weeks),
        minutes: plot::minutes(&summary.days, summary.goal_minutes),
    };
    child_page(parent, &child, Tab::Report, None, &Html::of(&body))
}
