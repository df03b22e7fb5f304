//! Searches that readers keep under a name. They stand in the record, so that they go where it goes;
//! no run changes them.

use rusqlite::params;
use serde::Serialize;

use crate::{Record, RecordError};

/// A search that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SavedSearch {
    /// What it is called; no two have one name.
    pub name: String,
    /// What is searched, as the query of an address: `q=summit&issue=trade`.
    pub query: String,
    /// When it was kept, RFC 3339.
    pub saved: String,
}

impl Record {
    /// All searches that were kept, by name.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn saved_searches(&self) -> Result<Vec<SavedSearch>, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT name, query, saved FROM saved_search ORDER BY name")?
            .query_map([], |row| {
                Ok(SavedSearch {
                    name: row.get(0)?,
                    query: row.get(1)?,
                    saved: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?)
    }

    /// Keeps a search; one of the same name gives way to it.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn save_search(&self, search: &SavedSearch) -> Result<(), RecordError> {
        self.connection.execute(
            "INSERT INTO saved_search (name, query, saved) VALUES (?, ?, ?)
             ON CONFLICT (name) DO UPDATE SET query = excluded.query, saved = excluded.saved",
            params![search.name, search.query, search.saved],
        )?;
        Ok(())
    }

    /// Forgets a search; false if none has that name.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn forget_search(&self, name: &str) -> Result<bool, RecordError> {
        let forgotten = self
            .connection
            .execute("DELETE FROM saved_search WHERE name = ?", [name])?;
        Ok(forgotten > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_kept_under_its_name_until_it_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.db");
        let record = Record::create(&path, "JPN-KOR").unwrap();
        let search = |name: &str, query: &str| SavedSearch {
            name: name.to_owned(),
            query: query.to_owned(),
            saved: "2026-11-30T00:00:00Z".to_owned(),
        };
        record.save_search(&search("talks", "q=talks")).unwrap();
        record.save_search(&search("islets", "q=islets")).unwrap();
        record.save_search(&search("talks", "q=summit")).unwrap();
        // Who only reads sees them; who opens the record later as well.
        let reader = Record::open(&path).unwrap();
        assert_eq!(
            reader.saved_searches().unwrap(),
            [search("islets", "q=islets"), search("talks", "q=summit")]
        );
        assert!(reader.save_search(&search("third", "q=a")).is_err());
        assert!(record.forget_search("islets").unwrap());
        assert!(!record.forget_search("islets").unwrap());
        assert_eq!(reader.saved_searches().unwrap().len(), 1);
    }
}
