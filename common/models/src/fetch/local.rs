//! Copies and disk space.

use std::fs::File;
use std::io::{Read, Write};
use std::ops::ControlFlow;
use std::path::Path;

use nix::sys::statvfs::statvfs;

use crate::digest::CHUNK;
use crate::error::{Error, Result};

/// Bytes that an ordinary user may still write on the disk of a folder.
pub(super) fn free_space(folder: &Path) -> Result<u64> {
    let stat = statvfs(folder).map_err(|errno| Error::io("look at the disk of", folder)(errno.into()))?;
    // Both are `u32` on some 32-bit systems.
    #[allow(clippy::useless_conversion)]
    let (blocks, size) = (u64::from(stat.blocks_available()), u64::from(stat.fragment_size()));
    Ok(blocks.saturating_mul(size))
}

/// Copies a file, replacing the target.
pub(super) fn copy(from: &Path, to: &Path, progress: &mut dyn FnMut(u64) -> ControlFlow<()>) -> Result<()> {
    let mut input = File::open(from).map_err(Error::io("open", from))?;
    let mut output = File::create(to).map_err(Error::io("create", to))?;
    let mut buffer = vec![0; CHUNK];
    let mut done = 0;
    loop {
        let count = input.read(&mut buffer).map_err(Error::io("read", from))?;
        if count == 0 {
            return Ok(());
        }
        output.write_all(&buffer[..count]).map_err(Error::io("write", to))?;
        done += count as u64;
        if progress(done).is_break() {
            return Err(Error::Cancelled);
        }
    }
}
