//! The lexicon made from the real WordNet, and what it says of words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::path::Path;
use std::time::Instant;

use iseetutor_lexicon::compile::FOLDER;
use iseetutor_lexicon::{Error, Lexicon, PartOfSpeech, compile, safety};

/// The lexicon, or the reason why the test is left out.
fn lexicon() -> Option<(tempfile::TempDir, Lexicon)> {
    if !Path::new(FOLDER).join("data.noun").is_file() {
        println!("SKIP: WordNet 3.0 is not in {FOLDER}; install it with: apt-get install wordnet-base");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sub/lexicon.db");
    let began = Instant::now();
    let made = compile(Path::new(FOLDER), &file).unwrap();
    println!("{made:?} in {:.1} s", began.elapsed().as_secs_f64());
    assert!(made.words > 130_000 && made.senses > 100_000 && made.hidden > 500, "{made:?}");
    assert!(made.bytes < 48 << 20, "{made:?}");
    let lexicon = Lexicon::open(&file).unwrap();
    Some((folder, lexicon))
}

/// One test, so that the lexicon is made once.
#[test]
fn the_lexicon_of_the_real_wordnet() {
    let Some((folder, lexicon)) = lexicon() else { return };
    words_are_found_with_what_belongs_to_them(&lexicon);
    what_is_no_longer_so_is_corrected_and_single_things_are_left_out(&lexicon);
    nothing_in_the_file_is_unfit_for_a_child(folder.path(), &lexicon);
    words_not_for_children_are_known_as_such_and_school_words_are_told(&lexicon);
    a_lookup_takes_well_under_a_millisecond(&lexicon);
}

fn words_are_found_with_what_belongs_to_them(lexicon: &Lexicon) {
    let find = |word: &str| lexicon.find(word).unwrap().unwrap_or_else(|| panic!("{word}"));

    for (form, word) in [
        ("Volcanoes", "volcano"),
        ("ran", "run"),
        ("  mice ", "mouse"),
        ("happier", "happy"),
        ("ice  cream", "ice cream"),
        ("went", "go"),
        ("children", "child"),
        ("does", "do"),
    ] {
        assert_eq!(find(form).word, word, "{form}");
    }
    assert_eq!(lexicon.find("flibbertygook").unwrap(), None);
    assert_eq!(lexicon.find("").unwrap(), None);
    assert_eq!(lexicon.find(&"a".repeat(100)).unwrap(), None);
    assert_eq!(lexicon.find("'; DROP TABLE sense; --").unwrap(), None);

    let courage = find("courage");
    assert_eq!(
        courage.senses[0].definition,
        "a quality of spirit that enables you to face danger or pain without showing fear"
    );
    let dog = find("dog");
    assert_eq!(dog.parts_of_speech(), [PartOfSpeech::Noun, PartOfSpeech::Verb]);
    assert!(lexicon.kind_of(&dog).unwrap().contains(&"domestic animal".to_owned()));
    assert!(dog.senses.windows(2).all(|pair| pair[0].uses >= pair[1].uses));

    for (word, synonym) in [
        ("big", "large"),
        ("begin", "start"),
        ("car", "automobile"),
        ("happy", "glad"),
        ("brave", "courageous"),
    ] {
        let (words, same) = lexicon.synonyms(&find(word)).unwrap();
        // The first sense of "happy" has no other word: what is given is close to it.
        assert_eq!(same, word != "happy", "{word}: {words:?}");
        assert!(words.contains(&synonym.to_owned()), "{word}: {words:?}");
        assert!(!words.contains(&word.to_owned()), "{word}: {words:?}");
    }
    for (word, opposite) in
        [("hot", "cold"), ("quick", "slow"), ("happy", "unhappy"), ("arrive", "leave"), ("up", "down")]
    {
        let words = lexicon.opposites(&find(word)).unwrap();
        assert!(words.iter().any(|word| word == opposite), "{word}: {words:?}");
    }
    assert_eq!(lexicon.opposites(&find("table")).unwrap(), Vec::<String>::new());
    let family: Vec<String> =
        lexicon.family(&find("happy")).unwrap().into_iter().map(|(word, _)| word).collect();
    assert!(family.contains(&"happiness".to_owned()), "{family:?}");
}

fn what_is_no_longer_so_is_corrected_and_single_things_are_left_out(lexicon: &Lexicon) {
    let planet = lexicon.find("planet").unwrap().unwrap();
    assert!(
        planet
            .senses
            .iter()
            .all(|sense| !sense.definition.contains("nine") && !sense.definition.contains("Pluto"))
    );
    let pluto = lexicon.find("Pluto").unwrap().unwrap();
    assert!(pluto.senses[0].definition.starts_with("a dwarf planet"), "{pluto:?}");
    for name in ["george w. bush", "kazakhstan", "paris"] {
        let found = lexicon.find(name).unwrap();
        assert!(
            found.is_none_or(|found| found
                .senses
                .iter()
                .all(|s| s.words.iter().any(|w| w.chars().next().is_some_and(char::is_lowercase)))),
            "{name}"
        );
    }
    // Things of which there is one, but whose names are common words, are kept.
    for word in ["sun", "moon", "earth"] {
        assert!(!lexicon.find(word).unwrap().unwrap().is_hidden(), "{word}");
    }
    assert!(lexicon.licence().unwrap().contains("Princeton University"));
}

fn nothing_in_the_file_is_unfit_for_a_child(folder: &Path, _: &Lexicon) {
    let database = rusqlite::Connection::open(folder.join("sub/lexicon.db")).unwrap();
    let mut select = database.prepare("SELECT definition, example FROM synset WHERE shown").unwrap();
    let mut rows = select.query([]).unwrap();
    let mut seen = 0;
    while let Some(row) = rows.next().unwrap() {
        let text = format!("{} {}", row.get::<_, String>(0).unwrap(), row.get::<_, String>(1).unwrap());
        assert!(safety::is_fit(&text), "{text}");
        seen += 1;
    }
    assert!(seen > 100_000);
    let mut select = database.prepare("SELECT written FROM word").unwrap();
    let words = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    for word in words {
        let word = word.unwrap();
        assert!(!safety::is_hidden(&word), "{word}");
    }
    let hidden: i64 = database
        .query_row("SELECT count(*) FROM synset WHERE NOT shown AND definition || example <> ''", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(hidden, 0, "what is held back is not in the file");
}

fn words_not_for_children_are_known_as_such_and_school_words_are_told(lexicon: &Lexicon) {
    // Named by what they mean, so that this file stays fit to be read.
    for word in ["sexual intercourse", "brothel", "genitalia", "pornography", "cocaine", "aphrodisiac"] {
        let found = lexicon.find(word).unwrap();
        assert!(found.as_ref().is_none_or(iseetutor_lexicon::Found::is_hidden), "{word}: {found:?}");
    }
    let mut lost = Vec::new();
    for word in include_str!("school_words.txt").split_whitespace() {
        if lexicon.find(word).unwrap().is_none_or(|found| found.is_hidden()) {
            lost.push(word);
        }
    }
    assert!(lost.is_empty(), "{lost:?}");
}

fn a_lookup_takes_well_under_a_millisecond(lexicon: &Lexicon) {
    let words: Vec<&str> = include_str!("school_words.txt").split_whitespace().collect();
    let mut took: Vec<f64> = Vec::new();
    for _ in 0..5 {
        for word in &words {
            let began = Instant::now();
            let found = lexicon.find(word).unwrap().unwrap();
            std::hint::black_box(lexicon.synonyms(&found).unwrap());
            took.push(began.elapsed().as_secs_f64() * 1e3);
        }
    }
    took.sort_by(f64::total_cmp);
    let (median, late) = (took[took.len() / 2], took[took.len() * 99 / 100]);
    println!(
        "word with synonyms: median {median:.3} ms, 99 of 100 within {late:.3} ms, over {} lookups",
        took.len()
    );
    assert!(median < 1.0, "{median} ms");
}

#[test]
fn what_cannot_be_used_is_refused_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lexicon.db");
    let error = Lexicon::open(&file).unwrap_err();
    assert!(
        matches!(error, Error::Missing(_)) && error.to_string().contains("tutorctl lexicon build"),
        "{error}"
    );
    for content in
        [&b""[..], b"not a database at all, but long enough to be taken for one if nobody looks", &[0; 8192]]
    {
        std::fs::write(&file, content).unwrap();
        let error = Lexicon::open(&file).unwrap_err().to_string();
        assert!(error.contains("lexicon.db") && error.contains("tutorctl lexicon build"), "{error}");
    }
    let error = compile(folder.path(), &file).unwrap_err().to_string();
    assert!(error.contains("apt-get install wordnet-base"), "{error}");
    assert!(file.is_file(), "what was there stays when the new one fails");

    let broken = folder.path().join("wordnet");
    std::fs::create_dir(&broken).unwrap();
    for pos in ["noun", "verb", "adj", "adv"] {
        std::fs::write(broken.join(format!("data.{pos}")), "  1 licence\n00000001 03 n zz broken | x\n")
            .unwrap();
        std::fs::write(broken.join(format!("index.{pos}")), "").unwrap();
        std::fs::write(broken.join(format!("{pos}.exc")), "").unwrap();
    }
    std::fs::write(broken.join("cntlist.rev"), "").unwrap();
    let error = compile(&broken, &file).unwrap_err().to_string();
    assert!(error.contains("line 2 of") && error.contains("data.noun"), "{error}");
    assert!(!folder.path().join("lexicon.db.part").exists());
}

#[test]
fn the_list_of_words_is_hashed_and_read() {
    assert!(safety::listed() > 150);
    assert!(!safety::is_hidden("class") && !safety::is_hidden("cocktail") && !safety::is_hidden("assess"));
    assert!(safety::is_fit("a domesticated animal") && !safety::is_fit("street name for a drug"));
}
