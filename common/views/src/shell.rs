//! What is around every page: head, navigation, footer.

use std::fmt;

use askama::Template;

use crate::assets::{Asset, ICON, SITE_CSS};

/// Markup in which everything that came from a person is escaped already. Only templates of this crate make it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// Fills in a template. Writing to memory fails only where a template's own value does, and none of ours do; such
    /// a page would be empty.
    pub(crate) fn of(template: &impl Template) -> Self {
        Self(template.render().unwrap_or_default())
    }

    /// Markup that code put together from escaped parts.
    #[must_use]
    pub fn trusted(markup: String) -> Self {
        Self(markup)
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The markup, to be sent.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A child in the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildLink {
    /// Its id in the record; it becomes part of addresses and may hold any character.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl ChildLink {
    /// The address of its page.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/child/{}", crate::text::segment(&self.id))
    }
}

/// A parent who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parent {
    /// The token that every form carries, in its field `csrf`.
    pub csrf: String,
    /// The children of the device.
    pub children: Vec<ChildLink>,
}

/// How a notice is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It was done.
    Good,
    /// Mind this.
    Care,
    /// It failed.
    Bad,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Care => "care",
            Self::Bad => "bad",
        }
    }

    fn urgent(self) -> bool {
        self == Self::Bad
    }
}

/// A sentence above the page, about what was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How it is meant.
    pub tone: Tone,
    /// What it says.
    pub text: String,
}

/// Who looks at the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer<'a> {
    /// Nobody who is known: no navigation.
    Anyone,
    /// A parent.
    Parent(&'a Parent),
    /// The child's board: nothing but the page itself.
    Board,
}

/// What the shell needs to know of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageHead<'a> {
    /// The page's title, without the product's name.
    pub title: &'a str,
    /// Its address, which marks the place in the navigation.
    pub here: &'a str,
    /// Who looks at it.
    pub viewer: Viewer<'a>,
    /// A sentence above it.
    pub notice: Option<&'a Notice>,
    /// Seconds after which a browser without scripts asks again.
    pub refresh_s: Option<u32>,
    /// Style sheets besides [`SITE_CSS`].
    pub sheets: &'a [Asset],
    /// Its scripts.
    pub scripts: &'a [Asset],
}

impl<'a> PageHead<'a> {
    /// A page for anybody.
    #[must_use]
    pub fn anyone(title: &'a str) -> Self {
        Self {
            title,
            here: "",
            viewer: Viewer::Anyone,
            notice: None,
            refresh_s: None,
            sheets: &[],
            scripts: &[],
        }
    }

    /// A page for a parent.
    #[must_use]
    pub fn parent(title: &'a str, here: &'a str, parent: &'a Parent) -> Self {
        Self { here, viewer: Viewer::Parent(parent), ..Self::anyone(title) }
    }

    /// The same, with a sentence above it.
    #[must_use]
    pub fn with(self, notice: Option<&'a Notice>) -> Self {
        Self { notice, ..self }
    }

    fn parent_of(&self) -> Option<&'a Parent> {
        match self.viewer {
            Viewer::Parent(parent) => Some(parent),
            Viewer::Anyone | Viewer::Board => None,
        }
    }
}

#[derive(Template)]
#[template(path = "shell.html")]
struct Shell<'a> {
    head: Head<'a>,
    places: [(&'static str, &'static str); 2],
    icon: String,
    sheets: Vec<String>,
    scripts: Vec<String>,
    body: &'a Html,
}

struct Head<'a> {
    title: &'a str,
    here: &'a str,
    notice: Option<&'a Notice>,
    refresh_s: Option<u32>,
    from: &'a PageHead<'a>,
}

impl<'a> Head<'a> {
    fn parent(&self) -> Option<&'a Parent> {
        self.from.parent_of()
    }

    fn board(&self) -> bool {
        self.from.viewer == Viewer::Board
    }

    fn inside(&self, child: &ChildLink) -> bool {
        let path = child.path();
        self.here.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// A whole page.
#[must_use]
pub fn shell(head: &PageHead<'_>, body: &Html) -> String {
    let paths = |assets: &[Asset]| assets.iter().map(Asset::path).collect::<Vec<_>>();
    let sheets = [paths(&[SITE_CSS]), paths(head.sheets)].concat();
    let shown = Head {
        title: head.title,
        here: head.here,
        notice: head.notice,
        refresh_s: head.refresh_s,
        from: head,
    };
    let places = [("/children", "Children"), ("/device", "Device")];
    Html::of(&Shell { head: shown, places, icon: ICON.path(), sheets, scripts: paths(head.scripts), body })
        .into_string()
}

/// Templates take it as it is.
impl askama::filters::HtmlSafe for Html {}
