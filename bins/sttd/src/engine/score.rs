//! How well given texts fit a sound: the decoder is made to write each, and its probabilities are read off.
//!
//! The encoder's output does not change from text to text, and texts that begin alike share those steps of the
//! decoder, whose memory is cut back to where they part.

/// One step of a decoder: takes tokens that come after the first `past` ones, forgets whatever it knew beyond
/// these, and gives the logits of the next token.
pub trait Decode {
    /// Why a step fails.
    type Error;

    /// Makes the step.
    ///
    /// # Errors
    /// Whatever the decoder fails with.
    fn step(&mut self, tokens: &[i32], past: usize) -> Result<Vec<f32>, Self::Error>;
}

/// Natural logarithm of the probability of each text, its end (`end_of_text`) included, after `prompt`; minus infinity
/// for what the vocabulary cannot write. In the order of `texts`.
///
/// # Errors
/// The first error of the decoder.
pub fn ln_p<D: Decode>(
    decoder: &mut D,
    prompt: &[i32],
    texts: &[Vec<i32>],
    end_of_text: i32,
) -> Result<Vec<f64>, D::Error> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by(|a, b| texts.get(*a).cmp(&texts.get(*b)));
    let mut scores = vec![f64::NEG_INFINITY; texts.len()];
    // Logits after the prompt, and after each token of the text before.
    let mut after = vec![decoder.step(prompt, 0)?];
    let mut before: &[i32] = &[];
    for index in order {
        let Some(text) = texts.get(index) else { continue };
        let shared = text.iter().zip(before).take_while(|(a, b)| a == b).count();
        after.truncate(shared + 1);
        for (place, token) in text.iter().enumerate().skip(shared) {
            after.push(decoder.step(&[*token], prompt.len() + place)?);
        }
        let ends = text.iter().chain(std::iter::once(&end_of_text));
        if let Some(score) = scores.get_mut(index) {
            *score = ends.zip(&after).map(|(token, logits)| of_token(logits, *token)).sum();
        }
        before = text;
    }
    Ok(scores)
}

/// Natural logarithm of a token's probability by the softmax of `logits`.
fn of_token(logits: &[f32], token: i32) -> f64 {
    let Some(logit) = usize::try_from(token).ok().and_then(|token| logits.get(token)) else {
        return f64::NEG_INFINITY;
    };
    let most = f64::from(logits.iter().copied().fold(f32::NEG_INFINITY, f32::max));
    let sum: f64 = logits.iter().map(|logit| (f64::from(*logit) - most).exp()).sum();
    f64::from(*logit) - most - sum.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fake decoder: after token n the token n + 1 has half of the probability, the three others a sixth each.
    #[derive(Default)]
    struct FakeDecoder {
        tokens: Vec<i32>,
        steps: usize,
    }

    impl Decode for FakeDecoder {
        type Error = std::convert::Infallible;

        fn step(&mut self, tokens: &[i32], past: usize) -> Result<Vec<f32>, Self::Error> {
            assert!(past <= self.tokens.len(), "a step after tokens that were never given");
            self.tokens.truncate(past);
            self.tokens.extend(tokens);
            self.steps += 1;
            let likely = (self.tokens.last().copied().unwrap_or(0) + 1) % 4;
            Ok((0..4).map(|id| if id == likely { 3f32.ln() } else { 0.0 }).collect())
        }
    }

    #[test]
    fn probabilities_are_those_of_the_decoder() {
        let mut decoder = FakeDecoder::default();
        let texts = [vec![1, 3], vec![1, 2], vec![9]];
        let Ok(scores) = ln_p(&mut decoder, &[0], &texts, 3);
        let (half, sixth) = (0.5f64.ln(), (1.0f64 / 6.0).ln());
        assert!((scores[1] - 3.0 * half).abs() < 1e-6, "{scores:?}");
        assert!((scores[0] - (half + 2.0 * sixth)).abs() < 1e-6, "{scores:?}");
        assert!(scores[2].is_infinite() && scores[2] < 0.0);
    }

    #[test]
    fn what_begins_alike_is_decoded_once() {
        let mut decoder = FakeDecoder::default();
        let texts = [vec![1, 2, 3], vec![2], vec![1, 2, 0]];
        let Ok(_) = ln_p(&mut decoder, &[0], &texts, 3);
        assert_eq!(decoder.steps, 1 + 4 + 1);
    }
}
