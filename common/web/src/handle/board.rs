//! The child's board: pairing, the page, its events, and answers by touch.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hyper::StatusCode;
use hyper::header::USER_AGENT;
use iseetutor_learner::profile::Learner;
use iseetutor_views::board::{self as view, BoardPage};
use iseetutor_views::settings;
use iseetutor_views::text::segment;
use tokio::sync::watch;

use super::records::link;
use super::{Failure, Outcome, Visit, wait};
use crate::door::Knock;
use crate::home::{Answer, Board};
use crate::http::{Reply, Trouble};
use crate::random;
use crate::server::{Web, stopped};

/// How often a board that nothing happens on is told so; and how soon one whose pairing ended is closed.
const ALIVE: Duration = Duration::from_secs(15);
/// How long a screen stays paired, in seconds: a year, as far as the browser is asked.
const PAIRED_S: i64 = 31_536_000;

/// The cookie of the board of a child: each has its own, so that a screen can be paired with several.
fn cookie(learner: &str) -> String {
    let digest = random::digest(learner);
    format!("__Host-board-{}", digest.get(..16).unwrap_or_default())
}

/// Whether the screen is paired with the board that the path names.
pub(super) async fn paired(visit: &Visit<'_>) -> Result<bool, Failure> {
    let Some(child) = visit.find_child().await? else { return Ok(false) };
    match visit.asked.cookie(&cookie(&child.id)) {
        Some(token) => Ok(visit.web.door.board(token, &child.id).await),
        None => Ok(false),
    }
}

/// The page that asks for a pairing code; the same whether there is such a child or not.
pub(super) fn ask(visit: &Visit<'_>) -> Reply {
    join_page(visit, None)
}

fn join_page(visit: &Visit<'_>, wrong: Option<&str>) -> Reply {
    let name = visit.named.first().map(String::as_str).unwrap_or_default();
    Reply::page(StatusCode::UNAUTHORIZED, view::join(name, wrong))
}

/// How a board's addresses name a child.
fn place(child: &Learner) -> String {
    child.name.to_lowercase()
}

/// Makes a code for a screen, with a picture of where to go.
pub(super) async fn pair(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let code = visit.web.door.pairing_code(&child.id)?;
    visit.note(format!("made a code to pair a screen with the board of {}", child.name)).await;
    let address = format!("https://{}/board/{}", visit.asked.host, segment(&place(&child)));
    let page = settings::pairing(&visit.parent, &link(&child), &code, &address);
    Ok(Reply::page(StatusCode::OK, page))
}

pub(super) async fn unpair(visit: &Visit<'_>) -> Outcome {
    if !visit.web.door.unpair(visit.form("id")).await? {
        return Err(Trouble::new(
            StatusCode::NOT_FOUND,
            "That screen is not paired any more.",
            "Nothing is left to do.",
        )
        .into());
    }
    visit.note("ended the pairing of a screen").await;
    Ok(Reply::see("/sessions"))
}

pub(super) async fn join(visit: &Visit<'_>) -> Outcome {
    let child = visit.find_child().await?;
    let agent = visit.asked.header(&USER_AGENT).unwrap_or_default();
    let learner = child.as_ref().map(|child| child.id.as_str());
    match (visit.web.door.pair(learner, visit.form("code"), agent).await?, child) {
        (Knock::Open(token), Some(child)) => {
            visit.note(format!("paired a screen with the board of {}", child.name)).await;
            let to = format!("/board/{}", segment(&place(&child)));
            Ok(Reply::see(&to).cookie(&cookie(&child.id), &token, Some(PAIRED_S)))
        }
        (Knock::Wait(seconds), _) => Err(wait(seconds)),
        _ => Ok(join_page(visit, Some("That code does not fit. Make a new one on the parent's page."))),
    }
}

/// The board as it is now; it works without a script, which only keeps it up to date.
pub(super) async fn show(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let board = visit.web.home.board(&child.id).await?.borrow().clone();
    let page = BoardPage { name: &child.name, place: &place(&child), board: &board };
    Ok(Reply::page(StatusCode::OK, view::board(page)))
}

pub(super) async fn answer(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let choice = match visit.form("choice").as_bytes() {
        [letter @ b'A'..=b'D'] => usize::from(letter - b'A'),
        _ => {
            return Err(Trouble::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "That is none of the choices.",
                "Go back, and touch one of them.",
            )
            .into());
        }
    };
    let question = visit.form("question").to_owned();
    visit.web.home.answer(&child.id, Answer { question, choice }).await?;
    if visit.form("quiet").is_empty() {
        Ok(Reply::see(&format!("/board/{}", segment(&place(&child)))))
    } else {
        Ok(Reply::bare(StatusCode::NO_CONTENT))
    }
}

/// One screen that follows.
struct Follower {
    web: Arc<Web>,
    child: Learner,
    boards: watch::Receiver<Arc<Board>>,
    stopping: watch::Receiver<bool>,
    /// By which it is let in: the parent's session, or the screen's token.
    session: Option<String>,
    token: Option<String>,
    step: Step,
    _place: tokio::sync::OwnedSemaphorePermit,
}

#[derive(PartialEq)]
enum Step {
    First,
    Following,
    Over,
}

impl Follower {
    async fn admitted(&self) -> bool {
        if let Some(session) = &self.session
            && self.web.door.session(session).await
        {
            return true;
        }
        match &self.token {
            Some(token) => self.web.door.board(token, &self.child.id).await,
            None => false,
        }
    }

    fn shown(&mut self) -> Bytes {
        let board = self.boards.borrow_and_update().clone();
        let page = BoardPage { name: &self.child.name, place: &place(&self.child), board: &board };
        let html = serde_json::Value::from(view::region(page).into_string()).to_string();
        Bytes::from(format!("event: board\nid: {}\ndata: {html}\n\n", board.number))
    }

    /// The next thing to send; nothing at the end.
    async fn next(&mut self) -> Option<Bytes> {
        match self.step {
            Step::First => {
                self.step = Step::Following;
                let first = self.shown();
                return Some(Bytes::from([&b"retry: 2000\n\n"[..], &first].concat()));
            }
            Step::Over => return None,
            Step::Following => {}
        }
        let changed = tokio::select! {
            // The stop of the server: the browser comes back by itself.
            () = stopped(&mut self.stopping) => return None,
            changed = tokio::time::timeout(ALIVE, self.boards.changed()) => changed,
        };
        if !self.admitted().await {
            self.step = Step::Over;
            return Some(Bytes::from_static(b"event: over\ndata: 0\n\n"));
        }
        match changed {
            Ok(Ok(())) => Some(self.shown()),
            // The household is gone; the browser comes back by itself.
            Ok(Err(_)) => None,
            Err(_) => Some(Bytes::from_static(b": alive\n\n")),
        }
    }
}

/// The board as it is now, and then whenever it changes.
pub(super) async fn events(visit: &Visit<'_>) -> Outcome {
    let child = visit.child().await?;
    let place = Arc::clone(&visit.web.boards).try_acquire_owned().map_err(|_| {
        Trouble::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Enough boards are open already.",
            "Close the board on another screen, and load this one again.",
        )
    })?;
    let token = visit.asked.cookie(&cookie(&child.id)).map(str::to_owned);
    let follower = Follower {
        web: Arc::clone(visit.web),
        boards: visit.web.home.board(&child.id).await?,
        child,
        stopping: visit.line.stopping.clone(),
        session: visit.session.clone(),
        token,
        step: Step::First,
        _place: place,
    };
    let events = futures_util::stream::unfold(follower, |mut follower| async move {
        follower.next().await.map(|bytes| (bytes, follower))
    });
    Ok(Reply::events(Box::pin(events)))
}
