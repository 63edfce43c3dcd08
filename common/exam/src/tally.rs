//! Counts with what can be said of them.

use serde::{Deserialize, Serialize};

/// An interval wider than this, in parts of one, says too little: more data is needed.
const WIDE: f64 = 0.4;

/// Right, wrong and blank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Right answers.
    pub right: u32,
    /// Wrong answers.
    pub wrong: u32,
    /// Questions without an answer.
    pub blank: u32,
}

impl Tally {
    /// All questions.
    #[must_use]
    pub fn of(self) -> u32 {
        self.right.saturating_add(self.wrong).saturating_add(self.blank)
    }

    /// Right answers in a hundred questions, a blank counting as not right; `None` of nothing.
    #[must_use]
    pub fn percent(self) -> Option<f64> {
        (self.of() > 0).then(|| 100.0 * f64::from(self.right) / f64::from(self.of()))
    }

    /// Between what per cents the learner's true share lies, surely enough (Wilson's interval, 95 %); `None` of nothing.
    #[must_use]
    pub fn interval(self) -> Option<(f64, f64)> {
        wilson(self.right, self.of()).map(|(low, high)| (100.0 * low, 100.0 * high))
    }

    /// Whether the interval is narrow enough to speak of; if not, more data is needed.
    #[must_use]
    pub fn enough(self) -> bool {
        wilson(self.right, self.of()).is_some_and(|(low, high)| high - low <= WIDE)
    }

    pub(crate) fn add(&mut self, right: Option<bool>) {
        let count = match right {
            Some(true) => &mut self.right,
            Some(false) => &mut self.wrong,
            None => &mut self.blank,
        };
        *count = count.saturating_add(1);
    }
}

/// Wilson's score interval at 95 %, as shares of one.
#[must_use]
pub fn wilson(right: u32, of: u32) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let (n, z) = (f64::from(of), 1.959_963_984_540_054_f64);
    let share = f64::from(right.min(of)) / n;
    let z2 = z * z;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::{Tally, wilson};

    #[test]
    fn intervals_are_those_of_the_books() {
        // Values computed from the formula by hand and known from tables.
        for (right, of, low, high) in
            [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
        {
            let (a, b) = wilson(right, of).unwrap();
            assert!((a - low).abs() < 5e-4 && (b - high).abs() < 5e-4, "{right}/{of}: {a} {b}");
        }
        assert_eq!(wilson(0, 0), None);
        assert!(wilson(9, 3).is_some());
    }

    #[test]
    fn few_questions_say_too_little() {
        assert!(!Tally::default().enough());
        assert!(!Tally { right: 2, wrong: 2, blank: 0 }.enough());
        assert!(Tally { right: 20, wrong: 14, blank: 0 }.enough());
        assert_eq!(Tally { right: 1, wrong: 2, blank: 1 }.percent(), Some(25.0));
    }
}
