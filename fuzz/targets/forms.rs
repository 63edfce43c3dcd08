//! Forms and queries of the parents' page, as any device in the house may send them.
#![no_main]

use libfuzzer_sys::fuzz_target;

// The parser alone, without the server around it.
#[path = "../../common/web/src/http/fields.rs"]
#[allow(dead_code)]
mod fields;

fuzz_target!(|data: &[u8]| {
    if let Some(fields) = fields::Fields::parse(data) {
        let _ = (fields.get("name"), fields.get(""));
    }
});
