//! EPUB 2 and 3: a zip archive of XHTML pages, in the order of the package's spine.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use roxmltree::Node;
use zip::ZipArchive;

use crate::block::{Document, Image};
use crate::{Error, Limits, Result, characters_error, html};

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Most bytes of all pictures of a book.
const PICTURES: usize = 256 << 20;

/// Reads an EPUB. Its parts count as pages, because an EPUB has none.
pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Document> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Error::broken("EPUB", error))?;
    if !archive.file_names().any(|name| name.is_ok_and(|name| name == "META-INF/container.xml")) {
        return Err(Error::Unknown("a zip archive that is no EPUB".into()));
    }
    let container = text(&mut archive, "META-INF/container.xml", limits)?;
    if archive.file_names().any(|name| name.is_ok_and(|name| name == "META-INF/rights.xml")) {
        return Err(Error::Encrypted);
    }
    let package_path = with_xml(&container, |root| {
        let rootfile = root.descendants().find(|node| node.tag_name().name() == "rootfile");
        rootfile.and_then(|node| node.attribute("full-path")).map(str::to_owned)
    })?
    .ok_or_else(|| Error::broken("EPUB", "container.xml names no package"))?;
    let package = text(&mut archive, &package_path, limits)?;
    let (title, parts) = with_xml(&package, spine)?;
    if parts.len() > limits.pages {
        let what = format!("its {} parts", parts.len());
        return Err(Error::TooLarge { what, limit: format!("{} parts", limits.pages) });
    }
    let mut document = Document { title, ..Document::default() };
    let (mut characters, mut picture_bytes) = (0, 0);
    for (index, part) in parts.iter().enumerate() {
        let page = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let path = resolve(&package_path, part);
        let (blocks, pictures) = html::blocks(&text(&mut archive, &path, limits)?, page)?;
        characters += blocks.iter().map(|block| block.text.len()).sum::<usize>();
        if characters > limits.characters {
            return Err(characters_error(limits));
        }
        document.blocks.extend(blocks.into_iter().map(|mut block| {
            // A part is no page, so nobody is told a number that is nowhere printed.
            (block.page, block.last_page) = (0, 0);
            block
        }));
        for (source, caption) in pictures {
            let Some(extension) = extension(&source) else { continue };
            // A picture that is missing or too large is left out; the text counts.
            let Ok(bytes) = entry(&mut archive, &resolve(&path, &source), limits) else { continue };
            picture_bytes += bytes.len();
            if picture_bytes <= PICTURES {
                document.images.push(Image { page: 0, extension, caption, bytes });
            }
        }
    }
    Ok(document)
}

fn spine(root: Node<'_, '_>) -> (String, Vec<String>) {
    let named = |name: &'static str| move |node: &Node<'_, '_>| node.tag_name().name() == name;
    let title = root.descendants().find(named("title")).and_then(|node| node.text()).unwrap_or_default();
    let manifest: HashMap<&str, &str> = root
        .descendants()
        .filter(named("item"))
        .filter_map(|item| Some((item.attribute("id")?, item.attribute("href")?)))
        .collect();
    let parts = root
        .descendants()
        .filter(named("itemref"))
        .filter(|item| item.attribute("linear") != Some("no"))
        .filter_map(|item| manifest.get(item.attribute("idref")?).map(|href| (*href).to_owned()))
        .collect();
    (crate::block::clean(title), parts)
}

fn with_xml<T>(text: &str, look: impl FnOnce(Node<'_, '_>) -> T) -> Result<T> {
    let options = roxmltree::ParsingOptions { nodes_limit: 100_000, ..roxmltree::ParsingOptions::default() };
    let parsed = roxmltree::Document::parse_with_options(text, options);
    parsed.map(|document| look(document.root_element())).map_err(|error| Error::broken("EPUB", error))
}

fn text(archive: &mut Archive<'_>, path: &str, limits: &Limits) -> Result<String> {
    let bytes = entry(archive, path, limits)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes).to_vec();
    String::from_utf8(bytes).map_err(|_| Error::broken("EPUB", format!("{path} is not UTF-8")))
}

fn entry(archive: &mut Archive<'_>, path: &str, limits: &Limits) -> Result<Vec<u8>> {
    let file = archive.by_name(path).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(text) if text.contains("assword") => Error::Encrypted,
        error => Error::broken("EPUB", format!("{path}: {error}")),
    })?;
    let mut bytes = Vec::new();
    let room = limits.part_bytes as u64;
    file.take(room + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::broken("EPUB", format!("{path}: {error}")))?;
    if bytes.len() > limits.part_bytes {
        let what = format!("{path}, unpacked,");
        return Err(Error::TooLarge { what, limit: format!("{} MiB", limits.part_bytes >> 20) });
    }
    Ok(bytes)
}

fn extension(path: &str) -> Option<String> {
    let end = path.rsplit('.').next()?.to_lowercase();
    match end.as_str() {
        "jpg" | "jpeg" => Some("jpg".into()),
        "png" | "gif" | "svg" => Some(end),
        _ => None,
    }
}

/// A path within the archive, relative to the file `base`. `..` cannot leave the archive.
fn resolve(base: &str, relative: &str) -> String {
    let relative = relative.split(['#', '?']).next().unwrap_or_default();
    let mut parts: Vec<String> = base.split('/').map(str::to_owned).collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(unescape(part)),
        }
    }
    parts.join("/")
}

fn unescape(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let code = (first == b'%')
            .then(|| {
                tail.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok())
            })
            .flatten();
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
