//! How long it takes with 100,000 events: `cargo bench -p iseetutor-learner --bench speed`.

use std::hint::black_box;
use std::time::Instant;

use iseetutor_curriculum::bank::Bank;
use iseetutor_curriculum::level::Level;
use iseetutor_curriculum::rng::Rng;
use iseetutor_learner::bank;
use iseetutor_learner::catalog::{Catalog, Source};
use iseetutor_learner::event::{Answered, By, Event, Setting, What};
use iseetutor_learner::planner::{self, Context};
use iseetutor_learner::record::Record;
use iseetutor_learner::simulate::example_catalog;
use iseetutor_learner::time::{DAY_MS, MINUTE_MS};

const EVENTS: usize = 100_000;

fn event(number: usize, source: &Source, rng: &mut Rng, at_ms: i64) -> Event {
    let right = rng.below(100) < 75;
    let answered = Answered {
        item: format!("{}:{}:{}:{}", source.name, source.level, source.section, rng.below(1_000_000)),
        skill: source.skill.clone(),
        source: source.name.clone(),
        level: source.level,
        section: source.section,
        strand: source.strand,
        difficulty: source.difficulty,
        right,
        assisted: rng.below(10) == 0,
        guessed: false,
        took_ms: 20_000,
        timed: false,
        setting: Setting::Practice,
        by: By::Eye,
        misconception: (!right).then(|| format!("m{}", rng.below(200))),
        first_try: true,
        skipped: false,
        card: source.card.clone(),
    };
    Event {
        v: 1,
        id: format!("0197b2c4-0000-7000-8000-{number:012}"),
        device: "a".to_owned(),
        learner: "ada".to_owned(),
        at_ms,
        what: What::Answered(Box::new(answered)),
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(0.0)
}

fn main() {
    measure("36 skills to simulate with", &example_catalog(Level::Lower));
    match Bank::embedded() {
        Ok(questions) => {
            let begin = Instant::now();
            let catalog = bank::catalog(&questions);
            println!("\ncatalog of the question bank: {:.3} s", begin.elapsed().as_secs_f64());
            measure("the question bank", &catalog);
        }
        Err(error) => eprintln!("no question bank: {error}"),
    }
}

fn measure(title: &str, catalog: &Catalog) {
    println!("{title}: {} sources", catalog.sources().len());
    let mut rng = Rng::new("speed", &[]);
    let start = 19_000 * DAY_MS;
    let events: Vec<Event> = (0..EVENTS)
        .filter_map(|number| {
            let source = catalog.sources().get(rng.below(catalog.sources().len()))?;
            Some(event(number, source, &mut rng, start + number as i64 * 15 * MINUTE_MS))
        })
        .collect();
    let mut shuffled = events.clone();
    rng.shuffle(&mut shuffled);
    for (name, events) in [("in order", &events), ("shuffled", &shuffled)] {
        let times = (0..5)
            .map(|_| {
                let begin = Instant::now();
                let mut record = Record::new("ada", 0);
                for event in events {
                    record.apply(event);
                }
                record.settle();
                black_box(&record);
                begin.elapsed().as_secs_f64()
            })
            .collect();
        println!("projection from {EVENTS} events, {name}: {:.3} s", median(times));
    }
    let mut record = Record::new("ada", 0);
    for event in &events {
        record.apply(event);
    }
    record.settle();
    let now_ms = start + EVENTS as i64 * 15 * MINUTE_MS;
    let mut times = Vec::new();
    let mut next = Vec::new();
    for number in 0..200 {
        let at_ms = now_ms + number as i64 * MINUTE_MS;
        let source = catalog.sources().get(rng.below(catalog.sources().len()));
        let begin = Instant::now();
        if let Some(source) = source {
            record.apply(&event(EVENTS + number, source, &mut rng, at_ms));
        }
        times.push(begin.elapsed().as_secs_f64());
        let context = Context { since_ms: now_ms, ..Context::new(Level::Lower, at_ms) };
        let begin = Instant::now();
        black_box(planner::next(&record, catalog, &context));
        next.push(begin.elapsed().as_secs_f64());
    }
    let worst = next.iter().copied().fold(0.0, f64::max);
    println!("one more event: {:.3} ms", 1e3 * median(times));
    println!("next question: {:.3} ms, at worst {:.3} ms", 1e3 * median(next), 1e3 * worst);
}
