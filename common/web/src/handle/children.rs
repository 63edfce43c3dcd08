//! The children: the overview, their profiles, and what can be set for each.

use hyper::StatusCode;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::profile::{Pace, USUAL_MINUTES};

use iseetutor_views::summary::Summary;
use iseetutor_views::{overview, settings};

use super::records::link;
use super::{Failure, Outcome, Visit};
use crate::home::{Child, Score};
use crate::http::{Reply, Trouble};
use crate::times;

/// Most minutes a week that can be a goal: six hours a day.
const MOST_MINUTES: u32 = 2_520;

fn unfit(what: &str, remedy: &str) -> Failure {
    Trouble::new(StatusCode::UNPROCESSABLE_ENTITY, what, remedy).into()
}

pub(super) async fn overview(visit: &Visit<'_>) -> Outcome {
    let mut children = Vec::new();
    for child in visit.web.home.children().await? {
        children.push(Summary::of(&*visit.web.home.report(&child.id).await?));
    }
    Ok(Reply::page(StatusCode::OK, overview::overview(&visit.parent, &children, None)))
}

pub(super) async fn list(visit: &Visit<'_>) -> Outcome {
    let children = visit.web.home.children().await?;
    Ok(Reply::page(StatusCode::OK, settings::children(&visit.parent, &children, None)))
}

fn described(visit: &Visit<'_>) -> Result<Child, Failure> {
    let name = visit.form("name").split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > 40 {
        return Err(unfit("A name has 1 to 40 characters.", "Go back, and give one that the tutor can say."));
    }
    let level = visit.form("level").parse::<Level>();
    let level = level.map_err(|error| unfit(&format!("{error}."), "Go back, and choose a level."))?;
    let pace = match visit.form("pace") {
        "calm" => Pace::Calm,
        "steady" | "" => Pace::Steady,
        "quick" => Pace::Quick,
        _ => return Err(unfit("There is no such pace.", "Go back, and choose calm, steady or quick.")),
    };
    let weekly_minutes = match visit.form("weekly_minutes") {
        "" => USUAL_MINUTES,
        told => {
            told.parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes)).ok_or_else(|| {
                unfit(
                    &format!("Minutes a week are 1 to {MOST_MINUTES}."),
                    "Go back, and give a number of them.",
                )
            })?
        }
    };
    let test_day = match visit.form("test_day") {
        "" => None,
        told => Some(times::day(told).ok_or_else(|| {
            unfit(
                "The day of the test is a date such as 2027-01-30.",
                "Go back, and choose one, or leave it empty.",
            )
        })?),
    };
    Ok(Child { name, level, pace, weekly_minutes, test_day })
}

pub(super) async fn add(visit: &Visit<'_>) -> Outcome {
    if visit.form("told") != "yes" {
        return Err(unfit(
            "A child is added only with the consent of a parent or guardian, and knows that parents can read along.",
            "Go back, and tick that you agree and that you told your child.",
        ));
    }
    let child = visit.web.home.add(described(visit)?).await?;
    visit.note(format!("added {} with consent to what is kept", child.name)).await;
    Ok(Reply::see("/children"))
}

pub(super) async fn change(visit: &Visit<'_>) -> Outcome {
    let learner = visit.child().await?;
    let child = described(visit)?;
    let now = child.name.clone();
    visit.web.home.change(&learner.id, child).await?;
    visit.note(format!("changed the profile of {} ({now})", learner.name)).await;
    Ok(Reply::see("/children"))
}

pub(super) async fn show_settings(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let all = visit.web.home.settings(&child.id).await?;
    Ok(Reply::page(StatusCode::OK, settings::settings(&visit.parent, &link(&child), &all, None)))
}

pub(super) async fn set(visit: &Visit<'_>) -> Outcome {
    let learner = visit.child().await?;
    let settings = visit.web.home.settings(&learner.id).await?;
    let setting = settings.iter().find(|one| one.key == visit.form("key"));
    let setting =
        setting.ok_or_else(|| unfit("There is no such setting.", "Go back, and load the page again."))?;
    let value = setting.kind.read(visit.form("value")).ok_or_else(|| {
        unfit(
            &format!("That cannot be set for: {}.", setting.label),
            "Go back, and choose what the page offers.",
        )
    })?;
    visit.web.home.set(&learner.id, &setting.key, &value).await?;
    visit
        .note(format!("set for {}: {} from '{}' to '{value}'", learner.name, setting.label, setting.value))
        .await;
    Ok(Reply::see(&format!("/child/{}/settings", learner.id)))
}

fn number<T: std::str::FromStr + PartialOrd>(
    visit: &Visit<'_>,
    name: &str,
    least: T,
    most: T,
) -> Result<Option<T>, Failure> {
    match visit.form(name) {
        "" => Ok(None),
        told => match told.parse::<T>() {
            Ok(number) if number >= least && number <= most => Ok(Some(number)),
            _ => Err(unfit(&format!("That is no {name}."), "Go back, and copy it from the report.")),
        },
    }
}

pub(super) async fn score(visit: &Visit<'_>) -> Outcome {
    let learner = visit.child().await?;
    let section = visit.form("section").parse::<Section>();
    let section = section.map_err(|error| unfit(&format!("{error}."), "Go back, and choose a section."))?;
    let day = times::day(visit.form("day"))
        .ok_or_else(|| unfit("The day is a date such as 2027-01-30.", "Go back, and choose one."))?;
    let score = Score {
        section,
        day,
        scaled: number(visit, "scaled", 760, 940)?,
        percentile: number(visit, "percentile", 1, 99)?,
        stanine: number(visit, "stanine", 1, 9)?,
    };
    if (score.scaled, score.percentile, score.stanine) == (None, None, None) {
        return Err(unfit(
            "There is no score in that.",
            "Go back, and copy at least one number from the report.",
        ));
    }
    visit.web.home.score(&learner.id, score).await?;
    visit.note(format!("noted an official score of {}", learner.name)).await;
    Ok(Reply::see(&format!("/child/{}", learner.id)))
}
