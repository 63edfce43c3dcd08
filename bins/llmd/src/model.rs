//! Model files: loading them, saying what is wrong with them, and the language model's own chat template.

use std::io::Read;
use std::path::{Path, PathBuf};

use iseetutor_wire::message::ChatMessage;
use llama_cpp_2::model::params::LlamaModelParams;
use llama_cpp_2::model::{LlamaChatMessage, LlamaChatTemplate, LlamaModel};
use llama_cpp_2::token::LlamaToken;

use crate::backend::{self, BackendError};

/// What a model is to be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To write text.
    Language,
    /// To embed text.
    Embedding,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::Language => "a language",
            Self::Embedding => "an embedding",
        }
    }

    /// The key of the configuration that names the file.
    fn key(self) -> &'static str {
        match self {
            Self::Language => "model",
            Self::Embedding => "embedding_model",
        }
    }
}

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// No file is configured.
    #[error("no model file is configured: set `{}` in llmd's configuration to a GGUF file, or run `tutorctl up`", .0.key())]
    NotConfigured(Purpose),
    /// The file is not there or cannot be read.
    #[error(
        "cannot read the model file {path}: {source}; fetch it with `tutorctl models fetch`, or correct its path in the configuration"
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is of another format.
    #[error(
        "cannot use {path} as {purpose} model: {found}, not a GGUF file; fetch the right file with `tutorctl models fetch`"
    )]
    NotGguf {
        /// The file.
        path: PathBuf,
        /// What it was to be used for.
        purpose: &'static str,
        /// What it is.
        found: &'static str,
    },
    /// llama.cpp refused it.
    #[error(
        "cannot load the model file {path}: {detail}; it may be cut short or damaged: compare it with `tutorctl models verify` and fetch it again with `tutorctl models fetch`"
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What llama.cpp said.
        detail: String,
    },
    /// It is a model for something else.
    #[error(
        "cannot use {path} as {purpose} model: its architecture is {architecture}; choose {purpose} model"
    )]
    WrongKind {
        /// The file.
        path: PathBuf,
        /// What it was to be used for.
        purpose: &'static str,
        /// Its architecture.
        architecture: String,
    },
    /// Its chat template is not one that llama.cpp knows.
    #[error(
        "cannot use the chat template of {path}: llama.cpp does not know it; set `chat_template` in llmd's configuration to one that it knows, such as chatml or llama3"
    )]
    Template {
        /// The file.
        path: PathBuf,
    },
    /// There is not enough memory for the context.
    #[error(
        "cannot make a context of {context} tokens for {path}: {detail}; lower `context_tokens` in llmd's configuration"
    )]
    Context {
        /// The file.
        path: PathBuf,
        /// Tokens of the context.
        context: u32,
        /// What llama.cpp said.
        detail: String,
    },
    /// llama.cpp cannot run here.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The loading was given up because the daemon ends.
    #[error("loading {path} was given up because llmd ends")]
    GivenUp {
        /// The file.
        path: PathBuf,
    },
}

/// Loads a model. `progress` is called with the share loaded (0 to 1) and gives the loading up by
/// returning `false`.
///
/// # Errors
/// [`ModelError`].
pub fn load(
    path: &Path,
    purpose: Purpose,
    gpu_layers: u32,
    mut progress: impl FnMut(f32) -> bool + 'static,
) -> Result<LlamaModel, ModelError> {
    if path.as_os_str().is_empty() {
        return Err(ModelError::NotConfigured(purpose));
    }
    check_magic(path, purpose)?;
    let backend = backend::backend()?;
    let given_up = std::rc::Rc::new(std::cell::Cell::new(false));
    let noted = std::rc::Rc::clone(&given_up);
    let params =
        LlamaModelParams::default().with_n_gpu_layers(gpu_layers).with_progress_callback(move |share| {
            let go_on = progress(share);
            noted.set(!go_on);
            go_on
        });
    let (loaded, problems) = backend::problems(|| LlamaModel::load_from_file(backend, path, &params));
    let model = loaded.map_err(|error| {
        if given_up.get() {
            return ModelError::GivenUp { path: path.to_owned() };
        }
        let detail = if problems.is_empty() { error.to_string() } else { problems };
        ModelError::Damaged { path: path.to_owned(), detail }
    })?;
    let architecture = model.meta_val_str("general.architecture").unwrap_or_default();
    // Embedding models look at the whole text at once; language models only backwards.
    let causal = model.meta_val_str(&format!("{architecture}.attention.causal")).as_deref() != Ok("false")
        && !architecture.contains("bert");
    if causal != (purpose == Purpose::Language) {
        let path = path.to_owned();
        return Err(ModelError::WrongKind { path, purpose: purpose.as_str(), architecture });
    }
    Ok(model)
}

fn check_magic(path: &Path, purpose: Purpose) -> Result<(), ModelError> {
    let unreadable = |source| ModelError::Unreadable { path: path.to_owned(), source };
    if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        return Err(unreadable(std::io::ErrorKind::IsADirectory.into()));
    }
    let mut magic = [0; 4];
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let found = match file.read_exact(&mut magic) {
        Ok(()) if &magic == b"GGUF" => return Ok(()),
        Ok(()) if &magic == b"lmgg" => "it is a file of whisper.cpp",
        Ok(()) if &magic == b"PK\x03\x04" => "it is a ZIP archive",
        Ok(()) => "it is something else",
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => "it is empty",
        Err(error) => return Err(unreadable(error)),
    };
    Err(ModelError::NotGguf { path: path.to_owned(), purpose: purpose.as_str(), found })
}

/// A chat could not be turned into tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot apply the model's chat template: {0}; send system, user and assistant messages in turn")]
pub struct RenderError(String);

/// A language model with its chat template.
#[derive(Debug)]
pub struct LanguageModel {
    model: LlamaModel,
    template: LlamaChatTemplate,
    /// How the vocabulary writes its control tokens, such as `<|im_end|>`.
    control: Vec<String>,
}

impl LanguageModel {
    /// Takes a loaded model. `template` overrides the model's own chat template unless it is empty.
    ///
    /// # Errors
    /// [`ModelError::Template`].
    pub fn new(model: LlamaModel, template: &str, path: &Path) -> Result<Self, ModelError> {
        let unknown = || ModelError::Template { path: path.to_owned() };
        let template = if template.is_empty() {
            match model.chat_template(None) {
                Ok(template) => template,
                Err(_) => {
                    tracing::warn!("the model has no chat template: using chatml");
                    LlamaChatTemplate::new("chatml").map_err(|_| unknown())?
                }
            }
        } else {
            LlamaChatTemplate::new(template).map_err(|_| unknown())?
        };
        let vocab = model.vocab();
        let control = vocab
            .tokens()
            .filter(|token| vocab.is_control(*token))
            .filter_map(|token| vocab.text(token).map(|text| text.to_string_lossy().into_owned()))
            // Shorter ones would be found in ordinary text.
            .filter(|text| text.len() > 2)
            .collect();
        let this = Self { model, template, control };
        let probe = ChatMessage { role: iseetutor_wire::message::Role::User, content: "probe".into() };
        this.render(&[probe], true).map_err(|_| unknown())?;
        Ok(this)
    }

    /// llama.cpp's model.
    #[must_use]
    pub fn llama(&self) -> &LlamaModel {
        &self.model
    }

    /// The chat as the model was trained to see it; with `answer`, up to where its answer begins.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn render(&self, messages: &[ChatMessage], answer: bool) -> Result<String, RenderError> {
        let chat: Vec<LlamaChatMessage> = messages
            .iter()
            .map(|message| {
                LlamaChatMessage::new(message.role.as_str().to_owned(), self.defuse(&message.content))
                    .map_err(|error| RenderError(error.to_string()))
            })
            .collect::<Result<_, _>>()?;
        self.model
            .apply_chat_template(&self.template, &chat, answer)
            .map_err(|error| RenderError(error.to_string()))
    }

    /// The tokens of a chat; with `answer`, up to where the model's answer begins.
    ///
    /// # Errors
    /// [`RenderError`].
    pub fn tokens(&self, messages: &[ChatMessage], answer: bool) -> Result<Vec<LlamaToken>, RenderError> {
        Ok(self.model.vocab().tokenize(self.render(messages, answer)?.as_bytes(), true, true))
    }

    /// Text in which nothing reads as a control token, so that a message cannot end itself and go on as
    /// another speaker. The template and the text are then split into tokens together, as in training.
    fn defuse(&self, text: &str) -> String {
        let mut text = text.replace('\0', " ");
        for control in &self.control {
            if text.contains(control.as_str())
                && let Some(second) = control.char_indices().nth(1).map(|(at, _)| at)
            {
                let (head, tail) = control.split_at(second);
                text = text.replace(control.as_str(), &format!("{head} {tail}"));
            }
        }
        text
    }
}
