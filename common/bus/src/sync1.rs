//! `org.iseetutor.Sync1`: the way out of the house.

use std::sync::Arc;

/// What syncd puts behind [`Sync1`].
pub trait SyncControl: Send + Sync + 'static {
    /// Whether a parent turned any service on.
    fn enabled(&self) -> bool;
    /// The services that are on.
    fn services(&self) -> Vec<String>;
}

/// The way out of the house.
pub struct Sync1 {
    control: Arc<dyn SyncControl>,
}

impl Sync1 {
    /// Serves `control`.
    #[must_use]
    pub fn new(control: Arc<dyn SyncControl>) -> Self {
        Self { control }
    }
}

/// The way out of the house.
#[zbus::interface(
    name = "org.iseetutor.Sync1",
    proxy(
        default_service = "org.iseetutor.Sync1",
        default_path = "/org/iseetutor/Sync1",
        visibility = "pub"
    )
)]
impl Sync1 {
    /// Whether a parent turned any service on. While false, syncd opens no socket and ends by itself.
    #[zbus(property)]
    fn enabled(&self) -> bool {
        self.control.enabled()
    }

    /// The services that are on.
    #[zbus(property)]
    fn services(&self) -> Vec<String> {
        self.control.services()
    }
}
