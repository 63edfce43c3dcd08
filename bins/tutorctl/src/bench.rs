//! `tutorctl bench`: the speed of everything, next to what it has to be, from one run.

mod contention;
mod figures;
pub mod frames;
mod llm;
mod load;
mod practice;
pub mod recordings;
mod start;
mod stt;
mod tts;
mod turns;
mod words;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use iseetutor_service::Shutdown;
use serde_json::json;

use self::figures::{Figures, Machine};
use self::recordings::Recordings;
use crate::cli::BenchArgs;
use crate::commands::up::round;
use crate::error::{Error, Result};
use crate::output::{Output, tell};
use crate::session::{Place, Session};
use crate::set::settings::{Sound, Wanted};
use crate::set::{CONVERSATION, ready};

/// Every part, in the order in which they are measured.
const PARTS: [&str; 8] = ["start", "stt", "llm", "tts", "contention", "frames", "turns", "practice"];

/// Longest wait until the daemons have nothing to do.
const SETTLE_LIMIT: Duration = Duration::from_secs(60);

/// What the parts measure with.
pub struct Bench<'a> {
    /// The daemons.
    pub session: &'a Session,
    /// Recordings.
    pub recordings: Recordings,
    /// A folder of recordings with transcripts, for the word error rate.
    pub corpus: Option<PathBuf>,
    /// The peer of the voice.
    pub piper: Option<PathBuf>,
    /// The set of models.
    pub models: String,
    /// Whether fewer repetitions will do.
    pub quick: bool,
}

impl Bench<'_> {
    /// How often to repeat what would be repeated `full` times.
    #[must_use]
    pub fn rounds(&self, full: usize) -> usize {
        if self.quick { full.div_ceil(3) } else { full }
    }

    /// Waits until the daemons have nothing to do: over 300 ms they used less than 5 % of one processor.
    ///
    /// # Errors
    /// When the bus is gone.
    pub async fn settle(&self) -> Result<()> {
        let deadline = Instant::now() + SETTLE_LIMIT;
        let mut pids = Vec::new();
        for name in CONVERSATION {
            let report = ready::report(self.session.bus(), name).await;
            pids.push(report.map_err(Error::call("ask the daemons"))?.pid);
        }
        let ticks = || pids.iter().filter_map(|pid| cpu_ticks(*pid)).sum::<u64>();
        let mut before = ticks();
        while Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(300)).await;
            let now = ticks();
            // A tick is 10 ms (USER_HZ is 100 on every architecture that Linux runs these programs on).
            if now.saturating_sub(before) <= 1 {
                break;
            }
            before = now;
        }
        Ok(())
    }
}

/// User and system time of a process in ticks (proc_pid_stat(5), fields 14 and 15).
fn cpu_ticks(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(") ")?.1.split(' ').collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}

/// Measures and shows the figures.
///
/// # Errors
/// When nothing can be measured, or a figure misses its target.
pub async fn run(args: &BenchArgs, verbose: bool, output: Output, shutdown: &Shutdown) -> Result<()> {
    let machine = Machine::here();
    if !machine.release {
        tell("tutorctl: this is a debug build; its figures mean little");
    }
    let recordings = Recordings::find(args.wavs.as_deref())?;
    let place = Place { dir: None, models: args.models.clone(), verbose };
    let mut figures = Figures::default();
    let begun = Instant::now();
    tokio::select! {
        done = measure(args, &place, recordings, &mut figures, shutdown) => done?,
        () = shutdown.wait() => return Err(Error::Interrupted),
    }
    let took_s = begun.elapsed().as_secs_f64();
    let missed = figures.missed();
    let value = json!({
        "machine": machine, "models": models(args), "took_s": round(took_s), "figures": figures.to_json(),
        "missed": missed,
    });
    output.put(&value, || {
        let Machine { processor, cores, .. } = &machine;
        format!(
            "{processor}, {cores} cores, models {}, {took_s:.0} s\n\n{}",
            models(args),
            figures.for_people()
        )
    })?;
    if missed.is_empty() {
        return Ok(());
    }
    Err(Error::Failed(format!("these figures miss their targets: {}", missed.join(", "))))
}

fn models(args: &BenchArgs) -> String {
    args.models.clone().unwrap_or_else(|| Wanted::default().models)
}

async fn measure(
    args: &BenchArgs,
    place: &Place,
    recordings: Recordings,
    figures: &mut Figures,
    shutdown: &Shutdown,
) -> Result<()> {
    let wants = |part: &str| args.only.is_empty() || args.only.iter().any(|only| only == part);
    let folder = tempfile::tempdir().map_err(Error::io("create a folder in", std::env::temp_dir()))?;
    let sound = match &recordings.conversation {
        Some(input) => Sound::Files {
            input: std::path::absolute(input).map_err(Error::io("find", input))?,
            output: folder.path().join("said.wav"),
        },
        None => Sound::Card,
    };
    let wanted = Wanted { sound, ..Wanted::default() };
    if wants("start") {
        tell("measuring start ...");
        start::measure(place, &wanted, if args.quick { 1 } else { 3 }, figures).await?;
    }
    if !PARTS.iter().skip(1).any(|part| wants(part)) {
        return Ok(());
    }
    let session = Session::own(place, &CONVERSATION, &wanted).await?;
    session
        .run(shutdown, async |session| {
            let bench = Bench {
                session,
                recordings,
                corpus: args.corpus.clone(),
                piper: args.piper_tts.clone(),
                models: models(args),
                quick: args.quick,
            };
            for part in PARTS.into_iter().skip(1).filter(|part| wants(part)) {
                bench.settle().await?;
                tell(&format!("measuring {part} ..."));
                let done = match part {
                    "stt" => stt::measure(&bench, figures).await,
                    "llm" => llm::measure(&bench, figures).await,
                    "tts" => tts::measure(&bench, figures).await,
                    "contention" => contention::measure(&bench, figures).await,
                    "frames" => frames::measure(&bench, figures).await,
                    "practice" => practice::measure(&bench, figures).await,
                    _ => turns::measure(&bench, figures).await,
                };
                // The other parts can be measured all the same.
                if let Err(error) = done {
                    tell(&format!("tutorctl: {part}: {error}"));
                    figures.not_measured(part, None, error.to_string());
                }
            }
            memory(&bench, figures).await
        })
        .await
}

/// The largest memory of each daemon over all parts.
async fn memory(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let mut sum = 0.0;
    for name in CONVERSATION {
        let report = ready::report(bench.session.bus(), name).await;
        #[allow(clippy::cast_precision_loss)] // Bytes as megabytes.
        let megabytes = report.map_err(Error::call("ask the daemons"))?.memory_peak as f64 / 1e6;
        sum += megabytes;
        figures.add(format!("memory.{}_peak", name.program()), megabytes, "MB", "after all of the above");
    }
    figures.add("memory.sum_of_peaks", sum, "MB", "after all of the above");
    Ok(())
}
