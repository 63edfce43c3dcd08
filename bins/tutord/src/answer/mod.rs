//! From a question to sentences that may be said: the prompt, the pieces of a stream of tokens, and what guards them.

mod clean;
mod compose;
mod evidence;
mod guard;
mod prompt;
mod split;

pub use compose::{Composer, Limits, Piece, Stopped};
pub use evidence::{Evidence, Told};
pub use guard::{Blocked, is_obscene};
pub use prompt::{Context, Exchange, SYSTEM};
