//! `llmd quantize IN OUT TYPE`: a smaller copy of a model, made by llama.cpp.

use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use llama_cpp_sys_2 as sys;

use crate::backend::{self, BackendError};

/// The types that can be asked for, and llama.cpp's number for each.
pub const TYPES: [(&str, sys::llama_ftype); 10] = [
    ("q4_0", sys::LLAMA_FTYPE_MOSTLY_Q4_0),
    ("q4_1", sys::LLAMA_FTYPE_MOSTLY_Q4_1),
    ("q4_k_s", sys::LLAMA_FTYPE_MOSTLY_Q4_K_S),
    ("q4_k_m", sys::LLAMA_FTYPE_MOSTLY_Q4_K_M),
    ("q5_k_s", sys::LLAMA_FTYPE_MOSTLY_Q5_K_S),
    ("q5_k_m", sys::LLAMA_FTYPE_MOSTLY_Q5_K_M),
    ("q6_k", sys::LLAMA_FTYPE_MOSTLY_Q6_K),
    ("q8_0", sys::LLAMA_FTYPE_MOSTLY_Q8_0),
    ("f16", sys::LLAMA_FTYPE_MOSTLY_F16),
    ("bf16", sys::LLAMA_FTYPE_MOSTLY_BF16),
];

const USAGE: &str = "usage: llmd quantize IN.gguf OUT.gguf TYPE";

/// Why a model was not quantised.
#[derive(Debug, thiserror::Error)]
pub enum QuantizeError {
    /// The command line is wrong.
    #[error("{USAGE}; TYPE is one of {types}", types = type_names())]
    Usage,
    /// There is no such type.
    #[error("unknown type {0:?}: use one of {types}", types = type_names())]
    Type(String),
    /// The result exists.
    #[error("cannot write {0}: it exists and is not overwritten; remove it or choose another name")]
    Exists(PathBuf),
    /// A file cannot be read or written.
    #[error("cannot {operation} {path}: {source}")]
    Io {
        /// What was tried.
        operation: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The file is of another format.
    #[error("cannot quantise {0}: it is not a GGUF file; convert it with `tutorctl models convert` first")]
    NotGguf(PathBuf),
    /// llama.cpp refused.
    #[error(
        "cannot quantise {path}: {detail}; the source should be a whole, unquantised model (f32, f16 or bf16)"
    )]
    Refused {
        /// The source.
        path: PathBuf,
        /// What llama.cpp said.
        detail: String,
    },
    /// llama.cpp cannot run here.
    #[error(transparent)]
    Backend(#[from] BackendError),
}

fn type_names() -> String {
    TYPES.map(|(name, _)| name).join(", ")
}

/// Runs the command with the arguments after `quantize`, and reports on the terminal.
#[must_use]
pub fn command(arguments: Vec<String>) -> ExitCode {
    iseetutor_service::logging::init("info");
    let result = match <[String; 3]>::try_from(arguments) {
        Ok([from, to, kind]) => quantize(Path::new(&from), Path::new(&to), &kind),
        Err(_) => Err(QuantizeError::Usage),
    };
    match result {
        Ok(bytes) => {
            println!("{bytes} bytes written");
            ExitCode::SUCCESS
        }
        Err(error @ (QuantizeError::Usage | QuantizeError::Type(_))) => {
            eprintln!("llmd: {error}");
            ExitCode::from(2)
        }
        Err(error) => {
            eprintln!("llmd: {error}");
            ExitCode::from(1)
        }
    }
}

/// Writes a copy of the model `from` in the quantisation `kind` to `to`, and returns its length in
/// bytes. The file appears under its name when it is whole; an existing one is never touched.
///
/// # Errors
/// [`QuantizeError`].
pub fn quantize(from: &Path, to: &Path, kind: &str) -> Result<u64, QuantizeError> {
    let wanted = kind.to_lowercase();
    let (_, ftype) = TYPES
        .into_iter()
        .find(|(name, _)| *name == wanted)
        .ok_or_else(|| QuantizeError::Type(kind.into()))?;
    let io = |operation, path: &Path| {
        let path = path.to_owned();
        move |source| QuantizeError::Io { operation, path, source }
    };
    let magic = {
        use std::io::Read;
        let mut magic = Vec::new();
        let file = std::fs::File::open(from).map_err(io("read", from))?;
        file.take(4).read_to_end(&mut magic).map_err(io("read", from))?;
        magic
    };
    if magic != b"GGUF" {
        return Err(QuantizeError::NotGguf(from.to_owned()));
    }
    if to.symlink_metadata().is_ok() {
        return Err(QuantizeError::Exists(to.to_owned()));
    }
    backend::backend()?;
    let unfinished = Unfinished::beside(to);
    let c_path = |path: &Path| {
        CString::new(path.as_os_str().as_bytes())
            .map_err(|error| io("read", path)(std::io::Error::other(error)))
    };
    let (c_from, c_to) = (c_path(from)?, c_path(&unfinished.path)?);
    let (code, problems) = backend::problems(|| {
        // SAFETY: plain data; the pointers in it stay null.
        let mut params = unsafe { sys::llama_model_quantize_default_params() };
        params.ftype = ftype;
        // SAFETY: both strings end with a zero and live through the call, as do the parameters.
        unsafe { sys::llama_model_quantize(c_from.as_ptr(), c_to.as_ptr(), &raw const params) }
    });
    if code != 0 {
        let detail = if problems.is_empty() { format!("llama.cpp's code {code}") } else { problems };
        return Err(QuantizeError::Refused { path: from.to_owned(), detail });
    }
    let file = std::fs::File::open(&unfinished.path).map_err(io("read", &unfinished.path))?;
    file.sync_all().map_err(io("write", &unfinished.path))?;
    let bytes = file.metadata().map_err(io("read", &unfinished.path))?.len();
    // A link fails if the name was taken meanwhile, which a rename would not.
    match std::fs::hard_link(&unfinished.path, to) {
        Ok(()) => Ok(bytes),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(QuantizeError::Exists(to.to_owned()))
        }
        // Some file systems have no links.
        Err(_) => std::fs::rename(&unfinished.path, to).map(|()| bytes).map_err(io("write", to)),
    }
}

/// The unfinished result, removed whatever happens.
struct Unfinished {
    path: PathBuf,
}

impl Unfinished {
    fn beside(path: &Path) -> Self {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", std::process::id()));
        Self { path: path.with_file_name(name) }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // It is gone already when it was renamed.
        let _ = std::fs::remove_file(&self.path);
    }
}
