//! What a parent sees and does, and the child's board, over real TLS on a real socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::io::Read;
use std::time::Duration;

use iseetutor_web::home::Answer;
use support::fake::{MAYA, NOAH};
use support::{Browser, House, PHRASE};

/// A screen that is paired with a child's board.
async fn screen<'h>(house: &'h House, learner: &str, name: &str) -> Browser<'h> {
    let mut parent = house.parent().await;
    let page =
        parent.submit(&format!("/child/{learner}/settings"), &format!("/child/{learner}/board"), &[]).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    let code =
        text.split("class=\"fingerprint code\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let mut screen = house.browser();
    let reply = screen.post(&format!("/board/{name}/join"), &[("code", &code)]).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    screen
}

#[tokio::test]
async fn one_childs_board_is_never_reachable_with_anothers_token() {
    let house = House::new().await;
    let mut maya = screen(&house, MAYA, "maya").await;
    assert!(maya.get("/board/maya").await.text().contains("What is 1 + 1?"));
    assert!(maya.get("/board/Maya").await.text().contains("What is 1 + 1?"));
    let noahs = ["noah%20%3Cb%3E", NOAH];
    for name in noahs {
        assert_eq!(maya.get(&format!("/board/{name}")).await.status, 401);
        assert_eq!(maya.get(&format!("/board/{name}/events")).await.status, 401);
        let touch = [("question", "q2"), ("choice", "A")];
        assert_eq!(maya.post(&format!("/board/{name}/answer"), &touch).await.status, 401);
    }
    // Nor by giving the token another child's cookie.
    let token = maya.cookies.iter().find(|(name, _)| name.starts_with("__Host-board-")).unwrap().1.clone();
    let noah = screen(&house, NOAH, noahs[0]).await;
    let cookie = noah.cookies.iter().find(|(name, _)| name.starts_with("__Host-board-")).unwrap().0.clone();
    let mut forged = house.browser();
    forged.cookies.push((cookie, token.clone()));
    assert_eq!(forged.get(&format!("/board/{}", noahs[0])).await.status, 401);
    // And a board's token opens nothing of the parent's.
    forged.cookies = vec![("__Host-session".to_owned(), token)];
    for path in ["/", "/audit", &format!("/child/{MAYA}"), &format!("/child/{MAYA}/transcript")] {
        assert_eq!((maya.get(path).await.status, forged.get(path).await.status), (401, 401), "{path}");
    }
    assert!(house.home.answers_now().is_empty());
}

#[tokio::test]
async fn the_board_is_live_works_when_opened_late_and_takes_a_touch() {
    let house = House::new().await;
    let mut maya = screen(&house, MAYA, "maya").await;
    house.home.show(MAYA, |board| board.saying = "This was said before anybody looked.".to_owned());
    let ask =
        format!("GET /board/maya/events HTTP/1.1\r\nHost: {}\r\n{}\r\n", house.host(), maya.cookie_line());
    let mut events = house.connect().await;
    events.send(ask.as_bytes()).await.unwrap();
    let head = events.head().await.unwrap();
    assert_eq!(head.header("content-type"), Some("text/event-stream; charset=utf-8"));
    let (_, first) = events.event().await.unwrap();
    assert!(first.contains("said before anybody looked") && first.contains("&lt;four&gt;"), "{first}");
    for number in 0..20 {
        house.home.show(MAYA, |board| board.saying = format!("Sentence {number}"));
        let (name, data) = events.event().await.unwrap();
        assert_eq!(name, "board");
        let html: String = serde_json::from_str(&data).unwrap();
        assert!(html.contains(&format!("Sentence {number}<")), "{html}");
    }
    // The connection is lost, something happens, and the browser comes back.
    drop(events);
    house.home.show(MAYA, |board| board.saying = "While it was away.".to_owned());
    let mut again = house.connect().await;
    again.send(ask.as_bytes()).await.unwrap();
    again.head().await.unwrap();
    assert!(again.event().await.unwrap().1.contains("While it was away."));
    let touch = maya.post("/board/maya/answer", &[("question", "q1"), ("choice", "B"), ("quiet", "1")]).await;
    assert_eq!(touch.status, 204);
    let touch = maya.post("/board/maya/answer", &[("question", "q1"), ("choice", "C")]).await;
    assert_eq!((touch.status, touch.header("location")), (303, Some("/board/maya")));
    let answer = |choice| (MAYA.to_owned(), Answer { question: "q1".to_owned(), choice });
    assert_eq!(house.home.answers_now(), [answer(1), answer(2)]);
    for wrong in ["E", "", "AB", "1"] {
        assert_eq!(
            maya.post("/board/maya/answer", &[("question", "q1"), ("choice", wrong)]).await.status,
            422,
            "{wrong}"
        );
    }
    // The parent ends the pairing; the next change is not shown any more.
    let mut parent = house.parent().await;
    let page = parent.get("/sessions").await.text();
    let boards = page.split("id=\"screens\"").nth(1).unwrap();
    let id = boards.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(parent.submit("/sessions", "/boards/end", &[("id", &id)]).await.status, 303);
    house.home.show(MAYA, |board| board.saying = "Not for this screen.".to_owned());
    assert_eq!(again.event().await.unwrap().0, "over");
    assert_eq!(maya.get("/board/maya").await.status, 401);
}

#[tokio::test]
async fn enough_boards_are_enough_and_their_places_come_back() {
    let limits = iseetutor_web::Limits { boards: 2, ..iseetutor_web::Limits::default() };
    let house = House::with(limits).await;
    let maya = screen(&house, MAYA, "maya").await;
    let ask =
        format!("GET /board/maya/events HTTP/1.1\r\nHost: {}\r\n{}\r\n", house.host(), maya.cookie_line());
    let open = async || {
        let mut events = house.connect().await;
        events.send(ask.as_bytes()).await.unwrap();
        (events.head().await.unwrap().status, events)
    };
    let (first, second) = (open().await, open().await);
    assert_eq!((first.0, second.0, open().await.0), (200, 200, 503));
    drop(first);
    let free = async {
        while open().await.0 != 200 {
            house.home.show(MAYA, |_| ());
        }
    };
    tokio::time::timeout(Duration::from_secs(20), free).await.expect("a place is free again");
}

#[tokio::test]
async fn page_csv_and_json_are_equal_to_the_digit() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let at = |what: &str| format!("/child/{MAYA}{what}");
    let json: serde_json::Value =
        serde_json::from_str(&parent.get(&at("/report.json")).await.text()).unwrap();
    let csv = parent.get(&at("/skills.csv")).await;
    assert_eq!(
        csv.header("content-disposition"),
        Some("attachment; filename=\"maya-2026-09-21-skills.csv\"")
    );
    let text = csv.text();
    let row: Vec<&str> =
        text.lines().find(|line| line.starts_with("skill,Adding fractions")).unwrap().split(',').collect();
    let skill =
        json["skills"].as_array().unwrap().iter().find(|one| one["name"] == "Adding fractions").unwrap();
    let numbers =
        [&skill["questions"], &skill["right"], &skill["mastery"]["percent"], &skill["mastery"]["low"]];
    assert_eq!(row[5..9].join(","), numbers.map(ToString::to_string).join(","));
    assert!(text.contains("\"'=Cells, like a formula\""), "{text}");
    let figures = parent.get(&at("/figures.csv")).await.text();
    assert!(figures.contains(&text.lines().nth(1).unwrap().to_owned()), "the whole file has the same rows");
    let (child, print) = (parent.get(&at("")).await.text(), parent.get(&at("/report")).await.text());
    for (place, figure) in [("minutes", &json["week"]["minutes"]), ("questions", &json["week"]["questions"])]
    {
        let shown = format!("data-f=\"time|last seven days|{place}\">{figure}<");
        assert!(child.contains(&shown) && print.contains(&shown), "{shown}");
    }
    let skills = parent.get(&at("/skills")).await.text();
    let shown = format!("data-f=\"skill|Adding fractions|percent\">{}<", skill["mastery"]["percent"]);
    assert!(skills.contains(&shown), "{shown}");
    let mocks = parent.get(&at("/mocks.csv")).await.text();
    assert!(mocks.contains(",1,A,A,right,31.0") && mocks.contains(",2,,A,skipped,4.0"), "{mocks}");
}

#[tokio::test]
async fn children_are_added_changed_and_set_and_it_is_on_the_log() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let zoe = [
        ("name", " Zo\u{eb}  May "),
        ("level", "middle"),
        ("pace", "calm"),
        ("weekly_minutes", "60"),
        ("test_day", "2027-01-30"),
        ("told", "yes"),
    ];
    assert_eq!(parent.submit("/children", "/children", &zoe).await.status, 303);
    assert!(house.home.names().contains(&"Zo\u{eb} May".to_owned()));
    assert_eq!(parent.submit("/children", "/children", &zoe).await.status, 422, "taken");
    let untold = [("name", "Ann"), ("level", "lower")];
    let reply = parent.submit("/children", "/children", &untold).await;
    assert!(reply.status == 422 && reply.text().contains("consent"), "{}", reply.text());
    for wrong in [
        [("name", ""), ("level", "lower"), ("weekly_minutes", "60"), ("test_day", ""), ("told", "yes")],
        [("name", "Ann"), ("level", "doctor"), ("weekly_minutes", "60"), ("test_day", ""), ("told", "yes")],
        [("name", "Ann"), ("level", "lower"), ("weekly_minutes", "0"), ("test_day", ""), ("told", "yes")],
        [
            ("name", "Ann"),
            ("level", "lower"),
            ("weekly_minutes", "60"),
            ("test_day", "soon"),
            ("told", "yes"),
        ],
    ] {
        let reply = parent.submit("/children", "/children", &wrong).await;
        assert_eq!(reply.status, 422, "{wrong:?}");
        assert!(reply.text().contains("Go back"));
    }
    let settings = format!("/child/{MAYA}/settings");
    assert_eq!(parent.submit(&settings, &settings, &[("key", "paused"), ("value", "on")]).await.status, 303);
    assert_eq!(house.home.setting(), "on");
    for wrong in [[("key", "paused"), ("value", "maybe")], [("key", "unknown"), ("value", "on")]] {
        assert_eq!(parent.submit(&settings, &settings, &wrong).await.status, 422);
    }
    let score = [
        ("section", "verbal"),
        ("day", "2026-12-05"),
        ("scaled", "880"),
        ("percentile", "71"),
        ("stanine", "6"),
    ];
    assert_eq!(parent.submit(&settings, &format!("/child/{MAYA}/score"), &score).await.status, 303);
    let wrong = [("section", "verbal"), ("day", "2026-12-05"), ("scaled", "1600")];
    assert_eq!(parent.submit(&settings, &format!("/child/{MAYA}/score"), &wrong).await.status, 422);
    let log = parent.get("/audit").await.text();
    for deed in [
        "added Zo\u{eb} May with consent",
        "set for Maya: Pause from &#39;off&#39; to &#39;on&#39;",
        "noted an official score of Maya",
    ] {
        assert!(log.contains(deed), "{deed}: {log}");
    }
}

#[tokio::test]
async fn a_child_is_erased_only_with_its_name_and_the_passphrase_and_with_proof() {
    let house = House::new().await;
    let mut screen = screen(&house, MAYA, "maya").await;
    let mut parent = house.parent().await;
    let erase = format!("/child/{MAYA}/erase");
    for wrong in
        [[("name", "Noah"), ("passphrase", PHRASE)], [("name", "Maya"), ("passphrase", "not the passphrase")]]
    {
        let reply = parent.submit(&erase, &erase, &wrong).await;
        assert_eq!(reply.status, 422);
        assert!(
            reply.text().contains("Nothing was erased") && house.home.names().contains(&"Maya".to_owned())
        );
    }
    let proof = parent.submit(&erase, &erase, &[("name", "maya"), ("passphrase", PHRASE)]).await;
    assert_eq!(proof.status, 200);
    assert!(
        proof.text().contains("321 entries") && proof.text().contains(MAYA) && !proof.text().contains("Maya")
    );
    assert!(!house.home.names().contains(&"Maya".to_owned()));
    assert_eq!(parent.get(&format!("/child/{MAYA}")).await.status, 404);
    assert_eq!(screen.get("/board/maya").await.status, 401);
    assert!(parent.get("/device").await.text().contains(MAYA), "the proof can be seen later");
}

#[tokio::test]
async fn everything_on_record_can_be_loaded() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let one = parent.get(&format!("/child/{MAYA}/export")).await;
    assert_eq!(one.text().lines().count(), 3);
    assert_eq!(one.header("content-disposition"), Some("attachment; filename=\"maya.jsonl\""));
    let all = parent.get("/export").await;
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(all.body)).unwrap();
    let mut names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    names.sort();
    assert!(
        names.contains(&format!("{NOAH}/events.jsonl")) && names.contains(&"log.json".to_owned()),
        "{names:?}"
    );
    let mut log = String::new();
    archive.by_name("log.json").unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("loaded everything on record of Maya"));
}

#[tokio::test]
async fn what_was_said_comes_in_pages() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let first = parent.get(&format!("/child/{MAYA}/transcript")).await.text();
    assert!(first.contains("Line 0 ") && first.contains("?page=1") && !first.contains("Line 100 "));
    let second = parent.get(&format!("/child/{MAYA}/transcript?page=1")).await.text();
    assert!(second.contains("Line 100 ") && !second.contains("?page=2"));
}

#[tokio::test]
async fn files_are_kept_by_browsers_for_ever_and_asked_for_by_their_tag() {
    let house = House::new().await;
    let mut browser = house.browser();
    let page = browser.get("/privacy").await.text();
    let href = page.split("href=\"/static/site.css").nth(1).unwrap().split('"').next().unwrap();
    let href = format!("site.css{href}");
    let file = browser.get(&format!("/static/{href}")).await;
    assert_eq!((file.status, file.header("content-type")), (200, Some("text/css; charset=utf-8")));
    assert!(file.header("cache-control").unwrap().contains("immutable"));
    let tag = file.header("etag").unwrap().to_owned();
    let again = browser.ask(&format!("GET /static/{href}"), &format!("If-None-Match: {tag}\r\n"), "").await;
    assert_eq!((again.status, again.body.len()), (304, 0));
    let unmarked = browser.get("/static/site.css").await;
    assert_eq!((unmarked.status, unmarked.header("cache-control")), (200, Some("no-cache")));
    assert_eq!(browser.get("/static/other.css").await.status, 404);
}

#[tokio::test]
async fn the_page_that_says_how_to_trust_has_the_fingerprint_of_the_certificate_that_it_gives() {
    let house = House::new().await;
    let mut browser = house.browser();
    let page = browser.get("/trust").await.text();
    assert!(page.contains(&house.web.fingerprint()) && page.contains("class=\"qr\""));
    assert_eq!(page.matches("<li><h3>").count(), 3);
    let certificate = browser.get("/trust/iseetutor.crt").await;
    assert_eq!(certificate.header("content-type"), Some("application/x-x509-ca-cert"));
    let digest: Vec<String> = <sha2::Sha256 as sha2::Digest>::digest(&certificate.body)
        .iter()
        .map(|byte| format!("{byte:02X}"))
        .collect();
    assert_eq!(digest.join(":"), house.web.fingerprint());
    assert_eq!(rustls::pki_types::CertificateDer::from(certificate.body), house.trust_der());
}
