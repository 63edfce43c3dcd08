//! What a grown-up sets for a child: more time in mock tests, limits and quiet hours. Each is an event,
//! [`What::Set`](crate::event::What::Set) with a key and a value; the latest of a key counts.

use crate::record::Record;
use crate::time::{DAY_MS, MINUTE_MS, day, day_start};

/// The days of the week, as they stand in keys: `limit.monday`.
pub const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// More time in mock tests, in percent of the exam's own: one of [`EXTRA_TIMES`].
pub const EXTRA_TIME: &str = "mock.extra_time";
/// What more time there can be.
pub const EXTRA_TIMES: [u16; 4] = [0, 25, 50, 100];
/// From when on there is quiet, `HH:MM`.
pub const QUIET_FROM: &str = "quiet.from";
/// Until when there is quiet, `HH:MM`; it may be on the next day.
pub const QUIET_TO: &str = "quiet.to";
/// More minutes for one day beyond its limit: `DAY:MINUTES`, the day counted from 1970-01-01.
pub const MORE_TODAY: &str = "limit.more_today";
/// Most minutes that a limit, or more time for a day, can have.
pub const MOST_MINUTES: u32 = 600;

/// Why something cannot be set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    /// There is no such key.
    #[error(
        "there is no setting '{0}'; there are mock.extra_time, limit.monday to limit.sunday, limit.more_today, quiet.from and quiet.to"
    )]
    Unknown(String),
    /// It cannot have this value.
    #[error("'{value}' cannot be the value of {key}: it is {wanted}")]
    Unfit {
        /// Of what.
        key: String,
        /// What was given.
        value: String,
        /// What it can be.
        wanted: &'static str,
    },
}

/// The value as it is kept, if a key can have it; empty takes a setting back. `today` is the day counted from 1970-01-01.
///
/// # Errors
/// [`SettingError`].
pub fn read(key: &str, value: &str, today: i64) -> Result<String, SettingError> {
    let value = value.trim();
    let unfit = |wanted| Err(SettingError::Unfit { key: key.to_owned(), value: value.to_owned(), wanted });
    let minutes = || value.parse::<u32>().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
    match key {
        EXTRA_TIME | QUIET_FROM | QUIET_TO | MORE_TODAY if value.is_empty() => Ok(String::new()),
        EXTRA_TIME => match value.parse::<u16>() {
            Ok(percent) if EXTRA_TIMES.contains(&percent) => Ok(percent.to_string()),
            _ => unfit("0, 25, 50 or 100 percent"),
        },
        QUIET_FROM | QUIET_TO => match minute_of_day(value) {
            Some(minute) => Ok(format!("{:02}:{:02}", minute / 60, minute % 60)),
            None => unfit("a time of day such as 20:30"),
        },
        MORE_TODAY => match minutes() {
            Some(minutes) => Ok(format!("{today}:{minutes}")),
            None => unfit("1 to 600 minutes, for today"),
        },
        key => match key.strip_prefix("limit.") {
            Some(of) if WEEKDAYS.contains(&of) => match minutes() {
                _ if value.is_empty() => Ok(String::new()),
                Some(minutes) => Ok(minutes.to_string()),
                None => unfit("1 to 600 minutes, or empty for no limit"),
            },
            _ => Err(SettingError::Unknown(key.to_owned())),
        },
    }
}

/// Minutes after midnight of a time as `HH:MM`.
fn minute_of_day(time: &str) -> Option<i64> {
    let (hours, minutes) = time.split_once(':')?;
    let number = |digits: &str, below: i64| {
        let digits = Some(digits).filter(|digits| (1..=2).contains(&digits.len()))?;
        digits.parse::<i64>().ok().filter(|number| (0..below).contains(number))
    };
    Some(number(hours, 24)? * 60 + number(minutes, 60).filter(|_| minutes.len() == 2)?)
}

/// How much more time the child has in mock tests, in percent.
#[must_use]
pub fn extra_time(record: &Record) -> u16 {
    let set = record.setting(EXTRA_TIME).and_then(|value| value.parse().ok());
    set.filter(|percent| EXTRA_TIMES.contains(percent)).unwrap_or(0)
}

/// The key of a day's limit, the day counted from 1970-01-01 (a Thursday).
#[must_use]
pub fn limit_key(day: i64) -> String {
    let weekday = usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0);
    format!("limit.{}", WEEKDAYS[weekday])
}

/// How many minutes were added to a day's limit.
#[must_use]
pub fn more_on(record: &Record, day: i64) -> u32 {
    let added = record.setting(MORE_TODAY).and_then(|value| value.split_once(':'));
    let added = added.filter(|(of, _)| of.parse() == Ok(day)).and_then(|(_, minutes)| minutes.parse().ok());
    added.unwrap_or(0)
}

/// Milliseconds that are left today; nothing where there is no limit today.
#[must_use]
pub fn left_today_ms(record: &Record, now_ms: i64) -> Option<i64> {
    let today = day(now_ms, record.offset_ms());
    let limit: u32 = record.setting(&limit_key(today))?.parse().ok()?;
    let minutes = i64::from(limit) + i64::from(more_on(record, today));
    let used = record.practised_ms(day_start(today, record.offset_ms()), now_ms.saturating_add(1));
    Some((minutes * MINUTE_MS).saturating_sub(used).max(0))
}

/// Whether it is quiet now, and if so until which minute of the day.
#[must_use]
pub fn quiet_until(record: &Record, now_ms: i64) -> Option<u32> {
    let of = |key| record.setting(key).and_then(minute_of_day);
    let (from, to) = (of(QUIET_FROM)?, of(QUIET_TO)?);
    let now = now_ms.saturating_add(record.offset_ms()).rem_euclid(DAY_MS) / MINUTE_MS;
    let quiet = if from <= to { (from..to).contains(&now) } else { now >= from || now < to };
    if quiet { u32::try_from(to).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::{EXTRA_TIME, extra_time, left_today_ms, limit_key, minute_of_day, quiet_until, read};
    use crate::event::{Event, What};
    use crate::record::Record;

    /// 2026-03-02, a Monday, 15:00 UTC.
    const MONDAY: i64 = 1_772_463_600_000;

    fn set(record: &mut Record, number: u32, key: &str, value: &str) {
        let what = What::Set { key: key.to_owned(), value: value.to_owned() };
        let at_ms = MONDAY - 1_000_000 + i64::from(number);
        record.apply(&Event::new(format!("s{number}"), "d", "ada", at_ms, what));
    }

    #[test]
    fn values_are_read_or_refused_with_what_they_can_be() {
        assert_eq!(read("limit.monday", " 30 ", 0), Ok("30".to_owned()));
        assert_eq!(read("limit.monday", "", 0), Ok(String::new()));
        assert_eq!(read("limit.more_today", "15", 20_000), Ok("20000:15".to_owned()));
        assert_eq!(read("quiet.from", "7:05", 0), Ok("07:05".to_owned()));
        for (key, value) in [
            ("limit.monday", "0"),
            ("limit.monday", "-3"),
            ("limit.monday", "601"),
            ("limit.someday", "3"),
            ("quiet.from", "24:00"),
            ("quiet.from", "7:5"),
            ("quiet.to", "noon"),
            (EXTRA_TIME, "30"),
            ("", ""),
        ] {
            assert!(read(key, value, 0).is_err(), "{key} {value}");
        }
        assert_eq!(minute_of_day("20:30"), Some(1_230));
    }

    #[test]
    fn the_latest_counts_and_what_is_empty_takes_it_back() {
        let mut record = Record::new("ada", 0);
        assert_eq!(extra_time(&record), 0);
        set(&mut record, 1, EXTRA_TIME, "50");
        assert_eq!(extra_time(&record), 50);
        set(&mut record, 2, EXTRA_TIME, "25");
        assert_eq!(extra_time(&record), 25);
        set(&mut record, 3, EXTRA_TIME, "");
        assert_eq!(extra_time(&record), 0);
        set(&mut record, 4, EXTRA_TIME, "9000");
        assert_eq!(extra_time(&record), 0, "what cannot be is not believed");
    }

    #[test]
    fn a_limit_counts_what_the_child_did_today_and_nothing_else() {
        let mut record = Record::new("ada", 0);
        assert_eq!(left_today_ms(&record, MONDAY), None);
        assert_eq!(limit_key(MONDAY / 86_400_000), "limit.monday");
        set(&mut record, 1, "limit.monday", "20");
        set(&mut record, 2, "limit.tuesday", "5");
        assert_eq!(left_today_ms(&record, MONDAY), Some(20 * 60_000), "setting it is not practice");
        for minute in 0..=12 {
            let at_ms = MONDAY + minute * 60_000;
            record.apply(&Event::new(format!("p{minute}"), "d", "ada", at_ms, What::SignedIn));
        }
        assert_eq!(left_today_ms(&record, MONDAY + 12 * 60_000), Some(8 * 60_000));
        set(&mut record, 3, "limit.more_today", &format!("{}:15", MONDAY / 86_400_000));
        assert_eq!(left_today_ms(&record, MONDAY + 12 * 60_000), Some(23 * 60_000));
        let tomorrow = MONDAY + 86_400_000;
        assert_eq!(left_today_ms(&record, tomorrow), Some(5 * 60_000), "more is for one day alone");
    }

    #[test]
    fn quiet_hours_may_go_over_midnight() {
        let mut record = Record::new("ada", -5 * 3_600_000);
        let at = |hours: i64| MONDAY - 15 * 3_600_000 + (hours + 5) * 3_600_000;
        set(&mut record, 1, "quiet.from", "20:30");
        assert_eq!(quiet_until(&record, at(21)), None, "one end alone is no time");
        set(&mut record, 2, "quiet.to", "07:00");
        assert_eq!(quiet_until(&record, at(21)), Some(420));
        assert_eq!(quiet_until(&record, at(3)), Some(420));
        assert_eq!(quiet_until(&record, at(7)), None);
        assert_eq!(quiet_until(&record, at(20)), None);
    }
}
