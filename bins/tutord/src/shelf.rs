//! The books of the library: what they say to a question, in their own words and with their page.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use iseetutor_curriculum::level::Level;
use iseetutor_library::{Answer, Library};

use crate::answer::{Evidence, Told, is_obscene};

/// The folder of the library, which `tutorctl content add` fills. Books that are added are found at once.
#[derive(Debug)]
pub struct Shelf {
    dir: PathBuf,
    /// Opened when there is something to open.
    library: Mutex<Option<Library>>,
}

impl Shelf {
    /// The books of a folder, which need not be there yet.
    #[must_use]
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), library: Mutex::new(None) }
    }

    /// What a book for this level says to a question, if one answers it.
    #[must_use]
    pub fn answer(&self, question: &str, level: Option<Level>) -> Option<Told> {
        if is_for_people(question) {
            return None;
        }
        let mut library = self.library.lock().unwrap_or_else(PoisonError::into_inner);
        if library.is_none() && self.dir.join("index.sqlite").is_file() {
            match Library::open_to_read(&self.dir) {
                Ok(opened) => *library = Some(opened),
                Err(error) => tracing::warn!(%error, "the books cannot be read"),
            }
        }
        let found = library.as_ref()?.answer(question, level.map(Level::as_str));
        match found {
            Ok(answer) => answer.map(told),
            Err(error) => {
                tracing::warn!(%error, "the books could not be searched");
                *library = None;
                None
            }
        }
    }
}

/// Whether a question is one for the people around a child: about itself and its own, or a matter that parents talk about
/// first.
fn is_for_people(question: &str) -> bool {
    let words = iseetutor_numbers::text::words(question);
    let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
    let own = any(&["my", "mine", "your", "yours", "our", "ours"]);
    let babies = any(&["baby", "babies"]) && any(&["made", "make", "come", "comes", "born", "get", "got"]);
    let matter = any(&[
        "sex",
        "sexual",
        "sexy",
        "pregnant",
        "pregnancy",
        "naked",
        "nude",
        "condom",
        "drug",
        "drugs",
        "drunk",
        "bomb",
        "bombs",
        "suicide",
    ]);
    own || babies || matter || words.iter().any(|word| is_obscene(word))
}

/// "Your book The Restless Earth says on page 4:", and what it says.
fn told(answer: Answer) -> Told {
    let Answer { title, page, sentences, .. } = answer;
    let place = match page {
        Some(page) => format!("Your book {title} says on page {page}:"),
        None => format!("Your book {title} says:"),
    };
    let page = page.and_then(|page| u32::try_from(page).ok());
    let evidence = Evidence { title, page, quote: sentences.join(" ") };
    sentences.into_iter().fold(Told::say(place), Told::and).based_on(evidence)
}
