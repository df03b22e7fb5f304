//! Questions to the record.

use detente_extract::{Fact, Kind, Modality, Review};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, types::Value as Sql};

use crate::{Record, RecordError, store::fact};

/// Which facts are asked for; an empty field asks for nothing in particular.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// One of these kinds.
    pub kinds: Vec<Kind>,
    /// One of these modalities.
    pub modalities: Vec<Modality>,
    /// An actor in any role: an id (`KOR` also finds `KOR GOV`), or words of a name in any order.
    pub actor: Option<String>,
    /// An issue id.
    pub issue: Option<String>,
    /// A channel id.
    pub channel: Option<String>,
    /// A PLOVER root.
    pub root: Option<String>,
    /// A document, by name.
    pub document: Option<String>,
    /// Facts whose date reaches to this day or beyond it.
    pub from: Option<Date>,
    /// Facts whose date begins on this day or before it.
    pub to: Option<Date>,
    /// Leave out facts that another document printed first.
    pub once: bool,
    /// Only facts with a date.
    pub dated: bool,
    /// At most so many.
    pub limit: Option<u64>,
}

/// In which order facts come. Both orders are complete: no two facts are equal in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Document, start, end, kind.
    #[default]
    Document,
    /// First day, last day, then as [`Order::Document`]; facts without date come last.
    Date,
}

/// A fact with what the record knows about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The fact. `same_event` is the merged event if that has several reports, and `review` is the
    /// latest decision.
    pub fact: Fact,
    /// Row of the fact.
    pub fact_id: i64,
    /// The fact that another document printed first.
    pub duplicate_of: Option<String>,
    /// The merged event it reports, even if it is the only report.
    pub event: Option<String>,
    /// Date of the document.
    pub document_date: Option<String>,
    /// Outlet of the document.
    pub outlet: Option<String>,
}

const JOINED: &str = "
    FROM fact f
    JOIN document d ON d.document_id = f.document_id
    LEFT JOIN duplicate x ON x.fact_id = f.fact_id
    LEFT JOIN fact o ON o.fact_id = x.of_fact
    LEFT JOIN event_mention m ON m.fact_id = f.fact_id
    LEFT JOIN event e ON e.event_id = m.event_id";

pub(crate) fn selected() -> String {
    format!(
        "SELECT {}, f.fact_id, d.name, o.id, e.event_id, e.mentions, d.date, d.outlet,
            (SELECT r.decision FROM review r WHERE r.id = f.id AND r.quote = f.quote
             ORDER BY r.review_id DESC LIMIT 1) {JOINED}",
        fact::columns("f")
    )
}

pub(crate) fn entry(row: &Row<'_>) -> Result<Entry, RecordError> {
    let at = fact::WIDTH;
    let document: String = row.get(at + 1)?;
    let mut fact = fact::read(row, &document)?;
    let event: Option<String> = row.get(at + 3)?;
    let mentions: Option<i64> = row.get(at + 4)?;
    if mentions.is_some_and(|mentions| mentions > 1) {
        fact.same_event.clone_from(&event);
    }
    if let Some(decision) = row.get::<_, Option<String>>(at + 7)?
        && let Some(review) = Review::from_name(&decision)
    {
        fact.review = review;
    }
    Ok(Entry {
        fact,
        fact_id: row.get(at)?,
        duplicate_of: row.get(at + 2)?,
        event,
        document_date: row.get(at + 5)?,
        outlet: row.get(at + 6)?,
    })
}

impl Filter {
    /// Conditions after `WHERE`, with their values.
    fn conditions(&self) -> (String, Vec<Sql>) {
        let mut sql = "f.superseded_run IS NULL AND d.state <> 'superseded'".to_owned();
        let mut values: Vec<Sql> = Vec::new();
        let text = |text: &str| Sql::Text(text.to_owned());
        for (column, names) in [
            ("f.kind", names(&self.kinds)),
            ("f.modality", names(&self.modalities)),
        ] {
            if !names.is_empty() {
                let marks = vec!["?"; names.len()].join(", ");
                sql.push_str(&format!(" AND {column} IN ({marks})"));
                values.extend(names.into_iter().map(Sql::Text));
            }
        }
        if let Some(actor) = &self.actor {
            sql.push_str(" AND EXISTS (SELECT 1 FROM fact_actor a WHERE a.fact_id = f.fact_id");
            for word in actor.replace(',', " ").split_whitespace() {
                sql.push_str(" AND ' ' || a.actor || ' ' LIKE ? ESCAPE '\\'");
                let word = word
                    .replace('\\', "\\\\")
                    .replace('%', "\\%")
                    .replace('_', "\\_");
                values.push(Sql::Text(format!("% {word} %")));
            }
            sql.push(')');
        }
        if let Some(issue) = &self.issue {
            sql.push_str(
                " AND EXISTS (SELECT 1 FROM fact_issue i WHERE i.fact_id = f.fact_id AND i.issue = ?)",
            );
            values.push(text(issue));
        }
        for (column, value) in [
            ("f.channel", &self.channel),
            ("f.root", &self.root),
            ("d.name", &self.document),
        ] {
            if let Some(value) = value {
                sql.push_str(&format!(" AND {column} = ?"));
                values.push(text(value));
            }
        }
        if self.dated || self.from.is_some() || self.to.is_some() {
            sql.push_str(" AND f.date IS NOT NULL");
        }
        if let Some(from) = self.from {
            sql.push_str(" AND coalesce(f.date_to, '9999-12-31') >= ?");
            values.push(Sql::Text(from.to_string()));
        }
        if let Some(to) = self.to {
            sql.push_str(" AND coalesce(f.date_from, '0000-01-01') <= ?");
            values.push(Sql::Text(to.to_string()));
        }
        if self.once {
            sql.push_str(" AND x.fact_id IS NULL");
        }
        (sql, values)
    }
}

fn names<T: std::fmt::Display>(values: &[T]) -> Vec<String> {
    values.iter().map(T::to_string).collect()
}

impl Record {
    /// Hands each fact that is asked for to `take`, in order, without holding them all.
    ///
    /// # Errors
    /// If the database cannot be read, or if `take` fails: its error, boxed by the caller's type.
    pub fn for_each<E: From<RecordError>>(
        &self,
        filter: &Filter,
        order: Order,
        mut take: impl FnMut(Entry) -> Result<(), E>,
    ) -> Result<(), E> {
        let (conditions, values) = filter.conditions();
        let order = match order {
            Order::Document => "d.name, f.start_char, f.end_char, f.kind, f.id",
            Order::Date => {
                "f.date IS NULL, coalesce(f.date_from, f.date_to), coalesce(f.date_to, f.date_from),
                 d.name, f.start_char, f.end_char, f.kind, f.id"
            }
        };
        let limit = filter
            .limit
            .map_or_else(String::new, |limit| format!(" LIMIT {limit}"));
        let sql = format!("{} WHERE {conditions} ORDER BY {order}{limit}", selected());
        let mut statement = self.connection.prepare(&sql).map_err(RecordError::from)?;
        let mut rows = statement
            .query(rusqlite::params_from_iter(values))
            .map_err(RecordError::from)?;
        while let Some(row) = rows.next().map_err(RecordError::from)? {
            take(entry(row)?)?;
        }
        Ok(())
    }

    /// All facts that are asked for, in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn facts(&self, filter: &Filter, order: Order) -> Result<Vec<Entry>, RecordError> {
        let mut entries = Vec::new();
        self.for_each(filter, order, |entry| {
            entries.push(entry);
            Ok::<(), RecordError>(())
        })?;
        Ok(entries)
    }

    /// The fact whose id begins with `id`: the one that holds now, else the newest closed one.
    ///
    /// # Errors
    /// If the beginning fits several facts, or the database cannot be read.
    pub fn fact(&self, id: &str) -> Result<Option<Found>, RecordError> {
        let mut matching: Vec<String> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT id FROM fact WHERE id >= ?1 AND id < ?1 || '~' LIMIT 3",
            )?
            .query_map([id], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if matching.len() > 1 && !matching.iter().any(|other| other == id) {
            matching.sort();
            let some = matching.join(", ");
            return Err(RecordError::Query(format!(
                "`{id}` is the beginning of several ids ({some}, …); give more digits"
            )));
        }
        let id = match matching.iter().find(|other| *other == id) {
            Some(exact) => exact.clone(),
            None => match matching.pop() {
                Some(only) => only,
                None => return Ok(None),
            },
        };
        let sql = format!(
            "{} WHERE f.id = ?1 ORDER BY f.superseded_run IS NOT NULL, f.fact_id DESC LIMIT 1",
            selected()
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([&id])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let entry = entry(row)?;
        let (text, title, superseded): (String, Option<String>, Option<i64>) =
            self.connection.query_row(
                "SELECT d.text, d.title, f.superseded_run FROM fact f
                 JOIN document d USING (document_id) WHERE f.fact_id = ?1",
                [entry.fact_id],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
            )?;
        let mut elsewhere = Vec::new();
        if let Some(event) = &entry.event {
            elsewhere = self.reports(event)?;
            elsewhere.retain(|report| report.id != entry.fact.id);
        }
        elsewhere.extend(self.copies(entry.fact_id)?);
        Ok(Some(Found {
            entry,
            text,
            title,
            superseded,
            elsewhere,
        }))
    }

    /// The reports that an event was merged from, first report first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn reports(&self, event: &str) -> Result<Vec<Report>, RecordError> {
        self.list_reports(
            "SELECT f.id, d.name, d.outlet, d.date, f.quote, m.reason
             FROM event_mention m JOIN fact f USING (fact_id) JOIN document d USING (document_id)
             WHERE m.event_id = ?1
             ORDER BY d.date_from IS NULL, d.date_from, d.name, f.start_char, f.end_char, f.id",
            Sql::Text(event.to_owned()),
        )
    }

    /// Facts in other documents that print this one again.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn copies(&self, fact_id: i64) -> Result<Vec<Report>, RecordError> {
        self.list_reports(
            "SELECT f.id, d.name, d.outlet, d.date, f.quote, x.reason
             FROM duplicate x JOIN fact f USING (fact_id) JOIN document d USING (document_id)
             WHERE x.of_fact = ?1 ORDER BY d.name, f.start_char, f.end_char, f.id",
            Sql::Integer(fact_id),
        )
    }

    fn list_reports(&self, sql: &str, key: Sql) -> Result<Vec<Report>, RecordError> {
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_map([key], |row| {
                Ok(Report {
                    id: row.get(0)?,
                    document: row.get(1)?,
                    outlet: row.get(2)?,
                    document_date: row.get(3)?,
                    quote: row.get(4)?,
                    reason: row.get(5)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// The text of a live document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn text(&self, document: &str) -> Result<Option<String>, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT text FROM document WHERE name = ?1 AND state <> 'superseded'")?
            .query_row([document], |row| row.get(0))
            .optional()?)
    }

    /// First day of the newest dated document.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn newest(&self) -> Result<Option<Date>, RecordError> {
        let day: Option<String> = self.connection.query_row(
            "SELECT max(date_from) FROM document WHERE state <> 'superseded'",
            [],
            |row| row.get(0),
        )?;
        Ok(day.and_then(|day| day.parse().ok()))
    }

    /// Names of live documents, in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn documents(&self) -> Result<Vec<String>, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT name FROM document WHERE state <> 'superseded' ORDER BY name")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }
}

/// A fact with its text and the places that tell of the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The fact.
    pub entry: Entry,
    /// Text of its document.
    pub text: String,
    /// Title of its document.
    pub title: Option<String>,
    /// The run that closed it, if it no longer holds.
    pub superseded: Option<i64>,
    /// Other reports of the same event, and copies in other documents.
    pub elsewhere: Vec<Report>,
}

/// A place that tells of the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Id of the fact there.
    pub id: String,
    /// The document.
    pub document: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its date.
    pub document_date: Option<String>,
    /// The quote there.
    pub quote: String,
    /// Why it is taken for the same.
    pub reason: String,
}
