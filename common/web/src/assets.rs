//! What pages load: built into the program, asked for with a mark of what it holds, so that browsers keep it for ever.

use iseetutor_views::assets::Asset;

/// What makes the board live.
pub(crate) const BOARD: Asset = Asset {
    name: "live.js",
    content_type: "text/javascript; charset=utf-8",
    body: include_str!("static/board.js"),
};

/// The file of a name.
pub(crate) fn find(name: &str) -> Option<&'static Asset> {
    const OWN: &[Asset] = &[BOARD];
    iseetutor_views::assets::asset(name).or_else(|| OWN.iter().find(|asset| asset.name == name))
}
