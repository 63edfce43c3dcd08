//! Whether there was speech at all, and how sure the words are.
//!
//! Whisper was trained on subtitles and writes some into silence and noise. Words count as heard only
//! when the voice activity model found speech, the sound is loud enough, and the words fit the time in
//! which there was speech; phrases that Whisper is known to invent need better evidence than others.

use iseetutor_audio::level;

use super::vad::{CHUNK, Evidence};
use super::whisper::Heard;

/// Least speech that can hold a word, in milliseconds: "B" takes 120 or more.
const LEAST_SPEECH_MS: f64 = 90.0;

/// A recording whose loudest 32 ms is below this is silence, whatever is found in it.
const LEAST_LEVEL_DBFS: f32 = -60.0;

/// The two thresholds by which OpenAI's own transcriber takes a clip for silence, together.
const NO_SPEECH: f32 = 0.6;
const NO_SPEECH_LN_P: f32 = -1.0;

/// Most words in a second of speech, and words allowed on top.
const WORDS_PER_S: f64 = 8.0;
const SPARE_WORDS: f64 = 3.0;

/// Evidence that every text needs: mean probability of speech, or mean logarithm of the tokens' probabilities.
const WEAK_SPEECH: f32 = 0.7;
const WEAK_LN_P: f32 = -1.2;

/// Evidence that a phrase of [`INVENTED`] needs: both of these.
const SURE_SPEECH: f32 = 0.85;
const SURE_LN_P: f32 = -0.5;

/// What Whisper writes when nobody speaks: the commonest lines of subtitles.
const INVENTED: [&str; 22] = [
    "you",
    "thank you",
    "thanks",
    "thanks for watching",
    "thank you for watching",
    "thank you very much",
    "thank you so much",
    "bye",
    "bye bye",
    "goodbye",
    "so",
    "oh",
    "okay",
    "the",
    "um",
    "hmm",
    "mm hmm",
    "shh",
    "beep",
    "please subscribe",
    "see you next time",
    "ill see you next time",
];

/// Whether the sound is worth giving to Whisper.
#[must_use]
pub fn may_be_speech(samples: &[f32], evidence: &Evidence) -> bool {
    let loudest = samples.chunks(CHUNK).map(level::rms).fold(0.0, f32::max);
    evidence.speech_ms >= LEAST_SPEECH_MS && level::dbfs(loudest) >= LEAST_LEVEL_DBFS
}

/// The words that stand: the text without remarks, or `None` when nothing was heard.
#[must_use]
pub fn judge(heard: &Heard, text: &str, evidence: &Evidence) -> Option<String> {
    let text = without_remarks(text);
    let words = iseetutor_audio::wer::words(&text);
    let ln_p = heard.mean_ln_p();
    let silent = heard.no_speech > NO_SPEECH && ln_p < NO_SPEECH_LN_P;
    #[allow(clippy::cast_precision_loss)]
    let too_many = words.len() as f64 > evidence.speech_ms / 1_000.0 * WORDS_PER_S + SPARE_WORDS;
    let weak = evidence.mean < WEAK_SPEECH && ln_p < WEAK_LN_P;
    let unsure = evidence.mean < SURE_SPEECH || ln_p < SURE_LN_P;
    let invented = unsure && INVENTED.contains(&words.join(" ").as_str());
    let nothing = words.is_empty() || silent || too_many || weak || invented;
    (!nothing).then_some(text)
}

/// How likely the words are right, 0 to 1: the geometric mean of the tokens' probabilities, times the
/// probability that there is speech by Whisper's own account.
#[must_use]
pub fn confidence(heard: &Heard) -> f64 {
    f64::from(heard.mean_ln_p().exp() * (1.0 - heard.no_speech)).clamp(0.0, 1.0)
}

/// A text without what stands in brackets, parentheses, asterisks or notes, which is a remark such as
/// "[Music]" or "(buzzing)" and not speech.
fn without_remarks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut closing: Option<char> = None;
    for character in text.chars() {
        match (closing, character) {
            (None, '[') => closing = Some(']'),
            (None, '(') => closing = Some(')'),
            (None, '*') => closing = Some('*'),
            (None, '♪' | '♫' | '♬') => closing = Some('♪'),
            (None, other) => out.push(other),
            (Some('♪'), '♪' | '♫' | '♬') => closing = None,
            (Some(mark), other) if mark == other => closing = None,
            (Some(_), _) => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::whisper::Token;

    fn heard(ln_p: f32, no_speech: f32) -> Heard {
        Heard { tokens: vec![Token { id: 0, text: b" x".to_vec(), ln_p }], no_speech, limit_reached: false }
    }

    fn evidence(speech_ms: f64, mean: f32) -> Evidence {
        Evidence { first: 0, end: 10, speech_ms, mean }
    }

    #[test]
    fn clear_speech_stands() {
        let (heard, evidence) = (heard(-0.3, 0.0), evidence(1_500.0, 0.97));
        assert_eq!(judge(&heard, " I went up to him. ", &evidence).as_deref(), Some("I went up to him."));
        assert_eq!(judge(&heard, "Thank you.", &evidence).as_deref(), Some("Thank you."));
    }

    #[test]
    fn remarks_are_no_words() {
        let evidence = evidence(1_500.0, 0.97);
        for text in
            ["[Music]", "(buzzing)", "[BLANK_AUDIO]", "♪♪", "♪ la la ♪", "*sighs*", "...", "", "[cut off"]
        {
            assert_eq!(judge(&heard(-0.1, 0.0), text, &evidence), None, "{text}");
        }
        assert_eq!(judge(&heard(-0.1, 0.0), "[laughs] It is B.", &evidence).as_deref(), Some("It is B."));
    }

    #[test]
    fn invented_phrases_need_good_evidence() {
        assert_eq!(judge(&heard(-0.9, 0.0), "Thank you.", &evidence(1_500.0, 0.97)), None);
        assert_eq!(judge(&heard(-0.2, 0.0), "Bye-bye!", &evidence(400.0, 0.6)), None);
    }

    #[test]
    fn doubtful_sound_gives_nothing() {
        assert_eq!(judge(&heard(-1.5, 0.9), "I went", &evidence(1_500.0, 0.97)), None);
        assert_eq!(judge(&heard(-1.5, 0.0), "I went", &evidence(500.0, 0.6)), None);
        assert_eq!(judge(&heard(-0.3, 0.0), "one two three four five six", &evidence(120.0, 0.9)), None);
    }

    #[test]
    fn quiet_or_short_sound_is_not_worth_a_run() {
        let loud = vec![0.1; 16_000];
        assert!(may_be_speech(&loud, &evidence(300.0, 0.9)));
        assert!(!may_be_speech(&loud, &evidence(60.0, 0.9)));
        assert!(!may_be_speech(&[0.000_1; 16_000], &evidence(300.0, 0.9)));
        assert!(!may_be_speech(&[], &Evidence::default()));
    }

    #[test]
    fn confidence_is_a_probability() {
        assert!((confidence(&heard(-0.5, 0.0)) - 0.6065).abs() < 1e-3);
        assert!(confidence(&heard(0.0, 1.0)).abs() < 1e-9);
        assert!(confidence(&Heard::default()).abs() < 1e-9);
    }
}
