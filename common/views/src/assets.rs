//! Files that pages ask for. They are part of the program; nothing is loaded from anywhere else.

/// A file served as it is, under `/static/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asset {
    /// Its name, such as `site.css`.
    pub name: &'static str,
    /// The value of its `Content-Type`.
    pub content_type: &'static str,
    /// What is in it.
    pub body: &'static str,
}

/// The style sheet of every page.
pub const SITE_CSS: Asset = Asset {
    name: "site.css",
    content_type: "text/css; charset=utf-8",
    body: include_str!("../static/site.css"),
};
/// The picture in the browser's tab.
pub const ICON: Asset =
    Asset { name: "icon.svg", content_type: "image/svg+xml", body: include_str!("../static/icon.svg") };

/// The style sheet of the board.
pub const BOARD_CSS: Asset = Asset {
    name: "board.css",
    content_type: "text/css; charset=utf-8",
    body: include_str!("../static/board.css"),
};
/// The script of the board.
pub const BOARD_JS: Asset = Asset {
    name: "board.js",
    content_type: "text/javascript; charset=utf-8",
    body: include_str!("../static/board.js"),
};

/// All files there are.
pub const ASSETS: [Asset; 4] = [SITE_CSS, ICON, BOARD_CSS, BOARD_JS];

/// The value of the `Content-Security-Policy` header that every page keeps to: nothing inline, nothing from elsewhere.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
    media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

impl Asset {
    /// Where pages ask for it. The part after `?` changes with its content, so it may be cached for ever.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/static/{}?v={}", self.name, self.version())
    }

    /// Sixteen hexadecimal digits that change with its content (FNV-1a, 64 bits; fit for an `ETag`).
    #[must_use]
    pub fn version(&self) -> String {
        let hash = self.body.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }
}

/// The file of a name.
#[must_use]
pub fn asset(name: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.name == name)
}
