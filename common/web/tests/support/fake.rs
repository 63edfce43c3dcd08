//! A household in memory. A fake: the real one is tutord's, over its database.

use std::sync::{Arc, Mutex};

use iseetutor_curriculum::level::{Level, Section};
use iseetutor_learner::mastery::{Mastery, Standing};
use iseetutor_learner::mock::MockSection;
use iseetutor_learner::profile::{Learner, Pace};
use iseetutor_learner::report::SectionReport;
use iseetutor_web::home::*;
use tokio::sync::watch;

/// 2026-09-21T16:53:20Z.
pub const NOW: i64 = 1_790_009_600_000;

pub const MAYA: &str = "0197aaaa-0000-7000-8000-000000000001";
pub const NOAH: &str = "0197aaaa-0000-7000-8000-000000000002";
/// What a hostile child would have said.
pub const HOSTILE: &str = "<script>alert('x')</script>";

struct Inner {
    children: Vec<Learner>,
    settings: Vec<Setting>,
    deeds: Vec<Deed>,
    proofs: Vec<Proof>,
    answers: Vec<(String, Answer)>,
    boards: Vec<(String, watch::Sender<Arc<Board>>)>,
    added: u32,
    out_of_order: bool,
    paused: bool,
}

pub struct FakeHome(Mutex<Inner>);

fn child(id: &str, name: &str) -> Learner {
    Learner {
        id: id.into(),
        name: name.into(),
        level: Level::Lower,
        test_day: Some(20_848),
        weekly_minutes: 90,
        pace: Pace::Steady,
    }
}

impl Default for FakeHome {
    fn default() -> Self {
        let question = |id: &str, stem: &str| Board {
            number: 1,
            state: "speaking",
            saying: "Listen.".into(),
            question: Some(BoardQuestion {
                id: id.into(),
                stem: stem.into(),
                choices: ["one", "two", "three & a half", "<four>"].map(str::to_owned).to_vec(),
                ..BoardQuestion::default()
            }),
        };
        let switch = Setting {
            key: "paused".into(),
            heading: "Practice".into(),
            label: "Pause".into(),
            help: "No lesson begins.".into(),
            kind: Kind::Switch,
            value: "off".into(),
        };
        Self(Mutex::new(Inner {
            children: vec![child(MAYA, "Maya"), child(NOAH, "Noah <b>")],
            settings: vec![switch],
            deeds: Vec::new(),
            proofs: Vec::new(),
            answers: Vec::new(),
            boards: vec![
                (MAYA.into(), watch::channel(Arc::new(question("q1", "What is 1 + 1?"))).0),
                (NOAH.into(), watch::channel(Arc::new(question("q2", "Noah's own question"))).0),
            ],
            added: 0,
            out_of_order: false,
            paused: false,
        }))
    }
}

impl FakeHome {
    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    pub fn deeds_now(&self) -> Vec<String> {
        self.inner().deeds.iter().map(|deed| deed.what.clone()).collect()
    }

    pub fn answers_now(&self) -> Vec<(String, Answer)> {
        self.inner().answers.clone()
    }

    pub fn names(&self) -> Vec<String> {
        self.inner().children.iter().map(|child| child.name.clone()).collect()
    }

    pub fn is_paused(&self) -> bool {
        self.inner().paused
    }

    pub fn setting(&self) -> String {
        self.inner().settings[0].value.clone()
    }

    /// From now on nothing can be read or kept, as with a full disk.
    pub fn break_down(&self) {
        self.inner().out_of_order = true;
    }

    pub fn show(&self, learner: &str, change: impl FnOnce(&mut Board)) {
        let inner = self.inner();
        let (_, board) = inner.boards.iter().find(|(id, _)| id == learner).unwrap();
        let mut now = Board::clone(&board.borrow());
        now.number += 1;
        change(&mut now);
        board.send_replace(Arc::new(now));
    }

    fn find(&self, learner: &str) -> Result<Learner, HomeError> {
        let inner = self.inner();
        if inner.out_of_order {
            return Err(HomeError::Unavailable("The disk is full.".into()));
        }
        let found = inner.children.iter().find(|one| one.id == learner).cloned();
        found.ok_or_else(|| HomeError::Unknown("such child".into()))
    }
}

/// Figures that are easy to find again.
pub fn report(learner: Learner) -> Report {
    let section = SectionReport {
        section: Section::Mathematics,
        answers: 40,
        right: 31,
        helped: 3,
        skipped: 1,
        percent: 77.5,
        low: 62.5,
        high: 87.7,
        enough: true,
        seconds: Some(41.0),
        timed_seconds: None,
        difficulty_reached: None,
    };
    let mastery = |skill: &str, p: f64, enough: bool| Mastery {
        skill: skill.into(),
        p,
        low: p - 0.1,
        high: p + 0.1,
        enough,
        standing: if enough { Standing::Growing } else { Standing::NeedMoreData },
        answers: 7,
        right: 5,
        helped: 1,
        last_ms: Some(NOW),
    };
    let skill = |name: &str, p: f64, enough: bool| Skill {
        name: name.into(),
        section: Section::Mathematics,
        strand: None,
        mastery: mastery(name, p, enough),
    };
    let mock = MockSection {
        mock: "mock-1".into(),
        level: Level::Lower,
        section: Section::Mathematics,
        started_ms: NOW - 86_400_000,
        limit_ms: 1_800_000,
        items: vec!["a".into(), "b".into()],
        choices: [(1, Some(0)), (2, None)].into(),
        took_ms: [(1, 31_000), (2, 4_000)].into(),
        result: Some((1, 2)),
    };
    let question = |number: u32, chosen: Option<char>, seconds: f64| MockQuestion {
        number,
        stem: format!("Question {number}"),
        chosen,
        key: 'A',
        seconds,
    };
    Report {
        learner,
        at_ms: NOW,
        offset_ms: 0,
        events: 321,
        today: Work { minutes: 17, answers: 12, right: 9 },
        week: Work { minutes: 83, answers: 71, right: 55 },
        days: (0..9)
            .map(|day| Day { day: 20_710 + day, work: Work { minutes: 10, answers: 8, right: 6 } })
            .collect(),
        sections: vec![section],
        skills: vec![skill("Adding fractions", 0.62, true), skill("=Cells, like a formula", 0.5, false)],
        misconceptions: vec![Misconception {
            plain: "adds the denominators".into(),
            times: 6,
            samples: vec!["1/2 + 1/3 = ?".into(), HOSTILE.into()],
        }],
        words_known: 48,
        words_due: 5,
        weeks: Vec::new(),
        mocks: vec![Mock {
            section: mock,
            questions: vec![question(1, Some('A'), 31.0), question(2, None, 4.0)],
        }],
        official_scores: Vec::new(),
    }
}

impl Home for FakeHome {
    fn children(&self) -> Told<'_, Vec<Learner>> {
        Box::pin(async {
            let inner = self.inner();
            if inner.out_of_order {
                return Err(HomeError::Unavailable("The disk is full.".into()));
            }
            Ok(inner.children.clone())
        })
    }

    fn add(&self, described: Child) -> Told<'_, Learner> {
        Box::pin(async move {
            let mut inner = self.inner();
            if inner.children.iter().any(|one| one.name == described.name) {
                return Err(HomeError::Refused(format!("There is a {} already.", described.name)));
            }
            inner.added += 1;
            let new = child(&format!("0197aaaa-0000-7000-8000-1{:011}", inner.added), &described.name);
            inner.children.push(new.clone());
            Ok(new)
        })
    }

    fn change<'a>(&'a self, learner: &'a str, described: Child) -> Told<'a, ()> {
        Box::pin(async move {
            self.find(learner)?;
            let mut inner = self.inner();
            if let Some(one) = inner.children.iter_mut().find(|one| one.id == learner) {
                one.name = described.name;
                one.level = described.level;
            }
            Ok(())
        })
    }

    fn report<'a>(&'a self, learner: &'a str) -> Told<'a, Arc<Report>> {
        Box::pin(async move { Ok(Arc::new(report(self.find(learner)?))) })
    }

    fn said<'a>(&'a self, learner: &'a str, skip: u32, take: u32) -> Told<'a, Transcript> {
        Box::pin(async move {
            self.find(learner)?;
            let line = |number: u32| Line {
                at_ms: NOW - i64::from(number) * 60_000,
                conversation: "c".into(),
                child: number.is_multiple_of(2),
                text: format!("Line {number} {HOSTILE}"),
                confidence: 0.8,
                flag: None,
            };
            let lines = (skip..(skip + take).min(150)).map(line).collect();
            Ok(Transcript { lines, more: skip + take < 150 })
        })
    }

    fn settings<'a>(&'a self, learner: &'a str) -> Told<'a, Vec<Setting>> {
        Box::pin(async move {
            self.find(learner)?;
            Ok(self.inner().settings.clone())
        })
    }

    fn set<'a>(&'a self, learner: &'a str, key: &'a str, value: &'a str) -> Told<'a, ()> {
        Box::pin(async move {
            self.find(learner)?;
            let mut inner = self.inner();
            let setting = inner.settings.iter_mut().find(|one| one.key == key);
            setting.ok_or_else(|| HomeError::Unknown("such setting".into()))?.value = value.into();
            Ok(())
        })
    }

    fn score<'a>(&'a self, learner: &'a str, _score: Score) -> Told<'a, ()> {
        Box::pin(async move { self.find(learner).map(|_| ()) })
    }

    fn export<'a>(&'a self, learner: &'a str) -> Told<'a, Vec<String>> {
        Box::pin(async move {
            self.find(learner)?;
            Ok(vec![format!("{{\"learner\":\"{learner}\"}}"); 3])
        })
    }

    fn erase<'a>(&'a self, learner: &'a str) -> Told<'a, Proof> {
        Box::pin(async move {
            self.find(learner)?;
            let mut inner = self.inner();
            inner.children.retain(|one| one.id != learner);
            let proof = Proof { learner: learner.into(), at_ms: NOW, events: 321 };
            inner.proofs.push(proof.clone());
            Ok(proof)
        })
    }

    fn erased(&self) -> Told<'_, Vec<Proof>> {
        Box::pin(async { Ok(self.inner().proofs.clone()) })
    }

    fn board<'a>(&'a self, learner: &'a str) -> Told<'a, watch::Receiver<Arc<Board>>> {
        Box::pin(async move {
            self.find(learner)?;
            let inner = self.inner();
            let board = inner.boards.iter().find(|(id, _)| id == learner);
            Ok(board.ok_or_else(|| HomeError::Unknown("such board".into()))?.1.subscribe())
        })
    }

    fn answer<'a>(&'a self, learner: &'a str, answer: Answer) -> Told<'a, ()> {
        Box::pin(async move {
            self.find(learner)?;
            self.inner().answers.push((learner.into(), answer));
            Ok(())
        })
    }

    fn note(&self, deed: Deed) -> Told<'_, ()> {
        Box::pin(async move {
            self.inner().deeds.push(deed);
            Ok(())
        })
    }

    fn deeds(&self, skip: u32, take: u32) -> Told<'_, Vec<Deed>> {
        Box::pin(async move {
            let inner = self.inner();
            Ok(inner.deeds.iter().rev().skip(skip as usize).take(take as usize).cloned().collect())
        })
    }

    fn health(&self) -> Told<'_, Vec<Part>> {
        let words = "ready".to_owned();
        let voice = Part { heading: "Voice".into(), name: "ttsd".into(), health: Health::Good, words };
        Box::pin(async { Ok(vec![voice]) })
    }

    fn paused(&self) -> Told<'_, bool> {
        Box::pin(async { Ok(self.inner().paused) })
    }

    fn pause(&self, pause: bool) -> Told<'_, ()> {
        Box::pin(async move {
            self.inner().paused = pause;
            Ok(())
        })
    }
}
