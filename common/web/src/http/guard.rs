//! What is refused before anything looks at it: other hosts' names, and what other pages make a browser do.

use hyper::Uri;
use hyper::header::{HOST, HeaderMap, HeaderName, ORIGIN};

/// What a browser says about who made it ask (W3C Fetch Metadata).
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// The host that is asked for, if it is one of ours: against DNS rebinding, where a stranger's name is made to lead here.
///
/// `ours` are names and addresses without a port; the port has to be the one that it came to.
pub(crate) fn host_is_ours(uri: &Uri, headers: &HeaderMap, ours: &[String], port: u16) -> Option<String> {
    let host = only(headers, &HOST)?;
    // A request with a whole address in its first line means that one (RFC 9112, 3.2.2); both have to be ours.
    if let Some(authority) = uri.authority()
        && !authority.as_str().eq_ignore_ascii_case(host)
    {
        return None;
    }
    if uri.scheme().is_some_and(|scheme| scheme.as_str() != "https") {
        return None;
    }
    let host = host.to_ascii_lowercase();
    let (name, said) = match host.rsplit_once(':') {
        // Of an IPv6 address without a port, the last colon is within its brackets.
        Some((name, said)) if !said.ends_with(']') => (name, said.parse::<u16>().ok()?),
        _ => (host.as_str(), 443),
    };
    let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
    (said == port && ours.iter().any(|one| one == bare)).then_some(host)
}

/// Whether a change was asked for by a page of ours. Browsers say so in one of two headers, and a request that says it in
/// neither is refused. (`Referrer-Policy: no-referrer` makes them send `Origin: null` with forms.)
pub(crate) fn change_is_ours(headers: &HeaderMap, host: &str) -> bool {
    let site = values(headers, &FETCH_SITE);
    let origin = values(headers, &ORIGIN);
    let own = format!("https://{host}");
    match (site.as_slice(), origin.as_slice()) {
        ([Some("same-origin")], [] | [Some("null")]) => true,
        ([Some("same-origin")] | [], [Some(origin)]) => origin.eq_ignore_ascii_case(&own),
        _ => false,
    }
}

/// Whether something that changes nothing may be shown: pages of others may lead here, and not fetch, embed or frame.
pub(crate) fn fetch_is_ours(headers: &HeaderMap) -> bool {
    match values(headers, &FETCH_SITE).as_slice() {
        [] | [Some("same-origin" | "none")] => true,
        [Some("same-site" | "cross-site")] => {
            values(headers, &FETCH_MODE) == [Some("navigate")]
                && values(headers, &FETCH_DEST) == [Some("document")]
        }
        _ => false,
    }
}

fn values<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Vec<Option<&'h str>> {
    headers.get_all(name).iter().map(|value| value.to_str().ok()).collect()
}

fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    match values(headers, name).as_slice() {
        [Some(value)] => Some(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use hyper::Uri;
    use hyper::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{change_is_ours, fetch_is_ours, host_is_ours};

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in pairs {
            let name: HeaderName = name.parse().unwrap();
            map.append(name, HeaderValue::from_str(value).unwrap());
        }
        map
    }

    fn host(uri: &str, hosts: &[&str], port: u16) -> Option<String> {
        let pairs: Vec<(&str, &str)> = hosts.iter().map(|host| ("host", *host)).collect();
        let ours = ["iseetutor.local", "192.168.1.9", "fd00::9"].map(str::to_owned);
        host_is_ours(&uri.parse::<Uri>().unwrap(), &headers(&pairs), &ours, port)
    }

    #[test]
    fn only_our_own_names_are_hosts() {
        for ours in [
            "iseetutor.local",
            "ISEEtutor.local",
            "iseetutor.local:443",
            "192.168.1.9",
            "[fd00::9]",
            "[fd00::9]:443",
        ] {
            assert!(host("/", &[ours], 443).is_some(), "{ours}");
        }
        assert!(host("/", &["iseetutor.local:8443"], 8443).is_some());
        for other in [
            "",
            "evil.example",
            "iseetutor.local.evil.example",
            "iseetutor.local:80",
            "iseetutor.local:",
            "iseetutor.local:x",
            "192.168.1.10",
            "[fd00::9",
            "x[fd00::9]",
            "iseetutor.local.",
            "user@iseetutor.local",
        ] {
            assert!(host("/", &[other], 443).is_none(), "{other}");
        }
        assert!(host("/", &[], 443).is_none());
        assert!(host("/", &["iseetutor.local", "iseetutor.local"], 443).is_none());
        assert!(host("https://evil.example/", &["iseetutor.local"], 443).is_none());
        assert!(host("http://iseetutor.local/", &["iseetutor.local"], 443).is_none());
        assert!(host("https://iseetutor.local/", &["iseetutor.local"], 443).is_some());
    }

    #[test]
    fn only_pages_of_ours_change_anything() {
        let ours = |pairs: &[(&str, &str)]| change_is_ours(&headers(pairs), "iseetutor.local");
        let (site, origin) = ("sec-fetch-site", "origin");
        assert!(ours(&[(site, "same-origin"), (origin, "https://iseetutor.local")]));
        assert!(ours(&[(site, "same-origin"), (origin, "null")]));
        assert!(ours(&[(site, "same-origin")]));
        assert!(ours(&[(origin, "https://iseetutor.local")]));
        for pairs in [
            &[][..],
            &[(origin, "null")],
            &[(origin, "http://iseetutor.local")],
            &[(origin, "https://iseetutor.local:444")],
            &[(origin, "https://evil.example")],
            &[(site, "none")],
            &[(site, "cross-site"), (origin, "https://iseetutor.local")],
            &[(site, "same-site"), (origin, "https://parent.iseetutor.local")],
            &[(site, "same-origin"), (origin, "https://evil.example")],
            &[(site, "same-origin"), (site, "same-origin")],
            &[(site, "same-origin"), (origin, "null"), (origin, "null")],
        ] {
            assert!(!ours(pairs), "{pairs:?}");
        }
    }

    #[test]
    fn others_may_lead_here_and_not_fetch_from_here() {
        let ours = |pairs: &[(&str, &str)]| fetch_is_ours(&headers(pairs));
        let (site, mode, dest) = ("sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest");
        assert!(ours(&[]) && ours(&[(site, "none")]) && ours(&[(site, "same-origin"), (mode, "cors")]));
        assert!(ours(&[(site, "cross-site"), (mode, "navigate"), (dest, "document")]));
        assert!(!ours(&[(site, "cross-site"), (mode, "navigate"), (dest, "iframe")]));
        assert!(!ours(&[(site, "cross-site"), (mode, "no-cors"), (dest, "image")]));
        assert!(!ours(&[(site, "same-site")]) && !ours(&[(site, "odd")]));
    }
}
