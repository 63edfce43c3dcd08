//! Frames: a length, then one CBOR map.
//!
//! | bytes | what |
//! |---|---|
//! | 4 | length of the payload in bytes, `u32`, little-endian; at least 1, at most [`MAX_PAYLOAD`] |
//! | length | a CBOR map with the keys `v` (version), `t` (turn), `r` (revision), `k` (kind) and, unless the kind has none, `b` (body, a map) |

use serde::Deserialize;

use crate::message::Message;

/// Version of the protocol written in every frame and required of every frame read.
pub const VERSION: u8 = 1;

/// Longest payload in bytes, refused before anything is allocated for it.
pub const MAX_PAYLOAD: usize = 64 * 1024;

/// Bytes of the length in front of a payload.
pub const LENGTH_BYTES: usize = 4;

/// A message with its place in the conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame<M> {
    /// Turn of the conversation, counted up by audiod (see [`crate::turn`]); 0 stands for work outside a conversation.
    pub turn: u64,
    /// Revision within the turn, raised when speech goes on after a pause; from 0.
    pub revision: u32,
    /// What is said.
    pub message: M,
}

impl<M> Frame<M> {
    /// A frame of `turn` and `revision`.
    pub fn new(turn: u64, revision: u32, message: M) -> Self {
        Self { turn, revision, message }
    }
}

/// Every way in which a frame can fail, each told apart from the others.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// The length in front of the payload is above [`MAX_PAYLOAD`]; nothing was allocated for it.
    #[error(
        "frame of {length} bytes refused: a payload is at most {MAX_PAYLOAD} bytes; the peer must split it"
    )]
    TooLong {
        /// Length that the peer announced, or that a message to be sent came to.
        length: usize,
    },
    /// The length in front of the payload is zero.
    #[error("empty frame refused: a payload is at least one byte; the peer does not speak this protocol")]
    Empty,
    /// The stream ended inside a frame.
    #[error("stream ended inside a frame: {got} of {wanted} bytes arrived; the peer died or was cut off")]
    Cut {
        /// Bytes of length and payload that arrived.
        got: usize,
        /// Bytes of length and payload that were to come.
        wanted: usize,
    },
    /// The payload is not one CBOR map of the expected form.
    #[error("malformed frame of kind {kind}: {source}")]
    Malformed {
        /// The kind, as far as it could be read.
        kind: String,
        /// What the decoder said.
        #[source]
        source: serde_cbor::Error,
    },
    /// The frame is of another version of the protocol.
    #[error(
        "frame of protocol version {got} refused: this program speaks version {VERSION}; install the same release of every daemon"
    )]
    Version {
        /// Version that the peer wrote.
        got: u64,
    },
    /// The frame's kind is not one this socket carries.
    #[error("frame of unknown kind {kind:?} refused on {socket}: known kinds are {known}")]
    UnknownKind {
        /// Kind that the peer wrote, cut to 64 characters.
        kind: String,
        /// Socket the frame came by.
        socket: &'static str,
        /// Kinds that this socket carries.
        known: String,
    },
    /// A message could not be written as CBOR.
    #[error("cannot encode a frame of kind {kind}: {source}")]
    Encode {
        /// The kind of the message.
        kind: &'static str,
        /// What the encoder said.
        #[source]
        source: serde_cbor::Error,
    },
    /// Reading or writing the socket failed.
    #[error("cannot {operation} a frame: {source}")]
    Io {
        /// `read` or `write`.
        operation: &'static str,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// The keys that every frame has, read before the body so that a version or a kind from another
/// release gets its own error instead of a decoder's complaint.
#[derive(Deserialize)]
struct Head {
    v: u64,
    t: u64,
    r: u32,
    k: String,
}

impl<M: Message> Frame<M> {
    /// The frame as bytes, length included.
    ///
    /// # Errors
    /// [`WireError::TooLong`] when the message is too large for one frame, [`WireError::Encode`] when
    /// it cannot be written as CBOR.
    pub fn encode(&self) -> Result<Vec<u8>, WireError> {
        let kind = self.message.kind();
        let message =
            serde_cbor::to_vec(&self.message).map_err(|source| WireError::Encode { kind, source })?;
        // The message is a map of one or two entries (`k`, and `b` unless the kind has no body). Its
        // entries follow the envelope's own in one definite-length map, so that no buffering
        // serializer (serde's `flatten`) is needed and the bytes have one form only.
        let entries = message.first().map_or(0, |head| head & 0x1f);
        debug_assert!(message.first().is_some_and(|head| head >> 5 == 5) && entries <= 2);
        let mut bytes = Vec::with_capacity(LENGTH_BYTES + 32 + message.len());
        bytes.extend_from_slice(&[0; LENGTH_BYTES]);
        bytes.push(0xa0 | (3 + entries));
        let mut put = |key: &str, value: u64| -> Result<(), WireError> {
            let encode = |source| WireError::Encode { kind, source };
            bytes.extend(serde_cbor::to_vec(&key).map_err(encode)?);
            bytes.extend(serde_cbor::to_vec(&value).map_err(encode)?);
            Ok(())
        };
        put("v", u64::from(VERSION))?;
        put("t", self.turn)?;
        put("r", u64::from(self.revision))?;
        bytes.extend_from_slice(message.get(1..).unwrap_or_default());
        let length = bytes.len() - LENGTH_BYTES;
        if length > MAX_PAYLOAD {
            return Err(WireError::TooLong { length });
        }
        let prefix = u32::try_from(length).map_err(|_| WireError::TooLong { length })?;
        bytes[..LENGTH_BYTES].copy_from_slice(&prefix.to_le_bytes());
        Ok(bytes)
    }

    /// Reads a payload (the bytes after the length).
    ///
    /// # Errors
    /// [`WireError::Version`], [`WireError::UnknownKind`] or [`WireError::Malformed`].
    pub fn decode(payload: &[u8]) -> Result<Self, WireError> {
        let head: Head = serde_cbor::from_slice(payload)
            .map_err(|source| WireError::Malformed { kind: "unknown".into(), source })?;
        if head.v != u64::from(VERSION) {
            return Err(WireError::Version { got: head.v });
        }
        if !M::KINDS.contains(&head.k.as_str()) {
            return Err(WireError::UnknownKind {
                kind: head.k.chars().take(64).collect(),
                socket: M::SOCKET,
                known: M::KINDS.join(", "),
            });
        }
        let message = serde_cbor::from_slice(payload)
            .map_err(|source| WireError::Malformed { kind: head.k, source })?;
        Ok(Self { turn: head.t, revision: head.r, message })
    }
}

/// Checks a length prefix.
///
/// # Errors
/// [`WireError::TooLong`] and [`WireError::Empty`].
pub fn check_length(prefix: [u8; LENGTH_BYTES]) -> Result<usize, WireError> {
    match u32::from_le_bytes(prefix) as usize {
        0 => Err(WireError::Empty),
        length if length > MAX_PAYLOAD => Err(WireError::TooLong { length }),
        length => Ok(length),
    }
}
