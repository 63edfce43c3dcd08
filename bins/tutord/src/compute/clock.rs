//! Times of the day: what time it is so much later, and how long it is from one time to another.

use super::Answer;
use iseetutor_numbers::{self as numbers, Rational};

const HALF_DAY: i128 = 12 * 60;

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Time {
    /// Minutes since midnight or noon.
    minutes: i128,
    /// Whether it is in the afternoon, if that was said.
    afternoon: Option<bool>,
}

/// The answer to a question about times of the day.
pub fn answer(text: &str) -> Option<Answer> {
    let lower = text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let plain = lower.trim().trim_end_matches(['?', '.', '!']).trim_end();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    later(&plain).or_else(|| from_now(&plain)).or_else(|| between(&plain))
}

/// "what time is 45 minutes after 2:30".
fn later(text: &str) -> Option<Answer> {
    let rest = [
        "what time will it be ",
        "what time is it ",
        "what time would it be ",
        "what time was it ",
        "what time is ",
        "what's ",
    ]
    .iter()
    .find_map(|head| text.strip_prefix(head))?;
    let (duration, time, sign) = [
        (" after ", 1),
        (" past ", 1),
        (" later than ", 1),
        (" from ", 1),
        (" before ", -1),
        (" earlier than ", -1),
    ]
    .iter()
    .find_map(|(joint, sign)| rest.split_once(joint).map(|(duration, time)| (duration, time, *sign)))?;
    let (minutes, from) = (minutes(duration)?, time_of(time)?);
    let all = from.minutes + sign * minutes;
    let wrapped = all.rem_euclid(HALF_DAY);
    let afternoon = from.afternoon.map(|afternoon| afternoon ^ (all.div_euclid(HALF_DAY).rem_euclid(2) == 1));
    let then = Time { minutes: wrapped, afternoon };
    let joint = if sign > 0 { "after" } else { "before" };
    let told = format!("{} {joint} {} is {}", super::capitalised(&length(minutes)), shown(from), shown(then));
    // "a.m." has its point already.
    Some(Answer::new(format!("{}.", told.trim_end_matches('.'))))
}

/// "if it's 3:40 now what time will it be in 30 minutes".
fn from_now(text: &str) -> Option<Answer> {
    let rest = text.strip_prefix("if ")?;
    let rest = ["it's ", "it is ", "its ", "the time is "].iter().find_map(|head| rest.strip_prefix(head))?;
    let (time, duration) = rest.split_once(" what time will it be in ")?;
    let time = time.trim_end_matches([',', ' ']);
    let time = time.strip_suffix(" now").unwrap_or(time).trim_end_matches([',', ' ']);
    later(&format!("what time is {duration} after {time}"))
}

/// "how many minutes from 3:15 to 4:00", "how long is it from 9:30 am to 1 pm".
fn between(text: &str) -> Option<Answer> {
    let rest = [
        "how many minutes are there ",
        "how many minutes is it ",
        "how many minutes are ",
        "how many minutes ",
        "how many hours is it ",
        "how many hours are there ",
        "how many hours ",
        "how long is it ",
        "how much time is there ",
        "how much time is it ",
        "how much time is ",
        "how long is ",
        "how long ",
    ]
    .iter()
    .find_map(|head| text.strip_prefix(head))?;
    let (from, to) = match rest.strip_prefix("from ") {
        Some(rest) => rest
            .split_once(" to ")
            .or_else(|| rest.split_once(" until "))
            .or_else(|| rest.split_once(" till "))?,
        None => rest.strip_prefix("between ")?.split_once(" and ")?,
    };
    let (from, to) = (time_of(from)?, time_of(to)?);
    let round = if from.afternoon.is_some() && to.afternoon.is_some() { 2 * HALF_DAY } else { HALF_DAY };
    let since = |time: Time| {
        time.minutes + if time.afternoon == Some(true) && round > HALF_DAY { HALF_DAY } else { 0 }
    };
    let minutes = (since(to) - since(from)).rem_euclid(round);
    (minutes > 0).then_some(())?;
    let mut told = format!("From {} to {} it is {}", shown(from), shown(to), length(minutes));
    if minutes > 60 && text.starts_with("how many minutes") {
        told = format!("{told}, or {minutes} minutes");
    }
    Some(Answer::valued(format!("{}.", told.trim_end_matches('.')), Rational::whole(minutes)))
}

/// "2:30", "11:50 pm", "3 o'clock", "noon", "half past two", "quarter to five".
fn time_of(text: &str) -> Option<Time> {
    let mut text = text.trim();
    let mut afternoon = None;
    for (tail, is) in [
        (" am", false),
        (" pm", true),
        (" in the morning", false),
        (" in the afternoon", true),
        ("am", false),
        ("pm", true),
    ] {
        if let Some(shorter) = text.strip_suffix(tail) {
            (text, afternoon) = (shorter.trim_end(), Some(is));
            break;
        }
    }
    match text {
        "noon" => return Some(Time { minutes: 0, afternoon: Some(true) }),
        "midnight" => return Some(Time { minutes: 0, afternoon: Some(false) }),
        _ => {}
    }
    let hour = |text: &str| {
        let hour = numbers::parse(text.trim().trim_end_matches("o'clock").trim())?.as_whole()?;
        (1..=12).contains(&hour).then_some(hour % 12 * 60)
    };
    let minutes = if let Some(rest) = text.strip_prefix("half past ") {
        hour(rest)? + 30
    } else if let Some(rest) =
        text.strip_prefix("quarter past ").or_else(|| text.strip_prefix("a quarter past "))
    {
        hour(rest)? + 15
    } else if let Some(rest) = text.strip_prefix("quarter to ").or_else(|| text.strip_prefix("a quarter to "))
    {
        (hour(rest)? - 15).rem_euclid(HALF_DAY)
    } else if let Some((hours, minutes)) = text.split_once(':') {
        let minutes: i128 = (minutes.len() == 2).then(|| minutes.parse().ok())??;
        hour(hours)? + (0..60).contains(&minutes).then_some(minutes)?
    } else if text.ends_with("o'clock") || afternoon.is_some() {
        hour(text)?
    } else {
        // A bare number may be anything.
        return None;
    };
    Some(Time { minutes, afternoon })
}

fn shown(time: Time) -> String {
    let hour = match time.minutes / 60 {
        0 => 12,
        hour => hour,
    };
    let half = match time.afternoon {
        None => "",
        Some(false) => " a.m.",
        Some(true) => " p.m.",
    };
    format!("{hour}:{:02}{half}", time.minutes % 60)
}

/// "45 minutes", "an hour and a half", "2 hours and 20 minutes".
fn minutes(text: &str) -> Option<i128> {
    match text.trim() {
        "half an hour" | "a half hour" => return Some(30),
        "a quarter of an hour" | "quarter of an hour" | "a quarter hour" => return Some(15),
        "an hour and a half" => return Some(90),
        "an hour" => return Some(60),
        _ => {}
    }
    let (number, unit) = text.trim().rsplit_once(' ')?;
    let each = match unit {
        "minutes" | "minute" => 1,
        "hours" | "hour" => 60,
        _ => return None,
    };
    let split =
        number.split_once(" hours and ").or_else(|| number.split_once(" hour and ")).filter(|_| each == 1);
    let count =
        |text: &str| if text == "an" || text == "a" { Some(Rational::ONE) } else { numbers::parse(text) };
    let total = match split {
        Some((hours, minutes)) => {
            count(hours)?.checked_mul(Rational::whole(60))?.checked_add(count(minutes)?)?
        }
        None => count(number)?.checked_mul(Rational::whole(each))?,
    };
    total.as_whole().filter(|minutes| (1..=HALF_DAY * 4).contains(minutes))
}

fn length(minutes: i128) -> String {
    let of = |count: i128, unit: &str| format!("{count} {unit}{}", if count == 1 { "" } else { "s" });
    match (minutes / 60, minutes % 60) {
        (0, minutes) => of(minutes, "minute"),
        (hours, 0) => of(hours, "hour"),
        (hours, minutes) => format!("{} and {}", of(hours, "hour"), of(minutes, "minute")),
    }
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn times_are_added_and_taken_away() {
        for (question, said) in [
            ("What time is 45 minutes after 2:30?", "45 minutes after 2:30 is 3:15."),
            ("what time will it be 20 minutes after 11:50 pm", "20 minutes after 11:50 p.m. is 12:10 a.m."),
            ("what time is 20 minutes before 12:10 pm", "20 minutes before 12:10 p.m. is 11:50 a.m."),
            ("What time is half an hour before 1:15?", "30 minutes before 1:15 is 12:45."),
            ("what time is 3 hours after noon", "3 hours after 12:00 p.m. is 3:00 p.m."),
            ("how many minutes from 3:15 to 4:00", "From 3:15 to 4:00 it is 45 minutes."),
            (
                "how long is it from 9:30 a.m. to 1:00 p.m.?",
                "From 9:30 a.m. to 1:00 p.m. it is 3 hours and 30 minutes.",
            ),
            ("how long is it from 11:45 to 12:20", "From 11:45 to 12:20 it is 35 minutes."),
        ] {
            assert_eq!(answer(question).map(|answer| answer.text()).as_deref(), Some(said), "{question}");
        }
        for other in [
            "what time is it",
            "what time is 45 minutes after 25:30",
            "how long is it from here to there",
            "what time is 5 after 3:00",
            "what time is 2 minutes after 3:7",
        ] {
            assert_eq!(answer(other), None, "{other}");
        }
    }
}
