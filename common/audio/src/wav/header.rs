//! The header: everything before the first sample.

use std::io::{Read, Seek, SeekFrom};

use super::{MAX_CHANNELS, WavError};
use crate::resample::{MAX_RATE_HZ, MIN_RATE_HZ};

/// How one sample is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Unsigned integers of 8 bits.
    U8,
    /// Signed little-endian integers of 16 bits.
    I16,
    /// Signed little-endian integers of 24 bits in 3 bytes.
    I24,
    /// Signed little-endian integers of 32 bits (also 24 bits in the upper part of 4 bytes).
    I32,
    /// Little-endian IEEE floats of 32 bits.
    F32,
}

impl Encoding {
    /// Bytes of one sample of one channel.
    #[must_use]
    pub fn bytes(self) -> u16 {
        match self {
            Self::U8 => 1,
            Self::I16 => 2,
            Self::I24 => 3,
            Self::I32 | Self::F32 => 4,
        }
    }
}

/// What the header says about the sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spec {
    /// How samples are stored.
    pub encoding: Encoding,
    /// Channels, from 1 to [`MAX_CHANNELS`].
    pub channels: u16,
    /// Sample rate in Hz, from [`MIN_RATE_HZ`] to [`MAX_RATE_HZ`].
    pub rate_hz: u32,
}

impl Spec {
    /// Bytes of one frame: one sample of every channel.
    #[must_use]
    pub fn frame_bytes(&self) -> u16 {
        self.encoding.bytes() * self.channels
    }
}

/// A header that was read; the source stands at the first sample.
pub(super) struct Header {
    pub spec: Spec,
    /// Bytes of sound that the header promises; `None` when its writer did not know them.
    pub promised: Option<u64>,
    /// Bytes that follow in the source.
    pub present: u64,
}

/// Size of the data chunk written by programs that write to a pipe and never learn the size.
const UNKNOWN_SIZE: u32 = u32::MAX;

/// The last 14 bytes of the sub-format of `WAVE_FORMAT_EXTENSIBLE`; the first two are the format tag.
const SUBFORMAT_TAIL: [u8; 14] =
    [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

pub(super) fn read<R: Read + Seek>(source: &mut R, file: &str) -> Result<Header, WavError> {
    let length = source.seek(SeekFrom::End(0)).map_err(io("read", file))?;
    source.rewind().map_err(io("read", file))?;
    if length == 0 {
        return Err(WavError::Empty { file: file.into() });
    }
    let mut start = Vec::with_capacity(12);
    source.by_ref().take(12).read_to_end(&mut start).map_err(io("read", file))?;
    let cut = || WavError::HeaderCut { file: file.into(), bytes: length };
    let is_wav = |bytes: &[u8]| bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WAVE".as_slice());
    if !is_wav(&start) {
        // A file of four to eleven bytes that begins like one is a WAV cut very short.
        if start.len() < 12 && start.starts_with(b"RIFF") {
            return Err(cut());
        }
        return Err(WavError::NotWav { file: file.into(), looks_like: looks_like(&start) });
    }
    let mut at = 12_u64;
    let mut spec = None;
    loop {
        let Some([i0, i1, i2, i3, s0, s1, s2, s3]) = take::<8, R>(source, file)? else {
            return Err(if spec.is_some() { WavError::NoSamples { file: file.into() } } else { cut() });
        };
        at += 8;
        let size = u32::from_le_bytes([s0, s1, s2, s3]);
        match &[i0, i1, i2, i3] {
            b"fmt " => spec = Some(format(source, size, file)?.ok_or_else(cut)?),
            b"data" => {
                let spec = spec.ok_or_else(|| damaged(file, "the data comes before the format"))?;
                let promised = (size != UNKNOWN_SIZE).then_some(u64::from(size));
                return Ok(Header { spec, promised, present: length.saturating_sub(at) });
            }
            _ => {}
        }
        // Chunks begin at even offsets.
        at += u64::from(size) + u64::from(size % 2);
        if at > length {
            return Err(cut());
        }
        source.seek(SeekFrom::Start(at)).map_err(io("read", file))?;
    }
}

/// Reads the format chunk; `None` when the file ends inside it.
fn format<R: Read>(source: &mut R, size: u32, file: &str) -> Result<Option<Spec>, WavError> {
    if size < 16 {
        return Err(damaged(file, &format!("its format chunk has {size} bytes and needs 16")));
    }
    let Some(base) = take::<16, R>(source, file)? else { return Ok(None) };
    let u16_at = |bytes: &[u8], at: usize| {
        bytes.get(at..at + 2).map_or(0, |pair| u16::from_le_bytes([pair[0], pair[1]]))
    };
    let tag = u16_at(&base, 0);
    let channels = u16_at(&base, 2);
    let rate_hz = u32::from_le_bytes([base[4], base[5], base[6], base[7]]);
    let frame_bytes = u16_at(&base, 12);
    let bits = u16_at(&base, 14);

    let tag = if tag == EXTENSIBLE {
        if size < 40 {
            return Err(damaged(file, &format!("its extensible format has {size} bytes and needs 40")));
        }
        let Some(extension) = take::<24, R>(source, file)? else { return Ok(None) };
        if extension[10..] != SUBFORMAT_TAIL {
            return Err(WavError::Encoding {
                file: file.into(),
                encoding: "a private extensible format".into(),
            });
        }
        u16_at(&extension, 8)
    } else {
        tag
    };

    if channels == 0 || channels > MAX_CHANNELS {
        return Err(WavError::Channels { file: file.into(), channels });
    }
    if !(MIN_RATE_HZ..=MAX_RATE_HZ).contains(&rate_hz) {
        return Err(WavError::Rate { file: file.into(), rate_hz });
    }
    // The container decides: 12 valid bits in 2 bytes, or 24 in 4, sit in the upper bits of it.
    let container = frame_bytes / channels;
    if frame_bytes % channels != 0 || container == 0 || bits == 0 || bits.div_ceil(8) > container {
        let what =
            format!("{channels} channels of {bits} bits do not fit into frames of {frame_bytes} bytes");
        return Err(match tag {
            PCM | FLOAT => damaged(file, &what),
            _ => unsupported(file, tag, bits),
        });
    }
    let encoding = match (tag, container) {
        (PCM, 1) => Encoding::U8,
        (PCM, 2) => Encoding::I16,
        (PCM, 3) => Encoding::I24,
        (PCM, 4) => Encoding::I32,
        (FLOAT, 4) => Encoding::F32,
        _ => return Err(unsupported(file, tag, bits)),
    };
    Ok(Some(Spec { encoding, channels, rate_hz }))
}

const PCM: u16 = 0x0001;
const FLOAT: u16 = 0x0003;
const EXTENSIBLE: u16 = 0xfffe;

fn unsupported(file: &str, tag: u16, bits: u16) -> WavError {
    let encoding = match tag {
        PCM => format!("{bits}-bit integers"),
        FLOAT => format!("{bits}-bit floats"),
        0x0002 => "Microsoft ADPCM".into(),
        0x0006 => "A-law".into(),
        0x0007 => "mu-law".into(),
        0x0011 => "IMA ADPCM".into(),
        0x0031 => "GSM 6.10".into(),
        0x0055 => "MP3 inside a WAV file".into(),
        0x00ff | 0x1600..=0x1610 => "AAC inside a WAV file".into(),
        _ => format!("format 0x{tag:04x}"),
    };
    WavError::Encoding { file: file.into(), encoding }
}

fn damaged(file: &str, what: &str) -> WavError {
    WavError::Header { file: file.into(), what: what.into() }
}

pub(super) fn io<'a>(operation: &'static str, file: &'a str) -> impl Fn(std::io::Error) -> WavError + 'a {
    move |source| WavError::Io { operation, file: file.into(), source }
}

/// Reads `N` bytes; `None` when the file ends before.
fn take<const N: usize, R: Read>(source: &mut R, file: &str) -> Result<Option<[u8; N]>, WavError> {
    let mut bytes = [0; N];
    match source.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(io("read", file)(error)),
    }
}

/// What a file is that does not begin as a WAV file, by its first bytes.
fn looks_like(start: &[u8]) -> &'static str {
    let at = |offset: usize, magic: &[u8]| start.get(offset..).is_some_and(|rest| rest.starts_with(magic));
    match start {
        _ if at(0, b"ID3") => "an MP3",
        [0xff, second, ..] if second & 0xf6 == 0xf0 => "an AAC stream",
        [0xff, second, ..] if second & 0xe0 == 0xe0 => "an MP3",
        _ if at(0, b"OggS") => "an Ogg (Vorbis or Opus) file",
        _ if at(0, b"fLaC") => "a FLAC file",
        _ if at(4, b"ftyp") => "an MP4 or M4A file",
        _ if at(0, b"FORM") => "an AIFF file",
        _ if at(0, b"RF64") || at(0, b"BW64") => "a 64-bit WAV (RF64)",
        _ if at(0, b"riff") => "a Sony Wave64 file",
        _ if at(0, b"RIFX") => "a big-endian WAV (RIFX)",
        _ if at(0, b"RIFF") => "another RIFF file, such as AVI or WebP",
        _ if at(0, b".snd") => "a Sun AU file",
        _ if at(0, b"caff") => "a Core Audio file",
        _ if at(0, b"#!AMR") => "an AMR recording",
        _ if at(0, &[0x1a, 0x45, 0xdf, 0xa3]) => "a WebM or Matroska file",
        _ if at(0, b"\x7fELF") => "a program",
        _ if at(0, b"PK") => "a ZIP archive",
        _ if start.iter().all(|byte| *byte == 0) => "nothing but zero bytes",
        _ if start.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) => "text",
        _ => "something unknown or raw sound without a header",
    }
}
