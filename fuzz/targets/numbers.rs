//! Numbers in words and digits: a value or none, and what a value is written as is that value.
#![no_main]

use iseetutor_numbers::text::{tokens, words};
use iseetutor_numbers::{Style, grouped, ordinal, parse, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let found = tokens(text);
    for and in [true, false] {
        if let Some(reading) = read(&found, Style { and }) {
            assert!(reading.used > 0 && reading.used <= found.len());
        }
    }
    if let Some((_, used)) = ordinal(&found) {
        assert!(used > 0 && used <= found.len());
    }
    let _ = words(text);
    if let Some(value) = parse(text) {
        assert!(value.denominator() > 0);
        // A decimal may have more digits than are read of a fraction; then nothing is read, and never another value.
        let (written, again) = (value.fraction(), parse(&value.fraction()));
        assert!(again == Some(value) || (again.is_none() && written.len() > 36), "{text:?} is {written}");
        let _ = (
            value.decimal(12),
            value.rounded_decimal(4),
            value.round(),
            value.root(2),
            grouped(value.floor()),
        );
        let _ = (
            value.checked_mul(value),
            value.checked_pow(7),
            value.checked_div(value),
            value.checked_sub(value),
        );
    }
});
