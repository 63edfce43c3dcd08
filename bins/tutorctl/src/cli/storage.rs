//! The command line of `tutorctl storage`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// `storage`
#[derive(Debug, Clone, Subcommand)]
pub enum StorageCommand {
    /// Make the encrypted storage on a disk, in a file, or (for trying only) a plain folder.
    ///
    /// Safe to run again: what is done already is left as it is, and a set-up that broke off goes on where it
    /// stopped. A disk that is not empty is refused unless it is named twice; one that is in use always.
    Setup(SetupArgs),
    /// Use the storage of another machine, or of this one before it was installed anew, with the recovery key.
    Adopt(AdoptArgs),
    /// Show how the storage stands, and what mends what is wrong with it. Exit code 1 when something is.
    Status,
}

/// `storage setup`
#[derive(Debug, Clone, Args)]
pub struct SetupArgs {
    /// The disk or partition, such as /dev/nvme0n1. All of it is used.
    #[arg(value_name = "/dev/X", required_unless_present_any = ["container", "plain"])]
    pub device: Option<PathBuf>,
    /// An encrypted file of this size in place of a disk, such as 16G.
    #[arg(long, value_name = "SIZE", conflicts_with = "device", value_parser = size)]
    pub container: Option<u64>,
    /// The file [default: /var/lib/iseetutor/storage.luks].
    #[arg(long, value_name = "PATH", requires = "container")]
    pub file: Option<PathBuf>,
    /// A plain folder on the system's disk, not encrypted: for trying only.
    #[arg(long, conflicts_with_all = ["device", "container"])]
    pub plain: bool,
    /// Everything on this disk is lost for ever. To be named a second time here when it is not empty.
    #[arg(long, value_name = "/dev/X", requires = "device")]
    pub erase: Option<PathBuf>,
    /// It takes the place of another storage, which keeps its data.
    #[arg(long, conflicts_with = "plain")]
    pub replace: bool,
    /// The machine's TPM 2 keeps the key, and no file does. Not tried yet.
    #[arg(long, conflicts_with = "plain")]
    pub tpm2: bool,
    /// What is asked and told.
    #[command(flatten)]
    pub manner: Manner,
}

/// `storage adopt`
#[derive(Debug, Clone, Args)]
pub struct AdoptArgs {
    /// The disk or partition, or the file of a container.
    #[arg(value_name = "/dev/X")]
    pub source: PathBuf,
    /// It takes the place of another storage, which keeps its data.
    #[arg(long)]
    pub replace: bool,
    /// What is asked and told.
    #[command(flatten)]
    pub manner: Manner,
}

/// What is asked and told.
#[derive(Debug, Clone, Args)]
pub struct Manner {
    /// Ask nothing.
    #[arg(long)]
    pub yes: bool,
    /// Show what would be done, and do nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Bytes from a number with K, M, G or T (of 1024).
fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("'{text}' is no size; write a number with M, G or T, such as 16G");
    let text_trimmed = text.trim();
    let digits = text_trimmed.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let shift = match text_trimmed[digits.len()..].to_ascii_uppercase().as_str() {
        "" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        "T" | "TB" | "TIB" => 40,
        _ => return Err(wrong()),
    };
    digits.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << shift)).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::size;

    #[test]
    fn sizes_are_read_or_refused() {
        assert_eq!(size("16G").unwrap(), 16 << 30);
        assert_eq!(size(" 512mib").unwrap(), 512 << 20);
        assert_eq!(size("4096").unwrap(), 4096);
        for bad in ["", "G", "1.5G", "-1G", "1X", "99999999999T", "ä"] {
            assert!(size(bad).is_err(), "{bad}");
        }
    }
}
