//! `tutorctl backup`: copies of the learning record.

use iseetutor_bus::Name;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_service::Shutdown;
use serde_json::Value;

use crate::cli::{BackupArgs, BackupCommand};
use crate::error::{Error, Result};
use crate::output::Output;
use crate::session::{Place, Session};

/// Does it.
///
/// # Errors
/// Those of the session and of tutord, such as that the disk is full.
pub async fn run(args: &BackupArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let session = Session::at_home(place, &[Name::Tutor]).await?;
    session
        .run(shutdown, async |session| {
            let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
            match args.command {
                None => {
                    let copy = tutor.backup().await.map_err(Error::call("copy the record"))?;
                    let copy: Value = serde_json::from_str(&copy).map_err(|_| odd())?;
                    output.put(&copy, || line(&copy))
                }
                Some(BackupCommand::List) => {
                    let copies = tutor.backups().await.map_err(Error::call("list the copies"))?;
                    let copies: Vec<Value> = serde_json::from_str(&copies).map_err(|_| odd())?;
                    output.put(&copies, || {
                        if copies.is_empty() {
                            return "There is no copy yet; tutorctl backup makes one.".to_owned();
                        }
                        copies.iter().map(line).collect::<Vec<_>>().join("\n")
                    })
                }
            }
        })
        .await
}

/// "2026-11-23    1.2 MB  /mnt/storage/user_data/backups/iseetutor-2026-11-23.db"
fn line(copy: &Value) -> String {
    let bytes = copy.get("bytes").and_then(Value::as_u64).unwrap_or(0);
    #[allow(clippy::cast_precision_loss)]
    let megabytes = bytes as f64 / 1e6;
    let text = |key| copy.get(key).and_then(Value::as_str).unwrap_or("?");
    format!("{}  {megabytes:>8.1} MB  {}", text("day"), text("path"))
}

fn odd() -> Error {
    Error::Usage("tutord's answer is not understood: tutorctl and tutord are of different releases".into())
}
