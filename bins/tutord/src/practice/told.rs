//! What is told rather than asked: passages in parts, strategies, and essays the other way round.

use iseetutor_curriculum::level::Level;

use super::{Practice, Reply, Stage, lines, sentences, topic};

impl Practice {
    /// A strategy: told, shown, and tried; the reply to its question is answered whatever it is.
    pub(super) fn strategy(&mut self, said: &str, reply: Reply) -> Reply {
        let library = self.desk.library();
        let level = self.desk.level();
        let fitting: Vec<_> = library
            .strategies
            .iter()
            .filter(|one| level.is_none_or(|level| one.levels.contains(&level)))
            .collect();
        let day = usize::try_from(self.desk.now_ms() / 86_400_000).unwrap_or(0);
        let named = topic::best_named(said, fitting.iter().map(|one| one.name.as_str()));
        let Some(one) =
            named.and_then(|at| fitting.get(at)).or_else(|| fitting.get(day % fitting.len().max(1)))
        else {
            return self.nothing(level.unwrap_or(Level::Lower), reply);
        };
        self.stage = Stage::Told(vec![one.together_answer.clone(), one.remember.clone()]);
        reply
            .say(format!("{}.", one.name))
            .say_all(sentences(&one.say))
            .say("Here is an example.")
            .say_all(sentences(&one.worked))
            .say("Now you.")
            .say_all(sentences(&one.together))
    }

    /// More of an essay; what wishes for something else is left to it.
    pub(super) fn essay(&mut self, said: &str) -> Option<Reply> {
        let Stage::Essay(essay) = &mut self.stage else { return None };
        Some(essay.take(said, &mut self.desk))
    }

    pub(super) fn told(&mut self, said: &str) -> Reply {
        let Stage::Told(answer) = std::mem::replace(&mut self.stage, Stage::Section) else {
            return Reply::new("told");
        };
        let again = iseetutor_numbers::text::words(said)
            .iter()
            .any(|word| matches!(word.as_str(), "repeat" | "again"));
        if again {
            self.stage = Stage::Told(answer);
            return Reply::new("told").say("Tell me what you think, and I tell you what I would say.");
        }
        let mut reply = Reply::new("told").say("Here is how I would say it.");
        reply = reply.say_all(answer.iter().flat_map(|text| sentences(text)));
        reply.over = true;
        reply
    }

    /// A passage goes on, or back, or is said again.
    pub(super) fn passage(&mut self, said: &str) -> Option<Reply> {
        let words = iseetutor_numbers::text::words(said);
        let is = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
        let Stage::Passage(listening) = &mut self.stage else { return None };
        let reply = Reply::new("passage");
        listening.nudged = false;
        if is(&["stop", "quit"]) {
            let mut reply = reply.say(lines::done(self.tally.asked, self.tally.right, self.tally.assisted));
            reply.over = true;
            return Some(reply);
        }
        if is(&["repeat", "again", "back", "before"]) {
            listening.at = listening.at.saturating_sub(usize::from(is(&["back", "before"])));
        } else if is(&["next", "on", "okay", "ok", "yes", "continue", "ready", "go", "more", "skip"]) {
            listening.at += 1;
        } else {
            return None;
        }
        if let Some(paragraph) = listening.paragraphs.get(listening.at) {
            return Some(reply.say_all(paragraph.clone()).say(lines::NEXT_PART));
        }
        let question = listening.question.clone();
        let reply = reply.say(lines::NOW_THE_QUESTION).say_all(question.read());
        self.stage = Stage::Open(Box::new(question));
        Some(reply)
    }
}
