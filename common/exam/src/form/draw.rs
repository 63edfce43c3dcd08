//! Drawing the questions of a form.

use std::collections::{BTreeMap, HashMap, HashSet};

use iseetutor_curriculum::bank::{Bank, Source};
use iseetutor_curriculum::blueprint::SectionPlan;
use iseetutor_curriculum::content::Passage;
use iseetutor_curriculum::item::Item;
use iseetutor_curriculum::level::{Level, Section, Strand};
use iseetutor_curriculum::rng::Rng;

use super::{PartKind, source_of};

/// How many variants of a template a form may have where there are too few templates. Beyond that it gets shorter.
const VARIANTS: usize = 2;
/// How often other numbers are asked for before a source is passed over.
const TRIES: usize = 4;

/// A passage of a form.
pub(super) struct Chosen {
    pub(super) slug: String,
    pub(super) ids: Vec<String>,
    pub(super) shared: bool,
}

pub(super) struct Draw<'a> {
    bank: &'a Bank,
    level: Level,
    section: Section,
    rng: Rng,
    seen: &'a HashSet<String>,
    /// How often each source was used.
    used: HashMap<String, usize>,
    /// Words that are asked for or are answers, and stems: none comes twice.
    said: HashSet<String>,
}

impl<'a> Draw<'a> {
    pub(super) fn new(
        bank: &'a Bank,
        level: Level,
        section: Section,
        rng: Rng,
        seen: &'a HashSet<String>,
    ) -> Self {
        Self { bank, level, section, rng, seen, used: HashMap::new(), said: HashSet::new() }
    }

    /// How many questions each part has, in the exam's order: within the blueprint's ranges, together as many as the
    /// section has.
    pub(super) fn counts(&mut self, plan: &SectionPlan) -> Vec<(PartKind, usize)> {
        let mut ranges: Vec<(PartKind, u32, u32)> = plan
            .parts
            .iter()
            .filter_map(|part| Some((PartKind::of(&part.kind)?, part.from, part.to.max(part.from))))
            .collect();
        if ranges.is_empty() {
            return vec![(PartKind::Problem, plan.questions as usize)];
        }
        ranges.sort_by_key(|(kind, ..)| *kind);
        let mut left = plan.questions;
        let mut out = Vec::new();
        for (at, &(kind, from, to)) in ranges.iter().enumerate() {
            let after = ranges.get(at + 1..).unwrap_or_default();
            let least: u32 = after.iter().map(|(_, from, _)| *from).fold(0, u32::saturating_add);
            let most: u32 = after.iter().map(|(.., to)| *to).fold(0, u32::saturating_add);
            let low = from.max(left.saturating_sub(most)).min(left);
            let high = to.min(left.saturating_sub(least)).max(low);
            let count = low + u32::try_from(self.rng.below((high - low + 1) as usize)).unwrap_or(0);
            left -= count.min(left);
            out.push((kind, count as usize));
        }
        out
    }

    /// The questions of a part, mixed, and the strands that came off too thin.
    pub(super) fn part(
        &mut self,
        sources: &[Source],
        count: usize,
        shares: Option<&BTreeMap<Strand, u32>>,
    ) -> (Vec<String>, Vec<Strand>) {
        let Some(shares) = shares else {
            let items = self.take(sources, count, 1);
            return (self.mixed(items), Vec::new());
        };
        let of = |strand: Strand| -> Vec<Source> {
            sources.iter().filter(|source| source.strand == Some(strand)).cloned().collect()
        };
        let ideal = spread(count, shares, |_| usize::MAX);
        let mut items = Vec::new();
        let mut given: BTreeMap<Strand, usize> = BTreeMap::new();
        // Every source once before any comes again.
        for round in 1..=VARIANTS {
            let wanted = spread(count, shares, |strand| of(strand).len() * round);
            for (strand, target) in wanted {
                let have = given.get(&strand).copied().unwrap_or(0);
                let open = count.saturating_sub(items.len()).min(target.saturating_sub(have));
                let more = self.take(&of(strand), open, round);
                *given.entry(strand).or_insert(0) += more.len();
                items.extend(more);
            }
        }
        let thin = ideal
            .into_iter()
            .filter(|(strand, ideal)| given.get(strand).copied().unwrap_or(0) + 1 < *ideal)
            .map(|(strand, _)| strand)
            .collect();
        (self.mixed(items), thin)
    }

    /// Up to `count` new questions; a source may have been used `round` times afterwards. What was not seen goes first,
    /// and skills take turns.
    fn take(&mut self, sources: &[Source], count: usize, round: usize) -> Vec<Item> {
        let mut order = sources.to_vec();
        self.rng.shuffle(&mut order);
        let order = in_turns(order, |source| source.skill.clone());
        let mut items: Vec<Item> = Vec::new();
        for fresh in [true, false] {
            for source in &order {
                if items.len() >= count {
                    return items;
                }
                items.extend(self.one(source, round, fresh));
            }
        }
        items
    }

    fn one(&mut self, source: &Source, round: usize, fresh: bool) -> Option<Item> {
        for _ in 0..TRIES {
            let seed = self.rng.next_u64() % 1_000_000;
            let item = self.bank.draw(source, self.level, self.section, seed)?;
            let name = source_of(&item.id).to_owned();
            if self.used.get(&name).copied().unwrap_or(0) >= round || (fresh && self.seen.contains(&name)) {
                return None;
            }
            let said = said(&item);
            if said.iter().any(|text| self.said.contains(text)) {
                continue;
            }
            self.said.extend(said);
            *self.used.entry(name).or_insert(0) += 1;
            return Some(item);
        }
        None
    }

    /// The ids in mixed order, easy and hard together as in the exam, no two neighbours of one skill where that can be.
    fn mixed(&mut self, mut items: Vec<Item>) -> Vec<String> {
        self.rng.shuffle(&mut items);
        for at in 1..items.len() {
            let Some((before, rest)) = items.split_at_mut_checked(at) else { break };
            let Some(last) = before.last() else { break };
            if let Some(other) = rest.iter().position(|item| item.skill != last.skill) {
                rest.swap(0, other);
            }
        }
        items.into_iter().map(|item| item.id).collect()
    }

    /// The passages with their questions.
    pub(super) fn passages(&mut self, plan: &SectionPlan) -> Vec<Chosen> {
        let (bank, level, section) = (self.bank, self.level, self.section);
        let kept: Vec<&'static Passage> = bank.passages(level, section, true).collect();
        let practice: Vec<&'static Passage> = bank
            .passages(level, section, false)
            .filter(|passage| !kept.iter().any(|other| other.slug == passage.slug))
            .collect();
        // A heard passage is in both lists; the mark in the file tells.
        let shared = |passage: &Passage| passage.kept_for == iseetutor_curriculum::content::Use::Practice;
        let wanted = plan.questions as usize;
        let each = plan.questions_each.map(|each| each as usize);
        let mut chosen: Vec<&Passage> = Vec::new();
        for group in [kept, practice] {
            let mut group = self.by_genre(group);
            group.sort_by_key(|passage| self.met(passage));
            for passage in group {
                let have: usize = chosen.iter().map(|one| most(one, each)).sum();
                let full = plan.passages.is_some_and(|passages| chosen.len() >= passages as usize);
                if !full && have < wanted {
                    chosen.push(passage);
                }
            }
        }
        self.rng.shuffle(&mut chosen);
        let mut left = wanted;
        let mut out = Vec::new();
        for (at, passage) in chosen.iter().enumerate() {
            // The rest is shared out evenly over the passages that are left.
            let even = left.div_ceil((chosen.len() - at).max(1));
            let count = most(passage, each).min(each.unwrap_or(even)).min(left);
            let ids = self.questions(passage, count);
            left -= ids.len().min(left);
            out.push(Chosen { slug: passage.slug.clone(), ids, shared: shared(passage) });
        }
        out
    }

    /// Whether a learner has met it.
    fn met(&self, passage: &Passage) -> bool {
        let name = format!("reading:{}:{}:{}.", self.level, self.section, passage.slug);
        self.seen.iter().any(|seen| seen.starts_with(&name))
    }

    fn by_genre(&mut self, mut passages: Vec<&'static Passage>) -> Vec<&'static Passage> {
        self.rng.shuffle(&mut passages);
        in_turns(passages, |passage| passage.genre)
    }

    /// Some questions of a passage, in the passage's order.
    fn questions(&mut self, passage: &Passage, count: usize) -> Vec<String> {
        let mut numbers: Vec<usize> = (1..=passage.questions.len()).collect();
        self.rng.shuffle(&mut numbers);
        numbers.truncate(count);
        numbers.sort_unstable();
        let (level, section, slug) = (self.level, self.section, passage.slug.as_str());
        let mut ids = Vec::new();
        for number in numbers {
            let seed = self.rng.next_u64() % 1_000_000;
            ids.push(format!("reading:{level}:{section}:{slug}.{number}.{seed}"));
        }
        ids.retain(|id| self.bank.item(id).is_some());
        ids
    }
}

fn most(passage: &Passage, each: Option<usize>) -> usize {
    passage.questions.len().min(each.unwrap_or(usize::MAX))
}

/// What must not come twice in a form: for words the word and its answer, for the rest the question as it is seen.
fn said(item: &Item) -> Vec<String> {
    let figure = item.figure.as_ref().map_or("", |figure| figure.description.as_str());
    let mut out = vec![format!("{}\n{figure}", item.stem)];
    if item.section == Section::Verbal {
        out.extend(item.choices.get(item.key).map(|choice| choice.text.to_lowercase()));
        out.extend(item.stem.strip_suffix(" most nearly means:").map(str::to_lowercase));
    }
    out
}

/// The first of each kind, then the second of each, and so on.
fn in_turns<T, K: std::hash::Hash + Eq>(all: Vec<T>, kind: impl Fn(&T) -> K) -> Vec<T> {
    let mut turns: HashMap<K, usize> = HashMap::new();
    let mut ranked: Vec<(usize, T)> = all
        .into_iter()
        .map(|one| {
            let turn = turns.entry(kind(&one)).or_insert(0);
            *turn += 1;
            (*turn, one)
        })
        .collect();
    ranked.sort_by_key(|(turn, _)| *turn);
    ranked.into_iter().map(|(_, one)| one).collect()
}

/// Shares out `count` by weights (Sainte-Laguë), no strand over its capacity. Less than `count` where there is too little.
pub(super) fn spread(
    count: usize,
    shares: &BTreeMap<Strand, u32>,
    capacity: impl Fn(Strand) -> usize,
) -> BTreeMap<Strand, usize> {
    let mut given: BTreeMap<Strand, usize> = shares.keys().map(|strand| (*strand, 0)).collect();
    for _ in 0..count {
        // weight / (2 given + 1), compared exactly by cross products; the earlier strand wins a tie.
        let mut best: Option<(Strand, u64, u64)> = None;
        for (strand, weight) in shares {
            let have = given.get(strand).copied().unwrap_or(0);
            if have >= capacity(*strand) || *weight == 0 {
                continue;
            }
            let (weight, parts) = (u64::from(*weight), 2 * have as u64 + 1);
            if best.is_none_or(|(_, other, other_parts)| weight * other_parts > other * parts) {
                best = Some((*strand, weight, parts));
            }
        }
        let Some((strand, ..)) = best else { break };
        *given.entry(strand).or_insert(0) += 1;
    }
    given
}
