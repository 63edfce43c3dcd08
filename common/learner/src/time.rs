//! Days of a learner's calendar.

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;
/// Milliseconds of a minute.
pub const MINUTE_MS: i64 = 60_000;

/// The day of a moment, counted from 1970-01-01, where `offset_ms` is what local time is ahead of UTC.
#[must_use]
pub fn day(at_ms: i64, offset_ms: i64) -> i64 {
    at_ms.saturating_add(offset_ms).div_euclid(DAY_MS)
}

/// The moment at which a day begins.
#[must_use]
pub fn day_start(day: i64, offset_ms: i64) -> i64 {
    day.saturating_mul(DAY_MS).saturating_sub(offset_ms)
}

/// Days from one moment to another, never below 0 and at most a century.
#[must_use]
pub fn days_between(from_ms: i64, to_ms: i64) -> f64 {
    let days = (to_ms as f64 - from_ms as f64) / DAY_MS as f64;
    days.clamp(0.0, 36_500.0)
}
