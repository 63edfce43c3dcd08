//! A request as the handlers see it.

use std::net::IpAddr;

use hyper::header::{COOKIE, HeaderMap, HeaderName};
use hyper::{Method, Uri};

use super::fields::{Fields, decode};

/// Longest path and query that is looked at.
const LONGEST: usize = 2_048;

/// What is asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How.
    pub method: Method,
    /// The path in its parts, decoded: `/child/a%20b` is `["child", "a b"]`.
    pub path: Vec<String>,
    /// What stands behind the question mark.
    pub query: Fields,
    /// The form that was sent.
    pub form: Fields,
    /// The headers.
    pub headers: HeaderMap,
    /// The name that it came to, with the port if it is not 443.
    pub host: String,
    /// From where.
    pub peer: IpAddr,
}

impl Asked {
    /// Reads the head of a request; nothing for what no browser sends.
    #[must_use]
    pub fn new(method: Method, uri: &Uri, headers: HeaderMap, host: String, peer: IpAddr) -> Option<Self> {
        if uri.path().len() + uri.query().map_or(0, str::len) > LONGEST {
            return None;
        }
        let parts = uri.path().strip_prefix('/')?;
        let path = parts.split('/').map(|part| decode(part.as_bytes(), false)).collect::<Option<Vec<_>>>()?;
        if path.iter().any(|part| part == "." || part == "..") {
            return None;
        }
        let path = if path == [""] { Vec::new() } else { path };
        let query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
        Some(Self { method, path, query, form: Fields::default(), headers, host, peer })
    }

    /// A header as text; nothing if it is missing, not text, or there twice.
    #[must_use]
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let only = values.next().filter(|_| values.next().is_none())?;
        only.to_str().ok()
    }

    /// A cookie's value. One that is there twice is nobody's.
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<&str> {
        let lines = self.headers.get_all(COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut found = lines
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .filter(|(one, _)| *one == name)
            .map(|(_, value)| value);
        found.next().filter(|value| found.next().is_none() && value.len() <= 128)
    }

    /// The whole path, as it is shown and sent back to.
    #[must_use]
    pub fn path_text(&self) -> String {
        format!("/{}", self.path.join("/"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use hyper::header::{HeaderMap, HeaderValue};
    use hyper::{Method, Uri};

    use super::Asked;

    fn asked(uri: &str, cookies: &[&str]) -> Option<Asked> {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append("cookie", HeaderValue::from_str(cookie).unwrap());
        }
        let uri: Uri = uri.parse().unwrap();
        Asked::new(Method::GET, &uri, headers, "iseetutor.local".into(), "127.0.0.1".parse().unwrap())
    }

    #[test]
    fn paths_are_decoded_after_they_are_cut() {
        assert_eq!(asked("/", &[]).unwrap().path, Vec::<String>::new());
        assert_eq!(asked("/board/Zo%C3%AB%2F", &[]).unwrap().path, ["board", "Zo\u{eb}/"]);
        for bad in ["/a/../b", "/a/%2e%2e/b", "/%00", "/%ff", "/a%0d%0a"] {
            assert!(asked(bad, &[]).is_none(), "{bad}");
        }
        assert!(asked(&format!("/{}", "a".repeat(2_048)), &[]).is_none());
    }

    #[test]
    fn a_cookie_that_is_there_twice_is_none() {
        let one = asked("/", &["a=1; __Host-session=abc", "c=3"]).unwrap();
        assert_eq!(
            (one.cookie("__Host-session"), one.cookie("c"), one.cookie("b")),
            (Some("abc"), Some("3"), None)
        );
        assert_eq!(asked("/", &["a=1", "a=2"]).unwrap().cookie("a"), None);
    }
}
