//! A fact as merging compares it: names as numbers, words as stems, dates as days.

use detente_text::date::Edtf;
use jiff::civil::Date;
use rusqlite::{Connection, Row};

use super::same::is_mutual;
use crate::{
    RecordError,
    parties::{Numbers, Parties, is_code},
    wording::{Wording, Words},
};

/// What is compared. Lists are sorted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Report {
    pub(crate) row: i64,
    pub(crate) id: String,
    pub(crate) document: i64,
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) quote: String,
    pub(crate) root: Option<String>,
    pub(crate) modality: String,
    /// First and last day as days since 1970; `None` where open or not known.
    pub(crate) from: Option<i32>,
    pub(crate) to: Option<i32>,
    pub(crate) date: Option<String>,
    /// The words give a full calendar date: not counted from the day of the paper.
    pub(crate) firm: bool,
    /// Day of the document.
    pub(crate) told: Option<i32>,
    pub(crate) due: Option<String>,
    /// Ids as the fact has them.
    pub(crate) who: Vec<String>,
    pub(crate) towards: Vec<String>,
    /// Numbers of the states they stand for, of names where no state is known.
    pub(crate) source: Vec<u32>,
    pub(crate) target: Vec<u32>,
    /// Numbers of the persons among the sources.
    pub(crate) persons: Vec<u32>,
    pub(crate) issue: Vec<u32>,
    pub(crate) issues: Vec<String>,
    pub(crate) channel: Option<u32>,
    pub(crate) place: Option<u32>,
    /// Whose words it is.
    pub(crate) speaker: Option<String>,
    /// States that it is about: of its sides, and those that its quote names.
    pub(crate) states: Vec<u32>,
    /// States that the quote names.
    pub(crate) named: Vec<u32>,
    /// The state at the head of the quote.
    pub(crate) head: Option<u32>,
    /// Its sentence; empty where only merging needs it.
    pub(crate) whole: String,
    /// Where its sentence begins.
    pub(crate) sentence: u32,
    /// A claim of record, as JSON.
    pub(crate) claim: Option<String>,
    pub(crate) words: Words,
    /// Hash of the evened-out quote.
    pub(crate) same_words: u64,
}

/// Columns that [`Reader::read`] expects, of a fact `f` and its document `d`.
pub(crate) const COLUMNS: &str = "f.fact_id, f.id, f.document_id, d.name, f.kind, f.quote, f.root,
    f.modality, f.date, f.date_from, f.date_to, f.date_basis, d.date_from, f.due, f.source, f.target,
    f.issue, f.channel, json_extract(f.location, '$.country'),
    json_extract(f.speaker, '$[0].actor'), f.claim,
    json_extract(f.sentence, '$[0]')";

/// The sentence of a fact `f` in its document `d`.
const SENTENCE: &str = "substr(d.text, json_extract(f.sentence, '$[0]') + 1,
    json_extract(f.sentence, '$[1]') - json_extract(f.sentence, '$[0]'))";

/// The order in which reports are placed: that of their documents' dates and names.
pub(crate) const ORDER: &str =
    "d.date_from IS NULL, d.date_from, d.name, f.start_char, f.end_char, f.id";

/// Makes reports of rows and of facts.
pub(crate) struct Reader<'b, 'p> {
    pub(crate) parties: &'p Parties,
    pub(crate) wording: Wording<'b>,
    pub(crate) numbers: Numbers,
}

/// Days since 1970.
pub(crate) fn day_number(date: Date) -> i32 {
    (date - Date::constant(1970, 1, 1)).get_days()
}

/// First and last day of an EDTF date.
pub(crate) fn days(edtf: Edtf) -> (Option<i32>, Option<i32>) {
    (
        edtf.earliest().map(day_number),
        edtf.latest().map(day_number),
    )
}

fn parse_day(text: Option<String>) -> Option<i32> {
    text?.parse::<Date>().ok().map(day_number)
}

pub(crate) fn list(json: &str) -> Vec<String> {
    serde_json::from_str(json).unwrap_or_default()
}

impl<'b, 'p> Reader<'b, 'p> {
    pub(crate) fn new(parties: &'p Parties, wording: Wording<'b>) -> Self {
        Self {
            parties,
            wording,
            numbers: Numbers::default(),
        }
    }

    /// Reads the columns of [`COLUMNS`].
    pub(crate) fn read(&mut self, row: &Row<'_>) -> Result<Report, RecordError> {
        let source: String = row.get(14)?;
        let target: String = row.get(15)?;
        let issue: String = row.get(16)?;
        let basis: String = row.get(11)?;
        let report = Report {
            row: row.get(0)?,
            id: row.get(1)?,
            document: row.get(2)?,
            name: row.get(3)?,
            kind: row.get(4)?,
            quote: row.get(5)?,
            root: row.get(6)?,
            modality: row.get(7)?,
            date: row.get(8)?,
            from: parse_day(row.get(9)?),
            to: parse_day(row.get(10)?),
            firm: !matches!(
                basis.as_str(),
                "relative" | "dateline" | "doc_date" | "derived" | "inferred"
            ),
            told: parse_day(row.get(12)?),
            due: row.get(13)?,
            who: list(&source),
            towards: list(&target),
            issues: list(&issue),
            channel: row
                .get::<_, Option<String>>(17)?
                .map(|channel| self.numbers.of(&channel)),
            place: row
                .get::<_, Option<String>>(18)?
                .map(|country| self.numbers.of(&country)),
            speaker: row.get(19)?,
            claim: row.get(20)?,
            sentence: row.get::<_, Option<u32>>(21)?.unwrap_or(0),
            whole: row.get::<_, Option<String>>(22)?.unwrap_or_default(),
            ..Report::default()
        };
        Ok(self.finish(report))
    }

    /// Fills what follows from the other fields.
    pub(crate) fn finish(&mut self, mut report: Report) -> Report {
        let source = self.parties.states(&report.who);
        // What an act is about is no side of it: "the protest over a patrol aircraft". Of a meeting
        // it is.
        let towards = if is_mutual(report.root.as_deref()) {
            report.towards.clone()
        } else {
            let acts = |actor: &&String| {
                self.parties.state(actor).is_some()
                    || actor.chars().next().is_some_and(char::is_uppercase)
            };
            report.towards.iter().filter(acts).cloned().collect()
        };
        let target = self.parties.states(&towards);
        report.source = self.numbers.sorted(source.iter().map(String::as_str));
        report.target = self.numbers.sorted(target.iter().map(String::as_str));
        let parties = self.parties;
        let persons = report.who.iter().filter(|who| parties.is_person(who));
        report.persons = self.numbers.sorted(persons.map(String::as_str));
        report.issue = self
            .numbers
            .sorted(report.issues.iter().map(String::as_str));
        report.words = self
            .wording
            .words(&report.quote, &[&report.who, &report.towards]);
        report.head = report
            .words
            .named
            .first()
            .filter(|_| report.words.headed)
            .map(|code| self.numbers.of(code));
        report.named = self
            .numbers
            .sorted(report.words.named.iter().map(|code| &**code));
        let sides = source.iter().chain(&target).map(String::as_str);
        let named = report.words.named.iter().map(|code| &**code);
        report.states = self
            .numbers
            .sorted(sides.filter(|side| is_code(side)).chain(named));
        let even = super::even(&report.quote);
        report.same_words = even.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        report
    }

    /// Numbers of the states that a text names: as such, and with those whose capital it names as a
    /// place.
    pub(crate) fn named_in(&mut self, text: &str) -> [Vec<u32>; 2] {
        let (named, places) = self.wording.states(text);
        let mut numbers = |codes: &[Box<str>]| self.numbers.sorted(codes.iter().map(|c| &**c));
        let all = [named.as_slice(), &places].concat();
        [numbers(&named), numbers(&all)]
    }

    /// Numbers of the people on both sides for whose states nothing is known.
    pub(crate) fn strangers(&mut self, report: &Report) -> Vec<u32> {
        let parties = self.parties;
        let people = report.who.iter().chain(&report.towards);
        let strange: Vec<String> = people
            .filter(|actor| parties.is_person(actor) && parties.state(actor).is_none())
            .flat_map(|actor| parties.states(std::slice::from_ref(actor)))
            .collect();
        self.numbers.sorted(strange.iter().map(String::as_str))
    }

    /// The reports that fit `condition`, in the order in which they are placed; with their
    /// sentences if `whole`.
    pub(crate) fn all(
        &mut self,
        connection: &Connection,
        condition: &str,
        whole: bool,
    ) -> Result<Vec<Report>, RecordError> {
        let sentence = if whole { SENTENCE } else { "NULL" };
        let sql = format!(
            "SELECT {COLUMNS}, {sentence} FROM fact f JOIN document d USING (document_id)
             WHERE f.superseded_run IS NULL AND d.state <> 'superseded'
               AND coalesce((SELECT r.decision FROM review r WHERE r.id = f.id AND r.quote = f.quote
                             ORDER BY r.review_id DESC LIMIT 1), f.review) <> 'rejected'
               AND NOT EXISTS (SELECT 1 FROM duplicate x WHERE x.fact_id = f.fact_id)
               AND ({condition})
             ORDER BY {ORDER}"
        );
        let mut statement = connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut reports = Vec::new();
        while let Some(row) = rows.next()? {
            reports.push(self.read(row)?);
        }
        Ok(reports)
    }
}
