//! Tells a decoder that went round in circles from a child who repeats a word.

/// Most tokens a second of speech has. A fast reader of English speaks 5 words a second, and Whisper
/// writes 1.3 tokens for a word.
const TOKENS_PER_S: f64 = 8.0;

/// Tokens allowed on top, for punctuation and very short clips.
const SPARE_TOKENS: u32 = 16;

/// Longest phrase looked for, in words.
const LONGEST_PHRASE: usize = 8;

/// Tokens after which the decoder is stopped for a clip of `audio_s` seconds: nobody says more in the time.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn token_limit(audio_s: f64) -> u32 {
    (audio_s * TOKENS_PER_S).ceil() as u32 + SPARE_TOKENS
}

/// Whether a transcript of `words` goes round in circles: says a phrase more often one time after the other
/// than a person does, which is a word 5 times, two words 4 times, longer ones 3 times.
#[must_use]
pub fn is_loop(words: &[&str]) -> bool {
    repeated_phrase(words, [5, 4, 3]).is_some()
}

/// The words with everything that is said twice in a row (a single word: three times) said once: what
/// can be saved of a transcript that is known to go round in circles.
#[must_use]
pub fn cut<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut words = words.to_vec();
    while let Some((start, length, times)) = repeated_phrase(&words, [3, 2, 2]) {
        words.drain(start + length..start + length * times);
    }
    words
}

/// Start, length in words and number of rounds of the first phrase that is said as often as `limits` say,
/// for one word, two, and more.
fn repeated_phrase(words: &[&str], limits: [usize; 3]) -> Option<(usize, usize, usize)> {
    let keys: Vec<String> = words.iter().map(|word| key(word)).collect();
    for length in 1..=LONGEST_PHRASE {
        let limit = limits[length.min(limits.len()) - 1];
        for start in 0..keys.len() {
            let Some(phrase) = keys.get(start..start + length) else { break };
            let times = keys[start..].chunks_exact(length).take_while(|chunk| *chunk == phrase).count();
            if times >= limit {
                return Some((start, length, times));
            }
        }
    }
    None
}

/// A word as it counts for repetition: lower case, letters and digits only.
fn key(word: &str) -> String {
    word.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looped(text: &str) -> bool {
        is_loop(&text.split_whitespace().collect::<Vec<_>>())
    }

    #[test]
    fn loops_are_found() {
        assert!(looped("Maybe, little, little, little, little, little"));
        assert!(looped("I see it. I see it. I see it."));
        assert!(looped("to be, to be, to be, to be"));
        assert!(looped("and so we go to the store and so we go to the store and so we go to the store"));
    }

    #[test]
    fn people_repeat_themselves() {
        assert!(!looped("No, no, no!"));
        assert!(!looped("a very very very very big dog"));
        assert!(!looped("bye bye bye bye"));
        assert!(!looped("had had had had"));
        assert!(!looped("I think, I think it is B"));
        assert!(!looped(""));
        assert!(!looped("one"));
    }

    #[test]
    fn a_loop_is_cut_to_one_round() {
        let words: Vec<&str> = "Maybe, little, little, little, little, little, little".split(' ').collect();
        assert_eq!(cut(&words), ["Maybe,", "little,"]);
        assert_eq!(cut(&["a", "b", "c", "a", "b", "c", "a", "b", "c"]), ["a", "b", "c"]);
        assert_eq!(cut(&["two", "different", "words"]), ["two", "different", "words"]);
        assert!(cut(&[]).is_empty());
    }

    #[test]
    fn the_limit_leaves_room_for_fast_speech() {
        assert_eq!(token_limit(0.0), 16);
        assert_eq!(token_limit(3.0), 40);
        // "supercalifragilisticexpialidocious" in a second is 11 tokens.
        assert!(token_limit(1.0) > 11);
    }
}
