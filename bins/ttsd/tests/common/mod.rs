//! What the tests with the real voice share.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use ttsd::voice::VoiceFiles;

/// The folder of the models.
pub fn models() -> PathBuf {
    if let Some(folder) = std::env::var_os("ISEETUTOR_MODELS") {
        return folder.into();
    }
    let data = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".local/share"));
    data.join("iseetutor/models")
}

/// The starter voice, or nothing with the reason printed.
pub fn voice_files() -> Option<VoiceFiles> {
    let starter = models().join("starter");
    let files = VoiceFiles {
        model: starter.join("en_US-joe-medium.onnx"),
        config: starter.join("en_US-joe-medium.onnx.json"),
        runtime: starter.join("libonnxruntime.so"),
    };
    for file in [&files.model, &files.config, &files.runtime] {
        if !file.exists() {
            eprintln!("SKIP: {} is not there; run `tutorctl models fetch`", file.display());
            return None;
        }
    }
    Some(files)
}
