//! tutord: the tutor. It decides what an utterance wants, answers it, and keeps the learning record.
//!
//! ```text
//!   sttd --turn.sock--> ears ─┐                        ┌─> voice --tts.sock--> ttsd
//!                             ├─> engine ─ dialogue ───┤
//!   llmd <--llm.sock--> model ┘      (state machine)   ├─> store ─ SQLite
//!                                                      └─> watch ─ tutorctl talk
//! ```
//!
//! What decides is pure and knows no socket, clock or file, so that it is tested to the last branch:
//!
//! - [`router`]: what an utterance wants; [`compute`]: exact answers to arithmetic;
//! - [`lexicon`]: what words mean; [`facts`]: what is known of the exam;
//! - [`practice`]: questions, answers and mistakes, from the curriculum alone; [`mock`]: mock tests with their
//!   clock; [`school`]: the children and their records;
//! - [`answer`]: what the model is told, and what of its words may be said;
//! - [`conversation`]: one conversation's memory; [`dialogue`]: turns, barge-in, lost peers, deadlines;
//! - [`phrases`]: every fixed sentence.
//!
//! What does input and output is thin: [`engine`] runs the dialogue, [`model`] and [`voice`] are its edges, [`ask`] the
//! typed way in, [`watch`] the way to look on, [`bus`] the control plane with [`roster`], what a
//! grown-up may do with the children, and [`store`] the one thread that owns SQLite.
//!
//! A child is never told a guess as a fact: what a language model says is always framed as one, its arithmetic is
//! checked, and arithmetic that is asked for is computed. A child's words are logged at no level.

pub mod answer;
pub mod ask;
pub mod backups;
pub mod bus;
pub mod compute;
pub mod config;
pub mod conversation;
pub mod dialogue;
pub mod engine;
mod error;
pub mod facts;
pub mod health;
pub mod lexicon;
pub mod mock;
pub mod model;
pub mod phrases;
pub mod practice;
pub mod restore;
pub mod roster;
pub mod router;
pub mod school;
pub mod shelf;
pub mod store;
pub mod voice;
pub mod volume;
pub mod watch;
pub mod web;

use std::sync::Arc;
use std::time::Duration;

use iseetutor_bus::tutor1::Tutor1;
use iseetutor_bus::{BusAddress, Name, State, Status};
use iseetutor_service::{Heartbeat, Listeners, Shutdown, notify};
use iseetutor_wire::{Inbound, Link, PeerPolicy, SocketName};
use tokio::sync::mpsc;

pub use config::Config;
pub use error::Error;

/// Frames and events in waiting on each edge.
const QUEUE: usize = 64;
/// How long the database may take to be closed; within the service manager's patience.
const CLOSE_PATIENCE: Duration = Duration::from_millis(1_500);

/// Runs tutord until the shutdown.
///
/// # Errors
/// [`Error`], before the daemon was ready. Later troubles are shown as the daemon's state and survived.
pub async fn run(config: Config, mut listeners: Listeners, shutdown: Shutdown) -> Result<(), Error> {
    config.check()?;
    let runtime_dir = &config.service.runtime_dir;
    let (socket, path) =
        SocketName::Turn.listen(listeners.take(SocketName::Turn.file_name()), runtime_dir)?;
    let policy = PeerPolicy::uids(config.service.allowed_uids()?);
    let ears = Inbound::listen(socket, &path, policy, QUEUE)?;

    let status = Status::new(env!("CARGO_PKG_VERSION"));
    let watchers = watch::Watchers::default();
    let (reports, events) = mpsc::channel(QUEUE);
    let control = bus::Control::new(config.database.clone(), watchers.clone(), reports.clone());
    let address = config.service.bus.parse().unwrap_or(BusAddress::System);
    status.set_state(State::Loading);
    let connection =
        iseetutor_bus::serve(&address, Name::Tutor, Tutor1::new(control.clone()), &status).await?;

    let (store, store_thread) = store::Store::open(store::StoreOptions::new(&config.database)).await?;
    let school = school::School::new(school::SystemClock)?;
    school.furnish(lexicon::Dictionary::open(&config.lexicon));
    school.put_up(shelf::Shelf::at(&config.library));
    recall(&school, &store).await;
    let (llm, replies) = Link::connect_two_way(SocketName::Llm.path(runtime_dir), QUEUE);
    let [model, asking] = model::start(llm, replies);
    let tts = Link::connect(SocketName::Tts.path(runtime_dir), QUEUE);
    let voice_connection = tts.connection();
    let voice = voice::Voice::start(tts, status.clone());
    let settings = config.settings();
    let asker = Arc::new(ask::Asker::new(settings.clone(), store.clone(), asking, Arc::clone(&school)));
    let boards = web::Boards::default();
    let page = web::Parts {
        school: Arc::clone(&school),
        store: store.clone(),
        boards: boards.clone(),
        events: reports.clone(),
        asker: Arc::clone(&asker),
        status: status.clone(),
    };
    let socket = listeners.take_tcp(web::SOCKET);
    if web::was_paused(&config.web, &config.database) {
        // The queue is new and has room.
        let _ = reports.try_send(dialogue::Event::Pause(true));
    }
    let started = web::start(&config.web, &config.database, socket, page, shutdown.clone());
    // Who learns is not kept from it because a parent cannot look.
    let (page, no_page) = match started {
        Ok(page) => (page, None),
        Err(error @ iseetutor_web::WebError::Name { .. }) => return Err(error.into()),
        Err(error) => {
            tracing::error!(%error, "the parents' page is not served");
            (None, Some(format!("the parents' page is not served: {error}")))
        }
    };
    let keeper = (!config.backups.as_os_str().is_empty())
        .then(|| backups::Keeper::new(store.clone(), config.backups.clone(), status.clone()));
    let copying = keeper.clone().map(|keeper| tokio::spawn(keeper.keep(shutdown.clone())));
    control.complete(bus::Parts {
        asker,
        keeper,
        web: page.as_ref().map(|(web, _)| Arc::clone(web)),
        store: store.clone(),
        roster: roster::Roster::new(Arc::clone(&school), store.clone()),
        bus: connection.clone(),
    });

    let heartbeat = Heartbeat::default();
    notify::watch(vec![("store", store.heartbeat()), ("dialogue", heartbeat.clone())], shutdown.clone());
    let mut health = health::Health::new(status.clone());
    health.set("page", no_page);
    notify::ready();
    tracing::info!(database = %config.database.display(), "ready");

    let silence = tokio::spawn(bus::follow_silence(connection.clone(), reports.clone()));
    let engine = engine::Engine {
        dialogue: dialogue::Dialogue::new(settings, Arc::clone(&school), store::new_id),
        ears,
        model,
        voice,
        voice_connection,
        store,
        school,
        watchers,
        boards,
        events,
        reports,
        bus: connection.clone(),
        status: status.clone(),
        health,
        heartbeat,
    };
    engine.run(shutdown).await;
    status.set_state(State::Stopping);
    silence.abort();
    if let Some(copying) = copying {
        // It holds a handle of the store. A copy under way is of no use any more.
        copying.abort();
    }
    if let Some((web, served)) = page {
        // It ends by itself with the same shutdown, within its own patience.
        let _ = served.await;
        drop(web);
    }
    // The bus holds the last handles of the store; it goes first, so that the thread sees its queue end.
    let _ = connection.object_server().remove::<Tutor1, _>(Name::Tutor.path()).await;
    drop((control, connection));
    if !store_thread.finished(CLOSE_PATIENCE).await {
        tracing::warn!("the database was not closed in time; its log is folded in at the next start");
    }
    Ok(())
}

/// Brings what is on record of learning to the school. While the database cannot be read the children are not known;
/// it is tried again when it works.
pub(crate) async fn recall(school: &school::School, store: &store::Store) {
    match store.learning().await {
        Ok(store::Learning { device, events }) => school.recall(&device, events.iter().map(String::as_str)),
        Err(error) => tracing::warn!(%error, "the children's records cannot be read yet"),
    }
}
