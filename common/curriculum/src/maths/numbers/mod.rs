//! Numbers and Operations.

mod fractions;

use crate::draft::Template;

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[fractions::TEMPLATES];
