//! Facts that an earlier document printed in the same words: wire stories, reprints, copied
//! paragraphs. They are kept, and counted once, where they stood first.
//!
//! Rule: a passage of the later document has the same fingerprint as one of an earlier document,
//! or shares a band with it; a fact inside it has the kind and the quote (case, spaces and quotation
//! marks evened out) of a fact inside the earlier passage. *Earlier* is by date of the document
//! (documents without date come last), then by name. Passages within one document are the coder's
//! business (`occurrences`).

use std::collections::HashMap;

use rusqlite::{Connection, params};

use super::even;
use crate::RecordError;

struct Passage {
    document: u32,
    start: i64,
    end: i64,
}

struct Fact {
    row: i64,
    document: u32,
    kind: String,
    start: i64,
    end: i64,
    quote: String,
}

/// Works out the table `duplicate` anew.
pub(super) fn settle(connection: &Connection) -> Result<(), RecordError> {
    connection.execute("DELETE FROM duplicate", [])?;
    // Places in this list are the order of documents.
    let documents: Vec<(i64, String)> = connection
        .prepare(
            "SELECT document_id, name FROM document WHERE state <> 'superseded'
             ORDER BY date_from IS NULL, date_from, name",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let order: HashMap<i64, u32> = documents
        .iter()
        .enumerate()
        .map(|(i, (document_id, _))| (*document_id, i as u32))
        .collect();
    let (passages, keys) = passages(connection, &order)?;
    // The first document that has a fingerprint, for each one that stands in two documents.
    let mut earlier: Vec<Vec<u32>> = vec![Vec::new(); passages.len()];
    let mut from = 0;
    while from < keys.len() {
        let key = keys[from].0;
        let group = keys[from..].partition_point(|(k, _)| *k == key);
        let first = keys[from].1;
        for (_, later) in &keys[from + 1..from + group] {
            if passages[*later as usize].document > passages[first as usize].document {
                earlier[*later as usize].push(first);
            }
        }
        from += group;
    }
    let facts = facts(connection, &order, &passages, &earlier)?;
    let mut by_document: HashMap<u32, Vec<&Fact>> = HashMap::new();
    for fact in &facts {
        by_document.entry(fact.document).or_default().push(fact);
    }
    let inside = |passage: &Passage| {
        let all = by_document
            .get(&passage.document)
            .map_or(&[][..], Vec::as_slice);
        let (start, end) = (passage.start, passage.end);
        let from = all.partition_point(|fact| fact.start < start);
        all[from..]
            .iter()
            .take_while(move |fact| fact.start < end)
            .filter(move |fact| fact.end <= end)
    };
    let mut insert = connection
        .prepare("INSERT INTO duplicate VALUES (?, ?, ?) ON CONFLICT (fact_id) DO NOTHING")?;
    // In the order of documents, so that a chain of reprints points at its first link.
    let mut of: HashMap<i64, i64> = HashMap::new();
    let mut later: Vec<usize> = (0..passages.len())
        .filter(|p| !earlier[*p].is_empty())
        .collect();
    later.sort_by_key(|p| (passages[*p].document, passages[*p].start));
    for place in later {
        let mut firsts = earlier[place].clone();
        firsts.sort_unstable_by_key(|p| {
            let passage = &passages[*p as usize];
            (passage.document, passage.start)
        });
        firsts.dedup();
        for first in firsts {
            let first = &passages[first as usize];
            for fact in inside(&passages[place]) {
                if of.contains_key(&fact.row) {
                    continue;
                }
                let original = inside(first)
                    .find(|other| other.kind == fact.kind && other.quote == fact.quote);
                if let Some(original) = original {
                    let original = *of.get(&original.row).unwrap_or(&original.row);
                    of.insert(fact.row, original);
                    let name = &documents[first.document as usize].1;
                    let reason = format!("the same words in the same passage stand in `{name}`");
                    insert.execute(params![fact.row, original, reason])?;
                }
            }
        }
    }
    Ok(())
}

type Keys = Vec<((u32, u64), u32)>;

/// Passages in order of documents, and (which fingerprint, its value) → passage, sorted.
fn passages(
    connection: &Connection,
    order: &HashMap<i64, u32>,
) -> Result<(Vec<Passage>, Keys), RecordError> {
    let mut rows: Vec<(Passage, u64, Vec<u8>)> = connection
        .prepare("SELECT document_id, start_char, end_char, exact, near FROM passage")?
        .query_map([], |row| {
            let document_id: i64 = row.get(0)?;
            let passage = Passage {
                document: order.get(&document_id).copied().unwrap_or(u32::MAX),
                start: row.get(1)?,
                end: row.get(2)?,
            };
            Ok((passage, row.get::<_, i64>(3)? as u64, row.get(4)?))
        })?
        .collect::<Result<_, _>>()?;
    rows.retain(|(passage, _, _)| passage.document != u32::MAX);
    rows.sort_by_key(|(passage, _, _)| (passage.document, passage.start, passage.end));
    let mut keys = Vec::new();
    for (i, (_, exact, near)) in rows.iter().enumerate() {
        keys.push(((0, *exact), i as u32));
        for (band, bytes) in near.chunks_exact(8).enumerate() {
            let value = u64::from_le_bytes(bytes.try_into().unwrap_or_default());
            keys.push(((band as u32 + 1, value), i as u32));
        }
    }
    keys.sort_unstable();
    Ok((
        rows.into_iter().map(|(passage, _, _)| passage).collect(),
        keys,
    ))
}

/// Facts of documents that share a passage, by document and place.
fn facts(
    connection: &Connection,
    order: &HashMap<i64, u32>,
    passages: &[Passage],
    earlier: &[Vec<u32>],
) -> Result<Vec<Fact>, RecordError> {
    let mut wanted: Vec<u32> = earlier
        .iter()
        .enumerate()
        .filter(|(_, firsts)| !firsts.is_empty())
        .flat_map(|(later, firsts)| firsts.iter().copied().chain([later as u32]))
        .map(|passage| passages[passage as usize].document)
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut ids: Vec<(u32, i64)> = order
        .iter()
        .filter(|(_, place)| wanted.binary_search(place).is_ok())
        .map(|(document_id, place)| (*place, *document_id))
        .collect();
    ids.sort_unstable();
    let mut facts = Vec::new();
    let mut statement = connection.prepare(
        "SELECT fact_id, kind, start_char, end_char, quote FROM fact
         WHERE document_id = ?1 AND superseded_run IS NULL ORDER BY start_char, end_char, kind, id",
    )?;
    for (document, document_id) in ids {
        let mut rows = statement.query([document_id])?;
        while let Some(row) = rows.next()? {
            facts.push(Fact {
                row: row.get(0)?,
                document,
                kind: row.get(1)?,
                start: row.get(2)?,
                end: row.get(3)?,
                quote: even(&row.get::<_, String>(4)?),
            });
        }
    }
    Ok(facts)
}
