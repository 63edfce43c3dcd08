//! The parents' page and the board over real HTTPS, of the real daemon with its real database, among fake peers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::Arc;
use std::time::Duration;

use common::{Daemon, FakeSttd, FakeTtsd, in_time};
use iseetutor_wire::turn::first_turn;
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

const PHRASE: &str = "seven green lamps sing";

/// A browser: what it trusts, and its cookies.
struct Browser {
    port: u16,
    tls: TlsConnector,
    cookies: Vec<String>,
}

impl Browser {
    fn new(daemon: &Daemon, port: u16) -> Self {
        let pem = std::fs::read(daemon.path().join("db/web/authority.crt")).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(&pem).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let config = config.with_root_certificates(roots).with_no_client_auth();
        Self { port, tls: TlsConnector::from(Arc::new(config)), cookies: Vec::new() }
    }

    async fn send(&self, head: &str, body: &str) -> TlsStream<TcpStream> {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let name = ServerName::try_from("iseetutor.local").unwrap();
        let mut stream = self.tls.connect(name, stream).await.unwrap();
        let cookies = self.cookies.join("; ");
        let request = format!(
            "{head} HTTP/1.1\r\nHost: iseetutor.local:{}\r\nCookie: {cookies}\r\nSec-Fetch-Site: same-origin\r\n\
             Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        stream.flush().await.unwrap();
        stream
    }

    async fn ask(&mut self, head: &str, body: &str) -> (u16, String) {
        let mut stream = self.send(head, body).await;
        let mut reply = Vec::new();
        let _ = in_time("a reply", stream.read_to_end(&mut reply)).await;
        let reply = String::from_utf8_lossy(&reply).into_owned();
        let (head, body) = reply.split_once("\r\n\r\n").unwrap();
        for line in head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")) {
            self.cookies.push(line.split(';').next().unwrap().to_owned());
        }
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    async fn get(&mut self, path: &str) -> String {
        let (status, body) = self.ask(&format!("GET {path}"), "").await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    /// Sends a form of the page at `from`.
    async fn submit(&mut self, from: &str, path: &str, fields: &str) -> (u16, String) {
        let page = self.get(from).await;
        let mark = page.split("name=\"mark\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        self.ask(&format!("POST {path}"), &format!("mark={mark}&{fields}")).await
    }
}

async fn start() -> (Daemon, Browser) {
    // A port that is free now; systemd passes a socket in the field.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let daemon = Daemon::start_with(|config| {
        config.web.enabled = true;
        config.web.listen = format!("127.0.0.1:{port}");
    })
    .await;
    let mut browser = Browser::new(&daemon, port);
    let code = daemon.tutor().await.setup_code().await.unwrap();
    let form = format!("code={code}&passphrase={PHRASE}&again={PHRASE}&told=yes").replace(' ', "+");
    let (status, body) = browser.ask("POST /setup", &form).await;
    assert_eq!(status, 303, "{body}");
    (daemon, browser)
}

#[tokio::test]
async fn without_its_address_the_page_is_missed_and_the_lessons_go_on() {
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = other.local_addr().unwrap().to_string();
    let daemon = Daemon::start_degraded(|config| {
        config.web.enabled = true;
        config.web.listen = address.clone();
    })
    .await;
    let reason = daemon.daemon1().await.last_error().await.unwrap();
    assert!(reason.contains("page") && reason.contains(&address), "{reason}");
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    let turn = first_turn() + 1;
    sttd.heard(turn, "What is seven times eight?").await;
    let said = ttsd.answer(turn).await.join(" ");
    assert!(said.contains("56"), "{said}");
    daemon.stop().await;
}

#[tokio::test]
async fn a_lesson_is_on_the_board_is_answered_by_touch_and_is_in_the_parents_figures() {
    let (daemon, mut parent) = start().await;
    let (status, body) = parent
        .submit(
            "/children",
            "/children",
            "name=Maya&level=lower&pace=steady&weekly_minutes=60&test_day=2099-01-30&told=yes",
        )
        .await;
    assert_eq!(status, 303, "{body}");
    let children = daemon.tutor().await.learners().await.unwrap();
    assert!(children.contains("\"Maya\"") && children.contains("2099-01-30"), "{children}");

    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    let turn = first_turn() + 1;
    sttd.heard(turn, "I'm Maya.").await;
    ttsd.answer(turn).await;
    sttd.heard(turn + 1, "Let's practice synonyms.").await;
    ttsd.answer(turn + 1).await;

    // Whoever opens it late sees the question that is open, and without its answer.
    let mut events = parent.send("GET /board/maya/events", "").await;
    let board = in_time("the question on the board", async {
        let mut seen = String::new();
        let mut chunk = [0; 8_192];
        while !seen.contains("name=\\\"question\\\"") {
            let count = events.read(&mut chunk).await.unwrap();
            assert!(count > 0, "{seen}");
            seen.push_str(&String::from_utf8_lossy(&chunk[..count]));
        }
        seen
    })
    .await;
    let question = board.rsplit("name=\\\"question\\\" value=\\\"").next().unwrap();
    let question = question.split("\\\"").next().unwrap().to_owned();
    let late = format!("question={question}x&choice=A&quiet=1");
    assert_eq!(parent.ask("POST /board/maya/answer", &late).await.0, 422, "another question is not answered");
    let touch = format!("question={question}&choice=A&quiet=1");
    assert_eq!(parent.ask("POST /board/maya/answer", &touch).await.0, 204);
    assert!(!ttsd.answer(turn + 1).await.is_empty(), "the tutor answers a touch by voice");

    // On disk: it is in the export and in what was said, and the figures count it.
    let id = children.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    in_time("the answer in the record", async {
        while !parent.get(&format!("/child/{id}/export")).await.contains("\"touched\":true") {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let export = parent.get(&format!("/child/{id}/export")).await;
    assert!(export.contains("\"kind\":\"answered\""), "{export}");
    let figures = parent.get(&format!("/child/{id}/figures.csv")).await;
    let today = figures.lines().find(|line| line.starts_with("time,today")).unwrap();
    assert_eq!(today.split(',').nth(5), Some("1"), "{today}");
    let said = parent.get(&format!("/child/{id}/transcript")).await;
    assert!(said.contains("practice synonyms"), "{said}");

    // Paused, nothing is answered; then it goes on.
    assert_eq!(parent.submit("/device", "/device/pause", "value=on").await.0, 303);
    sttd.heard(turn + 2, "What is twelve times seven?").await;
    assert!(ttsd.answer(turn + 2).await.is_empty(), "a paused tutor says nothing");
    assert_eq!(parent.submit("/device", "/device/pause", "value=off").await.0, 303);
    sttd.heard(turn + 3, "What is twelve times seven?").await;
    assert_eq!(ttsd.answer(turn + 3).await, ["12 × 7 is 84."]);

    // Erased with its proof; the board has nothing any more.
    let form = format!("name=Maya&passphrase={PHRASE}").replace(' ', "+");
    let erase = format!("/child/{id}/erase");
    let (status, proof) = parent.submit(&erase, &erase, &form).await;
    assert_eq!(status, 200, "{proof}");
    assert!(proof.contains(&id));
    assert_eq!(daemon.tutor().await.learners().await.unwrap(), "[]");
    assert!(parent.get("/device").await.contains(&id));
    assert!(parent.get("/audit").await.contains("erased a child"));
    assert_eq!(parent.ask("GET /board/maya", "").await.0, 404);
    drop(events);
    daemon.stop().await;
}

#[tokio::test]
async fn the_console_resets_the_page_and_shows_its_fingerprint() {
    let (daemon, mut parent) = start().await;
    let tutor = daemon.tutor().await;
    assert!(tutor.setup_code().await.unwrap_err().to_string().contains("tutorctl parent reset"));
    let print = tutor.fingerprint().await.unwrap();
    assert!(parent.get("/trust").await.contains(&print));
    let code = tutor.reset_parent().await.unwrap();
    assert_eq!(parent.ask("GET /", "").await.0, 401);
    assert_eq!(tutor.setup_code().await.unwrap(), code);
    daemon.stop().await;
}

#[tokio::test]
async fn the_page_is_off_until_it_is_wanted() {
    let daemon = Daemon::start().await;
    let error = daemon.tutor().await.setup_code().await.unwrap_err().to_string();
    assert!(error.contains("[web] enabled = true"), "{error}");
    assert!(!daemon.path().join("db/web").exists());
    daemon.stop().await;
}

#[tokio::test]
async fn what_a_parent_sets_has_its_effect_on_the_tutor_at_once() {
    let (daemon, mut parent) = start().await;
    let form = "name=Maya&level=lower&pace=steady&weekly_minutes=60&told=yes";
    assert_eq!(parent.submit("/children", "/children", form).await.0, 303);
    let children = daemon.tutor().await.learners().await.unwrap();
    let id = children.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let page = format!("/child/{id}/settings");
    // One minute a day, whatever day it is.
    for day in ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] {
        let set = parent.submit(&page, &page, &format!("key=limit.{day}&value=1")).await;
        assert_eq!(set.0, 303, "{}", set.1);
    }
    for wrong in ["key=limit.monday&value=0", "key=quiet.from&value=25%3A00", "key=bedtime&value=1"] {
        assert_eq!(parent.submit(&page, &page, wrong).await.0, 422, "{wrong}");
    }
    let shown = parent.get(&page).await;
    assert!(shown.contains("More minutes today") && shown.contains("Quiet from"), "{shown}");

    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    let mut turn = first_turn() + 1;
    let mut said = String::new();
    for words in ["I'm Maya.", "Let's practice synonyms.", "Skip.", "Skip."] {
        turn += 1;
        sttd.heard(turn, words).await;
        said = ttsd.answer(turn).await.join(" ");
        if said.contains("your time for today") {
            break;
        }
    }
    assert!(said.contains("your time for today"), "{said}");
    assert_eq!(parent.submit(&page, &page, "key=limit.more_today&value=30").await.0, 303);
    turn += 1;
    sttd.heard(turn, "Let's practice synonyms.").await;
    let said = ttsd.answer(turn).await.join(" ");
    assert!(said.contains("A:") || said.contains("A, "), "{said}");
    assert!(parent.get("/audit").await.contains("More minutes today"));
    daemon.stop().await;
}
