//! `tutorctl parent`: the parents' page from the device itself.

use iseetutor_bus::Name;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_service::Shutdown;
use serde_json::json;

use crate::cli::ParentCommand;
use crate::error::{Error, Result};
use crate::output::{Output, tell};
use crate::session::{Place, Session};

/// Does it.
///
/// # Errors
/// Those of the session and of tutord, such as that the page is off.
pub async fn run(command: &ParentCommand, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let session = Session::at_home(place, &[Name::Tutor]).await?;
    session
        .run(shutdown, async |session| {
            let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
            match command {
                ParentCommand::Code(_) => {
                    let code = tutor.setup_code().await.map_err(Error::call("ask for the setup code"))?;
                    code_shown(&code, output)
                }
                ParentCommand::Reset(args) => {
                    if !args.yes && !sure()? {
                        return Err(Error::Usage("nothing was reset".into()));
                    }
                    let code = tutor.reset_parent().await.map_err(Error::call("reset the passphrase"))?;
                    code_shown(&code, output)
                }
                ParentCommand::Fingerprint(_) => {
                    let print = tutor.fingerprint().await.map_err(Error::call("ask for the fingerprint"))?;
                    output.put(&json!({ "sha256": print }), || print.clone())
                }
            }
        })
        .await
}

fn code_shown(code: &str, output: Output) -> Result<()> {
    output.put(&json!({ "setup_code": code }), || {
        format!("{code}\nType it on the page within an hour; it works once.")
    })
}

fn sure() -> Result<bool> {
    tell("This forgets the parents' passphrase and signs every browser and board out. Type yes to go on:");
    let mut typed = String::new();
    std::io::stdin().read_line(&mut typed).map_err(Error::io("read", "the standard input"))?;
    Ok(typed.trim().eq_ignore_ascii_case("yes"))
}
