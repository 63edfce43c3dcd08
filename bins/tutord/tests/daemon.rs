//! The daemon on its real sockets and a private bus, among fake peers that speak the real protocol.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::process::Command;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use common::{Bus, Daemon, FakeLlmd, FakeSttd, FakeTtsd, PATIENCE, fake_audiod, in_time};
use iseetutor_wire::message::{LlmReply, Presence, Source, TtsMessage, WatchMessage};
use iseetutor_wire::turn::first_turn;
use rusqlite::Connection;
use tutord::phrases::Phrase;

fn is(phrase: Phrase, text: &str) -> bool {
    phrase.variants().iter().any(|variant| variant.join(" ") == text)
}

#[tokio::test]
async fn a_spoken_turn_is_answered_recorded_and_watched() {
    let daemon = Daemon::start().await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    let mut watch = daemon.watch().await;
    let turn = first_turn() + 1;
    sttd.heard(turn, "What is twelve times seven?").await;
    assert_eq!(ttsd.answer(turn).await, ["12 × 7 is 84."]);
    let mut seen = Vec::new();
    loop {
        let frame = in_time("a watched event", watch.next()).await.unwrap().unwrap();
        if frame.message == (WatchMessage::Answered {}) {
            break;
        }
        assert!(frame.turn == turn || seen.is_empty());
        seen.push(frame.message);
    }
    assert_eq!(seen[0], WatchMessage::Presence { presence: Presence::Idle });
    assert!(seen.contains(&WatchMessage::Heard {
        text: "What is twelve times seven?".into(),
        confidence: 0.9,
        no_speech: false
    }));
    assert!(seen.contains(&WatchMessage::Said {
        sentence: 1,
        text: "12 × 7 is 84.".into(),
        source: Source::Computed
    }));
    let tutor = daemon.tutor().await;
    in_time("two events on record", async {
        while tutor.events().await.unwrap() < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
    assert_eq!(tutor.database().await.unwrap(), daemon.path().join("db/tutor.db").display().to_string());
    daemon.stop().await;
}

#[tokio::test]
async fn the_record_holds_what_was_heard_and_said() {
    let daemon = Daemon::start().await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    sttd.heard(1 << 32, "slower").await;
    ttsd.answer(1 << 32).await;
    let dir = daemon.stop().await;
    let connection = Connection::open(dir.path().join("db/tutor.db")).unwrap();
    let mut statement = connection.prepare("SELECT kind, turn, body FROM events ORDER BY seq").unwrap();
    let rows: Vec<(String, i64, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let kinds: Vec<&str> = rows.iter().map(|(kind, ..)| kind.as_str()).collect();
    assert_eq!(kinds, ["heard", "command", "said"]);
    assert!(rows.iter().all(|(_, turn, _)| *turn == 1 << 32));
    assert!(rows[0].2.contains("\"slower\""));
}

#[tokio::test]
async fn a_question_goes_to_the_model_and_comes_back_framed() {
    let daemon = Daemon::start().await;
    let mut llmd = FakeLlmd::start(&daemon.path());
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    llmd.connected().await;
    ttsd.connected().await;
    sttd.heard(7, "Why is the sky blue?").await;
    let (turn, first) = ttsd.said().await;
    assert!(turn == 7 && is(Phrase::Guess, &first));
    let (id, chat) = llmd.asked().await;
    assert_eq!(chat.last().map(String::as_str), Some("Why is the sky blue?"));
    llmd.say(id, "Air scatters blue light, more than red light. ").await;
    llmd.done(id).await;
    assert_eq!(ttsd.answer(7).await, ["Air scatters blue light,", "more than red light."]);
    // The next question has the conversation with it.
    sttd.heard(8, "And at night?").await;
    let (_, chat) = llmd.asked().await;
    assert_eq!(chat.len(), 4);
    assert_eq!(chat[2], "Air scatters blue light, more than red light.");
}

#[tokio::test]
async fn barge_in_cancels_the_model_and_the_voice() {
    let daemon = Daemon::start().await;
    let mut llmd = FakeLlmd::start(&daemon.path());
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    llmd.connected().await;
    ttsd.connected().await;
    sttd.heard(7, "Tell me about whales.").await;
    let (id, _) = llmd.asked().await;
    sttd.begins(8).await;
    llmd.cancelled(id).await;
    loop {
        let frame = ttsd.frame().await;
        if frame.turn == 8 {
            assert_eq!(frame.message, TtsMessage::Cancel {});
            break;
        }
    }
    // What the model still says is of no turn that anybody listens to.
    llmd.say(id, "Whales are big. They swim. ").await;
    sttd.heard(9, "2 plus 2").await;
    assert_eq!(ttsd.answer(9).await, ["2 + 2 is 4."]);
}

#[tokio::test]
async fn the_model_may_go_and_return() {
    let daemon = Daemon::start().await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    sttd.heard(7, "Why is the sky blue?").await;
    assert!(is(Phrase::ModelGone, &ttsd.answer(7).await.join(" ")));
    let mut llmd = FakeLlmd::start(&daemon.path());
    llmd.connected().await;
    sttd.heard(8, "Why is the sky blue?").await;
    llmd.asked().await;
    // Gone in the middle of an answer.
    drop(llmd);
    let said = ttsd.answer(8).await;
    assert!(is(Phrase::ModelGone, said.last().unwrap()), "{said:?}");
    daemon.until_state("degraded").await;
    assert!(daemon.daemon1().await.last_error().await.unwrap().contains("llmd"));
    sttd.heard(9, "what is 3/4 plus 1/8").await;
    assert_eq!(ttsd.answer(9).await, ["3/4 + 1/8 is 7/8."]);
    let mut llmd = FakeLlmd::start(&daemon.path());
    llmd.connected().await;
    daemon.until_state("ready").await;
    sttd.heard(10, "Why is the sky blue?").await;
    let (id, _) = llmd.asked().await;
    llmd.say(id, "It just is. ").await;
    llmd.done(id).await;
    assert!(ttsd.answer(10).await.contains(&"It just is.".to_owned()));
}

#[tokio::test]
async fn a_voice_that_connects_gets_its_notice_and_its_sentences() {
    let daemon = Daemon::start().await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let (mut keeps, mut renders) = (0, 0);
    while keeps < 1 || renders < Phrase::sentences().count() {
        match ttsd.frame().await.message {
            TtsMessage::Keep { name, text } => {
                assert_eq!(name, "voice_lost");
                assert!(is(Phrase::VoiceLost, &text));
                keeps += 1;
            }
            TtsMessage::Render { .. } => renders += 1,
            other => panic!("{other:?}"),
        }
    }
    drop(ttsd);
    daemon.until_state("degraded").await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    assert!(matches!(ttsd.frame().await.message, TtsMessage::Keep { .. }), "again for a new voice");
    daemon.until_state("ready").await;
}

#[tokio::test]
async fn louder_is_done_by_audiod() {
    let daemon = Daemon::start().await;
    let (audio, _audio_bus) = fake_audiod(&daemon.bus, 85).await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    for (turn, volume, phrase) in
        [(1, 95, Phrase::Louder), (2, 100, Phrase::Louder), (3, 100, Phrase::Loudest)]
    {
        sttd.heard(turn, "Louder, please.").await;
        assert!(is(phrase, &ttsd.answer(turn).await.join(" ")));
        assert_eq!(audio.volume.load(Ordering::Relaxed), volume);
    }
}

#[tokio::test]
async fn asking_over_the_bus() {
    let daemon = Daemon::start_with(|config| config.model.patience_s = 0.5).await;
    let tutor = daemon.tutor().await;
    let (text, source, took_s, _) = tutor.ask("What is 12 times 7?".into()).await.unwrap();
    assert_eq!((text.as_str(), source.as_str()), ("12 × 7 is 84.", "computed"));
    assert!(took_s < PATIENCE.as_secs_f64());
    assert_eq!(tutor.ask("repeat".into()).await.unwrap().0, "12 × 7 is 84.");
    assert_eq!(tutor.ask("hello".into()).await.unwrap().1, "fixed");
    for (question, part) in
        [("", "empty"), (" \n", "empty"), ("a\u{7}b", "control character"), (&"a".repeat(100_000), "4000")]
    {
        let error = tutor.ask(question.into()).await.unwrap_err().to_string();
        assert!(error.contains("InvalidArgs") && error.contains(part), "{error}");
    }
    let error = tutor.ask("Why is the sky blue?".into()).await.unwrap_err().to_string();
    assert!(error.contains("Failed") && error.contains("llmd") && error.contains("doctor"), "{error}");

    let mut llmd = FakeLlmd::start(&daemon.path());
    llmd.connected().await;
    let asking = tokio::spawn({
        let tutor = tutor.clone();
        async move { tutor.ask("Why is the sky blue?".into()).await }
    });
    let (id, _) = llmd.asked().await;
    llmd.say(id, "**Air** scatters blue light. 6 times 7 is 43. 🌞 ").await;
    llmd.done(id).await;
    let (text, source, ..) = in_time("the answer", asking).await.unwrap().unwrap();
    assert_eq!(source, "model");
    let (frame, words) = text.split_at(text.find("Air").unwrap());
    assert!(is(Phrase::Guess, frame.trim()), "{text}");
    assert_eq!(words, "Air scatters blue light.");

    // Silence of the model, and its own failure, are errors with a reason.
    let asking = |question: &str| {
        let (tutor, question) = (tutor.clone(), question.to_owned());
        tokio::spawn(async move { tutor.ask(question).await.unwrap_err().to_string() })
    };
    let slow = asking("Why is grass green?");
    let (id, chat) = llmd.asked().await;
    assert!(chat.contains(&"Air scatters blue light.".to_owned()), "the conversation goes on");
    llmd.cancelled(id).await;
    assert!(in_time("an error", slow).await.unwrap().contains("patience_s"));
    let failing = asking("Why is grass green?");
    let (id, _) = llmd.asked().await;
    llmd.reply(LlmReply::Failed { id, reason: "out of memory".into() }).await;
    assert!(in_time("an error", failing).await.unwrap().contains("out of memory"));
    tutor.new_conversation().await.unwrap();
    let fresh = asking("Why is grass green?");
    let (id, chat) = llmd.asked().await;
    assert_eq!(chat.len(), 2, "forgotten");
    llmd.reply(LlmReply::Failed { id, reason: "x".into() }).await;
    in_time("an error", fresh).await.unwrap();
}

#[tokio::test]
async fn trouble_with_the_disk_is_said_and_shown_and_passes() {
    let bus_dir = tempfile::tempdir().unwrap();
    let mount = bus_dir.path().join("storage");
    std::fs::write(&mount, "in the way").unwrap();
    let bus = Bus::start();
    let runtime = tempfile::tempdir().unwrap();
    let mut config = tutord::Config { database: mount.join("d.db"), ..tutord::Config::default() };
    config.service.runtime_dir = runtime.path().to_owned();
    config.service.bus = bus.address.clone();
    let (trigger, shutdown) = iseetutor_service::Shutdown::new();
    let running = tokio::spawn(tutord::run(config, iseetutor_service::Listeners::none(), shutdown));
    let mut ttsd = FakeTtsd::start(runtime.path());
    let sttd = FakeSttd::start(runtime.path()).await;
    ttsd.connected().await;
    sttd.heard(1, "2 plus 2").await;
    let mut said = Vec::new();
    while !said.iter().any(|text: &String| text.contains("4")) {
        said.push(ttsd.said().await.1);
    }
    sttd.heard(2, "3 plus 3").await;
    said.extend(ttsd.answer(2).await);
    let told = said.iter().filter(|text| is(Phrase::CannotWrite, text)).count();
    assert_eq!(told, 1, "{said:?}");
    std::fs::remove_file(&mount).unwrap();
    std::fs::create_dir(&mount).unwrap();
    drop(trigger);
    in_time("the end", running).await.unwrap().unwrap();
    let connection = Connection::open(mount.join("d.db")).unwrap();
    let heard: i64 = connection
        .query_row("SELECT count(*) FROM events WHERE kind = 'heard'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(heard, 2, "nothing that was said while the disk was away is lost");
}

#[tokio::test]
async fn rubbish_on_turn_sock_is_refused_and_harms_nobody() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let daemon = Daemon::start().await;
    let path = daemon.path().join("turn.sock");
    for rubbish in [&b"GET / HTTP/1.0\r\n\r\n"[..], &[0xff; 64], &[0, 0, 0, 0], &[1, 0, 0, 0, 0xa0]] {
        let mut stream = tokio::net::UnixStream::connect(&path).await.unwrap();
        let _ = stream.write_all(rubbish).await;
        let mut nothing = Vec::new();
        // Closed by tutord, by an end of stream or a reset.
        let _ = in_time("the connection's end", stream.read_to_end(&mut nothing)).await;
        assert!(nothing.is_empty());
    }
    let answer = daemon.tutor().await.ask("2 plus 2".into()).await.unwrap();
    assert_eq!(answer.0, "2 + 2 is 4.");
}

/// The program itself: from the command line to SIGTERM.
#[test]
fn the_program_ends_in_order_within_two_seconds() {
    let bus = Bus::start();
    let dir = tempfile::tempdir().unwrap();
    let config = dir.path().join("tutord.toml");
    let text = format!(
        "database = {:?}\n[service]\nruntime_dir = {:?}\nbus = {:?}\n",
        dir.path().join("d.db"),
        dir.path(),
        bus.address
    );
    std::fs::write(&config, text).unwrap();
    let program = env!("CARGO_BIN_EXE_tutord");
    let checked = Command::new(program).arg("--config").arg(&config).arg("--check").output().unwrap();
    assert!(checked.status.success());
    let refused = Command::new(program)
        .args(["--set", "model.sentences=99", "--config"])
        .arg(&config)
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("model.sentences"), "{refused:?}");
    assert_eq!(refused.status.code(), Some(1));
    let mut child = Command::new(program).arg("--config").arg(&config).spawn().unwrap();
    let began = Instant::now();
    while !dir.path().join("d.db-wal").exists() {
        assert!(began.elapsed() < PATIENCE && child.try_wait().unwrap().is_none());
        std::thread::sleep(Duration::from_millis(10));
    }
    nix::sys::signal::kill(
        nix::unistd::Pid::from_raw(child.id().cast_signed()),
        nix::sys::signal::Signal::SIGTERM,
    )
    .unwrap();
    let asked = Instant::now();
    let status = child.wait().unwrap();
    assert!(status.success(), "{status}");
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
    assert!(!dir.path().join("d.db-wal").exists(), "the log is folded in");
}

#[tokio::test]
async fn a_child_is_added_practises_and_is_exported_and_erased() {
    use iseetutor_bus::Options;
    let daemon = Daemon::start().await;
    let tutor = daemon.tutor().await;
    let json = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap();
    assert_eq!(tutor.learners().await.unwrap(), "[]");
    let day = zbus::OwnedVariant::try_from(zbus::Variant::from("2099-05-01")).unwrap();
    let options = Options::from([("test_day".to_owned(), day)]);
    let added = json(tutor.add_learner("Maya".into(), "lower".into(), options).await.unwrap());
    assert_eq!((&added["name"], &added["test_day"]), (&"Maya".into(), &"2099-05-01".into()));
    for (name, level) in [("maya", "lower"), ("Leo", "kindergarten"), ("", "lower"), ("../x", "upper")] {
        let refused = tutor.add_learner(name.into(), level.into(), Options::new()).await;
        assert!(refused.is_err(), "{name} at {level}");
    }
    let ask = async |text: &str| tutor.ask(text.to_owned()).await.unwrap().0;
    assert!(ask("let's practice math").await.starts_with("Hi Maya."), "the only child is signed in");
    let verdict = ask("the second one").await;
    assert!(!verdict.is_empty());
    let report = json(tutor.show_learner("maya".into()).await.unwrap());
    let section = &report["sections"][0];
    assert_eq!(section["section"], "mathematics");
    assert_eq!(section["answers"], 1);
    assert_eq!(section["enough"], false, "need more data");

    // After a restart everything is there again.
    let dir = daemon.stop().await;
    let daemon = Daemon::start_in(dir).await;
    let tutor = daemon.tutor().await;
    let report = json(tutor.show_learner("Maya".into()).await.unwrap());
    assert_eq!(report["sections"][0]["answers"], 1);

    let file = tempfile::NamedTempFile::new().unwrap();
    let fd = std::os::fd::OwnedFd::from(file.reopen().unwrap());
    let events = tutor.export_learner("Maya".into(), fd.into()).await.unwrap();
    let lines = std::fs::read_to_string(file.path()).unwrap();
    assert_eq!(lines.lines().count() as u64, events);
    assert!(lines.lines().any(|line| json(line.to_owned())["body"]["kind"] == "answered"), "{lines}");
    assert!(lines.contains("the second one"), "what was said is exported too");

    let proof = json(tutor.erase_learner("Maya".into()).await.unwrap());
    assert_eq!(proof["erased"], events);
    assert_eq!(tutor.learners().await.unwrap(), "[]");
    assert!(tutor.show_learner("Maya".into()).await.is_err());
    let dir = daemon.stop().await;
    let connection = Connection::open(dir.path().join("db/tutor.db")).unwrap();
    let left: i64 = connection
        .query_row("SELECT count(*) FROM events WHERE learner <> ''", [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn a_verdict_by_voice_is_on_record_before_it_is_said() {
    use iseetutor_bus::Options;
    let daemon = Daemon::start().await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    let tutor = daemon.tutor().await;
    tutor.add_learner("Maya".into(), "middle".into(), Options::new()).await.unwrap();
    sttd.heard(7, "Start my lesson.").await;
    let plan = ttsd.answer(7).await.join(" ");
    assert!(plan.contains("Hi Maya.") && plan.contains("our plan for 25 minutes"), "{plan}");
    let before = tutor.events().await.unwrap();
    sttd.heard(8, "I think it's Bravo.").await;
    let (turn, _) = ttsd.said().await;
    assert_eq!(turn, 8);
    assert!(tutor.events().await.unwrap() > before, "the answer is on disk when its verdict is said");
    daemon.stop().await;
}

#[tokio::test]
async fn a_mock_test_is_taken_up_again_aloud_after_the_daemon_was_away() {
    use iseetutor_bus::Options;
    let daemon = Daemon::start().await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    let tutor = daemon.tutor().await;
    tutor.add_learner("Maya".into(), "lower".into(), Options::new()).await.unwrap();
    let set = tutor.set_for_learner("Maya".into(), "mock.extra_time".into(), "50".into()).await.unwrap();
    assert_eq!(set, r#"{"mock.extra_time":"50"}"#);
    for (key, value) in [("mock.extra_time", "51"), ("bedtime", "20:00"), ("limit.monday", "-1")] {
        let refused = tutor.set_for_learner("Maya".into(), key.into(), value.into()).await;
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains(key) && refused.contains("Maya"), "{refused}");
    }
    sttd.heard(1, "Mock test in math on paper.").await;
    let told = ttsd.answer(1).await.join(" ");
    assert!(told.contains("45 minutes. Your extra time is included."), "{told}");
    sttd.heard(2, "Begin.").await;
    ttsd.answer(2).await;
    sttd.heard(3, "One A, two C.").await;
    assert_eq!(ttsd.answer(3).await, ["1, A.", "2, C."]);
    drop((sttd, ttsd));
    let dir = daemon.stop().await;

    let daemon = Daemon::start_in(dir).await;
    let mut ttsd = FakeTtsd::start(&daemon.path());
    let sttd = FakeSttd::start(&daemon.path()).await;
    ttsd.connected().await;
    let told = ttsd.answer(0).await.join(" ");
    // 45 minutes less some milliseconds, which may be none.
    let left = |told: &str| told.contains("44 minutes are left") || told.contains("45 minutes are left");
    assert!(
        told.contains("Maya, you were in the middle of Mathematics Achievement.") && left(&told),
        "{told}"
    );
    sttd.heard(1, "Yes.").await;
    let told = ttsd.answer(1).await.join(" ");
    assert!(left(&told), "{told}");
    sttd.heard(2, "Which ones are open?").await;
    let told = ttsd.answer(2).await.join(" ");
    assert!(told.contains("Open are 3, 4, 5"), "{told}");
    daemon.stop().await;
}
