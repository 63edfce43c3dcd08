//! The voice's model, run in two halves.

use std::path::{Path, PathBuf};
use std::thread;

use ort::environment::Environment;
use ort::inputs;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::TensorRef;
use sha2::{Digest, Sha256};

use super::config::VoiceConfig;
use super::decoder::{Decoder, Utterance};
use super::{Interrupt, VoiceError, runtime};
use crate::onnx::{self, SPEAKER};

/// Stretches decoded at the same time, at most; each costs the memory of a decoder.
const MOST_LANES: usize = 8;

/// The files of a voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoiceFiles {
    /// The model, `.onnx`.
    pub model: PathBuf,
    /// Its description, `.onnx.json`.
    pub config: PathBuf,
    /// The ONNX Runtime library, `libonnxruntime.so`.
    pub runtime: PathBuf,
}

/// A loaded voice. It belongs to one thread at a time.
pub struct Voice {
    config: VoiceConfig,
    model: Model,
    id: String,
    /// The speaker's number, if the model asks for one.
    speaker: Option<[i64; 1]>,
    interrupt: Interrupt,
}

enum Model {
    Halves(Box<Halves>),
    /// A graph that could not be cut.
    Whole(Session),
}

struct Halves {
    encoder: Session,
    decoder: Decoder,
}

impl Voice {
    /// Loads a voice to run on `threads` threads. `halves` false keeps the graph whole, for comparison.
    ///
    /// # Errors
    /// [`VoiceError`] naming the file and the remedy.
    pub fn load(files: &VoiceFiles, threads: usize, halves: bool) -> Result<Self, VoiceError> {
        let config = VoiceConfig::load(&files.config)?;
        let bytes = std::fs::read(&files.model)
            .map_err(|source| VoiceError::Read { path: files.model.clone(), source })?;
        let environment = runtime::environment(&files.runtime)?;
        let loader = Loader { environment, threads, path: &files.model };
        let speaker = config.has_speakers().then_some([0]);
        let split = onnx::split(&bytes);
        // Building the halves and hashing the file take about as long as each other.
        let (model, id) = thread::scope(|scope| {
            let id = scope.spawn(|| {
                let hash = Sha256::new().chain_update(&bytes).chain_update(config.fingerprint());
                format!("{:x}", hash.finalize())
            });
            let split = split.map_err(|error| error.to_string());
            let model = loader.model(&bytes, split, halves, speaker);
            let id = id.join().map_err(|_| VoiceError::Run("its file could not be hashed".into()));
            model.and_then(|model| Ok((model, id?)))
        })?;
        let voice = Self { config, model, id, speaker, interrupt: Interrupt::new()? };
        voice.check(&files.model)?;
        Ok(voice)
    }

    /// Refuses a model that does not have a Piper voice's inputs.
    fn check(&self, path: &Path) -> Result<(), VoiceError> {
        let session = match &self.model {
            Model::Halves(halves) => &halves.encoder,
            Model::Whole(session) => session,
        };
        let names: Vec<&str> = session.inputs().iter().map(|input| input.name()).collect();
        let needed = ["input", "input_lengths", "scales"];
        let right = needed.iter().all(|name| names.contains(name))
            && names.iter().all(|name| needed.contains(name) || (*name == SPEAKER && self.speaker.is_some()));
        if right {
            return Ok(());
        }
        let reason = format!("it is no Piper voice: its inputs are {}", names.join(", "));
        Err(VoiceError::Model { path: path.to_owned(), reason })
    }

    /// The voice's description.
    #[must_use]
    pub fn config(&self) -> &VoiceConfig {
        &self.config
    }

    /// SHA-256 of the model file and its description: the voice's identity.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether sound comes before all of a sentence is computed.
    #[must_use]
    pub fn is_cut(&self) -> bool {
        matches!(self.model, Model::Halves(_))
    }

    /// What stops [`Voice::next`] from another thread.
    #[must_use]
    pub fn interrupt(&self) -> Interrupt {
        self.interrupt.clone()
    }

    /// Begins to say phonemes, `rate` times as fast as the voice's own pace. What follows comes from [`Voice::next`].
    ///
    /// # Errors
    /// [`VoiceError::Run`].
    pub fn begin(&mut self, phonemes: &str, rate: f32) -> Result<Utterance, VoiceError> {
        let mut inference = self.config.inference();
        inference.length_scale /= rate.clamp(0.25, 4.0);
        self.begin_with(phonemes, inference)
    }

    /// As [`Voice::begin`], with the model's own settings. Without noise the result is always the same.
    ///
    /// # Errors
    /// [`VoiceError::Run`].
    pub fn begin_with(
        &mut self,
        phonemes: &str,
        inference: super::Inference,
    ) -> Result<Utterance, VoiceError> {
        let ids = self.config.ids(phonemes);
        let length = [i64::try_from(ids.len()).unwrap_or(i64::MAX)];
        let scales = [inference.noise_scale, inference.length_scale, inference.noise_w];
        let mut inputs = inputs![
            "input" => TensorRef::from_array_view(([1, ids.len()], ids.as_slice()))?,
            "input_lengths" => TensorRef::from_array_view(([1_usize], length.as_slice()))?,
            "scales" => TensorRef::from_array_view(([3_usize], scales.as_slice()))?,
        ];
        if let Some(speaker) = &self.speaker {
            inputs
                .push((SPEAKER.into(), TensorRef::from_array_view(([1_usize], speaker.as_slice()))?.into()));
        }
        match &mut self.model {
            Model::Whole(session) => {
                let outputs = session.run(inputs)?;
                let (_, sound) = outputs[0].try_extract_tensor::<f32>()?;
                Ok(Utterance::complete(sound.to_vec()))
            }
            Model::Halves(halves) => {
                let outputs = halves.encoder.run(inputs)?;
                let (shape, latent) = outputs[0].try_extract_tensor::<f32>()?;
                let size = |i: usize| shape.get(i).and_then(|n| usize::try_from(*n).ok()).unwrap_or(0);
                let (channels, columns) = (size(1), size(2));
                if size(0) != 1 || latent.len() != channels * columns {
                    return Err(VoiceError::Run(format!("its latent has the shape {shape:?}")));
                }
                Ok(Utterance::new(latent.to_vec(), channels, columns))
            }
        }
    }

    /// The next piece of sound in -1 to 1, or nothing at the end. Pieces joined are exactly what the whole graph
    /// would have given.
    ///
    /// # Errors
    /// [`VoiceError::Run`]; [`VoiceError::Interrupted`] after which it may be asked again.
    pub fn next(&mut self, utterance: &mut Utterance) -> Result<Option<Vec<f32>>, VoiceError> {
        match &mut self.model {
            Model::Halves(halves) => halves.decoder.next(utterance, &self.interrupt),
            Model::Whole(_) => Ok(utterance.take_complete()),
        }
    }
}

struct Loader<'a> {
    environment: Environment,
    threads: usize,
    path: &'a Path,
}

impl Loader<'_> {
    /// The halves at the same time, or the whole graph.
    fn model(
        &self,
        bytes: &[u8],
        split: Result<onnx::Halves<'_>, String>,
        halves: bool,
        speaker: Option<[i64; 1]>,
    ) -> Result<Model, VoiceError> {
        let parts = match split {
            Ok(parts) if halves => parts,
            Ok(_) => return Ok(Model::Whole(self.session(bytes, self.threads)?)),
            Err(error) => {
                let session = self.session(bytes, self.threads)?;
                tracing::warn!(
                    voice = %self.path.display(),
                    error,
                    "this voice cannot be cut in two: a sentence is heard only when all of it is computed"
                );
                return Ok(Model::Whole(session));
            }
        };
        let decoder = parts.decoder();
        let encoder = parts.encoder();
        let count = self.threads.clamp(1, MOST_LANES);
        let (encoder, lanes) = thread::scope(|scope| {
            // Built beside each other: they take about as long.
            let lanes = scope.spawn(|| (0..count).map(|_| self.session(&decoder, 1)).collect());
            let encoder = self.session(&encoder, self.threads);
            let lost = || VoiceError::Run("its decoder could not be built".into());
            (encoder, lanes.join().unwrap_or_else(|_| Err(lost())))
        });
        let lanes: Vec<Session> = lanes?;
        let decoder = Decoder::new(lanes, parts.latent(), speaker, parts.hop, parts.reach);
        Ok(Model::Halves(Box::new(Halves { encoder: encoder?, decoder })))
    }

    fn session(&self, model: &[u8], threads: usize) -> Result<Session, VoiceError> {
        self.build(model, threads)
            .map_err(|error| VoiceError::Model { path: self.path.to_owned(), reason: error.to_string() })
    }

    fn build(&self, model: &[u8], threads: usize) -> Result<Session, ort::Error> {
        Session::builder(&self.environment)?
            .with_intra_threads(threads.max(1))?
            // Spinning threads take the processor from the language model while they wait.
            .with_intra_op_spinning(false)?
            .with_inter_op_spinning(false)?
            .with_optimization_level(GraphOptimizationLevel::All)?
            // Every text has another length, so patterns of memory would only be kept for nothing.
            .with_memory_pattern(false)?
            .commit_from_memory(model)
    }
}

impl From<ort::Error> for VoiceError {
    fn from(error: ort::Error) -> Self {
        Self::Run(error.to_string())
    }
}
