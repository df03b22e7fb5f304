//! Opening and making a record.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use crate::{
    RecordError,
    schema::{self, APPLICATION_ID, VERSION},
};

/// How long a writer waits for another one before it gives up.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open record.
#[derive(Debug)]
pub struct Record {
    pub(crate) connection: Connection,
    path: PathBuf,
}

/// What the record holds, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Documents that are current or missing from their folder.
    pub documents: u64,
    /// Facts that hold now.
    pub facts: u64,
    /// Of these, facts that another document printed first.
    pub duplicates: u64,
    /// Merged events.
    pub events: u64,
}

impl Record {
    /// Opens the record at `path` for writing, and makes it if there is none. `dyad` is kept when
    /// the record is made; an existing record keeps its own.
    ///
    /// # Errors
    /// If the file is something else, was written by a newer program, or cannot be written.
    pub fn create(path: &Path, dyad: &str) -> Result<Self, RecordError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut record = Self::connect(path, flags)?;
        record
            .connection
            .pragma_update(None, "journal_mode", "WAL")?;
        // In WAL mode NORMAL survives a killed process without loss; after a power cut the last
        // commits may be missing, the file is whole, and the next run does them again.
        record
            .connection
            .pragma_update(None, "synchronous", "NORMAL")?;
        record
            .connection
            .pragma_update(None, "cache_size", -64_000)?;
        schema::migrate(&mut record.connection)?;
        record.connection.execute(
            "INSERT INTO meta (key, value) VALUES ('dyad', ?1) ON CONFLICT DO NOTHING",
            [dyad],
        )?;
        Ok(record)
    }

    /// Opens an existing record for reading.
    ///
    /// # Errors
    /// If there is none, or it is something else, or of a newer version.
    pub fn open(path: &Path) -> Result<Self, RecordError> {
        if !path.exists() {
            return Err(RecordError::Absent(path.to_owned()));
        }
        // A record in WAL mode is read through a shared-memory file beside it; where that cannot
        // be made (read-only folders) the record is opened as one that nobody changes.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let record = match Self::connect(path, flags) {
            Err(RecordError::ReadOnly(_)) => Self::connect_immutable(path)?,
            other => other?,
        };
        let version: u32 = record
            .connection
            .pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version == 0 {
            return Err(RecordError::Foreign {
                path: path.to_owned(),
                why: "it is empty".to_owned(),
            });
        }
        if version < VERSION {
            let mut record = record;
            schema::migrate(&mut record.connection)?;
            return Ok(record);
        }
        record.connection.pragma_update(None, "query_only", true)?;
        Ok(record)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, RecordError> {
        // SQLite takes very short files for empty databases, and would write over them.
        if !starts_as_database(path) {
            return Err(RecordError::Foreign {
                path: path.to_owned(),
                why: "it is no SQLite file".to_owned(),
            });
        }
        let connection = Connection::open_with_flags(path, flags)?;
        Self::checked(connection, path)
    }

    fn connect_immutable(path: &Path) -> Result<Self, RecordError> {
        let escaped: String = path
            .to_string_lossy()
            .chars()
            .flat_map(|c| match c {
                '%' => "%25".chars().collect::<Vec<_>>(),
                '?' => "%3f".chars().collect(),
                '#' => "%23".chars().collect(),
                c => vec![c],
            })
            .collect();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
            | OpenFlags::SQLITE_OPEN_URI
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)?;
        Self::checked(connection, path)
    }

    /// Refuses files that are no records before anything is written to them.
    fn checked(connection: Connection, path: &Path) -> Result<Self, RecordError> {
        connection.busy_timeout(PATIENCE)?;
        let foreign = |why: &str| RecordError::Foreign {
            path: path.to_owned(),
            why: why.to_owned(),
        };
        let tables: i64 = connection
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .map_err(|error| match error.sqlite_error_code() {
                Some(rusqlite::ErrorCode::NotADatabase) => foreign("it is no SQLite file"),
                _ => error.into(),
            })?;
        let application: i32 =
            connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
        if tables > 0 && application != APPLICATION_ID {
            return Err(foreign("it is an SQLite file of another program"));
        }
        let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if found > VERSION {
            return Err(RecordError::TooNew {
                path: path.to_owned(),
                found,
                known: VERSION,
            });
        }
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self {
            connection,
            path: path.to_owned(),
        })
    }

    /// Where the record lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Version of the schema.
    pub const fn schema_version() -> u32 {
        VERSION
    }

    /// A value that describes the record, such as `dyad`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, RecordError> {
        Ok(self
            .connection
            .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
            .query_row([key], |row| row.get(0))
            .optional()?)
    }

    /// Asks several questions of the record as it is at one moment, whatever is written meanwhile.
    /// That is quicker, too: locks are taken once for all.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn at_once<T>(&self, questions: impl FnOnce(&Self) -> T) -> Result<T, RecordError> {
        let moment = self.connection.unchecked_transaction()?;
        let answer = questions(self);
        moment.finish()?;
        Ok(answer)
    }

    /// How much the record holds.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn size(&self) -> Result<Size, RecordError> {
        let count = |sql: &str| -> Result<u64, RecordError> {
            Ok(self
                .connection
                .query_row(sql, [], |row| row.get::<_, i64>(0))? as u64)
        };
        Ok(Size {
            documents: count("SELECT count(*) FROM document WHERE state <> 'superseded'")?,
            facts: count("SELECT count(*) FROM fact WHERE superseded_run IS NULL")?,
            duplicates: count("SELECT count(*) FROM duplicate")?,
            events: count("SELECT count(*) FROM event")?,
        })
    }

    /// Facts whose quote is not the text at their offsets; must be empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn misquoted(&self) -> Result<Vec<String>, RecordError> {
        Ok(self
            .connection
            .prepare("SELECT id FROM v_misquoted ORDER BY id")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?)
    }

    /// Sets the greatest size of the record in pages of 4 KiB: a stand-in for a full disk.
    ///
    /// # Errors
    /// If the database refuses.
    pub fn limit_pages(&self, pages: u32) -> Result<(), RecordError> {
        self.connection
            .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        Ok(())
    }
}

/// True if the file is absent or empty (a record can be made there), cannot be opened (SQLite
/// then says why), or bears the mark of SQLite.
fn starts_as_database(path: &Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    match std::fs::File::open(path) {
        Ok(file) => match file.take(16).read_to_end(&mut head) {
            Ok(_) => head.is_empty() || head == b"SQLite format 3\0",
            Err(_) => true,
        },
        Err(_) => true,
    }
}

/// Sets a value that describes the record.
pub(crate) fn set_meta(connection: &Connection, key: &str, value: &str) -> Result<(), RecordError> {
    connection
        .prepare_cached(
            "INSERT INTO meta (key, value) VALUES (?1, ?2)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute([key, value])?;
    Ok(())
}
