//! What the processor must have.

/// The instructions that the engine is compiled to use on this architecture and that this processor lacks.
///
/// The C++ library is built for x86-64 with AVX2 and its companions, the same set whatever machine it is
/// built on; without the check an older processor would kill the process with an illegal instruction.
#[must_use]
pub fn missing_features() -> Vec<&'static str> {
    let mut missing = Vec::new();
    #[cfg(target_arch = "x86_64")]
    {
        macro_rules! need {
            ($($feature:tt),+) => { $(
                if !std::arch::is_x86_feature_detected!($feature) {
                    missing.push($feature);
                }
            )+ };
        }
        need!("sse4.2", "avx", "avx2", "bmi2", "fma", "f16c");
    }
    missing.sort_unstable();
    missing
}

/// Threads to compute with: `wanted`, but not more than the cores that nobody uses at this moment.
///
/// whisper.cpp's threads wait for each other by spinning, many hundred times in one transcription. With
/// one more runnable thread than cores each wait lasts until the scheduler turns to the thread that is
/// waited for, and a transcription takes ten times as long; with a thread less it takes at most twice.
#[must_use]
pub fn threads_now(wanted: u16) -> u16 {
    let cores = std::thread::available_parallelism()
        .map_or(1, |cores| u16::try_from(cores.get()).unwrap_or(u16::MAX));
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    wanted.min(free_cores(cores, &load)).max(1)
}

/// Cores that are free for the caller, by the fourth field of `/proc/loadavg` (proc(5)): the number of
/// threads that run or could run now, the caller included. Without the field all cores count as free.
fn free_cores(cores: u16, load: &str) -> u16 {
    let running = load
        .split_whitespace()
        .nth(3)
        .and_then(|field| field.split('/').next())
        .and_then(|running| running.parse::<u16>().ok())
        .unwrap_or(1);
    cores.saturating_sub(running.saturating_sub(1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_cores_are_what_others_leave() {
        assert_eq!(free_cores(4, "0.5 0.4 0.3 1/200 999"), 4);
        assert_eq!(free_cores(4, "0.5 0.4 0.3 3/200 999"), 2);
        assert_eq!(free_cores(2, "9.5 0.4 0.3 12/200 999"), 1);
        assert_eq!(free_cores(2, ""), 2);
        assert_eq!(free_cores(2, "a b c d/e"), 2);
    }

    #[test]
    fn at_least_one_thread_and_at_most_the_wanted() {
        assert_eq!(threads_now(0), 1);
        assert_eq!(threads_now(1), 1);
        assert!((1..=2).contains(&threads_now(2)));
    }

    #[test]
    #[cfg(not(target_arch = "x86_64"))]
    fn nothing_special_is_needed_elsewhere() {
        assert!(missing_features().is_empty());
    }
}
