//! Pages as they are put together: everything that is not ours is escaped on its way in.

use hyper::StatusCode;

use iseetutor_views::door::{self, ErrorPage, FirstVisit, SignIn, Trust};
use iseetutor_views::{Html, PageHead, Parent, shell};

use crate::http::{Reply, Trouble};

pub(crate) use iseetutor_views::text::escape as esc;

/// A page of a parent who is signed in.
#[must_use]
pub(crate) fn page(title: &str, here: &str, parent: &Parent, main: &str) -> String {
    let body = Html::trusted(format!("<h1>{}</h1>{main}", esc(title)));
    shell(&PageHead::parent(title, here, parent), &body)
}

/// A page of anybody.
#[must_use]
pub(crate) fn open_page(title: &str, main: &str) -> String {
    let body = Html::trusted(format!("<h1>{}</h1>{main}", esc(title)));
    shell(&PageHead::anyone(title), &body)
}

/// A page that says what is wrong and what mends it.
#[must_use]
pub(crate) fn trouble(trouble: &Trouble) -> Reply {
    let page = ErrorPage { status: trouble.status.as_u16(), what: &trouble.title, remedy: &trouble.remedy };
    Reply::page(trouble.status, door::error(page, None))
}

/// A form of a session; `inner` is markup.
#[must_use]
pub(crate) fn form(action: &str, mark: &str, button: &str, inner: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{}\"><input type=\"hidden\" name=\"mark\" value=\"{}\">{inner}\
         <button>{}</button></form>",
        esc(action),
        esc(mark),
        esc(button)
    )
}

/// The sign-in page.
#[must_use]
pub(crate) fn sign_in(next: &str, wrong: Option<&str>) -> Reply {
    let page = SignIn { next, wrong, ..SignIn::default() };
    Reply::page(StatusCode::UNAUTHORIZED, door::sign_in(page))
}

/// What is wrong on the page of the first visit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wrong<'w> {
    /// With the setup code.
    pub(crate) code: Option<&'w str>,
    /// With the passphrase.
    pub(crate) passphrase: Option<&'w str>,
}

/// The page of the first visit.
#[must_use]
pub(crate) fn setup(status: StatusCode, trust: &(String, String), wrong: Wrong<'_>) -> Reply {
    let trust = Trust { address: &trust.0, fingerprint: &trust.1 };
    let page = FirstVisit { csrf: "", code_wrong: wrong.code, passphrase_wrong: wrong.passphrase, trust };
    Reply::page(status, door::first_visit(page))
}
