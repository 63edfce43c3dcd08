//! Coming in and going out.

use std::sync::Arc;

use hyper::{Method, StatusCode};
use iseetutor_views::records::{self, Guest};
use iseetutor_views::{Notice, Tone};

use super::open::authority;
use super::{DEVICE, Failure, Outcome, SESSION, Visit, wait};
use crate::door::{ABSOLUTE_MS, Entry, Knock, fit};
use crate::http::{Asked, Reply, Trouble};
use crate::pages::{self, Wrong};
use crate::routes::{Access, Found, find};
use crate::server::Web;

/// How long a browser is known, in seconds: a year.
const KNOWN_S: i64 = 31_536_000;

/// What somebody gets who is not signed in: the page to sign in, or the one of the first visit.
pub(super) fn ask(web: &Arc<Web>, asked: &Asked) -> Reply {
    if web.door.is_set_up() {
        let next = if asked.method == Method::GET { asked.path_text() } else { "/".to_owned() };
        pages::sign_in(&next, None)
    } else {
        pages::setup(StatusCode::UNAUTHORIZED, &authority(web, asked), Wrong::default())
    }
}

pub(super) fn show_setup(visit: &Visit<'_>) -> Outcome {
    if visit.web.door.is_set_up() {
        return Ok(Reply::see("/"));
    }
    Ok(pages::setup(StatusCode::OK, &authority(visit.web, &visit.asked), Wrong::default()))
}

fn welcome(entry: &Entry, to: &str) -> Reply {
    Reply::see(to).cookie(SESSION, &entry.session, Some(ABSOLUTE_MS / 1_000)).cookie(
        DEVICE,
        &entry.device,
        Some(KNOWN_S),
    )
}

fn taken() -> Failure {
    Trouble::new(
        StatusCode::CONFLICT,
        "This device is set up already.",
        "Sign in with the passphrase. If nobody of you set one, run on the device: tutorctl parent reset",
    )
    .into()
}

pub(super) async fn set_up(visit: &Visit<'_>) -> Outcome {
    let door = &visit.web.door;
    if door.is_set_up() {
        return Err(taken());
    }
    let trust = authority(visit.web, &visit.asked);
    if visit.form("told") != "yes" {
        return Err(Trouble::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Children have to know that their parents can read what they say to the tutor.",
            "Go back, and tick that you will tell them.",
        )
        .into());
    }
    let passphrase = visit.form("passphrase");
    // Before the code is looked at: it costs no try.
    let unfit = match fit(passphrase) {
        Err(unfit) => Some(unfit.to_string()),
        Ok(()) if passphrase != visit.form("again") => {
            Some("The two passphrases differ; type both again.".to_owned())
        }
        Ok(()) => None,
    };
    if let Some(unfit) = unfit {
        let wrong = Wrong { passphrase: Some(&unfit), code: None };
        return Ok(pages::setup(StatusCode::UNPROCESSABLE_ENTITY, &trust, wrong));
    }
    match door.set_up(visit.form("code"), passphrase, &visit.caller()).await? {
        Knock::Open(entry) => {
            visit.note("the passphrase was set with the setup code, and that the children will be told was agreed to").await;
            Ok(welcome(&entry, "/trust"))
        }
        Knock::Wrong => {
            visit.note("a wrong setup code was tried").await;
            let wrong =
                "That is not the setup code, or it is older than an hour. Show it again on the device.";
            let wrong = Wrong { code: Some(wrong), passphrase: None };
            Ok(pages::setup(StatusCode::UNAUTHORIZED, &trust, wrong))
        }
        Knock::Wait(seconds) => Err(wait(seconds)),
        Knock::Closed => Err(taken()),
    }
}

pub(super) async fn sign_in(visit: &Visit<'_>) -> Outcome {
    let next = next(visit.form("next"));
    match visit.web.door.sign_in(visit.form("passphrase"), &visit.caller()).await? {
        Knock::Open(entry) => {
            if let Some(old) = &visit.session {
                visit.web.door.sign_out(old).await?;
            }
            visit.note("signed in").await;
            Ok(welcome(&entry, next))
        }
        Knock::Wrong => {
            visit.note("a wrong passphrase was tried").await;
            Ok(pages::sign_in(next, Some("That is not the passphrase.")))
        }
        Knock::Wait(seconds) => Err(wait(seconds)),
        Knock::Closed => {
            let trust = authority(visit.web, &visit.asked);
            Ok(pages::setup(StatusCode::UNAUTHORIZED, &trust, Wrong::default()))
        }
    }
}

/// Where to go after signing in: a page of ours, or the overview.
fn next(path: &str) -> &str {
    let plain =
        path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.'));
    let parts: Vec<String> =
        path.split('/').skip(1).filter(|part| !part.is_empty()).map(str::to_owned).collect();
    match find(&Method::GET, &parts) {
        Found::Route(route, _)
            if plain
                && path.starts_with('/')
                && !path.starts_with("//")
                && route.access == Access::Parent =>
        {
            path
        }
        _ => "/",
    }
}

pub(super) async fn sign_out(visit: &Visit<'_>) -> Outcome {
    if let Some(session) = &visit.session {
        visit.web.door.sign_out(session).await?;
    }
    visit.note("signed out").await;
    // Nothing of what was shown stays in the browser.
    let clear = hyper::header::HeaderName::from_static("clear-site-data");
    Ok(Reply::see("/").cookie(SESSION, "", Some(0)).header(clear, "\"cache\", \"storage\""))
}

/// Asks for the passphrase again before something that cannot be undone.
pub(super) async fn confirm(visit: &Visit<'_>) -> Result<bool, Failure> {
    let caller = visit.caller();
    match visit.web.door.confirm(visit.form("passphrase"), caller.device.as_deref()).await? {
        Knock::Open(()) => Ok(true),
        Knock::Wrong | Knock::Closed => {
            visit.note("a wrong passphrase was tried").await;
            Ok(false)
        }
        Knock::Wait(seconds) => Err(wait(seconds)),
    }
}

pub(super) async fn change_passphrase(visit: &Visit<'_>) -> Outcome {
    let new = visit.form("new");
    let unfit = match fit(new) {
        Err(unfit) => Some(unfit.to_string()),
        Ok(()) if new != visit.form("again") => {
            Some("The two new passphrases differ; type both again.".to_owned())
        }
        Ok(()) if !confirm(visit).await? => Some("That is not the passphrase you have.".to_owned()),
        Ok(()) => None,
    };
    if let Some(text) = unfit {
        let mut reply = listed(visit, Some(Notice { tone: Tone::Bad, text })).await?;
        reply.status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(reply);
    }
    visit.web.door.change(new, visit.session.as_deref().unwrap_or_default()).await?;
    visit.note("the passphrase was changed").await;
    Ok(Reply::see("/sessions"))
}

pub(super) async fn sessions(visit: &Visit<'_>) -> Outcome {
    listed(visit, None).await
}

/// Who is signed in, and which screens are paired.
async fn listed(visit: &Visit<'_>, notice: Option<Notice>) -> Outcome {
    let sessions = visit.web.door.sessions(visit.session.as_deref().unwrap_or_default());
    let mut guests: Vec<Guest> = sessions
        .into_iter()
        .map(|one| Guest {
            id: one.id,
            agent: format!("{}, from {}", one.agent, one.address),
            since_ms: one.made_ms,
            last_ms: one.used_ms,
            this_one: one.own,
            board_of: None,
        })
        .collect();
    let children = visit.web.home.children().await?;
    let name = |learner: &str| children.iter().find(|one| one.id == learner).map(|one| one.name.clone());
    guests.extend(visit.web.door.boards().into_iter().map(|one| Guest {
        board_of: Some(name(&one.learner).unwrap_or_default()),
        id: one.id,
        agent: one.agent,
        since_ms: one.made_ms,
        last_ms: one.used_ms,
        this_one: false,
    }));
    let page = records::sessions(&visit.parent, &guests, crate::times::offset_ms(), notice.as_ref());
    Ok(Reply::page(StatusCode::OK, page))
}

pub(super) async fn end_session(visit: &Visit<'_>) -> Outcome {
    if !visit.web.door.end(visit.form("id")).await? {
        return Err(Trouble::new(
            StatusCode::NOT_FOUND,
            "That session is over already.",
            "Nothing is left to do.",
        )
        .into());
    }
    visit.note("ended a session").await;
    Ok(Reply::see("/sessions"))
}

pub(super) async fn end_sessions(visit: &Visit<'_>) -> Outcome {
    visit.web.door.end_all().await?;
    visit.note("ended all sessions").await;
    Ok(Reply::see("/").cookie(SESSION, "", Some(0)).cookie(DEVICE, "", Some(0)))
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn after_signing_in_nobody_is_sent_elsewhere() {
        for path in ["/", "/child/0197-a/skills", "/audit"] {
            assert_eq!(next(path), path);
        }
        for path in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/sign-out",
            "/static/x",
            "/nowhere",
            "/%2f",
            "child",
        ] {
            assert_eq!(next(path), "/", "{path}");
        }
    }
}
