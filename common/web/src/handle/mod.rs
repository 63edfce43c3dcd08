//! From a request to its reply: guards first, then the route, then who asks, and only then the body and the handler.

mod board;
mod children;
mod door;
mod figures;
mod open;
mod records;

use std::sync::Arc;

use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use hyper::{Method, Request, Response, StatusCode};
use iseetutor_learner::profile::Learner;
use iseetutor_views::{CSRF_FIELD, ChildLink, Parent};

use crate::door::Caller;
use crate::error::WebError;
use crate::home::{Deed, HomeError};
use crate::http::{Asked, Body, Fields, Reply, Trouble, change_is_ours, fetch_is_ours, host_is_ours};
use crate::pages;
use crate::random;
use crate::routes::{Access, Act, Found, find};
use crate::server::{Line, Web};

/// The cookie of the parent's session.
pub(crate) const SESSION: &str = "__Host-session";
/// The cookie by which a browser that signed in is known again.
pub(crate) const DEVICE: &str = "__Host-device";

/// Why there is no reply but a page that says so.
#[derive(Debug)]
pub(crate) enum Failure {
    Trouble(Trouble),
    /// A page of its own, such as the form with what was wrong in it.
    Reply(Box<Reply>),
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<HomeError> for Failure {
    fn from(error: HomeError) -> Self {
        let trouble =
            |status, text: String, remedy: &str| Trouble { status, title: text, remedy: remedy.to_owned() };
        Self::Trouble(match error {
            HomeError::Unknown(what) => trouble(
                StatusCode::NOT_FOUND,
                format!("There is no {what}."),
                "It may have been erased. Go back to the overview.",
            ),
            HomeError::Refused(why) => {
                trouble(StatusCode::UNPROCESSABLE_ENTITY, why, "Go back, change it, and send it again.")
            }
            HomeError::Unavailable(why) => trouble(
                StatusCode::SERVICE_UNAVAILABLE,
                why,
                "Nothing was changed. Try again in a minute; if it stays, look at the device's health.",
            ),
        })
    }
}

impl From<WebError> for Failure {
    fn from(error: WebError) -> Self {
        // The whole of it is for the log; the page shows no paths.
        tracing::error!(%error, "the page cannot keep something");
        Self::Trouble(Trouble::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The device cannot keep that now.",
            "Try again in a minute; if it stays, look at the device's health: its disk may be full.",
        ))
    }
}

pub(crate) type Outcome = Result<Reply, Failure>;

/// A request with everything that its handler needs.
pub(crate) struct Visit<'w> {
    pub(crate) web: &'w Arc<Web>,
    pub(crate) line: &'w Line,
    pub(crate) asked: Asked,
    /// What stands for the braces of the route.
    pub(crate) named: Vec<String>,
    /// The token of the parent's session, if it is alive.
    pub(crate) session: Option<String>,
    /// For the navigation of a parent who is signed in.
    pub(crate) parent: Parent,
}

impl Visit<'_> {
    /// What forms of this session bear.
    pub(crate) fn csrf(&self) -> String {
        self.session.as_deref().map_or_else(String::new, csrf)
    }

    pub(crate) fn form(&self, name: &str) -> &str {
        self.asked.form.get(name)
    }

    pub(crate) fn caller(&self) -> Caller {
        Caller {
            device: self.asked.cookie(DEVICE).map(str::to_owned),
            address: self.asked.peer.to_string(),
            agent: self.asked.header(&USER_AGENT).unwrap_or_default().to_owned(),
        }
    }

    /// Keeps what was done. It was done all the same if that cannot be kept.
    pub(crate) async fn note(&self, what: impl Into<String>) {
        let at_ms = (self.web.clock)();
        let deed = Deed { at_ms, address: self.asked.peer.to_string(), what: what.into() };
        if let Err(error) = self.web.home.note(deed).await {
            tracing::warn!(%error, "what was done through the page is not in its log");
        }
    }

    /// The child that the path names, by its id or its name.
    pub(crate) async fn child(&self) -> Result<Learner, Failure> {
        Ok(self.find_child().await?.ok_or_else(|| HomeError::Unknown("such child".to_owned()))?)
    }

    pub(crate) async fn find_child(&self) -> Result<Option<Learner>, Failure> {
        let wanted = self.named.first().map(String::as_str).unwrap_or_default();
        let children = self.web.home.children().await?;
        let found = children.iter().find(|one| one.id == wanted);
        let found =
            found.or_else(|| children.iter().find(|one| one.name.to_lowercase() == wanted.to_lowercase()));
        Ok(found.cloned())
    }

    /// A page of the parent's.
    pub(crate) fn page(&self, title: &str, main: &str) -> Reply {
        Reply::page(StatusCode::OK, pages::page(title, &self.asked.path_text(), &self.parent, main))
    }
}

/// The mark that forms of a session bear; it says nothing of the token.
fn csrf(session: &str) -> String {
    random::digest(&format!("form {session}"))
}

/// Replies to a request.
pub(crate) async fn handle(web: &Arc<Web>, line: &Line, request: Request<Incoming>) -> Response<Body> {
    let named = web.leaves.names();
    let local = line.local.ip().to_string();
    let ours: Vec<String> = named.iter().cloned().chain([local]).collect();
    let (head, body) = request.into_parts();
    let host = host_is_ours(&head.uri, &head.headers, &ours, line.local.port());
    // Browsers hold on to insisting by name, and never for an address.
    let by_name =
        host.as_deref().is_some_and(|host| named.iter().any(|one| host.split(':').next() == Some(one)));
    let insist = by_name && web.door.insists();
    let Some(host) = host else {
        let trouble = Trouble::new(
            StatusCode::MISDIRECTED_REQUEST,
            "That is not a name of this device.",
            &format!("Open https://{} instead.", crate::tls::NAME),
        );
        return pages::trouble(&trouble).send(false);
    };
    let Some(asked) = Asked::new(head.method, &head.uri, head.headers, host, line.peer) else {
        let trouble = Trouble::new(
            StatusCode::BAD_REQUEST,
            "That address cannot be read.",
            "See that it was copied whole, or begin at the overview.",
        );
        return pages::trouble(&trouble).send(insist);
    };
    let outcome = route(web, line, asked, body).await;
    let reply = match outcome {
        Ok(reply) => reply,
        Err(Failure::Reply(reply)) => *reply,
        Err(Failure::Trouble(trouble)) => pages::trouble(&trouble),
    };
    reply.send(insist)
}

async fn route(web: &Arc<Web>, line: &Line, mut asked: Asked, body: Incoming) -> Outcome {
    let (route, named) = match find(&asked.method, &asked.path) {
        Found::Route(route, named) => (route, named.into_iter().map(str::to_owned).collect()),
        Found::Nothing => {
            return Err(Trouble::new(
                StatusCode::NOT_FOUND,
                "There is no such page.",
                "See that the address was copied whole, or begin at the overview.",
            )
            .into());
        }
        Found::Method(allowed) => {
            let trouble = Trouble::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "That page cannot be asked in this way.",
                "Go back, and use the buttons of the page.",
            );
            let reply = pages::trouble(&trouble).header(ALLOW, &allowed.join(", "));
            return Err(Failure::Reply(Box::new(reply)));
        }
    };
    let changes = route.method != Method::GET;
    let ours =
        if changes { change_is_ours(&asked.headers, &asked.host) } else { fetch_is_ours(&asked.headers) };
    if !ours {
        return Err(Trouble::new(
            StatusCode::FORBIDDEN,
            "Another page tried to do that with your browser, and it was not done.",
            "Open this device's page by itself, and use its own buttons. A browser from before 2023 may be too old for it.",
        )
        .into());
    }
    let session = match asked.cookie(SESSION) {
        Some(token) if web.door.session(token).await => Some(token.to_owned()),
        _ => None,
    };
    if route.access == Access::Parent && session.is_none() {
        return Err(Failure::Reply(Box::new(door::ask(web, &asked))));
    }
    let mut parent = Parent::default();
    if let Some(session) = &session {
        parent.csrf = csrf(session);
        // A page that needs the children says why they cannot be had; the others do without them.
        let children = web.home.children().await.unwrap_or_default();
        parent.children = children.into_iter().map(|one| ChildLink { id: one.id, name: one.name }).collect();
    }
    let mut visit = Visit { web, line, asked: asked.clone(), named, session, parent };
    if route.access == Access::Board && visit.session.is_none() && !board::paired(&visit).await? {
        return Err(Failure::Reply(Box::new(board::ask(&visit))));
    }
    if changes {
        asked.form = form(web, &asked, body).await?;
        // Forms of a session bear its mark, besides what the browser says of where they come from.
        if let Some(session) = visit.session.as_deref().filter(|_| route.access == Access::Parent)
            && !random::same(asked.form.get(CSRF_FIELD), &csrf(session))
        {
            return Err(Trouble::new(
                StatusCode::FORBIDDEN,
                "That form is from before you signed in.",
                "Go back, load the page again, and send it once more.",
            )
            .into());
        }
        visit.asked = asked;
    }
    act(route.act, &visit).await
}

/// Reads the form that was sent.
async fn form(web: &Arc<Web>, asked: &Asked, body: Incoming) -> Result<Fields, Failure> {
    let limits = &web.config.limits;
    let kind = asked.header(&CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind != "application/x-www-form-urlencoded" {
        return Err(Trouble::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "Only forms of this page can be sent.",
            "Go back, and use the page's own buttons.",
        )
        .into());
    }
    let whole = tokio::time::timeout(limits.body, Limited::new(body, limits.form).collect()).await;
    let bytes = match whole {
        Ok(Ok(whole)) => whole.to_bytes(),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            return Err(Trouble::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "That is more than this form can hold.",
                "Go back, make it shorter, and send it again.",
            )
            .into());
        }
        Ok(Err(_)) => {
            return Err(
                Trouble::new(StatusCode::BAD_REQUEST, "The form came in pieces.", "Send it again.").into()
            );
        }
        Err(_) => {
            return Err(Trouble::new(
                StatusCode::REQUEST_TIMEOUT,
                "The form took too long to come.",
                "See that the network is well, and send it again.",
            )
            .into());
        }
    };
    Fields::parse(&bytes).ok_or_else(|| {
        Trouble::new(StatusCode::BAD_REQUEST, "The form cannot be read.", "Go back, and send it again.")
            .into()
    })
}

/// Too many guesses; the next is looked at after some seconds.
pub(crate) fn wait(seconds: u64) -> Failure {
    let trouble = Trouble::new(
        StatusCode::TOO_MANY_REQUESTS,
        "There were too many wrong tries.",
        &format!(
            "Wait {seconds} s, and try again. If you forgot the passphrase, run on the device: tutorctl parent reset"
        ),
    );
    Failure::Reply(Box::new(pages::trouble(&trouble).header(RETRY_AFTER, &seconds.to_string())))
}

async fn act(act: Act, visit: &Visit<'_>) -> Outcome {
    match act {
        Act::Overview => children::overview(visit).await,
        Act::ShowSetup => door::show_setup(visit),
        Act::SetUp => door::set_up(visit).await,
        Act::SignIn => door::sign_in(visit).await,
        Act::SignOut => door::sign_out(visit).await,
        Act::Trust => open::trust(visit),
        Act::Certificate => open::certificate(visit),
        Act::Insist => open::insist(visit).await,
        Act::Privacy => open::privacy(visit),
        Act::Static => open::asset(visit),
        Act::ChangePassphrase => door::change_passphrase(visit).await,
        Act::Sessions => door::sessions(visit).await,
        Act::EndSession => door::end_session(visit).await,
        Act::EndSessions => door::end_sessions(visit).await,
        Act::Audit => records::audit(visit).await,
        Act::Pause => records::pause(visit).await,
        Act::ShowInsist => open::show_insist(visit),
        Act::Device => records::device(visit).await,
        Act::Children => children::list(visit).await,
        Act::AddChild => children::add(visit).await,
        Act::ChangeChild => children::change(visit).await,
        Act::Child => figures::child(visit).await,
        Act::Skills => figures::skills(visit).await,
        Act::SkillsCsv => figures::skills_csv(visit).await,
        Act::FiguresCsv => figures::figures_csv(visit).await,
        Act::ReportJson => figures::report_json(visit).await,
        Act::Mocks => figures::mocks(visit).await,
        Act::MocksCsv => figures::mocks_csv(visit).await,
        Act::Printable => figures::printable(visit).await,
        Act::Transcript => records::transcript(visit).await,
        Act::ShowSettings => children::show_settings(visit).await,
        Act::Set => children::set(visit).await,
        Act::Score => children::score(visit).await,
        Act::ShowErase => records::show_erase(visit).await,
        Act::Erase => records::erase(visit).await,
        Act::Export => records::export(visit).await,
        Act::ExportAll => records::export_all(visit).await,
        Act::Pair => board::pair(visit).await,
        Act::Unpair => board::unpair(visit).await,
        Act::Board => board::show(visit).await,
        Act::Join => board::join(visit).await,
        Act::Events => board::events(visit).await,
        Act::Answer => board::answer(visit).await,
    }
}
