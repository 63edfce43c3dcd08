//! The parent's switches.

use iseetutor_service::ServiceConfig;
use iseetutor_service::config::DaemonConfig;
use serde::{Deserialize, Serialize};

/// Configuration of syncd; `config/syncd.toml` shows every key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What every daemon has.
    pub service: ServiceConfig,
    /// Seconds without a question after which it ends, while everything is off.
    pub linger: Linger,
    /// What may leave the house.
    pub cloud: Cloud,
}

/// How long to stay when there is nothing to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Linger {
    /// Seconds since the last question.
    pub seconds: f64,
}

impl Default for Linger {
    fn default() -> Self {
        Self { seconds: 5.0 }
    }
}

/// What may leave the house: nothing, unless a parent says otherwise.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Cloud {
    /// Whether any service may run.
    pub enabled: bool,
    /// The services, each with its own switch.
    pub services: Services,
}

/// The services.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Services {
    /// New content.
    pub content_cdn: Switch,
    /// Encrypted backup.
    pub backup: Switch,
    /// Anonymous statistics.
    pub analytics: Switch,
}

/// A service's switch.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switch {
    /// Whether it is on.
    pub enabled: bool,
}

impl Cloud {
    /// Names of the services that are on.
    #[must_use]
    pub fn on(&self) -> Vec<String> {
        let all = [
            ("content_cdn", &self.services.content_cdn),
            ("backup", &self.services.backup),
            ("analytics", &self.services.analytics),
        ];
        all.into_iter()
            .filter(|(_, switch)| self.enabled && switch.enabled)
            .map(|(name, _)| name.to_owned())
            .collect()
    }
}

impl DaemonConfig for Config {
    fn service(&self) -> &ServiceConfig {
        &self.service
    }
}
