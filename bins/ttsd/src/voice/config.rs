//! The JSON file beside a Piper voice.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use super::VoiceError;

/// Marks the beginning, the end and the gaps of a phoneme sequence.
const BEGIN: &str = "^";
const END: &str = "$";
const GAP: &str = "_";

/// What is needed of the file. Entries that are not named here are ignored: Piper adds new ones.
#[derive(Debug, Clone, Deserialize)]
pub struct VoiceConfig {
    audio: Audio,
    espeak: EspeakVoice,
    #[serde(default)]
    inference: Inference,
    #[serde(default = "espeak_phonemes")]
    phoneme_type: String,
    phoneme_id_map: HashMap<String, Vec<i64>>,
    #[serde(default = "one")]
    num_speakers: u32,
    /// The file's text.
    #[serde(skip)]
    text: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Audio {
    sample_rate: u32,
}

#[derive(Debug, Clone, Deserialize)]
struct EspeakVoice {
    voice: String,
}

/// How lively the voice is.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default)]
pub struct Inference {
    /// Variation of the sound.
    pub noise_scale: f32,
    /// Length of everything; 1 is the voice's own pace.
    pub length_scale: f32,
    /// Variation of the phonemes' lengths.
    pub noise_w: f32,
}

impl Default for Inference {
    // Piper's own defaults.
    fn default() -> Self {
        Self { noise_scale: 0.667, length_scale: 1.0, noise_w: 0.8 }
    }
}

fn espeak_phonemes() -> String {
    "espeak".into()
}

fn one() -> u32 {
    1
}

impl VoiceConfig {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// [`VoiceError`] with the file and what is wrong in it.
    pub fn load(path: &Path) -> Result<Self, VoiceError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| VoiceError::Read { path: path.to_owned(), source })?;
        Self::parse(&text).map_err(|problem| VoiceError::Config { path: path.to_owned(), problem })
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut config: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        config.text = text.to_owned();
        if config.phoneme_type != "espeak" {
            return Err(format!(
                "its phonemes are of type {:?}, and only \"espeak\" is known",
                config.phoneme_type
            ));
        }
        if !(8_000..=48_000).contains(&config.audio.sample_rate) {
            return Err(format!("its sample rate of {} Hz is out of range", config.audio.sample_rate));
        }
        for mark in [BEGIN, END, GAP] {
            if config.phoneme_id_map.get(mark).is_none_or(Vec::is_empty) {
                return Err(format!("its phoneme_id_map has no entry for {mark:?}"));
            }
        }
        let Inference { noise_scale, length_scale, noise_w } = config.inference;
        let sane = |value: f32| (0.0..=10.0).contains(&value);
        if !sane(noise_scale) || !sane(noise_w) || !(0.1..=10.0).contains(&length_scale) {
            return Err("a value of its table \"inference\" is out of range".into());
        }
        Ok(config)
    }

    /// Sample rate of the voice in Hz.
    #[must_use]
    pub fn rate_hz(&self) -> u32 {
        self.audio.sample_rate
    }

    /// The voice of espeak-ng whose phonemes it was trained on.
    #[must_use]
    pub fn espeak_voice(&self) -> &str {
        &self.espeak.voice
    }

    /// What the voice's identity depends on beside the model.
    pub(super) fn fingerprint(&self) -> &str {
        &self.text
    }

    /// How lively the voice is.
    #[must_use]
    pub fn inference(&self) -> Inference {
        self.inference
    }

    /// Whether the model must be told which speaker to be; it is then the first.
    #[must_use]
    pub fn has_speakers(&self) -> bool {
        self.num_speakers > 1
    }

    /// The model's numbers for phonemes, each followed by a gap, as the voices were trained. Phonemes that the
    /// voice does not know are left out.
    #[must_use]
    pub fn ids(&self, phonemes: &str) -> Vec<i64> {
        let get = |name: &str| self.phoneme_id_map.get(name).map(Vec::as_slice).unwrap_or_default();
        let mut ids = [get(BEGIN), get(GAP)].concat();
        let mut letters = [0; 4];
        for phoneme in phonemes.chars() {
            let known = get(phoneme.encode_utf8(&mut letters));
            if !known.is_empty() {
                ids.extend_from_slice(known);
                ids.extend_from_slice(get(GAP));
            }
        }
        ids.extend_from_slice(get(END));
        ids
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const GOOD: &str = r#"{"audio": {"sample_rate": 22050, "quality": "medium"}, "espeak": {"voice": "en-us"},
        "phoneme_id_map": {"_": [0], "^": [1], "$": [2], "a": [14], "b": [15, 16]}, "new_in_piper": true}"#;

    #[test]
    fn phonemes_are_numbered_with_gaps() {
        let config = VoiceConfig::parse(GOOD).unwrap();
        assert_eq!(config.ids("a?b"), [1, 0, 14, 0, 15, 16, 0, 2]);
        assert_eq!((config.rate_hz(), config.espeak_voice()), (22_050, "en-us"));
        assert_eq!(config.inference(), Inference::default());
    }

    #[test]
    fn what_is_missing_is_named() {
        let cases = [
            (GOOD.replace("\"^\": [1],", ""), "\"^\""),
            (GOOD.replace("22050", "5"), "5 Hz"),
            (GOOD.replace("\"audio\"", "\"sound\""), "audio"),
            (GOOD.replace("\"new_in_piper\"", "\"phoneme_type\": \"text\", \"x\""), "text"),
            (GOOD.replace("\"new_in_piper\"", "\"inference\": {\"length_scale\": 0}, \"x\""), "inference"),
            (GOOD.chars().take(60).collect(), "EOF"),
            (String::new(), "EOF"),
        ];
        for (text, named) in cases {
            let problem = VoiceConfig::parse(&text).unwrap_err();
            assert!(problem.contains(named), "{problem}");
        }
    }
}
