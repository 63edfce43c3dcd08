//! PDF. The file's structure is read by `lopdf`; where each character stands is found here ([`content`],
//! [`font`]), and the order in which they are read by [`crate::layout`].

mod content;
mod font;

use std::time::Instant;

use lopdf::{Dictionary, LoadOptions, Object, ObjectId};

use crate::block::Document;
use crate::layout::{self, PageText};
use crate::{Error, Image, Limits, Result, characters_error};

/// A page with fewer characters than this, and mostly covered by a picture, is a scanned one.
const FEW_CHARACTERS: usize = 25;

/// Reads a PDF.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Document> {
    let started = Instant::now();
    let file = load(bytes, limits)?;
    let pages = file.get_pages();
    if pages.is_empty() {
        return Err(Error::broken("PDF", "it has no pages"));
    }
    if pages.len() > limits.pages {
        let what = format!("its {} pages", pages.len());
        return Err(Error::TooLarge { what, limit: format!("{} pages", limits.pages) });
    }
    let (mut texts, mut images, mut scanned, mut characters) = (Vec::new(), Vec::new(), Vec::new(), 0);
    let mut fonts = font::Fonts::default();
    for (&number, &id) in &pages {
        if started.elapsed().as_secs() >= limits.seconds {
            let what = format!("the time for reading it (page {number} of {})", pages.len());
            return Err(Error::TooLarge { what, limit: format!("{} s", limits.seconds) });
        }
        let (width, height, base) = page_box(&file, id);
        let mut page = content::Reader::new(&file, &mut fonts, limits, base);
        page.read_page(id)?;
        let (glyphs, pictures, covered) = page.finish();
        let letters = glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
        characters += letters;
        if characters > limits.characters {
            return Err(characters_error(limits));
        }
        if letters < FEW_CHARACTERS && covered > 0.5 * width * height {
            scanned.push(number);
        }
        images.extend(pictures.into_iter().map(|picture| (number, picture)));
        texts.push(PageText { number, height, segments: layout::segments(glyphs) });
    }
    if scanned.len() * 2 > pages.len() {
        return Err(Error::Scanned { scanned: scanned.len(), pages: pages.len() });
    }
    let mut document = layout::document(texts);
    document.pages = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    document.title = title(&file).unwrap_or_default();
    for (page, picture) in images {
        let caption = layout::caption(&document.blocks, page);
        document.images.push(Image { page, extension: "jpg".into(), caption, bytes: picture });
    }
    if !scanned.is_empty() {
        let list: Vec<String> = scanned.iter().take(10).map(u32::to_string).collect();
        let more = if scanned.len() > 10 { " and more" } else { "" };
        let warning = format!(
            "{} of {} pages are scanned pictures without text (page {}{more}); nothing of them can be found",
            scanned.len(),
            pages.len(),
            list.join(", ")
        );
        document.warnings.push(warning);
    }
    if fonts.unreadable > 0 {
        document.warnings.push(format!(
            "{} characters have no letters assigned in the file and are left out",
            fonts.unreadable
        ));
    }
    Ok(document)
}

fn load(bytes: &[u8], limits: &Limits) -> Result<lopdf::Document> {
    let options = LoadOptions::with_max_decompressed_size(limits.part_bytes);
    let file =
        lopdf::Document::load_mem_with_options(bytes, options).map_err(|error| refused(&error, limits))?;
    if file.is_encrypted() && !file.was_encrypted() {
        return Err(Error::Encrypted);
    }
    Ok(file)
}

fn refused(error: &lopdf::Error, limits: &Limits) -> Error {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => Error::Encrypted,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => Error::TooLarge {
            what: "a part of it, unpacked,".into(),
            limit: format!("{} MiB", limits.part_bytes >> 20),
        },
        error => Error::broken("PDF", error),
    }
}

fn title(file: &lopdf::Document) -> Option<String> {
    let info = file.trailer.get_deref(b"Info", file).ok()?.as_dict().ok()?;
    let text = lopdf::decode_text_string(info.get_deref(b"Title", file).ok()?).ok()?;
    let text = crate::block::clean(&text);
    // Word processors put the name of a file or of themselves there.
    let real = !text.contains(".doc")
        && !text.starts_with("Microsoft Word")
        && !text.eq_ignore_ascii_case("untitled");
    (real && !text.is_empty()).then_some(text)
}

/// A number of an array or an operand.
pub(crate) fn number(object: &Object) -> Option<f64> {
    match object {
        #[allow(clippy::cast_precision_loss)]
        Object::Integer(value) => Some(*value as f64),
        Object::Real(value) => Some(f64::from(*value)),
        _ => None,
    }
    .filter(|value| value.is_finite())
}

/// Width and height as seen, and the matrix from the page's space to one whose y grows downwards.
fn page_box(file: &lopdf::Document, id: ObjectId) -> (f64, f64, content::Matrix) {
    let array = |key: &[u8]| -> Option<[f64; 4]> {
        let array = inherited(file, id, key)?.as_array().ok()?;
        let numbers: Vec<f64> = array.iter().filter_map(|o| number(file.dereference(o).ok()?.1)).collect();
        <[f64; 4]>::try_from(numbers).ok()
    };
    let [x0, y0, x1, y1] =
        array(b"CropBox").or_else(|| array(b"MediaBox")).unwrap_or([0.0, 0.0, 612.0, 792.0]);
    let (left, right, bottom, top) = (x0.min(x1), x0.max(x1), y0.min(y1), y0.max(y1));
    let (width, height) = ((right - left).max(1.0), (top - bottom).max(1.0));
    let turn = inherited(file, id, b"Rotate").and_then(number).unwrap_or(0.0).rem_euclid(360.0);
    match turn.round() {
        90.0 => (height, width, [0.0, 1.0, 1.0, 0.0, -bottom, -left]),
        180.0 => (width, height, [-1.0, 0.0, 0.0, 1.0, right, -bottom]),
        270.0 => (height, width, [0.0, -1.0, -1.0, 0.0, top, right]),
        _ => (width, height, [1.0, 0.0, 0.0, -1.0, -left, top]),
    }
}

/// A key of a page or of what it hangs on; a loop of parents ends.
fn inherited<'a>(file: &'a lopdf::Document, id: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node: &Dictionary = file.get_dictionary(id).ok()?;
    for _ in 0..32 {
        if let Ok(value) = node.get_deref(key, file) {
            return Some(value);
        }
        node = node.get_deref(b"Parent", file).ok()?.as_dict().ok()?;
    }
    None
}
