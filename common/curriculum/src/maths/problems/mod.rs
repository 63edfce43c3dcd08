//! Problem Solving.

mod backward;
mod logic;
mod money;
mod numbers;
mod pairs;
mod patterns;
mod rates;
mod sharing;
mod work;

use crate::draft::Template;

/// Its templates, file by file.
pub const TEMPLATES: &[&[Template]] = &[
    backward::TEMPLATES,
    logic::TEMPLATES,
    money::TEMPLATES,
    numbers::TEMPLATES,
    pairs::TEMPLATES,
    patterns::TEMPLATES,
    rates::TEMPLATES,
    sharing::TEMPLATES,
    work::TEMPLATES,
];
