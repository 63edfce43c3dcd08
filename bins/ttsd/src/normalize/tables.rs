//! What things are read as. Add a line here before adding a rule anywhere else.

/// Words whose spelling misleads, by exact spelling.
///
/// "ISEE" (Independent School Entrance Exam) is said as a word by the people who give it: "EYE-see".
pub const SAID: [(&str, &str); 11] = [
    ("ISEE", "eye see"),
    ("OK", "okay"),
    ("Ok", "okay"),
    ("ok", "okay"),
    ("PEMDAS", "pem dahs"),
    ("BODMAS", "bod mass"),
    ("ERB", "E R B"),
    ("LaTeX", "lay tech"),
    ("Qs", "Q's"),
    ("TV", "T V"),
    ("ID", "I D"),
];

/// Abbreviations written with a point: what they stand for.
pub const ABBREVIATIONS: [(&str, &str); 34] = [
    ("mr", "mister"),
    ("mrs", "missus"),
    ("ms", "miz"),
    ("prof", "professor"),
    ("jr", "junior"),
    ("sr", "senior"),
    ("gen", "general"),
    ("col", "colonel"),
    ("capt", "captain"),
    ("lt", "lieutenant"),
    ("sgt", "sergeant"),
    ("gov", "governor"),
    ("sen", "senator"),
    ("rep", "representative"),
    ("pres", "president"),
    ("rev", "reverend"),
    ("vs", "versus"),
    ("etc", "et cetera"),
    ("approx", "approximately"),
    ("fig", "figure"),
    ("ch", "chapter"),
    ("vol", "volume"),
    ("eq", "equation"),
    ("ex", "example"),
    ("dept", "department"),
    ("inc", "incorporated"),
    ("corp", "corporation"),
    ("ltd", "limited"),
    ("avg", "average"),
    ("max", "maximum"),
    ("ave", "avenue"),
    ("blvd", "boulevard"),
    ("mt", "mount"),
    ("sq", "square"),
];

/// Abbreviations that are also written without a point.
pub const BARE_ABBREVIATIONS: [(&str, &str); 6] = [
    ("vs", "versus"),
    ("etc", "et cetera"),
    ("mr", "mister"),
    ("mrs", "missus"),
    ("dr", "doctor"),
    ("approx", "approximately"),
];

/// Letters with points between them, joined: what they stand for. Others are spelled.
pub const DOTTED: [(&str, &str); 9] = [
    ("eg", "for example"),
    ("ie", "that is"),
    ("am", "A M"),
    ("pm", "P M"),
    ("ad", "A D"),
    ("bc", "B C"),
    ("bce", "B C E"),
    ("ce", "C E"),
    ("phd", "P H D"),
];

/// Letters with a stroke: "w/o".
pub const STROKES: [(&str, &str, &str); 5] = [
    ("w", "o", "without"),
    ("b", "c", "because"),
    ("n", "a", "not applicable"),
    ("and", "or", "and or"),
    ("a", "c", "A C"),
];

/// Capitals that are always spelled, whatever their length.
pub const SPELLED: [&str; 26] = [
    "US", "UK", "USA", "UN", "EU", "PE", "PC", "AI", "IQ", "UFO", "ATM", "DIY", "FAQ", "CEO", "SAT", "ACT",
    "ISBN", "HTML", "DNA", "RNA", "FBI", "CIA", "GCF", "LCM", "LCD", "GPS",
];

/// Capitals that are words although they are short.
pub const CAPITAL_WORDS: [&str; 52] = [
    "A", "I", "AN", "AND", "ANY", "ALL", "ARE", "AS", "AT", "BE", "BIG", "BUT", "BY", "CAN", "DID", "DO",
    "END", "FOR", "GET", "GO", "HAS", "HE", "HER", "HIS", "HOW", "IF", "IN", "IS", "IT", "ITS", "LET", "MAY",
    "ME", "MY", "NEW", "NO", "NOT", "NOW", "OF", "OFF", "ON", "ONE", "OR", "OUR", "OUT", "SAY", "SHE", "SO",
    "THE", "TO", "TWO", "WE",
];

/// Months: full name, other spellings, days.
pub const MONTHS: [(&str, &[&str]); 12] = [
    ("January", &["jan"]),
    ("February", &["feb"]),
    ("March", &["mar"]),
    ("April", &["apr"]),
    ("May", &[]),
    ("June", &["jun"]),
    ("July", &["jul"]),
    ("August", &["aug"]),
    ("September", &["sep", "sept"]),
    ("October", &["oct"]),
    ("November", &["nov"]),
    ("December", &["dec"]),
];

/// Words after which four digits are a year.
pub const YEAR_BEFORE: [&str; 21] = [
    "in", "since", "by", "year", "from", "until", "till", "during", "before", "after", "around", "circa",
    "late", "early", "mid", "of", "spring", "summer", "fall", "winter", "between",
];

/// Words that may follow a year; before any other word four digits are a number ("in 1500 meters").
pub const YEAR_AFTER: [&str; 32] = [
    "the", "a", "an", "and", "was", "were", "is", "to", "when", "there", "he", "she", "it", "they", "we",
    "but", "or", "had", "by", "at", "with", "because", "as", "for", "who", "which", "that", "until", "after",
    "before", "through", "during",
];

/// A unit of measurement.
pub struct Unit {
    /// As written after a number.
    pub sign: &'static str,
    /// Read after "one".
    pub one: &'static str,
    /// Read after any other number.
    pub many: &'static str,
    /// Whether it measures length, so that "12 ft x 10 ft" is "by" and "ft²" is "square feet".
    pub length: bool,
}

const fn unit(sign: &'static str, one: &'static str, many: &'static str) -> Unit {
    Unit { sign, one, many, length: false }
}

const fn length(sign: &'static str, one: &'static str, many: &'static str) -> Unit {
    Unit { sign, one, many, length: true }
}

/// Units, by exact spelling.
pub const UNITS: [Unit; 43] = [
    length("ft", "foot", "feet"),
    length("in", "inch", "inches"),
    length("yd", "yard", "yards"),
    length("yds", "yard", "yards"),
    length("mi", "mile", "miles"),
    length("mm", "millimeter", "millimeters"),
    length("cm", "centimeter", "centimeters"),
    length("m", "meter", "meters"),
    length("km", "kilometer", "kilometers"),
    unit("lb", "pound", "pounds"),
    unit("lbs", "pound", "pounds"),
    unit("oz", "ounce", "ounces"),
    unit("g", "gram", "grams"),
    unit("kg", "kilogram", "kilograms"),
    unit("mg", "milligram", "milligrams"),
    unit("gal", "gallon", "gallons"),
    unit("qt", "quart", "quarts"),
    unit("pt", "pint", "pints"),
    unit("L", "liter", "liters"),
    unit("mL", "milliliter", "milliliters"),
    unit("ml", "milliliter", "milliliters"),
    unit("tsp", "teaspoon", "teaspoons"),
    unit("tbsp", "tablespoon", "tablespoons"),
    unit("mph", "mile per hour", "miles per hour"),
    unit("kph", "kilometer per hour", "kilometers per hour"),
    unit("mpg", "mile per gallon", "miles per gallon"),
    unit("hr", "hour", "hours"),
    unit("hrs", "hour", "hours"),
    unit("h", "hour", "hours"),
    unit("min", "minute", "minutes"),
    unit("mins", "minute", "minutes"),
    unit("sec", "second", "seconds"),
    unit("secs", "second", "seconds"),
    unit("s", "second", "seconds"),
    unit("ms", "millisecond", "milliseconds"),
    unit("yr", "year", "years"),
    unit("yrs", "year", "years"),
    unit("wk", "week", "weeks"),
    unit("Hz", "hertz", "hertz"),
    unit("kHz", "kilohertz", "kilohertz"),
    unit("MB", "megabyte", "megabytes"),
    unit("GB", "gigabyte", "gigabytes"),
    unit("kW", "kilowatt", "kilowatts"),
];

/// Words after "3 x 5" that make the sign "by" and not "times".
pub const BY_NOUNS: [&str; 14] = [
    "grid",
    "rectangle",
    "array",
    "board",
    "card",
    "cards",
    "square",
    "table",
    "matrix",
    "room",
    "garden",
    "box",
    "frame",
    "lumber",
];

/// Currencies: sign, unit, units, hundredth, hundredths.
pub const CURRENCIES: [(char, [&str; 4]); 3] = [
    ('$', ["dollar", "dollars", "cent", "cents"]),
    ('£', ["pound", "pounds", "penny", "pence"]),
    ('€', ["euro", "euros", "cent", "cents"]),
];

/// Words after a price that belong in front of its currency: "$3 million" is "three million dollars".
pub const MAGNITUDES: [(&str, &str); 7] = [
    ("thousand", "thousand"),
    ("million", "million"),
    ("billion", "billion"),
    ("trillion", "trillion"),
    ("K", "thousand"),
    ("M", "million"),
    ("B", "billion"),
];

/// Signs that join or relate two sides and are read the same wherever they stand.
pub const OPERATORS: [(char, &str); 17] = [
    ('+', "plus"),
    ('=', "equals"),
    ('×', "times"),
    ('÷', "divided by"),
    ('±', "plus or minus"),
    ('≠', "is not equal to"),
    ('≤', "is less than or equal to"),
    ('≥', "is greater than or equal to"),
    ('<', "is less than"),
    ('>', "is greater than"),
    ('≈', "is approximately equal to"),
    ('≅', "is congruent to"),
    ('⊥', "is perpendicular to"),
    ('∥', "is parallel to"),
    ('∴', "therefore"),
    ('∞', "infinity"),
    ('&', "and"),
];

/// Two or three characters that stand for one sign, longest first.
pub const DIGRAPHS: [(&str, &str); 11] = [
    ("+/-", "plus or minus"),
    ("<->", ","),
    ("-->", ","),
    ("==>", ","),
    ("<=", "is less than or equal to"),
    (">=", "is greater than or equal to"),
    ("!=", "is not equal to"),
    ("+-", "plus or minus"),
    ("->", ","),
    ("=>", ","),
    ("==", "equals"),
];

/// Greek letters, by name.
pub const GREEK: [(char, &str); 29] = [
    ('α', "alpha"),
    ('β', "beta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('ε', "epsilon"),
    ('ζ', "zeta"),
    ('η', "eta"),
    ('θ', "theta"),
    ('ι', "iota"),
    ('κ', "kappa"),
    ('λ', "lambda"),
    ('μ', "mu"),
    ('ν', "nu"),
    ('ξ', "xi"),
    ('ο', "omicron"),
    ('π', "pi"),
    ('ρ', "rho"),
    ('σ', "sigma"),
    ('ς', "sigma"),
    ('τ', "tau"),
    ('υ', "upsilon"),
    ('φ', "phi"),
    ('χ', "chi"),
    ('ψ', "psi"),
    ('ω', "omega"),
    ('Δ', "delta"),
    ('Σ', "sigma"),
    ('Ω', "omega"),
    ('Π', "pi"),
];

/// Words after which a lone letter is a letter and not the article: "choice A", "let a".
pub const LETTER_BEFORE: [&str; 24] = [
    "choice", "choices", "option", "options", "answer", "answers", "letter", "letters", "part", "point",
    "points", "angle", "side", "segment", "line", "column", "group", "team", "vitamin", "plan", "let",
    "variable", "figure", "set",
];

/// Words after a capital A at the start of a sentence that make it the letter: "A is correct".
pub const LETTER_AFTER: [&str; 7] = ["is", "or", "and", "was", "isn't", "has", "means"];

/// Words in front of a Roman numeral that is read as a number.
pub const NUMBERED: [&str; 16] = [
    "chapter", "part", "section", "volume", "book", "act", "scene", "unit", "war", "bowl", "phase", "type",
    "level", "article", "appendix", "stage",
];

/// Names of rulers, after whom a Roman numeral is "the eighth".
pub const RULERS: [&str; 26] = [
    "henry",
    "louis",
    "elizabeth",
    "george",
    "edward",
    "richard",
    "charles",
    "james",
    "william",
    "mary",
    "john",
    "paul",
    "pius",
    "benedict",
    "gregory",
    "napoleon",
    "philip",
    "alexander",
    "peter",
    "catherine",
    "nicholas",
    "ramses",
    "ivan",
    "leo",
    "francis",
    "xerxes",
];

/// Two-letter words that are never a product of two variables.
pub const SHORT_WORDS: [&str; 29] = [
    "is", "of", "to", "in", "on", "at", "or", "an", "as", "be", "by", "do", "go", "he", "hi", "if", "it",
    "me", "my", "no", "so", "up", "us", "we", "am", "oh", "ok", "ah", "ha",
];

/// Words that make "3:4" a ratio and not a time of day.
pub const RATIO_WORDS: [&str; 8] =
    ["ratio", "ratios", "scale", "odds", "proportion", "proportions", "proportional", "mixture"];
