//! Waiting until daemons are at work, by what they say on the bus.

use std::collections::HashMap;
use std::num::NonZeroUsize;
use std::time::Duration;

use futures_util::StreamExt;
use iseetutor_bus::Name;
use iseetutor_bus::daemon1::Daemon1Proxy;
use zbus::{Connection, MatchRule, MessageStream, message::Type};

use crate::error::{Error, Result};

/// Changes in waiting; more of them change nothing, for whoever waits asks again anyway.
const QUEUE: Option<NonZeroUsize> = NonZeroUsize::new(64);

/// What one daemon says of itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DaemonReport {
    /// One of unknown, starting, loading, ready, degraded, stopping; `absent` when it is not on the bus.
    pub state: String,
    /// Release of the program.
    pub version: String,
    /// The model file that is loaded.
    pub model: String,
    /// What went wrong last.
    pub last_error: String,
    /// Its process.
    pub pid: u32,
    /// Largest resident memory so far, in bytes.
    pub memory_peak: u64,
    /// Median latencies in milliseconds.
    pub latencies: HashMap<String, f64>,
    /// Counters since its start.
    pub counters: HashMap<String, u64>,
}

impl DaemonReport {
    fn absent() -> Self {
        Self { state: "absent".into(), ..Self::default() }
    }

    /// Whether it does its work, if with something missing.
    #[must_use]
    pub fn is_at_work(&self) -> bool {
        matches!(self.state.as_str(), "ready" | "degraded")
    }
}

/// A proxy that asks every time and keeps nothing.
pub(crate) async fn proxy(bus: &Connection, name: Name) -> zbus::Result<Daemon1Proxy<'static>> {
    Daemon1Proxy::builder(bus)
        .destination(name.bus_name())
        .path(name.path())
        .cache_properties(zbus::proxy::CacheProperties::No)
        .build()
        .await
}

/// Whether somebody owns the daemon's name. Never starts it.
///
/// # Errors
/// When the bus is gone.
pub async fn is_on_bus(bus: &Connection, name: Name) -> zbus::Result<bool> {
    let daemon = zbus::fdo::DBusProxy::new(bus).await?;
    Ok(daemon.name_has_owner(zbus::names::BusName::try_from(name.bus_name())?).await?)
}

/// Asks a daemon for everything it says of itself. Never starts it.
///
/// # Errors
/// When the bus is gone.
pub async fn report(bus: &Connection, name: Name) -> zbus::Result<DaemonReport> {
    if !is_on_bus(bus, name).await? {
        return Ok(DaemonReport::absent());
    }
    let proxy = proxy(bus, name).await?;
    let asked = async {
        zbus::Result::Ok(DaemonReport {
            state: proxy.state().await?,
            version: proxy.version().await?,
            model: proxy.model().await?,
            last_error: proxy.last_error().await?,
            pid: proxy.pid().await?,
            memory_peak: proxy.memory_peak().await?,
            latencies: proxy.latencies().await?,
            counters: proxy.counters().await?,
        })
    };
    // It may go while it is asked, and it may hang: both are what an operator wants to see.
    match tokio::time::timeout(Duration::from_secs(2), asked).await {
        Ok(Ok(report)) => Ok(report),
        Ok(Err(_)) => Ok(DaemonReport::absent()),
        Err(_) => Ok(DaemonReport { state: "silent".into(), ..DaemonReport::default() }),
    }
}

/// State and last error of a daemon; `absent` when it is not on the bus.
async fn state(bus: &Connection, name: Name) -> zbus::Result<(String, String)> {
    if !is_on_bus(bus, name).await? {
        return Ok(("absent".into(), String::new()));
    }
    let proxy = proxy(bus, name).await?;
    match (proxy.state().await, proxy.last_error().await) {
        (Ok(state), Ok(error)) => Ok((state, error)),
        // It went between the questions.
        _ => Ok(("absent".into(), String::new())),
    }
}

/// Waits until every one of `names` is at work. What they say is asked again whenever one of them says
/// that something changed.
///
/// # Errors
/// [`Error::Daemon`] after `limit`, naming the first that is not at work, and [`Error::Call`] when the
/// bus is gone.
pub async fn wait(bus: &Connection, names: &[Name], limit: Duration) -> Result<()> {
    let waiting = || Error::call("wait for the daemons");
    let mut changes = changes(bus).await.map_err(waiting())?;
    let deadline = tokio::time::Instant::now() + limit;
    loop {
        let mut missing = None;
        for name in names {
            let (state, error) = state(bus, *name).await.map_err(waiting())?;
            if !matches!(state.as_str(), "ready" | "degraded") {
                missing = Some((*name, state, error));
                break;
            }
        }
        let Some((name, state, error)) = missing else { return Ok(()) };
        match tokio::time::timeout_at(deadline, changes.next()).await {
            Ok(Some(_)) => {}
            Ok(None) => {
                return Err(Error::Call {
                    operation: "wait for the daemons".into(),
                    problem: "the bus went away; start the set again".into(),
                });
            }
            Err(_) => {
                let detail = if error.is_empty() { String::new() } else { format!(" ({error})") };
                let problem = format!("is still {state} after {} s{detail}; see its log", limit.as_secs());
                return Err(Error::Daemon { daemon: name.program(), problem, log: Vec::new() });
            }
        }
    }
}

/// Every change of an owner or a property among our names.
pub(crate) async fn changes(
    bus: &Connection,
) -> zbus::Result<impl futures_util::Stream<Item = ()> + Unpin + use<>> {
    let owners = MatchRule::builder()
        .msg_type(Type::Signal)
        .sender("org.freedesktop.DBus")
        .member("NameOwnerChanged")
        .arg0ns("org.iseetutor")
        .build()?;
    let properties = MatchRule::builder()
        .msg_type(Type::Signal)
        .interface("org.freedesktop.DBus.Properties")
        .member("PropertiesChanged")
        .path_namespace("/org/iseetutor")
        .build()?;
    let owners = MessageStream::for_match_rule(owners, bus, QUEUE).await?;
    let properties = MessageStream::for_match_rule(properties, bus, QUEUE).await?;
    Ok(futures_util::stream::select(owners, properties).map(drop))
}
