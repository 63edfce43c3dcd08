//! What follows from the events, built in the order of time.

use std::collections::{HashMap, HashSet, VecDeque};

use iseetutor_curriculum::level::Section;

use crate::ability::{Ability, Where};
use crate::event::{Evidence, What};
use crate::record::{Answer, Entry, Sym};
use crate::schedule::{Memory, Mistake};
use crate::time::day;

/// Seeds and items of a source that are remembered as asked.
const RECENT_ITEMS: usize = 64;

/// What is counted of a skill.
#[derive(Debug, Clone, Default)]
pub(crate) struct SkillCount {
    pub(crate) unaided: u32,
    pub(crate) right: u32,
    pub(crate) helped: u32,
    pub(crate) last_ms: i64,
    /// Misses running: unaided wrong answers since the last right one.
    pub(crate) misses: u32,
    pub(crate) memory: Option<Memory>,
}

/// What is counted of a section.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct SectionCount {
    pub(crate) unaided: u32,
    pub(crate) right: u32,
    pub(crate) helped: u32,
    pub(crate) skipped: u32,
}

/// How often a source was asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Asked {
    pub(crate) times: u32,
    pub(crate) last_ms: i64,
    pub(crate) items: VecDeque<Box<str>>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Projection {
    /// Entries that count, by time.
    pub(crate) order: Vec<u32>,
    /// Ids of events that do not count.
    pub(crate) voided: HashSet<Box<str>>,
    pub(crate) ability: Ability,
    pub(crate) skills: HashMap<Sym, SkillCount>,
    pub(crate) sections: [SectionCount; 6],
    pub(crate) cards: HashMap<Sym, Memory>,
    /// By skill and misconception.
    pub(crate) mistakes: HashMap<(Sym, Sym), Mistake>,
    /// The misconceptions of a skill that are not cleared.
    open: HashMap<Sym, Vec<Sym>>,
    pub(crate) sources: HashMap<Sym, Asked>,
}

impl Projection {
    pub(crate) fn build(entries: &[Entry], offset_ms: i64) -> Self {
        let voids = entries.iter().filter_map(Entry::other).filter_map(|what| match what {
            What::Voided { event } => Some(event.as_str().into()),
            _ => None,
        });
        let mut projection = Self { voided: voids.collect(), ..Self::default() };
        let mut order: Vec<u32> = (0..u32::try_from(entries.len()).unwrap_or(u32::MAX)).collect();
        let key = |index: &u32| entries.get(*index as usize).map(|entry| (entry.at_ms, &entry.id));
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        projection.order.reserve(order.len());
        for index in order {
            if let Some(entry) = entries.get(index as usize)
                && !projection.voided.contains(&entry.id)
            {
                projection.add(index, entry, offset_ms);
            }
        }
        projection
    }

    /// The next entry in the order of time.
    pub(crate) fn add(&mut self, index: u32, entry: &Entry, offset_ms: i64) {
        self.order.push(index);
        if let Some(answer) = entry.answer() {
            self.answer(answer, entry.at_ms, day(entry.at_ms, offset_ms));
        }
    }

    fn answer(&mut self, answer: &Answer, at_ms: i64, today: i64) {
        let evidence = answer.evidence;
        let asked = self.sources.entry(answer.source).or_default();
        asked.times = asked.times.saturating_add(1);
        asked.last_ms = at_ms;
        if asked.items.len() >= RECENT_ITEMS {
            asked.items.pop_front();
        }
        asked.items.push_back(answer.item.clone());

        let place = Where { skill: Some(answer.skill), section: answer.section, strand: answer.strand };
        self.ability.learn(place, answer.level, answer.difficulty, evidence, at_ms);
        self.count(answer, at_ms);
        if evidence.unaided() {
            let right = evidence == Evidence::Right;
            if let Some(card) = answer.card {
                self.cards.entry(card).or_insert_with(|| Memory::new(today)).review(right, today);
            }
            // A skill is reviewed once a day, by the first answer of the day.
            if let Some(count) = self.skills.get_mut(&answer.skill) {
                match &mut count.memory {
                    Some(memory) if memory.last_day >= today => {}
                    memory => memory.get_or_insert_with(|| Memory::new(today)).review(right, today),
                }
            }
        } else if evidence == Evidence::Helped
            && let Some(card) = answer.card
        {
            // Neither known nor unknown: it comes back tomorrow, if it was not known before.
            self.cards.entry(card).or_insert_with(|| Memory::new(today));
        }
        self.mistake(answer, evidence, today);
    }

    fn count(&mut self, answer: &Answer, at_ms: i64) {
        let count = self.skills.entry(answer.skill).or_default();
        let mut spare = SectionCount::default();
        let section = self.sections.get_mut(answer.section as usize).unwrap_or(&mut spare);
        count.last_ms = at_ms;
        match answer.evidence {
            Evidence::Right => {
                count.unaided = count.unaided.saturating_add(1);
                count.right = count.right.saturating_add(1);
                count.misses = 0;
                section.unaided = section.unaided.saturating_add(1);
                section.right = section.right.saturating_add(1);
            }
            Evidence::Wrong | Evidence::Guessed => {
                count.unaided = count.unaided.saturating_add(1);
                section.unaided = section.unaided.saturating_add(1);
                if answer.evidence == Evidence::Wrong {
                    count.misses = count.misses.saturating_add(1);
                }
            }
            Evidence::Helped => {
                count.helped = count.helped.saturating_add(1);
                section.helped = section.helped.saturating_add(1);
            }
            Evidence::None => section.skipped = section.skipped.saturating_add(1),
        }
    }

    fn mistake(&mut self, answer: &Answer, evidence: Evidence, today: i64) {
        if evidence.unaided() {
            for misconception in self.open.get(&answer.skill).into_iter().flatten() {
                if let Some(mistake) = self.mistakes.get_mut(&(answer.skill, *misconception))
                    && today > mistake.day
                    && mistake.tried_days.last() != Some(&today)
                    && mistake.tried_days.len() < 64
                {
                    mistake.tried_days.push(today);
                }
            }
        }
        match evidence {
            Evidence::Wrong => {
                let Some(misconception) = answer.misconception else { return };
                let mistake = self.mistakes.entry((answer.skill, misconception)).or_insert_with(|| Mistake {
                    source: answer.source,
                    day: today,
                    tried_days: Vec::new(),
                    right_days: Vec::new(),
                    seen: 0,
                });
                mistake.source = answer.source;
                mistake.day = today;
                mistake.right_days.clear();
                mistake.tried_days.clear();
                mistake.seen = mistake.seen.saturating_add(1);
                let open = self.open.entry(answer.skill).or_default();
                if !open.contains(&misconception) {
                    open.push(misconception);
                }
            }
            Evidence::Right => {
                let Some(open) = self.open.get_mut(&answer.skill) else { return };
                let mistakes = &mut self.mistakes;
                open.retain(|misconception| {
                    let Some(mistake) = mistakes.get_mut(&(answer.skill, *misconception)) else {
                        return false;
                    };
                    if today > mistake.day && mistake.right_days.last() != Some(&today) {
                        mistake.right_days.push(today);
                    }
                    !mistake.cleared()
                });
            }
            _ => {}
        }
    }

    pub(crate) fn section(&self, section: Section) -> SectionCount {
        self.sections.get(section as usize).copied().unwrap_or_default()
    }
}
