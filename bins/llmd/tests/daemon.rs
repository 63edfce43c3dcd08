//! The real program with the real models: its socket, its place on the bus, its end.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::{capital_of_france, embedding, endless, language, tokens, user};
use iseetutor_bus::daemon1::Daemon1Proxy;
use iseetutor_bus::llm1::Llm1Proxy;
use iseetutor_bus::{BusAddress, Name};
use iseetutor_wire::message::{ChatMessage, FinishReason, LlmReply, LlmRequest, Sampling};
use iseetutor_wire::{Frame, Link, SocketName};
use tokio::sync::mpsc;

/// How long a test waits for what must happen. Far more than it takes, for a machine under load.
const PATIENCE: Duration = Duration::from_secs(120);

/// llmd on a private bus and in a folder of its own.
struct Daemon {
    process: Child,
    bus: Child,
    dir: tempfile::TempDir,
    client: zbus::Connection,
}

impl Daemon {
    async fn start(set: &[&str]) -> Option<Self> {
        let model = language()?;
        let mut bus = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("start dbus-daemon; apt-get install dbus");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let address = address.trim();
        let dir = tempfile::tempdir().unwrap();
        let model = format!("model={}", model.display());
        let small = ["context_tokens=2048", "request_tokens=512", "slots=2", "threads=1"];
        let process = command(dir.path(), address, small.iter().chain(set).copied().chain([model.as_str()]))
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let address: BusAddress = address.parse().unwrap();
        let client = iseetutor_bus::connect(&address).await.unwrap();
        let daemon = Self { process, bus, dir, client };
        let told = async {
            loop {
                match daemon.daemon().await.state().await.as_deref() {
                    Ok("ready" | "degraded") => return,
                    _ => tokio::time::sleep(Duration::from_millis(20)).await,
                }
            }
        };
        tokio::time::timeout(PATIENCE, told).await.expect("llmd is ready");
        Some(daemon)
    }

    async fn daemon(&self) -> Daemon1Proxy<'_> {
        Daemon1Proxy::builder(&self.client)
            .destination(Name::Llm.bus_name())
            .path(Name::Llm.path())
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }

    async fn llm(&self) -> Llm1Proxy<'_> {
        Llm1Proxy::builder(&self.client)
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
            .await
            .unwrap()
    }

    async fn client(&self, queue: usize) -> Client {
        let (link, replies) = Link::connect_two_way(SocketName::Llm.path(self.dir.path()), queue);
        tokio::time::timeout(PATIENCE, link.wait_connected()).await.unwrap();
        Client { link, replies }
    }

    /// Asks the daemon to end, and returns how it did.
    fn end(&mut self) -> std::process::ExitStatus {
        let terminate =
            Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        assert!(terminate.success());
        self.process.wait().unwrap()
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        for child in [&mut self.process, &mut self.bus] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn command<'a>(dir: &Path, bus: &str, set: impl Iterator<Item = &'a str>) -> Command {
    let file = dir.join("llmd.toml");
    std::fs::write(&file, "").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_llmd"));
    command.arg("--config").arg(file);
    command.args(["--set", &format!("service.bus={bus:?}")]);
    command.args(["--set", &format!("service.runtime_dir={dir:?}")]);
    command.args(set.flat_map(|set| ["--set", set]));
    command
}

struct Client {
    link: Link<LlmRequest>,
    replies: mpsc::Receiver<Frame<LlmReply>>,
}

impl Client {
    async fn send(&self, turn: u64, message: LlmRequest) {
        self.link.send(Frame::new(turn, 0, message)).await.unwrap();
    }

    async fn ask(&self, turn: u64, id: u64, messages: Vec<ChatMessage>, sampling: Sampling) {
        self.send(turn, LlmRequest::Generate { id, messages, sampling, keep: 1 }).await;
    }

    async fn next(&mut self) -> Frame<LlmReply> {
        tokio::time::timeout(PATIENCE, self.replies.recv()).await.expect("a reply").expect("llmd is there")
    }

    /// Reads until the end of each of `ids`: their texts and their ends.
    async fn ends(&mut self, ids: &[u64]) -> HashMap<u64, (String, LlmReply)> {
        let mut texts: HashMap<u64, String> = HashMap::new();
        let mut ends = HashMap::new();
        while !ids.iter().all(|id| ends.contains_key(id)) {
            let message = self.next().await.message;
            match &message {
                LlmReply::Token { id, text } => texts.entry(*id).or_default().push_str(text),
                LlmReply::Done { id, .. } | LlmReply::Failed { id, .. } | LlmReply::Embeddings { id, .. } => {
                    ends.insert(*id, (texts.remove(id).unwrap_or_default(), message.clone()));
                }
            }
        }
        ends
    }

    async fn end(&mut self, id: u64) -> (String, LlmReply) {
        self.ends(&[id]).await.remove(&id).unwrap()
    }
}

fn reason(reply: &LlmReply) -> FinishReason {
    match reply {
        LlmReply::Done { reason, .. } => *reason,
        other => panic!("{other:?}"),
    }
}

fn failure(reply: &LlmReply) -> &str {
    match reply {
        LlmReply::Failed { reason, .. } => reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_answers_embeds_measures_and_tells_the_bus() {
    let embedding_model = embedding().map(|path| format!("embedding_model={}", path.display()));
    let set: Vec<&str> = embedding_model.as_deref().into_iter().collect();
    let Some(mut daemon) = Daemon::start(&set).await else { return };
    let mut client = daemon.client(64).await;
    let chat = capital_of_france();
    client.send(7, LlmRequest::Prefill { id: 1, messages: chat[..1].to_vec() }).await;
    client.ask(7, 2, chat, tokens(24)).await;
    let mut ends = client.ends(&[1, 2]).await;
    assert_eq!(reason(&ends.remove(&1).unwrap().1), FinishReason::End);
    let (text, end) = ends.remove(&2).unwrap();
    assert!(text.contains("Paris"), "{text:?}");
    let LlmReply::Done { prompt_tokens, generated_tokens, first_token_ms, took_ms, .. } = end else {
        panic!("{end:?}")
    };
    assert!(prompt_tokens > 10 && generated_tokens > 0 && first_token_ms > 0.0 && took_ms >= first_token_ms);

    client.send(7, LlmRequest::Embed { id: 3, texts: vec!["cat".into(), "kitten".into()] }).await;
    let (_, reply) = client.end(3).await;
    if embedding_model.is_some() {
        let LlmReply::Embeddings { dimensions: 384, vectors, .. } = reply else { panic!("{reply:?}") };
        assert_eq!(vectors.len(), 2 * 384 * 4);
        let first = f32::from_le_bytes(*vectors.first_chunk().unwrap());
        assert!(first.is_finite() && first.abs() < 1.0);
    } else {
        assert!(failure(&reply).contains("`embedding_model`"));
    }
    client.send(7, LlmRequest::Embed { id: 4, texts: vec!["x".into(); 33] }).await;
    assert!(matches!(client.end(4).await.1, LlmReply::Failed { .. }));

    let llm = daemon.llm().await;
    assert_eq!((llm.context_tokens().await.unwrap(), llm.threads().await.unwrap()), (2_048, 1));
    assert_eq!(llm.active().await.unwrap(), 0);
    assert_eq!(llm.embedding_model().await.unwrap().is_empty(), embedding_model.is_none());
    let (prefill, decode) = llm.measure(64, 8).await.unwrap();
    assert!(prefill > 1.0 && decode > 1.0);
    assert!(llm.measure(0, 0).await.unwrap_err().to_string().contains("ask for 1 to"));
    let told = daemon.daemon().await;
    assert_eq!(told.state().await.unwrap(), "ready");
    assert!(told.model().await.unwrap().ends_with(".gguf"));
    let counters = told.counters().await.unwrap();
    assert_eq!((counters["requests"], counters["prefills"]), (1, 1));
    assert!(told.latencies().await.unwrap()["first_token_ms"] > 0.0);
    drop((llm, told));
    assert!(daemon.end().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_are_given_up_by_name_by_turn_and_by_going_away() {
    let Some(daemon) = Daemon::start(&[]).await else { return };
    let mut client = daemon.client(64).await;
    let story = || vec![user("Write a long story about a fox.")];
    client.ask(5, 1, story(), endless(400)).await;
    client.next().await;
    client.ask(5, 1, story(), endless(400)).await;
    client.send(5, LlmRequest::Cancel { id: 99 }).await;
    // The second one of that number is refused; the first goes on.
    let refused = loop {
        if let LlmReply::Failed { reason, .. } = client.next().await.message {
            break reason;
        }
    };
    assert!(refused.contains("open already"), "{refused}");
    client.send(5, LlmRequest::Cancel { id: 1 }).await;
    assert_eq!(reason(&client.end(1).await.1), FinishReason::Cancelled);

    // A newer turn voids the older one, and what comes late for the older one.
    client.ask(5, 2, story(), endless(400)).await;
    client.next().await;
    client.ask(6, 3, vec![user("Say hello.")], tokens(4)).await;
    client.ask(5, 4, story(), endless(400)).await;
    let ends = client.ends(&[2, 3, 4]).await;
    assert_eq!(reason(&ends[&2].1), FinishReason::Cancelled);
    assert_ne!(reason(&ends[&3].1), FinishReason::Cancelled);
    assert_eq!(reason(&ends[&4].1), FinishReason::Cancelled);

    // Both slots are taken by a client that goes away; another is answered all the same.
    client.ask(6, 5, story(), endless(400)).await;
    client.ask(6, 6, story(), endless(400)).await;
    client.next().await;
    drop(client);
    let mut other = daemon.client(64).await;
    other.ask(0, 1, vec![user("Say hello.")], tokens(4)).await;
    assert_ne!(reason(&other.end(1).await.1), FinishReason::Cancelled);
    let idle = async {
        while daemon.llm().await.active().await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, idle).await.expect("the slots are free");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_does_not_read_holds_up_nobody_else() {
    let Some(daemon) = Daemon::start(&[]).await else { return };
    // Sends and never reads: neither the socket nor its queues can take all these tokens.
    let deaf = daemon.client(1).await;
    for id in 0..4 {
        deaf.ask(0, id, vec![user("Count from one to one thousand.")], tokens(450)).await;
    }
    let mut client = daemon.client(64).await;
    for id in 0..3 {
        client.ask(0, id, vec![user("Count to ten.")], tokens(20)).await;
        let (text, end) = client.end(id).await;
        assert!(!text.is_empty() && reason(&end) != FinishReason::Cancelled, "{end:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_not_frames_close_their_connection_and_nothing_else() {
    let Some(daemon) = Daemon::start(&[]).await else { return };
    let path = SocketName::Llm.path(daemon.dir.path());
    let good = Frame::new(0, 0, LlmRequest::Cancel { id: 1 }).encode().unwrap();
    let wrong_kind = {
        let mut frame = good.clone();
        let at = frame.windows(6).position(|window| window == b"cancel").unwrap();
        frame[at..at + 6].copy_from_slice(b"cancer");
        frame
    };
    for bytes in [
        b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        vec![0; 64],
        u32::MAX.to_le_bytes().to_vec(),
        [&4_u32.to_le_bytes()[..], &[0xff; 4]].concat(),
        good[..good.len() - 2].to_vec(),
        wrong_kind,
        [good.as_slice(), &[0xa5; 300]].concat(),
    ] {
        let mut stream = UnixStream::connect(&path).unwrap();
        stream.write_all(&bytes).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut rest = Vec::new();
        // Reset or closed: either way it is over.
        let _ = std::io::Read::read_to_end(&mut stream, &mut rest);
        assert!(rest.is_empty());
    }
    let mut client = daemon.client(64).await;
    client.ask(0, 1, vec![user("Say hello.")], tokens(4)).await;
    assert_ne!(reason(&client.end(1).await.1), FinishReason::Cancelled);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_in_mid_answer_within_two_seconds() {
    let Some(mut daemon) = Daemon::start(&[]).await else { return };
    let mut client = daemon.client(64).await;
    client.ask(0, 1, vec![user("Write a long story about a fox.")], endless(400)).await;
    client.ask(0, 2, vec![user(&"The sea is wide. ".repeat(90))], endless(400)).await;
    client.next().await;
    let asked = Instant::now();
    let status = daemon.end();
    assert!(status.success(), "{status}");
    assert!(asked.elapsed() < Duration::from_secs(2), "it took {:?}", asked.elapsed());
}

fn fails(set: &[&str]) -> Output {
    let dir = tempfile::tempdir().unwrap();
    let mut bus = Command::new("dbus-daemon")
        .args(["--session", "--nofork", "--print-address=1"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("start dbus-daemon; apt-get install dbus");
    let mut address = String::new();
    BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let output = command(dir.path(), address.trim(), set.iter().copied()).output().unwrap();
    let _ = bus.kill();
    let _ = bus.wait();
    output
}

#[test]
fn a_model_that_cannot_be_used_ends_it_with_an_error_that_says_so() {
    let output = fails(&["model=/nowhere/model.gguf"]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("/nowhere/model.gguf") && text.contains("tutorctl models fetch"), "{text}");
    let output = fails(&[]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("set `model`"));
    let output = fails(&["slotz=1"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("slotz"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_embedding_model_that_cannot_be_used_leaves_it_degraded_and_answering() {
    let set = ["embedding_model=/nowhere/embed.gguf", "embedding_at_start=true"];
    let Some(daemon) = Daemon::start(&set).await else { return };
    let told = daemon.daemon().await;
    assert_eq!(told.state().await.unwrap(), "degraded");
    assert!(told.last_error().await.unwrap().contains("/nowhere/embed.gguf"));
    let mut client = daemon.client(64).await;
    client.ask(0, 1, vec![user("Say hello.")], tokens(4)).await;
    assert_ne!(reason(&client.end(1).await.1), FinishReason::Cancelled);
    client.send(0, LlmRequest::Embed { id: 2, texts: vec!["cat".into()] }).await;
    assert!(failure(&client.end(2).await.1).contains("/nowhere/embed.gguf"));
}

#[test]
fn the_quantize_command_reports_on_the_terminal() {
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_llmd")).arg("quantize").args(arguments).output().unwrap()
    };
    let usage = run(&[]);
    assert_eq!(usage.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&usage.stderr).contains("IN.gguf OUT.gguf TYPE"));
    let Some(model) = embedding() else { return };
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("small.gguf");
    let (from, to) = (model.to_str().unwrap(), to.to_str().unwrap());
    let done = run(&[from, to, "q8_0"]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout).contains("bytes written"));
    let again = run(&[from, to, "q8_0"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("not overwritten"));
}
