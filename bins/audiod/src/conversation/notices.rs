//! Sentences kept in memory for the day the voice is gone.

use std::collections::BTreeMap;

use iseetutor_audio::level::extend_from_le_bytes;

/// Notices kept at most.
const MAX_NOTICES: usize = 8;
/// Samples of a notice at most: 20 s at 22,050 Hz.
const MAX_SAMPLES: usize = 441_000;

#[derive(Debug, Default)]
pub(super) struct Notices {
    whole: BTreeMap<String, Notice>,
    /// Notices of which pieces are still to come, by their connection.
    unfinished: BTreeMap<(u64, String), Notice>,
}

#[derive(Debug, Default)]
struct Notice {
    rate_hz: u32,
    samples: Vec<f32>,
}

impl Notices {
    /// Takes a piece of the notice `name`. False when it is refused: too long, too many, or malformed.
    pub(super) fn keep(
        &mut self,
        connection: u64,
        name: String,
        rate_hz: u32,
        pcm: &[u8],
        last: bool,
    ) -> bool {
        let key = (connection, name);
        let mut notice = self.unfinished.remove(&key).unwrap_or_default();
        let room = self.whole.contains_key(&key.1) || self.whole.len() + self.unfinished.len() < MAX_NOTICES;
        let whole = extend_from_le_bytes(pcm, &mut notice.samples);
        if !room || !whole || notice.samples.len() > MAX_SAMPLES || !super::VOICE_RATES_HZ.contains(&rate_hz)
        {
            return false;
        }
        notice.rate_hz = rate_hz;
        if last {
            self.whole.insert(key.1, notice);
        } else {
            self.unfinished.insert(key, notice);
        }
        true
    }

    /// A connection is over: what it began stays unfinished for ever.
    pub(super) fn forget_unfinished(&mut self, connection: u64) {
        self.unfinished.retain(|(of, _), _| *of != connection);
    }

    /// Rate in Hz and samples of a notice.
    pub(super) fn get(&self, name: &str) -> Option<(u32, &[f32])> {
        self.whole.get(name).map(|notice| (notice.rate_hz, notice.samples.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_whole_with_its_last_piece_and_is_replaced_by_a_new_one() {
        let mut notices = Notices::default();
        assert!(notices.keep(1, "a".into(), 16_000, &[0, 64], false));
        assert_eq!(notices.get("a"), None);
        assert!(notices.keep(1, "a".into(), 16_000, &[0, 192], true));
        assert_eq!(notices.get("a"), Some((16_000, [0.5, -0.5].as_slice())));
        assert!(notices.keep(2, "a".into(), 22_050, &[0, 0], true));
        assert_eq!(notices.get("a"), Some((22_050, [0.0].as_slice())));
    }

    #[test]
    fn what_is_too_much_is_refused_and_a_lost_connection_leaves_nothing() {
        let mut notices = Notices::default();
        assert!(!notices.keep(1, "odd".into(), 16_000, &[0], true));
        assert!(!notices.keep(1, "rate".into(), 1, &[0, 0], true));
        assert!(!notices.keep(1, "long".into(), 16_000, &vec![0; 2 * MAX_SAMPLES + 2], true));
        for n in 0..MAX_NOTICES {
            assert!(notices.keep(1, n.to_string(), 16_000, &[0, 0], false));
        }
        assert!(!notices.keep(2, "more".into(), 16_000, &[0, 0], true));
        notices.forget_unfinished(1);
        assert!(notices.keep(2, "more".into(), 16_000, &[0, 0], true));
    }
}
