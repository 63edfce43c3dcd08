//! Times and days as they are shown.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Span, Timestamp};

/// What the family's clock is ahead of UTC now, in milliseconds.
#[must_use]
pub(crate) fn offset_ms() -> i64 {
    i64::from(jiff::Zoned::now().offset().seconds()) * 1_000
}

/// A moment to the minute, by the family's clock.
#[must_use]
pub(crate) fn minute(at_ms: i64, offset_ms: i64) -> String {
    let offset = i32::try_from(offset_ms / 1_000).ok().and_then(|seconds| Offset::from_seconds(seconds).ok());
    match (Timestamp::from_millisecond(at_ms), offset) {
        (Ok(at), Some(offset)) => offset.to_datetime(at).strftime("%Y-%m-%d %H:%M").to_string(),
        _ => "unknown".to_owned(),
    }
}

/// A day, counted from 1970-01-01, as `2027-01-30`.
#[must_use]
pub(crate) fn date(day: i64) -> String {
    let date =
        Span::new().try_days(day).ok().and_then(|days| jiff::civil::date(1970, 1, 1).checked_add(days).ok());
    date.map_or_else(|| "unknown".to_owned(), |date| date.to_string())
}

/// A date as a day, counted from 1970-01-01; from 2000 to 2099.
#[must_use]
pub(crate) fn day(text: &str) -> Option<i64> {
    let date: Date = text.parse().ok()?;
    let since = jiff::civil::date(1970, 1, 1).until(date).ok()?;
    (2000..2100).contains(&date.year()).then(|| i64::from(since.get_days()))
}

#[cfg(test)]
mod tests {
    use super::{date, day, minute};

    #[test]
    fn days_and_minutes_are_the_familys() {
        assert_eq!((day("2027-01-30"), date(20_848).as_str()), (Some(20_848), "2027-01-30"));
        assert_eq!((day("1999-12-31"), day("2100-01-01"), day("tomorrow")), (None, None, None));
        assert_eq!(minute(0, -3_600_000), "1969-12-31 23:00");
        assert_eq!((minute(i64::MAX, 0).as_str(), date(i64::MAX).as_str()), ("unknown", "unknown"));
    }
}
