//! A small HTTP/1.1 server on this machine that misbehaves to order.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// How one connection is answered.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// As it should be: ranges are honoured.
    Good,
    /// The whole file, whatever range was asked for.
    IgnoreRange,
    /// Closes after that many bytes of body.
    DropAfter(usize),
    /// Claims to resume at another byte than asked.
    WrongStart,
    /// Content-Length is that many bytes more than the file has in truth.
    ClaimLonger(usize),
    /// No Content-Length, and that many bytes too many.
    SendLonger(usize),
    /// Only a status.
    Status(u16),
}

/// Answers one request after another; the last answer is repeated.
pub struct Server {
    pub url: String,
    ranges: Arc<Mutex<Vec<Option<usize>>>>,
}

impl Server {
    pub fn start(body: Vec<u8>, answers: &[Answer]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/m.bin", listener.local_addr().unwrap());
        let ranges = Arc::new(Mutex::new(Vec::new()));
        let (seen, answers) = (Arc::clone(&ranges), answers.to_vec());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let index = seen.lock().unwrap().len();
                let answer = answers[index.min(answers.len() - 1)];
                // A client that hangs up in the middle is part of some tests.
                let _ = serve(&stream.unwrap(), &body, answer, &seen);
            }
        });
        Self { url, ranges }
    }

    /// The byte each request so far asked to start at.
    pub fn ranges(&self) -> Vec<Option<usize>> {
        self.ranges.lock().unwrap().clone()
    }
}

fn serve(
    mut stream: &TcpStream,
    body: &[u8],
    answer: Answer,
    seen: &Mutex<Vec<Option<usize>>>,
) -> std::io::Result<()> {
    let mut range = None;
    for line in BufReader::new(stream).lines() {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("range: bytes=") {
            range = value.trim_end_matches('-').parse::<usize>().ok();
        }
    }
    seen.lock().unwrap().push(range);
    let total = body.len();
    let start = match answer {
        Answer::IgnoreRange | Answer::ClaimLonger(_) | Answer::SendLonger(_) => 0,
        _ => range.unwrap_or(0),
    };
    let rest = &body[start.min(total)..];
    let head = match answer {
        Answer::Status(code) => format!("HTTP/1.1 {code} Whatever\r\nContent-Length: 0\r\n"),
        Answer::SendLonger(_) => "HTTP/1.1 200 OK\r\n".to_owned(),
        Answer::ClaimLonger(more) => format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n", total + more),
        _ if start > 0 => {
            let shown = if matches!(answer, Answer::WrongStart) { start + 1 } else { start };
            format!(
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {shown}-{}/{total}\r\nContent-Length: {}\r\n",
                total - 1,
                rest.len()
            )
        }
        _ => format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n", rest.len()),
    };
    stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
    match answer {
        Answer::Status(_) => Ok(()),
        Answer::DropAfter(count) => stream.write_all(&rest[..count.min(rest.len())]),
        Answer::SendLonger(more) => stream.write_all(rest).and_then(|()| stream.write_all(&vec![0; more])),
        _ => stream.write_all(rest),
    }
}
