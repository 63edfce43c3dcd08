//! Fonts: which letters a code stands for, and how wide it is.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Encoding, Object};

use super::number;

/// Widths of Helvetica for the codes 32 to 126, in thousandths of the size, for files that leave them out.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// Fonts of a file, each read once.
#[derive(Default)]
pub struct Fonts {
    known: HashMap<usize, Rc<Font>>,
    /// Characters that stand for nothing readable.
    pub unreadable: usize,
}

impl Fonts {
    /// The font of a dictionary in `file`.
    pub fn get(&mut self, file: &Document, font: &Dictionary, part_bytes: usize) -> Rc<Font> {
        // The dictionaries live as long as the file, so that their address tells them apart.
        let address = std::ptr::from_ref(font) as usize;
        Rc::clone(self.known.entry(address).or_insert_with(|| Rc::new(Font::new(file, font, part_bytes))))
    }
}

/// A font.
pub struct Font {
    two_bytes: bool,
    letters: HashMap<u32, String>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    /// Whether it is a bold one, by its name.
    pub bold: bool,
}

/// One code of a string.
pub struct Code<'a> {
    /// The letters; empty when the file does not tell.
    pub letters: &'a str,
    /// Its width as a part of the size.
    pub width: f64,
    /// Whether it is the one-byte code 32, to which word spacing applies.
    pub space: bool,
}

impl Font {
    fn new(file: &Document, font: &Dictionary, part_bytes: usize) -> Self {
        let two_bytes =
            font.get_deref(b"Subtype", file).and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let name = font.get_deref(b"BaseFont", file).and_then(Object::as_name).unwrap_or_default();
        let name = String::from_utf8_lossy(name).to_lowercase();
        let mut widths = HashMap::new();
        let mut default_width = 0.5;
        if two_bytes {
            default_width = descendant_widths(file, font, &mut widths).unwrap_or(1.0);
        } else if simple_widths(file, font, &mut widths).is_none() {
            let narrow = if name.contains("times") { 0.9 } else { 1.0 };
            for (code, width) in (32u32..).zip(HELVETICA) {
                let width = if name.contains("courier") { 0.6 } else { f64::from(width) / 1000.0 * narrow };
                widths.insert(code, width);
            }
        }
        Self {
            two_bytes,
            letters: letters(file, font, two_bytes, part_bytes),
            widths,
            default_width,
            bold: ["bold", "black", "heavy", "semibold"].iter().any(|word| name.contains(word)),
        }
    }

    /// The codes of a string that is shown.
    pub fn codes<'a>(&'a self, bytes: &'a [u8]) -> impl Iterator<Item = Code<'a>> {
        bytes.chunks(if self.two_bytes { 2 } else { 1 }).map(|code| {
            let value = code.iter().fold(0u32, |value, &byte| value << 8 | u32::from(byte));
            Code {
                letters: self.letters.get(&value).map_or("", String::as_str),
                width: self.widths.get(&value).copied().unwrap_or(self.default_width),
                space: !self.two_bytes && value == 32,
            }
        })
    }
}

fn letters(file: &Document, font: &Dictionary, two_bytes: bool, part_bytes: usize) -> HashMap<u32, String> {
    let mut letters = HashMap::new();
    let mut add = |encoding: &Encoding<'_>| {
        let codes: u32 = if two_bytes { 0x1_0000 } else { 0x100 };
        for code in 0..codes {
            let bytes = code.to_be_bytes();
            let bytes = if two_bytes { bytes.get(2..) } else { bytes.get(3..) }.unwrap_or_default();
            if letters.contains_key(&code) {
                continue;
            }
            // A replacement character says that the code is unknown.
            if let Ok(text) = encoding.bytes_to_string(bytes)
                && !text.is_empty()
                && !text.contains(['\u{FFFD}', '\0'])
            {
                letters.insert(code, text);
            }
        }
    };
    // What the font says of its letters for readers goes before how they are drawn.
    if let Ok(map) = font.get_deref(b"ToUnicode", file) {
        let mut only = Dictionary::new();
        only.set("Type", Object::Name(b"Font".to_vec()));
        only.set("ToUnicode", map.clone());
        if let Ok(encoding @ Encoding::UnicodeMapEncoding(_)) =
            only.get_font_encoding_with_limit(file, part_bytes)
        {
            add(&encoding);
        }
    }
    if !two_bytes && let Ok(encoding) = font.get_font_encoding_with_limit(file, part_bytes) {
        add(&encoding);
    }
    letters
}

fn simple_widths(file: &Document, font: &Dictionary, widths: &mut HashMap<u32, f64>) -> Option<()> {
    // A Type 3 font has a unit of its own.
    let unit = font
        .get_deref(b"FontMatrix", file)
        .and_then(Object::as_array)
        .ok()
        .and_then(|matrix| number(matrix.first()?))
        .unwrap_or(0.001)
        .abs();
    let first = number(font.get_deref(b"FirstChar", file).ok()?)?;
    let array = font.get_deref(b"Widths", file).and_then(Object::as_array).ok()?;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let first = first.clamp(0.0, 255.0) as u32;
    for (code, width) in (first..256).zip(array) {
        let width = file.dereference(width).ok().and_then(|(_, object)| number(object)).unwrap_or(0.0);
        widths.insert(code, (width * unit).clamp(0.0, 10.0));
    }
    Some(())
}

/// Widths of a composite font: `c [w w ...]` and `from to w`. Codes are taken for character identifiers, as in
/// Identity-H, which nearly every file uses.
fn descendant_widths(file: &Document, font: &Dictionary, widths: &mut HashMap<u32, f64>) -> Option<f64> {
    let array = font.get_deref(b"DescendantFonts", file).and_then(Object::as_array).ok()?;
    let descendant = file.dereference(array.first()?).ok()?.1.as_dict().ok()?;
    let default = descendant.get_deref(b"DW", file).ok().and_then(number).unwrap_or(1000.0) / 1000.0;
    let Ok(list) = descendant.get_deref(b"W", file).and_then(Object::as_array) else { return Some(default) };
    let resolve = |object| file.dereference(object).ok().map(|(_, object)| object);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let code = |object: &Object| number(object).map(|value| value.clamp(0.0, 65535.0) as u32);
    let mut rest = list.as_slice();
    while let [from, second, tail @ ..] = rest {
        let Some(from) = resolve(from).and_then(code) else { break };
        match resolve(second)? {
            Object::Array(each) => {
                for (code, width) in (from..0x1_0000).zip(each) {
                    widths.insert(code, resolve(width).and_then(number).unwrap_or(1000.0) / 1000.0);
                }
                rest = tail;
            }
            to => {
                let [width, tail @ ..] = tail else { break };
                let width = resolve(width).and_then(number).unwrap_or(1000.0) / 1000.0;
                for code in from..=code(to).unwrap_or(from) {
                    widths.insert(code, width);
                }
                rest = tail;
            }
        }
    }
    Some(default)
}
