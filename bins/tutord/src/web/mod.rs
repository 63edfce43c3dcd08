//! The parents' page and the child's board, served over HTTPS while the tutor runs.

mod board;
mod house;
mod settings;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use iseetutor_bus::Status;
use iseetutor_service::Shutdown;
use iseetutor_web::journal::Journal;
use iseetutor_web::{Web, WebConfig, WebError, clock};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

pub use board::Boards;

use crate::ask::Asker;
use crate::config::PageConfig;
use crate::dialogue::Event;
use crate::school::School;
use crate::store::Store;

/// The name by which systemd passes the listening socket.
pub const SOCKET: &str = "web";

/// The file that is there while the tutor is paused.
const PAUSED: &str = "paused";

/// Whether the tutor was paused when it ended.
#[must_use]
pub fn was_paused(config: &PageConfig, database: &Path) -> bool {
    config.enabled && folder(database).join(PAUSED).exists()
}

/// The page's own folder, beside the database.
fn folder(database: &Path) -> PathBuf {
    database.parent().unwrap_or(Path::new(".")).join("web")
}

/// What the page needs of the tutor.
#[derive(Debug)]
pub struct Parts {
    /// The children.
    pub school: Arc<School>,
    /// Their record.
    pub store: Store,
    /// What boards show.
    pub boards: Boards,
    /// To the dialogue.
    pub events: mpsc::Sender<Event>,
    /// The typed conversation, which forgets a child that is erased.
    pub asker: Arc<Asker>,
    /// How the daemon is.
    pub status: Status,
}

/// The page, and the task that serves it.
pub type Page = (Arc<Web>, JoinHandle<()>);

/// Serves the page if it is wanted: on the socket that was passed, or else where the configuration says. Nothing when it
/// is off.
///
/// # Errors
/// [`WebError`]: a file of its own, or the address, cannot be used.
pub fn start(
    config: &PageConfig,
    database: &Path,
    passed: Option<TcpListener>,
    parts: Parts,
    shutdown: Shutdown,
) -> Result<Option<Page>, WebError> {
    if !config.enabled {
        return Ok(None);
    }
    let folder = folder(database);
    let Parts { school, store, boards, events, asker, status } = parts;
    let journal = Journal::new(&folder);
    let computed = Mutex::default();
    let house = house::House {
        school,
        store,
        boards,
        events,
        asker,
        status,
        journal,
        computed,
        pause_file: folder.join(PAUSED),
    };
    let settings = WebConfig { names: config.names.clone(), ..WebConfig::new(folder) };
    let web = Web::open(settings, Arc::new(house), clock::system())?;
    let listener = match passed {
        Some(listener) => listener,
        None => TcpListener::bind(&config.listen)
            .map_err(|source| WebError::Listen { address: config.listen.clone(), source })?,
    };
    let serving = Arc::clone(&web);
    let served = tokio::spawn(async move {
        if let Err(error) = serving.serve(listener, shutdown.wait()).await {
            tracing::error!(%error, "the page is not served");
        }
    });
    Ok(Some((web, served)))
}
