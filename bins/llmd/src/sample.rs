//! Choosing the next token.
//!
//! The whole vocabulary is looked at once, in place, for the likeliest few; llama.cpp's samplers then work
//! on those. Handing them every token, as a plain chain does, costs a noticeable share of a small
//! model's time per token.

use std::collections::VecDeque;

use iseetutor_wire::message::Sampling;
use llama_cpp_2::sampling::LlamaSampler;
use llama_cpp_2::token::LlamaToken;
use llama_cpp_2::token::data::LlamaTokenData;
use llama_cpp_2::token::data_array::LlamaTokenDataArray;

/// Tokens that the repetition penalty looks back on.
const PENALTY_WINDOW: usize = 64;

/// Why no token can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SampleError {
    /// The sampling parameters make no sense.
    #[error("sampling parameter {name} is {value}; it must be {wanted}")]
    Parameter {
        /// The parameter.
        name: &'static str,
        /// What was given.
        value: String,
        /// What it may be.
        wanted: &'static str,
    },
    /// The grammar allows no token of the vocabulary.
    #[error(
        "the grammar came to a point at which no token of this model is allowed; check that every rule can be completed"
    )]
    GrammarDeadEnd,
    /// The model's output is not numbers.
    #[error(
        "the model gave no usable output; the model file may be damaged: check it with `tutorctl models verify`"
    )]
    NoOutput,
}

/// Chooses tokens for one answer.
#[derive(Debug)]
pub struct Sampler {
    /// Keep this many of the likeliest tokens; 0 keeps all.
    top_k: usize,
    penalty: f32,
    recent: VecDeque<LlamaToken>,
    /// llama.cpp's samplers after the first selection; none when the likeliest token is always taken.
    chain: Option<LlamaSampler>,
    grammar: Option<LlamaSampler>,
    /// The model's output with penalties applied.
    adjusted: Vec<f32>,
}

impl Sampler {
    /// A sampler with these parameters, `top_k` likeliest tokens (0 for all) and a compiled grammar.
    ///
    /// # Errors
    /// [`SampleError::Parameter`].
    pub fn new(
        sampling: &Sampling,
        top_k: usize,
        grammar: Option<LlamaSampler>,
    ) -> Result<Self, SampleError> {
        let check = |name, value: f32, right: bool, wanted| {
            if right {
                Ok(())
            } else {
                Err(SampleError::Parameter { name, value: value.to_string(), wanted })
            }
        };
        let Sampling { temperature, top_p, min_p, repeat_penalty, seed, .. } = *sampling;
        check("temperature", temperature, (0.0..=10.0).contains(&temperature), "from 0 to 10")?;
        check("top_p", top_p, top_p > 0.0 && top_p <= 1.0, "above 0 and at most 1")?;
        check("min_p", min_p, (0.0..=1.0).contains(&min_p), "from 0 to 1")?;
        check("repeat_penalty", repeat_penalty, (0.1..=10.0).contains(&repeat_penalty), "from 0.1 to 10")?;
        let chain = (temperature > 0.0).then(|| {
            let mut samplers = Vec::new();
            if top_p < 1.0 {
                samplers.push(LlamaSampler::top_p(top_p, 1));
            }
            if min_p > 0.0 {
                samplers.push(LlamaSampler::min_p(min_p, 1));
            }
            samplers.push(LlamaSampler::temp(temperature));
            samplers.push(LlamaSampler::dist(seed));
            LlamaSampler::chain(samplers, true)
        });
        Ok(Self {
            top_k,
            penalty: repeat_penalty,
            recent: VecDeque::with_capacity(PENALTY_WINDOW),
            chain,
            grammar,
            adjusted: Vec::new(),
        })
    }

    /// Chooses the next token from the model's output for it, a logit for each token of the vocabulary.
    /// `ends` says which tokens end the answer.
    ///
    /// # Errors
    /// [`SampleError::GrammarDeadEnd`] and [`SampleError::NoOutput`]; the sampler is then of no more use.
    pub fn next(
        &mut self,
        logits: &[f32],
        ends: impl Fn(LlamaToken) -> bool,
    ) -> Result<LlamaToken, SampleError> {
        let penalized = !self.recent.is_empty() && (self.penalty - 1.0).abs() > f32::EPSILON;
        let logits = if penalized {
            self.adjusted.clear();
            self.adjusted.extend_from_slice(logits);
            penalize(&mut self.adjusted, &self.recent, self.penalty);
            &self.adjusted
        } else {
            logits
        };
        let mut token = choose(logits, self.top_k, self.chain.as_mut()).ok_or(SampleError::NoOutput)?;
        if let Some(grammar) = &mut self.grammar {
            // Asking the grammar about one token is quick, about the whole vocabulary is not: most
            // choices are right at the first try.
            if !allowed(grammar, token) {
                let all =
                    (0..).map(LlamaToken).zip(logits).map(|(id, logit)| LlamaTokenData::new(id, *logit, 0.0));
                let mut candidates = LlamaTokenDataArray::from_iter(all, false);
                candidates.apply_sampler(grammar);
                let mut rest = vec![f32::NEG_INFINITY; logits.len()];
                for data in &candidates.data {
                    if let Some(place) = usize::try_from(data.id().0).ok().and_then(|at| rest.get_mut(at)) {
                        *place = data.logit();
                    }
                }
                token = choose(&rest, self.top_k, self.chain.as_mut()).ok_or(SampleError::GrammarDeadEnd)?;
            }
            // llama.cpp aborts the process when a grammar accepts an end that it does not allow; an
            // allowed one needs no accepting, because nothing follows it.
            if !ends(token) && grammar.try_accept(token).is_err() {
                return Err(SampleError::GrammarDeadEnd);
            }
        }
        if self.recent.len() == PENALTY_WINDOW {
            self.recent.pop_front();
        }
        self.recent.push_back(token);
        Ok(token)
    }
}

fn allowed(grammar: &mut LlamaSampler, token: LlamaToken) -> bool {
    let mut one = LlamaTokenDataArray::new(vec![LlamaTokenData::new(token, 1.0, 0.0)], false);
    one.apply_sampler(grammar);
    one.data.first().is_some_and(|data| data.logit().is_finite())
}

/// Makes recent tokens less likely (Keskar et al. 2019, "CTRL", section 4.1, with the sign of the
/// logit taken into account as llama.cpp does).
fn penalize(logits: &mut [f32], recent: &VecDeque<LlamaToken>, penalty: f32) {
    for (nth, token) in recent.iter().enumerate() {
        if recent.iter().take(nth).any(|earlier| earlier == token) {
            continue;
        }
        if let Some(logit) = usize::try_from(token.0).ok().and_then(|at| logits.get_mut(at)) {
            *logit = if *logit > 0.0 { *logit / penalty } else { *logit * penalty };
        }
    }
}

/// The likeliest token, or one that `chain` chooses among the `top_k` likeliest.
fn choose(logits: &[f32], top_k: usize, chain: Option<&mut LlamaSampler>) -> Option<LlamaToken> {
    let Some(chain) = chain else { return likeliest(logits, 1).first().map(LlamaTokenData::id) };
    let candidates = likeliest(logits, if top_k == 0 { logits.len() } else { top_k });
    if candidates.is_empty() {
        return None;
    }
    let mut candidates = LlamaTokenDataArray::new(candidates, true);
    candidates.apply_sampler(chain);
    candidates.selected_token()
}

/// The `count` likeliest tokens, likeliest first; of equals the lower number first.
fn likeliest(logits: &[f32], count: usize) -> Vec<LlamaTokenData> {
    let finite = (0..).map(LlamaToken).zip(logits.iter().copied()).filter(|(_, logit)| logit.is_finite());
    // Many: sort them. Few: almost every token fails the first comparison, so inserting is quicker.
    if count > 256 {
        let mut all: Vec<LlamaTokenData> =
            finite.map(|(id, logit)| LlamaTokenData::new(id, logit, 0.0)).collect();
        all.sort_by(|a, b| b.logit().total_cmp(&a.logit()));
        all.truncate(count);
        return all;
    }
    let mut best: Vec<LlamaTokenData> = Vec::with_capacity(count + 1);
    let mut least = f32::NEG_INFINITY;
    for (id, logit) in finite {
        if best.len() == count && logit <= least {
            continue;
        }
        let at = best.partition_point(|other| other.logit() >= logit);
        best.insert(at, LlamaTokenData::new(id, logit, 0.0));
        best.truncate(count);
        least = best.last().map_or(f32::NEG_INFINITY, LlamaTokenData::logit);
    }
    best
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use proptest::prelude::*;

    fn sampler(sampling: &Sampling, top_k: usize) -> Sampler {
        Sampler::new(sampling, top_k, None).unwrap()
    }

    #[test]
    fn zero_temperature_takes_the_likeliest() {
        let mut sampler = sampler(&Sampling::default(), 40);
        assert_eq!(sampler.next(&[0.1, 3.0, 3.0, -1.0], |_| false), Ok(LlamaToken(1)));
        assert_eq!(sampler.next(&[f32::NAN, f32::NAN], |_| false), Err(SampleError::NoOutput));
    }

    #[test]
    fn a_seed_repeats_its_choices_and_top_k_limits_them() {
        let sampling = Sampling { temperature: 1.0, seed: 7, ..Sampling::default() };
        let logits: Vec<f32> = (0..100_u8).map(|n| f32::from(n % 10) / 10.0).collect();
        let run = |top_k| {
            let mut sampler = sampler(&sampling, top_k);
            (0..50).map(|_| sampler.next(&logits, |_| false).unwrap().0).collect::<Vec<_>>()
        };
        assert_eq!(run(0), run(0));
        assert!(run(10).iter().all(|id| id % 10 == 9), "only the ten likeliest");
        assert!(run(0).iter().any(|id| id % 10 != 9));
    }

    #[test]
    fn repeated_tokens_become_less_likely_whatever_their_sign() {
        let sampling = Sampling { repeat_penalty: 2.0, ..Sampling::default() };
        let mut positive = sampler(&sampling, 0);
        let chosen: Vec<i32> = (0..2).map(|_| positive.next(&[3.0, 2.0], |_| false).unwrap().0).collect();
        assert_eq!(chosen, [0, 1]);
        let mut negative = sampler(&sampling, 0);
        let chosen: Vec<i32> = (0..2).map(|_| negative.next(&[-2.0, -3.0], |_| false).unwrap().0).collect();
        assert_eq!(chosen, [0, 1]);
    }

    #[test]
    fn parameters_out_of_range_are_named() {
        for (sampling, name) in [
            (Sampling { temperature: f32::NAN, ..Sampling::default() }, "temperature"),
            (Sampling { temperature: -1.0, ..Sampling::default() }, "temperature"),
            (Sampling { top_p: 0.0, ..Sampling::default() }, "top_p"),
            (Sampling { min_p: 2.0, ..Sampling::default() }, "min_p"),
            (Sampling { repeat_penalty: 0.0, ..Sampling::default() }, "repeat_penalty"),
        ] {
            let error = Sampler::new(&sampling, 0, None).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }

    proptest! {
        #[test]
        fn selecting_agrees_with_sorting(logits in prop::collection::vec(-9.0f32..9.0, 1..400), count in 1usize..300) {
            let mut sorted: Vec<(usize, f32)> = logits.iter().copied().enumerate().collect();
            sorted.sort_by(|a, b| b.1.total_cmp(&a.1));
            sorted.truncate(count);
            let ids: Vec<usize> = likeliest(&logits, count).iter().map(|data| usize::try_from(data.id().0).unwrap()).collect();
            prop_assert_eq!(ids, sorted.into_iter().map(|(at, _)| at).collect::<Vec<_>>());
        }
    }
}
