//! Which bus, which names, and how a daemon comes to be on it.

use std::ffi::OsString;
use std::fmt;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;
use std::str::FromStr;

use zbus::Address;
use zbus::address::transport::{Transport, Unix, UnixSocket};
use zbus::conn::Builder;
use zbus::fdo::RequestNameFlags;
use zbus::object_server::Interface;

use crate::daemon1::{Daemon1, Status};

/// The name, object and interface of one daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Name {
    /// audiod.
    Audio,
    /// sttd.
    Stt,
    /// llmd.
    Llm,
    /// ttsd.
    Tts,
    /// tutord.
    Tutor,
    /// syncd.
    Sync,
}

impl Name {
    /// Every name, in the order of the data flow.
    pub const ALL: [Self; 6] = [Self::Audio, Self::Stt, Self::Llm, Self::Tts, Self::Tutor, Self::Sync];

    /// The program.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self {
            Self::Audio => "audiod",
            Self::Stt => "sttd",
            Self::Llm => "llmd",
            Self::Tts => "ttsd",
            Self::Tutor => "tutord",
            Self::Sync => "syncd",
        }
    }

    /// The well-known bus name, which is also the interface's name.
    #[must_use]
    pub fn bus_name(self) -> &'static str {
        match self {
            Self::Audio => "org.iseetutor.Audio1",
            Self::Stt => "org.iseetutor.Stt1",
            Self::Llm => "org.iseetutor.Llm1",
            Self::Tts => "org.iseetutor.Tts1",
            Self::Tutor => "org.iseetutor.Tutor1",
            Self::Sync => "org.iseetutor.Sync1",
        }
    }

    /// The object's path.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Audio => "/org/iseetutor/Audio1",
            Self::Stt => "/org/iseetutor/Stt1",
            Self::Llm => "/org/iseetutor/Llm1",
            Self::Tts => "/org/iseetutor/Tts1",
            Self::Tutor => "/org/iseetutor/Tutor1",
            Self::Sync => "/org/iseetutor/Sync1",
        }
    }
}

/// Which bus to use: `system`, `session`, or an address such as `unix:path=/run/user/1000/bus`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BusAddress {
    /// The system bus: the device.
    #[default]
    System,
    /// The session bus.
    Session,
    /// A private bus: development, tests and the demo.
    Private(String),
}

impl FromStr for BusAddress {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "" | "system" => Self::System,
            "session" => Self::Session,
            address => Self::Private(address.to_owned()),
        })
    }
}

impl fmt::Display for BusAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::System => f.write_str("system"),
            Self::Session => f.write_str("session"),
            Self::Private(address) => f.write_str(address),
        }
    }
}

/// Why the bus cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BusError {
    /// There is no bus at that address, or it refused.
    #[error("cannot connect to the {bus} bus: {source}; is dbus-daemon running, and is the address right?")]
    Connect {
        /// The bus.
        bus: BusAddress,
        /// What the library said.
        #[source]
        source: Box<zbus::Error>,
    },
    /// Another process owns the name, or the bus policy forbids it.
    #[error(
        "cannot own {name} on the {bus} bus: {source}; is another one running, and does the bus policy allow this user to own it?"
    )]
    Own {
        /// The name.
        name: &'static str,
        /// The bus.
        bus: BusAddress,
        /// What the library said.
        #[source]
        source: Box<zbus::Error>,
    },
}

fn builder(bus: &BusAddress) -> Builder<'_> {
    match bus {
        BusAddress::System => Builder::system(),
        BusAddress::Session => Builder::session(),
        BusAddress::Private(address) => match escaped_path(address) {
            Some(path) => Builder::address(Address::from(Transport::Unix(Unix::new(UnixSocket::File(path))))),
            None => Builder::address(address.as_str()),
        },
    }
}

/// The path of an address that is nothing but an escaped path: `%20` stands for a blank, and so on (D-Bus
/// specification, "Server Addresses"). The library (zbus 6.2.1) leaves such paths as they are written.
fn escaped_path(address: &str) -> Option<PathBuf> {
    let path =
        address.strip_prefix("unix:path=").filter(|path| path.contains('%') && !path.contains([',', ';']))?;
    let mut bytes = path.bytes();
    let mut plain = Vec::with_capacity(path.len());
    while let Some(byte) = bytes.next() {
        plain.push(match byte {
            b'%' => {
                let digits = [bytes.next()?, bytes.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            plain => plain,
        });
    }
    Some(OsString::from_vec(plain).into())
}

/// Connects as a client.
///
/// # Errors
/// [`BusError::Connect`].
pub async fn connect(bus: &BusAddress) -> Result<zbus::Connection, BusError> {
    builder(bus)
        .build()
        .await
        .map_err(|source| BusError::Connect { bus: bus.clone(), source: Box::new(source) })
}

/// Puts a daemon on the bus: its own interface and [`Daemon1`] at the object of `name`, and only then
/// the name itself, so that nobody finds the name without the object. Changes of `status` are signalled from now on, for as
/// long as the returned connection lives.
///
/// # Errors
/// [`BusError`].
pub async fn serve<I: Interface>(
    bus: &BusAddress,
    name: Name,
    interface: I,
    status: &Status,
) -> Result<zbus::Connection, BusError> {
    let fail = |source| BusError::Connect { bus: bus.clone(), source: Box::new(source) };
    let connection = builder(bus)
        .serve_at(name.path(), interface)
        .serve_at(name.path(), Daemon1::new(status.clone()))
        .build()
        .await
        .map_err(fail)?;
    connection.request_name_with_flags(name.bus_name(), RequestNameFlags::DO_NOT_QUEUE).await.map_err(
        |source| BusError::Own { name: name.bus_name(), bus: bus.clone(), source: Box::new(source) },
    )?;
    crate::daemon1::signal_changes(connection.clone(), name, status.clone());
    Ok(connection)
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::escaped_path;

    #[test]
    fn escaped_paths_are_read_and_others_left_to_the_library() {
        assert_eq!(
            escaped_path("unix:path=/tmp/a%20b%3b%c3%a9/bus"),
            Some(PathBuf::from("/tmp/a b;\u{e9}/bus"))
        );
        for other in [
            "unix:path=/tmp/bus",
            "unix:path=/a%2",
            "unix:path=/a%zz",
            "unix:path=/a%20,guid=00",
            "tcp:host=%20",
        ] {
            assert_eq!(escaped_path(other), None, "{other}");
        }
    }
}
