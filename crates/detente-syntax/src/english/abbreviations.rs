//! Words of English that decide where words and sentences end: data, apart from the code.

/// Abbreviations that a name or a number follows: a sentence never ends after them.
pub(crate) const BEFORE_NAMES: &[&str] = &[
    "adj", "adm", "amb", "ann", "app", "approx", "art", "arts", "asst", "atty", "brig", "ca",
    "capt", "cf", "chap", "chs", "cl", "cllr", "cmdr", "col", "cols", "comdr", "cpl", "dep", "det",
    "dr", "drs", "ed", "eds", "eq", "fig", "figs", "fr", "ft", "gen", "gens", "gov", "govs", "hon",
    "insp", "lt", "lts", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "no",
    "nos", "op", "para", "paras", "ph", "pp", "pres", "prof", "profs", "pt", "pvt", "reg", "regs",
    "rep", "reps", "res", "rev", "sec", "secs", "sen", "sens", "sgt", "sgts", "sq", "st", "ste",
    "supt", "v", "viz", "vol", "vols", "vs",
];

/// Abbreviations inside or at the end of a sentence.
pub(crate) const ANYWHERE: &[&str] = &[
    "a.m", "al", "ala", "apr", "ariz", "ark", "assn", "assoc", "aug", "ave", "b.c", "bldg", "blvd",
    "bn", "bros", "cal", "calif", "cm", "co", "colo", "conn", "corp", "d.c", "d.p.r.k", "dec",
    "del", "dept", "dist", "e.g", "est", "etc", "ext", "feb", "fla", "fri", "ga", "govt", "hrs",
    "hwy", "i.e", "ibid", "ill", "inc", "incl", "ind", "intl", "jan", "jr", "jul", "jun", "kan",
    "kg", "km", "ky", "lbs", "ltd", "m.d", "mar", "mass", "max", "md", "mfg", "mi", "mich", "min",
    "minn", "miss", "mn", "mo", "mon", "mont", "natl", "neb", "nev", "nov", "oct", "okla", "ore",
    "oz", "p.m", "p.r.c", "p.s", "pa", "pct", "penn", "ph.d", "plc", "pty", "rd", "sat", "sep",
    "sept", "sr", "tenn", "tex", "thu", "thur", "thurs", "tn", "tue", "tues", "u.k", "u.n", "u.s",
    "univ", "va", "vt", "wash", "wed", "wis", "yr", "yrs",
];

/// Abbreviations that are words as well ("no", "sat"): without a capital they are words at the end
/// of a sentence.
pub(crate) const ALSO_WORDS: &[&str] = &[
    "adj", "ann", "app", "ark", "art", "cal", "cl", "col", "dec", "del", "dep", "det", "ed", "fig",
    "fri", "ga", "gen", "ill", "ind", "mar", "mass", "max", "md", "mi", "min", "miss", "mo", "no",
    "ore", "para", "pres", "pt", "reg", "rep", "res", "sat", "sec", "wash", "wed",
];

/// Words that open sentences far more often than they follow an abbreviation with a capital.
pub(crate) const OPENERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "Also",
    "Although",
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
    ("outta", 3),
    ("dont", 2),
    ("didnt", 3),
    ("cant", 2),
    ("doesnt", 4),
    ("wont", 2),
    ("isnt", 2),
    ("wasnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("arent", 3),
    ("arnt", 2),
    ("werent", 4),
    ("aint", 2),
    ("im", 1),
    ("ive", 1),
    ("thats", 4),
    ("whats", 4),
    ("theres", 5),
    ("hes", 2),
    ("shes", 3),
    ("youre", 3),
    ("theyre", 4),
    ("youll", 3),
    ("itll", 2),
];

/// Words after which neither a sentence nor a headline ends: a line that ends in one goes on.
pub(crate) const WANT_MORE: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "between", "but", "by", "for", "from",
    "had", "has", "have", "her", "his", "if", "in", "into", "is", "its", "may", "nor", "of", "off",
    "on", "or", "our", "since", "than", "that", "the", "their", "to", "was", "were", "which",
    "while", "who", "whose", "will", "with", "would",
];

/// Words that may follow an hour ("9 a.m. Monday") in the same sentence.
pub(crate) const AFTER_HOURS: &[&str] = &[
    "BST",
    "CET",
    "CST",
    "EDT",
    "EST",
    "ET",
    "Eastern",
    "Friday",
    "GMT",
    "Greenwich",
    "HKT",
    "IST",
    "JST",
    "KST",
    "MSK",
    "MST",
    "Monday",
    "PDT",
    "PST",
    "PT",
    "Pacific",
    "Pyongyang",
    "Saturday",
    "Sunday",
    "Thursday",
    "Tuesday",
    "UTC",
    "Wednesday",
];

/// Abbreviations with full stops inside that always introduce something.
pub(crate) const NEVER_LAST: &[&str] = &["E.g", "I.e", "e.g", "i.e"];

/// Short forms with a stroke inside that are one word.
pub(crate) const SLASHED: &[&str] = &["b/c", "w/o", "B/C", "W/O", "n/a", "N/A"];

/// Words whose first letters an apostrophe stands for.
pub(crate) const CLIPPED: &[&str] = &["em", "til", "cause", "bout", "round", "tis", "twas", "cuz"];

/// Names that end in a mark.
pub(crate) const NAMES_WITH_MARKS: &[&str] = &["Jeopardy!", "Yahoo!", "Yum!"];

/// Words that open sentences and are no part of a name after a title ("He" is a Chinese surname).
pub(crate) const NO_NAMES: &[&str] = &["But", "It", "She", "The", "They", "This", "We"];
