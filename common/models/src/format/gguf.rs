//! GGUF, the file format of llama.cpp: the header's keys, and whether the file is whole.
//!
//! Source of the layout: `docs/gguf.md` of ggml. Versions 2 and 3, little endian.

use std::collections::BTreeMap;
use std::path::Path;

use super::Reader;
use crate::error::Result;

/// First four bytes of the file.
pub const MAGIC: [u8; 4] = *b"GGUF";

/// Strings longer than this (tokenizer tables, chat templates) are passed over.
const LONGEST_KEPT: u64 = 4096;

/// Tensors start at a multiple of this unless `general.alignment` says otherwise.
const DEFAULT_ALIGNMENT: u64 = 32;

/// A value of the header. Arrays are passed over; only their length is kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Any unsigned integer.
    Unsigned(u64),
    /// Any signed integer.
    Signed(i64),
    /// Any floating point number.
    Float(f64),
    /// A truth value.
    Bool(bool),
    /// A string of at most 4096 bytes.
    Text(String),
    /// A longer string: its length in bytes.
    LongText(u64),
    /// An array: the number of its elements.
    Array(u64),
}

/// The header of a GGUF file.
#[derive(Debug, Clone, PartialEq)]
pub struct Header {
    /// Format version, 2 or 3.
    pub version: u32,
    /// Number of tensors.
    pub tensors: u64,
    /// Keys and values.
    pub values: BTreeMap<String, Value>,
}

impl Header {
    /// The model's architecture, such as `llama` or `bert`.
    #[must_use]
    pub fn architecture(&self) -> Option<&str> {
        self.text("general.architecture")
    }

    /// A string value.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.values.get(key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// An unsigned value.
    #[must_use]
    pub fn unsigned(&self, key: &str) -> Option<u64> {
        match self.values.get(key) {
            Some(Value::Unsigned(value)) => Some(*value),
            _ => None,
        }
    }
}

/// Reads the header and checks that the data of every tensor is there.
///
/// # Errors
/// When the file is not GGUF, is damaged, or is cut short.
pub fn read(path: &Path) -> Result<Header> {
    let mut reader = Reader::open(path)?;
    if reader.remaining() < 4 || reader.bytes(4, "magic number")? != MAGIC {
        return Err(reader.bad("not a GGUF file, which llama.cpp needs"));
    }
    let version = reader.u32("version")?;
    if !(2..=3).contains(&version) {
        return Err(reader.bad(format!("GGUF version {version} is not supported, only 2 and 3")));
    }
    let tensors = reader.u64("tensor count")?;
    let pairs = reader.u64("key count")?;
    // A key takes at least 12 bytes and a tensor 24, which bounds both loops by the file's size.
    if pairs > reader.remaining() / 12 || tensors > reader.remaining() / 24 {
        return Err(reader.bad(format!(
            "claims {pairs} keys and {tensors} tensors, more than its size allows: damaged, fetch it again"
        )));
    }
    let mut values = BTreeMap::new();
    for _ in 0..pairs {
        let key = text(&mut reader, "key")?;
        let kind = reader.u32("value type")?;
        values.insert(key, value(&mut reader, kind, 0)?);
    }
    let header = Header { version, tensors, values };
    let end = data_end(&mut reader, &header)?;
    let start = data_start(&reader, &header)?;
    reader.seek(start.saturating_add(end), "tensor data")?;
    Ok(header)
}

fn data_start(reader: &Reader, header: &Header) -> Result<u64> {
    let alignment = header.unsigned("general.alignment").unwrap_or(DEFAULT_ALIGNMENT);
    if header.tensors == 0 {
        return Ok(reader.position());
    }
    reader
        .position()
        .checked_next_multiple_of(alignment)
        .ok_or_else(|| reader.bad(format!("an alignment of {alignment}: damaged, fetch it again")))
}

/// Where the last tensor ends, counted from the start of the tensor data.
fn data_end(reader: &mut Reader, header: &Header) -> Result<u64> {
    let mut end = 0;
    for _ in 0..header.tensors {
        let name = reader.u64("tensor name length")?;
        reader.skip(name, "tensor name")?;
        let dims = reader.u32("tensor rank")?;
        if dims > 4 {
            return Err(reader.bad(format!("a tensor of {dims} dimensions: damaged, fetch it again")));
        }
        let mut elements = 1u64;
        for _ in 0..dims {
            elements = elements.saturating_mul(reader.u64("tensor dimension")?);
        }
        let kind = reader.u32("tensor type")?;
        let offset = reader.u64("tensor offset")?;
        // A type newer than this table: its place is still checked, its length is not.
        let (block, bytes) = block_size(kind).unwrap_or((1, 0));
        end = end.max(offset.saturating_add((elements / block).saturating_mul(bytes)));
    }
    Ok(end)
}

fn text(reader: &mut Reader, what: &str) -> Result<String> {
    let len = reader.u64(what)?;
    if len > LONGEST_KEPT {
        return Err(reader.bad(format!("a {what} of {len} bytes: damaged, fetch it again")));
    }
    let bytes = reader.bytes(len, what)?;
    String::from_utf8(bytes)
        .map_err(|_| reader.bad(format!("a {what} that is not UTF-8: damaged, fetch it again")))
}

fn value(reader: &mut Reader, kind: u32, depth: u32) -> Result<Value> {
    let what = "value";
    Ok(match kind {
        0 => Value::Unsigned(reader.u8(what)?.into()),
        1 => Value::Signed(reader.u8(what)?.cast_signed().into()),
        2 => Value::Unsigned(reader.u16(what)?.into()),
        3 => Value::Signed(reader.u16(what)?.cast_signed().into()),
        4 => Value::Unsigned(reader.u32(what)?.into()),
        5 => Value::Signed(reader.u32(what)?.cast_signed().into()),
        6 => Value::Float(f32::from_bits(reader.u32(what)?).into()),
        7 => Value::Bool(reader.u8(what)? != 0),
        8 => {
            let len = reader.u64(what)?;
            if len > LONGEST_KEPT {
                reader.skip(len, what)?;
                return Ok(Value::LongText(len));
            }
            let bytes = reader.bytes(len, what)?;
            Value::Text(String::from_utf8_lossy(&bytes).into_owned())
        }
        9 => array(reader, depth)?,
        10 => Value::Unsigned(reader.u64(what)?),
        11 => Value::Signed(reader.u64(what)?.cast_signed()),
        12 => Value::Float(f64::from_bits(reader.u64(what)?)),
        _ => return Err(reader.bad(format!("a value of unknown type {kind}: damaged, fetch it again"))),
    })
}

fn array(reader: &mut Reader, depth: u32) -> Result<Value> {
    if depth > 4 {
        return Err(reader.bad("arrays nested too deep: damaged, fetch it again"));
    }
    let kind = reader.u32("array type")?;
    let count = reader.u64("array length")?;
    let fixed = match kind {
        0 | 1 | 7 => 1,
        2 | 3 => 2,
        4..=6 => 4,
        10..=12 => 8,
        _ => 0,
    };
    if fixed > 0 {
        reader.skip(count.saturating_mul(fixed), "array")?;
    } else {
        // Each string or inner array takes at least 8 bytes, so the loop is bounded by the file.
        for _ in 0..count {
            value(reader, kind, depth + 1)?;
        }
    }
    Ok(Value::Array(count))
}

/// Elements and bytes of one block of a ggml tensor type, from ggml's `type_traits`.
pub(crate) fn block_size(kind: u32) -> Option<(u64, u64)> {
    Some(match kind {
        0 | 26 => (1, 4),      // f32, i32
        1 | 25 | 30 => (1, 2), // f16, i16, bf16
        2 => (32, 18),         // q4_0
        3 => (32, 20),         // q4_1
        6 => (32, 22),         // q5_0
        7 => (32, 24),         // q5_1
        8 => (32, 34),         // q8_0
        9 => (32, 36),         // q8_1
        10 => (256, 84),       // q2_K
        11 => (256, 110),      // q3_K
        12 => (256, 144),      // q4_K
        13 => (256, 176),      // q5_K
        14 => (256, 210),      // q6_K
        15 => (256, 292),      // q8_K
        20 => (32, 18),        // iq4_nl
        23 => (256, 136),      // iq4_xs
        24 => (1, 1),          // i8
        27 | 28 => (1, 8),     // i64, f64
        _ => return None,
    })
}
