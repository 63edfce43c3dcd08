//! What is on record: what was said, what was done through this page, loading everything, and erasing it.

use std::io::Write;

use hyper::StatusCode;
use iseetutor_learner::profile::Learner;
use iseetutor_views::{ChildLink, records, settings};
use serde::Serialize;

use super::{Failure, Outcome, Visit, door};
use crate::home::HomeError;
use crate::http::{Reply, Trouble};
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

pub(super) async fn transcript(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let said = visit.web.home.said(&child.id, skip(visit), LINES).await?;
    let page = skip(visit) / LINES;
    let html = records::transcript(&visit.parent, &link(&child), &said, page, times::offset_ms());
    Ok(Reply::page(StatusCode::OK, html))
}

pub(super) async fn audit(visit: &Visit<'_>) -> Outcome {
    // One more than is shown tells whether there are earlier ones.
    let mut deeds = visit.web.home.deeds(skip(visit), LINES + 1).await?;
    let more = deeds.len() > LINES as usize;
    deeds.truncate(LINES as usize);
    let html = records::audit(&visit.parent, &deeds, skip(visit) / LINES, more, times::offset_ms());
    Ok(Reply::page(StatusCode::OK, html))
}

pub(super) async fn device(visit: &Visit<'_>) -> Outcome {
    let home = &visit.web.home;
    let (parts, paused, proofs) = (home.health().await?, home.paused().await?, home.erased().await?);
    // Nothing that leaves the house can be turned on yet.
    let html = settings::device(&visit.parent, &parts, paused, &[], &proofs, times::offset_ms(), None);
    Ok(Reply::page(StatusCode::OK, html))
}

pub(super) async fn pause(visit: &Visit<'_>) -> Outcome {
    let pause = match visit.form("value") {
        "on" => true,
        "off" => false,
        _ => {
            return Err(
                Trouble::new(StatusCode::BAD_REQUEST, "On or off?", "Go back, and use the button.").into()
            );
        }
    };
    visit.web.home.pause(pause).await?;
    visit.note(if pause { "paused the tutor" } else { "let the tutor go on" }).await;
    Ok(Reply::see("/device"))
}

/// A child as the navigation has it.
pub(super) fn link(child: &Learner) -> ChildLink {
    ChildLink { id: child.id.clone(), name: child.name.clone() }
}

fn erase_page(visit: &Visit<'_>, child: &Learner, wrong: Option<&str>) -> Reply {
    Reply::page(StatusCode::OK, settings::erase(&visit.parent, &link(child), wrong))
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
    // The child is not among those of the navigation any more.
    let mut parent = visit.parent.clone();
    parent.children.retain(|one| one.id != child.id);
    Ok(Reply::page(StatusCode::OK, settings::erased(&parent, &proof, times::offset_ms())))
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
