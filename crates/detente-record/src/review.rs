//! Decisions of reviewers.

use std::time::{SystemTime, UNIX_EPOCH};

use detente_extract::Review;
use rusqlite::params;

use crate::{Record, RecordError};

impl Record {
    /// Enters a decision about the fact `id`, as the reviewer saw it. From then on no run replaces
    /// the fact as long as its document bears the quote.
    ///
    /// # Errors
    /// If there is no such fact or the record cannot be written.
    pub fn decide(
        &self,
        id: &str,
        decision: Review,
        reviewer: &str,
        note: Option<&str>,
    ) -> Result<(), RecordError> {
        let Some(found) = self.fact(id)? else {
            return Err(RecordError::Query(format!("there is no fact `{id}`")));
        };
        let fact = found.entry.fact;
        let seconds = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs() as i64);
        let decided = jiff::Timestamp::from_second(seconds)
            .map_or_else(|_| String::new(), |time| time.to_string());
        self.connection.execute(
            "INSERT INTO review (id, quote, decision, reviewer, decided, note)
             VALUES (?, ?, ?, ?, ?, ?)",
            params![
                fact.id,
                fact.quote,
                decision.as_str(),
                reviewer,
                decided,
                note
            ],
        )?;
        Ok(())
    }
}
