//! Going on with a test after the device was away: the answers, marks and clock come back from what is on record.

use std::collections::VecDeque;

use iseetutor_exam::clock;
use iseetutor_exam::mock::Stage as Part;
use iseetutor_exam::sitting::{Mode, Sitting};
use iseetutor_learner::event::{By, Mark, What};
use iseetutor_learner::mock::OpenMock;

use super::{Mock, Running, Stage, Wanted, lines, time_of};
use crate::practice::Reply;
use crate::school::Desk;

/// A section is gone on with within this time, in milliseconds; a child that comes later begins anew.
const SECTION_KEEPS_MS: i64 = 3 * 3_600_000;
/// A whole test waits this long between its parts.
const TEST_KEEPS_MS: i64 = 7 * 86_400_000;

/// A test that was not over when the device went away, or when the child went away between two parts of it.
#[derive(Debug, Clone)]
pub struct Interrupted {
    desk: Desk,
    id: String,
    mode: Mode,
    at: At,
    /// The parts after it.
    left: VecDeque<Part>,
    /// When it was last known to be going on, in milliseconds since 1970.
    last_ms: i64,
}

/// Where it was.
#[derive(Debug, Clone)]
enum At {
    Section(Box<Sitting>),
    Essay { prompt: String, until_ms: Option<u64> },
    Between,
}

impl Interrupted {
    /// The test that the child of a desk can go on with.
    #[must_use]
    pub fn of(desk: Desk) -> Option<Self> {
        let open = desk.open_mock()?;
        let this = Self::replay(desk, open)?;
        let keeps_ms = if matches!(this.at, At::Between) { TEST_KEEPS_MS } else { SECTION_KEEPS_MS };
        (this.desk.now_ms().saturating_sub(this.last_ms) <= keeps_ms).then_some(this)
    }

    /// Whether it was cut off at most this long ago, rather than put off between two parts.
    #[must_use]
    pub fn just_now(&self, within_ms: i64) -> bool {
        !matches!(self.at, At::Between) && self.desk.now_ms().saturating_sub(self.last_ms) <= within_ms
    }

    /// When it was last known to be going on, in milliseconds since 1970.
    #[must_use]
    pub fn last_ms(&self) -> i64 {
        self.last_ms
    }

    fn replay(desk: Desk, open: OpenMock) -> Option<Self> {
        let mode = if open.by == By::Eye { Mode::Seen } else { Mode::Heard };
        // Parts of another version of the program are not gone on with; the answers stay on record all the same.
        let mut left: VecDeque<Part> = serde_json::from_value(open.parts).ok()?;
        let mut at = At::Between;
        let begun = !open.log.is_empty();
        for (at_ms, what) in open.log {
            let now_ms = u64::try_from(at_ms).unwrap_or(0);
            match (what, &mut at) {
                (What::MockStarted { section, .. }, _) => {
                    while let Some(part) = left.pop_front() {
                        if let Part::Section(form) = part
                            && form.section == section
                        {
                            at = At::Section(Box::new(Sitting::begin_as(form, mode, now_ms)));
                            break;
                        }
                    }
                }
                (What::MockEssay { prompt, .. }, _) => {
                    while let Some(part) = left.pop_front() {
                        if let Part::Essay { minutes, .. } = part {
                            let until_ms = minutes.map(|minutes| now_ms + time_of(minutes));
                            at = At::Essay { prompt, until_ms };
                            break;
                        }
                    }
                }
                (What::MockEnded { .. } | What::EssayWritten { .. }, _) => at = At::Between,
                (what, At::Section(sitting)) => mark(sitting, &what, now_ms),
                (What::MockResumed { away_since_ms, .. }, At::Essay { until_ms: Some(until_ms), .. }) => {
                    *until_ms += now_ms.saturating_sub(u64::try_from(away_since_ms).unwrap_or(0));
                }
                _ => {}
            }
        }
        let over = matches!(at, At::Between) && left.is_empty();
        (begun && !over).then_some(Self { desk, id: open.mock, mode, at, left, last_ms: open.last_ms })
    }

    /// Tells of it, and asks whether to go on.
    #[must_use]
    pub fn offer(&self) -> Vec<String> {
        let last_ms = u64::try_from(self.last_ms).unwrap_or(0);
        let told = match &self.at {
            At::Section(sitting) => {
                let title = sitting.form().section.title();
                let place = match self.mode {
                    Mode::Seen => lines::time_left(sitting.time_left(last_ms)),
                    Mode::Heard => format!("We were at question {}.", sitting.current() + 1),
                };
                format!("You were in the middle of {title}. {place}")
            }
            At::Essay { until_ms: Some(until_ms), .. } => {
                let left = lines::time_left(until_ms.saturating_sub(last_ms));
                format!("You were in the middle of the essay. {left}")
            }
            At::Essay { until_ms: None, .. } => "You were in the middle of the essay.".to_owned(),
            At::Between => {
                let next = self.left.iter().find_map(|part| match part {
                    Part::Section(form) => Some(form.section.title()),
                    Part::Essay { .. } => Some("the essay"),
                    Part::Break { .. } => None,
                });
                format!("You have begun a mock test, and {} comes next.", next.unwrap_or("the rest of it"))
            }
        };
        vec![told, lines::GO_ON_OR_NOT.to_owned()]
    }

    /// Goes on with it. The time that it was away for is given back.
    #[must_use]
    pub fn resume(self) -> (Mock, Reply) {
        let Self { mut desk, id, mode, at, left, last_ms } = self;
        let now = u64::try_from(desk.now_ms()).unwrap_or(0);
        let since = u64::try_from(last_ms).unwrap_or(0);
        let resumed = desk.note(What::MockResumed { mock: id.clone(), away_since_ms: last_ms });
        let reply = Reply::new("mock").keep([resumed]);
        let wanted = Wanted { section: None, whole: true, mode: Some(mode) };
        let mut mock = Mock { desk, wanted, stage: Stage::Grade, id, parts: left, begun: true, ran_ms: now };
        match at {
            At::Between => {
                let reply = mock.announce(reply);
                (mock, reply)
            }
            At::Essay { prompt, until_ms } => {
                let until_ms = until_ms.map(|until| until + now.saturating_sub(since));
                let left = until_ms.map(|until| lines::time_left(until.saturating_sub(now)));
                mock.stage = Stage::Essay { prompt, until_ms };
                (mock, reply.say("Okay, we go on.").say_all(left).say(lines::BEGIN))
            }
            At::Section(mut sitting) => {
                sitting.interrupted(since, now);
                let gone_ms = sitting.gone_ms(now);
                let reminders = mock.reminders(sitting.form());
                let reminders = reminders.into_iter().filter(|one| one.at_ms > gone_ms).collect();
                let (left_ms, place) = (sitting.time_left(now), sitting.current());
                mock.stage = Stage::Running(Box::new(Running {
                    sitting: *sitting,
                    reminders,
                    turned_ms: now,
                    asked_back: None,
                    ending: false,
                }));
                let reply = reply.say("Okay, we go on.");
                let reply = match mode {
                    Mode::Seen => reply.say(lines::time_left(left_ms)).say(lines::BEGIN),
                    Mode::Heard => mock.read(place, reply),
                };
                (mock, reply)
            }
        }
    }

    /// Gives it up. What was answered counts, and nothing is said to be a result.
    #[must_use]
    pub fn leave(self) -> Reply {
        let Self { mut desk, id, at, .. } = self;
        let mut reply = Reply::new("mock").say(lines::LEFT);
        if let At::Section(sitting) = at {
            let now_ms = u64::try_from(self.last_ms).unwrap_or(0);
            let mut sitting = *sitting;
            let outcome = sitting.finish(&desk.bank(), now_ms);
            reply = reply.keep(super::answers(&mut desk, &outcome, false));
        }
        let closed = desk.note(What::MockClosed { mock: id, finished: false });
        reply.keep([closed])
    }
}

/// Brings back what was done in a section.
fn mark(sitting: &mut Sitting, what: &What, now_ms: u64) {
    let place = |question: u32| usize::try_from(question).unwrap_or(usize::MAX).wrapping_sub(1);
    // What does not fit the form is passed over: the record is older than the form only after a change by hand.
    let _ = match what {
        What::MockAnswered { question, choice: Some(choice), .. } => {
            sitting.answer(place(*question), usize::from(*choice), now_ms)
        }
        What::MockAnswered { question, choice: None, .. } => sitting.clear(place(*question), now_ms),
        What::MockMarked { question, mark, .. } => match mark {
            Mark::Flagged => sitting.flag(place(*question), true, now_ms),
            Mark::CrossedOut(choice) => sitting.cross_out(place(*question), usize::from(*choice), now_ms),
            Mark::TurnedTo => sitting.go_to(place(*question), now_ms),
            Mark::Other => Ok(()),
        },
        What::MockResumed { away_since_ms, .. } => {
            sitting.interrupted(u64::try_from(*away_since_ms).unwrap_or(0), now_ms);
            Ok(())
        }
        _ => Ok(()),
    };
}

impl Mock {
    /// What the proctor says by itself during a form: nothing by ear, where there is no clock.
    pub(super) fn reminders(&self, form: &iseetutor_exam::form::Form) -> VecDeque<clock::Reminder> {
        match self.wanted.mode {
            Some(Mode::Heard) => VecDeque::new(),
            _ => clock::reminders(form).into(),
        }
    }
}
