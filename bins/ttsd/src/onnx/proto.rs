//! The protobuf wire format: fields of a message, read without copying, and written back.
//!
//! Source: <https://protobuf.dev/programming-guides/encoding/>.

/// The bytes are not a protobuf message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a protobuf message (broken at byte {at} of a part of it)")]
pub struct Broken {
    /// Offset in the innermost message.
    pub at: usize,
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// An integer, a boolean, an enum.
    Varint(u64),
    /// Eight bytes.
    Fixed64([u8; 8]),
    /// A string, bytes, a message, packed numbers.
    Bytes(&'a [u8]),
    /// Four bytes; a float.
    Fixed32([u8; 4]),
}

/// A field of a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field<'a> {
    /// Its number in the message's definition.
    pub number: u64,
    /// Its value.
    pub value: Value<'a>,
    /// The whole field as it is in the file, tag included.
    pub raw: &'a [u8],
}

impl<'a> Field<'a> {
    /// The value as bytes; empty if it is none.
    pub fn bytes(&self) -> &'a [u8] {
        match self.value {
            Value::Bytes(bytes) => bytes,
            _ => &[],
        }
    }

    /// The value as text; empty if it is none.
    pub fn text(&self) -> &'a str {
        std::str::from_utf8(self.bytes()).unwrap_or_default()
    }
}

/// The fields of a message, in file order. Ends after the first error.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    message: &'a [u8],
    at: usize,
}

/// Reads a message.
pub fn fields(message: &[u8]) -> Fields<'_> {
    Fields { message, at: 0 }
}

impl<'a> Fields<'a> {
    fn varint(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.message.get(self.at)?;
            self.at += 1;
            value |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    fn take(&mut self, length: u64) -> Option<&'a [u8]> {
        let end = self.at.checked_add(usize::try_from(length).ok()?)?;
        let bytes = self.message.get(self.at..end)?;
        self.at = end;
        Some(bytes)
    }

    fn field(&mut self) -> Option<Field<'a>> {
        let start = self.at;
        let tag = self.varint()?;
        let value = match tag & 7 {
            0 => Value::Varint(self.varint()?),
            1 => Value::Fixed64(self.take(8)?.try_into().ok()?),
            2 => {
                let length = self.varint()?;
                Value::Bytes(self.take(length)?)
            }
            5 => Value::Fixed32(self.take(4)?.try_into().ok()?),
            _ => return None,
        };
        Some(Field { number: tag >> 3, value, raw: self.message.get(start..self.at)? })
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.message.len() {
            return None;
        }
        let start = self.at;
        if let Some(field) = self.field() {
            return Some(Ok(field));
        }
        self.at = self.message.len();
        Some(Err(Broken { at: start }))
    }
}

/// Packed or single integers of a repeated field.
pub fn ints<'a>(field: &Field<'a>, out: &mut Vec<i64>) {
    match field.value {
        Value::Varint(value) => out.push(value.cast_signed()),
        Value::Bytes(bytes) => {
            let mut packed = fields(bytes);
            while packed.at < bytes.len() {
                let Some(value) = packed.varint() else { break };
                out.push(value.cast_signed());
            }
        }
        _ => {}
    }
}

fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a field holding bytes, a string or a message.
pub fn put_bytes(out: &mut Vec<u8>, number: u64, bytes: &[u8]) {
    put_varint(out, number << 3 | 2);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends a field holding an integer.
pub fn put_int(out: &mut Vec<u8>, number: u64, value: u64) {
    put_varint(out, number << 3);
    put_varint(out, value);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let mut message = Vec::new();
        put_int(&mut message, 3, 300);
        put_bytes(&mut message, 1, b"name");
        let read: Vec<_> = fields(&message).map(Result::unwrap).collect();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].number, read[0].value), (3, Value::Varint(300)));
        assert_eq!((read[1].number, read[1].text()), (1, "name"));
        assert_eq!([read[0].raw, read[1].raw].concat(), message);
    }

    #[test]
    fn broken_messages_end_in_one_error() {
        let mut message = Vec::new();
        put_bytes(&mut message, 1, &[7; 100]);
        for cut in 1..message.len() {
            let read: Vec<_> = fields(&message[..cut]).collect();
            assert_eq!(read, [Err(Broken { at: 0 })], "cut at {cut}");
        }
        // Endless varints, unknown wire types, lengths beyond the end.
        for bytes in [&[0xff; 20][..], &[0x0b][..], &[0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f][..]] {
            assert!(fields(bytes).any(|f| f.is_err()));
        }
    }
}
