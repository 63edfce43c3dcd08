//! `tutorctl doctor`: what is missing on this machine, and what mends it.

mod machine;
mod parts;
mod storage;

use serde::Serialize;
use serde_json::json;

use crate::error::{Error, Result};
use crate::output::{Output, table};
use crate::session::{Place, find};

use super::status;

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// In order.
    Ok,
    /// Something works less well than it could.
    Warning,
    /// Something essential is missing.
    Missing,
}

/// One check.
#[derive(Debug, Clone, Serialize)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// How it ended.
    pub verdict: Verdict,
    /// What was found.
    pub detail: String,
    /// The command or action that mends it; empty when nothing is to be mended.
    pub remedy: String,
}

impl Check {
    fn ok(name: &'static str, detail: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Ok, detail: detail.into(), remedy: String::new() }
    }

    fn warning(name: &'static str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Warning, detail: detail.into(), remedy: remedy.into() }
    }

    fn missing(name: &'static str, detail: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { name, verdict: Verdict::Missing, detail: detail.into(), remedy: remedy.into() }
    }
}

/// Makes every check and shows what came of it.
///
/// # Errors
/// [`Error::Failed`] when something essential is missing.
pub async fn run(place: &Place, output: Output) -> Result<()> {
    let models = place.models.clone().unwrap_or_else(|| "starter".into());
    let mut checks = tokio::task::spawn_blocking(move || {
        let mut checks = parts::checks(&models);
        checks.extend(machine::checks());
        checks.extend(storage::check());
        checks
    })
    .await
    .map_err(|error| Error::Failed(format!("the checks broke off: {error}")))?;
    checks.push(daemons(place).await);
    let missing = checks.iter().filter(|check| check.verdict == Verdict::Missing).count();
    let ok = missing == 0;
    output.put(&json!({"ok": ok, "checks": checks}), || for_people(&checks))?;
    if ok {
        return Ok(());
    }
    let things = if missing == 1 { "1 thing is" } else { &format!("{missing} things are") };
    Err(Error::Failed(format!(
        "{things} missing; do what is written beside it, and run `tutorctl doctor` again"
    )))
}

/// The daemons, if some run.
async fn daemons(place: &Place) -> Check {
    const NAME: &str = "daemons";
    let running = match find(place, &[]).await {
        Ok(Some(running)) => running,
        Ok(None) => return Check::ok(NAME, "none run"),
        Err(error) => return Check::warning(NAME, error.to_string(), "tutorctl up"),
    };
    let lines = match status::lines(&running).await {
        Ok(lines) => lines,
        Err(error) => return Check::warning(NAME, error.to_string(), "restart the daemons"),
    };
    let bad: Vec<String> = lines
        .iter()
        .filter(|line| !matches!(line.state.as_str(), "ready" | "on demand"))
        .map(|line| match line.last_error.as_str() {
            "" => format!("{} is {}", line.name, line.state),
            error => format!("{} is {}: {error}", line.name, line.state),
        })
        .collect();
    if bad.is_empty() {
        Check::ok(NAME, "all at work")
    } else {
        Check::warning(NAME, bad.join("; "), "see their logs; on a device `journalctl -u 'iseetutor-*' -b`")
    }
}

fn for_people(checks: &[Check]) -> String {
    let mut rows = Vec::new();
    for check in checks {
        let mark = match check.verdict {
            Verdict::Ok => "ok",
            Verdict::Warning => "WARNING",
            Verdict::Missing => "MISSING",
        };
        rows.push(vec![mark.into(), check.name.into(), check.detail.clone()]);
        if !check.remedy.is_empty() {
            rows.push(vec![String::new(), String::new(), format!("-> {}", check.remedy)]);
        }
    }
    table(&rows)
}
