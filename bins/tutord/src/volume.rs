//! The volume, which is audiod's, by the control plane.

use std::time::Duration;

use iseetutor_bus::audio1::Audio1Proxy;
use zbus::proxy::CacheProperties;

use crate::conversation::{VolumeChange, VolumeOutcome};

/// A step in percent.
const STEP: u32 = 10;
/// The quietest that a command goes to: below it "louder" could not be heard to work.
const QUIETEST: u32 = 20;
const LOUDEST: u32 = 100;
/// How long audiod may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Changes the volume by a step.
pub async fn change(bus: &zbus::Connection, change: VolumeChange) -> VolumeOutcome {
    let changed = async {
        let audio = Audio1Proxy::builder(bus).cache_properties(CacheProperties::No).build().await?;
        let now = audio.volume().await?;
        let next = match change {
            VolumeChange::Up => (now + STEP).min(LOUDEST).max(now),
            VolumeChange::Down => now.saturating_sub(STEP).max(QUIETEST).min(now),
        };
        if next == now {
            return zbus::Result::Ok(VolumeOutcome::AtLimit);
        }
        audio.set_volume(next).await?;
        Ok(VolumeOutcome::Changed)
    };
    match tokio::time::timeout(PATIENCE, changed).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the volume cannot be changed");
            VolumeOutcome::Failed
        }
        Err(_) => {
            tracing::warn!("the volume cannot be changed: audiod does not answer");
            VolumeOutcome::Failed
        }
    }
}
