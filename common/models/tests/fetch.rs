//! Fetching from mirrors, wheels and other sets, and what stands in its way.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use iseetutor_models::{
    Arch, Error, FetchOptions, Manifest, Origin, Quantizer, Result, Role, Sha256Sum, State, Store, quantize,
};
use tempfile::TempDir;

const MODEL: &[u8] = b"lmgg a model of a few bytes";

fn sum(bytes: &[u8]) -> String {
    Sha256Sum::of(bytes).to_string()
}

fn fetch(
    store: &Store,
    manifest: &Manifest,
    ids: &[&str],
    options: &FetchOptions<'_>,
) -> Result<Vec<Origin>> {
    let set = manifest.sets().next().unwrap();
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let plan = store.plan(set, &ids)?;
    let fetched = store.fetch(&plan, options, &mut |_| ControlFlow::Continue(()))?;
    Ok(fetched.into_iter().map(|fetched| fetched.origin).collect())
}

/// A stand-in for Python: a shell script that gets pip's arguments, with the target folder in `$dest`.
fn python(folder: &TempDir, script: &str) -> PathBuf {
    let path = folder.path().join("python3");
    let find_dest = r#"all="$*"; while [ "$1" != --dest ]; do shift; done; dest="$2""#;
    fs::write(&path, format!("#!/bin/sh\n{find_dest}\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

fn with_python(python: PathBuf) -> FetchOptions<'static> {
    FetchOptions { python, ..FetchOptions::default() }
}

#[test]
fn a_mirror_of_finished_files_is_looked_in_first() {
    for place in ["m.bin", "test/m.bin"] {
        let (folder, mirror) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        fs::create_dir(mirror.path().join("test")).unwrap();
        fs::write(mirror.path().join(place), MODEL).unwrap();
        // Nothing listens there, so this passes only if nobody asks.
        let manifest = common::manifest(MODEL, &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"));
        let options =
            FetchOptions { mirror: Some(mirror.path().into()), offline: true, ..FetchOptions::default() };
        let store = Store::at(folder.path());
        assert_eq!(fetch(&store, &manifest, &[], &options).unwrap(), [Origin::Mirror]);
        assert_eq!(fs::read(folder.path().join("test/m.bin")).unwrap(), MODEL);
    }
}

#[test]
fn a_wrong_file_in_the_mirror_is_named_and_the_next_source_tried() {
    let (folder, mirror) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fs::write(mirror.path().join("m.bin"), b"lmgg a model of other bytes").unwrap();
    let manifest = common::manifest(MODEL, &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"));
    let options =
        FetchOptions { mirror: Some(mirror.path().into()), offline: true, ..FetchOptions::default() };
    let error = fetch(&Store::at(folder.path()), &manifest, &[], &options).unwrap_err();
    assert!(
        matches!(&error, Error::AllSources { id, failures } if id == "m" && failures.len() == 2),
        "{error}"
    );
    let text = error.to_string();
    assert!(
        text.contains("replace the file in the mirror folder") && text.contains("http://127.0.0.1:9"),
        "{text}"
    );
    assert!(!folder.path().join("test/m.bin").exists());
}

#[test]
fn a_wheel_comes_from_the_mirror_or_from_pip_once() {
    let wheel = common::wheel(&[("p/m", MODEL), ("../evil", b"x"), ("p/__init__.py", b"raise SystemExit")]);
    let manifest = common::manifest(MODEL, &sum(MODEL), &common::from_wheel(&wheel, MODEL.len()));
    let mirror = TempDir::new().unwrap();
    fs::write(mirror.path().join("p-1.0-py3-none-any.whl"), &wheel).unwrap();

    let folder = TempDir::new().unwrap();
    let options =
        FetchOptions { mirror: Some(mirror.path().into()), offline: true, ..FetchOptions::default() };
    assert_eq!(fetch(&Store::at(folder.path()), &manifest, &[], &options).unwrap(), [Origin::Wheel]);
    assert_eq!(fs::read(folder.path().join("test/m.bin")).unwrap(), MODEL);
    assert!(!folder.path().join(".staging").exists());

    let (folder, scripts) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let source = mirror.path().join("p-1.0-py3-none-any.whl");
    let log = scripts.path().join("log");
    let script = format!("echo \"$all\" >> {}; cp {} \"$dest\"", log.display(), source.display());
    let options = with_python(python(&scripts, &script));
    let store = Store::at(folder.path());
    assert_eq!(fetch(&store, &manifest, &[], &options).unwrap(), [Origin::Wheel]);
    assert_eq!(fetch(&store, &manifest, &[], &options).unwrap(), [Origin::Present]);
    let calls = fs::read_to_string(log).unwrap();
    assert_eq!(calls.lines().count(), 1, "{calls}");
    assert!(calls.starts_with("-m pip download ") && calls.trim_end().ends_with(" p==1.0"), "{calls}");
    assert!(calls.contains("--no-deps --only-binary=:all:"), "{calls}");
}

#[test]
fn pip_that_is_missing_fails_or_brings_something_else_is_told_apart() {
    let wheel = common::wheel(&[("p/m", MODEL)]);
    let manifest = common::manifest(MODEL, &sum(MODEL), &common::from_wheel(&wheel, MODEL.len()));
    let run = |python: PathBuf| {
        let folder = TempDir::new().unwrap();
        let error = fetch(&Store::at(folder.path()), &manifest, &[], &with_python(python)).unwrap_err();
        assert!(!folder.path().join("test/m.bin").exists());
        assert!(!folder.path().join(".staging/pip").exists());
        error.to_string()
    };
    let scripts = TempDir::new().unwrap();
    let missing = run(scripts.path().join("no-python"));
    assert!(missing.contains("apt-get install python3-pip"), "{missing}");
    let no_pip = run(python(&scripts, "echo \"$0: No module named pip\" >&2; exit 1"));
    assert!(no_pip.contains("apt-get install python3-pip"), "{no_pip}");
    let failed = run(python(&scripts, "echo 'ERROR: no matching distribution' >&2; exit 1"));
    assert!(failed.contains("no matching distribution") && failed.contains("p==1.0"), "{failed}");
    assert!(failed.contains("--mirror"), "{failed}");
    let silent = run(python(&scripts, "exit 3"));
    assert!(silent.contains("exit status: 3"), "{silent}");
    let nothing = run(python(&scripts, "exit 0"));
    assert!(nothing.contains("another file than p-1.0-py3-none-any.whl"), "{nothing}");
    let other = run(python(&scripts, "echo other > \"$dest/p-1.0-py3-none-any.whl\""));
    assert!(other.contains("the manifest says"), "{other}");
}

#[test]
fn pip_is_stopped_when_the_user_stops() {
    let wheel = common::wheel(&[("p/m", MODEL)]);
    let manifest = common::manifest(MODEL, &sum(MODEL), &common::from_wheel(&wheel, MODEL.len()));
    let (folder, scripts) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let store = Store::at(folder.path());
    let plan = store.plan(manifest.set("test").unwrap(), &[]).unwrap();
    // `exec`, so that the signal reaches what sleeps, as it reaches pip.
    let options = with_python(python(&scripts, "exec sleep 600"));
    let error = store.fetch(&plan, &options, &mut |_| ControlFlow::Break(())).unwrap_err();
    assert!(matches!(error, Error::Cancelled));
}

#[test]
fn a_whisper_and_a_bert_are_converted_on_the_way() {
    let inputs = TempDir::new().unwrap();
    common::Ct2::whisper().write(inputs.path());
    common::write_bert(inputs.path());
    let read = |name: &str| fs::read(inputs.path().join(name)).unwrap();
    let (model, tokenizer) = (read("model.bin"), read("tokenizer.json"));
    let (first, second) = model.split_at(model.len() / 2);
    let whisper = common::wheel(&[("m/1", first), ("m/2", second), ("m/t", &tokenizer)]);
    let files =
        ["model.safetensors", "config.json", "vocab.txt", "tokenizer_config.json", "1_Pooling/config.json"];
    let bodies: Vec<Vec<u8>> = files.iter().map(|name| read(name)).collect();
    let members: Vec<(&str, &[u8])> = files.iter().copied().zip(bodies.iter().map(Vec::as_slice)).collect();
    let bert = common::wheel(&members);

    for (recipe, wheel, takes, role) in [
        (
            "whisper-ggml",
            &whisper,
            format!(
                r#"{{member="m/1",size={},as="model.bin"}},{{member="m/2",size={},as="model.bin"}},{{member="m/t",size={},as="tokenizer.json"}}"#,
                first.len(),
                second.len(),
                tokenizer.len()
            ),
            "speech-to-text",
        ),
        (
            "bert-gguf-f32",
            &bert,
            members
                .iter()
                .map(|(name, body)| {
                    let input = if name.starts_with('1') { "pooling.json" } else { name };
                    format!(r#"{{member="{name}",size={},as="{input}"}},"#, body.len())
                })
                .collect(),
            "embedding",
        ),
    ] {
        let converted = inputs.path().join("converted");
        match recipe {
            "whisper-ggml" => {
                iseetutor_models::convert::whisper_to_ggml(inputs.path(), &converted, &mut { common::GO_ON })
                    .unwrap();
            }
            _ => {
                let weights = iseetutor_models::convert::Weights::F32;
                iseetutor_models::convert::bert_to_gguf(inputs.path(), &converted, weights, &mut {
                    common::GO_ON
                })
                .unwrap();
            }
        }
        let content = fs::read(&converted).unwrap();
        let source = format!(
            "[[model.source]]\nkind=\"wheel\"\nrecipe=\"{recipe}\"\n[[model.source.package]]\nname=\"p\"\nversion=\"1\"\n\
             wheel.any = {{ file = \"p-1-py3-none-any.whl\", size = {}, sha256 = \"{}\", take = [{takes}] }}",
            wheel.len(),
            sum(wheel)
        );
        let text =
            common::manifest_text(content.len(), &sum(&content), &source).replace("speech-to-text", role);
        let manifest = Manifest::parse(&text, "(test)").unwrap();
        let (folder, mirror) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        fs::write(mirror.path().join("p-1-py3-none-any.whl"), wheel).unwrap();
        let options =
            FetchOptions { mirror: Some(mirror.path().into()), offline: true, ..FetchOptions::default() };
        assert_eq!(fetch(&Store::at(folder.path()), &manifest, &[], &options).unwrap(), [Origin::Wheel]);
        assert_eq!(fs::read(folder.path().join("test/m.bin")).unwrap(), content);
    }
}

#[test]
fn two_sets_share_one_file_on_the_disk() {
    let text = common::manifest_text(MODEL.len(), &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"))
        .replace("sets = [\"test\"]", "sets = [\"test\", \"other\"]")
        .replace("[[model]]", "set.other.description = \"another\"\n[[model]]");
    let manifest = Manifest::parse(&text, "(test)").unwrap();
    let folder = TempDir::new().unwrap();
    let store = Store::at(folder.path());
    fs::create_dir(folder.path().join("test")).unwrap();
    fs::write(folder.path().join("test/m.bin"), MODEL).unwrap();
    let plan = store.plan(manifest.set("other").unwrap(), &[]).unwrap();
    let fetched = store.fetch(&plan, &FetchOptions::default(), &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(fetched[0].origin, Origin::OtherSet("test".to_owned()));
    let inode = |set: &str| fs::metadata(folder.path().join(set).join("m.bin")).unwrap().ino();
    assert_eq!(inode("test"), inode("other"));
    assert!(store.check("test", fetched[0].model).unwrap().is_good());
}

#[test]
fn state_is_remembered_until_the_file_changes_and_verify_always_hashes() {
    let folder = TempDir::new().unwrap();
    let store = Store::at(folder.path());
    let manifest = common::manifest(MODEL, &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"));
    let set = manifest.set("test").unwrap();
    let path = store.path_of(set, Role::SpeechToText).unwrap();
    let state = || store.status(set).unwrap().remove(0).state;
    let good = |hashed| State::Good { sha256: Sha256Sum::of(MODEL), hashed };
    assert_eq!(state(), State::Missing);
    let missing = store.ready(set, Role::SpeechToText).unwrap_err().to_string();
    assert!(missing.contains("tutorctl models fetch --set test"), "{missing}");

    fs::create_dir(path.parent().unwrap()).unwrap();
    fs::write(&path, MODEL).unwrap();
    assert_eq!(state(), good(true));
    assert_eq!(state(), good(false), "the second look trusts the first");
    let mut seen = 0;
    let verified = store
        .verify(set, &mut |model, done| {
            assert_eq!(model.id, "m");
            seen = done;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((verified[0].state.clone(), seen), (good(true), MODEL.len() as u64));

    // The same size and even the same time, but another file.
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let mut changed = MODEL.to_vec();
    changed[10] ^= 1;
    let replacement = path.with_extension("new");
    fs::write(&replacement, &changed).unwrap();
    fs::File::open(&replacement).unwrap().set_modified(time).unwrap();
    fs::rename(&replacement, &path).unwrap();
    assert!(matches!(state(), State::WrongChecksum { .. }));
    let wrong = store.ready(set, Role::SpeechToText).unwrap_err().to_string();
    assert!(wrong.contains(&sum(MODEL)) && wrong.contains(&sum(&changed)), "{wrong}");
    fs::write(&path, &MODEL[..5]).unwrap();
    assert_eq!(state(), State::WrongSize { expected: MODEL.len() as u64, actual: 5 });
    assert!(store.ready(set, Role::SpeechToText).is_err());
}

#[test]
fn a_folder_that_cannot_be_written_to_is_no_error_when_nothing_is_missing() {
    let (folder, outside) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let manifest = common::manifest(MODEL, &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"));
    fs::create_dir(folder.path().join("test")).unwrap();
    fs::write(folder.path().join("test/m.bin"), MODEL).unwrap();
    // A folder in the place of the lock: opening that for writing fails, even for root.
    fs::create_dir(folder.path().join(".lock")).unwrap();
    let store = Store::at(folder.path());
    assert_eq!(fetch(&store, &manifest, &[], &FetchOptions::default()).unwrap(), [Origin::Present]);
    // A file in the place of the models folder is named.
    let file = outside.path().join("file");
    fs::write(&file, "").unwrap();
    let error = fetch(&Store::at(&file), &manifest, &[], &FetchOptions::default()).unwrap_err().to_string();
    assert!(error.contains(&file.display().to_string()), "{error}");
}

#[test]
fn a_second_fetch_at_the_same_time_is_refused() {
    let folder = TempDir::new().unwrap();
    let lock = fs::File::create(folder.path().join(".lock")).unwrap();
    lock.lock().unwrap();
    let manifest = common::manifest(MODEL, &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"));
    let store = Store::at(folder.path());
    let error = fetch(&store, &manifest, &[], &FetchOptions::default()).unwrap_err();
    assert!(matches!(error, Error::Busy { .. }), "{error}");
}

#[test]
fn a_disk_too_small_is_told_before_anything_is_downloaded() {
    let folder = TempDir::new().unwrap();
    let text = common::manifest_text(1 << 60, &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"));
    let manifest = Manifest::parse(&text, "(test)").unwrap();
    let error = fetch(&Store::at(folder.path()), &manifest, &[], &FetchOptions::default()).unwrap_err();
    assert!(matches!(error, Error::DiskFull { needed, .. } if needed == 1 << 60), "{error}");
}

#[test]
fn what_is_not_for_this_processor_or_not_known_is_named() {
    let folder = TempDir::new().unwrap();
    let text = common::manifest_text(MODEL.len(), &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"))
        .replace("content.any", "content.aarch64");
    let manifest = Manifest::parse(&text, "(test)").unwrap();
    let store = Store::at(folder.path()).for_arch(Arch::X86_64);
    let error = fetch(&store, &manifest, &[], &FetchOptions::default()).unwrap_err().to_string();
    assert!(error.contains("not published for x86_64; the manifest has it for: aarch64"), "{error}");
    assert_eq!(store.status(manifest.set("test").unwrap()).unwrap()[0].state, State::NotForThisMachine);
    let error = fetch(&store, &manifest, &["n"], &FetchOptions::default()).unwrap_err().to_string();
    assert!(error.contains("no model \"n\"") && error.contains("it has: m"), "{error}");
    assert!(manifest.set("none").unwrap_err().to_string().contains("the manifest has: test"));
}

/// Appends the type, so that the result differs from the input; or does as told.
struct Fake(fn(&Path, &Path, &str) -> Result<(), String>);

impl Quantizer for Fake {
    fn quantize(&self, input: &Path, output: &Path, kind: &str) -> Result<(), String> {
        (self.0)(input, output, kind)
    }
}

fn append(input: &Path, output: &Path, kind: &str) -> Result<(), String> {
    let bytes = fs::read(input).map_err(|error| error.to_string())?;
    fs::write(output, [&bytes, kind.as_bytes()].concat()).map_err(|error| error.to_string())
}

#[test]
fn a_quantized_model_is_made_from_the_one_it_names() {
    let quantized = [MODEL, b"q8_0"].concat();
    let mut text =
        common::manifest_text(MODEL.len(), &sum(MODEL), &common::https("http://127.0.0.1:9/m.bin"));
    text.push_str(&format!(
        r#"
        [[model]]
        id = "q"
        sets = ["test"]
        role = "speech-to-text"
        file = "q.bin"
        optional = true
        license = {{ name = "MIT", text = "https://example.org/license" }}
        content.any = {{ size = {}, sha256 = "{}" }}
        source = [{{ kind = "quantize", from = "m", type = "q8_0" }}]
        "#,
        quantized.len(),
        sum(&quantized)
    ));
    let manifest = Manifest::parse(&text, "(test)").unwrap();
    let (folder, mirror) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    fs::write(mirror.path().join("m.bin"), MODEL).unwrap();
    let store = Store::at(folder.path());
    let mut options =
        FetchOptions { mirror: Some(mirror.path().into()), offline: true, ..FetchOptions::default() };
    let error = fetch(&store, &manifest, &["q"], &options).unwrap_err().to_string();
    assert!(error.contains("needs the llmd program"), "{error}");
    let failing = Fake(|_, _, _| Err("out of memory".to_owned()));
    options.quantizer = Some(&failing);
    let error = fetch(&store, &manifest, &["q"], &options).unwrap_err().to_string();
    assert!(error.contains("q8_0: out of memory"), "{error}");
    let fake = Fake(append);
    options.quantizer = Some(&fake);
    assert_eq!(fetch(&store, &manifest, &["q"], &options).unwrap(), [Origin::Quantized]);
    assert_eq!(fs::read(folder.path().join("test/q.bin")).unwrap(), quantized);
    assert!(folder.path().join("test/m.bin").exists());
}

#[test]
fn a_users_own_gguf_is_quantized_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    common::write_bert(folder.path());
    let (input, output) = (folder.path().join("in.gguf"), folder.path().join("out.gguf"));
    let weights = iseetutor_models::convert::Weights::F32;
    iseetutor_models::convert::bert_to_gguf(folder.path(), &input, weights, &mut { common::GO_ON }).unwrap();
    quantize(&Fake(append), &input, &output, "q8_0").unwrap();
    assert!(fs::read(&output).unwrap().ends_with(b"q8_0"));
    fs::remove_file(&output).unwrap();
    let nonsense = Fake(|_, output, _| fs::write(output, "nonsense").map_err(|error| error.to_string()));
    assert!(quantize(&nonsense, &input, &output, "q8_0").unwrap_err().to_string().contains("not a GGUF"));
    assert!(quantize(&Fake(append), &folder.path().join("config.json"), &output, "q8_0").is_err());
    let left = fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("out"));
    assert_eq!(left.count(), 0, "nothing is left of a failure");
}
