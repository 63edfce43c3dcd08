//! How a child is doing: pages, CSV and JSON from the same report.

use iseetutor_learner::mastery::Standing;

use super::{Outcome, Visit};
use crate::csv::csv;
use crate::home::{Report, Work};
use crate::http::Reply;
use crate::pages::{esc, table};
use crate::times;

const CSV: &str = "text/csv; charset=utf-8";

fn percent(share: f64) -> String {
    format!("{:.0}", 100.0 * share)
}

fn work(work: &Work) -> Vec<String> {
    vec![work.minutes.to_string(), work.answers.to_string(), work.right.to_string()]
}

/// Today and this week.
pub(super) fn today(report: &Report) -> String {
    let row = |name: &str, one: &Work| [vec![name.to_owned()], work(one)].concat();
    table(
        "What was done",
        &["", "Minutes", "Questions by itself", "Right"],
        &[row("Today", &report.today), row("The last seven days", &report.week)],
    )
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::NeedMoreData => "need more data",
        Standing::Weak => "needs work",
        Standing::Growing => "on its way",
        Standing::Strong => "known well",
    }
}

fn sections(report: &Report) -> String {
    let rows: Vec<Vec<String>> = report
        .sections
        .iter()
        .map(|one| {
            let share = if one.enough {
                format!("{:.0} (between {:.0} and {:.0})", one.percent, one.low, one.high)
            } else {
                "need more data".to_owned()
            };
            vec![one.section.title().to_owned(), one.answers.to_string(), one.right.to_string(), share]
        })
        .collect();
    table("Sections", &["Section", "Questions by itself", "Right", "Percent"], &rows)
}

pub(super) async fn child(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let mut main = today(&report) + &sections(&report);
    if !report.misconceptions.is_empty() {
        main.push_str("<h2>What goes wrong most often</h2><ul>");
        for one in &report.misconceptions {
            let samples: String =
                one.samples.iter().map(|sample| format!("<li>{}</li>", esc(sample))).collect();
            main.push_str(&format!("<li>{} ({} times)<ul>{samples}</ul></li>", esc(&one.plain), one.times));
        }
        main.push_str("</ul>");
    }
    main.push_str(&format!(
        "<p>Words and facts: {} known, {} due.</p>",
        report.words_known, report.words_due
    ));
    let id = esc(&child.id);
    main.push_str(&format!(
        "<ul><li><a href=\"/child/{id}/skills\">Skills</a></li><li><a href=\"/child/{id}/mocks\">Mock tests</a></li>\
         <li><a href=\"/child/{id}/transcript\">What was said</a></li><li><a href=\"/child/{id}/report\">Report of the week, to print</a></li>\
         <li><a href=\"/child/{id}/settings\">Settings</a></li><li><a href=\"/child/{id}/days.csv\">Days (CSV)</a></li>\
         <li><a href=\"/child/{id}/report.json\">All figures (JSON)</a></li></ul>{}",
        crate::pages::form(&format!("/child/{}/board", child.id), &visit.csrf(), "Pair a screen with the board", "")
    ));
    Ok(visit.page(&child.name, &main))
}

const SKILLS: [&str; 9] =
    ["Skill", "Section", "Standing", "Percent", "Low", "High", "Answers", "Right", "With help"];

/// The skills as rows; `shown` leaves out percentages that too little is known for, a file has them all.
fn skill_rows(report: &Report, shown: bool) -> Vec<Vec<String>> {
    let row = |one: &crate::home::Skill| {
        let mastery = &one.mastery;
        let figure = |share: f64| if shown && !mastery.enough { String::new() } else { percent(share) };
        vec![
            one.name.clone(),
            one.section.title().to_owned(),
            standing(mastery.standing).to_owned(),
            figure(mastery.p),
            figure(mastery.low),
            figure(mastery.high),
            mastery.answers.to_string(),
            mastery.right.to_string(),
            mastery.helped.to_string(),
        ]
    };
    report.skills.iter().map(row).collect()
}

pub(super) async fn skills(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let main = table("Skills, the weakest first", &SKILLS, &skill_rows(&report, true))
        + &format!("<p><a href=\"/child/{}/skills.csv\">As CSV</a></p>", esc(&child.id));
    Ok(visit.page(&format!("Skills of {}", child.name), &main))
}

/// A file's name for a child's figures.
fn file(name: &str, what: &str, report: &Report) -> String {
    let day = (report.at_ms + report.offset_ms).div_euclid(86_400_000);
    format!("{}-{}-{what}", name.to_lowercase(), times::date(day))
}

pub(super) async fn skills_csv(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let text = csv(&SKILLS, &skill_rows(&report, false));
    Ok(Reply::text(CSV, text).attachment(&file(&child.name, "skills.csv", &report)))
}

const DAYS: [&str; 4] = ["Day", "Minutes", "Questions by itself", "Right"];

fn day_rows(report: &Report) -> Vec<Vec<String>> {
    report.days.iter().map(|one| [vec![times::date(one.day)], work(&one.work)].concat()).collect()
}

pub(super) async fn days_csv(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let text = csv(&DAYS, &day_rows(&report));
    Ok(Reply::text(CSV, text).attachment(&file(&child.name, "days.csv", &report)))
}

pub(super) async fn report_json(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let text = super::records::json(&*report)?;
    Ok(Reply::text("application/json", text).attachment(&file(&child.name, "report.json", &report)))
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
    let main = if report.mocks.is_empty() {
        "<p>There was no mock test yet. It begins when the child says \"let's take a mock test\".</p>"
            .to_owned()
    } else {
        table("Mock tests, question by question", &MOCKS, &mock_rows(&report))
            + &format!("<p><a href=\"/child/{}/mocks.csv\">As CSV</a></p>", esc(&child.id))
    };
    Ok(visit.page(&format!("Mock tests of {}", child.name), &main))
}

pub(super) async fn mocks_csv(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let text = csv(&MOCKS, &mock_rows(&report));
    Ok(Reply::text(CSV, text).attachment(&file(&child.name, "mock-tests.csv", &report)))
}

pub(super) async fn printable(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let report = visit.web.home.report(&child.id).await?;
    let rows = day_rows(&report);
    let week = rows.len().saturating_sub(7);
    let main = format!(
        "<p>{}</p>{}{}{}",
        times::minute(report.at_ms, report.offset_ms),
        today(&report),
        table("Days", &DAYS, &rows[week..]),
        sections(&report)
    );
    Ok(visit.page(&format!("The week of {}", child.name), &main))
}
