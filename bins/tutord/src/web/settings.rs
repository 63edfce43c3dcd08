//! What the parents' page offers to set for a child. Every one of them has its effect: the tutor keeps to it at once.

use iseetutor_learner::record::Record;
use iseetutor_learner::settings::{
    EXTRA_TIME, EXTRA_TIMES, MORE_TODAY, MOST_MINUTES, QUIET_FROM, QUIET_TO, WEEKDAYS, extra_time, more_on,
};
use iseetutor_learner::time::day;
use iseetutor_web::home::{Kind, Setting};

/// All of them with their values now.
pub fn all(record: &Record, now_ms: i64) -> Vec<Setting> {
    let set = |key: &str| record.setting(key).unwrap_or_default().to_owned();
    let minutes =
        || Kind::Number { least: 1, most: i64::from(MOST_MINUTES), unit: "minutes".into(), optional: true };
    let mut all: Vec<Setting> = WEEKDAYS
        .iter()
        .map(|weekday| {
            let key = format!("limit.{weekday}");
            Setting {
                value: set(&key),
                key,
                heading: "Time for practice".into(),
                label: format!("Most minutes on {weekday}"),
                help: "Empty for no limit. The tutor tells when five minutes are left, and lets an open question and a section of a mock test be finished.".into(),
                kind: minutes(),
            }
        })
        .collect();
    let today = day(now_ms, record.offset_ms());
    let more = more_on(record, today);
    all.push(Setting {
        key: MORE_TODAY.into(),
        heading: "Time for practice".into(),
        label: "More minutes today".into(),
        help: "Added to today's limit, and gone tomorrow.".into(),
        kind: minutes(),
        value: if more > 0 { more.to_string() } else { String::new() },
    });
    for (key, label, help) in [
        (
            QUIET_FROM,
            "Quiet from",
            "In quiet hours no practice and no test begins. Set both ends; they may go over midnight.",
        ),
        (QUIET_TO, "Quiet until", "Empty for no quiet hours."),
    ] {
        all.push(Setting {
            key: key.into(),
            heading: "Quiet hours".into(),
            label: label.into(),
            help: help.into(),
            kind: Kind::Time,
            value: set(key),
        });
    }
    let options = EXTRA_TIMES.map(|percent| {
        let title = match percent {
            0 => "none".to_owned(),
            100 => "twice the time".to_owned(),
            percent => format!("{percent} percent more"),
        };
        (percent.to_string(), title)
    });
    all.push(Setting {
        key: EXTRA_TIME.into(),
        heading: "Mock tests".into(),
        label: "Extra time".into(),
        help: "For a child who will have it in the exam as well: ask for it there first. It counts for sections on paper and the essay.".into(),
        kind: Kind::Choice { options: options.into() },
        value: extra_time(record).to_string(),
    });
    all
}
