//! `tutorctl status`: what every daemon is doing.

use std::collections::BTreeMap;

use iseetutor_bus::Name;
use serde::Serialize;
use serde_json::json;

use crate::error::{Error, Result};
use crate::output::{Output, table, tell};
use crate::session::{Place, Running, find};
use crate::set::ready::{self, DaemonReport};

/// One daemon, as `status --json` shows it.
#[derive(Debug, Serialize)]
pub struct Line {
    /// The program.
    pub name: &'static str,
    /// Its name on the bus.
    pub bus_name: &'static str,
    /// One of unknown, starting, loading, ready, degraded, stopping; absent (not on the bus) or silent.
    pub state: String,
    /// Release of the program.
    pub version: String,
    /// The model file that is loaded.
    pub model: String,
    /// What went wrong last, and what mends it.
    pub last_error: String,
    /// Its process; 0 when there is none.
    pub pid: u32,
    /// Largest resident memory so far.
    pub memory_peak_bytes: u64,
    /// Median latencies.
    pub latencies_ms: BTreeMap<String, f64>,
    /// Counters since its start.
    pub counters: BTreeMap<String, u64>,
}

impl Line {
    fn new(name: Name, report: DaemonReport) -> Self {
        // Nobody needs it while everything is off, and the bus starts it when somebody does.
        let sleeps = name == Name::Sync && report.state == "absent";
        Self {
            name: name.program(),
            bus_name: name.bus_name(),
            state: if sleeps { "on demand".into() } else { report.state },
            version: report.version,
            model: report.model,
            last_error: report.last_error,
            pid: report.pid,
            memory_peak_bytes: report.memory_peak,
            latencies_ms: report
                .latencies
                .into_iter()
                .map(|(name, value)| (name, super::up::round(value)))
                .collect(),
            counters: report.counters.into_iter().collect(),
        }
    }
}

/// What every daemon on the bus of `running` says of itself.
///
/// # Errors
/// When the bus is gone.
pub async fn lines(running: &Running) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for name in Name::ALL {
        let report = ready::report(&running.bus, name).await;
        lines.push(Line::new(name, report.map_err(Error::call("ask the daemons"))?));
    }
    Ok(lines)
}

/// Shows the state of a set that runs.
///
/// # Errors
/// [`Error::NoSet`] when none does.
pub async fn run(place: &Place, output: Output) -> Result<()> {
    let running = match find(place, &[]).await {
        Ok(Some(running)) => running,
        Ok(None) => {
            output
                .put(&json!({"running": false}), || "no daemons run; start them with `tutorctl up`".into())?;
            return Err(Error::NoSet);
        }
        Err(error @ Error::NotRunning { .. }) => {
            output.put(&json!({"running": false}), || error.to_string())?;
            return Err(Error::NoSet);
        }
        Err(error) => return Err(error),
    };
    let lines = lines(&running).await?;
    let (dir, pid) = match &running.up {
        Some((dir, state)) => (Some(dir.display().to_string()), Some(state.pid)),
        None => (None, None),
    };
    let bus = running.address.to_string();
    let value = json!({"running": true, "dir": dir, "pid": pid, "bus": bus, "daemons": lines});
    output.put(&value, || {
        let place = dir.as_deref().map_or_else(|| "on this device".to_owned(), |dir| format!("in {dir}"));
        format!("running {place}, bus {bus}\n\n{}", for_people(&lines))
    })?;
    if !output.is_json() {
        for line in lines.iter().filter(|line| !line.last_error.is_empty()) {
            tell(&format!("{}: {}", line.name, line.last_error));
        }
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss)] // Bytes as megabytes, for people.
fn for_people(lines: &[Line]) -> String {
    let mut rows =
        vec![["daemon", "state", "pid", "memory", "model", "latencies"].map(str::to_owned).to_vec()];
    for line in lines {
        let latencies: Vec<String> = line
            .latencies_ms
            .iter()
            .map(|(name, value)| format!("{} {value:.1}", name.trim_end_matches("_ms")))
            .collect();
        let model = std::path::Path::new(&line.model).file_name().unwrap_or_default().to_string_lossy();
        let present = line.pid != 0;
        rows.push(vec![
            line.name.to_owned(),
            line.state.clone(),
            if present { line.pid.to_string() } else { "-".into() },
            if present { format!("{:.0} MB", line.memory_peak_bytes as f64 / 1e6) } else { "-".into() },
            if model.is_empty() { "-".into() } else { model.into_owned() },
            latencies.join(", "),
        ]);
    }
    table(&rows)
}
