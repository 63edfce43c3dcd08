//! Downloads over HTTPS that resume where they broke off.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::thread;
use std::time::Duration;

use ureq::http::{Response, StatusCode, header};
use ureq::{Agent, Body};

use crate::digest::CHUNK;
use crate::error::{Error, Result};

const CONNECT: Duration = Duration::from_secs(20);
const SILENCE: Duration = Duration::from_secs(60);

pub(super) struct Download<'d> {
    pub(super) url: &'d str,
    /// Collects the bytes; its length is where a download resumes.
    pub(super) part: &'d Path,
    /// Bytes by the manifest. Never is more than this written.
    pub(super) size: u64,
    pub(super) retries: u32,
    pub(super) retry_delay: Duration,
}

/// Why an attempt ended.
enum Failure {
    /// Worth another attempt.
    Passing(String),
    /// Another attempt would end the same way.
    Final(Error),
}

impl Download<'_> {
    /// Downloads until the part has its full size. `progress` gets the bytes there are.
    pub(super) fn run(&self, progress: &mut dyn FnMut(u64) -> ControlFlow<()>) -> Result<()> {
        let https = self.url.starts_with("https:");
        let mut config = Agent::config_builder();
        if !https {
            // A mirror on this machine is not behind the house's proxy.
            config = config.proxy(None);
        }
        let agent: Agent = config
            .https_only(https)
            .http_status_as_error(false)
            .accept_encoding("identity")
            .timeout_connect(Some(CONNECT))
            .timeout_per_read(Some(SILENCE))
            .build()
            .into();
        let mut part = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(self.part)
            .map_err(Error::io("open", self.part))?;
        let mut tries = 0;
        loop {
            let before = self.position(&mut part)?;
            if before == self.size {
                return Ok(());
            }
            match self.attempt(&agent, &mut part, before, progress) {
                Ok(()) => return Ok(()),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Passing(problem)) => {
                    // An attempt that got further is no failed one; each must, so this ends.
                    tries = if self.position(&mut part)? > before { 0 } else { tries + 1 };
                    if tries > self.retries {
                        return Err(self.failed(format!(
                            "{problem}; what there is is kept: repeat the command later, or give the file with --mirror"
                        )));
                    }
                    thread::sleep(self.retry_delay * 2u32.saturating_pow(tries.saturating_sub(1)));
                }
            }
        }
    }

    fn failed(&self, problem: impl Into<String>) -> Error {
        Error::Http { url: self.url.to_owned(), problem: problem.into() }
    }

    /// The length of the part; a part that is too long is of another file and is emptied.
    fn position(&self, part: &mut File) -> Result<u64> {
        let length = part.seek(SeekFrom::End(0)).map_err(Error::io("read", self.part))?;
        if length <= self.size {
            return Ok(length);
        }
        self.truncate(part, 0).map(|()| 0)
    }

    fn truncate(&self, part: &mut File, length: u64) -> Result<()> {
        part.set_len(length)
            .and_then(|()| part.seek(SeekFrom::Start(length)).map(drop))
            .map_err(Error::io("write", self.part))
    }

    fn attempt(
        &self,
        agent: &Agent,
        part: &mut File,
        have: u64,
        progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
    ) -> Result<(), Failure> {
        let mut request = agent.get(self.url);
        if have > 0 {
            request = request.header(header::RANGE, format!("bytes={have}-"));
        }
        let response = request.call().map_err(|error| self.classify(&error))?;
        let start = self.start(&response, part, have)?;
        self.truncate(part, start).map_err(Failure::Final)?;
        let mut body = response.into_body().into_reader();
        let mut done = start;
        let mut buffer = vec![0; CHUNK];
        loop {
            let count = match body.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Failure::Passing(format!("the connection broke: {error}"))),
            };
            if count as u64 > self.size - done {
                self.truncate(part, 0).map_err(Failure::Final)?;
                return Err(Failure::Final(self.another_size(done + count as u64)));
            }
            let written = part.write_all(&buffer[..count]);
            written.map_err(|error| Failure::Final(Error::io("write", self.part)(error)))?;
            done += count as u64;
            if progress(done).is_break() {
                return Err(Failure::Final(Error::Cancelled));
            }
        }
        if done < self.size {
            return Err(Failure::Passing(format!("the server closed after {done} of {} bytes", self.size)));
        }
        Ok(())
    }

    /// Where the body of this response belongs.
    fn start(&self, response: &Response<Body>, part: &mut File, have: u64) -> Result<u64, Failure> {
        let text = |name| response.headers().get(name).and_then(|value| value.to_str().ok());
        match response.status() {
            StatusCode::OK => {
                let length = text(header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
                match length {
                    Some(length) if length != self.size => Err(Failure::Final(self.another_size(length))),
                    _ => Ok(0),
                }
            }
            StatusCode::PARTIAL_CONTENT => match text(header::CONTENT_RANGE).and_then(content_range) {
                Some((start, total)) if start == have && total.is_none_or(|total| total == self.size) => {
                    Ok(have)
                }
                Some((_, Some(total))) if total != self.size => Err(Failure::Final(self.another_size(total))),
                _ => {
                    self.truncate(part, 0).map_err(Failure::Final)?;
                    Err(Failure::Passing("the server resumed at the wrong place".to_owned()))
                }
            },
            StatusCode::RANGE_NOT_SATISFIABLE => {
                self.truncate(part, 0).map_err(Failure::Final)?;
                Err(Failure::Passing("the server has less than was downloaded before".to_owned()))
            }
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(Failure::Passing(format!("the server answered {status}")))
            }
            status => Err(Failure::Final(self.failed(format!(
                "the server answered {status}; the address may have changed: give the file with --mirror"
            )))),
        }
    }

    fn another_size(&self, actual: u64) -> Error {
        Error::WrongSize {
            what: self.url.to_owned(),
            expected: self.size,
            actual,
            remedy: "the file there has changed; get it elsewhere and give its folder with --mirror",
        }
    }

    fn classify(&self, error: &ureq::Error) -> Failure {
        use ureq::Error as E;
        let unknown_host = match error {
            E::HostNotFound => true,
            // The standard library has no kind of error for a name that cannot be looked up.
            E::Io(cause) => cause.to_string().contains("lookup address information"),
            _ => false,
        };
        match error {
            _ if unknown_host => Failure::Final(self.failed(
                "the host was not found; connect this machine to the internet, or give the file with --mirror",
            )),
            E::Io(_) | E::Timeout(_) | E::ConnectionFailed | E::Protocol(_) => Failure::Passing(error.to_string()),
            _ => Failure::Final(self.failed(error.to_string())),
        }
    }
}

/// Start and total of `bytes 5-9/10`; the total may be `*`.
fn content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    let total = if total == "*" { None } else { Some(total.parse().ok()?) };
    Some((start.parse().ok()?, total))
}

#[cfg(test)]
mod tests {
    use super::content_range;

    #[test]
    fn content_ranges_are_read_strictly() {
        assert_eq!(content_range("bytes 5-9/10"), Some((5, Some(10))));
        assert_eq!(content_range("bytes 5-9/*"), Some((5, None)));
        for bad in ["", "bytes", "bytes */10", "bytes 5-9", "bytes x-9/10", "bytes 5-9/x", "items 5-9/10"] {
            assert_eq!(content_range(bad), None, "{bad}");
        }
    }
}
