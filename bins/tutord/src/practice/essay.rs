//! An essay: its prompt, a plan, and feedback on what was told. It is never scored.

use iseetutor_curriculum::level::Level;
use iseetutor_exam::essay::{Asked, plan_sentences, review, spoken};
use iseetutor_learner::event::What;
use iseetutor_numbers::text::words;

use super::{Reply, sentences};
use crate::school::Desk;

/// Longest essay that is listened to, in bytes; far more than thirty minutes of telling.
const LONGEST: usize = 64 * 1024;

/// An essay under way.
#[derive(Debug, Clone)]
pub(super) struct Essay {
    asked: Asked,
    told: String,
    began_ms: i64,
}

impl Essay {
    /// Begins an essay of a level: another prompt every day, and after every essay.
    pub(super) fn begin(desk: &Desk, level: Level, reply: Reply) -> Option<(Self, Reply)> {
        let library = desk.library();
        let prompts = library.prompts.iter().filter(|one| one.level == level).map(Asked::from);
        let pictures = library.pictures.iter().filter(|one| one.level == level).map(Asked::from);
        let all: Vec<Asked> = prompts.chain(pictures).collect();
        let began_ms = desk.now_ms();
        let turn = usize::try_from(began_ms / 86_400_000).unwrap_or(0) + desk.essays();
        let asked = all.get(turn % all.len().max(1))?.clone();
        let reply = reply
            .say_all(plan_sentences(&asked).iter().flat_map(|text| sentences(text)))
            .say("Then tell it to me, as much at a time as you like, and say I'm finished at the end. Nobody scores it.");
        Some((Self { asked, told: String::new(), began_ms }, reply))
    }

    /// More of it, or its end.
    pub(super) fn take(&mut self, said: &str, desk: &mut Desk) -> Reply {
        let spoken_words = words(said);
        let ends: &[&[&str]] = &[
            &["i'm", "finished"],
            &["i", "am", "finished"],
            &["i'm", "done"],
            &["i", "am", "done"],
            &["that's", "it"],
            &["the", "end"],
            &["stop"],
            &["finished"],
        ];
        let ended = ends.iter().any(|end| spoken_words == *end);
        if spoken_words == ["repeat"] || spoken_words.ends_with(&["the".to_owned(), "prompt".to_owned()]) {
            return Reply::new("essay").say_all(sentences(&self.asked.prompt));
        }
        if !ended {
            if self.told.len() + said.len() < LONGEST {
                self.told.push_str(said.trim());
                self.told.push(' ');
                return Reply::new("essay").say("Okay.");
            }
            return Reply::new("essay").say("That's more than I can remember. Say I'm finished.");
        }
        let review = review(&self.asked, &self.told, true);
        let written = What::EssayWritten {
            prompt: self.asked.id.clone(),
            words: u32::try_from(review.counts.words).ok(),
            took_ms: u64::try_from(desk.now_ms().saturating_sub(self.began_ms)).unwrap_or(0),
            // A child's own text is kept only where a parent wants it.
            text: None,
        };
        let mut reply = Reply::new("essay").keep([desk.note(written)]);
        reply = reply.say_all(spoken(&review).iter().flat_map(|text| sentences(text)));
        reply.over = true;
        reply
    }
}
