//! What pages load: built into the program, named by what it holds, so that browsers keep it for ever.

use std::sync::LazyLock;

use crate::random;

/// A file that pages load.
#[derive(Debug)]
pub(crate) struct Asset {
    /// Its name with the beginning of its SHA-256 in it.
    pub(crate) name: String,
    /// Its media type.
    pub(crate) kind: &'static str,
    /// What it holds.
    pub(crate) bytes: &'static [u8],
    /// By which a browser asks whether it changed.
    pub(crate) etag: String,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, text: &'static str) -> Self {
        let digest = random::digest(text);
        let mark = digest.get(..16).unwrap_or_default();
        let name = format!("{stem}.{mark}.{ending}");
        Self { name, kind, bytes: text.as_bytes(), etag: format!("\"{mark}\"") }
    }

    /// Where it is.
    pub(crate) fn href(&self) -> String {
        format!("/static/{}", self.name)
    }
}

/// The style of all pages.
pub(crate) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("style", "css", "text/css; charset=utf-8", include_str!("static/style.css")));
/// What makes the board live.
pub(crate) static BOARD: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("board", "js", "text/javascript; charset=utf-8", include_str!("static/board.js"))
});

/// The file of a name.
pub(crate) fn find(name: &str) -> Option<&'static Asset> {
    [&*STYLE, &*BOARD].into_iter().find(|asset| asset.name == name)
}
