//! `tutorctl ask`: a question by keyboard.

use iseetutor_bus::Name;
use iseetutor_bus::tutor1::{Evidence, Tutor1Proxy};
use iseetutor_service::Shutdown;
use serde_json::json;

use super::up::round;
use crate::cli::AskArgs;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::session::{Place, Session};
use crate::text;

/// Asks the question and shows the answer.
///
/// # Errors
/// When the question cannot be used, and those of the session.
pub async fn run(args: &AskArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    let question = text::check(&args.text, text::LONGEST_ASKED)?;
    Session::with(place, &[Name::Llm, Name::Tutor], shutdown, async |session| {
        let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
        let (text, source, took_s, evidence) =
            tutor.ask(question.to_owned()).await.map_err(Error::call("ask the tutor"))?;
        let evidence: Vec<_> = evidence.iter().map(shown).collect();
        let line = json!({"text": text, "source": source, "took_s": round(took_s), "evidence": evidence});
        output.put(&line, || format!("{text}  [{source}, {took_s:.2} s]"))
    })
    .await
}

/// A source that the answer rests on, as JSON; a source without pages has none.
fn shown((title, page, quote): &Evidence) -> serde_json::Value {
    json!({"title": title, "page": (*page > 0).then_some(*page), "quote": quote})
}
