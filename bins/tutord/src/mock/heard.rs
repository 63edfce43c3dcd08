//! A section by ear: each question is read, and the answer brings the next one.

use iseetutor_curriculum::answer::{Command, Verdict, understand};
use iseetutor_curriculum::item::{Item, letter};
use iseetutor_curriculum::speech;
use iseetutor_learner::event::Mark;

use super::{Mock, Stage, lines};
use crate::practice::{Reply, sentences, yes_or_no};

impl Mock {
    /// Reads a question of the section, with what comes before it.
    pub(super) fn read(&mut self, place: usize, reply: Reply) -> Reply {
        let now_ms = self.now_ms();
        let bank = self.desk.bank();
        let Stage::Running(running) = &mut self.stage else { return reply };
        // The time is over, or there is no such question: both are seen by whoever asks next.
        let turned = running.sitting.current() != place && running.sitting.go_to(place, now_ms).is_ok();
        running.turned_ms = now_ms;
        let kept = turned.then(|| self.marked(place, Mark::TurnedTo)).flatten();
        let Stage::Running(running) = &mut self.stage else { return reply };
        let form = running.sitting.form();
        let Some(item) = form.item(&bank, place) else { return reply.say(lines::LAST_ONE) };
        let mut reply = reply.keep(kept);
        if let Some(part) = form.part_of(place).filter(|part| part.from == place) {
            reply = reply.say_all(sentences(part.kind.directions()));
            if let Some(passage) =
                part.passage.as_ref().and_then(|slug| bank.library().passage(item.level, slug))
            {
                reply = reply.say(format!("The passage is called {}.", passage.title));
                let read =
                    passage.paragraphs.iter().flat_map(|paragraph| sentences(&paragraph.replace('\n', ", ")));
                reply = reply.say_all(read);
            }
        }
        reply.say(format!("Question {}.", place + 1)).say_all(question(&item))
    }

    pub(super) fn heard(&mut self, said: &str) -> Option<Reply> {
        let bank = self.desk.bank();
        let Stage::Running(running) = &mut self.stage else { return None };
        let place = running.sitting.current();
        let item = running.sitting.form().item(&bank, place)?;
        if let Some(choice) = running.asked_back.take() {
            match yes_or_no(said) {
                Some(true) => return Some(self.answer(place, choice)),
                Some(false) => return Some(Reply::new("mock").say("Okay. Say your answer again.")),
                None => {}
            }
        }
        let understood = understand(&item, said);
        match (understood.verdict, understood.choice) {
            (Verdict::Right | Verdict::Wrong, Some(choice)) => Some(self.answer(place, choice)),
            (Verdict::Unclear, Some(choice)) => {
                running.asked_back = Some(choice);
                let spoken = item.choices.get(choice).map_or("", |one| one.spoken.trim_end_matches('.'));
                Some(Reply::new("mock").say(format!("Did you mean {}, {spoken}?", letter(choice))))
            }
            (Verdict::Unclear, None) => {
                Some(Reply::new("mock").say("Which one? Say the letter, like B as in Bravo."))
            }
            (Verdict::Command, _) => self.wish(understood.command?, place, &item, said),
            _ => self.proctor(said),
        }
    }

    fn answer(&mut self, place: usize, choice: usize) -> Reply {
        let now_ms = self.now_ms();
        let Stage::Running(running) = &mut self.stage else { return Reply::new("mock") };
        let questions = running.sitting.form().len();
        if let Err(why) = running.sitting.answer(place, choice, now_ms) {
            return Reply::new("mock").say(lines::refused(why, questions));
        }
        let kept = self.note(place, Some(choice));
        let reply = Reply::new("mock").keep([kept]).say(format!("{}.", letter(choice)));
        self.onward(place, reply)
    }

    /// On to the question after a place, or to the end.
    fn onward(&mut self, place: usize, reply: Reply) -> Reply {
        let Stage::Running(running) = &self.stage else { return reply };
        if place + 1 < running.sitting.form().len() {
            return self.read(place + 1, reply);
        }
        if running.sitting.unanswered().is_empty() {
            return self.finish(reply);
        }
        reply.say(lines::LAST_ONE)
    }

    fn wish(&mut self, command: Command, place: usize, item: &Item, said: &str) -> Option<Reply> {
        let now_ms = self.now_ms();
        let Stage::Running(running) = &mut self.stage else { return None };
        let reply = Reply::new("mock");
        Some(match command {
            Command::Repeat | Command::Resume => reply.say_all(question(item)),
            Command::Choices => reply.say_all(choices(item)),
            Command::Skip | Command::DontKnow => self.onward(place, reply),
            Command::Back | Command::Change => self.read(place.saturating_sub(1), reply),
            Command::Flag => {
                let flagged = running.sitting.flag(place, true, now_ms).is_ok();
                let kept = flagged.then(|| self.marked(place, Mark::Flagged)).flatten();
                reply.keep(kept).say("It is flagged.")
            }
            Command::CrossOut(choice) => {
                let crossed = running.sitting.cross_out(place, choice, now_ms).is_ok();
                let mark = Mark::CrossedOut(u8::try_from(choice).unwrap_or(u8::MAX));
                let kept = crossed.then(|| self.marked(place, mark)).flatten();
                reply.keep(kept).say(format!("{} is crossed out.", letter(choice)))
            }
            Command::TimeLeft => reply.say(lines::NO_CLOCK),
            Command::Pause => reply.say("I wait. Say repeat when you want the question again."),
            Command::Hint | Command::Explain | Command::Meaning(_) | Command::Spell(_) => {
                reply.say(lines::NO_HELP)
            }
            Command::Stop | Command::Progress => {
                return self.proctor(if command == Command::Stop { "stop" } else { said });
            }
            Command::Guessed => reply.say("A guess is fine."),
            Command::Slower => return None,
        })
    }
}

/// A question with its figure and choices.
fn question(item: &Item) -> Vec<String> {
    let mut said = sentences(&item.spoken);
    if let Some(figure) = &item.figure {
        said.extend(sentences(&speech::stem(&figure.description)));
    }
    said.extend(choices(item));
    said
}

fn choices(item: &Item) -> Vec<String> {
    item.choices
        .iter()
        .enumerate()
        .map(|(at, one)| format!("{}: {}.", letter(at), one.spoken.trim_end_matches('.')))
        .collect()
}
