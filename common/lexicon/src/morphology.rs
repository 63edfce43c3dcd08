//! From a form of a word to the word, by the rules of WordNet's `morphy`; irregular forms are in the lexicon.

use crate::PartOfSpeech;

/// Endings and what stands in their place in the word itself.
const NOUN: &[(&str, &str)] = &[
    ("s", ""),
    ("ses", "s"),
    ("xes", "x"),
    ("zes", "z"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("men", "man"),
    ("ies", "y"),
];
const VERB: &[(&str, &str)] =
    &[("s", ""), ("ies", "y"), ("es", "e"), ("es", ""), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", "")];
const ADJECTIVE: &[(&str, &str)] = &[("er", ""), ("est", ""), ("er", "e"), ("est", "e")];

/// Words that `form` may be a regular form of; whether they exist is for the lexicon to say.
pub fn regular(form: &str, pos: PartOfSpeech) -> impl Iterator<Item = String> + '_ {
    let rules = match pos {
        PartOfSpeech::Noun => NOUN,
        PartOfSpeech::Verb => VERB,
        PartOfSpeech::Adjective => ADJECTIVE,
        PartOfSpeech::Adverb => &[],
    };
    rules.iter().filter_map(move |(ending, own)| {
        // "ss" is no plural's ending.
        let stem = form.strip_suffix(ending).filter(|stem| stem.len() > 1)?;
        (!(*ending == "s" && stem.ends_with('s'))).then(|| format!("{stem}{own}"))
    })
}

/// Words whose plural is not made by rule: those that a child meets in school.
const PLURALS: &str = "man men|woman women|child children|foot feet|tooth teeth|goose geese|mouse mice|louse lice|ox oxen|\
person people|leaf leaves|loaf loaves|knife knives|life lives|wife wives|wolf wolves|half halves|calf calves|shelf shelves|\
elf elves|thief thieves|self selves|scarf scarves|hoof hooves|sheep sheep|deer deer|moose moose|series series|\
species species|aircraft aircraft|salmon salmon|cactus cacti|crisis crises|oasis oases|axis axes|analysis analyses|\
hypothesis hypotheses|phenomenon phenomena|criterion criteria|bacterium bacteria|die dice|hero heroes|potato potatoes|\
tomato tomatoes|echo echoes|photo photos|piano pianos|radio radios|zoo zoos|kangaroo kangaroos|roof roofs|chief chiefs|belief beliefs|\
cliff cliffs|proof proofs|video videos|quiz quizzes|bus buses|gas gases|lens lenses|fireman firemen|snowman snowmen|policeman policemen|\
grandchild grandchildren|passerby passersby|mother-in-law mothers-in-law";

/// The plural of a noun that a child might ask for; nothing where the rules leave it open.
#[must_use]
pub fn plural(noun: &str) -> Option<String> {
    let noun = noun.to_lowercase();
    for pair in PLURALS.split('|') {
        if let Some((one, many)) = pair.split_once(' ')
            && (one == noun || many == noun)
        {
            return Some(many.to_owned());
        }
    }
    if !noun.chars().all(|c| c.is_ascii_lowercase()) || noun.len() < 3 {
        return None;
    }
    let before = noun.chars().rev().nth(1).unwrap_or_default();
    let vowel = "aeiou".contains(before);
    Some(match noun.chars().last()? {
        'y' if !vowel => format!("{}ies", &noun[..noun.len() - 1]),
        // "volcanos" and "volcanoes", "geniuses" and "genii": several ways or none by rule.
        'o' | 'f' | 'i' | 'a' => return None,
        's' if noun.ends_with("us") || noun.ends_with("is") => return None,
        's' if !noun.ends_with("ss") => return None,
        'z' if !noun.ends_with("zz") => return None,
        'e' if noun.ends_with("fe") => return None,
        'n' if noun.ends_with("man") => return None,
        's' | 'x' | 'z' => format!("{noun}es"),
        'h' if noun.ends_with("ch") || noun.ends_with("sh") => format!("{noun}es"),
        _ => format!("{noun}s"),
    })
}

/// Simple pasts that are not made by rule.
const PASTS: &str = "go went|be was|have had|do did|say said|make made|get got|know knew|think thought|take took|see saw|come came|\
find found|give gave|tell told|feel felt|leave left|keep kept|begin began|bring brought|buy bought|build built|catch caught|choose chose|\
draw drew|drink drank|drive drove|eat ate|fall fell|feed fed|fight fought|fly flew|forget forgot|freeze froze|grow grew|hear heard|\
hide hid|hit hit|hold held|hurt hurt|lead led|lend lent|lose lost|meet met|pay paid|put put|read read|ride rode|ring rang|rise rose|\
run ran|sell sold|send sent|set set|shake shook|shoot shot|sing sang|sink sank|sit sat|sleep slept|slide slid|speak spoke|spend spent|\
stand stood|steal stole|stick stuck|sting stung|swim swam|swing swung|teach taught|tear tore|throw threw|understand understood|\
wake woke|wear wore|win won|write wrote|bite bit|blow blew|break broke|bend bent|cost cost|cut cut|dig dug|become became|sweep swept|\
swear swore|spin spun|shut shut|let let|quit quit|seek sought|creep crept|weep wept|deal dealt|mean meant|sew sewed|show showed|\
play played|jump jumped|walk walked|talk talked|stop stopped|hop hopped|hope hoped|try tried|cry cried|carry carried|plan planned|skip skipped|\
drop dropped|hug hugged|jog jogged|beg begged|chat chatted|clap clapped|shop shopped|study studied|hurry hurried|worry worried|marry married";

/// The simple past of a verb that a child might ask for.
#[must_use]
pub fn past(verb: &str) -> Option<&'static str> {
    let verb = verb.to_lowercase();
    PASTS
        .split('|')
        .filter_map(|pair| pair.split_once(' '))
        .find(|(now, _)| *now == verb)
        .map(|(_, past)| past)
}

#[cfg(test)]
mod tests {
    use super::{past, plural, regular};
    use crate::PartOfSpeech::{Adjective, Noun, Verb};

    #[test]
    fn forms_lead_to_words() {
        for (form, pos, base) in [
            ("dogs", Noun, "dog"),
            ("boxes", Noun, "box"),
            ("berries", Noun, "berry"),
            ("abandoned", Verb, "abandon"),
            ("hoping", Verb, "hope"),
            ("faster", Adjective, "fast"),
            ("nicest", Adjective, "nice"),
        ] {
            assert!(regular(form, pos).any(|word| word == base), "{form}");
        }
        assert_eq!(regular("glass", Noun).count(), 0);
    }

    #[test]
    fn plurals_and_pasts_are_right_or_left_open() {
        for (one, many) in [
            ("mouse", "mice"),
            ("mice", "mice"),
            ("city", "cities"),
            ("toy", "toys"),
            ("fox", "foxes"),
            ("church", "churches"),
            ("house", "houses"),
            ("class", "classes"),
            ("sheep", "sheep"),
            ("hero", "heroes"),
        ] {
            assert_eq!(plural(one).as_deref(), Some(many), "{one}");
        }
        for open in ["volcano", "octopus", "handkerchief", "genius", "x", "é", ""] {
            assert_eq!(plural(open), None, "{open}");
        }
        assert_eq!(past("go"), Some("went"));
        assert_eq!(past("defenestrate"), None);
    }
}
