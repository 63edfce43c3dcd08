//! From nothing to all daemons at work, with their files in the page cache.

use std::time::Instant;

use super::figures::{Figures, Target, median};
use crate::error::Result;
use crate::session::{Place, Session};
use crate::set::CONVERSATION;
use crate::set::settings::Wanted;

/// Starts and stops whole sets.
///
/// # Errors
/// When one does not start.
pub async fn measure(place: &Place, wanted: &Wanted, rounds: usize, figures: &mut Figures) -> Result<()> {
    let (mut started, mut stopped) = (Vec::new(), Vec::new());
    // The first one warms the page cache and checks the models.
    for round in 0..=rounds {
        let begun = Instant::now();
        let session = Session::own(place, &CONVERSATION, wanted).await?;
        let took = begun.elapsed().as_secs_f64();
        let begun = Instant::now();
        session.close().await;
        if round > 0 {
            started.push(took);
            stopped.push(begun.elapsed().as_secs_f64());
        }
    }
    let note = format!("bus and five daemons, {rounds} rounds after a first one");
    if let (Some(start), Some(stop)) = (median(&started), median(&stopped)) {
        figures.judge("start.all_ready_s", start, "s", Target::AtMost(3.0), note.clone());
        figures.judge("start.all_stopped_s", stop, "s", Target::AtMost(2.5), note);
    }
    Ok(())
}
