//! What moves a ledger: `ledger/en.toml` (codebook 6.3, 6.4).

use crate::{
    Files,
    problem::{Problems, nearest},
    reader::{Parsed, Table},
};

/// Statuses of proposals and commitments (codebook 6.4).
pub const UNDERTAKING_STATUSES: &[&str] = &[
    "proposed",
    "open",
    "agreed",
    "in_force",
    "kept",
    "partly_kept",
    "broken",
    "suspended",
    "resumed",
    "withdrawn",
    "superseded",
    "disputed",
];

/// Statuses of channels (codebook 6.3).
pub const CHANNEL_STATUSES: &[&str] = &[
    "proposed",
    "active",
    "impaired",
    "halted",
    "resumed",
    "concluded",
];

/// States of issues.
pub const ISSUE_STATUSES: &[&str] = &["agreed", "unresolved"];

/// Kinds of entries in the ledger of undertakings.
pub const ENTRY_KINDS: &[&str] = &["proposal", "commitment", "agreement", "measure"];

const MAKERS: &[&str] = &["maker", "other", "any"];

const ROOTS: &[&str] = &[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

const MODALITIES: &[&str] = &[
    "hypothetical",
    "negated",
    "planned",
    "historical",
    "asserted",
];

/// Words that a quote must and must not have; compared by their stems.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// Id or status, and the line that says so: `ledger/en.toml:62`.
    pub place: Box<str>,
    /// One of these.
    pub words: Vec<Box<str>>,
    /// And one of these, if there are any.
    pub with: Vec<Box<str>>,
    /// And none of these.
    pub without: Vec<Box<str>>,
    /// PLOVER roots, one of which an event must bear; empty: any.
    pub roots: Vec<Box<str>>,
}

/// Facts that open an entry besides proposals and commitments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EntryCue {
    /// `agreement` or `measure`.
    pub kind: Box<str>,
    /// First status.
    pub status: Box<str>,
    /// Words that show it.
    pub cue: Cue,
}

/// A later fact that moves an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// Name under which the reason is shown.
    pub id: Box<str>,
    /// The new status.
    pub to: Box<str>,
    /// Kinds of entries that it moves.
    pub of: Vec<Box<str>>,
    /// Who must be the source: `maker`, `other`, `any`.
    pub by: Box<str>,
    /// The words are looked for in the whole sentence, not in the quote alone.
    pub whole: bool,
    /// Modalities of the fact besides asserted and historical.
    pub modality: Vec<Box<str>>,
    /// Words that show it.
    pub cue: Cue,
}

/// Words by which a fact tells the status of its channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChannelCue {
    /// The status.
    pub to: Box<str>,
    /// Modalities of the fact; empty: asserted and historical.
    pub modality: Vec<Box<str>>,
    /// Words that show it.
    pub cue: Cue,
}

/// Words by which a text tells the state of an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssueCue {
    /// `agreed` or `unresolved`.
    pub to: Box<str>,
    /// Words that show it.
    pub cue: Cue,
}

/// Everything that moves a ledger, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerBook {
    /// Words that say nothing about what is promised.
    pub empty: Vec<Box<str>>,
    /// Words beside an office that point to another time, or to another office.
    pub elsewhen: Vec<Box<str>>,
    /// Words before an office that mean no one holder of it.
    pub indefinite: Vec<Box<str>>,
    /// Words for the two states of a text together: "the two countries".
    pub both: Vec<Box<str>>,
    /// Lists of words that stand for the same thing.
    pub alike: Vec<Vec<Box<str>>>,
    /// Lists of words of which no two stand for the same thing: monthly, quarterly.
    pub apart: Vec<Vec<Box<str>>>,
    /// Kind of entry → words by which a later text calls it.
    pub nouns: Vec<(Box<str>, Vec<Box<str>>)>,
    /// What opens an entry.
    pub entries: Vec<EntryCue>,
    /// What moves one.
    pub moves: Vec<Move>,
    /// Roots of acts that do what was promised.
    pub deed_roots: Vec<Box<str>>,
    /// Words by which a sentence refers back to an undertaking.
    pub promised: Vec<Box<str>>,
    /// Words that leave open which of several undertakings is meant.
    pub unclear: Vec<Box<str>>,
    /// Words by which a sentence tells of something that is not done: wanted, planned, refused.
    pub undone: Vec<Box<str>>,
    /// Words that say that only a part was done.
    pub partly: Vec<Box<str>>,
    /// Words of reproach: an undertaking is said not to have been kept.
    pub accuse: Vec<Box<str>>,
    /// Words of denial: it is said to have been kept.
    pub deny: Vec<Box<str>>,
    /// Statuses of channels.
    pub channels: Vec<ChannelCue>,
    /// States of issues.
    pub issues: Vec<IssueCue>,
    /// Words that say when a channel was last used.
    pub last: Vec<Box<str>>,
    /// Words that say since when it has not been used.
    pub since: Vec<Box<str>>,
    /// Words of an announced meeting or visit.
    pub meeting: Vec<Box<str>>,
    /// Channels that are no dialogue between two states.
    pub no_dialogue: Vec<Box<str>>,
    /// Channels that are known by who meets; others must be named where they are used.
    pub by_office: Vec<Box<str>>,
    /// Words by which a session is told to have been held.
    pub held: Vec<Box<str>>,
    /// Words of talks without meeting.
    pub remote: Vec<Box<str>>,
    /// Words of a visit.
    pub visit: Vec<Box<str>>,
}

const FILE: &str = "ledger/en.toml";

impl LedgerBook {
    pub(crate) fn read(files: &Files, problems: &mut Problems) -> Self {
        let mut book = Self::default();
        let Some(text) = files.get(FILE) else {
            return book;
        };
        let parsed = Parsed::new(FILE, text, problems);
        let root = parsed.root();
        root.only(
            problems,
            &[
                "words", "nouns", "entry", "move", "deed", "dispute", "channel", "issue", "last",
                "meeting",
            ],
        );
        if let Some(words) = root.table(problems, "words") {
            words.only(
                problems,
                &["empty", "elsewhen", "indefinite", "both", "alike", "apart"],
            );
            book.both = words.strings(problems, "both");
            book.indefinite = words.strings(problems, "indefinite");
            book.empty = words.strings(problems, "empty");
            book.elsewhen = words.strings(problems, "elsewhen");
            book.alike = words.lists(problems, "alike");
            book.apart = words.lists(problems, "apart");
        }
        if let Some(nouns) = root.table(problems, "nouns") {
            nouns.only(problems, ENTRY_KINDS);
            for kind in ENTRY_KINDS {
                let words = nouns.strings(problems, kind);
                book.nouns.push(((*kind).into(), words));
            }
        }
        for table in root.tables(problems, "entry") {
            table.only(
                problems,
                &["kind", "status", "roots", "words", "with", "without"],
            );
            book.entries.push(EntryCue {
                kind: closed(&table, problems, "kind", ENTRY_KINDS),
                status: closed(&table, problems, "status", UNDERTAKING_STATUSES),
                cue: cue(&table, problems),
            });
        }
        for table in root.tables(problems, "move") {
            table.only(
                problems,
                &[
                    "id", "to", "of", "by", "whole", "modality", "roots", "words", "with",
                    "without",
                ],
            );
            let id = table.need(problems, "id").map_or("", |word| word.text);
            book.moves.push(Move {
                id: id.into(),
                to: closed(&table, problems, "to", UNDERTAKING_STATUSES),
                of: list(&table, problems, "of", ENTRY_KINDS),
                by: closed(&table, problems, "by", MAKERS),
                whole: table.flag(problems, "whole"),
                modality: list(&table, problems, "modality", MODALITIES),
                cue: cue(&table, problems),
            });
        }
        if let Some(table) = root.table(problems, "deed") {
            table.only(
                problems,
                &["roots", "partly", "promised", "unclear", "undone"],
            );
            book.promised = table.strings(problems, "promised");
            book.unclear = table.strings(problems, "unclear");
            book.undone = table.strings(problems, "undone");
            book.deed_roots = list(&table, problems, "roots", ROOTS);
            book.partly = table.strings(problems, "partly");
        }
        if let Some(table) = root.table(problems, "dispute") {
            table.only(problems, &["accuse", "deny"]);
            book.accuse = table.strings(problems, "accuse");
            book.deny = table.strings(problems, "deny");
        }
        for table in root.tables(problems, "channel") {
            table.only(
                problems,
                &["to", "modality", "roots", "words", "with", "without"],
            );
            book.channels.push(ChannelCue {
                to: closed(&table, problems, "to", CHANNEL_STATUSES),
                modality: list(&table, problems, "modality", MODALITIES),
                cue: cue(&table, problems),
            });
        }
        for table in root.tables(problems, "issue") {
            table.only(problems, &["to", "roots", "words", "with", "without"]);
            book.issues.push(IssueCue {
                to: closed(&table, problems, "to", ISSUE_STATUSES),
                cue: cue(&table, problems),
            });
        }
        if let Some(table) = root.table(problems, "last") {
            table.only(problems, &["words", "since"]);
            book.since = table.strings(problems, "since");
            book.last = table.strings(problems, "words");
        }
        if let Some(table) = root.table(problems, "meeting") {
            table.only(
                problems,
                &[
                    "words",
                    "held",
                    "remote",
                    "visit",
                    "no_dialogue",
                    "by_office",
                ],
            );
            book.by_office = table.strings(problems, "by_office");
            book.held = table.strings(problems, "held");
            book.no_dialogue = table.strings(problems, "no_dialogue");
            book.remote = table.strings(problems, "remote");
            book.meeting = table.strings(problems, "words");
            book.visit = table.strings(problems, "visit");
        }
        book
    }
}

fn cue(table: &Table<'_>, problems: &mut Problems) -> Cue {
    let words = table.strings(problems, "words");
    if words.is_empty() {
        problems.error(
            &table.place(),
            "`words` is missing or empty".to_owned(),
            Some("name the words that show it: `words = [\"lift\"]`".to_owned()),
        );
    }
    Cue {
        place: format!("{FILE}:{}", table.line()).into(),
        words,
        with: table.strings(problems, "with"),
        without: table.strings(problems, "without"),
        roots: list(table, problems, "roots", ROOTS),
    }
}

/// A word that must be one of `known`.
fn closed(table: &Table<'_>, problems: &mut Problems, key: &str, known: &[&str]) -> Box<str> {
    let Some(word) = table.need(problems, key) else {
        return Box::default();
    };
    known_or_problem(&word, problems, key, known);
    word.text.into()
}

/// Words that must be of `known`.
fn list(table: &Table<'_>, problems: &mut Problems, key: &str, known: &[&str]) -> Vec<Box<str>> {
    let words = table.words(problems, key);
    for word in &words {
        known_or_problem(word, problems, key, known);
    }
    words.into_iter().map(|word| word.text.into()).collect()
}

fn known_or_problem(
    word: &crate::reader::Word<'_>,
    problems: &mut Problems,
    key: &str,
    known: &[&str],
) {
    if known.contains(&word.text) {
        return;
    }
    let hint = match nearest(word.text, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("known: {}", known.join(", ")),
    };
    problems.error(
        &word.place,
        format!("`{}` is no `{key}` of the ledgers", word.text),
        Some(hint),
    );
}
