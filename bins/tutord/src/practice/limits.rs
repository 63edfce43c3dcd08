//! What a grown-up set: minutes a day and quiet hours. A question that is open may be finished, and so may a section of a
//! mock test, which has a clock of its own.

use iseetutor_learner::time::MINUTE_MS;

use crate::school::Desk;

/// So much before the end of the day's time it is told, in milliseconds.
const WARNING_MS: i64 = 5 * MINUTE_MS;

/// Why there is no practice now, if there is none, as it is said.
#[must_use]
pub fn over(desk: &Desk) -> Option<String> {
    if let Some(minute) = desk.quiet_until() {
        return Some(format!("It's quiet time now. We can practice again at {}.", told(minute)));
    }
    (desk.left_today_ms()? < MINUTE_MS)
        .then(|| "That's your time for today. A grown-up can give you more on the parents' page.".to_owned())
}

/// That the day's time is nearly over.
pub(super) fn warning(desk: &Desk) -> Option<String> {
    let left_ms = desk.left_today_ms()?;
    (left_ms <= WARNING_MS).then(|| match left_ms / MINUTE_MS {
        ..=1 => "There is about a minute left for today.".to_owned(),
        minutes => format!("There are about {minutes} minutes left for today."),
    })
}

/// A time of day as it is said.
fn told(minute: u32) -> String {
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    let part = match hour {
        0..12 => "in the morning",
        12..18 => "in the afternoon",
        _ => "in the evening",
    };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    if minute == 0 { format!("{hour} o'clock {part}") } else { format!("{hour}:{minute:02} {part}") }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn times_are_told_as_people_say_them() {
        for (minute, said) in [
            (420, "7 o'clock in the morning"),
            (0, "12 o'clock in the morning"),
            (750, "12:30 in the afternoon"),
            (1_215, "8:15 in the evening"),
        ] {
            assert_eq!(told(minute), said);
        }
    }
}
