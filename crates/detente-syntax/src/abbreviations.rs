//! Words of English that decide where words and sentences end: data, apart from the code.

/// Abbreviations that a name or a number follows: a sentence never ends after them.
pub(crate) const BEFORE_NAMES: &[&str] = &[
    "adj", "adm", "amb", "art", "asst", "atty", "brig", "capt", "cmdr", "col", "comdr", "cpl",
    "dr", "drs", "ed", "eds", "eq", "fig", "figs", "fr", "ft", "gen", "gov", "govs", "hon", "insp",
    "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "no", "nos", "op", "ph",
    "pp", "prof", "profs", "pvt", "rep", "reps", "rev", "sec", "sen", "sens", "sgt", "st", "ste",
    "supt", "v", "vol", "vols", "vs",
];

/// Abbreviations inside or at the end of a sentence.
pub(crate) const ANYWHERE: &[&str] = &[
    "a.m", "al", "apr", "approx", "assn", "aug", "ave", "b.c", "blvd", "bros", "ca", "calif", "cf",
    "co", "conn", "corp", "d.c", "dec", "dept", "dist", "e.g", "est", "etc", "ext", "feb", "fla",
    "fri", "i.e", "ill", "inc", "jan", "jr", "jul", "jun", "ltd", "m.d", "mar", "mass", "max",
    "mfg", "mich", "min", "minn", "mon", "natl", "nov", "oct", "p.m", "p.s", "pa", "ph.d", "plc",
    "pty", "sat", "sep", "sept", "sr", "thu", "thur", "thurs", "tue", "tues", "u.k", "u.n", "u.s",
    "univ", "va", "viz", "wash", "wed", "wis",
];

/// Abbreviations that are words as well ("no", "sat"): without a capital they are words at the end
/// of a sentence.
pub(crate) const ALSO_WORDS: &[&str] = &[
    "adj", "art", "col", "dec", "fig", "fri", "gen", "ill", "mar", "mass", "max", "min", "no",
    "rep", "sat", "sec", "wash", "wed",
];

/// Words that open sentences far more often than they follow an abbreviation with a capital.
pub(crate) const OPENERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "Although",
    "Also",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Each",
    "Even",
    "For",
    "From",
    "Given",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "It",
    "Its",
    "Last",
    "Many",
    "Meanwhile",
    "Moreover",
    "Most",
    "Nevertheless",
    "No",
    "Nor",
    "Not",
    "Now",
    "On",
    "One",
    "Only",
    "Or",
    "Other",
    "Our",
    "Over",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Thus",
    "Today",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "Whether",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Without",
    "Yet",
    "You",
];

/// Verbs after a quotation that ends in a question or exclamation mark: the sentence goes on.
pub(crate) const SPEECH: &[&str] = &[
    "added",
    "asked",
    "cried",
    "exclaimed",
    "replied",
    "said",
    "says",
    "shouted",
    "wondered",
    "wrote",
];

/// Prefixes that stay with the word after the hyphen.
pub(crate) const PREFIXES: &[&str] = &[
    "ante", "anti", "bi", "co", "counter", "cross", "de", "dis", "e", "ex", "extra", "hyper", "il",
    "im", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mis", "mono",
    "multi", "neo", "non", "over", "pan", "para", "poly", "post", "pre", "pro", "pseudo", "re",
    "semi", "socio", "sub", "super", "tele", "trans", "tri", "ultra", "un", "under", "vice",
];

/// Units that are a word of their own after a number without a space.
pub(crate) const UNITS: &[&str] = &[
    "am", "pm", "a.m", "p.m", "a.m.", "p.m.", "k", "m", "b", "bn", "mn", "tn", "trn", "mm", "cm",
    "km", "kg", "g", "mg", "lb", "lbs", "ft", "in", "oz", "hr", "hrs", "min", "mins", "sec", "mph",
    "kb", "mb", "gb", "tb", "mw", "kw", "mwh", "kwh", "yr", "yrs", "c", "f", "ml", "kt",
];

/// Words written as one that are two: form in lower case and length of the first word.
pub(crate) const JOINED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("lemme", 3),
    ("gimme", 3),
    ("gotcha", 3),
];
