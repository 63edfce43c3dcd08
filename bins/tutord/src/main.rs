//! tutord: the tutor; see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() == Some("restore") {
        return tutord::restore::main(arguments);
    }
    iseetutor_service::run_daemon("tutord", env!("CARGO_PKG_VERSION"), tutord::run)
}
