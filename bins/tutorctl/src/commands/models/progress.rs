//! Progress bars, and the flag that stops what they show.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::output::Output;

/// A flag that asks long work to stop. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks.
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// What a progress callback returns.
    pub fn flow(&self) -> ControlFlow<()> {
        if self.0.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// A bar on standard error, one for each step of each model; nothing when that is not a terminal or the
/// output is for scripts.
#[derive(Debug)]
pub struct Bar {
    bar: ProgressBar,
    step: RefCell<String>,
}

impl Bar {
    /// A bar that shows nothing yet.
    #[must_use]
    pub fn new(output: Output) -> Self {
        let target =
            if output.is_json() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        Self { bar: ProgressBar::with_draw_target(None, target), step: RefCell::default() }
    }

    /// `done` of `total` bytes of a step; a total of 0 is not known.
    pub fn show(&self, id: &str, step: &str, done: u64, total: u64) {
        let name = format!("{id:28} {step:11}");
        if *self.step.borrow() != name {
            self.bar.reset();
            self.bar.set_style(style(total > 0));
            self.bar.set_message(name.clone());
            *self.step.borrow_mut() = name;
        }
        if total > 0 {
            self.bar.set_length(total);
        }
        self.bar.set_position(done);
    }

    /// Removes the bar.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn style(total_known: bool) -> ProgressStyle {
    let template = if total_known {
        "{msg} [{bar:30}] {bytes:>11} of {total_bytes:11} {bytes_per_sec:>12}  {eta}"
    } else {
        "{msg} {spinner} {bytes}"
    };
    // A template that cannot be read would show as the default bar, not as an error.
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}
