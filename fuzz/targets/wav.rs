//! WAV files: samples or an error, never more samples than there are bytes, and each within full scale.
#![no_main]

use std::io::Cursor;

use iseetutor_audio::wav::{Reader, Tail, read_mono_16k};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for tail in [Tail::MustBeWhole, Tail::ReadWhatIsThere] {
        let Ok(mut reader) = Reader::new(Cursor::new(data), "fuzz.wav", tail) else { continue };
        assert!(reader.total() as usize <= data.len());
        let mut block = [0.0; 257];
        let mut read = 0;
        while let Ok(now) = reader.read(&mut block) {
            if now == 0 {
                break;
            }
            read += now;
            assert!(block[..now].iter().all(|sample| (-1.0..=1.0).contains(sample)));
        }
        assert!(read <= data.len());
        // Slow to resample a long one over and over.
        if data.len() < 4_096 {
            let _ = read_mono_16k(Cursor::new(data), "fuzz.wav", tail);
        }
    }
});
