//! `tutorctl backup`: copies of the learning record.

use std::os::unix::fs::MetadataExt;
use std::path::Path;

use age::secrecy::SecretString;
use iseetutor_bus::Name;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_service::Shutdown;
use serde_json::{Value, json};

use crate::cli::{BackupArgs, BackupCommand};
use crate::error::{Error, Result};
use crate::output::Output;
use crate::passphrase;
use crate::sealed;
use crate::session::{Place, Session};

/// Does it.
///
/// # Errors
/// Those of the session and of tutord, such as that the disk is full.
pub async fn run(args: &BackupArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let passphrase = match &args.to {
        Some(_) if args.command.is_some() => {
            return Err(Error::Usage("--to makes a copy; leave out `list`, or --to".into()));
        }
        Some(folder) => {
            is_folder(folder)?;
            Some(passphrase::new(args.passphrase_file.as_deref())?)
        }
        None => None,
    };
    let session = Session::at_home(place, &[Name::Tutor]).await?;
    let made = session
        .run(shutdown, async |session| {
            let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
            match args.command {
                None => {
                    let copy = tutor.backup().await.map_err(Error::call("copy the record"))?;
                    let copy: Value = serde_json::from_str(&copy).map_err(|_| odd())?;
                    output.put(&copy, || line(&copy))?;
                    Ok(Some(copy))
                }
                Some(BackupCommand::List) => {
                    let copies = tutor.backups().await.map_err(Error::call("list the copies"))?;
                    let copies: Vec<Value> = serde_json::from_str(&copies).map_err(|_| odd())?;
                    output.put(&copies, || {
                        if copies.is_empty() {
                            return "There is no copy yet; tutorctl backup makes one.".to_owned();
                        }
                        copies.iter().map(line).collect::<Vec<_>>().join("\n")
                    })?;
                    Ok(None)
                }
            }
        })
        .await?;
    match (&args.to, made, passphrase) {
        (Some(folder), Some(copy), Some(passphrase)) => {
            let (folder, shutdown) = (folder.clone(), shutdown.clone());
            let carried =
                tokio::task::spawn_blocking(move || carry(&copy, &folder, &passphrase, &shutdown)).await;
            let carried =
                carried.map_err(|error| Error::Failed(format!("the copy broke off: {error}")))??;
            output.put(&carried, || for_people(&carried))
        }
        _ => Ok(()),
    }
}

/// Whether something can be put into the folder, before a passphrase is asked for. It is not made: the folder of a stick
/// that is not mounted would be one on this disk.
fn is_folder(folder: &Path) -> Result<()> {
    let meta = std::fs::metadata(folder).map_err(Error::io("use", folder))?;
    if meta.is_dir() {
        return Ok(());
    }
    Err(Error::Usage(format!("cannot put a copy into {}: it is no folder", folder.display())))
}

/// Puts a copy into another folder, encrypted.
fn carry(copy: &Value, folder: &Path, passphrase: &SecretString, shutdown: &Shutdown) -> Result<Value> {
    let text = |key| copy.get(key).and_then(Value::as_str).ok_or_else(odd);
    let (source, day) = (Path::new(text("path")?), text("day")?);
    let name = format!("iseetutor-{day}.db.age");
    let disk = |path: &Path| std::fs::metadata(path).map(|meta| meta.dev());
    let same_disk =
        disk(source).map_err(Error::io("read", source))? == disk(folder).map_err(Error::io("use", folder))?;
    let (path, bytes) = sealed::seal(source, folder, &name, passphrase, shutdown)?;
    Ok(
        json!({ "day": day, "bytes": bytes, "path": path.display().to_string(), "encrypted": true, "same_disk": same_disk }),
    )
}

fn for_people(carried: &Value) -> String {
    let mut text = format!("{}, encrypted", line(carried));
    if carried["same_disk"] == true {
        text.push_str("\nThis folder is on the disk of the record itself: what takes the one takes the other. Is the stick mounted?");
    }
    text
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
