//! What was measured, next to what it has to be.

use serde::Serialize;
use serde_json::{Value, json};

use crate::output::table;

/// What a figure has to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// At most this.
    AtMost(f64),
    /// At least this.
    AtLeast(f64),
}

impl Target {
    fn met(self, value: f64) -> bool {
        match self {
            Self::AtMost(limit) => value <= limit,
            Self::AtLeast(limit) => value >= limit,
        }
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its name, with the part in front: `stt.trimmed_to_full`.
    pub name: String,
    /// The value; none when it could not be measured, which the note explains.
    pub value: Option<f64>,
    /// Its unit; empty for a ratio.
    pub unit: &'static str,
    /// What it has to be, if anything.
    pub target: Option<Target>,
    /// How it was measured, or why not.
    pub note: String,
}

/// All figures of a run.
#[derive(Debug, Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Adds a figure without a target.
    pub fn add(&mut self, name: impl Into<String>, value: f64, unit: &'static str, note: impl Into<String>) {
        self.0.push(Figure { name: name.into(), value: Some(value), unit, target: None, note: note.into() });
    }

    /// Adds a figure with a target.
    pub fn judge(
        &mut self,
        name: impl Into<String>,
        value: f64,
        unit: &'static str,
        target: Target,
        note: impl Into<String>,
    ) {
        let (name, note) = (name.into(), note.into());
        self.0.push(Figure { name, value: Some(value), unit, target: Some(target), note });
    }

    /// Adds a figure that could not be measured.
    pub fn not_measured(&mut self, name: impl Into<String>, target: Option<Target>, why: impl Into<String>) {
        self.0.push(Figure { name: name.into(), value: None, unit: "", target, note: why.into() });
    }

    /// The figures that miss their targets.
    #[must_use]
    pub fn missed(&self) -> Vec<&str> {
        self.0
            .iter()
            .filter(|figure| figure.passed() == Some(false))
            .map(|figure| figure.name.as_str())
            .collect()
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.0.iter().map(Figure::to_json).collect()
    }

    /// As a table.
    #[must_use]
    pub fn for_people(&self) -> String {
        let mut rows = vec![["", "figure", "value", "target", "how"].map(str::to_owned).to_vec()];
        rows.extend(self.0.iter().map(Figure::row));
        table(&rows)
    }
}

impl Figure {
    fn passed(&self) -> Option<bool> {
        Some(self.target?.met(self.value?))
    }

    fn to_json(&self) -> Value {
        let (at_most, at_least) = match self.target {
            Some(Target::AtMost(limit)) => (Some(limit), None),
            Some(Target::AtLeast(limit)) => (None, Some(limit)),
            None => (None, None),
        };
        json!({
            "name": self.name, "value": self.value, "unit": self.unit, "at_most": at_most, "at_least": at_least,
            "pass": self.passed(), "note": self.note,
        })
    }

    fn row(&self) -> Vec<String> {
        let mark = match (self.value, self.passed()) {
            (None, _) => "-",
            (_, Some(true)) => "pass",
            (_, Some(false)) => "MISS",
            (_, None) => "",
        };
        let value = self
            .value
            .map_or_else(|| "not measured".to_owned(), |value| format!("{} {}", short(value), self.unit));
        let target = match self.target {
            Some(Target::AtMost(limit)) => format!("<= {}", short(limit)),
            Some(Target::AtLeast(limit)) => format!(">= {}", short(limit)),
            None => String::new(),
        };
        vec![mark.into(), self.name.clone(), value.trim_end().to_owned(), target, self.note.clone()]
    }
}

/// Three significant digits, or all of a whole number.
fn short(value: f64) -> String {
    if value.abs() >= 100.0 {
        format!("{value:.0}")
    } else if value.abs() >= 10.0 {
        format!("{value:.1}")
    } else if value.abs() >= 1.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

/// The value in the middle; none of nothing.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// The value below which `share` of all lie, by linear interpolation between the two nearest (type 7 of
/// Hyndman and Fan, Sample Quantiles in Statistical Packages, 1996); none of nothing.
#[must_use]
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Small counts.
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = share * (sorted.len().checked_sub(1)? as f64);
    let below = place.floor() as usize;
    let (low, high) = (*sorted.get(below)?, *sorted.get(below + 1).or(sorted.last())?);
    Some(low + (high - low) * (place - below as f64))
}

/// What a run says of the machine it ran on.
#[derive(Debug, Serialize)]
pub struct Machine {
    /// Processor, as the kernel names it.
    pub processor: String,
    /// Processors that can be used.
    pub cores: usize,
    /// Architecture.
    pub arch: &'static str,
    /// Whether this is an optimised build.
    pub release: bool,
}

impl Machine {
    /// This machine.
    #[must_use]
    pub fn here() -> Self {
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let processor = info
            .lines()
            .find(|line| line.starts_with("model name"))
            .and_then(|line| line.split(": ").nth(1))
            .unwrap_or("unknown")
            .to_owned();
        Self {
            processor,
            cores: std::thread::available_parallelism().map_or(1, usize::from),
            arch: std::env::consts::ARCH,
            release: !cfg!(debug_assertions),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Figures, Target, median, quantile};

    #[test]
    fn medians_and_quantiles() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[3.0]), Some(3.0));
        assert_eq!(median(&[4.0, 1.0, 3.0, 2.0]), Some(2.5));
        assert_eq!(quantile(&[1.0, 2.0, 3.0, 4.0, 5.0], 1.0), Some(5.0));
        assert_eq!(quantile(&[1.0, 2.0], 0.25), Some(1.25));
    }

    #[test]
    fn a_missed_target_is_named_and_an_unmeasured_one_is_not() {
        let mut figures = Figures::default();
        figures.judge("a", 1.0, "s", Target::AtMost(1.0), "");
        figures.judge("b", 0.9, "", Target::AtLeast(0.97), "");
        figures.not_measured("c", Some(Target::AtMost(1.0)), "no peer");
        figures.add("d", 5.0, "MB", "");
        assert_eq!(figures.missed(), ["b"]);
        assert_eq!(figures.to_json()[1]["pass"], false);
        assert!(figures.to_json()[2]["pass"].is_null());
        assert!(figures.for_people().contains("MISS"));
    }
}
