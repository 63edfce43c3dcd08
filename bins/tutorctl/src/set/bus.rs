//! The private bus: its configuration, its address, its process.

use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use iseetutor_bus::Name;

use super::layout::Layout;
use super::programs;
use crate::error::{Error, Result};

/// What installs dbus-daemon.
pub const REMEDY: &str = "install it with `apt-get install dbus-daemon` (Ubuntu 22.04: `dbus`)";

/// The address of the set's bus, in the form that `busctl --address=` takes.
#[must_use]
pub fn address(layout: &Layout) -> String {
    format!("unix:path={}", escape_address(&layout.bus_socket()))
}

/// Writes the configuration of the bus and the service file that starts syncd when somebody asks for it.
///
/// # Errors
/// [`Error::Io`], and [`Error::NoProgram`] without syncd.
pub fn write_config(layout: &Layout) -> Result<()> {
    let write = |path: &Path, text: &str| std::fs::write(path, text).map_err(Error::io("write", path));
    write(&layout.etc().join("bus.conf"), &config(layout, nix::unistd::geteuid().as_raw()))?;
    let syncd = programs::ours(Name::Sync.program())?;
    let settings = layout.etc().join("syncd.toml");
    let service = format!(
        "[D-BUS Service]\nName={}\nExec={} --config {}\n",
        Name::Sync.bus_name(),
        quote(&syncd),
        quote(&settings)
    );
    write(&layout.services().join(format!("{}.service", Name::Sync.bus_name())), &service)
}

/// The configuration (dbus-daemon(1)): one socket, no services of the system or the session, one user,
/// and nobody owns a name that is not ours.
fn config(layout: &Layout, uid: u32) -> String {
    let address = escape_xml(&address(layout));
    let services = escape_xml(&layout.services().display().to_string());
    format!(
        r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <!-- Written by `tutorctl up`; changes are lost at its next start. -->
  <type>iseetutor</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  <servicedir>{services}</servicedir>
  <policy context="default">
    <deny user="*"/>
    <allow user="{uid}"/>
    <deny own="*"/>
    <allow own_prefix="org.iseetutor"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
"#
    )
}

/// Escapes the value of an address (D-Bus specification, "Server Addresses").
fn escape_address(path: &Path) -> String {
    path.as_os_str().as_bytes().iter().fold(String::new(), |mut text, byte| {
        match byte {
            b'-' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'/' | b'.' => {
                text.push(char::from(*byte))
            }
            other => {
                // Writing to a string does not fail.
                let _ = write!(text, "%{other:02x}");
            }
        }
        text
    })
}

fn escape_xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Quotes an argument of `Exec=`, which dbus-daemon splits as a shell would: inside double quotes, a
/// backslash keeps the next of `"`, `` ` ``, `$` and `\` as it is. Before that it reads the line, where a backslash is
/// written as two.
fn quote(path: &Path) -> String {
    let mut quoted = String::from("\"");
    for character in path.display().to_string().chars() {
        match character {
            '\\' => quoted.push_str(r"\\\\"),
            '"' | '`' | '$' => quoted.extend([r"\\", &character.to_string()]),
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use std::path::Path;

    use super::{address, config, quote};
    use crate::set::layout::Layout;

    #[test]
    fn odd_folder_names_are_escaped() {
        let layout = Layout::at(Path::new("/tmp/a b;c\"é")).unwrap();
        assert_eq!(address(&layout), "unix:path=/tmp/a%20b%3bc%22%c3%a9/run/bus");
        let text = config(&layout, 1000);
        assert!(text.contains("<servicedir>/tmp/a b;c&quot;é/etc/services</servicedir>"), "{text}");
        assert_eq!(quote(Path::new("/a b/$x")), r#""/a b/\\$x""#);
    }
}
