//! Reads CTranslate2's `model.bin`.
//!
//! Layout, little endian: u32 version, name of the specification, u32 revision, u32 number of
//! variables; then each variable's name, u8 rank, u32 dimensions, u8 number format, u32 bytes, data;
//! then u32 number of aliases and their pairs of names. A name is a u16 length (with its closing zero
//! byte) and text. Source: `Model::load` in CTranslate2's `models/model.cc`.

use std::collections::HashMap;
use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use super::tensor::{self, Float};
use crate::error::{Error, Result};
use crate::format::Reader;

/// Version of the file format since CTranslate2 2.0.
const VERSION: u32 = 6;

#[derive(Debug)]
struct Variable {
    dims: Vec<u64>,
    format: u8,
    offset: u64,
    bytes: u64,
}

/// The index of a `model.bin`; data stays in the file until asked for.
pub(super) struct Model {
    path: PathBuf,
    file: File,
    variables: HashMap<String, Variable>,
}

impl Model {
    /// Reads the index of a model made by the specification named `spec`.
    pub(super) fn open(path: &Path, spec: &str) -> Result<Self> {
        let mut reader = Reader::open(path)?;
        let version = reader.u32("version")?;
        if version != VERSION {
            return Err(reader.bad(format!(
                "not a CTranslate2 model of version {VERSION}; is it `model.bin` of a converted model?"
            )));
        }
        let found = name(&mut reader)?;
        if found != spec {
            return Err(reader.bad(format!("a CTranslate2 model of kind {found:?}, not {spec:?}")));
        }
        reader.u32("revision")?;
        let count = reader.u32("number of variables")?;
        // No capacity from the count: each variable read is one that is really there.
        let mut variables = HashMap::new();
        for _ in 0..count {
            let key = name(&mut reader)?;
            let rank = reader.u8("rank")?;
            let dims =
                (0..rank).map(|_| reader.u32("dimension").map(u64::from)).collect::<Result<Vec<_>>>()?;
            let format = reader.u8("number format")?;
            let bytes = u64::from(reader.u32("size")?);
            let offset = reader.position();
            reader.skip(bytes, &format!("variable {key:?}"))?;
            variables.insert(key, Variable { dims, format, offset, bytes });
        }
        let file = File::open(path).map_err(Error::io("open", path))?;
        Ok(Self { path: path.to_owned(), file, variables })
    }

    pub(super) fn bad(&self, problem: impl Into<String>) -> Error {
        Error::format(&self.path, problem)
    }

    fn variable(&self, name: &str) -> Result<&Variable> {
        self.variables
            .get(name)
            .ok_or_else(|| self.bad(format!("has no variable {name:?}: not a Whisper model")))
    }

    /// Dimensions of a variable.
    pub(super) fn dims(&self, name: &str) -> Result<&[u64]> {
        self.variable(name).map(|variable| variable.dims.as_slice())
    }

    /// A single small integer.
    pub(super) fn scalar(&self, name: &str) -> Result<u32> {
        let variable = self.variable(name)?;
        let bytes = if variable.bytes <= 4 { self.data(variable)? } else { Vec::new() };
        let value = match bytes[..] {
            [a] => Some(i32::from(a.cast_signed())),
            [a, b] => Some(i32::from(i16::from_le_bytes([a, b]))),
            [a, b, c, d] => Some(i32::from_le_bytes([a, b, c, d])),
            _ => None,
        };
        value
            .and_then(|value| u32::try_from(value).ok())
            .ok_or_else(|| self.bad(format!("variable {name:?} is not a small number")))
    }

    /// How many layers there are with names that start with `prefix` and a number.
    pub(super) fn layers(&self, prefix: &str) -> u32 {
        let exists = |layer: &u32| {
            let start = format!("{prefix}{layer}/");
            self.variables.keys().any(|key| key.starts_with(&start))
        };
        (0..).take_while(exists).last().map_or(0, |last| last + 1)
    }

    /// A tensor of exactly these dimensions, in the wanted number format.
    pub(super) fn tensor(&self, name: &str, dims: &[u64], wanted: Float) -> Result<Vec<u8>> {
        let variable = self.variable(name)?;
        if variable.dims != dims {
            return Err(
                self.bad(format!("variable {name:?} has shape {:?} instead of {dims:?}", variable.dims))
            );
        }
        let stored = match variable.format {
            0 => Float::F32,
            4 => Float::F16,
            1 | 2 => {
                return Err(self.bad(format!(
                    "variable {name:?} is quantized to integers; convert a float16 or float32 model instead"
                )));
            }
            other => return Err(self.bad(format!("variable {name:?} has unknown number format {other}"))),
        };
        let elements = dims.iter().try_fold(1u64, |product, dim| product.checked_mul(*dim));
        if elements.and_then(|elements| elements.checked_mul(stored.bytes() as u64)) != Some(variable.bytes) {
            return Err(
                self.bad(format!("variable {name:?} has {} bytes, which is not {dims:?}", variable.bytes))
            );
        }
        Ok(tensor::convert(self.data(variable)?, stored, wanted))
    }

    fn data(&self, variable: &Variable) -> Result<Vec<u8>> {
        // Opening found that the file has this many bytes there.
        let len = usize::try_from(variable.bytes).map_err(|_| self.bad("a variable is too large"))?;
        let mut data = vec![0; len];
        self.file.read_exact_at(&mut data, variable.offset).map_err(Error::io("read", &self.path))?;
        Ok(data)
    }
}

fn name(reader: &mut Reader) -> Result<String> {
    let len = u64::from(reader.u16("name length")?);
    let mut bytes = reader.bytes(len, "name")?;
    if bytes.pop() != Some(0) {
        return Err(reader.bad("a name without an end: damaged, or not a CTranslate2 model"));
    }
    String::from_utf8(bytes)
        .map_err(|_| reader.bad("a name that is not text: damaged, or not a CTranslate2 model"))
}
