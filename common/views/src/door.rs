//! Pages before a parent is signed in: first visit, sign-in, errors, and how to trust the device's certificate.

use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

use crate::shell::{Html, PageHead, Parent, shell};

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorPage<'a> {
    /// The HTTP status.
    pub status: u16,
    /// What went wrong, in a sentence.
    pub what: &'a str,
    /// What can be done about it.
    pub remedy: &'a str,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorBody<'a> {
    heading: &'a str,
    page: ErrorPage<'a>,
}

/// The error page; with the navigation for a parent who is signed in.
#[must_use]
pub fn error(page: ErrorPage<'_>, parent: Option<&Parent>) -> String {
    let heading = match page.status {
        401 | 403 => "This page is closed",
        404 | 410 => "There is no such page",
        413 => "That file is too large",
        429 => "Please wait a moment",
        400..=499 => "That did not work",
        _ => "The tutor could not do this",
    };
    let head =
        parent.map_or_else(|| PageHead::anyone(heading), |parent| PageHead::parent(heading, "", parent));
    shell(&head, &Html::of(&ErrorBody { heading, page }))
}

/// The sign-in page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SignIn<'a> {
    /// The token of the form, for who has no session yet.
    pub csrf: &'a str,
    /// Where to go afterwards; a path of this site, checked by who serves the page.
    pub next: &'a str,
    /// Why the last try failed.
    pub wrong: Option<&'a str>,
    /// Seconds until another try is looked at.
    pub wait_s: Option<u32>,
    /// Whether a passkey is there to be used.
    pub passkey: bool,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInBody<'a> {
    page: SignIn<'a>,
}

/// The sign-in page: POST `/sign-in` with `csrf`, `next` and `passphrase`.
#[must_use]
pub fn sign_in(page: SignIn<'_>) -> String {
    shell(&PageHead::anyone("Sign in"), &Html::of(&SignInBody { page }))
}

/// The shortest passphrase that is taken, in characters.
pub const PASSPHRASE_LEAST: usize = 12;

/// The first visit: setup code and passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FirstVisit<'a> {
    /// The token of the form.
    pub csrf: &'a str,
    /// What is wrong with the setup code.
    pub code_wrong: Option<&'a str>,
    /// What is wrong with the passphrase.
    pub passphrase_wrong: Option<&'a str>,
    /// How to trust the certificate.
    pub trust: Trust<'a>,
}

/// The device's own certificate authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Trust<'a> {
    /// Where the certificate is to be had, in full: it becomes the QR code.
    pub address: &'a str,
    /// The SHA-256 of the certificate, in hexadecimal digits as browsers show it.
    pub fingerprint: &'a str,
}

impl Trust<'_> {
    fn code(&self) -> Html {
        qr(self.address, "QR code of the address where the tutor's certificate is")
    }
}

#[derive(Template)]
#[template(path = "first_visit.html")]
struct FirstVisitBody<'a> {
    page: FirstVisit<'a>,
    least: usize,
    trust: Html,
}

#[derive(Template)]
#[template(path = "trust.html")]
struct TrustBody<'a> {
    trust: Trust<'a>,
    code: Html,
}

#[derive(Template)]
#[template(path = "trust_page.html")]
struct TrustPage {
    trust: Html,
}

fn trust_steps(trust: Trust<'_>) -> Html {
    Html::of(&TrustBody { trust, code: trust.code() })
}

/// The first visit: POST `/setup` with `csrf`, `code`, `passphrase`, `again` and `told` (`yes`).
#[must_use]
pub fn first_visit(page: FirstVisit<'_>) -> String {
    let body = FirstVisitBody { page, least: PASSPHRASE_LEAST, trust: trust_steps(page.trust) };
    shell(&PageHead::anyone("Welcome"), &Html::of(&body))
}

/// The page that explains the certificate by itself, before and after sign-in.
#[must_use]
pub fn trust(trust: Trust<'_>) -> String {
    shell(&PageHead::anyone("Trust this device"), &Html::of(&TrustPage { trust: trust_steps(trust) }))
}

/// A QR code as a picture. Text that is too long for one gives nothing.
#[must_use]
pub fn qr(text: &str, title: &str) -> Html {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return Html::default() };
    let width = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", place % width + 4, place / width + 4));
        }
    }
    let size = width + 8;
    Html::trusted(format!(
        r##"<svg class="qr" viewBox="0 0 {size} {size}" role="img" shape-rendering="crispEdges" aria-label="{}"><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>"##,
        crate::text::escape(title)
    ))
}
