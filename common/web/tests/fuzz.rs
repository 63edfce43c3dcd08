//! Requests that nobody would send, over real TLS: each is answered below 500 or the connection is closed, and the server goes on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::time::Duration;

use iseetutor_web::routes::ROUTES;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use support::fake::MAYA;
use support::{Browser, House};

/// How many of each kind; more with `PROPTEST_CASES`.
const CASES: u32 = 400;

fn runner() -> (TestRunner, u32) {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES);
    (
        TestRunner::new_with_rng(
            Config::default(),
            proptest::test_runner::TestRng::from_seed(proptest::test_runner::RngAlgorithm::ChaCha, &[7; 32]),
        ),
        cases,
    )
}

/// A request to a route of ours with anything in its places.
fn near() -> impl Strategy<Value = (String, String, String, String)> {
    let paths: Vec<(String, String)> =
        ROUTES.iter().map(|route| (route.method.to_string(), route.path.to_owned())).collect();
    let part = prop_oneof![
        Just(MAYA.to_owned()),
        Just("maya".to_owned()),
        "[a-zA-Z0-9%._~-]{1,40}",
        Just("%00".to_owned()),
        Just("..".to_owned()),
        Just("%F0%9F%A6%8A".to_owned()),
    ];
    let query = prop_oneof![
        Just(String::new()),
        "\\?[ -~&&[^ #]]{0,60}",
        Just("?page=-1".to_owned()),
        Just("?page=4294967295".to_owned())
    ];
    let name = prop_oneof![
        "[a-z_]{1,12}",
        prop::sample::select(vec![
            "name",
            "level",
            "pace",
            "weekly_minutes",
            "test_day",
            "key",
            "value",
            "code",
            "passphrase",
            "again",
            "next",
            "id",
            "section",
            "day",
            "scaled",
            "percentile",
            "stanine",
            "question",
            "choice",
            "insist",
            "quiet"
        ])
        .prop_map(str::to_owned),
    ];
    let value = prop_oneof![
        "[ -~]{0,40}",
        "\\PC{0,20}",
        Just("9223372036854775808".to_owned()),
        Just("-1".to_owned()),
        Just("9999-12-31".to_owned()),
        Just("lower".to_owned())
    ];
    let fields = prop::collection::vec((name, value), 0..6);
    (prop::sample::select(paths), part, query, fields).prop_map(|((method, path), part, query, fields)| {
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        (method, path.replace("{child}", &part).replace("{file}", &part), query, support::encode(&pairs))
    })
}

async fn mark(parent: &mut Browser<'_>) -> Option<String> {
    let page = parent.get("/privacy").await;
    page.text().contains("name=\"mark\"").then(|| page.mark())
}

#[tokio::test]
async fn requests_near_the_real_ones_are_answered_below_500() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let (mut runner, cases) = runner();
    let mut seen = std::collections::BTreeMap::<u16, u32>::new();
    let strategy = near();
    for _ in 0..cases * 4 {
        let (method, path, query, body) = strategy.new_tree(&mut runner).unwrap().current();
        if path.ends_with("/events") {
            continue;
        }
        let mark = match mark(&mut parent).await {
            Some(mark) => mark,
            // It signed itself out, or changed the child that is looked for.
            None => {
                house.pass(86_400_000);
                parent = house.parent().await;
                continue;
            }
        };
        let body = if body.is_empty() { format!("mark={mark}") } else { format!("mark={mark}&{body}") };
        let reply = if method == "GET" {
            parent.get(&format!("{path}{query}")).await
        } else {
            let headers = format!(
                "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            );
            parent.ask(&format!("{method} {path}{query}"), &headers, &body).await
        };
        assert!(reply.status < 500, "{} from {method} {path}{query} with {body}", reply.status);
        // What is no HTTP at all gets a bare 400 before anything of ours sees it.
        let bare = reply.status == 400 && reply.header("content-type").is_none();
        if reply.status >= 400 && reply.status != 401 && !bare {
            assert!(reply.text().contains("</html>"), "{} without a remedy: {path}", reply.status);
        }
        *seen.entry(reply.status).or_default() += 1;
    }
    eprintln!("{seen:?}");
    assert!(seen.contains_key(&200) && seen.contains_key(&404) && seen.contains_key(&422), "{seen:?}");
}

#[tokio::test]
async fn bytes_that_are_no_requests_are_answered_below_500_or_not_at_all() {
    let house = House::new().await;
    let parent = house.parent().await;
    let (mut runner, cases) = runner();
    let host = house.host();
    let cookies = parent.cookie_line();
    let raw = prop::collection::vec(any::<u8>(), 0..600);
    let head = (
        "[A-Z]{1,8}|[ -~]{0,12}",
        "/[ -~]{0,40}|\\*|https?://[ -~]{0,30}|[ -~]{0,20}",
        "HTTP/1\\.[01]|HTTP/[0-9]\\.[0-9]|[ -~]{0,10}",
        prop::collection::vec(
            (
                "[!-9;-~]{1,16}|Host|Cookie|Content-Length|Transfer-Encoding|Expect|Connection|Origin",
                "[ -~]{0,40}|[0-9]{1,22}|chunked|100-continue|\\PC{0,10}",
            ),
            0..8,
        ),
        prop::collection::vec(any::<u8>(), 0..200),
    );
    for case in 0..cases {
        let bytes = if case % 2 == 0 {
            raw.new_tree(&mut runner).unwrap().current()
        } else {
            let (method, path, version, headers, body) = head.new_tree(&mut runner).unwrap().current();
            let mut text = format!("{method} {path} {version}\r\n");
            if case % 4 == 1 {
                text.push_str(&format!("Host: {host}\r\n{cookies}"));
            }
            for (name, value) in headers {
                text.push_str(&format!("{name}: {value}\r\n"));
            }
            text.push_str("\r\n");
            [text.into_bytes(), body].concat()
        };
        let mut connection = house.connect().await;
        let _ = connection.send(&bytes).await;
        // Without this the server would rightly wait for the rest.
        let _ = tokio::io::AsyncWriteExt::shutdown(&mut connection.stream).await;
        let answer = tokio::time::timeout(Duration::from_secs(20), connection.rest()).await.expect("an end");
        let text = String::from_utf8_lossy(&answer);
        for line in text.lines().filter(|line| line.starts_with("HTTP/1.")) {
            let status: u16 = line.split(' ').nth(1).unwrap().parse().unwrap();
            assert!(status < 500, "{line} for {:?}", String::from_utf8_lossy(&bytes));
        }
    }
    assert_eq!(house.browser().get("/privacy").await.status, 200);
}
