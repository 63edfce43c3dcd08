//! What is on record: what was said, what was done through this page, loading everything, and erasing it.

use std::io::Write;

use hyper::StatusCode;
use iseetutor_learner::profile::Learner;
use serde::Serialize;

use super::{Failure, Outcome, Visit, door};
use crate::home::HomeError;
use crate::http::{Reply, Trouble};
use crate::pages::{esc, field, form, table};
use crate::times;

/// Lines on a page.
const LINES: u32 = 100;

/// Something as JSON.
pub(super) fn json(what: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(what).map_err(|error| {
        HomeError::Unavailable(format!("The figures cannot be written as JSON: {error}."))
    })?)
}

/// The page that is asked for, from 0.
fn skip(visit: &Visit<'_>) -> u32 {
    visit.asked.query.get("page").parse::<u32>().unwrap_or(0).min(1_000_000) * LINES
}

fn earlier(visit: &Visit<'_>, more: bool) -> String {
    let page = skip(visit) / LINES;
    if more { format!("<p><a href=\"?page={}\">Earlier</a></p>", page + 1) } else { String::new() }
}

pub(super) async fn transcript(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let said = visit.web.home.said(&child.id, skip(visit), LINES).await?;
    let offset_ms = times::offset_ms();
    let rows: Vec<Vec<String>> = said
        .lines
        .iter()
        .map(|line| {
            let who = if line.child { child.name.as_str() } else { "The tutor" };
            let sure = if line.child { format!("{:.2}", line.confidence) } else { String::new() };
            let flag = line.flag.clone().unwrap_or_default();
            vec![times::minute(line.at_ms, offset_ms), who.to_owned(), line.text.clone(), sure, flag]
        })
        .collect();
    let main = "<p>What was heard may be misheard: the figure says how sure it is.</p>".to_owned()
        + &table("The latest first", &["When", "Who", "Words", "Sure", "Look at"], &rows)
        + &earlier(visit, said.more);
    Ok(visit.page(&format!("What {} and the tutor said", child.name), &main))
}

pub(super) async fn audit(visit: &Visit<'_>) -> Outcome {
    // One more than is shown tells whether there are earlier ones.
    let mut deeds = visit.web.home.deeds(skip(visit), LINES + 1).await?;
    let more = deeds.len() > LINES as usize;
    deeds.truncate(LINES as usize);
    let offset_ms = times::offset_ms();
    let rows: Vec<Vec<String>> = deeds
        .into_iter()
        .map(|deed| vec![times::minute(deed.at_ms, offset_ms), deed.address, deed.what])
        .collect();
    let main = table("What was done through this page, the latest first", &["When", "From", "What"], &rows)
        + &earlier(visit, more);
    Ok(visit.page("Log", &main))
}

pub(super) async fn device(visit: &Visit<'_>) -> Outcome {
    let rows: Vec<Vec<String>> =
        visit.web.home.health().await?.into_iter().map(|(a, b)| vec![a, b]).collect();
    let erased = visit.web.home.erased().await?;
    let offset_ms = times::offset_ms();
    let proofs: Vec<Vec<String>> = erased
        .into_iter()
        .map(|one| vec![times::minute(one.at_ms, offset_ms), one.learner, one.events.to_string()])
        .collect();
    let main = table("How it is", &["Part", "State"], &rows)
        + &table("What was erased", &["When", "Id", "Events"], &proofs)
        + &super::open::insisting(visit);
    Ok(visit.page("Device", &main))
}

fn erase_page(visit: &Visit<'_>, child: &Learner, wrong: Option<&str>) -> Reply {
    let wrong = wrong.map_or_else(String::new, |wrong| format!("<p role=\"alert\">{}</p>", esc(wrong)));
    let inner = [
        field("The child's name", "name", "text", "", "required autocomplete=\"off\""),
        field("Your passphrase", "passphrase", "password", "", "required autocomplete=\"current-password\""),
    ]
    .concat();
    let main = format!(
        "{wrong}<p>This deletes everything on record of {name}: the profile, every answer, and everything that was said. It cannot be \
         undone. <a href=\"/child/{id}/export\">Load it first</a>, if you may want it later.</p>{}",
        form(&format!("/child/{}/erase", child.id), &visit.csrf(), "Erase it for ever", &inner),
        name = esc(&child.name),
        id = esc(&child.id),
    );
    visit.page(&format!("Erase {}", child.name), &main)
}

pub(super) async fn show_erase(visit: &Visit<'_>) -> Outcome {
    Ok(erase_page(visit, &visit.child().await?, None))
}

pub(super) async fn erase(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let wrong = if visit.form("name").trim().to_lowercase() != child.name.to_lowercase() {
        Some("That is not the child's name. Nothing was erased.")
    } else if !door::confirm(visit).await? {
        Some("That is not the passphrase. Nothing was erased.")
    } else {
        None
    };
    if let Some(wrong) = wrong {
        let mut reply = erase_page(visit, &child, Some(wrong));
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(reply);
    }
    let proof = visit.web.home.erase(&child.id).await?;
    visit.web.door.forget(&child.id).await?;
    // Without the name: it is to be gone.
    visit.note(format!("erased a child: {} events of {}", proof.events, proof.learner)).await;
    let main = format!(
        "<p>Everything on record is gone: {} events of the child with the id <code>{}</code>, on {}. This stays in the list of what was erased, on the device's page; no \
         name is kept there.</p><p><a href=\"/\">To the overview</a></p>",
        proof.events,
        esc(&proof.learner),
        times::minute(proof.at_ms, times::offset_ms()),
    );
    Ok(visit.page("Erased", &main))
}

pub(super) async fn export(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let lines = visit.web.home.export(&child.id).await?;
    visit.note(format!("loaded everything on record of {}", child.name)).await;
    let mut text = lines.join("\n");
    text.push('\n');
    Ok(Reply::text("application/x-ndjson", text).attachment(&format!("{}.jsonl", child.name.to_lowercase())))
}

pub(super) async fn export_all(visit: &Visit<'_>) -> Outcome {
    let home = &visit.web.home;
    let mut files: Vec<(String, String)> = Vec::new();
    for child in home.children().await? {
        files.push((format!("{}/events.jsonl", child.id), home.export(&child.id).await?.join("\n")));
        let report = home.report(&child.id).await?;
        files.push((format!("{}/report.json", child.id), json(&*report)?));
    }
    files.push(("erased.json".to_owned(), json(&home.erased().await?)?));
    files.push(("log.json".to_owned(), json(&home.deeds(0, 100_000).await?)?));
    visit.note("loaded everything on record of all children").await;
    let zipped = tokio::task::spawn_blocking(move || zip(&files)).await;
    match zipped {
        Ok(Ok(bytes)) => Ok(Reply::text("application/zip", bytes).attachment("iseetutor-export.zip")),
        Ok(Err(_)) | Err(_) => Err(Trouble::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The archive cannot be made.",
            "Load the children one by one.",
        )
        .into()),
    }
}

fn zip(files: &[(String, String)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(name.as_str(), zip::write::SimpleFileOptions::default())?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}
