//! Writes GGUF version 3.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use super::tensor::Float;
use crate::error::{Error, Result};
use crate::format::gguf::MAGIC;

/// llama.cpp's default; tensors start at multiples of it.
const ALIGNMENT: u64 = 32;

/// Collects keys and tensors, then writes them in the order they were added.
#[derive(Default)]
pub(super) struct Builder {
    keys: Vec<u8>,
    key_count: u64,
    tensors: Vec<Tensor>,
}

struct Tensor {
    name: String,
    /// Dimensions from the innermost.
    dims: Vec<u64>,
    format: Float,
}

impl Tensor {
    fn bytes(&self) -> u64 {
        self.dims.iter().product::<u64>() * self.format.bytes() as u64
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}

impl Builder {
    fn key(&mut self, key: &str, kind: u32, value: &[u8]) {
        string(&mut self.keys, key);
        self.keys.extend(kind.to_le_bytes());
        self.keys.extend(value);
        self.key_count += 1;
    }

    pub(super) fn unsigned(&mut self, key: &str, value: u32) {
        self.key(key, 4, &value.to_le_bytes());
    }

    pub(super) fn float(&mut self, key: &str, value: f32) {
        self.key(key, 6, &value.to_le_bytes());
    }

    pub(super) fn bool(&mut self, key: &str, value: bool) {
        self.key(key, 7, &[value.into()]);
    }

    pub(super) fn text(&mut self, key: &str, value: &str) {
        let mut bytes = Vec::new();
        string(&mut bytes, value);
        self.key(key, 8, &bytes);
    }

    pub(super) fn texts(&mut self, key: &str, values: &[String]) {
        let mut bytes = array(8, values.len());
        values.iter().for_each(|value| string(&mut bytes, value));
        self.key(key, 9, &bytes);
    }

    pub(super) fn signed_array(&mut self, key: &str, values: &[i32]) {
        let mut bytes = array(5, values.len());
        bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        self.key(key, 9, &bytes);
    }

    /// Announces a tensor; `dims` from the outermost, as in PyTorch.
    pub(super) fn tensor(&mut self, name: String, dims: &[u64], format: Float) {
        self.tensors.push(Tensor { name, dims: dims.iter().rev().copied().collect(), format });
    }

    /// Writes the file. `data` gives each tensor's bytes, in the order they were announced.
    pub(super) fn write(&self, path: &Path, data: &mut dyn FnMut(usize) -> Result<Vec<u8>>) -> Result<()> {
        let mut head = Vec::new();
        head.extend(MAGIC);
        head.extend(3u32.to_le_bytes());
        head.extend((self.tensors.len() as u64).to_le_bytes());
        head.extend(self.key_count.to_le_bytes());
        head.extend(&self.keys);
        let mut offset = 0u64;
        for tensor in &self.tensors {
            string(&mut head, &tensor.name);
            head.extend((tensor.dims.len() as u32).to_le_bytes());
            head.extend(tensor.dims.iter().flat_map(|dim| dim.to_le_bytes()));
            let kind: u32 = match tensor.format {
                Float::F32 => 0,
                Float::F16 => 1,
            };
            head.extend(kind.to_le_bytes());
            head.extend(offset.to_le_bytes());
            offset = (offset + tensor.bytes()).next_multiple_of(ALIGNMENT);
        }
        let mut out = Padded {
            inner: BufWriter::new(File::create(path).map_err(Error::io("create", path))?),
            path: path.to_owned(),
        };
        out.write(&head)?;
        for (index, tensor) in self.tensors.iter().enumerate() {
            let bytes = data(index)?;
            if bytes.len() as u64 != tensor.bytes() {
                return Err(Error::format(
                    path,
                    format!("tensor {:?} has {} bytes", tensor.name, bytes.len()),
                ));
            }
            out.write(&bytes)?;
        }
        out.inner.flush().map_err(Error::io("write", path))
    }
}

fn array(kind: u32, len: usize) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend((len as u64).to_le_bytes());
    bytes
}

struct Padded {
    inner: BufWriter<File>,
    path: PathBuf,
}

impl Padded {
    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        let len = bytes.len() as u64;
        let padding = (len.next_multiple_of(ALIGNMENT) - len) as usize;
        self.inner
            .write_all(bytes)
            .and_then(|()| self.inner.write_all(&[0; ALIGNMENT as usize][..padding]))
            .map_err(Error::io("write", &self.path))
    }
}
