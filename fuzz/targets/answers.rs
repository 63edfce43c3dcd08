//! What a child says to a question: the first two bytes choose the question, the rest is said.
#![no_main]

use std::sync::OnceLock;

use iseetutor_curriculum::answer::{Verdict, understand};
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::maths::templates;
use libfuzzer_sys::fuzz_target;

/// One question of each template for each of its levels.
fn items() -> &'static [Item] {
    static ITEMS: OnceLock<Vec<Item>> = OnceLock::new();
    ITEMS.get_or_init(|| {
        templates()
            .flat_map(|template| {
                template.levels.iter().filter_map(|&level| template.item(level, template.sections[0], 1))
            })
            .collect()
    })
}

fuzz_target!(|data: &[u8]| {
    let Some((at, said)) = data.split_first_chunk::<2>() else { return };
    let Ok(said) = std::str::from_utf8(said) else { return };
    let item = &items()[usize::from(u16::from_le_bytes(*at)) % items().len()];
    let understood = understand(item, said);
    assert!((0.0..=1.0).contains(&understood.confidence), "{understood:?}");
    // Nothing said is nothing graded.
    if said.trim().is_empty() {
        assert!(!matches!(understood.verdict, Verdict::Right | Verdict::Wrong), "{understood:?}");
    }
});
