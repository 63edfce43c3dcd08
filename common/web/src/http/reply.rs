//! A reply, with the headers that every one of them bears.

use bytes::Bytes;
use hyper::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, LOCATION, REFERRER_POLICY, SET_COOKIE, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use hyper::{Response, StatusCode};

use super::body::{Body, Events};

/// Nothing but what this server serves, no script or style within a page, no frames, no forms to elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
     connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/// What no page of ours uses.
const PERMISSIONS: &str = "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), \
     microphone=(), payment=(), usb=(), interest-cohort=()";
/// A year, as browsers insist on a trusted certificate once the parent said that it is.
const INSIST: &str = "max-age=31536000";

/// A reply.
#[derive(Debug)]
pub struct Reply {
    /// How it went.
    pub status: StatusCode,
    headers: HeaderMap,
    body: Body,
}

/// Why something cannot be done, to be shown as a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// How it went.
    pub status: StatusCode,
    /// What it is.
    pub title: String,
    /// What mends it.
    pub remedy: String,
}

impl Trouble {
    /// A trouble with its remedy.
    #[must_use]
    pub fn new(status: StatusCode, title: &str, remedy: &str) -> Self {
        Self { status, title: title.to_owned(), remedy: remedy.to_owned() }
    }
}

impl Reply {
    fn with(status: StatusCode, kind: &'static str, body: Body) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        Self { status, headers, body }
    }

    /// A text of a kind, such as `text/csv; charset=utf-8`.
    #[must_use]
    pub fn text(kind: &'static str, text: impl Into<Bytes>) -> Self {
        Self::with(StatusCode::OK, kind, Body::Whole(Some(text.into())))
    }

    /// A page.
    #[must_use]
    pub fn page(status: StatusCode, html: String) -> Self {
        Self::with(status, "text/html; charset=utf-8", Body::Whole(Some(html.into())))
    }

    /// Events as they happen (WHATWG HTML, 9.2).
    #[must_use]
    pub fn events(events: Events) -> Self {
        Self::with(StatusCode::OK, "text/event-stream; charset=utf-8", Body::Events(events))
    }

    /// Go and look there; after a change.
    #[must_use]
    pub fn see(path: &str) -> Self {
        let reply =
            Self::with(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", Body::Whole(Some(Bytes::new())));
        reply.header(LOCATION, path)
    }

    /// Nothing to say: it was done, or has not changed.
    #[must_use]
    pub fn bare(status: StatusCode) -> Self {
        Self::with(status, "text/plain; charset=utf-8", Body::Whole(Some(Bytes::new())))
    }

    /// With another header; one that cannot be written is left out.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }

    /// To be kept as a file of a name made of letters, digits, hyphens and dots.
    #[must_use]
    pub fn attachment(self, name: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.') { c } else { '-' };
        let name: String = name.chars().map(plain).collect();
        self.header(CONTENT_DISPOSITION, &format!("attachment; filename=\"{name}\""))
    }

    /// With a cookie for this host alone, over TLS alone, out of scripts' reach, sent by pages of ours alone; without an age
    /// it ends with the browser.
    #[must_use]
    pub fn cookie(mut self, name: &str, value: &str, max_age_s: Option<i64>) -> Self {
        let age = max_age_s.map_or_else(String::new, |age| format!("; Max-Age={age}"));
        let cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Strict{age}");
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            self.headers.append(SET_COOKIE, value);
        }
        self
    }

    /// As it is sent, with the headers that every reply bears.
    #[must_use]
    pub fn send(self, insist: bool) -> Response<Body> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        let headers = response.headers_mut();
        for (name, value) in [
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
            (X_FRAME_OPTIONS, "DENY"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (HeaderName::from_static("permissions-policy"), PERMISSIONS),
            (HeaderName::from_static("x-robots-tag"), "noindex"),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if insist {
            headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(INSIST));
        }
        response
    }
}
