//! Which facts tell of undertakings, and what they open.

use detente_codebook::{Codebook, ledger::EntryCue};

use rustc_hash::FxHashSet;

use crate::{
    merge::report::Report,
    parties::Parties,
    wording::{Matcher, Plain},
};

/// What opens entries, ready to be looked for.
pub(crate) struct Openers<'b> {
    cues: Vec<(EntryCue, Matcher)>,
    /// Nouns for those who take part in politics: "parliament", "negotiator".
    politic: FxHashSet<&'b str>,
}

/// Sectors (codebook 4.2) of those who can do what is proposed to them, or whose word counts.
const POLITIC: &[&str] = &[
    "GOV", "LEG", "JUD", "MIL", "PTY", "OPP", "ELI", "SPY", "COP", "REB", "UAF",
];

/// Facts that tell of undertakings, with what they open.
pub(crate) struct Opened {
    pub(crate) reports: Vec<Report>,
    /// Kind of the entry of each.
    pub(crate) kinds: Vec<String>,
    /// First status and reason of each.
    pub(crate) first: Vec<(String, String)>,
    /// False: it only joins an entry that another opens. It binds nobody known, or says too little.
    pub(crate) opens: Vec<bool>,
}

impl<'b> Openers<'b> {
    pub(crate) fn new(book: &'b Codebook) -> Self {
        let cues = book.ledger.entries.iter();
        Self {
            cues: cues
                .map(|entry| (entry.clone(), Matcher::new(&entry.cue)))
                .collect(),
            politic: book
                .actors
                .nouns
                .iter()
                .filter(|noun| noun.sector.as_deref().is_some_and(|s| POLITIC.contains(&s)))
                .flat_map(|noun| noun.words.iter().map(|word| &**word))
                .collect(),
        }
    }

    /// All facts that tell of undertakings, in their order.
    pub(crate) fn all(&self, reports: &[Report], plain: &[Plain], parties: &Parties) -> Opened {
        let mut opened = Opened {
            reports: Vec::new(),
            kinds: Vec::new(),
            first: Vec::new(),
            opens: Vec::new(),
        };
        for (i, (report, plain)) in reports.iter().zip(plain).enumerate() {
            let Some((kind, status, why)) = self.of(report, plain) else {
                continue;
            };
            let mut report = report.clone();
            if report.who.is_empty() {
                frame(&mut report, reports, i);
            }
            if kind == "commitment" {
                towards_named(&mut report, parties);
            }
            let bound = report
                .who
                .iter()
                .any(|who| parties.state(who).is_some() || parties.is_person(who));
            let says = report.words.content.len();
            opened.opens.push(match kind.as_str() {
                "proposal" => says >= 2 && self.is_politic(&report, parties),
                "commitment" => bound && says >= 2,
                _ => bound,
            });
            opened.reports.push(report);
            opened.kinds.push(kind);
            opened.first.push((status, why));
        }
        opened
    }

    /// Somebody of politics proposes, or is to act; what an author tells readers to do is neither.
    fn is_politic(&self, report: &Report, parties: &Parties) -> bool {
        let counts = |actor: &String| {
            let noun = actor.to_lowercase();
            let one = noun.strip_suffix('s').unwrap_or(&noun);
            let known = self.politic.contains(one) || self.politic.contains(noun.as_str());
            known || parties.state(actor).is_some() || parties.is_body(actor)
        };
        report.who.iter().any(counts)
            || report
                .towards
                .iter()
                .any(|actor| counts(actor) || parties.is_person(actor))
    }

    /// Kind and first status of the entry that a fact opens, with the reason.
    fn of(&self, report: &Report, plain: &Plain) -> Option<(String, String, String)> {
        match report.kind.as_str() {
            "proposal" => {
                let why = "first mention of a proposal".to_owned();
                return Some(("proposal".to_owned(), "proposed".to_owned(), why));
            }
            "commitment" => {
                let why = "first mention of a commitment".to_owned();
                return Some(("commitment".to_owned(), "open".to_owned(), why));
            }
            "event" => {}
            _ => return None,
        }
        if !matches!(report.modality.as_str(), "asserted" | "historical") {
            return None;
        }
        let root = report.root.as_deref()?;
        self.cues.iter().find_map(|(entry, matcher)| {
            let words = matcher.find(plain, Some(root))?;
            let why = format!("{root} with “{words}” ({})", entry.cue.place);
            Some((entry.kind.to_string(), entry.status.to_string(), why))
        })
    }
}

/// Gives a fact that names no source that of the fact in whose words it stands: "Oslo proposed that
/// the two should …".
fn frame(report: &mut Report, reports: &[Report], at: usize) {
    let beside = |i: usize| {
        reports
            .get(i)
            .filter(|other| other.document == report.document)
    };
    let frame = (at.saturating_sub(6)..at + 6)
        .filter_map(beside)
        .find(|other| {
            other.kind == "event" && !other.who.is_empty() && other.quote.contains(&report.quote)
        });
    if let Some(frame) = frame {
        report.who.clone_from(&frame.who);
        report.source.clone_from(&frame.source);
        report.persons.clone_from(&frame.persons);
        let own = frame
            .source
            .iter()
            .filter(|side| frame.states.contains(side));
        report.states.extend(own);
        report.states.sort_unstable();
        report.states.dedup();
    }
}

/// To whom it is promised: if the words name one other state and the target is a third, the former.
fn towards_named(report: &mut Report, parties: &Parties) {
    let bound = parties.states(&report.who);
    let mut others = report
        .words
        .named
        .iter()
        .filter(|code| !bound.contains(&code.to_string()));
    let (Some(other), None) = (others.next(), others.next()) else {
        return;
    };
    let mut numbers = report.named.iter().filter(|n| !report.source.contains(n));
    let (Some(number), None) = (numbers.next().copied(), numbers.next()) else {
        return;
    };
    if !report.target.is_empty() && !report.target.contains(&number) {
        let named = &report.named;
        let (own, target) = (&report.source, &report.target);
        let stays =
            |state: &u32| named.contains(state) || own.contains(state) || !target.contains(state);
        report.states.retain(stays);
        report.target = vec![number];
        report.towards = vec![other.to_string()];
    }
}
