//! Where documents name actors: with the office and the state that stand beside the name, and
//! offices without a name, resolved by the dated table of offices.
//!
//! A document is looked through once, when it comes in. Nothing is resolved that the text leaves
//! open: an office is given a holder only where the state is named with it, the table has exactly
//! one holder on the day of the document, and neither the words beside it ("former", "next") nor a
//! year in the sentence point to another time. Such sightings bear the basis `inferred` and the
//! line of the table. A name that no list holds stays as it is, right or wrong; beside a title, a
//! family name that only one of the two states of the record knows tells for which of them its
//! bearer acts, which is `inferred` too.

use detente_codebook::{
    Codebook,
    actors::{Gap, NameKind, NameMatch, NameWord, fold, name_words},
};
use detente_text::{CodePoints, Language, Span, date::Edtf};
use rusqlite::{Connection, params};

use crate::{
    RecordError,
    merge::meta,
    parties::{Parties, name_key},
};

/// Words between a name and the state that it is named with.
const REACH: usize = 5;

/// The lists of family names.
const FAMILY_NAMES: &str = "actors/persons_fallback.toml";

/// A name in a text.
struct Sighting {
    span: Span,
    actor: String,
    office: Option<String>,
    country: Option<String>,
    evidence: Option<String>,
}

/// Looks through the documents that were not looked through yet.
pub(crate) fn survey(connection: &Connection, book: &Codebook) -> Result<(), RecordError> {
    let gone = "(SELECT document_id FROM document WHERE state = 'superseded')";
    for table in ["actor_sighting", "surveyed"] {
        connection.execute(
            &format!("DELETE FROM {table} WHERE document_id IN {gone}"),
            [],
        )?;
    }
    let documents: Vec<(i64, String, Option<String>)> = connection
        .prepare(
            "SELECT document_id, language, date FROM document
             WHERE state <> 'superseded' AND document_id NOT IN (SELECT document_id FROM surveyed)
             ORDER BY document_id",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let parties = Parties::of(&book.actors);
    let dyad = meta(connection, "dyad")?.unwrap_or_default();
    let mut insert = connection.prepare(
        "INSERT INTO actor_sighting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (document_id, start_char, actor) DO NOTHING",
    )?;
    let mut actors = connection.prepare(
        "SELECT DISTINCT a.actor FROM fact f JOIN fact_actor a USING (fact_id)
         WHERE f.document_id = ?1 AND f.superseded_run IS NULL ORDER BY a.actor",
    )?;
    for (document_id, language, date) in documents {
        let text: String = connection.query_row(
            "SELECT text FROM document WHERE document_id = ?1",
            [document_id],
            |row| row.get(0),
        )?;
        let date: Option<Edtf> = date.and_then(|date| date.parse().ok());
        let unknown: Vec<String> = actors
            .query_map([document_id], |row| row.get::<_, String>(0))?
            .filter_map(Result::ok)
            .filter(|actor| parties.is_person(actor) && parties.state(actor).is_none())
            .collect();
        let points = CodePoints::new(&text);
        let found = match language.as_str() {
            "ja" => scripted(book, &text, Language::Ja),
            "ko" => scripted(book, &text, Language::Ko),
            _ => latin(book, &text, &dyad, date, &unknown),
        };
        for sighting in found {
            let (start, end) = points.span(sighting.span);
            let basis = if sighting.evidence.is_some() {
                "inferred"
            } else {
                "named"
            };
            insert.execute(params![
                document_id,
                start,
                end,
                sighting.actor,
                sighting.span.of(&text),
                sighting.office,
                sighting.country,
                basis,
                sighting.evidence,
            ])?;
        }
        connection.execute("INSERT INTO surveyed VALUES (?1)", [document_id])?;
    }
    Ok(())
}

/// Names in Japanese and Korean script.
fn scripted(book: &Codebook, text: &str, language: Language) -> Vec<Sighting> {
    let mut found = Vec::new();
    for (span, names) in book.actors.find_text(text, language) {
        let persons: Vec<u32> = names
            .iter()
            .filter(|name| name.kind == NameKind::Person)
            .map(|name| name.id)
            .collect();
        if let [person] = persons[..] {
            found.push(Sighting {
                span,
                actor: book.actors.persons[person as usize].id.to_string(),
                office: None,
                country: None,
                evidence: None,
            });
        }
    }
    found
}

fn latin(
    book: &Codebook,
    text: &str,
    dyad: &str,
    date: Option<Edtf>,
    unknown: &[String],
) -> Vec<Sighting> {
    let mut words = Vec::new();
    name_words(text, &mut words);
    let matches = book.actors.scan(text, &words);
    let look = Look {
        book,
        text,
        dyad,
        words: &words,
        matches: &matches,
    };
    let mut found = Vec::new();
    for (i, name) in matches.iter().enumerate() {
        if let Some(person) = look.only(name, NameKind::Person) {
            found.push(look.person(i, &book.actors.persons[person as usize].id));
        } else if let Some(title) = look.only(name, NameKind::Title) {
            found.extend(look.unnamed(i, title, date));
        }
    }
    let mut spelt = String::new();
    let folded: Vec<String> = words
        .iter()
        .map(|word| {
            fold(word.span.of(text), &mut spelt);
            spelt.clone()
        })
        .collect();
    for actor in unknown {
        found.extend(look.strangers(&folded, actor));
    }
    found
}

struct Look<'t> {
    book: &'t Codebook,
    text: &'t str,
    /// Codes of the two states of the record, as `JPN-KOR`.
    dyad: &'t str,
    words: &'t [NameWord],
    matches: &'t [NameMatch],
}

impl Look<'_> {
    fn only(&self, name: &NameMatch, kind: NameKind) -> Option<u32> {
        let mut ids = name.refs.iter().filter(|r| r.kind == kind).map(|r| r.id);
        ids.next()
            .filter(|_| kind == NameKind::Title || name.refs.len() == 1)
    }

    fn span(&self, first: usize, end: usize) -> Span {
        Span::new(self.words[first].span.start, self.words[end - 1].span.end)
    }

    /// The state that a name stands for.
    fn state(&self, name: &NameMatch) -> Option<u32> {
        name.refs.iter().find_map(|r| match r.kind {
            NameKind::State | NameKind::Adjective | NameKind::Capital => Some(r.id),
            _ => None,
        })
    }

    /// True if nothing that ends a sentence stands in the words from `first` to `end`.
    fn joined(&self, first: usize, end: usize) -> bool {
        first <= end
            && self.words[first..end.min(self.words.len())]
                .iter()
                .skip(1)
                .all(|word| word.gap != Gap::Break)
    }

    /// The title that ends where word `at` begins, and the state before it.
    fn before(&self, at: usize) -> (Option<u32>, Option<u32>) {
        let mut title = None;
        let mut state = None;
        let mut from = at;
        for name in self.matches.iter().rev().filter(|name| name.end <= at) {
            if name.end + REACH < at || !self.joined(name.first, from + 1) {
                break;
            }
            if title.is_none() && name.end + 1 >= at {
                title = self.only(name, NameKind::Title);
                if title.is_some() {
                    from = name.first;
                    continue;
                }
            }
            if let Some(found) = self.state(name).filter(|_| from - name.end <= 3) {
                state = Some(found);
                break;
            }
            break;
        }
        (title, state)
    }

    /// The state named behind a name: "Ota Kenji, Japan's foreign minister".
    fn behind(&self, end: usize) -> Option<u32> {
        let name = self.matches.iter().find(|name| name.first >= end)?;
        let near = name.first <= end + 1 && self.joined(end - 1, name.first + 1);
        let comma = self
            .words
            .get(end)
            .is_some_and(|word| word.gap == Gap::Comma);
        self.state(name).filter(|_| near && comma)
    }

    fn code(&self, state: Option<u32>) -> Option<String> {
        state.map(|state| self.book.actors.code(state).to_owned())
    }

    /// A person whom the codebook knows.
    fn person(&self, place: usize, id: &str) -> Sighting {
        let name = &self.matches[place];
        let (title, state) = self.before(name.first);
        let own = self
            .book
            .actors
            .person_index(id)
            .and_then(|person| self.book.actors.persons[person as usize].state);
        let office = title.and_then(|title| self.office(title, state.or(own)?));
        let former = self.is_elsewhen(name.first.saturating_sub(4), name.first);
        Sighting {
            span: self.span(name.first, name.end),
            actor: id.to_owned(),
            office: office.filter(|_| !former),
            country: self.code(state),
            evidence: None,
        }
    }

    /// The office with that title in that state.
    fn office(&self, title: u32, state: u32) -> Option<String> {
        let offices = &self.book.actors.offices;
        let mut found = self
            .book
            .actors
            .title(title)
            .iter()
            .map(|office| &offices[*office as usize])
            .filter(|office| office.state == Some(state));
        let first = found.next()?;
        found.next().is_none().then(|| first.id.to_string())
    }

    fn is_elsewhen(&self, first: usize, end: usize) -> bool {
        let words = &self.words[first..end.min(self.words.len())];
        words.iter().any(|word| {
            let form = word.span.of(self.text).to_lowercase();
            let elsewhen = &self.book.ledger.elsewhen;
            elsewhen.iter().any(|other| **other == form)
        })
    }

    /// An office without a name: "the new Japanese Prime Minister".
    fn unnamed(&self, place: usize, title: u32, date: Option<Edtf>) -> Option<Sighting> {
        let name = &self.matches[place];
        let before = place.checked_sub(1).map(|i| &self.matches[i])?;
        let next = self.matches.get(place + 1);
        // A name follows, or another title: not this office alone.
        let capital = |word: &NameWord| {
            word.gap == Gap::Space && word.case != detente_codebook::actors::Case::Lower
        };
        if self.words.get(name.end).is_some_and(capital)
            || next.is_some_and(|next| next.first == name.end)
        {
            return None;
        }
        let state = self.state(before).filter(|_| before.end == name.first)?;
        let indefinite = &self.book.ledger.indefinite;
        let article = before.first.checked_sub(1).map(|i| &self.words[i]);
        if article.is_some_and(|word| {
            let form = word.span.of(self.text).to_lowercase();
            indefinite.iter().any(|other| **other == form)
        }) {
            return None;
        }
        let first = before.first.saturating_sub(3);
        if self.is_elsewhen(first, name.end + 1) || self.other_year(place, date?) {
            return None;
        }
        let (from, to) = (date?.earliest()?, date?.latest()?);
        let title_text = self.office_title(title)?;
        let (office, term) = self.book.actors.office_at(&title_text, state, from, to)?;
        let person = &self.book.actors.persons[term.person as usize];
        Some(Sighting {
            span: self.span(before.first, name.end),
            actor: person.id.to_string(),
            office: Some(office.id.to_string()),
            country: self.code(Some(state)),
            evidence: Some(office.place.to_string()),
        })
    }

    fn office_title(&self, title: u32) -> Option<String> {
        let offices = self.book.actors.title(title);
        let office = &self.book.actors.offices[*offices.first()? as usize];
        let titles = office.titles.iter();
        titles
            .filter(|text| self.book.actors.title_number(text) == Some(title))
            .map(|text| text.to_string())
            .next()
    }

    /// True if the sentence names a year other than that of the document.
    fn other_year(&self, place: usize, date: Edtf) -> bool {
        let Some(year) = date.earliest().map(|day| day.year()) else {
            return true;
        };
        let name = &self.matches[place];
        let first = (0..=name.first)
            .rev()
            .find(|&i| self.words[i].gap == Gap::Break)
            .unwrap_or(0);
        let end = (name.end..self.words.len())
            .find(|&i| self.words[i].gap == Gap::Break)
            .unwrap_or(self.words.len());
        self.words[first..end].iter().any(|word| {
            let form = word.span.of(self.text);
            form.len() == 4
                && form
                    .parse::<i16>()
                    .is_ok_and(|n| n != year && (1800..2100).contains(&n))
        })
    }

    /// The one of the two states of the record whose family name stands first or last.
    fn by_family_name(&self, folded: &[String]) -> Option<u32> {
        let names = [folded.first()?, folded.last()?];
        let state = names.iter().find_map(|name| {
            let state = self.book.actors.family_names.get(name.as_str());
            state.copied().flatten()
        })?;
        let code = self.book.actors.code(state);
        self.dyad
            .split('-')
            .any(|side| side == code)
            .then_some(state)
    }

    /// Places of a person whom no list holds, with the state named beside the name.
    fn strangers(&self, folded: &[String], actor: &str) -> Vec<Sighting> {
        let parts: Vec<String> = name_key(actor).split(' ').map(str::to_owned).collect();
        let mut found = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            // The name in any order, hyphens or not.
            let mut end = at;
            let mut joined = String::new();
            let mut left: Vec<&str> = parts.iter().map(String::as_str).collect();
            while end < folded.len() && end < at + parts.len() + 2 && !left.is_empty() {
                joined.push_str(&folded[end]);
                end += 1;
                if let Some(place) = left.iter().position(|part| *part == joined) {
                    left.remove(place);
                    joined.clear();
                }
            }
            if !left.is_empty() || !self.joined(at, end) {
                at += 1;
                continue;
            }
            let (title, state) = self.before(at);
            let named = state.or_else(|| self.behind(end));
            let known = title.filter(|_| named.is_none());
            let by_name = known.and_then(|_| self.by_family_name(&folded[at..end]));
            let state = named.or(by_name);
            found.push(Sighting {
                span: self.span(at, end),
                actor: actor.to_owned(),
                office: title
                    .zip(state)
                    .and_then(|(title, state)| self.office(title, state)),
                country: self.code(state),
                evidence: by_name.map(|_| FAMILY_NAMES.to_owned()),
            });
            at = end;
        }
        found
    }
}
