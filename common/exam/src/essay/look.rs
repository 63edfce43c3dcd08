//! What is looked at in an essay, one thing after the other.

use iseetutor_curriculum::content::Library;

use super::counts::runs;
use super::text::{Sentence, Text, Word};
use super::words::{CLOSING, JOINING, LINKING, OPINION, ORDER, SLIPS, SPEAKING, VIVID, key_stems, stem};
use super::{Asked, Counts, Point};

/// Words of a quotation, at most.
const QUOTED: usize = 12;
/// A sentence of more words than this runs the reader out of breath.
const LONG: usize = 40;
/// A paragraph of more words than this may be two.
const LONG_PARAGRAPH: usize = 120;
/// A tired word that comes so often is worth a look.
const OFTEN: usize = 3;

type Points = (Option<Point>, Option<Point>);

/// An essay, to be looked at.
pub(super) struct Look<'a> {
    pub(super) asked: &'a Asked,
    pub(super) text: &'a Text<'a>,
    pub(super) counts: &'a Counts,
    pub(super) spoken: bool,
    pub(super) library: &'a Library,
}

impl Look<'_> {
    /// Something good and a next step, by a criterion's id.
    pub(super) fn at(&self, criterion: &str) -> Points {
        match criterion {
            "focus" => self.focus(),
            "shape" => self.shape(),
            "details" => self.details(),
            "sentences" => self.sentences(),
            "words" => self.words(),
            "conventions" if !self.spoken => self.conventions(),
            _ => (None, None),
        }
    }

    /// A point whose words have `{}` for the quotation.
    fn point(&self, sentence: &Sentence, around: usize, say: &str) -> Option<Point> {
        let quote = self.text.quote(sentence, around, QUOTED);
        let told = quote.split_whitespace().collect::<Vec<_>>().join(" ").replace('"', "'");
        let told = told.trim_end_matches([',', ';', ':']);
        // A sentence about a quotation ends once.
        let say = if told.ends_with(['.', '!', '?', '\u{2026}']) {
            say.replace("{}.", "{}")
        } else {
            say.to_owned()
        };
        (!quote.is_empty()).then(|| Point { say: say.replace("{}", &format!("\"{told}\"")), quote })
    }

    fn all(&self) -> &[Sentence] {
        &self.text.sentences
    }

    /// The first sentence with a word that fits, and the word's place in it.
    fn find(&self, fits: impl Fn(&Word) -> bool) -> Option<(&Sentence, usize)> {
        self.all().iter().find_map(|sentence| Some((sentence, sentence.words.iter().position(&fits)?)))
    }

    /// The first sentence with some words in a row.
    fn phrase(&self, phrases: &[&str]) -> Option<(&Sentence, usize)> {
        self.all().iter().find_map(|sentence| {
            let at = phrases.iter().filter_map(|phrase| has_phrase(sentence, phrase)).min()?;
            Some((sentence, at))
        })
    }

    fn focus(&self) -> Points {
        let scene = self.asked.scene.as_deref().unwrap_or_default();
        let whole = format!("{} {scene}", self.asked.prompt);
        let keys = key_stems(&whole);
        let told = |word: &Word| keys.iter().find(|(key, _)| *key == stem(&word.low));
        let shared = self.find(|word| told(word).is_some());
        let opening = self.all().len().div_ceil(3).clamp(1, 3);
        let early = self.all().iter().take(opening).find_map(|sentence| {
            // A text without marks is one sentence; its middle is not near its start.
            let at = sentence.words.iter().take(LONG).position(|word| told(word).is_some())?;
            Some((sentence, at, told(sentence.words.get(at)?)?.1.clone()))
        });
        let good = early.and_then(|(sentence, at, key)| {
            let from = if self.asked.scene.is_some() { "picture" } else { "prompt" };
            self.point(sentence, at, &format!("Near the start you take up \"{key}\" from the {from}: {{}}."))
        });
        let next = if shared.is_none() && !keys.is_empty() {
            self.all().first().and_then(|first| {
                self.point(
                    first,
                    0,
                    "I did not find the main words of the prompt, though you may have used others. You begin with {}. Where does your essay answer the prompt?",
                )
            })
        } else {
            let asks = last_question(&self.asked.prompt);
            let last = self.all().last().filter(|_| self.all().len() > 2);
            last.zip(asks).filter(|(last, _)| !last.words.iter().any(|word| told(word).is_some())).and_then(
                |(last, asks)| {
                    self.point(last, 0, &format!("The prompt also asks: {asks} Which of your sentences answers that? Your last one is {{}}."))
                },
            )
        };
        (good, next)
    }

    fn shape(&self) -> Points {
        let all = self.all();
        let tail = all.len().saturating_sub(2).max(1);
        let closing = all
            .iter()
            .skip(tail)
            .find(|sentence| CLOSING.iter().any(|phrase| has_phrase(sentence, phrase) == Some(0)));
        let ordered: Vec<&Sentence> = all
            .iter()
            .filter(|sentence| sentence.words.first().is_some_and(|word| ORDER.contains(&word.low.as_str())))
            .collect();
        let word = |sentence: &&Sentence| sentence.words.first().map(|word| word.low.clone());
        let first = ordered.first().copied();
        let other = ordered.iter().find(|one| word(one) != ordered.first().and_then(word));
        let good = if let Some(closing) = closing {
            self.point(closing, 0, "Your ending sounds like an ending: {}.")
        } else if let (Some(first), Some(other)) = (first, other) {
            let (one, two) = (word(&first).unwrap_or_default(), word(other).unwrap_or_default());
            let say =
                format!("The words \"{one}\" and \"{two}\" show the order of things. One step is {{}}.");
            self.point(first, 0, &say)
        } else {
            let paragraphs = self.counts.paragraphs.filter(|count| *count >= 3);
            paragraphs.zip(all.iter().find(|sentence| sentence.paragraph == 1)).and_then(|(count, second)| {
                self.point(
                    second,
                    0,
                    &format!("You made {count} paragraphs. The second one begins with {{}}."),
                )
            })
        };
        (good, self.split().or_else(|| self.ending(closing.is_some())))
    }

    /// A paragraph that may be two.
    fn split(&self) -> Option<Point> {
        self.counts.paragraphs?;
        for paragraph in 0..self.text.paragraphs {
            let own: Vec<&Sentence> = self.all().iter().filter(|one| one.paragraph == paragraph).collect();
            let words: usize = own.iter().map(|one| one.words.len()).sum();
            if words > LONG_PARAGRAPH && own.len() >= 4 {
                let middle = own.get(own.len() / 2)?;
                return self.point(middle, 0, "One paragraph is long. Could a new one begin near {}?");
            }
            if paragraph > 500 {
                break;
            }
        }
        None
    }

    fn ending(&self, closed: bool) -> Option<Point> {
        let last = self.all().last().filter(|_| !closed)?;
        if self.counts.words < self.asked.short() {
            return self.point(
                last,
                last.words.len(),
                "So far it stops at {}. What happened next, or why does it matter to you?",
            );
        }
        self.point(
            last,
            last.words.len(),
            "It ends with {}. Could one more sentence say why it matters to you?",
        )
    }

    fn details(&self) -> Points {
        let because = self.phrase(&["because", "that is why", "that's why"]);
        let example = self.phrase(&["for example", "for instance"]);
        let speech = self.all().iter().filter(|_| !self.spoken).find_map(|sentence| {
            let quoted = self.text.text.get(sentence.at.clone())?.contains(['"', '\u{201c}']);
            let at = sentence.words.iter().position(|word| SPEAKING.contains(&word.low.as_str()))?;
            quoted.then_some((sentence, at))
        });
        let senses = self.phrase(&["smelled like", "smelled of", "tasted like", "tasted of"]);
        let good = if let Some((sentence, at)) = senses {
            self.point(sentence, at, "You let a reader use more than the eyes: {}.")
        } else if let Some((sentence, at)) = speech {
            self.point(sentence, at, "You let somebody speak: {}.")
        } else if let Some((sentence, at)) = example {
            self.point(sentence, at + QUOTED / 2, "You give an example: {}.")
        } else {
            because.and_then(|(sentence, at)| self.point(sentence, at + QUOTED / 2, "You give a reason: {}."))
        };
        // Beginnings of a scene: not praised, but no scene is asked for where there is one.
        let scene = self.phrase(&[
            "one day",
            "one time",
            "once",
            "yesterday",
            "last spring",
            "last summer",
            "last fall",
            "last winter",
            "last year",
            "last month",
            "last week",
        ]);
        let next = match (because, example.or(speech).or(senses).or(scene)) {
            (Some(_), Some(_)) => None,
            (Some((sentence, at)), None) => self.point(
                sentence,
                at + QUOTED / 2,
                "Can you tell of one time when that was so? I mean the place with {}.",
            ),
            (None, _) => {
                if let Some((sentence, at)) = self.find(|word| OPINION.contains(&word.low.as_str())) {
                    self.point(
                        sentence,
                        at,
                        "Why is that so? I mean {}. You could add a sentence with the word because.",
                    )
                } else {
                    let longest = self.all().iter().max_by_key(|sentence| sentence.words.len());
                    longest.and_then(|one| {
                        self.point(one, 0, "What could somebody have seen or heard just then? I mean {}.")
                    })
                }
            }
        };
        (good, next)
    }

    fn sentences(&self) -> Points {
        let all = self.all();
        let joined = self.all().iter().find_map(|sentence| {
            // At the beginning or in the middle, with words on both sides.
            let at = sentence.words.iter().position(|word| JOINING.contains(&word.low.as_str()))?;
            (sentence.words.len() >= 8 && sentence.words.len() <= LONG && at + 3 < sentence.words.len())
                .then_some((sentence, at))
        });
        let shortest = all.iter().filter(|one| one.words.len() >= 2).min_by_key(|one| one.words.len());
        let mixed = all.len() >= 5 && (15..=LONG).contains(&self.counts.longest);
        let good = if let Some(short) = shortest.filter(|short| mixed && short.words.len() <= 7) {
            self.point(short, 0, "You have short sentences beside long ones. A short one is {}.")
        } else {
            joined.and_then(|(sentence, at)| {
                let word = sentence.words.get(at).map_or("", |word| word.low.as_str());
                self.point(sentence, at, &format!("The word \"{word}\" ties two ideas together: {{}}."))
            })
        };
        let long = all.iter().find(|one| one.words.len() > LONG).filter(|_| !self.spoken || all.len() > 2);
        let next = if let Some(long) = long {
            self.point(
                long,
                0,
                &format!("One sentence has {} words. It begins with {{}}. Where could it stop, so that a new one begins?", long.words.len()),
            )
        } else {
            runs(self.text).first().and_then(|(_, count, second)| {
                let sentence = all.get(*second)?;
                let word = sentence.words.first().map(|word| self.text.text.get(word.at.clone()).unwrap_or_default());
                self.point(
                    sentence,
                    0,
                    &format!("{count} sentences in a row begin with \"{}\". Could this one begin another way? {{}}.", word.unwrap_or_default()),
                )
            })
        };
        (good, next)
    }

    fn words(&self) -> Points {
        let vivid = self.find(|word| VIVID.contains(&word.low.as_str()));
        let good = if let Some((sentence, at)) = vivid {
            let word = sentence.words.get(at).map_or("", |word| word.low.as_str());
            self.point(
                sentence,
                at,
                &format!("A verb such as \"{word}\" lets a reader see how it was done: {{}}."),
            )
        } else {
            let learnt = |word: &Word| {
                word.low.len() > 6
                    && !LINKING.contains(&word.low.as_str())
                    && self.library.word(&word.low).is_some()
            };
            // Looking up every word of a very long text takes too long to be worth it.
            let early = self.all().iter().take(200);
            let found = early.filter_map(|one| Some((one, one.words.iter().position(learnt)?))).next();
            found.and_then(|(sentence, at)| {
                let word = sentence.words.get(at).map_or("", |word| word.low.as_str());
                self.point(
                    sentence,
                    at,
                    &format!("\"{word}\" is on our word lists, and you used it yourself: {{}}."),
                )
            })
        };
        let next = self.counts.tired.first().filter(|often| often.count >= OFTEN).and_then(|often| {
            let (sentence, at) = self.find(|word| word.low == often.word)?;
            self.point(
                sentence,
                at,
                &format!("The word \"{}\" comes {} times, here in {{}}. Which word would show just what you mean in one of those places?", often.word, often.count),
            )
        });
        (good, next)
    }

    fn conventions(&self) -> Points {
        let all = self.all();
        let sound = self.counts.small_starts == Some(0) && self.counts.no_mark == Some(0);
        let good = all.first().filter(|_| sound && all.len() >= 3).and_then(|first| {
            self.point(first, 0, "Every sentence begins with a capital letter and ends with a mark, from the first one on: {}.")
        });
        let no_mark = all.iter().find(|sentence| !sentence.ended);
        let small = all.iter().find(|sentence| sentence.small);
        let own = self.find(|word| word.low == "i" && self.text.text.get(word.at.clone()) == Some("i"));
        let slip = self.find(|word| SLIPS.iter().any(|(slip, _)| *slip == word.low));
        let twice = all.iter().find_map(|sentence| {
            let same = |two: &[Word]| matches!(two, [a, b] if a.low == b.low && !["that", "had", "very", "so", "no"].contains(&a.low.as_str()) && self.text.text.get(a.at.end..b.at.start).is_some_and(|gap| gap.trim().is_empty()));
            Some((sentence, sentence.words.windows(2).position(same)?))
        });
        let next = if let Some(sentence) = no_mark {
            self.point(
                sentence,
                sentence.words.len(),
                "Where does this sentence end? It has no mark at {}. A period would help the reader there.",
            )
        } else if let Some(sentence) = small {
            self.point(sentence, 0, "Which letter should be a capital here? {}.")
        } else if let Some((sentence, at)) = own {
            self.point(sentence, at, "The word I is always a capital letter. Look at {}.")
        } else if let Some((sentence, at)) = slip {
            let low = sentence.words.get(at).map_or("", |word| word.low.as_str());
            let meant = SLIPS.iter().find(|(slip, _)| *slip == low).map_or("", |(_, meant)| *meant);
            self.point(
                sentence,
                at,
                &format!("Look at the spelling of \"{low}\" in {{}}. Did you mean \"{meant}\"?"),
            )
        } else {
            twice.and_then(|(sentence, at)| self.point(sentence, at, "One word stands twice here: {}."))
        };
        (good, next)
    }
}

/// Where some words stand in a row in a sentence.
fn has_phrase(sentence: &Sentence, phrase: &str) -> Option<usize> {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    sentence
        .words
        .windows(wanted.len())
        .position(|words| words.iter().map(|word| word.low.as_str()).eq(wanted.iter().copied()))
}

/// The last sentence of a prompt that is a question.
fn last_question(prompt: &str) -> Option<&str> {
    let end = prompt.rfind('?')?;
    let before = prompt.get(..end)?;
    let start = before.rfind(['.', '?', '!']).map_or(0, |at| at + 1);
    prompt.get(start..=end).map(str::trim)
}
