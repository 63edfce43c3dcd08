//! Frames on a byte stream.

use std::marker::PhantomData;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::frame::{Frame, LENGTH_BYTES, WireError, check_length};
use crate::message::Message;

/// Bytes asked of the socket at once: several audio frames, one system call.
const READ_CHUNK: usize = 16 * 1024;

/// Reads frames; a clean end of stream is `None`, a cut frame is an error.
#[derive(Debug)]
pub struct FrameReader<R, M> {
    inner: R,
    buffer: Vec<u8>,
    /// Bytes of `buffer` already handed out.
    taken: usize,
    message: PhantomData<fn() -> M>,
}

impl<R: AsyncRead + Unpin, M: Message> FrameReader<R, M> {
    /// A reader on `inner`.
    pub fn new(inner: R) -> Self {
        Self { inner, buffer: Vec::with_capacity(READ_CHUNK), taken: 0, message: PhantomData }
    }

    /// The next frame, or `None` when the peer closed the stream between two frames.
    ///
    /// Cancel safe: bytes of an unfinished frame stay with the reader.
    ///
    /// # Errors
    /// Any [`WireError`]; after one the stream is of no more use and is to be closed.
    pub async fn next(&mut self) -> Result<Option<Frame<M>>, WireError> {
        loop {
            if let Some(frame) = self.take_buffered()? {
                return Ok(Some(frame));
            }
            if self.taken > 0 {
                self.buffer.drain(..self.taken);
                self.taken = 0;
            }
            self.buffer.reserve(READ_CHUNK);
            let read = self
                .inner
                .read_buf(&mut self.buffer)
                .await
                .map_err(|source| WireError::Io { operation: "read", source })?;
            if read == 0 {
                return match self.buffer.len() {
                    0 => Ok(None),
                    got => Err(WireError::Cut { got, wanted: self.wanted() }),
                };
            }
        }
    }

    fn take_buffered(&mut self) -> Result<Option<Frame<M>>, WireError> {
        let rest = self.buffer.get(self.taken..).unwrap_or_default();
        let Some((prefix, rest)) = rest.split_first_chunk::<LENGTH_BYTES>() else { return Ok(None) };
        let length = check_length(*prefix)?;
        let Some(payload) = rest.get(..length) else { return Ok(None) };
        let frame = Frame::decode(payload)?;
        self.taken += LENGTH_BYTES + length;
        Ok(Some(frame))
    }

    /// Bytes that the unfinished frame at the head of the buffer was to have.
    fn wanted(&self) -> usize {
        self.buffer
            .first_chunk::<LENGTH_BYTES>()
            .and_then(|prefix| check_length(*prefix).ok())
            .map_or(LENGTH_BYTES, |length| LENGTH_BYTES + length)
    }
}

/// Writes frames.
#[derive(Debug)]
pub struct FrameWriter<W> {
    inner: W,
}

impl<W: AsyncWrite + Unpin> FrameWriter<W> {
    /// A writer on `inner`.
    pub fn new(inner: W) -> Self {
        Self { inner }
    }

    /// Writes one frame whole. Not cancel safe: a write given up half-way cuts the stream.
    ///
    /// # Errors
    /// [`WireError::TooLong`] or [`WireError::Encode`] before anything was written (the stream stays
    /// usable), [`WireError::Io`] when the socket failed.
    pub async fn write<M: Message>(&mut self, frame: &Frame<M>) -> Result<(), WireError> {
        self.write_bytes(&frame.encode()?).await
    }

    /// Writes a frame that is already encoded.
    ///
    /// # Errors
    /// [`WireError::Io`] when the socket failed.
    pub async fn write_bytes(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        self.inner.write_all(bytes).await.map_err(|source| WireError::Io { operation: "write", source })
    }
}
