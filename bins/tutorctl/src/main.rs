//! See the library.

fn main() -> std::process::ExitCode {
    tutorctl::main()
}
