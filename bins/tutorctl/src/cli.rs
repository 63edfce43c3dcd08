//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use iseetutor_curriculum::level::{Level, Section};

pub mod storage;

pub use storage::StorageCommand;

/// ISEE Tutor from the terminal: hold a conversation, try its parts, look after its models.
///
/// A command talks to the daemons that run already: those of `--dir`, else those of `tutorctl up` in its
/// usual folder, else those of the device. If none run it starts its own on a private bus and stops them
/// again. Results go to standard output, everything else to standard error.
///
/// Exit codes: 0 done, 1 failed, 2 wrong command line, 3 no daemons run (`status`), 130 interrupted.
#[derive(Debug, Parser)]
#[command(name = "tutorctl", version, max_term_width = 100)]
pub struct Cli {
    /// Write results as JSON, one object a line.
    #[arg(long, global = true)]
    pub json: bool,
    /// Show the daemons' logs while they run for this command only.
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run all daemons on a private bus, in this terminal, until Ctrl-C.
    Up(UpArgs),
    /// Hold a spoken conversation and show what is heard, said, and how long each step takes.
    Talk(TalkArgs),
    /// Ask the tutor a question by keyboard.
    Ask(AskArgs),
    /// Write down what is said in WAV files.
    Transcribe(TranscribeArgs),
    /// Say a text into a WAV file.
    Say(SayArgs),
    /// Show what every daemon is doing. Exit code 3 when none run.
    Status(PlaceArgs),
    /// Look for whatever is missing on this machine, and say what mends it.
    Doctor(DoctorArgs),
    /// Look after the model files.
    #[command(subcommand)]
    Models(ModelsCommand),
    /// Look after the dictionary.
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Look after the encrypted storage: set it up, show how it stands.
    #[command(subcommand)]
    Storage(StorageCommand),
    /// Write practice questions with their keys, hints and worked solutions.
    Items(ItemsArgs),
    /// Say what the tutor makes of an answer to a question.
    Grade(GradeArgs),
    /// Look after the children of the device.
    #[command(subcommand)]
    Learner(LearnerCommand),
    /// The parents' page: its setup code, its reset, the fingerprint of its certificate.
    #[command(subcommand)]
    Parent(ParentCommand),
    /// Copy the children's record beside its daily copies, or list the copies.
    Backup(BackupArgs),
    /// Make a copy the children's record again. The record before is kept; children erased since stay erased.
    ///
    /// The tutor has to be stopped: `systemctl stop iseetutor.target` on a device.
    Restore(RestoreArgs),
    /// Practise with a child, spoken or by keyboard.
    Practice(PracticeArgs),
    /// Take a section of a mock test by keyboard, or print its booklet, answer sheet and key.
    Mock(MockArgs),
    /// Show essay prompts, or feedback on an essay: counts and examples from its own text, never a score.
    Essay(EssayArgs),
    /// Look after the books of the device.
    #[command(subcommand)]
    Content(crate::commands::content::args::ContentCommand),
    /// Find what the books say about a question.
    Search(crate::commands::content::args::SearchArgs),
    /// Show what the planner makes of a simulated learner, next to random order and plain percentages.
    Simulate(SimulateArgs),
    /// Measure the speed of everything, next to what it has to be.
    Bench(BenchArgs),
    /// One of the two processes between which `bench` sends frames.
    #[command(hide = true)]
    BenchPeer(PeerArgs),
}

/// Which daemons to talk to.
#[derive(Debug, Clone, Default, Args)]
pub struct PlaceArgs {
    /// Folder of the set that `tutorctl up --dir` runs [default: $ISEETUTOR_DIR, else $XDG_RUNTIME_DIR/iseetutor].
    #[arg(long, value_name = "D")]
    pub dir: Option<PathBuf>,
    /// Models for daemons that are started for this command: starter or jetson [default: starter].
    #[arg(long = "set", value_name = "NAME")]
    pub models: Option<String>,
}

/// `up`
#[derive(Debug, Args)]
pub struct UpArgs {
    /// Which folder and which models. With `--dir`, the database and the cache lie in it too; without, they
    /// lie in $XDG_DATA_HOME/iseetutor and $XDG_CACHE_HOME/iseetutor.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// A WAV file as the microphone.
    #[arg(long, value_name = "FILE", requires = "wav_out")]
    pub wav_in: Option<PathBuf>,
    /// A WAV file as the speaker.
    #[arg(long, value_name = "FILE", requires = "wav_in")]
    pub wav_out: Option<PathBuf>,
    /// Only these daemons, such as sttd,ttsd.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Log filter of the daemons, such as info or debug.
    #[arg(long, value_name = "FILTER", default_value = "info")]
    pub log: String,
}

/// `talk`
#[derive(Debug, Args)]
pub struct TalkArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// A WAV file as the microphone instead of the sound card; the daemons are then this command's own.
    #[arg(long, value_name = "IN.wav", requires = "out")]
    pub wav: Option<PathBuf>,
    /// A WAV file as the speaker; replaced if it is there.
    #[arg(long, value_name = "OUT.wav", requires = "wav")]
    pub out: Option<PathBuf>,
}

/// `ask`
#[derive(Debug, Args)]
pub struct AskArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The question; at most 4,000 bytes.
    pub text: OsString,
}

/// `items`
#[derive(Debug, Args)]
pub struct ItemsArgs {
    /// primary2, primary3, primary4, lower, middle or upper.
    #[arg(long, value_name = "LEVEL")]
    pub level: Level,
    /// verbal, quantitative, reading, mathematics or auditory.
    #[arg(long, value_name = "SECTION")]
    pub section: Section,
    /// Only this skill, such as numbers.fractions-add.
    #[arg(long, value_name = "SKILL")]
    pub skill: Option<String>,
    /// How many.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub count: usize,
    /// The same seed gives the same questions.
    #[arg(long, default_value_t = 0, value_name = "X")]
    pub seed: u64,
}

/// `grade`
#[derive(Debug, Args)]
pub struct GradeArgs {
    /// The question's id, as `items` gives it.
    #[arg(long, value_name = "ID")]
    pub item: String,
    /// What was said.
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub said: String,
}

/// `learner`
#[derive(Debug, Clone, Subcommand)]
pub enum LearnerCommand {
    /// Add a child.
    Add(LearnerAddArgs),
    /// Set limits, quiet hours, or extra time in mock tests for a child.
    Set(LearnerSetArgs),
    /// List the children.
    List(PlaceArgs),
    /// Show how a child is doing: percentages with their intervals, skills, what is due.
    Show(LearnerNameArgs),
    /// Write everything on record of a child to a file, one JSON object a line.
    Export(LearnerExportArgs),
    /// Erase everything on record of a child, for ever.
    Erase(LearnerEraseArgs),
}

impl LearnerCommand {
    /// Which daemons.
    #[must_use]
    pub fn place(&self) -> &PlaceArgs {
        match self {
            Self::Add(args) => &args.place,
            Self::Set(args) => &args.place,
            Self::List(place) => place,
            Self::Show(args) => &args.place,
            Self::Export(args) => &args.place,
            Self::Erase(args) => &args.place,
        }
    }
}

/// `backup`
#[derive(Debug, Clone, Args)]
pub struct BackupArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Also put the copy into this folder, such as a USB stick's, encrypted with a passphrase that is asked for.
    /// `tutorctl restore` opens it, and so does the age program.
    #[arg(long, value_name = "FOLDER")]
    pub to: Option<PathBuf>,
    /// The passphrase is the first line of this file.
    #[arg(long, value_name = "FILE", requires = "to")]
    pub passphrase_file: Option<PathBuf>,
    /// What to do instead of making a copy.
    #[command(subcommand)]
    pub command: Option<BackupCommand>,
}

/// `restore`
#[derive(Debug, Clone, Args)]
pub struct RestoreArgs {
    /// The copy: one that `tutorctl backup list` shows, or one from a stick (*.age).
    #[arg(value_name = "COPY")]
    pub file: PathBuf,
    /// Which record: that of `--dir`, else as root on a device the device's, else this user's.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The passphrase of an encrypted copy is the first line of this file.
    #[arg(long, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// The record's file, if it is another.
    #[arg(long, value_name = "FILE", conflicts_with = "dir")]
    pub database: Option<PathBuf>,
}

/// `backup …`
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum BackupCommand {
    /// List the copies.
    List,
}

/// `parent`
#[derive(Debug, Clone, Subcommand)]
pub enum ParentCommand {
    /// Show the code with which the page is set up; it works once, for an hour.
    Code(PlaceArgs),
    /// Forget the passphrase, every session and every board, and show a new setup code. The children's records stay.
    Reset(ParentResetArgs),
    /// Show the fingerprint of the page's certificate, to compare with what a browser shows.
    Fingerprint(PlaceArgs),
}

impl ParentCommand {
    /// Which daemons.
    #[must_use]
    pub fn place(&self) -> &PlaceArgs {
        match self {
            Self::Code(place) | Self::Fingerprint(place) => place,
            Self::Reset(args) => &args.place,
        }
    }
}

/// `parent reset`
#[derive(Debug, Clone, Args)]
pub struct ParentResetArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Do not ask.
    #[arg(long)]
    pub yes: bool,
}

/// `learner add`
#[derive(Debug, Clone, Args)]
pub struct LearnerAddArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The child's name, as it is said.
    pub name: String,
    /// primary2, primary3, primary4, lower, middle or upper.
    #[arg(long, value_name = "LEVEL")]
    pub level: Level,
    /// The day of the test, such as 2027-01-30; after it nothing is planned.
    #[arg(long, value_name = "DAY")]
    pub test_day: Option<String>,
    /// The goal for a week, in minutes.
    #[arg(long, value_name = "N")]
    pub weekly_minutes: Option<u32>,
    /// How fast the tutor goes: calm, steady or quick.
    #[arg(long, value_name = "PACE")]
    pub pace: Option<String>,
}

/// `learner set`
#[derive(Debug, Clone, Args)]
pub struct LearnerSetArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The child's name.
    pub name: String,
    /// limit.monday to limit.sunday or limit.more_today (minutes), quiet.from or quiet.to (HH:MM), mock.extra_time (0, 25,
    /// 50 or 100 percent).
    pub key: String,
    /// To what; leave it out to take it back.
    #[arg(default_value = "")]
    pub value: String,
}

/// `learner show`
#[derive(Debug, Clone, Args)]
pub struct LearnerNameArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The child's name.
    pub name: String,
}

/// `learner export`
#[derive(Debug, Clone, Args)]
pub struct LearnerExportArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The child's name.
    pub name: String,
    /// The file; it must not be there yet.
    #[arg(long, value_name = "FILE.jsonl")]
    pub out: PathBuf,
}

/// `learner erase`
#[derive(Debug, Clone, Args)]
pub struct LearnerEraseArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The child's name.
    pub name: String,
    /// Do not ask.
    #[arg(long)]
    pub yes: bool,
}

/// `practice`
#[derive(Debug, Args)]
pub struct PracticeArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The child's name.
    #[arg(long, value_name = "NAME")]
    pub learner: String,
    /// By keyboard: a line typed is what the child says.
    #[arg(long)]
    pub typed: bool,
    /// What to begin with, as a child would say it, such as "start my lesson" [default: let's practice].
    #[arg(long, value_name = "TEXT", requires = "typed")]
    pub what: Option<String>,
}

/// `mock`
#[derive(Debug, Args)]
pub struct MockArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// verbal, quantitative, reading, mathematics or auditory.
    #[arg(long, value_name = "SECTION")]
    pub section: Section,
    /// The child's name; its answers are then on record.
    #[arg(long, value_name = "NAME")]
    pub learner: Option<String>,
    /// The level, where no child is named [default: lower].
    #[arg(long, value_name = "LEVEL")]
    pub level: Option<Level>,
    /// The booklet's number: the same number is the same test for ever, on paper and in the tutor.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub number: u64,
    /// More time on the printed pages, in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=100))]
    pub extra_time: u16,
    /// Print the booklet as a page for a browser.
    #[arg(long, value_name = "FILE.html")]
    pub booklet: Option<PathBuf>,
    /// Print the answer sheet.
    #[arg(long, value_name = "FILE.html")]
    pub sheet: Option<PathBuf>,
    /// Print the answer key, for grown-ups.
    #[arg(long, value_name = "FILE.html")]
    pub key: Option<PathBuf>,
}

/// `essay`
#[derive(Debug, Args)]
pub struct EssayArgs {
    /// The essay, a text file; without one the prompts are shown.
    pub file: Option<PathBuf>,
    /// The prompt that it answers.
    #[arg(long, value_name = "ID", requires = "file")]
    pub prompt: Option<String>,
    /// The level of the prompts that are shown.
    #[arg(long, value_name = "LEVEL", default_value = "lower")]
    pub level: Level,
}

/// `simulate`
#[derive(Debug, Args)]
pub struct SimulateArgs {
    /// The learner's description, TOML or JSON; docs/learner.md lists what it can hold.
    #[arg(long, value_name = "FILE")]
    pub learner: PathBuf,
    /// Days of practice.
    #[arg(long, default_value_t = 42, value_name = "N", value_parser = clap::value_parser!(i64).range(1..=3650))]
    pub days: i64,
}

/// `transcribe`
#[derive(Debug, Args)]
pub struct TranscribeArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// WAV files of any rate, 1 to 8 channels, at most 10 minutes each.
    #[arg(required = true, value_name = "FILE.wav")]
    pub files: Vec<PathBuf>,
    /// How much the encoder looks at: `full` is Whisper's 30 s whatever the length, to measure against.
    #[arg(long, value_parser = ["trimmed", "full"], default_value = "trimmed")]
    pub window: String,
}

/// `say`
#[derive(Debug, Args)]
pub struct SayArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
    /// The text, as it would be written.
    pub text: OsString,
    /// The WAV file; replaced if it is there.
    #[arg(long, value_name = "FILE.wav")]
    pub out: PathBuf,
    /// How fast: 1 is the voice's own pace, 0.8 slower.
    #[arg(long, default_value_t = 1.0, value_parser = rate)]
    pub rate: f64,
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if (0.5..=2.0).contains(&rate) => Ok(rate),
        _ => Err("the rate goes from 0.5 to 2.0".into()),
    }
}

/// `doctor`
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Which daemons.
    #[command(flatten)]
    pub place: PlaceArgs,
}

/// `models`
#[derive(Debug, Clone, Subcommand)]
pub enum ModelsCommand {
    /// Get the models that are missing; what was downloaded before is used again.
    Fetch(FetchArgs),
    /// Show the models of a set, their terms and whether they are there.
    List(ModelSetArgs),
    /// Compare every file with its checksum.
    Verify(ModelSetArgs),
    /// Convert a model: a folder with a CTranslate2 Whisper model to ggml, or with a BERT encoder in
    /// safetensors to GGUF.
    Convert(ConvertArgs),
    /// Make a GGUF smaller with llama.cpp.
    Quantize(QuantizeArgs),
}

/// Which set of models.
#[derive(Debug, Clone, Args)]
pub struct ModelSetArgs {
    /// The set.
    #[arg(long = "set", value_name = "NAME", default_value = "starter")]
    pub set: String,
    /// The models folder [default: $ISEETUTOR_MODELS, else ~/.local/share/iseetutor/models].
    #[arg(long, value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Another manifest than the one built in.
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,
}

/// `lexicon`
#[derive(Debug, Clone, Subcommand)]
pub enum LexiconCommand {
    /// Make the dictionary from WordNet 3.0; one that is there is replaced.
    Build(LexiconBuildArgs),
}

/// `lexicon build`
#[derive(Debug, Clone, Args)]
pub struct LexiconBuildArgs {
    /// WordNet's folder; the package wordnet-base has it.
    #[arg(long, value_name = "DIR", default_value = "/usr/share/wordnet")]
    pub from: PathBuf,
    /// The dictionary's file [default: lexicon.db beside the models]; the device's is /mnt/storage/databases/lexicon.db.
    #[arg(long, value_name = "FILE.db")]
    pub to: Option<PathBuf>,
}

/// `models fetch`
#[derive(Debug, Clone, Args)]
pub struct FetchArgs {
    /// Which set.
    #[command(flatten)]
    pub set: ModelSetArgs,
    /// Only these models, optional ones among them.
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// A folder that is looked in first, for finished files or wheels.
    #[arg(long, visible_alias = "mirror", value_name = "DIR")]
    pub from: Option<PathBuf>,
    /// Use that folder only, never the network.
    #[arg(long, requires = "from")]
    pub offline: bool,
    /// Accept these models although nobody publishes their checksum.
    #[arg(long, value_name = "ID")]
    pub accept_unverified: Vec<String>,
    /// Show what would be fetched, and on which terms, and end.
    #[arg(long)]
    pub dry_run: bool,
}

/// `models convert`
#[derive(Debug, Clone, Args)]
pub struct ConvertArgs {
    /// Folder with model.bin and tokenizer.json, or with model.safetensors and its companions.
    pub input: PathBuf,
    /// The file to write.
    pub output: PathBuf,
    /// Store the weights of an encoder with 32 bits instead of 16.
    #[arg(long)]
    pub f32: bool,
}

/// `models quantize`
#[derive(Debug, Clone, Args)]
pub struct QuantizeArgs {
    /// The GGUF to start from.
    pub input: PathBuf,
    /// The GGUF to write.
    pub output: PathBuf,
    /// llama.cpp's name of the type: q4_k_m for a language model, q8_0 for embeddings.
    #[arg(default_value = "q4_k_m")]
    pub kind: String,
}

/// `bench`
#[derive(Debug, Args)]
pub struct BenchArgs {
    /// Models to measure with: starter or jetson [default: starter].
    #[arg(long = "set", value_name = "NAME")]
    pub models: Option<String>,
    /// A folder with transcripts.tsv (file, age, text) and its WAV files, for the word error rate.
    #[arg(long, value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// A folder of short recordings for the speed of speech to text, with a conversation.wav
    /// [default: the bundled ones].
    #[arg(long, value_name = "DIR")]
    pub wavs: Option<PathBuf>,
    /// The piper-tts program, or a Python that has it, to compare the voice with.
    #[arg(long, value_name = "PROGRAM")]
    pub piper_tts: Option<PathBuf>,
    /// Fewer repetitions.
    #[arg(long)]
    pub quick: bool,
    /// Only these parts.
    #[arg(long, value_name = "PARTS", value_delimiter = ',',
          value_parser = ["stt", "llm", "tts", "contention", "frames", "turns", "start", "practice"])]
    pub only: Vec<String>,
}

/// `bench-peer`
#[derive(Debug, Args)]
pub struct PeerArgs {
    /// What to do.
    #[arg(value_parser = ["listen", "send"])]
    pub role: String,
    /// Folder of the socket.
    pub folder: PathBuf,
    /// Frames to send.
    pub frames: u32,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
