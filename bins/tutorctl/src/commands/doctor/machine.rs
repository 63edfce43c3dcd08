//! Checks of the machine: folders, disk, memory, processor, clock.

use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Check;
use crate::set::layout::{Layout, default_folder};

/// Disk that a set of starter models, its wheels in download and a cache take.
const DISK_NEEDED: u64 = 1_500_000_000;

/// Memory that the daemons take with the starter models, and a little for the system.
const MEMORY_NEEDED: u64 = 1_500_000_000;

/// Every check of this kind.
pub fn checks() -> Vec<Check> {
    vec![runtime_folder(), disk(), memory(), processor(), clock()]
}

fn runtime_folder() -> Check {
    const NAME: &str = "runtime folder";
    let folder = default_folder();
    let usable = Layout::at(&folder).and_then(|layout| layout.create_root());
    match usable {
        Ok(()) => Check::ok(NAME, folder.display().to_string()),
        Err(error) => Check::missing(NAME, error.to_string(), "tutorctl up --dir /tmp/iseetutor"),
    }
}

fn disk() -> Check {
    const NAME: &str = "disk";
    let home = iseetutor_models::Store::resolve(None).map(|store| store.root().to_owned());
    let Ok(folder) = home else {
        return Check::missing(NAME, "no folder for models", "set HOME or ISEETUTOR_MODELS");
    };
    // The folder may not be there yet; what is above it is on the same disk.
    let present = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Path::new("/"));
    match nix::sys::statvfs::statvfs(present) {
        Ok(stat) => {
            let free = stat.blocks_available().saturating_mul(stat.fragment_size());
            let detail = format!("{} free for {}", gigabytes(free), folder.display());
            if free < DISK_NEEDED {
                let remedy = format!(
                    "free some space, {} are needed, or set ISEETUTOR_MODELS",
                    gigabytes(DISK_NEEDED)
                );
                Check::warning(NAME, detail, remedy)
            } else {
                Check::ok(NAME, detail)
            }
        }
        Err(error) => {
            Check::warning(NAME, format!("{}: {error}", present.display()), "check that the disk is mounted")
        }
    }
}

fn memory() -> Check {
    const NAME: &str = "memory";
    let text = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    match available(&text) {
        Some(bytes) if bytes < MEMORY_NEEDED => {
            let remedy = format!("end other programs; {} are needed", gigabytes(MEMORY_NEEDED));
            Check::warning(NAME, format!("{} available", gigabytes(bytes)), remedy)
        }
        Some(bytes) => Check::ok(NAME, format!("{} available", gigabytes(bytes))),
        None => Check::warning(NAME, "/proc/meminfo cannot be read", "mount /proc"),
    }
}

fn available(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kib| kib * 1024)
}

/// The engines are compiled for these instructions; without them they end with SIGILL.
fn processor() -> Check {
    const NAME: &str = "processor";
    #[cfg(target_arch = "x86_64")]
    let features = [
        ("avx2", std::arch::is_x86_feature_detected!("avx2")),
        ("fma", std::arch::is_x86_feature_detected!("fma")),
        ("f16c", std::arch::is_x86_feature_detected!("f16c")),
    ];
    #[cfg(target_arch = "aarch64")]
    let features = [
        ("dotprod", std::arch::is_aarch64_feature_detected!("dotprod")),
        ("fp16", std::arch::is_aarch64_feature_detected!("fp16")),
    ];
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    let features: [(&str, bool); 0] = [];
    let lacking: Vec<&str> = features.iter().filter(|(_, has)| !has).map(|(name, _)| *name).collect();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    if lacking.is_empty() {
        let has: Vec<&str> = features.iter().map(|(name, _)| *name).collect();
        let detail = format!("{cores} cores, {}", has.join(" "));
        if cores < 2 {
            return Check::warning(NAME, detail, "two cores are the least for a fluent conversation");
        }
        return Check::ok(NAME, detail);
    }
    let remedy = "build on this machine with GGML_NATIVE=ON cargo build --release";
    Check::missing(NAME, format!("it lacks {}", lacking.join(", ")), remedy)
}

/// Learning events carry the wall clock's time; a board without a battery may wake up in 1970.
fn clock() -> Check {
    const NAME: &str = "clock";
    /// 2025-01-01, before which this program was not written.
    const WRITTEN: Duration = Duration::from_secs(1_735_689_600);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    if now < WRITTEN {
        return Check::warning(NAME, "it is years behind", "timedatectl set-ntp true, or date --set=...");
    }
    let at = i64::try_from(now.as_secs()).ok().and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let shown = at.map_or_else(String::new, |at| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string());
    Check::ok(NAME, shown)
}

/// "1.5 GB"
#[allow(clippy::cast_precision_loss)] // For people.
pub fn gigabytes(bytes: u64) -> String {
    format!("{:.1} GB", bytes as f64 / 1e9)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::available;

    #[test]
    fn available_memory_is_read() {
        assert_eq!(available("MemTotal: 9 kB\nMemAvailable:   2 kB\n"), Some(2048));
        assert_eq!(available(""), None);
    }
}
