//! The clock, the answers, and what comes of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::level::{Level, Section};
use iseetutor_curriculum::rng::Rng;
use iseetutor_exam::form::Form;
use iseetutor_exam::outcome::{Change, Outcome};
use iseetutor_exam::sitting::{Mode, Refused, Sitting};

const START: u64 = 1_700_000_000_000;

fn bank() -> Bank {
    Bank::embedded().unwrap()
}

fn form() -> Form {
    Form::build(&bank(), Level::Lower, Section::Reading, 1).unwrap()
}

#[test]
fn the_clock_has_sharp_edges() {
    let form = form();
    let whole = form.time_ms();
    assert_eq!(whole, 25 * 60_000);
    let mut sitting = Sitting::begin(form, START);
    assert_eq!(sitting.time_left(START), whole);
    assert_eq!(sitting.time_left(0), whole, "a clock that was set back");
    sitting.answer(0, 1, START + whole - 1).unwrap();
    assert!(!sitting.expired(START + whole - 1));
    assert_eq!(sitting.time_left(START + whole - 1), 1);
    assert!(sitting.expired(START + whole));
    assert_eq!(sitting.answer(1, 1, START + whole), Err(Refused::TimeIsUp));
    assert_eq!(sitting.answer(0, 2, u64::MAX), Err(Refused::TimeIsUp));
    let out = sitting.finish(&bank(), START + whole + 60_000);
    assert!(out.out_of_time);
    assert_eq!((out.used_ms, out.unanswered()), (whole, 24));
    assert_eq!(out.questions[0].choice, Some(1));
    assert_eq!(out.pace.as_ref().unwrap().left_ms, 0);
    assert_eq!(sitting.answer(1, 1, START), Err(Refused::Ended));
    assert_eq!(sitting.finish(&bank(), START + 9), out, "the end is the end");
}

#[test]
fn what_is_not_there_is_refused() {
    let mut sitting = Sitting::begin(form(), START);
    assert_eq!(sitting.answer(25, 0, START), Err(Refused::NoSuchQuestion));
    assert_eq!(sitting.answer(usize::MAX, usize::MAX, START), Err(Refused::NoSuchQuestion));
    assert_eq!(sitting.answer(0, 4, START), Err(Refused::NoSuchChoice));
    assert_eq!(sitting.cross_out(0, 9, START), Err(Refused::NoSuchChoice));
    assert_eq!(sitting.go_to(99, START), Err(Refused::NoSuchQuestion));
    assert!(sitting.record().events.is_empty());
}

#[test]
fn time_goes_to_the_question_that_had_it() {
    let mut sitting = Sitting::begin(form(), START);
    sitting.answer(0, 0, START + 10_000).unwrap();
    // On paper: no turning, only answers.
    sitting.answer(1, 0, START + 30_000).unwrap();
    // A change of an earlier answer takes its time from the open question.
    sitting.answer(0, 1, START + 35_000).unwrap();
    sitting.go_to(5, START + 36_000).unwrap();
    sitting.interrupted(START + 40_000, START + 90_000);
    sitting.answer(5, 2, START + 95_000).unwrap();
    let spent = |at: usize| sitting.sheet(at).unwrap().spent_ms;
    assert_eq!([spent(0), spent(1), spent(5)], [11_000, 25_000, 9_000]);
    assert_eq!(sitting.away_ms(), 50_000);
}

#[test]
fn what_the_device_was_away_for_is_given_back() {
    let minute = 60_000;
    let mut sitting = Sitting::begin(form(), START);
    let whole = sitting.form().time_ms();
    sitting.answer(0, 0, START + minute).unwrap();
    sitting.interrupted(START + 2 * minute, START + 99 * minute);
    let back = START + 99 * minute;
    assert!(!sitting.expired(back));
    assert_eq!(sitting.time_left(back), whole - 2 * minute);
    assert_eq!(sitting.gone_ms(back + minute), 3 * minute);
    sitting.answer(1, 0, back + minute).unwrap();
    let end = back + whole - 2 * minute;
    assert_eq!(sitting.answer(2, 0, end), Err(Refused::TimeIsUp));
    let back: Sitting = serde_json::from_str(&serde_json::to_string(&sitting).unwrap()).unwrap();
    assert_eq!(back, sitting);
    let out = sitting.finish(&bank(), end);
    assert!(out.out_of_time);
    assert_eq!((out.away_ms, out.used_ms), (97 * minute, whole));
    for mark in &out.pace.unwrap().marks {
        assert_eq!(mark.done, if mark.minutes < 3 { 1 } else { 2 }, "{mark:?}");
    }
}

#[test]
fn changes_are_counted_for_what_they_came_to() {
    let bank = bank();
    let form = form();
    let keys: Vec<usize> = (0..form.len()).map(|at| form.item(&bank, at).unwrap().key).collect();
    let wrong = |at: usize, by: usize| (keys[at] + by) % 4;
    let mut sitting = Sitting::begin(form, START);
    let mut now = START;
    let mut answer = |sitting: &mut Sitting, at: usize, choice: usize| {
        now += 1_000;
        sitting.answer(at, choice, now).unwrap();
    };
    answer(&mut sitting, 0, keys[0]);
    answer(&mut sitting, 0, keys[0]);
    answer(&mut sitting, 1, wrong(1, 1));
    answer(&mut sitting, 1, keys[1]);
    answer(&mut sitting, 2, keys[2]);
    answer(&mut sitting, 2, wrong(2, 2));
    answer(&mut sitting, 3, wrong(3, 1));
    answer(&mut sitting, 3, wrong(3, 2));
    answer(&mut sitting, 4, keys[4]);
    sitting.clear(4, START + 20_000).unwrap();
    sitting.clear(9, START + 20_000).unwrap();
    sitting.cross_out(6, keys[6], START + 21_000).unwrap();
    sitting.cross_out(7, keys[7], START + 21_000).unwrap();
    sitting.uncross(7, keys[7], START + 21_000).unwrap();
    sitting.flag(8, true, START + 22_000).unwrap();
    assert_eq!(sitting.next_flagged(), Some(8));
    assert_eq!(sitting.next_unanswered(), Some(5), "after the open one, which is question 4");
    let out = sitting.finish(&bank, START + 60_000);
    let changes: Vec<Change> = out.questions.iter().take(6).map(|one| one.change).collect();
    assert_eq!(
        changes,
        [Change::None, Change::Gained, Change::Lost, Change::Neither, Change::Lost, Change::None]
    );
    assert_eq!((out.gained, out.lost, out.changed, out.crossed_right), (1, 2, 4, 1));
    assert_eq!((out.total.right, out.total.wrong, out.total.blank), (2, 2, 21));
    assert!(!out.out_of_time);
    let sum =
        |groups: &[iseetutor_exam::outcome::Group]| groups.iter().map(|one| one.tally.of()).sum::<u32>();
    assert_eq!([sum(&out.parts), sum(&out.passages), sum(&out.skills)], [25, 25, 25]);
    assert!(out.strands.is_empty() && out.passages.len() == 5);
}

#[test]
fn what_was_heard_says_nothing_of_pace() {
    let mut sitting = Sitting::begin_as(form(), Mode::Heard, START);
    sitting.answer(0, 0, START + 1).unwrap();
    assert_eq!(sitting.finish(&bank(), START + 2).pace, None);
}

#[test]
fn pace_is_held_against_the_checkpoints() {
    let bank = bank();
    let mut sitting = Sitting::begin(form(), START);
    for at in 0..12 {
        sitting.answer(at, 0, START + (at as u64 + 1) * 100_000).unwrap();
    }
    let pace = sitting.finish(&bank, START + 1_320_000).pace.unwrap();
    assert_eq!((pace.even_ms, pace.own_ms, pace.left_ms), (60_000, Some(100_000), 180_000));
    assert!(pace.slow.is_empty(), "what passed after the last answer belongs to no question");
    for mark in &pace.marks {
        assert_eq!(mark.done, (mark.minutes * 60 / 100).min(12));
        assert!(mark.wanted >= mark.done);
    }
    assert!(!pace.marks.is_empty());
}

#[test]
fn a_record_brings_everything_back() {
    let bank = bank();
    for seed in 0..200 {
        let mut rng = Rng::new("sitting", &[seed]);
        let section =
            [Section::Verbal, Section::Quantitative, Section::Mathematics, Section::Reading][rng.below(4)];
        let form = Form::build(&bank, Level::Middle, section, seed % 3).unwrap();
        let questions = form.len();
        let mut sitting = Sitting::begin(form, START);
        let mut now = START;
        for _ in 0..rng.below(150) {
            // At times the clock goes back, and the question or the choice is not there.
            now = (now + rng.below(40_000) as u64).saturating_sub(rng.below(3_000) as u64);
            let (question, choice) = (rng.below(questions + 2), rng.below(5));
            let _ = match rng.below(9) {
                0..=3 => sitting.answer(question, choice, now),
                4 => sitting.clear(question, now),
                5 => sitting.cross_out(question, choice, now),
                6 => sitting.flag(question, choice > 1, now),
                7 => sitting.go_to(question, now),
                _ => {
                    sitting.interrupted(now, now + rng.below(90_000) as u64);
                    Ok(())
                }
            };
        }
        if rng.below(2) == 0 {
            sitting.close(now);
        }
        let kept = serde_json::to_string(&sitting).unwrap();
        let back: Sitting = serde_json::from_str(&kept).unwrap();
        assert_eq!(back, sitting, "seed {seed}");
        let out = Outcome::of(&bank, &sitting);
        assert_eq!(out, Outcome::of(&bank, &back));
        assert_eq!(out.total.of() as usize, questions);
        assert_eq!(out.unanswered() as usize, sitting.unanswered().len());
        let spent: u64 = out.questions.iter().map(|one| one.spent_ms).sum();
        assert_eq!(spent + out.loose_ms, out.used_ms, "every moment is somewhere");
        let fields = serde_json::to_value(&out).unwrap();
        let names: Vec<&String> = fields.as_object().unwrap().keys().collect();
        assert!(
            names
                .iter()
                .all(|name| !["scaled", "stanine", "percentile", "score", "grade"].contains(&name.as_str()))
        );
    }
}

#[test]
fn a_broken_record_does_no_harm() {
    let sitting = Sitting::begin(form(), START);
    let text = serde_json::to_string(&sitting).unwrap();
    let events = r#""events":[{"at_ms":5,"what":{"answer":{"question":900,"choice":1}}},{"at_ms":18446744073709551615,"what":"end"},{"at_ms":1,"what":{"go_to":{"question":1}}}]"#;
    let broken: Sitting = serde_json::from_str(&text.replace(r#""events":[]"#, events)).unwrap();
    assert_eq!(broken.record().events.len(), 1);
    let mut form = form();
    form.items.push("no-such:lower:reading:1".into());
    form.minutes = u32::MAX;
    form.parts.clear();
    let mut odd = Sitting::begin(form, u64::MAX);
    let _ = odd.answer(25, 0, u64::MAX);
    let out = odd.finish(&bank(), 0);
    assert_eq!(out.total.of(), 25, "a question that is gone does not count");
    let empty = Form { items: Vec::new(), minutes: 0, ..self::form() };
    let mut none = Sitting::begin(empty, START);
    assert!(none.expired(START) && none.next_unanswered().is_none());
    assert_eq!(none.finish(&bank(), START).total.percent(), None);
}
