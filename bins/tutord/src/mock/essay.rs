//! The essay of a test: its prompt is told, and the child writes on paper.

use iseetutor_learner::event::What;

use super::{Mock, Stage, lines, time_of};
use crate::practice::Reply;

impl Mock {
    pub(super) fn write(&mut self, prompt: &str, minutes: Option<u32>, reply: Reply) -> Reply {
        self.begun = true;
        self.ran_ms = self.now_ms();
        let library = self.desk.library();
        let plain = library.prompts.iter().find(|one| one.id == prompt).map(|one| one.prompt.clone());
        let pictured = library.pictures.iter().find(|one| one.id == prompt);
        let text =
            plain.or_else(|| pictured.map(|one| format!("{} {}", one.scene, one.ask))).unwrap_or_default();
        let until_ms = minutes.map(|minutes| self.now_ms() + time_of(minutes));
        let begun = What::MockEssay { mock: self.id.clone(), prompt: prompt.to_owned() };
        let reply =
            reply.keep([self.desk.note(begun)]).say_all(crate::practice::sentences(&text)).say(lines::BEGIN);
        self.stage = Stage::Essay { prompt: prompt.to_owned(), until_ms };
        reply
    }

    pub(super) fn essay(&mut self, said: &str, left_ms: Option<u64>) -> Option<Reply> {
        let words = iseetutor_numbers::text::words(said);
        let is = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
        let reply = Reply::new("mock");
        if is(&["done", "finished", "stop", "end"]) || left_ms == Some(0) {
            let Stage::Essay { prompt, .. } = std::mem::replace(&mut self.stage, Stage::Grade) else {
                return None;
            };
            let written = What::EssayWritten { prompt, words: None, took_ms: 0, text: None };
            let reply = reply.say("Thank you. That was the essay.").keep([self.desk.note(written)]);
            return Some(self.announce(reply));
        }
        if is(&["time", "minutes"]) {
            return Some(reply.say(
                left_ms.map_or_else(|| "There is no clock for this one.".to_owned(), lines::time_left),
            ));
        }
        if is(&["repeat", "again", "prompt"]) {
            let Stage::Essay { prompt, until_ms } = &self.stage else { return None };
            let (prompt, until_ms) = (prompt.clone(), *until_ms);
            let mut reply = self.write(&prompt, None, reply);
            // It had begun before.
            reply.keep.clear();
            self.stage = Stage::Essay { prompt, until_ms };
            return Some(reply);
        }
        None
    }
}
