//! `tutorctl mock`: a section of a mock test, on paper or by keyboard.

use iseetutor_bus::Name;
use iseetutor_bus::tutor1::Tutor1Proxy;
use iseetutor_curriculum::level::Level;
use iseetutor_exam::booklet::{answer_key, answer_sheet, booklet};
use iseetutor_exam::form::Form;
use iseetutor_service::Shutdown;
use serde_json::json;

use super::items::bank;
use super::practice;
use crate::cli::MockArgs;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::session::{Place, Session};

/// Writes the booklet, or takes the section by keyboard until the end of the input.
///
/// # Errors
/// When there is no such section, a file cannot be written, and those of the session.
pub async fn run(args: &MockArgs, place: &Place, output: Output, shutdown: &Shutdown) -> Result<()> {
    if args.booklet.is_some() || args.sheet.is_some() || args.key.is_some() {
        return print(args, output);
    }
    let session = tokio::select! {
        session = Session::at_home(place, &[Name::Tutor]) => session?,
        () = shutdown.wait() => return Err(Error::Interrupted),
    };
    session
        .run(shutdown, async |session| {
            let tutor = Tutor1Proxy::new(session.bus()).await.map_err(Error::call("reach tutord"))?;
            let mut first = vec![format!("mock test {} by ear", args.section)];
            if args.learner.is_none() {
                // A guest is asked for its grade.
                first.push(grade(args.level.unwrap_or(Level::Lower)).to_owned());
            }
            first.push("begin".to_owned());
            practice::typed(args.learner.as_deref(), &first, &tutor, output).await
        })
        .await
}

/// A grade of a level, as a child says it.
fn grade(level: Level) -> &'static str {
    match level {
        Level::Primary2 => "second grade",
        Level::Primary3 => "third grade",
        Level::Primary4 => "fourth grade",
        Level::Lower => "fifth grade",
        Level::Middle => "seventh grade",
        Level::Upper => "ninth grade",
    }
}

fn print(args: &MockArgs, output: Output) -> Result<()> {
    let bank = bank()?;
    let Some(level) = args.level else {
        return Err(Error::Usage(
            "cannot print a booklet without a level; add --level, such as --level lower".into(),
        ));
    };
    let form = Form::build(&bank, level, args.section, args.number).filter(|form| !form.is_empty());
    let form = form.ok_or_else(|| {
        Error::Usage(format!("cannot print a booklet: the exam has no section {} at {level}", args.section))
    })?;
    let form = form.with_extra_time(args.extra_time);
    let forms = [&form];
    let pages = [
        (&args.booklet, "booklet", booklet(&bank, &forms)),
        (&args.sheet, "answer sheet", answer_sheet(&forms)),
        (&args.key, "answer key", answer_key(&bank, &forms)),
    ];
    for (path, what, page) in pages {
        let Some(path) = path else { continue };
        std::fs::write(path, page).map_err(Error::io("write", path))?;
        let file = path.display().to_string();
        let line = json!({ "wrote": what, "file": file, "number": args.number, "questions": form.len() });
        output
            .put(&line, || format!("{what} number {} with {} questions: {file}", args.number, form.len()))?;
    }
    Ok(())
}
