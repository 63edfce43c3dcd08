//! Edges over real sockets: reconnecting, back-pressure, and peers that misbehave.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::Write;
use std::os::unix::net::UnixStream;
use std::path::PathBuf;

use iseetutor_wire::message::{FinishReason, LlmReply, LlmRequest, SttMessage};
use iseetutor_wire::socket::{self, SocketError};
use iseetutor_wire::{Frame, Inbound, Incoming, Link, PeerPolicy, SocketName, WireError};

struct Place {
    _directory: tempfile::TempDir,
    path: PathBuf,
}

fn place() -> Place {
    let directory = tempfile::tempdir().unwrap();
    let path = SocketName::Stt.path(directory.path());
    Place { _directory: directory, path }
}

fn listen(place: &Place) -> Inbound<SttMessage> {
    let socket = socket::bind(&place.path).unwrap();
    Inbound::listen(socket, &place.path, PeerPolicy::own_user(), 4).unwrap()
}

async fn next_frame(inbound: &mut Inbound<SttMessage>) -> Frame<SttMessage> {
    loop {
        if let Incoming::Frame { frame, .. } = inbound.next().await.unwrap() {
            return frame;
        }
    }
}

async fn next_close(inbound: &mut Inbound<SttMessage>) -> Option<WireError> {
    loop {
        if let Incoming::Closed { error, .. } = inbound.next().await.unwrap() {
            return error;
        }
    }
}

fn pause(turn: u64) -> Frame<SttMessage> {
    Frame::new(turn, 0, SttMessage::Pause { speech_end_us: turn })
}

#[tokio::test]
async fn a_link_finds_its_peer_again() {
    let place = place();
    let link = Link::connect(place.path.clone(), 4);
    assert!(link.send(pause(1)).await.is_err(), "nobody listens yet");

    for turn in [1, 2, 3] {
        let mut inbound = listen(&place);
        link.wait_connected().await;
        link.send(pause(turn)).await.unwrap();
        assert_eq!(next_frame(&mut inbound).await, pause(turn));
        drop(inbound);
        let mut connection = link.connection();
        connection.wait_for(|up| !up).await.unwrap();
    }
}

#[tokio::test]
async fn a_slow_reader_slows_its_writer_and_nobody_else() {
    let place = place();
    let mut inbound = listen(&place);
    let (slow, quick) = (Link::connect(place.path.clone(), 4), tempfile::tempdir().unwrap());
    slow.wait_connected().await;
    let pcm = vec![0; 32 * 1024];
    let sent = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = sent.clone();
    let writer = tokio::spawn(async move {
        for turn in 0..200 {
            slow.send(Frame::new(turn, 0, SttMessage::Audio { pcm: pcm.clone() })).await.unwrap();
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
    });
    // Another edge of the same process is not slowed.
    let other = SocketName::Play.path(quick.path());
    let mut beside: Inbound<SttMessage> =
        Inbound::listen(socket::bind(&other).unwrap(), &other, PeerPolicy::own_user(), 4).unwrap();
    let link = Link::connect(other, 4);
    link.wait_connected().await;
    for turn in 0..500 {
        link.send(pause(turn)).await.unwrap();
        assert_eq!(next_frame(&mut beside).await, pause(turn));
    }
    let before = sent.load(std::sync::atomic::Ordering::SeqCst);
    assert!(before < 100, "{before} frames of 32 KiB were taken in though nobody reads them");
    for turn in 0..200 {
        assert_eq!(next_frame(&mut inbound).await.turn, turn);
    }
    writer.await.unwrap();
}

#[tokio::test]
async fn a_peer_that_misbehaves_is_closed_and_the_next_is_served() {
    let place = place();
    let mut inbound = listen(&place);
    let whole = pause(1).encode().unwrap();
    type Expected = fn(&WireError) -> bool;
    let bad: [(&[u8], Expected); 4] = [
        (&[0xff; 8], |error| matches!(error, WireError::TooLong { .. })),
        (&[0; 4], |error| matches!(error, WireError::Empty)),
        (&whole[..whole.len() - 1], |error| matches!(error, WireError::Cut { .. })),
        (&[1, 0, 0, 0, 0xff], |error| matches!(error, WireError::Malformed { .. })),
    ];
    for (bytes, expected) in bad {
        let mut peer = UnixStream::connect(&place.path).unwrap();
        peer.write_all(bytes).unwrap();
        peer.shutdown(std::net::Shutdown::Write).unwrap();
        let error = next_close(&mut inbound).await.expect("an error");
        assert!(expected(&error), "{error}");
    }
    let mut peer = UnixStream::connect(&place.path).unwrap();
    peer.write_all(&whole).unwrap();
    assert_eq!(next_frame(&mut inbound).await, pause(1));
    drop(peer);
    assert!(next_close(&mut inbound).await.is_none(), "an end between two frames is clean");
}

#[tokio::test]
async fn a_stranger_is_denied() {
    let place = place();
    let socket = socket::bind(&place.path).unwrap();
    let nobody = PeerPolicy::uids(vec![nix::unistd::geteuid().as_raw().wrapping_add(1)]);
    let listener = socket::listener(socket, &place.path).unwrap();
    let peer = UnixStream::connect(&place.path).unwrap();
    let error = socket::accept(&listener, &nobody).await.unwrap_err();
    assert!(
        matches!(error, SocketError::Denied { uid, pid }
        if uid == nix::unistd::geteuid().as_raw() && pid == i32::try_from(std::process::id()).unwrap()),
        "{error}"
    );
    drop(peer);
}

#[tokio::test]
async fn replies_come_back_on_the_two_way_edge() {
    let place = place();
    let socket = socket::bind(&place.path).unwrap();
    let mut inbound: Inbound<LlmRequest, LlmReply> =
        Inbound::listen_two_way(socket, &place.path, PeerPolicy::own_user(), 4, 4).unwrap();
    let (link, mut replies) = Link::connect_two_way::<LlmReply>(place.path.clone(), 4);
    link.wait_connected().await;
    link.send(Frame::new(1, 0, LlmRequest::Cancel { id: 8 })).await.unwrap();
    let mut answer = None;
    loop {
        match inbound.next().await.unwrap() {
            Incoming::Connected { replies, .. } => answer = replies,
            Incoming::Frame { frame, .. } => {
                assert_eq!(frame.message, LlmRequest::Cancel { id: 8 });
                break;
            }
            Incoming::Closed { error, .. } => panic!("{error:?}"),
        }
    }
    let done = LlmReply::Done {
        id: 8,
        reason: FinishReason::Cancelled,
        prompt_tokens: 0,
        cached_tokens: 0,
        generated_tokens: 0,
        dropped_messages: 0,
        first_token_ms: 0.0,
        took_ms: 0.0,
    };
    answer.expect("a two-way edge has replies").send(Frame::new(1, 0, done.clone())).await.unwrap();
    assert_eq!(replies.recv().await.unwrap().message, done);
}

#[tokio::test]
async fn binding_names_what_is_in_the_way() {
    let place = place();
    let held = socket::bind(&place.path).unwrap();
    assert!(matches!(socket::bind(&place.path), Err(SocketError::InUse { .. })));
    drop(held);
    // The file is still there, as after a crash.
    assert!(place.path.exists());
    drop(socket::bind(&place.path).expect("a stale socket is replaced"));
    std::fs::remove_file(&place.path).unwrap();
    std::fs::write(&place.path, b"mine").unwrap();
    assert!(matches!(socket::bind(&place.path), Err(SocketError::NotASocket { .. })));
    assert_eq!(std::fs::read(&place.path).unwrap(), b"mine");

    let long = place.path.with_file_name("x".repeat(120));
    let error = socket::bind(&long).unwrap_err();
    assert!(matches!(error, SocketError::PathTooLong { .. }));
    assert!(error.to_string().contains("choose a shorter runtime directory"), "{error}");
    assert!(matches!(socket::connect(&long).await, Err(SocketError::PathTooLong { .. })));
}

#[test]
fn sockets_are_for_owner_and_group_only() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let _held = socket::bind(&place.path).unwrap();
    assert_eq!(std::fs::metadata(&place.path).unwrap().permissions().mode() & 0o777, 0o660);
}

/// A umask that is set for the time of a bind is every thread's: a folder made meanwhile could not be entered.
#[test]
fn binding_leaves_what_other_threads_make_alone() {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::atomic::{AtomicBool, Ordering};
    let place = place();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 0..2_000 {
                drop(socket::bind(&place.path.with_extension(number.to_string())).unwrap());
            }
            done.store(true, Ordering::Relaxed);
        });
        let folder = place.path.with_file_name("folder");
        while !done.load(Ordering::Relaxed) {
            std::fs::create_dir(&folder).unwrap();
            let mode = std::fs::metadata(&folder).unwrap().permissions().mode();
            std::fs::remove_dir(&folder).unwrap();
            assert_eq!(mode & 0o700, 0o700, "{mode:o}");
        }
    });
}
