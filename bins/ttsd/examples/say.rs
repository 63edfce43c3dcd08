//! Says a text into a WAV file without a daemon, to listen to the voice:
//! `cargo run --release -p iseetutor-ttsd --example say -- MODEL.onnx LIBONNXRUNTIME OUT.wav "TEXT"`.
//! The words that were read and their phonemes are printed.

use std::error::Error;
use std::path::PathBuf;

use iseetutor_audio::wav::Writer;
use ttsd::clause::clauses;
use ttsd::normalize;
use ttsd::voice::{Phonemizer, Voice, VoiceFiles};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, runtime, out, text] = arguments.as_slice() else {
        return Err("usage: say MODEL.onnx LIBONNXRUNTIME OUT.wav TEXT".into());
    };
    let files = VoiceFiles {
        model: PathBuf::from(model),
        config: PathBuf::from(format!("{model}.json")),
        runtime: PathBuf::from(runtime),
    };
    let mut voice = Voice::load(&files, 2, true)?;
    let phonemizer = Phonemizer::new(voice.config().espeak_voice())?;
    let mut writer = Writer::create(out, voice.config().rate_hz())?;
    for clause in clauses(&normalize::clean(text)) {
        let words = normalize::read(clause.text);
        let phonemes = phonemizer.phonemes(&words)?;
        println!("{words}\n  {phonemes}");
        let mut utterance = voice.begin(&phonemes, 1.0)?;
        while let Some(sound) = voice.next(&mut utterance)? {
            writer.write(&sound)?;
        }
    }
    println!("{} samples", writer.finish()?);
    Ok(())
}
