//! How a child is doing: pages, CSV and JSON from the same report.

use hyper::StatusCode;
use iseetutor_learner::profile::Learner;
use iseetutor_views::summary::Summary;
use iseetutor_views::{export, overview, records};

use super::{Failure, Outcome, Visit};
use crate::csv::csv;
use crate::home::Report;
use crate::http::Reply;
use crate::times;

const CSV: &str = "text/csv; charset=utf-8";

async fn summary(visit: &Visit<'_>) -> Result<(Learner, Summary), Failure> {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    Ok((child, Summary::of(&report)))
}

pub(super) async fn child(visit: &Visit<'_>) -> Outcome {
    let (_, summary) = summary(visit).await?;
    Ok(Reply::page(StatusCode::OK, overview::child(&visit.parent, &summary, None)))
}

pub(super) async fn skills(visit: &Visit<'_>) -> Outcome {
    let (_, summary) = summary(visit).await?;
    Ok(Reply::page(StatusCode::OK, overview::skills(&visit.parent, &summary)))
}

pub(super) async fn printable(visit: &Visit<'_>) -> Outcome {
    let (_, summary) = summary(visit).await?;
    Ok(Reply::page(StatusCode::OK, overview::weekly(&visit.parent, &summary)))
}

/// A file's name for a child's figures of a day.
fn file(child: &Learner, day: &str, what: &str) -> String {
    format!("{}-{day}-{what}", child.name.to_lowercase())
}

pub(super) async fn figures_csv(visit: &Visit<'_>) -> Outcome {
    let (child, summary) = summary(visit).await?;
    Ok(Reply::text(CSV, export::csv(&summary)).attachment(&file(&child, &summary.day, "figures.csv")))
}

pub(super) async fn skills_csv(visit: &Visit<'_>) -> Outcome {
    let (child, summary) = summary(visit).await?;
    let rows = export::rows(&summary).into_iter().filter(|row| row.get("part") == "skill");
    let rows: Vec<Vec<String>> = rows.map(|row| row.cells().to_vec()).collect();
    let text = csv(&export::COLUMNS, &rows);
    Ok(Reply::text(CSV, text).attachment(&file(&child, &summary.day, "skills.csv")))
}

pub(super) async fn report_json(visit: &Visit<'_>) -> Outcome {
    let (child, summary) = summary(visit).await?;
    Ok(Reply::text("application/json", summary.json()).attachment(&file(&child, &summary.day, "report.json")))
}

const MOCKS: [&str; 8] =
    ["Mock test", "Begun", "Section", "Question", "Chosen", "Right answer", "Outcome", "Seconds"];

fn mock_rows(report: &Report) -> Vec<Vec<String>> {
    let questions =
        report.mocks.iter().flat_map(|mock| mock.questions.iter().map(move |question| (mock, question)));
    questions
        .map(|(mock, question)| {
            let outcome = match question.chosen {
                None => "skipped",
                Some(chosen) if chosen == question.key => "right",
                Some(_) => "wrong",
            };
            vec![
                mock.section.mock.clone(),
                times::minute(mock.section.started_ms, report.offset_ms),
                mock.section.section.title().to_owned(),
                question.number.to_string(),
                question.chosen.map_or_else(String::new, String::from),
                question.key.to_string(),
                outcome.to_owned(),
                format!("{:.1}", question.seconds),
            ]
        })
        .collect()
}

pub(super) async fn mocks(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    Ok(Reply::page(StatusCode::OK, records::mocks(&visit.parent, &report)))
}

pub(super) async fn mocks_csv(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let text = csv(&MOCKS, &mock_rows(&report));
    let day = times::date((report.at_ms + report.offset_ms).div_euclid(86_400_000));
    Ok(Reply::text(CSV, text).attachment(&file(&child, &day, "mock-tests.csv")))
}
