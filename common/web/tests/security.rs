//! What strangers try, over real TLS on a real socket.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod support;

use std::sync::Arc;
use std::time::{Duration, Instant};

use hyper::Method;
use iseetutor_web::Limits;
use iseetutor_web::routes::ROUTES;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use support::fake::{HOSTILE, MAYA};
use support::{House, PHRASE, encode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

#[tokio::test]
async fn the_certificate_is_trusted_for_the_devices_names_and_its_address() {
    let house = House::new().await;
    for name in ["iseetutor.local", "parent.iseetutor.local", "localhost", "127.0.0.1"] {
        let mut connection = house.connect_as(name).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let host = format!("{name}:{}", house.address.port());
        connection.send(format!("GET /privacy HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()).await.unwrap();
        assert_eq!(connection.reply().await.unwrap().status, 200, "{name}");
        let (_, session) = connection.stream.get_ref();
        assert_eq!(session.protocol_version(), Some(rustls::ProtocolVersion::TLSv1_3));
        assert_eq!(session.alpn_protocol(), None);
    }
    for name in ["bank.example", "other.local", "192.168.1.1"] {
        assert!(house.connect_as(name).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn tls_before_1_3_and_plain_http_are_not_served() {
    let house = House::new().await;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let old = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&[&rustls::version::TLS12])
        .unwrap()
        .with_root_certificates(house.trust())
        .with_no_client_auth();
    let stream = TcpStream::connect(house.address).await.unwrap();
    let name = ServerName::try_from("iseetutor.local").unwrap();
    let refused = TlsConnector::from(Arc::new(old)).connect(name, stream).await.unwrap_err();
    assert!(refused.to_string().contains("ProtocolVersion"), "{refused}");
    let mut plain = TcpStream::connect(house.address).await.unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\nHost: iseetutor.local\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    let _ = tokio::time::timeout(Duration::from_secs(5), plain.read_to_end(&mut answer)).await.unwrap();
    assert!(!String::from_utf8_lossy(&answer).contains("HTTP"), "{answer:?}");
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_is_refused() {
    let house = House::new().await;
    let parent = house.parent().await;
    let port = house.address.port();
    for host in [
        "evil.example".to_owned(),
        format!("evil.example:{port}"),
        format!("iseetutor.local.evil.example:{port}"),
        "iseetutor.local".to_owned(),
        format!("10.0.0.1:{port}"),
        String::new(),
    ] {
        let mut connection = house.connect().await;
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\n{}\r\n", parent.cookie_line());
        connection.send(request.as_bytes()).await.unwrap();
        let reply = connection.reply().await.unwrap();
        assert_eq!(reply.status, 421, "{host}");
        assert!(reply.text().contains("https://iseetutor.local") && !reply.text().contains("Maya"), "{host}");
    }
    // What a proxy would say of the host is not listened to.
    let mut connection = house.connect().await;
    let forwarded = format!(
        "GET /audit HTTP/1.1\r\nHost: {}\r\nX-Forwarded-For: 8.8.8.8\r\nForwarded: for=8.8.8.8;host=evil.example\r\n\
         X-Forwarded-Host: evil.example\r\nX-Real-IP: 8.8.8.8\r\n{}\r\n",
        house.host(),
        parent.cookie_line()
    );
    connection.send(forwarded.as_bytes()).await.unwrap();
    let reply = connection.reply().await.unwrap();
    assert_eq!(reply.status, 200);
    assert!(!reply.text().contains("8.8.8.8") && !reply.text().contains("evil"));
}

#[tokio::test]
async fn other_pages_change_nothing_on_any_route() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let mark = parent.get("/").await.mark();
    let body = encode(&[
        ("mark", &mark),
        ("passphrase", PHRASE),
        ("name", "Maya"),
        ("level", "lower"),
        ("code", "x"),
        ("again", PHRASE),
    ]);
    let origin = format!("https://{}", house.host());
    let attacks = [
        "Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n".to_owned(),
        "Origin: https://evil.example\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
        "Sec-Fetch-Site: none\r\n".to_owned(),
        "Sec-Fetch-Site: same-site\r\nOrigin: https://parent.iseetutor.local\r\n".to_owned(),
        format!("Sec-Fetch-Site: cross-site\r\nOrigin: {origin}\r\n"),
        String::new(),
    ];
    let before = house.home.names();
    for route in ROUTES.iter().filter(|route| route.method != Method::GET) {
        for attack in &attacks {
            let path = route.path.replace("{child}", MAYA);
            let headers = format!(
                "{attack}Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            );
            let reply = parent.ask(&format!("POST {path}"), &headers, &body).await;
            assert_eq!(reply.status, 403, "{path} {attack}");
        }
    }
    assert_eq!((before, parent.get("/").await.status), (house.home.names(), 200));
    // From a page of ours, but not of this session.
    let reply = parent.post("/children", &[("name", "Eve"), ("level", "lower"), ("mark", "0")]).await;
    assert_eq!(reply.status, 403);
    assert!(!house.home.names().contains(&"Eve".to_owned()));
    // Only the kind of form that no other page could send without asking first would be worse.
    let headers =
        format!("Origin: {origin}\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n", body.len());
    assert_eq!(parent.ask("POST /children", &headers, &body).await.status, 415);
    // And what others embed is not shown.
    let embedded = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: image\r\n";
    assert_eq!(parent.ask("GET /", embedded, "").await.status, 403);
}

#[tokio::test]
async fn every_reply_bears_its_headers_and_no_page_holds_script_or_style() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let mut stranger = house.browser();
    for route in ROUTES.iter().filter(|route| route.method == Method::GET && !route.path.ends_with("/events"))
    {
        let path = route.path.replace("{child}", MAYA);
        for reply in [parent.get(&path).await, stranger.get(&path).await, parent.post(&path, &[]).await] {
            let header = |name: &str| reply.header(name).unwrap_or_else(|| panic!("{path}: no {name}"));
            let policy = header("content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'")
                    && !policy.contains("unsafe")
                    && policy.contains("frame-ancestors 'none'")
            );
            assert_eq!(header("x-content-type-options"), "nosniff");
            assert_eq!(header("referrer-policy"), "no-referrer");
            assert_eq!(header("cross-origin-resource-policy"), "same-origin");
            assert!(header("cache-control") == "no-store" || path.starts_with("/static"), "{path}");
            assert_eq!(reply.header("strict-transport-security"), None, "{path}");
            assert_eq!((reply.header("server"), reply.header("access-control-allow-origin")), (None, None));
            assert!(reply.header("content-encoding").is_none(), "a page with a secret is not compressed");
            if header("content-type").starts_with("text/html") {
                let text = reply.text();
                assert!(
                    !text.contains("<script>") && !text.contains("<style") && !text.contains(" style="),
                    "{path}"
                );
                assert!(
                    !text.contains("onclick") && !text.contains("javascript:") && !text.contains("http://"),
                    "{path}"
                );
                assert!(!text.contains(HOSTILE) && !text.contains("Noah <b>"), "{path}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn browsers_are_told_to_insist_only_once_the_parent_says_so_and_by_name() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    assert_eq!(parent.submit("/certificate", "/trust", &[("insist", "perhaps")]).await.status, 400);
    let reply = parent.submit("/certificate", "/trust", &[("insist", "on")]).await;
    assert_eq!(reply.status, 303);
    assert_eq!(parent.get("/").await.header("strict-transport-security"), Some("max-age=31536000"));
    let mut connection = house.connect_as("127.0.0.1").await.unwrap();
    let ask = format!("GET /privacy HTTP/1.1\r\nHost: {}\r\n\r\n", house.address);
    connection.send(ask.as_bytes()).await.unwrap();
    assert_eq!(connection.reply().await.unwrap().header("strict-transport-security"), None);
    parent.submit("/certificate", "/trust", &[("insist", "off")]).await;
    assert_eq!(parent.get("/").await.header("strict-transport-security"), None);
}

#[tokio::test]
async fn bodies_heads_and_addresses_have_limits() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    let long = "a".repeat(20_000);
    assert_eq!(parent.post("/sign-in", &[("passphrase", &long)]).await.status, 413);
    assert_eq!(parent.get(&format!("/{}", "a".repeat(3_000))).await.status, 400);
    assert_eq!(parent.get("/%2e%2e/%2e%2e/etc/passwd").await.status, 400);
    for head in [
        format!("GET / HTTP/1.1\r\nHost: {}\r\nX-Long: {}\r\n\r\n", house.host(), "a".repeat(40_000)),
        format!("GET / HTTP/1.1\r\nHost: {}\r\n{}\r\n", house.host(), "X-Many: 1\r\n".repeat(200)),
    ] {
        let mut connection = house.connect().await;
        let _ = connection.send(head.as_bytes()).await;
        let status = connection.head().await.map(|reply| reply.status);
        assert!(matches!(status, None | Some(400..=431)), "{status:?}");
    }
    // More than was announced, and chunks without an end.
    let mut connection = house.connect().await;
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Transfer-Encoding: chunked\r\n\r\n",
        house.host()
    );
    connection.send(head.as_bytes()).await.unwrap();
    let chunk = format!("1000\r\n{}\r\n", "a".repeat(4_096));
    for _ in 0..64 {
        if connection.send(chunk.as_bytes()).await.is_err() {
            break;
        }
    }
    let status = connection.head().await.map(|reply| reply.status);
    assert!(matches!(status, None | Some(413)), "{status:?}");
}

fn short() -> Limits {
    Limits {
        handshake: Duration::from_millis(400),
        head: Duration::from_millis(400),
        body: Duration::from_millis(400),
        write: Duration::from_millis(800),
        ..Limits::default()
    }
}

#[tokio::test]
async fn the_slow_are_let_go() {
    let house = House::with(short()).await;
    // No handshake.
    let mut silent = TcpStream::connect(house.address).await.unwrap();
    let began = Instant::now();
    let mut end = [0; 16];
    let read = tokio::time::timeout(Duration::from_secs(5), silent.read(&mut end)).await.expect("closed");
    assert!(matches!(read, Ok(0) | Err(_)) && began.elapsed() < Duration::from_secs(3));
    // Half a head, then nothing; and nothing at all; and a kept connection that is not used again.
    for start in ["", "GET / HTTP/1.1\r\nHost: x\r\n"] {
        let mut connection = house.connect().await;
        connection.send(start.as_bytes()).await.unwrap();
        let gone = tokio::time::timeout(Duration::from_secs(5), connection.rest()).await;
        assert!(gone.is_ok(), "{start:?} is still waited for");
    }
    let mut kept = house.connect().await;
    kept.send(format!("GET /privacy HTTP/1.1\r\nHost: {}\r\n\r\n", house.host()).as_bytes()).await.unwrap();
    assert_eq!(kept.reply().await.unwrap().status, 200);
    tokio::time::timeout(Duration::from_secs(5), kept.rest())
        .await
        .expect("a connection that is not used is closed");
    // A body that does not come.
    let mut connection = house.connect().await;
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: 100\r\n\r\npassphrase=",
        house.host()
    );
    connection.send(head.as_bytes()).await.unwrap();
    assert_eq!(connection.head().await.unwrap().status, 408);
    assert!(house.served.as_ref().is_some_and(|served| !served.is_finished()));
}

#[tokio::test]
async fn nobody_takes_all_the_places() {
    let house = House::with(Limits { per_address: 4, ..Limits::default() }).await;
    let mut held = Vec::new();
    for _ in 0..4 {
        let mut connection = house.connect().await;
        connection
            .send(format!("GET /privacy HTTP/1.1\r\nHost: {}\r\n\r\n", house.host()).as_bytes())
            .await
            .unwrap();
        assert_eq!(connection.reply().await.unwrap().status, 200);
        held.push(connection);
    }
    assert!(house.connect_as("iseetutor.local").await.is_err(), "a fifth is refused");
    drop(held);
    let again = async {
        while house.connect_as("iseetutor.local").await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(5), again).await.expect("places are free again");
}

#[tokio::test]
async fn what_is_broken_behind_the_page_is_said_with_a_remedy() {
    let house = House::new().await;
    let mut parent = house.parent().await;
    house.home.break_down();
    for path in ["/", "/children", &format!("/child/{MAYA}"), "/export"] {
        let reply = parent.get(path).await;
        assert_eq!(reply.status, 503, "{path}");
        assert!(reply.text().contains("disk is full") && reply.text().contains("Try again"), "{path}");
    }
    // The door's own disk: its folder is gone.
    std::fs::remove_dir_all(house.folder.path().join("web")).unwrap();
    let reply = parent.post("/sign-in", &[("passphrase", PHRASE)]).await;
    assert_eq!(reply.status, 503);
    assert!(!reply.text().contains(house.folder.path().to_str().unwrap()), "no path of the device is shown");
}
