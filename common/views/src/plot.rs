//! Pictures of figures, as SVG that the page's style sheet colours. Each says in words what it shows; the same figures
//! stand in a table beside it.

use std::fmt::Write;

use iseetutor_curriculum::level::Section;

use crate::shell::Html;
use crate::summary::{SectionLine, Span, Words};
use crate::text::escape;
use crate::when;

const WIDE: f64 = 560.0;
const HIGH: f64 = 220.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 12.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 34.0;

struct Plot {
    id: &'static str,
    title: String,
    words: String,
    body: String,
    high: f64,
}

impl Plot {
    fn new(id: &'static str, title: &str, words: String) -> Self {
        Self { id, title: title.to_owned(), words, body: String::new(), high: HIGH }
    }

    fn put(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.body.write_fmt(markup);
    }

    fn done(self) -> Html {
        let Self { id, title, words, body, high } = self;
        Html::trusted(format!(
            r#"<svg class="plot" viewBox="0 0 {WIDE} {high}" role="img" aria-labelledby="{id}-t {id}-d"><title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{body}</svg>"#,
            escape(&title),
            escape(&words)
        ))
    }

    /// Lines across with their numbers.
    fn grid(&mut self, most: u32, step: u32, unit: &str) {
        for value in (0..=most).step_by(step.max(1) as usize) {
            let y = height(f64::from(value), f64::from(most));
            let class = if value == 0 { "axis" } else { "grid" };
            self.put(format_args!(
                r#"<line class="{class}" x1="{LEFT}" x2="{:.1}" y1="{y:.1}" y2="{y:.1}"/><text x="{:.1}" y="{:.1}" text-anchor="end">{value}{unit}</text>"#,
                WIDE - RIGHT,
                LEFT - 6.0,
                y + 4.0
            ));
        }
    }
}

fn height(value: f64, most: f64) -> f64 {
    TOP + (HIGH - TOP - BOTTOM) * (1.0 - (value / most.max(1.0)).clamp(0.0, 1.0))
}

/// The middle of one of several places across.
fn across(place: usize, of: usize) -> f64 {
    LEFT + (WIDE - LEFT - RIGHT) * (place as f64 + 0.5) / of.max(1) as f64
}

/// The share of right answers by week, with its interval.
#[must_use]
pub fn accuracy(weeks: &[Span]) -> Html {
    let told: Vec<_> = weeks.iter().filter_map(|week| Some((week, week.accuracy?))).collect();
    let words = match (told.first(), told.last()) {
        (Some((first, early)), Some((last, late))) if told.len() > 1 => format!(
            "{} percent right in the week from {}, {} percent in the week from {}. The bars show the interval in which the true share lies, surely enough.",
            early.percent,
            when::short(first.from_day),
            late.percent,
            when::short(last.from_day)
        ),
        (Some((first, only)), _) => {
            format!("{} percent right in the week from {}.", only.percent, when::short(first.from_day))
        }
        _ => "There are too few answers yet.".to_owned(),
    };
    let mut plot = Plot::new("accuracy", "Right answers by week", words);
    plot.grid(100, 25, "%");
    let mut path = String::new();
    for (place, week) in weeks.iter().enumerate() {
        let x = across(place, weeks.len());
        if place % 3 == weeks.len().saturating_sub(1) % 3 {
            plot.put(format_args!(
                r#"<text x="{x:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
                HIGH - BOTTOM + 20.0,
                when::short(week.from_day)
            ));
        }
        let Some(share) = week.accuracy else {
            path.push(' ');
            continue;
        };
        let y = |percent: u32| height(f64::from(percent), 100.0);
        plot.put(format_args!(
            r#"<rect class="band" x="{:.1}" y="{:.1}" width="14" height="{:.1}" rx="7"/>"#,
            x - 7.0,
            y(share.high),
            (y(share.low) - y(share.high)).max(2.0)
        ));
        let joined = path.chars().last().is_some_and(|last| last != ' ');
        let _ = write!(path, "{}{x:.1} {:.1}", if joined { "L" } else { "M" }, y(share.percent));
    }
    let path = path.trim();
    plot.put(format_args!(r#"<path class="trend" d="{path}"/>"#));
    for (place, week) in weeks.iter().enumerate() {
        if let Some(share) = week.accuracy {
            plot.put(format_args!(
                r#"<circle class="point" cx="{:.1}" cy="{:.1}" r="5"><title>{}: {}%</title></circle>"#,
                across(place, weeks.len()),
                height(f64::from(share.percent), 100.0),
                when::short(week.from_day),
                share.percent
            ));
        }
    }
    plot.done()
}

/// Minutes day by day; the line is what each day would need for the goal.
#[must_use]
pub fn minutes(days: &[Span], goal_a_week: u32) -> Html {
    let most = days.iter().map(|day| day.minutes).max().unwrap_or(0).max(goal_a_week.div_ceil(7)).max(10);
    let step = match most {
        0..=20 => 5,
        21..=40 => 10,
        41..=80 => 20,
        81..=200 => 50,
        _ => most.div_ceil(4),
    };
    let most = most.div_ceil(step) * step;
    let sum: u32 = days.iter().fold(0, |sum, day| sum.saturating_add(day.minutes));
    let practised = days.iter().filter(|day| day.minutes > 0).count();
    let words = format!("{sum} minutes on {practised} of {} days.", days.len());
    let mut plot = Plot::new("minutes", "Minutes of practice by day", words);
    plot.grid(most, step, "");
    let wide = (WIDE - LEFT - RIGHT) / days.len().max(1) as f64 * 0.62;
    for (place, day) in days.iter().enumerate() {
        let (x, y) = (across(place, days.len()), height(f64::from(day.minutes), f64::from(most)));
        let base = height(0.0, 1.0);
        if day.minutes > 0 {
            plot.put(format_args!(
                r#"<rect class="bar" x="{:.1}" y="{y:.1}" width="{wide:.1}" height="{:.1}" rx="3"><title>{}: {} min</title></rect>"#,
                x - wide / 2.0,
                (base - y).max(1.0),
                when::short(day.from_day),
                day.minutes
            ));
        }
        let initial =
            ["M", "T", "W", "T", "F", "S", "S"].get(when::weekday(day.from_day)).copied().unwrap_or("");
        plot.put(format_args!(
            r#"<text x="{x:.1}" y="{:.1}" text-anchor="middle">{initial}</text>"#,
            base + 16.0
        ));
        if place == 0 || place + 1 == days.len() {
            let anchor = if place == 0 { "start" } else { "end" };
            let x = if place == 0 { LEFT } else { WIDE - RIGHT };
            plot.put(format_args!(
                r#"<text x="{x:.1}" y="{:.1}" text-anchor="{anchor}">{}</text>"#,
                base + 31.0,
                when::short(day.from_day)
            ));
        }
    }
    let each = f64::from(goal_a_week) / 7.0;
    if goal_a_week > 0 {
        let y = height(each, f64::from(most));
        plot.put(format_args!(
            r#"<line class="goal" x1="{LEFT}" x2="{:.1}" y1="{y:.1}" y2="{y:.1}"/><text class="goal-text" x="{:.1}" y="{:.1}" text-anchor="end">dashed: the goal, spread evenly</text>"#,
            WIDE - RIGHT,
            WIDE - RIGHT,
            TOP - 4.0
        ));
    }
    plot.done()
}

fn colour(section: Section) -> &'static str {
    match section {
        Section::Auditory => "auditory",
        Section::Verbal => "verbal",
        Section::Quantitative => "quantitative",
        Section::Reading | Section::Essay => "reading",
        Section::Mathematics => "mathematics",
    }
}

/// Right answers by section, with intervals.
#[must_use]
pub fn sections(sections: &[SectionLine]) -> Html {
    let said = |one: &SectionLine| match one.accuracy {
        Some(share) => {
            format!("{}: {} percent, between {} and {}.", one.title, share.percent, share.low, share.high)
        }
        None => format!("{}: need more data.", one.title),
    };
    let words: Vec<String> = sections.iter().map(said).collect();
    let mut plot = Plot::new("sections", "Right answers by section", words.join(" "));
    let row = 52.0;
    plot.high = row * sections.len().max(1) as f64 + 22.0;
    let (left, wide) = (4.0, WIDE - 60.0);
    for (place, one) in sections.iter().enumerate() {
        let y = row * place as f64 + 18.0;
        plot.put(format_args!(
            r#"<text class="strong" x="{left}" y="{y:.1}">{}</text><rect class="track" x="{left}" y="{:.1}" width="{wide}" height="14" rx="7"/>"#,
            escape(&one.title),
            y + 8.0
        ));
        match one.accuracy {
            Some(share) => {
                let at = |percent: u32| left + wide * f64::from(percent.min(100)) / 100.0;
                plot.put(format_args!(
                    r#"<rect class="{}" x="{left}" y="{:.1}" width="{:.1}" height="14" rx="7"/><line class="reach" x1="{:.1}" x2="{:.1}" y1="{:.1}" y2="{:.1}"/><text class="strong" x="{:.1}" y="{:.1}" text-anchor="end">{}%</text>"#,
                    colour(one.section),
                    y + 8.0,
                    (at(share.percent) - left).max(14.0),
                    at(share.low),
                    at(share.high),
                    y + 28.0,
                    y + 28.0,
                    WIDE - 4.0,
                    y + 20.0,
                    share.percent
                ));
            }
            None => plot.put(format_args!(
                r#"<text x="{:.1}" y="{:.1}">need more data</text>"#,
                left + 10.0,
                y + 19.5
            )),
        }
    }
    plot.done()
}

/// Words that are known and due.
#[must_use]
pub fn words(words: Words) -> Html {
    let all = words.known.saturating_add(words.due);
    let said = format!("{} words remembered, {} to be asked again.", words.known, words.due);
    let mut plot = Plot::new("words", "Words", said);
    plot.high = 30.0;
    let share = f64::from(words.known) / f64::from(all.max(1));
    plot.put(format_args!(
        r#"<rect class="track" x="0" y="6" width="{WIDE}" height="18" rx="9"/><rect class="verbal" x="0" y="6" width="{:.1}" height="18" rx="9"/>"#,
        if words.known == 0 { 0.0 } else { (WIDE * share).max(18.0) }
    ));
    plot.done()
}

/// A small bar with its interval, for a row of a table; what it shows stands beside it.
#[must_use]
pub fn meter(percent: u32, low: u32, high: u32) -> Html {
    let at = |percent: u32| f64::from(percent.min(100)) * 1.44;
    Html::trusted(format!(
        r#"<svg class="plot meter" viewBox="0 0 144 18" aria-hidden="true" focusable="false"><rect class="track" y="3" width="144" height="8" rx="4"/><rect class="bar" y="3" width="{:.1}" height="8" rx="4"/><line class="reach" x1="{:.1}" x2="{:.1}" y1="15" y2="15"/></svg>"#,
        at(percent).max(4.0),
        at(low),
        at(high).max(at(low) + 2.0)
    ))
}
