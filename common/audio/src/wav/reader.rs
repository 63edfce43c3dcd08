use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use super::WavError;
use super::header::{self, Encoding, Spec, io};
use crate::SPEECH_RATE_HZ;
use crate::resample::{RateError, Resampler, output_len};

/// Seconds of sound that [`read_mono_16k`] loads at most (38 MB of samples at 16 kHz).
pub const MAX_LOADED_S: u32 = 600;

/// Frames read from the source at once.
const BLOCK_FRAMES: usize = 4096;

/// What to do with a file that has less sound than its header promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tail {
    /// Refuse it when it is opened: half a recording must not pass for a whole one.
    #[default]
    MustBeWhole,
    /// Read what is there, for a recording whose writer was interrupted. A header that counts nothing
    /// or too little is then passed over too: everything to the end of the file is read.
    ReadWhatIsThere,
}

/// A WAV file read as a stream of mono samples at its own rate.
#[derive(Debug)]
pub struct Reader<R> {
    source: R,
    file: String,
    spec: Spec,
    /// Frames of the file.
    frames: u64,
    /// Frames not read yet.
    left: u64,
    bytes: Vec<u8>,
}

impl Reader<BufReader<File>> {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// Any [`WavError`] about reading but [`WavError::TooLong`].
    pub fn open(path: impl AsRef<Path>, tail: Tail) -> Result<Self, WavError> {
        let path = path.as_ref();
        let name = path.display().to_string();
        let file = File::open(path).map_err(io("open", &name))?;
        Self::from_file(file, &name, tail)
    }

    /// Reads an open file (such as one passed as a descriptor) from its beginning; `name` is for errors.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn from_file(file: File, name: &str, tail: Tail) -> Result<Self, WavError> {
        let meta = file.metadata().map_err(io("read", name))?;
        if meta.is_dir() {
            return Err(io("read", name)(std::io::ErrorKind::IsADirectory.into()));
        }
        Reader::new(BufReader::with_capacity(64 * 1024, file), name, tail)
    }
}

impl<R: Read + Seek> Reader<R> {
    /// Reads a WAV from the beginning of `source`; `name` is for errors.
    ///
    /// # Errors
    /// Any [`WavError`] about reading but [`WavError::TooLong`].
    pub fn new(mut source: R, name: &str, tail: Tail) -> Result<Self, WavError> {
        let header = header::read(&mut source, name)?;
        let spec = header.spec;
        let frame_bytes = u64::from(spec.frame_bytes());
        let bytes = match (tail, header.promised) {
            (Tail::MustBeWhole, Some(promised)) if promised > header.present => {
                let seconds = |bytes: u64| {
                    #[allow(clippy::cast_precision_loss)]
                    let frames = (bytes / frame_bytes) as f64;
                    frames / f64::from(spec.rate_hz)
                };
                return Err(WavError::Truncated {
                    file: name.into(),
                    promised_s: seconds(promised),
                    present_s: seconds(header.present),
                });
            }
            // A writer that died left the size it last knew, or none; whole files may have chunks after the data.
            (Tail::ReadWhatIsThere, Some(0)) | (_, None) => header.present,
            (_, Some(promised)) => promised.min(header.present),
        };
        let frames = bytes / frame_bytes;
        if frames == 0 {
            return Err(WavError::NoSamples { file: name.into() });
        }
        Ok(Self { source, file: name.into(), spec, frames, left: frames, bytes: Vec::new() })
    }

    /// What the header says.
    #[must_use]
    pub fn spec(&self) -> Spec {
        self.spec
    }

    /// Samples that the whole file gives, at its own rate.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.frames
    }

    /// Whether nothing is left to read.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.left == 0
    }

    /// Length of the whole file in seconds.
    #[must_use]
    pub fn duration_s(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)]
        let frames = self.frames as f64;
        frames / f64::from(self.spec.rate_hz)
    }

    /// Fills `out` with the next samples: the mean of all channels, in -1 to 1 (louder floats are
    /// clipped, and what is not a number is silence). Returns how many; 0 at the end.
    ///
    /// # Errors
    /// [`WavError::Io`] when the file cannot be read, or has become shorter since it was opened.
    pub fn read(&mut self, out: &mut [f32]) -> Result<usize, WavError> {
        let mut filled = 0;
        for block in out.chunks_mut(BLOCK_FRAMES) {
            let frames = usize::try_from(self.left).unwrap_or(usize::MAX).min(block.len());
            if frames == 0 {
                break;
            }
            self.bytes.resize(frames * usize::from(self.spec.frame_bytes()), 0);
            self.source.read_exact(&mut self.bytes).map_err(io("read", &self.file))?;
            mix(&self.bytes, self.spec, block);
            self.left -= frames as u64;
            filled += frames;
        }
        Ok(filled)
    }

    /// The samples one by one, as [`Reader::read`] gives them.
    pub fn samples(self) -> impl Iterator<Item = Result<f32, WavError>> {
        let mut reader = Some(self);
        let mut block = Vec::new().into_iter();
        std::iter::from_fn(move || {
            loop {
                if let Some(sample) = block.next() {
                    return Some(Ok(sample));
                }
                let mut next = vec![0.0; BLOCK_FRAMES];
                match reader.as_mut()?.read(&mut next) {
                    Ok(0) => return None,
                    Ok(read) => {
                        next.truncate(read);
                        block = next.into_iter();
                    }
                    Err(error) => {
                        reader = None;
                        return Some(Err(error));
                    }
                }
            }
        })
    }
}

/// Decodes whole frames of `bytes` into the beginning of `out`, the mean of the channels.
fn mix(bytes: &[u8], spec: Spec, out: &mut [f32]) {
    match spec.encoding {
        Encoding::U8 => mix_with(bytes, spec, out, |[byte]: [u8; 1]| (f32::from(byte) - 128.0) / 128.0),
        Encoding::I16 => mix_with(bytes, spec, out, |bytes| crate::level::to_f32(i16::from_le_bytes(bytes))),
        Encoding::I24 => mix_with(bytes, spec, out, |[low, middle, high]: [u8; 3]| {
            from_i32(i32::from_le_bytes([0, low, middle, high]))
        }),
        Encoding::I32 => mix_with(bytes, spec, out, |bytes| from_i32(i32::from_le_bytes(bytes))),
        Encoding::F32 => mix_with(bytes, spec, out, |bytes| {
            let sample = f32::from_le_bytes(bytes);
            if sample.is_nan() { 0.0 } else { sample.clamp(-1.0, 1.0) }
        }),
    }
}

#[allow(clippy::cast_possible_truncation)] // Rounding to 24 bits of mantissa is the purpose.
fn from_i32(sample: i32) -> f32 {
    (f64::from(sample) / 2_147_483_648.0) as f32
}

fn mix_with<const N: usize>(bytes: &[u8], spec: Spec, out: &mut [f32], decode: impl Fn([u8; N]) -> f32) {
    let (samples, _) = bytes.as_chunks::<N>();
    let scale = 1.0 / f32::from(spec.channels);
    for (frame, out) in samples.chunks_exact(usize::from(spec.channels)).zip(out) {
        *out = frame.iter().map(|sample| decode(*sample)).sum::<f32>() * scale;
    }
}

/// A WAV file read as a stream of mono samples at [`SPEECH_RATE_HZ`], whatever its own rate.
#[derive(Debug)]
pub struct SpeechReader<R> {
    inner: Reader<R>,
    resampler: Resampler,
    block: Vec<f32>,
    ready: Vec<f32>,
    /// Samples of `ready` already handed out.
    taken: usize,
    finished: bool,
}

impl SpeechReader<BufReader<File>> {
    /// Opens the file at `path`.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open(path: impl AsRef<Path>, tail: Tail) -> Result<Self, WavError> {
        Self::new(Reader::open(path, tail)?)
    }
}

impl<R: Read + Seek> SpeechReader<R> {
    /// Brings `inner` to 16 kHz.
    ///
    /// # Errors
    /// [`WavError::Resample`].
    pub fn new(inner: Reader<R>) -> Result<Self, WavError> {
        let resampler = Resampler::new(inner.spec.rate_hz, SPEECH_RATE_HZ).map_err(resample(&inner.file))?;
        Ok(Self {
            inner,
            resampler,
            block: vec![0.0; BLOCK_FRAMES],
            ready: Vec::new(),
            taken: 0,
            finished: false,
        })
    }

    /// Samples at 16 kHz that the whole file gives.
    #[must_use]
    pub fn total(&self) -> u64 {
        output_len(self.inner.total(), self.inner.spec.rate_hz, SPEECH_RATE_HZ)
    }

    /// Whether nothing is left to read.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.finished && self.taken == self.ready.len()
    }

    /// Length of the whole file in seconds.
    #[must_use]
    pub fn duration_s(&self) -> f64 {
        self.inner.duration_s()
    }

    /// Fills `out` with the next samples, in -1 to 1. Returns how many; fewer than asked only at the end.
    ///
    /// # Errors
    /// As [`Reader::read`], and [`WavError::Resample`].
    pub fn read(&mut self, out: &mut [f32]) -> Result<usize, WavError> {
        let mut filled = 0;
        while filled < out.len() {
            let ready = self.ready.get(self.taken..).unwrap_or_default();
            let part = ready.len().min(out.len() - filled);
            if part > 0 {
                out[filled..filled + part].copy_from_slice(&ready[..part]);
                self.taken += part;
                filled += part;
                continue;
            }
            if self.finished {
                break;
            }
            self.ready.clear();
            self.taken = 0;
            let read = self.inner.read(&mut self.block)?;
            if read == 0 {
                self.finished = true;
                self.resampler.finish(&mut self.ready).map_err(resample(&self.inner.file))?;
            } else {
                let block = self.block.get(..read).unwrap_or_default();
                self.resampler.push(block, &mut self.ready).map_err(resample(&self.inner.file))?;
            }
            // The filter's ringing may pass full scale by a little.
            self.ready.iter_mut().for_each(|sample| *sample = sample.clamp(-1.0, 1.0));
        }
        Ok(filled)
    }
}

fn resample(file: &str) -> impl Fn(RateError) -> WavError + '_ {
    move |source| WavError::Resample { file: file.into(), source }
}

/// Loads a whole file as mono samples at 16 kHz.
///
/// # Errors
/// [`WavError::TooLong`] above [`MAX_LOADED_S`] (use [`SpeechReader`] for longer files), and whatever
/// [`Reader::open`] and [`SpeechReader::read`] give.
pub fn read_mono_16k<R: Read + Seek>(source: R, name: &str, tail: Tail) -> Result<Vec<f32>, WavError> {
    let mut reader = SpeechReader::new(Reader::new(source, name, tail)?)?;
    let length_s = reader.duration_s();
    if length_s > f64::from(MAX_LOADED_S) {
        return Err(WavError::TooLong { file: name.into(), length_s });
    }
    let mut samples = vec![0.0; usize::try_from(reader.total()).unwrap_or(0)];
    let read = reader.read(&mut samples)?;
    samples.truncate(read);
    Ok(samples)
}
