//! What is drawn on a page: its characters with their places, and its pictures.

use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::font::{Font, Fonts};
use super::{number, refused};
use crate::layout::Glyph;
use crate::{Error, Limits, Result};

/// A transformation: x' = a x + c y + e, y' = b x + d y + f.
pub type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// Most graphics states that are kept at a time.
const STATES: usize = 512;

/// First `first`, then `then`.
fn multiply(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [ta, tb, tc, td, te, tf] = then;
    [
        a * ta + b * tc,
        a * tb + b * td,
        c * ta + d * tc,
        c * tb + d * td,
        e * ta + f * tc + te,
        e * tb + f * td + tf,
    ]
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    char_spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// Reads one page.
pub struct Reader<'a, 'f> {
    file: &'a Document,
    fonts: &'f mut Fonts,
    limits: &'a Limits,
    base: Matrix,
    operations: usize,
    glyphs: Vec<Glyph>,
    pictures: Vec<Vec<u8>>,
    covered: f64,
}

impl<'a, 'f> Reader<'a, 'f> {
    /// A reader of a page whose space becomes one with y downwards by `base`.
    pub fn new(file: &'a Document, fonts: &'f mut Fonts, limits: &'a Limits, base: Matrix) -> Self {
        Self {
            file,
            fonts,
            limits,
            base,
            operations: 0,
            glyphs: Vec::new(),
            pictures: Vec::new(),
            covered: 0.0,
        }
    }

    /// Its characters, its JPEG pictures, and the area that pictures cover.
    pub fn finish(self) -> (Vec<Glyph>, Vec<Vec<u8>>, f64) {
        (self.glyphs, self.pictures, self.covered)
    }

    /// Reads a page.
    pub fn read_page(&mut self, id: ObjectId) -> Result<()> {
        let bytes = self
            .file
            .get_page_content_with_limit(id, self.limits.part_bytes)
            .map_err(|error| refused(&error, self.limits))?;
        let empty = Dictionary::new();
        let resources = super::inherited(self.file, id, b"Resources")
            .and_then(|object| object.as_dict().ok())
            .unwrap_or(&empty);
        self.run(&bytes, resources, self.base, 0)
    }

    fn run(&mut self, bytes: &[u8], resources: &Dictionary, ctm: Matrix, depth: usize) -> Result<()> {
        // A page whose drawing is damaged is as good as an empty one; the others are still read.
        let Ok(content) = Content::decode(bytes) else { return Ok(()) };
        self.operations += content.operations.len();
        if self.operations > self.limits.operations {
            let limit = format!("{} operations a page", self.limits.operations);
            return Err(Error::TooLarge { what: "what is drawn on a page".into(), limit });
        }
        let state = State {
            ctm,
            font: None,
            size: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        Run { state, saved: Vec::new(), line: IDENTITY, text: IDENTITY, marks: Vec::new(), resources, depth }
            .all(self, &content.operations)
    }
}

/// One stream of operations.
struct Run<'r> {
    state: State,
    saved: Vec<State>,
    line: Matrix,
    text: Matrix,
    /// Marked parts that are open, and whether each is a running header or footer.
    marks: Vec<bool>,
    resources: &'r Dictionary,
    depth: usize,
}

impl<'r> Run<'r> {
    fn all(&mut self, reader: &mut Reader<'_, '_>, operations: &[Operation]) -> Result<()> {
        for operation in operations {
            self.one(reader, operation)?;
        }
        Ok(())
    }

    fn one(&mut self, reader: &mut Reader<'_, '_>, operation: &Operation) -> Result<()> {
        let operands = &operation.operands;
        let at = |index: usize| operands.get(index).and_then(number);
        let first = at(0).unwrap_or(0.0);
        match operation.operator.as_str() {
            "q" if self.saved.len() < STATES => self.saved.push(self.state.clone()),
            "Q" => {
                if let Some(state) = self.saved.pop() {
                    self.state = state;
                }
            }
            "cm" => {
                if let Some(matrix) = matrix(operands) {
                    self.state.ctm = multiply(matrix, self.state.ctm);
                }
            }
            "BT" => (self.line, self.text) = (IDENTITY, IDENTITY),
            "Tm" => {
                if let Some(matrix) = matrix(operands) {
                    (self.line, self.text) = (matrix, matrix);
                }
            }
            "Td" => self.next_line(first, at(1).unwrap_or(0.0)),
            "TD" => {
                self.state.leading = -at(1).unwrap_or(0.0);
                self.next_line(first, at(1).unwrap_or(0.0));
            }
            "T*" => self.next_line(0.0, -self.state.leading),
            "Tc" => self.state.char_spacing = first,
            "Tw" => self.state.word_spacing = first,
            "Tz" => self.state.stretch = first / 100.0,
            "TL" => self.state.leading = first,
            "Ts" => self.state.rise = first,
            "Tf" => {
                self.state.size = at(1).unwrap_or(0.0);
                self.state.font = operands
                    .first()
                    .and_then(|name| self.resource(reader.file, b"Font", name))
                    .and_then(|font| font.as_dict().ok())
                    .map(|font| reader.fonts.get(reader.file, font, reader.limits.part_bytes));
            }
            "Tj" => self.show(reader, operands.first()),
            "'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(reader, operands.first());
            }
            "\"" => {
                self.state.word_spacing = first;
                self.state.char_spacing = at(1).unwrap_or(0.0);
                self.next_line(0.0, -self.state.leading);
                self.show(reader, operands.get(2));
            }
            "TJ" => {
                for part in operands.first().and_then(|array| array.as_array().ok()).into_iter().flatten() {
                    match number(part) {
                        Some(back) => self.forward(-back / 1000.0 * self.state.size * self.state.stretch),
                        None => self.show(reader, Some(part)),
                    }
                }
            }
            "BMC" | "BDC" if self.marks.len() < STATES => {
                self.marks.push(self.is_pagination(reader, operands));
            }
            "EMC" => {
                self.marks.pop();
            }
            "Do" => {
                let object = operands.first().and_then(|name| self.resource(reader.file, b"XObject", name));
                if let Some(stream) = object.and_then(|object| object.as_stream().ok()) {
                    self.draw(reader, stream)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn resource<'x>(&self, file: &'x Document, kind: &[u8], name: &Object) -> Option<&'x Object>
    where
        'r: 'x,
    {
        let kinds = self.resources.get_deref(kind, file).ok()?.as_dict().ok()?;
        kinds.get_deref(name.as_name().ok()?, file).ok()
    }

    /// Whether a marked part is what the file itself calls a running header, footer or page number.
    fn is_pagination(&self, reader: &Reader<'_, '_>, operands: &[Object]) -> bool {
        let properties = match operands.get(1) {
            Some(Object::Dictionary(properties)) => Some(properties),
            Some(name @ Object::Name(_)) => {
                self.resource(reader.file, b"Properties", name).and_then(|object| object.as_dict().ok())
            }
            _ => None,
        };
        let is = |key: &[u8], value: &[u8]| {
            properties
                .is_some_and(|dict| dict.get(key).and_then(Object::as_name).is_ok_and(|name| name == value))
        };
        operands.first().and_then(|tag| tag.as_name().ok()) == Some(b"Artifact")
            && (is(b"Type", b"Pagination") || is(b"Subtype", b"Header") || is(b"Subtype", b"Footer"))
    }

    fn show(&mut self, reader: &mut Reader<'_, '_>, text: Option<&Object>) {
        let Some(Object::String(bytes, _)) = text else { return };
        let Some(font) = self.state.font.clone() else { return };
        let hidden = self.marks.contains(&true);
        for code in font.codes(bytes) {
            let State { size, stretch, rise, ctm, .. } = self.state;
            let whole = multiply(multiply([size * stretch, 0.0, 0.0, size, 0.0, rise], self.text), ctm);
            let [a, b, c, d, x, y] = whole;
            // Only what stands upright is read: a watermark or the mark on a margin is not part of the text.
            let upright = a > 0.0 && b.abs() <= 0.1 * a && d < 0.0 && c.abs() <= 0.5 * d.abs();
            if code.letters.is_empty() {
                reader.fonts.unreadable += 1;
            } else if upright && !hidden && x.is_finite() && y.is_finite() {
                let end = x + code.width * a;
                let glyph =
                    Glyph { text: code.letters.into(), x0: x, x1: end, y, size: d.abs(), bold: font.bold };
                reader.glyphs.push(glyph);
            }
            let spacing = self.state.char_spacing + if code.space { self.state.word_spacing } else { 0.0 };
            self.forward((code.width * size + spacing) * stretch);
        }
    }

    fn draw(&mut self, reader: &mut Reader<'_, '_>, stream: &Stream) -> Result<()> {
        let file = reader.file;
        let kind = stream.dict.get_deref(b"Subtype", file).and_then(Object::as_name).unwrap_or_default();
        if kind == b"Image" {
            let [a, b, c, d, ..] = self.state.ctm;
            reader.covered += (a * d - b * c).abs();
            if let Some(picture) = jpeg(file, stream) {
                reader.pictures.push(picture);
            }
            return Ok(());
        }
        if kind != b"Form" {
            return Ok(());
        }
        if self.depth >= reader.limits.nesting {
            let limit = format!("{} levels", reader.limits.nesting);
            return Err(Error::TooLarge { what: "the nesting of its drawings".into(), limit });
        }
        let bytes = if stream.dict.has(b"Filter") {
            stream.decompressed_content_with_limit(reader.limits.part_bytes)
        } else {
            Ok(stream.content.clone())
        }
        .map_err(|error| refused(&error, reader.limits))?;
        let own = stream.dict.get_deref(b"Matrix", file).and_then(Object::as_array).ok();
        let ctm = multiply(own.and_then(|array| matrix(array)).unwrap_or(IDENTITY), self.state.ctm);
        let resources = stream.dict.get_deref(b"Resources", file).and_then(Object::as_dict);
        reader.run(&bytes, resources.unwrap_or(self.resources), ctm, self.depth + 1)
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = multiply([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn forward(&mut self, x: f64) {
        self.text = multiply([1.0, 0.0, 0.0, 1.0, x, 0.0], self.text);
    }
}

fn matrix(operands: &[Object]) -> Option<Matrix> {
    let numbers: Vec<f64> = operands.iter().filter_map(number).collect();
    <[f64; 6]>::try_from(numbers).ok()
}

/// The bytes of a picture that is a JPEG file as it stands, large enough to be one for people.
fn jpeg(file: &Document, stream: &Stream) -> Option<Vec<u8>> {
    let filter = stream.dict.get_deref(b"Filter", file).ok()?;
    let only = match filter {
        Object::Array(filters) => match filters.as_slice() {
            [one] => file.dereference(one).ok()?.1,
            _ => return None,
        },
        one => one,
    };
    let side = |key: &[u8]| stream.dict.get_deref(key, file).ok().and_then(number).unwrap_or(0.0);
    let fit = only.as_name().ok()? == b"DCTDecode" && side(b"Width") >= 64.0 && side(b"Height") >= 64.0;
    (fit && stream.content.starts_with(&[0xFF, 0xD8])).then(|| stream.content.clone())
}
