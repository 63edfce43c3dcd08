//! Work for the engines while something else is measured.

use std::path::PathBuf;
use std::time::Duration;

use iseetutor_bus::stt1::Stt1Proxy;
use iseetutor_bus::tts1::Tts1Proxy;
use tokio::task::JoinSet;

use super::Bench;
use super::llm::{Client, long_chat};
use crate::commands::say::synthesize;
use crate::commands::transcribe::{open, transcribe};
use crate::error::{Error, Result};

/// A text that keeps the voice busy for a second.
const TEXT: &str = "The leaves turn red and yellow in the fall, because the green in them fades when the days get short \
                    and cold, and what was hidden under it comes to light at last.";

/// How long the engines have been at work when the measuring begins.
const RUN_UP: Duration = Duration::from_millis(500);

/// Engines at work until it is dropped.
#[derive(Debug)]
pub struct Load {
    _tasks: JoinSet<Result<()>>,
}

impl Load {
    /// Keeps speech to text and text to speech busy, and the language model too if `llm` is set.
    ///
    /// # Errors
    /// When a daemon cannot be reached.
    pub async fn start(bench: &Bench<'_>, llm: bool) -> Result<Self> {
        let mut tasks = JoinSet::new();
        let bus = bench.session.bus();
        let stt = Stt1Proxy::new(bus).await.map_err(Error::call("reach sttd"))?;
        let tts = Tts1Proxy::new(bus).await.map_err(Error::call("reach ttsd"))?;
        let clips: Vec<PathBuf> = bench.recordings.clips.iter().map(|clip| clip.path.clone()).collect();
        tasks.spawn(async move {
            loop {
                for clip in &clips {
                    transcribe(&stt, open(clip)?, "trimmed", &[], clip).await?;
                }
            }
        });
        tasks.spawn(async move {
            loop {
                let file =
                    tempfile::tempfile().map_err(Error::io("create a file in", std::env::temp_dir()))?;
                synthesize(&tts, TEXT, file, 1.0, false).await?;
            }
        });
        if llm {
            let mut client = Client::connect(bench.session.runtime_dir()).await?;
            tasks.spawn(async move {
                loop {
                    client.generate(long_chat(), 128).await?;
                }
            });
        }
        tokio::time::sleep(RUN_UP).await;
        Ok(Self { _tasks: tasks })
    }
}
