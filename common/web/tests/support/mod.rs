//! A server on a real socket, a browser that speaks real TLS to it, and a household that is a fake.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

pub mod fake;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use iseetutor_web::{Limits, Web, WebConfig};
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

pub use fake::FakeHome;

pub const PHRASE: &str = "seven green lamps sing";

/// A server with a clock that the test moves.
pub struct House {
    pub folder: tempfile::TempDir,
    pub web: Arc<Web>,
    pub home: Arc<FakeHome>,
    pub address: SocketAddr,
    pub now: Arc<AtomicI64>,
    stop: Option<oneshot::Sender<()>>,
    pub served: Option<tokio::task::JoinHandle<()>>,
}

impl House {
    pub async fn new() -> Self {
        Self::with(Limits::default()).await
    }

    pub async fn with(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Arc::new(FakeHome::default());
        let now = Arc::new(AtomicI64::new(fake::NOW));
        let clock = Arc::clone(&now);
        let config = WebConfig { limits, ..WebConfig::new(folder.path().join("web")) };
        let web = Web::open(config, Arc::clone(&home) as _, Arc::new(move || clock.load(Ordering::SeqCst)))
            .unwrap();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = Arc::clone(&web);
        let served = tokio::spawn(async move {
            let shutdown = async {
                let _ = stopped.await;
            };
            serving.serve(listener, shutdown).await.unwrap();
        });
        Self { folder, web, home, address, now, stop: Some(stop), served: Some(served) }
    }

    pub fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    pub fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// The host as browsers send it.
    pub fn host(&self) -> String {
        format!("iseetutor.local:{}", self.address.port())
    }

    /// The certificate in the page's folder.
    pub fn trust_der(&self) -> CertificateDer<'static> {
        let pem = std::fs::read(self.folder.path().join("web/authority.crt")).unwrap();
        <CertificateDer<'_> as rustls::pki_types::pem::PemObject>::from_pem_slice(&pem).unwrap().into_owned()
    }

    /// What a browser trusts that loaded the certificate from the page's folder.
    pub fn trust(&self) -> RootCertStore {
        let mut roots = RootCertStore::empty();
        roots.add(self.trust_der()).unwrap();
        roots
    }

    pub fn tls(&self) -> Arc<ClientConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        Arc::new(builder.with_root_certificates(self.trust()).with_no_client_auth())
    }

    pub async fn connect(&self) -> Connection {
        self.connect_as("iseetutor.local").await.unwrap()
    }

    pub async fn connect_as(&self, name: &str) -> std::io::Result<Connection> {
        let stream = TcpStream::connect(self.address).await?;
        let name = ServerName::try_from(name.to_owned()).unwrap();
        let stream = TlsConnector::from(self.tls()).connect(name, stream).await?;
        Ok(Connection { stream, buffer: Vec::new() })
    }

    /// A browser without cookies.
    pub fn browser(&self) -> Browser<'_> {
        Browser { house: self, cookies: Vec::new(), connection: None }
    }

    /// A browser that is signed in.
    pub async fn parent(&self) -> Browser<'_> {
        let mut browser = self.browser();
        let reply = match self.web.door().setup_code().unwrap() {
            Some(code) => {
                let fields =
                    [("code", code.as_str()), ("passphrase", PHRASE), ("again", PHRASE), ("told", "yes")];
                browser.post("/setup", &fields).await
            }
            None => browser.post("/sign-in", &[("passphrase", PHRASE)]).await,
        };
        assert_eq!(reply.status, 303, "{}", reply.text());
        browser
    }
}

/// A connection over TLS.
pub struct Connection {
    pub stream: TlsStream<TcpStream>,
    buffer: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).expect("a text")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    /// The mark of the session's forms.
    pub fn mark(&self) -> String {
        let text = self.text();
        let from = text.find("name=\"mark\" value=\"").expect("a form with a mark") + 19;
        text[from..].split('"').next().unwrap().to_owned()
    }
}

impl Connection {
    pub async fn send(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    async fn more(&mut self) -> std::io::Result<bool> {
        let mut chunk = [0; 16_384];
        let read = tokio::time::timeout(Duration::from_secs(30), self.stream.read(&mut chunk)).await;
        let count = read.map_err(|_| std::io::Error::other("nothing came for 30 s"))??;
        self.buffer.extend_from_slice(&chunk[..count]);
        Ok(count > 0)
    }

    /// Everything until the other side closes.
    pub async fn rest(mut self) -> Vec<u8> {
        while self.more().await.unwrap_or(false) {}
        self.buffer
    }

    /// The head of a reply; nothing when the connection ends before it.
    pub async fn head(&mut self) -> Option<Reply> {
        let end = loop {
            if let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break end;
            }
            if !self.more().await.unwrap_or(false) {
                return None;
            }
        };
        let head = String::from_utf8(self.buffer.drain(..end + 4).collect()).expect("a head in UTF-8");
        let mut lines = head.trim_end().split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        Some(Reply { status, headers, body: Vec::new() })
    }

    /// A whole reply; nothing when the connection ends before it.
    pub async fn reply(&mut self) -> Option<Reply> {
        let mut reply = self.head().await?;
        let length = reply.header("content-length").map_or(0, |length| length.parse().unwrap());
        while self.buffer.len() < length {
            if !self.more().await.unwrap_or(false) {
                return None;
            }
        }
        reply.body = self.buffer.drain(..length).collect();
        Some(reply)
    }

    /// The next event of a stream: its name and its data.
    pub async fn event(&mut self) -> Option<(String, String)> {
        loop {
            if let Some(end) = self.buffer.windows(2).position(|window| window == b"\n\n") {
                let block: Vec<u8> = self.buffer.drain(..end + 2).collect();
                // The lengths of chunks stand between events; lines of ours begin with their field.
                let block = String::from_utf8(block).unwrap();
                let field = |name: &str| {
                    block
                        .lines()
                        .find_map(|line| line.strip_prefix(name))
                        .map(|value| value.trim().to_owned())
                };
                if let (Some(event), Some(data)) = (field("event:"), field("data:")) {
                    return Some((event, data));
                }
                continue;
            }
            if !self.more().await.unwrap_or(false) {
                return None;
            }
        }
    }
}

/// A browser: it keeps cookies and says where its requests come from.
pub struct Browser<'h> {
    house: &'h House,
    pub cookies: Vec<(String, String)>,
    connection: Option<Connection>,
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    let one = |text: &str| -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
    };
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", one(name), one(value))).collect();
    pairs.join("&")
}

impl Browser<'_> {
    pub fn cookie_line(&self) -> String {
        let pairs: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if pairs.is_empty() { String::new() } else { format!("Cookie: {}\r\n", pairs.join("; ")) }
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    fn keep(&mut self, reply: &Reply) {
        for (name, value) in &reply.headers {
            if name != "set-cookie" {
                continue;
            }
            let (cookie, attributes) = value.split_once("; ").unwrap();
            for wanted in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
                assert!(attributes.split("; ").any(|one| one == wanted), "{value}");
            }
            let (name, value) = cookie.split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{name}");
            self.cookies.retain(|(one, _)| one != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
    }

    /// Sends a request as it is, with this browser's cookies, and keeps the connection.
    pub async fn ask(&mut self, line: &str, headers: &str, body: &str) -> Reply {
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nUser-Agent: Test browser\r\n{}{headers}\r\n{body}",
            self.house.host(),
            self.cookie_line()
        );
        for _ in 0..2 {
            if self.connection.is_none() {
                self.connection = Some(self.house.connect().await);
            }
            let connection = self.connection.as_mut().unwrap();
            if connection.send(request.as_bytes()).await.is_ok()
                && let Some(reply) = connection.reply().await
            {
                if reply.header("connection") == Some("close") {
                    self.connection = None;
                }
                self.keep(&reply);
                return reply;
            }
            // The server may have closed a connection that was kept.
            self.connection = None;
        }
        panic!("no reply to {line}");
    }

    pub async fn get(&mut self, path: &str) -> Reply {
        self.ask(&format!("GET {path}"), "Sec-Fetch-Site: none\r\n", "").await
    }

    /// Sends a form as a browser does from a page with `Referrer-Policy: no-referrer`.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = encode(fields);
        let headers = format!(
            "Origin: null\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n",
            body.len()
        );
        self.ask(&format!("POST {path}"), &headers, &body).await
    }

    /// Sends a form of the page at `from`, with its mark.
    pub async fn submit(&mut self, from: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        let page = self.get(from).await;
        assert_eq!(page.status, 200, "{from}: {}", page.text());
        let mark = page.mark();
        let fields: Vec<(&str, &str)> =
            [("mark", mark.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post(path, &fields).await
    }
}
