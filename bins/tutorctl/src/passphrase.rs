//! Passphrases, from a file or the terminal.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;

use age::secrecy::{ExposeSecret, SecretString};
use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};

use crate::error::{Error, Result};

/// Characters that a new passphrase has at least.
const SHORTEST: usize = 10;

/// Bytes of a passphrase at most.
const LONGEST: u64 = 1_024;

/// A passphrase for something new: from the first line of `file`, or typed twice.
///
/// # Errors
/// When it cannot be read, is too short, or was not typed the same twice.
pub fn new(file: Option<&Path>) -> Result<SecretString> {
    let phrase = match file {
        Some(file) => of_file(file)?,
        None => {
            let mut terminal = Terminal::open()?;
            let first = terminal
                .ask("A new passphrase, such as four words. Without it nobody can open the copy: ")?;
            long_enough(&first)?;
            let second = terminal.ask("The same again: ")?;
            if first.expose_secret() != second.expose_secret() {
                return Err(Error::Usage("the two are not the same; nothing was written".into()));
            }
            first
        }
    };
    long_enough(&phrase)?;
    Ok(phrase)
}

/// The passphrase of something that is there: from the first line of `file`, or typed.
///
/// # Errors
/// When it cannot be read.
pub fn known(file: Option<&Path>, of: &Path) -> Result<SecretString> {
    match file {
        Some(file) => of_file(file),
        None => Terminal::open()?.ask(&format!("The passphrase of {}: ", of.display())),
    }
}

fn long_enough(phrase: &SecretString) -> Result<()> {
    let length = phrase.expose_secret().chars().count();
    if length < SHORTEST {
        return Err(Error::Usage(format!(
            "the passphrase has {length} characters and needs at least {SHORTEST}; four words make a good one"
        )));
    }
    Ok(())
}

fn of_file(file: &Path) -> Result<SecretString> {
    let opened = File::open(file).map_err(Error::io("read the passphrase in", file))?;
    line(BufReader::new(opened.take(LONGEST + 2))).map_err(|problem| {
        Error::Usage(format!("cannot use the passphrase in {}: {problem}", file.display()))
    })
}

/// The first line without its end.
fn line(mut reader: impl BufRead) -> Result<SecretString, String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes).map_err(|error| error.to_string())?;
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    if bytes.len() as u64 > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())?;
    if text.is_empty() { Err("it is empty".into()) } else { Ok(SecretString::from(text)) }
}

/// The terminal that this was started from, whatever the standard input is.
struct Terminal(File);

impl Terminal {
    fn open() -> Result<Self> {
        OpenOptions::new().read(true).write(true).open("/dev/tty").map(Self).map_err(|_| {
            Error::Usage("nobody is there to type a passphrase: give a file with --passphrase-file".into())
        })
    }

    /// Asks without showing what is typed.
    fn ask(&mut self, question: &str) -> Result<SecretString> {
        let terminal = || Error::io("use", "/dev/tty");
        self.0.write_all(question.as_bytes()).map_err(terminal())?;
        let hidden = Hidden::new(&self.0)?;
        let read = line(BufReader::new((&self.0).take(LONGEST + 2)));
        drop(hidden);
        self.0.write_all(b"\n").map_err(terminal())?;
        read.map_err(|problem| Error::Usage(format!("cannot use this passphrase: {problem}")))
    }
}

/// A terminal that shows nothing; shows again when this is dropped.
struct Hidden<'t> {
    terminal: &'t File,
    before: Termios,
}

impl<'t> Hidden<'t> {
    fn new(terminal: &'t File) -> Result<Self> {
        let failed = |error: nix::Error| Error::io("hide what is typed on", "/dev/tty")(error.into());
        let before = tcgetattr(terminal).map_err(failed)?;
        let mut hidden = before.clone();
        hidden.local_flags.remove(LocalFlags::ECHO);
        tcsetattr(terminal, SetArg::TCSAFLUSH, &hidden).map_err(failed)?;
        Ok(Self { terminal, before })
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        // A terminal that is gone shows nothing anyway.
        let _ = tcsetattr(self.terminal, SetArg::TCSAFLUSH, &self.before);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use age::secrecy::ExposeSecret;

    use super::{line, new};

    #[test]
    fn a_passphrase_is_the_first_line_and_has_a_least_length() {
        assert_eq!(
            line(&b"four good words here\r\nmore"[..]).unwrap().expose_secret(),
            "four good words here"
        );
        assert!(line(&b"\n"[..]).is_err() && line(&b"\xff\n"[..]).is_err());
        assert!(line(&[b'a'; 1_100][..]).is_err());
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "short\n").unwrap();
        let error = new(Some(file.path())).unwrap_err().to_string();
        assert!(error.contains("5 characters"), "{error}");
        std::fs::write(file.path(), "long enough\n").unwrap();
        assert_eq!(new(Some(file.path())).unwrap().expose_secret(), "long enough");
    }
}
