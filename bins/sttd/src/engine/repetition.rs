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

/// Whether a transcript of `words` is a loop: the decoder ran into its limit while it said something over
/// and over, or said it more often than a person does.
///
/// A phrase counts as a loop when it is said often one time after the other: a word 6 times, two words
/// 4 times, longer ones 3 times; half of that (rounded up, and at least twice) when the limit was reached.
#[must_use]
pub fn is_loop(words: &[&str], limit_reached: bool) -> bool {
    repeated_phrase(words, limit_reached).is_some()
}

/// The words with every loop cut down to its first round.
#[must_use]
pub fn cut<'a>(words: &[&'a str]) -> Vec<&'a str> {
    let mut words = words.to_vec();
    while let Some((start, length, times)) = repeated_phrase(&words, true) {
        words.drain(start + length..start + length * times);
    }
    words
}

/// Start, length in words and number of rounds of the first phrase that is a loop.
fn repeated_phrase(words: &[&str], limit_reached: bool) -> Option<(usize, usize, usize)> {
    let keys: Vec<String> = words.iter().map(|word| key(word)).collect();
    for length in 1..=LONGEST_PHRASE {
        let mut start = 0;
        while start + 2 * length <= keys.len() {
            let phrase = &keys[start..start + length];
            let times = keys[start..].chunks_exact(length).take_while(|chunk| *chunk == phrase).count();
            let most: usize = match length {
                1 => 6,
                2 => 4,
                _ => 3,
            };
            let most = if limit_reached { most.div_ceil(2).max(2) } else { most };
            if times >= most {
                return Some((start, length, times));
            }
            start += 1;
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

    fn looped(text: &str, limit_reached: bool) -> bool {
        is_loop(&text.split_whitespace().collect::<Vec<_>>(), limit_reached)
    }

    #[test]
    fn loops_are_found() {
        assert!(looped("Maybe, little, little, little, little, little, little, little", false));
        assert!(looped("I see it. I see it. I see it.", false));
        assert!(looped("to be, to be, to be, to be", false));
        assert!(looped("so we go to the store and so we go to the store and", true));
    }

    #[test]
    fn people_repeat_themselves() {
        assert!(!looped("No, no, no!", false));
        assert!(!looped("a very very very very big dog", false));
        assert!(!looped("bye bye bye bye", false));
        assert!(!looped("had had had had", false));
        assert!(!looped("I think, I think it is B", true));
        assert!(!looped("", true));
        assert!(!looped("one", true));
    }

    #[test]
    fn a_loop_is_cut_to_one_round() {
        let words: Vec<&str> = "Maybe, little, little, little, little, little, little".split(' ').collect();
        assert_eq!(cut(&words), ["Maybe,", "little,"]);
        assert_eq!(cut(&["a", "b", "c", "a", "b", "c", "a", "b", "c"]), ["a", "b", "c"]);
        assert_eq!(cut(&["two", "different", "words"]), ["two", "different", "words"]);
    }

    #[test]
    fn the_limit_leaves_room_for_fast_speech() {
        assert_eq!(token_limit(0.0), 16);
        assert_eq!(token_limit(3.0), 40);
        // "supercalifragilisticexpialidocious" in a second is 11 tokens.
        assert!(token_limit(1.0) > 11);
    }
}
