//! How long a frame takes across a socket, from one process to another, both built as the daemons are:
//! [`Link`], [`Inbound`] and a runtime with two threads.

use std::path::Path;
use std::process::{ExitCode, Stdio};
use std::time::Duration;

use iseetutor_wire::message::SttMessage;
use iseetutor_wire::{Frame, Inbound, Incoming, Link, PeerPolicy, SocketName, monotonic_us};
use tokio::process::Command;

use super::Bench;
use super::figures::{Figures, Target, median, quantile};
use super::load::Load;
use crate::cli::PeerArgs;
use crate::error::{Error, Result};
use crate::output::tell;

/// Bytes of sound in a frame: 100 ms, as audiod sends at most.
const SOUND: usize = 3_200;

/// Milliseconds from one frame to the next.
const PACE: Duration = Duration::from_millis(5);

/// Measures when idle and with every engine at work.
///
/// # Errors
/// When the processes cannot be started.
pub async fn measure(bench: &Bench<'_>, figures: &mut Figures) -> Result<()> {
    let frames = if bench.quick { 300 } else { 1_500 };
    let idle = cross(bench.session.runtime_dir(), frames).await?;
    let load = Load::start(bench, true).await?;
    let busy = cross(bench.session.runtime_dir(), frames).await?;
    drop(load);
    let note = format!("{frames} frames of {SOUND} bytes, one every {} ms", PACE.as_millis());
    for (name, values, limit) in [("idle", idle, 1.0), ("busy", busy, 5.0)] {
        let (Some(middle), Some(slow)) = (median(&values), quantile(&values, 0.99)) else { continue };
        figures.judge(format!("frames.{name}_median_ms"), middle, "ms", Target::AtMost(0.2), note.clone());
        figures.judge(format!("frames.{name}_p99_ms"), slow, "ms", Target::AtMost(limit), note.clone());
    }
    Ok(())
}

/// Latencies in milliseconds of `frames` frames between two processes.
async fn cross(runtime_dir: &Path, frames: u32) -> Result<Vec<f64>> {
    let folder = tempfile::Builder::new()
        .prefix("frames.")
        .tempdir_in(runtime_dir)
        .map_err(Error::io("create a folder in", runtime_dir))?;
    let program = std::env::current_exe().map_err(Error::io("find", "this program"))?;
    let start = |role: &str| {
        Command::new(&program)
            .args(["bench-peer", role])
            .arg(folder.path())
            .arg(frames.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|source| Error::Spawn { program: program.display().to_string(), source })
    };
    let (listener, mut sender) = (start("listen")?, start("send")?);
    let limit = PACE * frames * 4 + Duration::from_secs(20);
    let heard = tokio::time::timeout(limit, async {
        let output = listener.wait_with_output().await;
        let _ = sender.wait().await;
        output
    });
    let failed = |problem: String| Error::Failed(format!("cannot measure the frames: {problem}"));
    let output = heard.await.map_err(|_| failed("they do not arrive".into()))?;
    let output = output.map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&output.stdout).map_err(|error| failed(error.to_string()))
}

/// One of the two processes.
#[must_use]
pub fn peer(args: &PeerArgs) -> ExitCode {
    // As `iseetutor_service::run_daemon` makes it.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let done = runtime.map_err(|error| error.to_string()).and_then(|runtime| {
        runtime.block_on(async {
            match args.role.as_str() {
                "listen" => listen(&args.folder, args.frames).await,
                _ => send(&args.folder, args.frames).await,
            }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            tell(&format!("tutorctl: {problem}"));
            ExitCode::FAILURE
        }
    }
}

async fn listen(folder: &Path, frames: u32) -> Result<(), String> {
    let (socket, path) = SocketName::Stt.listen(None, folder).map_err(|error| error.to_string())?;
    let mut inbound = Inbound::<SttMessage>::listen(socket, &path, PeerPolicy::own_user(), 64)
        .map_err(|error| error.to_string())?;
    let mut latencies = Vec::with_capacity(frames as usize);
    loop {
        match inbound.next().await {
            Some(Incoming::Frame { frame: Frame { message: SttMessage::Audio { pcm }, .. }, .. }) => {
                let now = monotonic_us();
                if let Some(sent) = pcm.first_chunk::<8>() {
                    #[allow(clippy::cast_precision_loss)] // Microseconds of a few seconds.
                    latencies.push(now.saturating_sub(u64::from_le_bytes(*sent)) as f64 / 1_000.0);
                }
            }
            Some(Incoming::Closed { .. }) | None => break,
            Some(_) => {}
        }
    }
    println!("{}", serde_json::to_string(&latencies).map_err(|error| error.to_string())?);
    Ok(())
}

async fn send(folder: &Path, frames: u32) -> Result<(), String> {
    let link = Link::connect(SocketName::Stt.path(folder), 64);
    link.wait_connected().await;
    let mut ticks = tokio::time::interval(PACE);
    for _ in 0..frames {
        ticks.tick().await;
        let mut pcm = vec![0; SOUND];
        pcm[..8].copy_from_slice(&monotonic_us().to_le_bytes());
        link.send(Frame::new(1, 0, SttMessage::Audio { pcm })).await.map_err(|error| error.to_string())?;
    }
    // The edge closes when what is queued was written.
    drop(link);
    tokio::time::sleep(Duration::from_millis(200)).await;
    Ok(())
}
