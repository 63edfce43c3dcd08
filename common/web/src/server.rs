//! Connections: who may connect, how many, how long they may take, and TLS.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::service::service_fn;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::clock::Clock;
use crate::config::WebConfig;
use crate::door::Door;
use crate::error::WebError;
use crate::handle;
use crate::home::Home;
use crate::http::{Patient, Timer};
use crate::tls::{self, Authority, Leaves};

/// How long requests under way may take once the server is told to stop.
const FAREWELL: Duration = Duration::from_millis(700);
/// Headers of a request at most.
const HEADERS: usize = 64;
/// Bytes of a request's head at most.
const HEAD_BYTES: usize = 16 * 1024;

/// The server: its door, its certificates and its household.
pub struct Web {
    pub(crate) home: Arc<dyn Home>,
    pub(crate) door: Door,
    pub(crate) leaves: Leaves,
    pub(crate) clock: Clock,
    pub(crate) config: WebConfig,
    pub(crate) boards: Arc<Semaphore>,
}

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Web").field("config", &self.config).finish_non_exhaustive()
    }
}

/// A connection as the handlers see it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// From where.
    pub(crate) peer: IpAddr,
    /// To which address and port of the device.
    pub(crate) local: SocketAddr,
    /// Whether the server is about to stop.
    pub(crate) stopping: watch::Receiver<bool>,
}

impl Web {
    /// Opens the door and the certificate authority, making what is not there yet.
    ///
    /// # Errors
    /// [`WebError`].
    pub fn open(config: WebConfig, home: Arc<dyn Home>, clock: Clock) -> Result<Arc<Self>, WebError> {
        std::fs::DirBuilder::new()
            .recursive(true)
            .create(&config.folder)
            .and_then(|()| {
                use std::os::unix::fs::PermissionsExt;
                std::fs::set_permissions(&config.folder, std::fs::Permissions::from_mode(0o700))
            })
            .map_err(|source| WebError::File { operation: "make", path: config.folder.clone(), source })?;
        let leaves = Leaves::new(Authority::open(&config.folder)?, &config.names)?;
        let door = Door::open(&config.folder, Arc::clone(&clock))?;
        let boards = Arc::new(Semaphore::new(config.limits.boards));
        Ok(Arc::new(Self { home, door, leaves, clock, config, boards }))
    }

    /// The door, for the console: its setup code and its reset.
    #[must_use]
    pub fn door(&self) -> &Door {
        &self.door
    }

    /// Forgets the passphrase, all sessions and all boards, which is put on the log, and returns a new setup code. For the
    /// console: whoever can ask for it owns the device.
    ///
    /// # Errors
    /// [`WebError`].
    pub async fn reset(&self) -> Result<String, WebError> {
        let code = self.door.reset().await?;
        let what = "the passphrase was reset at the console".to_owned();
        let deed = crate::home::Deed { at_ms: (self.clock)(), address: "this device".to_owned(), what };
        if let Err(error) = self.home.note(deed).await {
            tracing::warn!(%error, "the reset is not on the page's log");
        }
        Ok(code)
    }

    /// The SHA-256 of the certificate authority, as devices show it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.leaves.authority().fingerprint()
    }

    /// Serves what comes to `listener` until `shutdown` is done.
    ///
    /// # Errors
    /// [`WebError::Listen`] when the socket cannot be used.
    pub async fn serve(
        self: Arc<Self>,
        listener: std::net::TcpListener,
        shutdown: impl Future<Output = ()>,
    ) -> Result<(), WebError> {
        let address = listener.local_addr().map_or_else(|_| "?".to_owned(), |address| address.to_string());
        let listen = |source| WebError::Listen { address: address.clone(), source };
        listener.set_nonblocking(true).map_err(listen)?;
        let listener = TcpListener::from_std(listener).map_err(listen)?;
        tracing::info!(%address, "the page is served");
        let (stop, stopping) = watch::channel(false);
        let places = Places::new(&self.config);
        let mut open = JoinSet::new();
        tokio::pin!(shutdown);
        loop {
            let accepted = tokio::select! {
                () = &mut shutdown => break,
                // Ended ones are taken out, so that the set stays small.
                Some(_) = open.join_next(), if !open.is_empty() => continue,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let Some((line, place)) = self.admit(&stream, peer, &places, &stopping) else { continue };
                    open.spawn(Arc::clone(&self).talk(stream, line, place));
                }
                Err(error) => {
                    // Out of descriptors, or a connection that was gone before it was taken.
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
        let _ = stop.send(true);
        let all = async { while open.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, all).await.is_err() {
            open.abort_all();
        }
        Ok(())
    }

    /// Takes a connection on, if it is one of the house and there is room.
    fn admit(
        &self,
        stream: &TcpStream,
        peer: SocketAddr,
        places: &Arc<Places>,
        stopping: &watch::Receiver<bool>,
    ) -> Option<(Line, Place)> {
        let local = stream.local_addr().ok()?;
        let (peer, own) = (peer.ip().to_canonical(), local.ip().to_canonical());
        if !tls::in_house(peer) || !tls::in_house(own) {
            tracing::warn!("a connection from outside of the house was dropped");
            return None;
        }
        let place = places.take(peer)?;
        let local = SocketAddr::new(own, local.port());
        Some((Line { peer, local, stopping: stopping.clone() }, place))
    }

    async fn talk(self: Arc<Self>, stream: TcpStream, line: Line, place: Place) {
        let limits = self.config.limits.clone();
        // Small replies are not held back to be sent with later ones.
        let _ = stream.set_nodelay(true);
        let config = match self.leaves.serve(line.local.ip(), (self.clock)() / 1_000) {
            Ok(config) => config,
            Err(error) => return tracing::error!(%error, "a connection has no certificate"),
        };
        let handshake = TlsAcceptor::from(config).accept(stream);
        let Ok(Ok(stream)) = tokio::time::timeout(limits.handshake, handshake).await else { return };
        let mut stopping = line.stopping.clone();
        let service = service_fn(move |request| {
            let (web, line) = (Arc::clone(&self), line.clone());
            async move { Ok::<_, std::convert::Infallible>(handle::handle(&web, &line, request).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(Timer)
            .header_read_timeout(limits.head)
            .max_headers(HEADERS)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(Patient::new(stream, limits.write), service);
        tokio::pin!(connection);
        tokio::select! {
            // Whatever ended it is the other side's affair, and not worth a line in the log.
            _ = &mut connection => {}
            () = stopped(&mut stopping) => {
                connection.as_mut().graceful_shutdown();
                let _ = connection.await;
            }
        }
        drop(place);
    }
}

/// Waits until the server is told to stop.
pub(crate) async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the server is gone.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Places for connections, some for each address.
struct Places {
    all: Arc<Semaphore>,
    per_address: usize,
    taken: Mutex<HashMap<IpAddr, usize>>,
}

/// A connection's place, free again when dropped.
struct Place {
    places: Arc<Places>,
    address: IpAddr,
    _permit: tokio::sync::OwnedSemaphorePermit,
}

impl Places {
    fn new(config: &WebConfig) -> Arc<Self> {
        let all = Arc::new(Semaphore::new(config.limits.connections));
        Arc::new(Self { all, per_address: config.limits.per_address, taken: Mutex::default() })
    }

    fn take(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let permit = Arc::clone(&self.all).try_acquire_owned().ok()?;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(address).or_default();
        if *count >= self.per_address {
            return None;
        }
        *count += 1;
        Some(Place { places: Arc::clone(self), address, _permit: permit })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.address);
            }
        }
    }
}
