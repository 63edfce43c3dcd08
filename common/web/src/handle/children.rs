//! The children: the overview, their profiles, and what can be set for each.

use hyper::StatusCode;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::profile::{Learner, Pace, USUAL_MINUTES};

use iseetutor_views::overview;
use iseetutor_views::summary::{Summary, level_title};

use super::{Failure, Outcome, Visit};
use crate::home::{Child, Kind, Score, Setting};
use crate::http::{Reply, Trouble};
use crate::pages::{esc, field, form, select};
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

fn profile_fields(child: Option<&Learner>) -> String {
    let level = child.map_or(Level::Lower, |child| child.level);
    let pace = child.map_or(Pace::Steady, |child| child.pace);
    let levels: Vec<(String, String)> =
        Level::ALL.iter().map(|level| (level.as_str().to_owned(), level_title(*level).to_owned())).collect();
    let paces = [("calm", "Calm"), ("steady", "Steady"), ("quick", "Quick")]
        .map(|(a, b)| (a.to_owned(), b.to_owned()));
    let minutes = child.map_or(USUAL_MINUTES, |child| child.weekly_minutes).to_string();
    let test_day = child.and_then(|child| child.test_day).map_or_else(String::new, times::date);
    [
        field(
            "Name",
            "name",
            "text",
            child.map_or("", |child| &child.name),
            "required maxlength=\"40\" autocomplete=\"off\"",
        ),
        select("Level", "level", &levels, level.as_str()),
        select("Pace", "pace", &paces, pace_name(pace)),
        field(
            "Minutes a week",
            "weekly_minutes",
            "number",
            &minutes,
            &format!("required min=\"1\" max=\"{MOST_MINUTES}\""),
        ),
        field("Day of the test, if it is known", "test_day", "date", &test_day, ""),
    ]
    .concat()
}

fn pace_name(pace: Pace) -> &'static str {
    match pace {
        Pace::Calm => "calm",
        Pace::Steady => "steady",
        Pace::Quick => "quick",
    }
}

pub(super) async fn list(visit: &Visit<'_>) -> Outcome {
    let mut main = String::new();
    for child in visit.web.home.children().await? {
        main.push_str(&format!(
            "<section><h2>{}</h2>{}<ul><li><a href=\"/child/{id}/settings\">Settings</a></li><li><a href=\"/child/{id}/export\">Load everything on record</a></li>\
             <li><a href=\"/child/{id}/erase\">Erase</a></li></ul></section>",
            esc(&child.name),
            form(&format!("/child/{}", child.id), &visit.csrf(), "Save", &profile_fields(Some(&child))),
            id = esc(&child.id),
        ));
    }
    main.push_str("<section><h2>Add a child</h2><p>Tell your child that you can read what is said here, and agree that it is kept: \
        adding a child says that you consent to it. <a href=\"/privacy\">What is kept</a></p>");
    main.push_str(&form("/children", &visit.csrf(), "Add", &profile_fields(None)));
    main.push_str("</section><p><a href=\"/export\">Load everything on record of all children</a></p>");
    Ok(visit.page("Children", &main))
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

fn input(setting: &Setting) -> String {
    let (label, key, value) = (&setting.label, "value", &setting.value);
    match &setting.kind {
        Kind::Switch => {
            let options = [("on".to_owned(), "On".to_owned()), ("off".to_owned(), "Off".to_owned())];
            select(label, key, &options, value)
        }
        Kind::Number { least, most, unit, optional } => {
            let required = if *optional { "" } else { "required" };
            field(
                &format!("{label} ({unit})"),
                key,
                "number",
                value,
                &format!("min=\"{least}\" max=\"{most}\" {required}"),
            )
        }
        Kind::Time => field(label, key, "time", value, ""),
        Kind::Choice { options } => select(label, key, options, value),
    }
}

pub(super) async fn settings(visit: &Visit<'_>) -> Outcome {
    let learner = visit.child().await?;
    let settings = visit.web.home.settings(&learner.id).await?;
    let action = format!("/child/{}/settings", learner.id);
    let mut main = String::new();
    let mut heading = "";
    for setting in &settings {
        if setting.heading != heading {
            heading = &setting.heading;
            main.push_str(&format!("<h2>{}</h2>", esc(heading)));
        }
        let key = format!("<input type=\"hidden\" name=\"key\" value=\"{}\">", esc(&setting.key));
        let inner = format!("{key}{}<p>{}</p>", input(setting), esc(&setting.help));
        main.push_str(&form(&action, &visit.csrf(), "Save", &inner));
    }
    let sections: Vec<(String, String)> = Section::ALL
        .iter()
        .filter(|section| **section != Section::Essay)
        .map(|section| (section.as_str().to_owned(), section.title().to_owned()))
        .collect();
    let inner = [
        select("Section", "section", &sections, ""),
        field("Day of the test", "day", "date", "", "required"),
        field("Scaled score (760 to 940)", "scaled", "number", "", "min=\"760\" max=\"940\""),
        field("Percentile (1 to 99)", "percentile", "number", "", "min=\"1\" max=\"99\""),
        field("Stanine (1 to 9)", "stanine", "number", "", "min=\"1\" max=\"9\""),
    ]
    .concat();
    main.push_str(
        "<h2>Official scores</h2><p>They are only shown again, and nothing is computed from them.</p>",
    );
    main.push_str(&form(&format!("/child/{}/score", learner.id), &visit.csrf(), "Note it", &inner));
    Ok(visit.page(&format!("Settings of {}", learner.name), &main))
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
