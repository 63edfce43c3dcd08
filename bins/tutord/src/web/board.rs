//! What each child's board shows, kept for whoever looks now or later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use iseetutor_curriculum::content::Library;
use iseetutor_curriculum::item::Item;
use iseetutor_web::home::{Board, BoardQuestion};
use iseetutor_wire::message::{Presence, WatchMessage};
use tokio::sync::watch;

use crate::dialogue::Dialogue;

/// The boards. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Boards(Arc<Mutex<Shown>>);

#[derive(Debug, Default)]
struct Shown {
    boards: HashMap<Arc<str>, watch::Sender<Arc<Board>>>,
    /// Whose the conversation is.
    learner: Arc<str>,
    saying: String,
    number: u64,
}

impl Boards {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A child's board as it is and will be.
    #[must_use]
    pub fn follow(&self, learner: &str) -> watch::Receiver<Arc<Board>> {
        self.shown().board(learner).subscribe()
    }

    /// The question that a child's board shows.
    #[must_use]
    pub fn question(&self, learner: &str) -> Option<String> {
        let board = self.shown().board(learner).borrow().clone();
        board.question.as_ref().map(|question| question.id.clone())
    }

    /// Nothing of a child that is gone stays.
    pub fn forget(&self, learner: &str) {
        self.shown().boards.remove(learner);
    }

    /// Something was said.
    pub fn said(&self, message: &WatchMessage) {
        match message {
            WatchMessage::Heard { .. } => self.shown().saying.clear(),
            WatchMessage::Said { text, .. } => self.shown().saying.clone_from(text),
            _ => {}
        }
    }

    /// Brings the board of whoever is there in step with the dialogue, and clears that of whoever left.
    pub fn show(&self, dialogue: &Dialogue) {
        let learner = dialogue.learner();
        let mut shown = self.shown();
        if shown.learner != learner {
            let left = std::mem::replace(&mut shown.learner, Arc::clone(&learner));
            shown.put(&left, Board { state: state(Presence::Idle), ..Board::default() });
        }
        let board = Board {
            number: 0,
            state: state(dialogue.presence()),
            saying: shown.saying.clone(),
            question: dialogue.item().map(question),
        };
        shown.put(&learner, board);
    }
}

impl Shown {
    fn board(&mut self, learner: &str) -> &watch::Sender<Arc<Board>> {
        self.boards.entry(learner.into()).or_insert_with(|| {
            let idle = Board { state: state(Presence::Idle), ..Board::default() };
            watch::channel(Arc::new(idle)).0
        })
    }

    fn put(&mut self, learner: &str, mut board: Board) {
        if learner.is_empty() {
            return;
        }
        let number = self.number + 1;
        let changed = self.board(learner).send_if_modified(|now| {
            board.number = now.number;
            let changed = **now != board;
            if changed {
                board.number = number;
                *now = Arc::new(board);
            }
            changed
        });
        self.number += u64::from(changed);
    }
}

fn state(presence: Presence) -> &'static str {
    match presence {
        Presence::Idle => "idle",
        Presence::Listening => "listening",
        Presence::Thinking => "thinking",
        Presence::Speaking => "speaking",
    }
}

/// A question as the board shows it: nothing that tells the answer.
fn question(item: &Item) -> BoardQuestion {
    let passage = item.passage.as_deref().and_then(|slug| {
        let library = Library::embedded().ok()?;
        // Primary 2 hears its passages, and the exam does not show them.
        let passage = library.passage(item.level, slug).filter(|passage| !passage.auditory)?;
        Some((passage.title.clone(), passage.paragraphs.clone()))
    });
    BoardQuestion {
        id: item.id.clone(),
        stem: item.stem.clone(),
        choices: item.choices.iter().map(|choice| choice.text.clone()).collect(),
        figure: item.figure.as_ref().map(|figure| (figure.svg.clone(), figure.description.clone())),
        passage,
        marked: None,
        taken: None,
    }
}
