//! Coming in, over real TLS on a real socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use hyper::Method;
use iseetutor_web::routes::{Access, Act, ROUTES};
use support::fake::{MAYA, NOAH};
use support::{House, PHRASE};

#[tokio::test]
async fn the_first_visit_sets_a_passphrase_with_the_code_and_only_once() {
    let house = House::new().await;
    let mut browser = house.browser();
    let first = browser.get("/").await;
    assert_eq!(first.status, 401);
    assert!(first.text().contains("Setup code"), "{}", first.text());
    let code = house.web.door().setup_code().unwrap().unwrap();
    let short = [("code", code.as_str()), ("passphrase", "short"), ("again", "short"), ("told", "yes")];
    let reply = browser.post("/setup", &short).await;
    assert_eq!(reply.status, 422);
    assert!(reply.text().contains("at least 12 characters"));
    let other = [
        ("code", code.as_str()),
        ("passphrase", PHRASE),
        ("again", "seven green lamps sink"),
        ("told", "yes"),
    ];
    assert_eq!(browser.post("/setup", &other).await.status, 422);
    let wrong = [("code", "2222-2222"), ("passphrase", PHRASE), ("again", PHRASE), ("told", "yes")];
    assert_eq!(browser.post("/setup", &wrong).await.status, 401);
    let right = [("code", code.as_str()), ("passphrase", PHRASE), ("again", PHRASE), ("told", "yes")];
    let reply = browser.post("/setup", &right).await;
    assert_eq!((reply.status, reply.header("location")), (303, Some("/trust")));
    assert_eq!(browser.get("/").await.status, 200);
    assert_eq!(house.browser().post("/setup", &right).await.status, 409);
    assert!(house.home.deeds_now().contains(&"a wrong setup code was tried".to_owned()));
}

#[tokio::test]
async fn without_a_session_no_route_shows_or_does_anything() {
    let house = House::new().await;
    house.parent().await;
    let before = (house.home.names(), house.home.setting());
    let mut stranger = house.browser();
    let mut walked = 0;
    for route in ROUTES.iter().filter(|route| route.access != Access::Open) {
        for child in [MAYA, "maya"] {
            let path = route.path.replace("{child}", child);
            let reply = if route.method == Method::GET {
                stranger.get(&path).await
            } else {
                let fields = [
                    ("mark", "0"),
                    ("name", "Maya"),
                    ("passphrase", PHRASE),
                    ("level", "lower"),
                    ("key", "paused"),
                    ("value", "on"),
                ];
                stranger.post(&path, &fields).await
            };
            assert_eq!(reply.status, 401, "{} {path}", route.method);
            let text = reply.text();
            assert!(
                !text.contains("Adding fractions") && !text.contains("1 + 1") && !text.contains(MAYA)
                    || path.contains(MAYA),
                "{path}"
            );
            assert!(
                text.contains("action=\"/sign-in\"")
                    || route.access == Access::Board && text.contains("Pair this screen"),
                "{path}"
            );
            walked += 1;
        }
    }
    assert!(walked > 60, "{walked}");
    assert_eq!(before, (house.home.names(), house.home.setting()));
    assert!(house.home.answers_now().is_empty());
}

#[tokio::test]
async fn what_is_open_shows_nothing_of_a_child() {
    let house = House::new().await;
    house.parent().await;
    for path in ["/trust", "/privacy", "/setup", "/board/maya", "/board/nobody", "/sign-in", "/nowhere"] {
        let text = house.browser().get(path).await.text();
        for secret in [MAYA, NOAH, "Noah", "Adding fractions", "What is 1 + 1"] {
            assert!(!text.contains(secret), "{path} shows {secret}");
        }
    }
    let (there, not) = (house.browser().get("/board/maya").await, house.browser().get("/board/nobo").await);
    assert_eq!(there.text().replace("maya", "nobo"), not.text(), "a stranger learns no name");
}

#[tokio::test]
async fn of_ten_thousand_guesses_at_most_twenty_are_looked_at() {
    let house = House::new().await;
    house.parent().await;
    let mut guesser = house.browser();
    let (mut looked, mut refused) = (0, 0);
    let began = Instant::now();
    for guess in 0..10_000 {
        // An hour for all of them.
        house.pass(360);
        let reply = guesser.post("/sign-in", &[("passphrase", &format!("guess number {guess}"))]).await;
        match reply.status {
            401 => looked += 1,
            429 => {
                refused += 1;
                assert!(reply.header("retry-after").is_some());
            }
            other => panic!("{other}: {}", reply.text()),
        }
    }
    assert!((5..=20).contains(&looked), "{looked} were looked at");
    assert_eq!(looked + refused, 10_000);
    eprintln!("10,000 guesses: {looked} looked at, {:.1} s", began.elapsed().as_secs_f64());
    // The parent whose browser is known is not kept out by that.
    house.pass(1);
    assert!(matches!(guesser.post("/sign-in", &[("passphrase", PHRASE)]).await.status, 429));
}

#[tokio::test]
async fn setup_and_pairing_codes_are_not_guessed_either() {
    let house = House::new().await;
    house.web.door().setup_code().unwrap();
    let mut guesser = house.browser();
    let mut looked = 0;
    for _ in 0..300 {
        house.pass(1_000);
        let guess = [("code", "7777-7777"), ("passphrase", PHRASE), ("again", PHRASE), ("told", "yes")];
        looked += usize::from(guesser.post("/setup", &guess).await.status == 401);
    }
    assert!((5..=20).contains(&looked), "{looked}");
    house.web.door().pairing_code(MAYA).unwrap();
    let mut looked = 0;
    for _ in 0..300 {
        house.pass(1_000);
        looked += usize::from(guesser.post("/board/maya/join", &[("code", "7777-7777")]).await.status == 401);
    }
    assert!((5..=20).contains(&looked), "{looked}");
}

#[tokio::test]
async fn sessions_expire_are_listed_and_end() {
    let house = House::new().await;
    let mut first = house.parent().await;
    let mut second = house.parent().await;
    assert_eq!(first.get("/audit").await.status, 200);
    let page = second.get("/sessions").await.text();
    assert_eq!(page.matches("action=\"/sessions/end\"").count(), 2);
    let token = first.cookie("__Host-session").unwrap().to_owned();
    assert!(!page.contains(&token));
    // The one that is not its own.
    let other = page
        .split("<li>")
        .find(|item| item.contains("Test browser") && !item.contains("(this one)"))
        .unwrap();
    let from = other.find("name=\"id\" value=\"").unwrap() + 17;
    let id = other[from..].split('"').next().unwrap().to_owned();
    assert_eq!(second.submit("/sessions", "/sessions/end", &[("id", &id)]).await.status, 303);
    assert_eq!((first.get("/").await.status, second.get("/").await.status), (401, 200));
    house.pass(iseetutor_web::door::IDLE_MS);
    assert_eq!(second.get("/").await.status, 401);
    let mut third = house.parent().await;
    let left = third.submit("/", "/sign-out", &[]).await;
    assert_eq!((left.status, third.cookie("__Host-session")), (303, None));
    assert!(left.header("clear-site-data").is_some());
    let mut fourth = house.parent().await;
    let stolen = fourth.cookies.clone();
    assert_eq!(fourth.submit("/sessions", "/sessions/end-all", &[]).await.status, 303);
    let mut thief = house.browser();
    thief.cookies = stolen;
    assert_eq!(thief.get("/").await.status, 401);
}

#[tokio::test]
async fn the_console_resets_a_forgotten_passphrase() {
    let house = House::new().await;
    let mut before = house.parent().await;
    let code = house.web.door().reset().await.unwrap();
    assert!(before.get("/").await.text().contains("Setup code"));
    let new = [
        ("code", code.as_str()),
        ("passphrase", "nine blue doors hum"),
        ("again", "nine blue doors hum"),
        ("told", "yes"),
    ];
    assert_eq!(before.post("/setup", &new).await.status, 303);
    assert_eq!(house.browser().post("/sign-in", &[("passphrase", PHRASE)]).await.status, 401);
    assert_eq!(house.browser().post("/sign-in", &[("passphrase", "nine blue doors hum")]).await.status, 303);
}

#[tokio::test]
async fn a_changed_passphrase_signs_others_out() {
    let house = House::new().await;
    let (mut one, mut other) = (house.parent().await, house.parent().await);
    let wrong = [
        ("passphrase", "not this one at all"),
        ("new", "nine blue doors hum"),
        ("again", "nine blue doors hum"),
    ];
    assert_eq!(one.submit("/sessions", "/passphrase", &wrong).await.status, 422);
    let right = [
        ("passphrase", PHRASE),
        ("new", "nine blue doors hum"),
        ("again", "nine blue doors hum"),
        ("told", "yes"),
    ];
    assert_eq!(one.submit("/sessions", "/passphrase", &right).await.status, 303);
    assert_eq!((one.get("/").await.status, other.get("/").await.status), (200, 401));
}

#[tokio::test]
async fn secrets_are_nowhere_on_disk_and_in_no_log() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    parent.post("/sign-in", &[("passphrase", "a wrong one for the log")]).await;
    let kept = std::fs::read_to_string(house.folder.path().join("web/door.json")).unwrap();
    let log = parent.get("/audit").await.text();
    for secret in
        parent.cookies.iter().map(|(_, value)| value.as_str()).chain([PHRASE, "a wrong one for the log"])
    {
        assert!(!kept.contains(secret) && !log.contains(secret), "{secret}");
    }
    assert!(log.contains("a wrong passphrase was tried") && log.contains("127.0.0.1"));
}

#[tokio::test]
async fn every_handler_is_behind_a_route() {
    let acts: HashSet<String> = ROUTES.iter().map(|route| format!("{:?}", route.act)).collect();
    assert_eq!(acts.len(), ROUTES.len(), "each act has one route");
    assert!(acts.contains(&format!("{:?}", Act::Erase)));
}

#[tokio::test]
async fn stopping_takes_less_than_a_second_with_a_board_open() {
    let mut house = House::new().await;
    let mut parent = house.parent().await;
    let cookies = parent.cookie_line();
    assert_eq!(parent.get("/").await.status, 200);
    let mut connection = house.connect().await;
    let ask = format!("GET /board/maya/events HTTP/1.1\r\nHost: {}\r\n{cookies}\r\n", house.host());
    connection.send(ask.as_bytes()).await.unwrap();
    assert_eq!(connection.head().await.unwrap().status, 200);
    drop(parent);
    let began = Instant::now();
    house.stop();
    tokio::time::timeout(Duration::from_secs(5), house.served.take().unwrap()).await.unwrap().unwrap();
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

#[test]
fn the_documentation_has_every_route() {
    let file = format!("{}/../../docs/web.md", std::env::var("CARGO_MANIFEST_DIR").unwrap());
    let text = std::fs::read_to_string(file).unwrap();
    for route in ROUTES {
        assert!(
            text.contains(&format!("`{} {}`", route.method, route.path)),
            "{} {}",
            route.method,
            route.path
        );
    }
    assert_eq!(text.matches("`GET /").count() + text.matches("`POST /").count(), ROUTES.len());
}
