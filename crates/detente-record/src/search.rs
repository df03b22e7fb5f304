//! Full-text search.

use crate::{Record, RecordError, segment};

/// A document that fits a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Name of the document.
    pub document: String,
    /// Its date.
    pub date: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The words around the first place that fits, on one line.
    pub excerpt: String,
    /// Where in the excerpt the words of the query stand (bytes).
    pub marks: Vec<(usize, usize)>,
    /// The first facts of the document whose quotes fit, in order of place.
    pub facts: Vec<String>,
}

/// Characters of the excerpt before and after the first place.
const AROUND: (usize, usize) = (60, 140);

impl Record {
    /// The documents that fit `query` best, best first. The query is as people write it: words,
    /// `"phrases"`, `OR`, `-without`, `beginning*`.
    ///
    /// # Errors
    /// If nothing is asked for, or the database cannot be read.
    pub fn search(&self, query: &str, limit: u64) -> Result<Vec<Hit>, RecordError> {
        self.search_by(query, "s.rank, d.name", limit)
    }

    /// The documents that fit `query`, those read last first: quick where very many fit.
    ///
    /// # Errors
    /// If nothing is asked for, or the database cannot be read.
    pub fn search_newest(&self, query: &str, limit: u64) -> Result<Vec<Hit>, RecordError> {
        self.search_by(query, "s.rowid DESC", limit)
    }

    fn search_by(&self, query: &str, order: &str, limit: u64) -> Result<Vec<Hit>, RecordError> {
        let Some(matching) = segment::query(query) else {
            return Err(RecordError::Query(format!(
                "the query `{query}` names no word to search for"
            )));
        };
        let mut statement = self.connection.prepare(&format!(
            "SELECT d.document_id, d.name, d.date, d.title, d.text
             FROM search_document s CROSS JOIN document d ON d.document_id = s.rowid
             WHERE search_document MATCH ?1 AND d.state <> 'superseded'
             ORDER BY {order} LIMIT ?2"
        ))?;
        // In order of place: a rank would weigh every quote of the record for each document.
        let mut quotes = self.connection.prepare(
            "SELECT f.id FROM search_quote s CROSS JOIN fact f ON f.fact_id = s.rowid
             WHERE search_quote MATCH ?1 AND f.document_id = ?2 AND f.superseded_run IS NULL
             AND s.rowid BETWEEN
                (SELECT min(fact_id) FROM fact WHERE document_id = ?2 AND superseded_run IS NULL)
                AND
                (SELECT max(fact_id) FROM fact WHERE document_id = ?2 AND superseded_run IS NULL)
             ORDER BY f.start_char, f.id LIMIT 5",
        )?;
        let sought = sought(query);
        let mut rows = statement.query(rusqlite::params![matching, limit as i64])?;
        let mut hits = Vec::new();
        while let Some(row) = rows.next()? {
            let document_id: i64 = row.get(0)?;
            let text: String = row.get(4)?;
            let (excerpt, marks) = excerpt(&text, &sought);
            hits.push(Hit {
                document: row.get(1)?,
                date: row.get(2)?,
                title: row.get(3)?,
                excerpt,
                marks,
                facts: quotes
                    .query_map(rusqlite::params![matching, document_id], |row| row.get(0))?
                    .collect::<Result<_, _>>()?,
            });
        }
        Ok(hits)
    }
}

/// The words of a query that are looked for in the text, in small letters.
fn sought(query: &str) -> Vec<String> {
    query
        .split(|c: char| c.is_whitespace() || "\"“”「」*".contains(c))
        .filter(|word| *word != "OR" && !word.starts_with('-'))
        .map(|word| {
            word.trim_matches(|c: char| !c.is_alphanumeric())
                .to_lowercase()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The neighbourhood of the first place where a word of the query begins, with all such places.
fn excerpt(text: &str, sought: &[String]) -> (String, Vec<(usize, usize)>) {
    let at = starts(text, sought).next().map_or(0, |(start, _)| start);
    let from = text[..at]
        .char_indices()
        .rev()
        .nth(AROUND.0)
        .map_or(0, |(i, _)| i);
    let to = text[at..]
        .char_indices()
        .nth(AROUND.1)
        .map_or(text.len(), |(i, _)| at + i);
    let mut excerpt = String::new();
    if from > 0 {
        excerpt.push('…');
    }
    let words: Vec<&str> = text[from..to].split_whitespace().collect();
    excerpt.push_str(&words.join(" "));
    if to < text.len() {
        excerpt.push('…');
    }
    let marks = starts(&excerpt, sought).collect();
    (excerpt, marks)
}

/// Places where a sought word stands at the beginning of a word, or anywhere in a text without
/// spaces between words.
fn starts<'t>(text: &'t str, sought: &'t [String]) -> impl Iterator<Item = (usize, usize)> + 't {
    let mut skip_to = 0;
    let mut before = ' ';
    text.char_indices().filter_map(move |(at, c)| {
        let begins = !before.is_alphanumeric() || !c.is_ascii();
        before = c;
        if at < skip_to || !begins || !c.is_alphanumeric() {
            return None;
        }
        let end = sought
            .iter()
            .filter_map(|word| prefix(&text[at..], word))
            .max()?;
        skip_to = at + end;
        Some((at, at + end))
    })
}

/// Length in bytes of the beginning of `text` that is `word`, case aside.
fn prefix(text: &str, word: &str) -> Option<usize> {
    let mut rest = word.chars().peekable();
    for (i, c) in text.char_indices() {
        if rest.peek().is_none() {
            return Some(i);
        }
        for lower in c.to_lowercase() {
            if rest.next() != Some(lower) {
                return None;
            }
        }
    }
    rest.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_words_of_the_query() {
        let text = "The Agreement was\nsigned. 首相会談 agreements disagreement";
        let (excerpt, marks) = excerpt(text, &sought("agreement OR 会談 -signed"));
        let marked: Vec<&str> = marks.iter().map(|(a, b)| &excerpt[*a..*b]).collect();
        assert_eq!(marked, ["Agreement", "会談", "agreement"]);
        assert!(excerpt.starts_with("The Agreement was signed."));
    }
}
