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

/// Natural logarithm of the probability of what was heard (`free`) and of each of `texts`, in their order; the end
/// (`end_of_text`) included, after `prompt`. Minus infinity for what the vocabulary cannot write.
///
/// A text that falls `reach` behind what was heard is given up there, with minus infinity: the whole of it would only be further
/// behind.
///
/// # Errors
/// The first error of the decoder.
pub fn ln_p<D: Decode>(
    decoder: &mut D,
    prompt: &[i32],
    free: &[i32],
    texts: &[Vec<i32>],
    end_of_text: i32,
    reach: f64,
) -> Result<(f64, Vec<f64>), D::Error> {
    // Logits after the prompt, and after each token that was decoded since.
    let mut trail =
        Trail { prompt: prompt.len(), tokens: Vec::new(), after: vec![Next::new(decoder.step(prompt, 0)?)] };
    let heard = trail.score(decoder, free, end_of_text, f64::NEG_INFINITY)?;
    let mut order: Vec<usize> = (0..texts.len()).collect();
    order.sort_by(|a, b| texts.get(*a).cmp(&texts.get(*b)));
    let mut scores = vec![f64::NEG_INFINITY; texts.len()];
    for index in order {
        if let (Some(text), Some(score)) = (texts.get(index), scores.get_mut(index)) {
            *score = trail.score(decoder, text, end_of_text, heard - reach)?;
        }
    }
    Ok((heard, scores))
}

/// What the decoder has in its memory.
struct Trail {
    prompt: usize,
    tokens: Vec<i32>,
    /// One more than `tokens`.
    after: Vec<Next>,
}

impl Trail {
    fn score<D: Decode>(
        &mut self,
        decoder: &mut D,
        text: &[i32],
        end_of_text: i32,
        least: f64,
    ) -> Result<f64, D::Error> {
        let shared = text.iter().zip(&self.tokens).take_while(|(a, b)| a == b).count();
        self.tokens.truncate(shared);
        self.after.truncate(shared + 1);
        let mut score = 0.0;
        for (place, token) in text.iter().chain(std::iter::once(&end_of_text)).enumerate() {
            if place == self.after.len() {
                let Some(last) = place.checked_sub(1).and_then(|last| text.get(last)) else { break };
                self.after.push(Next::new(decoder.step(&[*last], self.prompt + place - 1)?));
                self.tokens.push(*last);
            }
            score += self.after.get(place).map_or(f64::NEG_INFINITY, |next| next.ln_p(*token));
            if score < least {
                return Ok(f64::NEG_INFINITY);
            }
        }
        Ok(score)
    }
}

/// What may come next.
struct Next {
    logits: Vec<f32>,
    /// Natural logarithm of the sum of the exponentials of `logits`.
    norm: f64,
}

impl Next {
    fn new(logits: Vec<f32>) -> Self {
        let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f64 = logits.iter().map(|logit| f64::from((logit - most).exp())).sum();
        Self { logits, norm: f64::from(most) + sum.ln() }
    }

    /// Natural logarithm of a token's probability by the softmax of the logits.
    fn ln_p(&self, token: i32) -> f64 {
        let logit = usize::try_from(token).ok().and_then(|token| self.logits.get(token));
        logit.map_or(f64::NEG_INFINITY, |logit| f64::from(*logit) - self.norm)
    }
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
        let Ok((heard, scores)) = ln_p(&mut decoder, &[0], &[1], &texts, 3, f64::INFINITY);
        let (half, sixth) = (0.5f64.ln(), (1.0f64 / 6.0).ln());
        assert!((heard - (half + sixth)).abs() < 1e-6, "{heard}");
        assert!((scores[1] - 3.0 * half).abs() < 1e-6, "{scores:?}");
        assert!((scores[0] - (half + 2.0 * sixth)).abs() < 1e-6, "{scores:?}");
        assert!(scores[2].is_infinite() && scores[2] < 0.0);
    }

    #[test]
    fn what_begins_alike_is_decoded_once() {
        let mut decoder = FakeDecoder::default();
        let texts = [vec![1, 2, 3], vec![2], vec![1, 2, 0]];
        let Ok(_) = ln_p(&mut decoder, &[0], &[1, 2], &texts, 3, f64::INFINITY);
        // The prompt, 1 2, then 0, 3 and 2.
        assert_eq!(decoder.steps, 1 + 2 + 3);
    }

    #[test]
    fn what_falls_behind_is_given_up() {
        let mut decoder = FakeDecoder::default();
        let texts = [vec![3, 3, 3, 3], vec![1, 2]];
        let Ok((heard, scores)) = ln_p(&mut decoder, &[0], &[1, 2], &texts, 3, 0.5);
        assert!(scores[0].is_infinite() && scores[0] < 0.0, "{scores:?}");
        assert!((scores[1] - heard).abs() < 1e-12, "{scores:?}");
        assert_eq!(decoder.steps, 1 + 2 + 1, "a hopeless text costs one step, not four");
    }
}
