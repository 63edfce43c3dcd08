//! The right choice under another spelling: words that sound alike, and numbers in other languages.

use super::text::Text;
use crate::answer::wording::sound;

/// Numbers that sound like another word, which says them where a result is told.
const ALIKE: [(i128, &[&str]); 6] = [
    (1, &["won", "wun", "wan"]),
    (2, &["too", "to", "tu", "tew"]),
    (4, &["for", "fore", "fower"]),
    (6, &["sicks", "siks"]),
    (8, &["ate", "ait", "eyt"]),
    (9, &["nein", "nyne"]),
];

/// Whether a word that sounds like the right one stands in a text.
pub(super) fn heard(text: &Text<'_>, secrets: &[String]) -> bool {
    let asked: Vec<String> = crate::answer::hear::words(&text.item.stem);
    let own = |word: &str| text.item.choices.iter().any(|choice| choice.text.to_lowercase().contains(word));
    // In a phrase, "leaves" is not meant for "lives".
    let single = text.item.choices.iter().all(|choice| !choice.text.contains(' '));
    let sounds: Vec<(&String, String)> = secrets
        .iter()
        .filter(|secret| secret.len() > 3 && single)
        .map(|secret| (secret, sound(secret)))
        .collect();
    let alike = |said: &str| {
        let first = said.chars().next();
        let said_so = |(secret, own): &(&String, String)| said != secret.as_str() && sound(said) == *own;
        said.len() > 2
            && first.is_some()
            && !sounds.is_empty()
            && sounds.iter().any(said_so)
            && !own(said)
            && !asked.iter().any(|asked| asked == said)
    };
    text.raw.iter().any(|word| alike(&word.lower)) || number_alike(text)
}

/// "It is ate."
fn number_alike(text: &Text<'_>) -> bool {
    let Some(key) = text.key().and_then(iseetutor_numbers::Rational::as_whole) else { return false };
    let Some((_, words)) = ALIKE.iter().find(|(number, _)| *number == key) else { return false };
    (0..text.words.len()).any(|at| {
        let before = at.checked_sub(1).map_or("", |at| text.word(at));
        let ends = at + 1 == text.words.len() || text.heard[at].pause;
        let told =
            matches!(before, "" | "is" | "answer" | "equals" | "get" | "gets" | "makes" | "be" | "say");
        words.contains(&text.word(at)) && ends && told
    })
}

/// Whether the right number stands in a text in Spanish, French or German.
pub(super) fn foreign(text: &Text<'_>) -> bool {
    let Some(key) = text.key().and_then(iseetutor_numbers::Rational::as_whole) else { return false };
    let plain = |word: &str| -> String {
        let word: String = word
            .chars()
            .map(|c| match c {
                'á' | 'à' | 'â' | 'ä' => 'a',
                'é' | 'è' | 'ê' | 'ë' => 'e',
                'í' | 'ì' | 'î' | 'ï' => 'i',
                'ó' | 'ò' | 'ô' | 'ö' => 'o',
                'ú' | 'ù' | 'û' | 'ü' => 'u',
                c => c,
            })
            .collect();
        word.replace("fuenf", "funf").replace("zwoelf", "zwolf")
    };
    let said: Vec<String> = text.raw.iter().map(|word| plain(&word.lower)).collect();
    let said = format!(" {} ", said.join(" "));
    [spanish(key), french(key), german(key)]
        .into_iter()
        .filter(|word| !matches!(word.as_str(), "" | "six" | "once" | "elf" | "un" | "null"))
        .any(|word| said.contains(&format!(" {word} ")))
}

fn word<'t>(table: &[&'t str], at: i128) -> &'t str {
    usize::try_from(at).ok().and_then(|at| table.get(at)).copied().unwrap_or("")
}

fn spanish(n: i128) -> String {
    const SMALL: [&str; 21] = [
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "dieciseis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
        "veinte",
    ];
    const TENS: [&str; 10] =
        ["", "", "veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
    match (n, n % 10) {
        (0..=20, _) => word(&SMALL, n).to_owned(),
        (21..=29, one) => format!("veinti{}", word(&SMALL, one)),
        (30..=99, 0) => word(&TENS, n / 10).to_owned(),
        (30..=99, one) => format!("{} y {}", word(&TENS, n / 10), word(&SMALL, one)),
        (100, _) => "cien".to_owned(),
        _ => String::new(),
    }
}

fn french(n: i128) -> String {
    const SMALL: [&str; 20] = [
        "zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
    ];
    const TENS: [&str; 10] = [
        "",
        "",
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "soixante",
        "quatre vingt",
        "quatre vingt",
    ];
    let rest = if matches!(n / 10, 7 | 9) { n % 10 + 10 } else { n % 10 };
    match (n, rest) {
        // "zero" is English too.
        (0, _) => String::new(),
        (1..=19, _) => word(&SMALL, n).to_owned(),
        (80, _) => "quatre vingts".to_owned(),
        (20..=99, 0) => word(&TENS, n / 10).to_owned(),
        (20..=71, 1 | 11) => format!("{} et {}", word(&TENS, n / 10), word(&SMALL, rest)),
        (20..=99, rest) => format!("{} {}", word(&TENS, n / 10), word(&SMALL, rest)),
        (100, _) => "cent".to_owned(),
        _ => String::new(),
    }
}

fn german(n: i128) -> String {
    const SMALL: [&str; 20] = [
        "null", "eins", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "elf",
        "zwolf", "dreizehn", "vierzehn", "funfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
    ];
    const TENS: [&str; 10] =
        ["", "", "zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"];
    match (n, n % 10) {
        (0..=19, _) => word(&SMALL, n).to_owned(),
        (20..=99, 0) => word(&TENS, n / 10).to_owned(),
        (20..=99, 1) => format!("einund{}", word(&TENS, n / 10)),
        (20..=99, one) => format!("{}und{}", word(&SMALL, one), word(&TENS, n / 10)),
        (100, _) => "hundert".to_owned(),
        _ => String::new(),
    }
}
