//! Every route in one table, with who may take it.

use hyper::Method;

/// Who may take a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody in the house: nothing of a child is behind it.
    Open,
    /// The parent, signed in.
    Parent,
    /// A screen that was paired with the board of the child that the path names, and the parent.
    Board,
}

/// What is behind a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Act {
    Overview,
    ShowSetup,
    SetUp,
    SignIn,
    SignOut,
    Trust,
    Certificate,
    Insist,
    Privacy,
    Static,
    ChangePassphrase,
    Sessions,
    EndSession,
    EndSessions,
    Audit,
    Device,
    Pause,
    ShowInsist,
    Children,
    AddChild,
    ChangeChild,
    Child,
    Skills,
    SkillsCsv,
    ReportJson,
    FiguresCsv,
    Mocks,
    MocksCsv,
    Transcript,
    Printable,
    ShowSettings,
    Set,
    Score,
    ShowErase,
    Erase,
    Export,
    ExportAll,
    Pair,
    Unpair,
    Board,
    Join,
    Events,
    Answer,
}

/// A route.
#[derive(Debug, Clone)]
pub struct Route {
    /// How it is asked; whoever may `GET` may also `HEAD`.
    pub method: Method,
    /// Its path; a part in braces is anything.
    pub path: &'static str,
    /// Who may take it.
    pub access: Access,
    /// What is behind it.
    pub act: Act,
}

const fn get(path: &'static str, access: Access, act: Act) -> Route {
    Route { method: Method::GET, path, access, act }
}

const fn post(path: &'static str, access: Access, act: Act) -> Route {
    Route { method: Method::POST, path, access, act }
}

/// All of them.
pub const ROUTES: &[Route] = &[
    get("/", Access::Parent, Act::Overview),
    get("/setup", Access::Open, Act::ShowSetup),
    post("/setup", Access::Open, Act::SetUp),
    post("/sign-in", Access::Open, Act::SignIn),
    post("/sign-out", Access::Parent, Act::SignOut),
    get("/trust", Access::Open, Act::Trust),
    get("/trust/iseetutor.crt", Access::Open, Act::Certificate),
    post("/trust", Access::Parent, Act::Insist),
    get("/privacy", Access::Open, Act::Privacy),
    get("/static/{file}", Access::Open, Act::Static),
    post("/passphrase", Access::Parent, Act::ChangePassphrase),
    get("/sessions", Access::Parent, Act::Sessions),
    post("/sessions/end", Access::Parent, Act::EndSession),
    post("/sessions/end-all", Access::Parent, Act::EndSessions),
    get("/audit", Access::Parent, Act::Audit),
    get("/device", Access::Parent, Act::Device),
    post("/device/pause", Access::Parent, Act::Pause),
    get("/certificate", Access::Parent, Act::ShowInsist),
    get("/export", Access::Parent, Act::ExportAll),
    get("/children", Access::Parent, Act::Children),
    post("/children", Access::Parent, Act::AddChild),
    get("/child/{child}", Access::Parent, Act::Child),
    post("/child/{child}", Access::Parent, Act::ChangeChild),
    get("/child/{child}/skills", Access::Parent, Act::Skills),
    get("/child/{child}/skills.csv", Access::Parent, Act::SkillsCsv),
    get("/child/{child}/figures.csv", Access::Parent, Act::FiguresCsv),
    get("/child/{child}/report.json", Access::Parent, Act::ReportJson),
    get("/child/{child}/mocks", Access::Parent, Act::Mocks),
    get("/child/{child}/mocks.csv", Access::Parent, Act::MocksCsv),
    get("/child/{child}/transcript", Access::Parent, Act::Transcript),
    get("/child/{child}/report", Access::Parent, Act::Printable),
    get("/child/{child}/settings", Access::Parent, Act::ShowSettings),
    post("/child/{child}/settings", Access::Parent, Act::Set),
    post("/child/{child}/score", Access::Parent, Act::Score),
    get("/child/{child}/erase", Access::Parent, Act::ShowErase),
    post("/child/{child}/erase", Access::Parent, Act::Erase),
    get("/child/{child}/export", Access::Parent, Act::Export),
    post("/child/{child}/board", Access::Parent, Act::Pair),
    post("/boards/end", Access::Parent, Act::Unpair),
    get("/board/{child}", Access::Board, Act::Board),
    post("/board/{child}/join", Access::Open, Act::Join),
    get("/board/{child}/events", Access::Board, Act::Events),
    post("/board/{child}/answer", Access::Board, Act::Answer),
];

/// What was found for a path.
#[derive(Debug)]
pub enum Found<'p> {
    /// A route, and what stands for its braces.
    Route(&'static Route, Vec<&'p str>),
    /// The path is there, not for this method: those that it is there for.
    Method(Vec<&'static str>),
    /// No such path.
    Nothing,
}

/// Finds the route of a path.
#[must_use]
pub fn find<'p>(method: &Method, path: &'p [String]) -> Found<'p> {
    // A reply to HEAD is that to GET without its body.
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let mut others = Vec::new();
    for route in ROUTES {
        let Some(braces) = fits(route.path, path) else { continue };
        if route.method == *method {
            return Found::Route(route, braces);
        }
        others.push(if route.method == Method::GET { "GET" } else { "POST" });
    }
    if others.is_empty() { Found::Nothing } else { Found::Method(others) }
}

fn fits<'p>(pattern: &str, path: &'p [String]) -> Option<Vec<&'p str>> {
    let parts: Vec<&str> = pattern.split('/').skip(1).filter(|part| !part.is_empty()).collect();
    if parts.len() != path.len() {
        return None;
    }
    let mut braces = Vec::new();
    for (part, given) in parts.iter().zip(path) {
        if part.starts_with('{') {
            if given.is_empty() {
                return None;
            }
            braces.push(given.as_str());
        } else if part != given {
            return None;
        }
    }
    Some(braces)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use hyper::Method;

    use super::{Access, Act, Found, ROUTES, find};

    fn act(method: &Method, path: &str) -> Option<(Act, Vec<String>)> {
        let path: Vec<String> =
            path.split('/').skip(1).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        match find(method, &path) {
            Found::Route(route, braces) => Some((route.act, braces.into_iter().map(str::to_owned).collect())),
            _ => None,
        }
    }

    #[test]
    fn paths_lead_where_they_say() {
        assert_eq!(act(&Method::GET, "/"), Some((Act::Overview, vec![])));
        assert_eq!(act(&Method::HEAD, "/child/x"), Some((Act::Child, vec!["x".into()])));
        assert_eq!(act(&Method::POST, "/child/x/erase"), Some((Act::Erase, vec!["x".into()])));
        assert_eq!(act(&Method::GET, "/child"), None);
        assert!(
            matches!(find(&Method::DELETE, &["children".into()]), Found::Method(all) if all == ["GET", "POST"])
        );
    }

    #[test]
    fn no_two_routes_are_one_and_what_changes_is_never_a_get() {
        let mut seen = HashSet::new();
        for route in ROUTES {
            assert!(seen.insert((route.method.clone(), route.path)), "{}", route.path);
        }
        // Whatever is open is listed here, so that nothing becomes it by accident.
        let open: Vec<&str> =
            ROUTES.iter().filter(|one| one.access == Access::Open).map(|one| one.path).collect();
        let known = [
            "/setup",
            "/setup",
            "/sign-in",
            "/trust",
            "/trust/iseetutor.crt",
            "/privacy",
            "/static/{file}",
            "/board/{child}/join",
        ];
        assert_eq!(open, known);
    }
}
