//! The WAV reader and writer against an independent implementation (hound) and against bad input.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_possible_truncation)]

use std::io::{Cursor, Read, Seek, SeekFrom};

use iseetutor_audio::SPEECH_RATE_HZ;
use iseetutor_audio::wav::{Encoding, Reader, SpeechReader, Tail, WavError, Writer, read_mono_16k};
use proptest::prelude::*;

/// A WAV with any header fields, however wrong.
struct Raw {
    tag: u16,
    channels: u16,
    rate_hz: u32,
    frame_bytes: u16,
    bits: u16,
    data_size: Option<u32>,
    data: Vec<u8>,
}

impl Default for Raw {
    fn default() -> Self {
        Self {
            tag: 1,
            channels: 1,
            rate_hz: 16_000,
            frame_bytes: 2,
            bits: 16,
            data_size: None,
            data: vec![0; 3_200],
        }
    }
}

impl Raw {
    fn bytes(&self) -> Vec<u8> {
        let mut format = Vec::new();
        format.extend(self.tag.to_le_bytes());
        format.extend(self.channels.to_le_bytes());
        format.extend(self.rate_hz.to_le_bytes());
        format.extend((self.rate_hz.wrapping_mul(u32::from(self.frame_bytes))).to_le_bytes());
        format.extend(self.frame_bytes.to_le_bytes());
        format.extend(self.bits.to_le_bytes());
        self.with_format(&format)
    }

    fn with_format(&self, format: &[u8]) -> Vec<u8> {
        let size = self.data_size.unwrap_or(self.data.len() as u32);
        let mut file = b"RIFF".to_vec();
        file.extend((36 + self.data.len() as u32).to_le_bytes());
        file.extend(b"WAVEfmt ");
        file.extend((format.len() as u32).to_le_bytes());
        file.extend(format);
        // A chunk of odd length in between, as editors write; chunks begin at even offsets.
        file.extend(b"LIST\x05\0\0\0INFO!\0");
        file.extend(b"data");
        file.extend(size.to_le_bytes());
        file.extend(&self.data);
        file
    }
}

fn open(bytes: Vec<u8>) -> Result<Reader<Cursor<Vec<u8>>>, WavError> {
    Reader::new(Cursor::new(bytes), "child.wav", Tail::MustBeWhole)
}

fn samples(bytes: Vec<u8>) -> Vec<f32> {
    open(bytes).unwrap().samples().collect::<Result<_, _>>().unwrap()
}

#[test]
fn every_form_that_hound_writes_reads_back() {
    for (bits, format, encoding) in [
        (8, hound::SampleFormat::Int, Encoding::U8),
        (16, hound::SampleFormat::Int, Encoding::I16),
        (24, hound::SampleFormat::Int, Encoding::I24),
        (32, hound::SampleFormat::Int, Encoding::I32),
        (32, hound::SampleFormat::Float, Encoding::F32),
    ] {
        for channels in [1, 2, 6, 8] {
            for rate_hz in [8_000, 44_100, 192_000] {
                let spec = hound::WavSpec {
                    channels,
                    sample_rate: rate_hz,
                    bits_per_sample: bits,
                    sample_format: format,
                };
                let mut file = Cursor::new(Vec::new());
                let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
                // Channel c of frame n has (n - 50 + c / 100) / 64 of full scale, so the mix is known.
                for n in 0..100_i32 {
                    for _ in 0..channels {
                        let level = f64::from(n - 50) / 64.0;
                        match format {
                            hound::SampleFormat::Float => writer.write_sample(level as f32).unwrap(),
                            hound::SampleFormat::Int => {
                                writer
                                    .write_sample((level * 2_f64.powi(i32::from(bits) - 1)) as i32)
                                    .unwrap();
                            }
                        }
                    }
                }
                writer.finalize().unwrap();
                let reader = open(file.into_inner()).unwrap();
                assert_eq!(reader.spec().encoding, encoding);
                assert_eq!(
                    (reader.spec().channels, reader.spec().rate_hz, reader.total()),
                    (channels, rate_hz, 100)
                );
                let got: Vec<f32> = reader.samples().collect::<Result<_, _>>().unwrap();
                for (n, sample) in got.iter().enumerate() {
                    let wanted = (n as f32 - 50.0) / 64.0;
                    assert!(
                        (sample - wanted).abs() < 1e-6,
                        "{bits} bits, {channels} channels: {sample} is not {wanted}"
                    );
                }
            }
        }
    }
}

#[test]
fn extensible_with_24_bits_in_four_bytes() {
    let mut format = Vec::new();
    for field in [0xfffe_u16, 1] {
        format.extend(field.to_le_bytes());
    }
    format.extend(48_000_u32.to_le_bytes());
    format.extend(192_000_u32.to_le_bytes());
    for field in [4_u16, 32, 22, 24] {
        format.extend(field.to_le_bytes());
    }
    format.extend(0_u32.to_le_bytes());
    format.extend([1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    let raw = Raw { data: 0x4000_0000_i32.to_le_bytes().repeat(10), ..Raw::default() };
    assert_eq!(samples(raw.with_format(&format)), vec![0.5; 10]);
    // The same with another sub-format is not PCM.
    format[39] = 0;
    assert!(matches!(open(raw.with_format(&format)), Err(WavError::Encoding { .. })));
}

#[test]
fn channels_are_mixed_to_their_mean() {
    let data: Vec<u8> = [16_384_i16, -8_192].iter().flat_map(|sample| sample.to_le_bytes()).collect();
    let raw = Raw { channels: 2, frame_bytes: 4, data: data.repeat(5), ..Raw::default() };
    assert_eq!(samples(raw.bytes()), vec![0.125; 5]);
}

#[test]
fn floats_out_of_range_are_clipped_and_odd_ones_are_silence() {
    let data = [2.5_f32, -9.0, f32::NAN, f32::INFINITY, 0.25].iter().flat_map(|s| s.to_le_bytes()).collect();
    let raw = Raw { tag: 3, frame_bytes: 4, bits: 32, data, ..Raw::default() };
    assert_eq!(samples(raw.bytes()), [1.0, -1.0, 0.0, 1.0, 0.25]);
}

#[test]
fn each_bad_file_has_its_own_error_with_the_file_and_a_remedy() {
    let whole = Raw::default().bytes();
    type Check = fn(&WavError) -> bool;
    let cases: Vec<(&str, Vec<u8>, Check, &str)> = vec![
        ("empty", vec![], |e| matches!(e, WavError::Empty { .. }), "record or export it again"),
        (
            "MP3 with a tag",
            b"ID3\x04\0\0\0\0\0\0\0\0\0".to_vec(),
            |e| matches!(e, WavError::NotWav { .. }),
            "an MP3",
        ),
        (
            "MP3",
            vec![0xff, 0xfb, 0x90, 0x64, 0, 0, 0, 0, 0, 0, 0, 0],
            |e| matches!(e, WavError::NotWav { .. }),
            "ffmpeg -i child.wav",
        ),
        (
            "AAC",
            vec![0xff, 0xf1, 0x50, 0x80, 0, 0, 0, 0, 0, 0, 0, 0],
            |e| matches!(e, WavError::NotWav { .. }),
            "AAC",
        ),
        ("Ogg", b"OggS\0\x02\0\0\0\0\0\0".to_vec(), |e| matches!(e, WavError::NotWav { .. }), "Ogg"),
        ("FLAC", b"fLaC\0\0\0\x22\0\0\0\0".to_vec(), |e| matches!(e, WavError::NotWav { .. }), "FLAC"),
        ("M4A", b"\0\0\0\x20ftypM4A ".to_vec(), |e| matches!(e, WavError::NotWav { .. }), "M4A"),
        ("AVI", b"RIFF\0\0\0\0AVI LIST".to_vec(), |e| matches!(e, WavError::NotWav { .. }), "AVI"),
        ("RF64", b"RF64\xff\xff\xff\xffWAVE".to_vec(), |e| matches!(e, WavError::NotWav { .. }), "RF64"),
        ("text", b"hello, this is text".to_vec(), |e| matches!(e, WavError::NotWav { .. }), "text"),
        ("three bytes", b"RIF".to_vec(), |e| matches!(e, WavError::NotWav { .. }), "text"),
        (
            "seven bytes",
            b"RIFF\0\0\0".to_vec(),
            |e| matches!(e, WavError::HeaderCut { bytes: 7, .. }),
            "7 bytes",
        ),
        (
            "cut in the header",
            whole[..30].to_vec(),
            |e| matches!(e, WavError::HeaderCut { bytes: 30, .. }),
            "again",
        ),
        ("cut in a chunk", whole[..44].to_vec(), |e| matches!(e, WavError::HeaderCut { .. }), "again"),
        (
            "cut before the data",
            whole[..50].to_vec(),
            |e| matches!(e, WavError::NoSamples { .. }),
            "0 samples",
        ),
        (
            "cut in the data",
            whole[..whole.len() - 1_600].to_vec(),
            |e| matches!(e, WavError::Truncated { .. }),
            "promises 0.10 s of sound and the file has 0.05 s",
        ),
        (
            "no samples",
            Raw { data: vec![], ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::NoSamples { .. }),
            "record",
        ),
        (
            "A-law",
            Raw { tag: 6, frame_bytes: 1, bits: 8, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Encoding { .. }),
            "A-law",
        ),
        (
            "ADPCM",
            Raw { tag: 2, frame_bytes: 256, bits: 4, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Encoding { .. }),
            "sox child.wav -r 16000 -c 1 -b 16",
        ),
        (
            "double",
            Raw { tag: 3, frame_bytes: 8, bits: 64, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Encoding { .. }),
            "64-bit floats",
        ),
        (
            "no channels",
            Raw { channels: 0, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Channels { channels: 0, .. }),
            "0 channels",
        ),
        (
            "many channels",
            Raw { channels: 9, frame_bytes: 18, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Channels { channels: 9, .. }),
            "1 to 8",
        ),
        (
            "no rate",
            Raw { rate_hz: 0, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Rate { rate_hz: 0, .. }),
            "0 Hz",
        ),
        (
            "a high rate",
            Raw { rate_hz: 384_000, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Rate { .. }),
            "384000 Hz",
        ),
        (
            "frames too small",
            Raw { frame_bytes: 1, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Header { .. }),
            "do not fit",
        ),
        (
            "no frame size",
            Raw { frame_bytes: 0, ..Raw::default() }.bytes(),
            |e| matches!(e, WavError::Header { .. }),
            "do not fit",
        ),
        (
            "short format",
            Raw::default().with_format(&[1, 0, 1, 0]),
            |e| matches!(e, WavError::Header { .. }),
            "needs 16",
        ),
    ];
    for (name, bytes, check, says) in cases {
        let error = open(bytes).err().unwrap_or_else(|| panic!("{name} was accepted"));
        let text = error.to_string();
        assert!(check(&error), "{name}: {error:?}");
        assert!(text.contains("child.wav") && text.contains(says), "{name}: {text:?} lacks {says:?}");
    }
}

#[test]
fn a_truncated_file_reads_as_far_as_it_goes_when_asked() {
    let whole = Raw::default().bytes();
    let cut = whole[..whole.len() - 1_601].to_vec();
    let reader = Reader::new(Cursor::new(cut), "child.wav", Tail::ReadWhatIsThere).unwrap();
    assert_eq!(reader.total(), 799);
    // A recorder that died before it could count.
    let uncounted = Raw { data_size: Some(0), ..Raw::default() }.bytes();
    let reader = Reader::new(Cursor::new(uncounted), "child.wav", Tail::ReadWhatIsThere).unwrap();
    assert_eq!(reader.total(), 1_600);
}

#[test]
fn a_size_unknown_to_its_writer_means_all_there_is() {
    let piped = Raw { data_size: Some(u32::MAX), ..Raw::default() }.bytes();
    assert_eq!(open(piped).unwrap().total(), 1_600);
}

#[test]
fn chunks_after_the_data_are_not_sound() {
    let mut bytes = Raw::default().bytes();
    bytes.extend(b"LIST\x04\0\0\0abcd");
    assert_eq!(open(bytes).unwrap().total(), 1_600);
}

#[test]
fn missing_files_and_folders_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let error = Reader::open(dir.path().join("none.wav"), Tail::MustBeWhole).unwrap_err().to_string();
    assert!(error.contains("none.wav") && error.contains("check the path"), "{error}");
    let error = Reader::open(dir.path(), Tail::MustBeWhole).unwrap_err().to_string();
    assert!(error.contains("give a file in it"), "{error}");
}

#[test]
fn speech_reader_gives_16_khz_of_the_exact_length_in_any_steps() {
    for rate_hz in [8_000_u32, 16_000, 22_050, 44_100, 48_000] {
        let data = vec![1_u8; rate_hz as usize * 2 + 2];
        let bytes = Raw { rate_hz, data, ..Raw::default() }.bytes();
        let mut reader = SpeechReader::new(open(bytes).unwrap()).unwrap();
        let wanted = reader.total();
        assert!(wanted.abs_diff(u64::from(SPEECH_RATE_HZ)) <= 2);
        let mut block = [0.0; 333];
        let mut total = 0;
        loop {
            let read = reader.read(&mut block).unwrap();
            total += read as u64;
            if read < block.len() {
                break;
            }
        }
        assert_eq!(total, wanted, "{rate_hz} Hz");
        assert!(reader.at_end());
    }
}

/// An hour of silence that is never in memory: a header, then zeros as long as asked.
struct Hour {
    header: Vec<u8>,
    length: u64,
    at: u64,
}

impl Read for Hour {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from(self.length - self.at).unwrap().min(out.len());
        for byte in &mut out[..left] {
            *byte = self.header.get(self.at as usize).copied().unwrap_or(0);
            self.at += 1;
        }
        Ok(left)
    }
}

impl Seek for Hour {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(by) => self.length.checked_add_signed(by).unwrap(),
            SeekFrom::Current(by) => self.at.checked_add_signed(by).unwrap(),
        };
        Ok(self.at)
    }
}

#[test]
fn an_hour_streams_and_is_not_loaded() {
    let data_size = 3_600 * 16_000 * 2;
    let header = Raw { data: vec![], data_size: Some(data_size), ..Raw::default() }.bytes();
    let hour = || Hour { length: header.len() as u64 + u64::from(data_size), header: header.clone(), at: 0 };
    let error = read_mono_16k(hour(), "hour.wav", Tail::MustBeWhole).unwrap_err();
    assert!(matches!(error, WavError::TooLong { .. }), "{error:?}");
    assert!(error.to_string().contains("sox hour.wav part.wav trim 0 600"), "{error}");
    let mut reader = Reader::new(hour(), "hour.wav", Tail::MustBeWhole).unwrap();
    let mut block = vec![0.0; 16_000];
    let mut total = 0;
    while reader.read(&mut block).unwrap() > 0 {
        total += block.len();
    }
    assert_eq!(total, 3_600 * 16_000);
}

#[test]
fn hound_reads_what_the_writer_writes() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.wav");
    let mut writer = Writer::create(&path, 22_050).unwrap();
    writer.write(&[0.5, -0.5]).unwrap();
    writer.write_i16(&[7, -7]).unwrap();
    assert_eq!(writer.finish().unwrap(), 4);
    let mut reader = hound::WavReader::open(&path).unwrap();
    assert_eq!(reader.spec().sample_rate, 22_050);
    let got: Vec<i16> = reader.samples().collect::<Result<_, _>>().unwrap();
    assert_eq!(got, [16_384, -16_384, 7, -7]);
}

#[test]
fn a_file_whose_writer_died_is_still_a_wav() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("out.wav");
    let mut writer = Writer::create(&path, 16_000).unwrap();
    for _ in 0..125 {
        writer.write(&[0.1; 320]).unwrap();
    }
    // As SIGKILL does: no destructor runs.
    std::mem::forget(writer);
    let reader = Reader::open(&path, Tail::MustBeWhole).unwrap();
    assert_eq!(reader.total(), 32_000, "counted to the last whole second");
    // And dropping it without finish counts everything.
    let mut writer = Writer::create(&path, 16_000).unwrap();
    writer.write(&[0.1; 320]).unwrap();
    drop(writer);
    assert_eq!(Reader::open(&path, Tail::MustBeWhole).unwrap().total(), 320);
}

#[test]
fn a_full_disk_is_told_with_a_remedy() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("SKIP: there is no /dev/full here");
        return;
    };
    let error = Writer::new(full, "out.wav", 16_000).unwrap_err().to_string();
    assert!(error.contains("out.wav") && error.contains("free some space"), "{error}");
}

#[test]
fn a_pipe_gets_a_header_of_unknown_size() {
    let (mut read, write) = std::io::pipe().unwrap();
    let mut writer =
        Writer::new(std::fs::File::from(std::os::fd::OwnedFd::from(write)), "pipe", 16_000).unwrap();
    writer.write(&[0.5; 100]).unwrap();
    writer.finish().unwrap();
    let mut bytes = Vec::new();
    read.read_to_end(&mut bytes).unwrap();
    assert_eq!(open(bytes).unwrap().total(), 100);
}

proptest! {
    /// Whatever the bytes are, there is an answer, and never a panic.
    #[test]
    fn no_bytes_make_the_reader_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..200), real in any::<bool>()) {
        if real && bytes.len() > 12 {
            bytes[..4].copy_from_slice(b"RIFF");
            bytes[8..12].copy_from_slice(b"WAVE");
        }
        let _ = open(bytes.clone()).map(|reader| reader.samples().count());
        let _ = read_mono_16k(Cursor::new(bytes), "x.wav", Tail::ReadWhatIsThere);
    }

    /// A good file with a few bytes changed gives an answer too.
    #[test]
    fn damage_to_a_good_file_is_survived(changes in prop::collection::vec((0_usize..60, any::<u8>()), 1..6)) {
        let mut bytes = Raw::default().bytes();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        let _ = open(bytes).map(|reader| reader.samples().count());
    }
}
