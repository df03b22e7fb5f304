//! The ledger of channels.

use rusqlite::params;
use serde::Serialize;

use super::{EVIDENCE, Evidence, LedgerFilter, evidence, first_day, latest_day, list, names};
use crate::{Record, RecordError};

/// A channel between the two states of the record.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChannelEntry {
    /// Its id (codebook 6.2).
    pub channel: String,
    /// Status of codebook 6.3.
    pub status: String,
    /// Since when, EDTF.
    pub since: Option<String>,
    /// When it was used last, and by whom.
    pub last_held: Option<Held>,
    /// Days from the last use to the day asked for, or to the latest document.
    pub days_since: Option<i64>,
    /// How often it was used.
    pub uses: u64,
    /// What was told of it, oldest first.
    pub history: Vec<ChannelChange>,
}

/// A use of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Held {
    /// When, EDTF.
    pub date: String,
    /// Who met.
    pub who: Vec<String>,
    /// What shows it.
    pub evidence: Evidence,
}

/// What a fact tells of a channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChannelChange {
    /// The status from then on.
    pub status: String,
    /// When, EDTF.
    pub date: String,
    /// Its first day.
    pub from: String,
    /// The channel was used.
    pub held: bool,
    /// Why, in words.
    pub reason: String,
    /// Who is named.
    pub who: Vec<String>,
    /// What shows it.
    pub evidence: Evidence,
}

impl Record {
    /// Channels by name.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn channels(&self, filter: &LedgerFilter) -> Result<Vec<ChannelEntry>, RecordError> {
        let until = filter.until();
        let today = match filter.as_of {
            Some(day) => Some(day.to_string()),
            None => latest_day(&self.connection)?,
        };
        let sql = format!(
            "SELECT c.channel, c.status, c.date, c.date_from, c.held, c.reason, f.source, f.target, {EVIDENCE}
             FROM channel_change c JOIN fact f USING (fact_id) JOIN document d USING (document_id)
             WHERE c.date_from <= ?1 AND (?2 IS NULL OR c.channel = ?2)
               AND (?3 IS NULL OR c.position >
                    (SELECT max(position) FROM channel_change WHERE channel = ?2) - ?3)
             ORDER BY c.channel, c.position"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let asked = filter.id.as_ref().or(filter.channel.as_ref());
        let latest = filter
            .latest
            .map(|latest| i64::try_from(latest).unwrap_or(i64::MAX));
        let mut rows = statement.query(params![until, asked, latest])?;
        let mut entries: Vec<ChannelEntry> = Vec::new();
        while let Some(row) = rows.next()? {
            let channel: String = row.get(0)?;
            let mut who = list(&row.get::<_, String>(6)?);
            who.extend(list(&row.get::<_, String>(7)?));
            let change = ChannelChange {
                status: row.get(1)?,
                date: row.get(2)?,
                from: row.get(3)?,
                held: row.get(4)?,
                reason: row.get(5)?,
                who,
                evidence: evidence(row, 8)?,
            };
            if entries.last().is_none_or(|entry| entry.channel != channel) {
                entries.push(ChannelEntry {
                    channel,
                    status: String::new(),
                    since: None,
                    last_held: None,
                    days_since: None,
                    uses: 0,
                    history: Vec::new(),
                });
            }
            if let Some(entry) = entries.last_mut() {
                entry.add(change);
            }
        }
        for entry in &mut entries {
            entry.days_since = entry.last_held.as_ref().and_then(|held| {
                let held: jiff::civil::Date = first_day(Some(&held.date))?.parse().ok()?;
                let today: jiff::civil::Date = today.as_ref()?.parse().ok()?;
                Some(i64::from((today - held).get_days()))
            });
        }
        entries.retain(|entry| {
            (filter.statuses.is_empty() || filter.statuses.contains(&entry.status))
                && filter.actor.as_ref().is_none_or(|actor| {
                    entry.history.iter().any(|change| names(&change.who, actor))
                })
                && filter.from.is_none_or(|from| {
                    let last = entry.history.last();
                    last.is_some_and(|change| change.from >= from.to_string())
                })
        });
        entries.truncate(filter.limit());
        Ok(entries)
    }
}

impl ChannelEntry {
    fn add(&mut self, change: ChannelChange) {
        if self.status != change.status {
            self.status.clone_from(&change.status);
            self.since = Some(change.date.clone());
        }
        if change.held {
            let again = self
                .last_held
                .as_ref()
                .is_some_and(|held| held.date == change.date);
            self.uses += u64::from(!again);
            self.last_held = Some(Held {
                date: change.date.clone(),
                who: change.who.clone(),
                evidence: change.evidence.clone(),
            });
        }
        self.history.push(change);
    }
}
