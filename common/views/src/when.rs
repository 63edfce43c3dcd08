//! Days and times as a family reads them.

/// Milliseconds of a day.
const DAY_MS: i64 = 86_400_000;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Year, month (1 to 12) and day of the month of a day counted from 1970-01-01, in the Gregorian calendar (the
/// algorithm `civil_from_days` of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn civil(day: i64) -> (i64, usize, i64) {
    let shifted = day.clamp(-100_000_000, 100_000_000) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, usize::try_from(month).unwrap_or(1), date)
}

fn month(number: usize) -> &'static str {
    MONTHS.get(number.wrapping_sub(1)).copied().unwrap_or("")
}

/// The day of the week, 0 for Monday.
#[must_use]
pub fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// `2027-01-30`.
#[must_use]
pub fn iso(day: i64) -> String {
    let (year, month, date) = civil(day);
    format!("{year:04}-{month:02}-{date:02}")
}

/// `January 30, 2027`.
#[must_use]
pub fn long(day: i64) -> String {
    let (year, number, date) = civil(day);
    format!("{} {date}, {year}", month(number))
}

/// `Jan 30`.
#[must_use]
pub fn short(day: i64) -> String {
    let (_, number, date) = civil(day);
    format!("{} {date}", month(number).get(..3).unwrap_or(""))
}

/// `Saturday, January 30`.
#[must_use]
pub fn with_weekday(day: i64) -> String {
    let (_, number, date) = civil(day);
    format!("{}, {} {date}", WEEKDAYS.get(weekday(day)).copied().unwrap_or(""), month(number))
}

/// The day of a moment.
#[must_use]
pub fn day_of(at_ms: i64, offset_ms: i64) -> i64 {
    at_ms.saturating_add(offset_ms).div_euclid(DAY_MS)
}

/// The time of day of a moment, `4:05 pm`.
#[must_use]
pub fn time(at_ms: i64, offset_ms: i64) -> String {
    let minute = at_ms.saturating_add(offset_ms).rem_euclid(DAY_MS) / 60_000;
    let (hour, minute) = (minute / 60, minute % 60);
    let shown = if hour % 12 == 0 { 12 } else { hour % 12 };
    format!("{shown}:{minute:02} {}", if hour < 12 { "am" } else { "pm" })
}

/// Day and time of a moment, `Jan 30, 2027, 4:05 pm`.
#[must_use]
pub fn moment(at_ms: i64, offset_ms: i64) -> String {
    let day = day_of(at_ms, offset_ms);
    let (year, _, _) = civil(day);
    format!("{}, {year}, {}", short(day), time(at_ms, offset_ms))
}

/// `1 min 20 s`, `45 s`.
#[must_use]
pub fn length(seconds: f64) -> String {
    let whole = if seconds.is_finite() { seconds.clamp(0.0, 1e9).round() as u64 } else { 0 };
    match (whole / 60, whole % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn days_and_times_read_as_a_family_reads_them() {
        assert_eq!(super::iso(0), "1970-01-01");
        assert_eq!(super::iso(20_781), "2026-11-24");
        assert_eq!(super::with_weekday(20_781), "Tuesday, November 24");
        assert_eq!(super::iso(11_016), "2000-02-29");
        assert_eq!(super::iso(-1), "1969-12-31");
        assert_eq!(super::time(0, 0), "12:00 am");
        assert_eq!(super::time(12 * 3_600_000, 3_600_000 + 300_000), "1:05 pm");
        assert_eq!(super::time(i64::MAX, 1), super::time(i64::MAX, 0));
        assert_eq!(super::length(80.4), "1 min 20 s");
        assert_eq!(super::length(f64::NAN), "0 s");
        let _ = (super::long(i64::MIN), super::moment(i64::MIN, i64::MIN));
    }
}
