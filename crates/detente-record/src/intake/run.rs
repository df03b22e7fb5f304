//! A run: from the folders that were given to a record that is up to date with them.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use detente_text::{Diagnostic, Severity};
use rusqlite::{Connection, params};

use super::{
    Coders, Found, Walk,
    work::{Done, Known, KnownInputs, Work, Worked, work},
    write::{Item, Writer},
};
use crate::{Record, RecordError, merge, record::set_meta};

/// Documents between two commits.
const BATCH: u64 = 64;

/// Bytes of input between two commits, if that comes first.
const BATCH_BYTES: u64 = 16 << 20;

/// Settings of a run.
pub struct Options<'a> {
    /// Threads that read and code, at least one.
    pub threads: usize,
    /// Greatest size of a file, or of a line of a JSON Lines file, in bytes.
    pub limit: u64,
    /// Set from outside to end the run at the next commit.
    pub stop: &'a AtomicBool,
    /// Pages of 4 KiB that the record may have; for tests of a full disk.
    pub pages: Option<u32>,
}

/// Where a run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading and coding.
    Coding,
    /// Finding repeats across documents and merging events.
    Merging,
}

/// How far a run is; told after each unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Reading or merging.
    pub stage: Stage,
    /// Bytes done.
    pub bytes: u64,
    /// Bytes of all files.
    pub all_bytes: u64,
    /// Documents coded so far.
    pub documents: u64,
    /// Facts found so far.
    pub facts: u64,
    /// Inputs that were skipped because they are unchanged.
    pub unchanged: u64,
    /// Inputs that gave no document.
    pub left_out: u64,
}

/// A diagnostic with its place, as told in the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Document or file.
    pub path: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// What it was.
    pub diagnostic: Diagnostic,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Number of the run in the record.
    pub run_id: i64,
    /// Inputs read for the first time.
    pub new: u64,
    /// Inputs read again.
    pub changed: u64,
    /// Inputs skipped: same bytes, same coder.
    pub unchanged: u64,
    /// Inputs that gave no document.
    pub left_out: u64,
    /// Inputs of an earlier run that are gone; their facts are kept.
    pub missing: Vec<String>,
    /// Documents coded.
    pub documents: u64,
    /// Facts they gave.
    pub facts: u64,
    /// Facts that were closed because their document changed or went.
    pub superseded_facts: u64,
    /// Document versions that were closed.
    pub superseded_documents: u64,
    /// Facts refused by the quote rule.
    pub refused: u64,
    /// Merged events in the record.
    pub events: u64,
    /// Reports that these events were merged from.
    pub reports: u64,
    /// Facts that another document printed first.
    pub duplicates: u64,
    /// Diagnostics by code: how many, and one of the worst severity.
    pub codes: BTreeMap<String, (u64, Severity)>,
    /// Diagnostics of severity warning and error, in the order of the documents; the first 1,000.
    pub seen: Vec<Seen>,
    /// The first note of each code: enough to say what is meant, however many documents have it.
    pub notes: Vec<Seen>,
    /// True if the run was stopped before its end.
    pub interrupted: bool,
}

/// Diagnostics that a report holds in full; the record has them all.
const SEEN: usize = 1000;

impl Report {
    pub(super) fn tell(&mut self, path: &str, line: Option<u64>, diagnostic: Diagnostic) {
        let entry = self
            .codes
            .entry(diagnostic.code.clone())
            .or_insert((0, diagnostic.severity));
        entry.0 += 1;
        entry.1 = entry.1.max(diagnostic.severity);
        let kept = if diagnostic.severity > Severity::Note {
            (self.seen.len() < SEEN).then_some(&mut self.seen)
        } else {
            let told = |note: &Seen| note.diagnostic.code == diagnostic.code;
            (!self.notes.iter().any(told)).then_some(&mut self.notes)
        };
        if let Some(kept) = kept {
            kept.push(Seen {
                path: path.to_owned(),
                line,
                diagnostic,
            });
        }
    }

    /// True if something that was given is not in the record.
    pub const fn is_partial(&self) -> bool {
        self.left_out > 0
    }
}

/// Brings `record` up to date with what a walk found.
///
/// Everything is written in order and committed in batches of whole documents. A run that is
/// killed leaves the last commit; the next one goes on from there and ends in the same state.
///
/// # Errors
/// If the record cannot be written any more; all up to the last commit is kept.
pub fn run(
    record: &mut Record,
    found: &Walk,
    coders: &dyn Coders,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, RecordError> {
    if let Some(pages) = options.pages {
        record.limit_pages(pages)?;
    }
    let connection = &record.connection;
    let version = coders.version();
    let roots: Vec<String> = found
        .roots
        .iter()
        .map(|root| root.folder.to_string_lossy().into_owned())
        .collect();
    let run_id = begin(connection, &version, &roots)?;
    let result = carry_out(
        connection, found, &roots, run_id, &version, coders, options, progress,
    );
    match result {
        Ok(report) => {
            connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
            Ok(report)
        }
        Err(error) => {
            // What is not committed is gone by the rules of the database; this only ends it early.
            if !connection.is_autocommit() {
                let _ = connection.execute_batch("ROLLBACK");
            }
            Err(error)
        }
    }
}

/// Enters the run. A run that was killed is marked as interrupted.
fn begin(connection: &Connection, version: &str, roots: &[String]) -> Result<i64, RecordError> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    connection.execute(
        "UPDATE run SET state = 'interrupted' WHERE state = 'running'",
        [],
    )?;
    connection.execute(
        "INSERT INTO run (started, state, coder, roots) VALUES (?, 'running', ?, ?)",
        params![now(), version, serde_json::Value::from(roots).to_string()],
    )?;
    let run_id = connection.last_insert_rowid();
    connection.execute_batch("COMMIT")?;
    Ok(run_id)
}

#[allow(clippy::too_many_arguments)]
fn carry_out(
    connection: &Connection,
    found: &Walk,
    roots: &[String],
    run_id: i64,
    version: &str,
    coders: &dyn Coders,
    options: &Options<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, RecordError> {
    let known = known_inputs(connection, roots, version)?;
    let Named {
        files,
        names,
        notes,
    } = name(connection, found, roots)?;
    let mut writer = Writer::new(connection, run_id, version.to_owned());
    writer.report.run_id = run_id;
    let all_bytes = files.iter().map(|file| file.size).sum();
    let mut met: HashSet<(usize, String, u64)> = HashSet::new();
    // Where a file could not be read to its end, lines behind the fault are not known to be gone.
    let mut broken: HashSet<(usize, String)> = HashSet::new();
    let mut bytes = 0;
    let (mut since, mut bytes_since) = (0, 0);

    connection.execute_batch("BEGIN IMMEDIATE")?;
    for (_, path, problem) in &found.problems {
        writer.problem(if path.is_empty() { "." } else { path }, problem)?;
        if problem.severity == Severity::Error {
            writer.report.left_out += 1;
        }
    }
    for (path, note) in &notes {
        writer.problem(path, note)?;
    }
    let settings = Work {
        found: &files,
        names: &names,
        known: &known,
        coders,
        threads: options.threads.max(1),
        limit: options.limit,
        stop: options.stop,
    };
    work(&settings, |worked: Worked| {
        let Worked {
            root,
            path,
            line,
            bytes: size,
            done,
        } = worked;
        bytes += size;
        since += u64::from(!matches!(done, Done::Known { .. }));
        bytes_since += size;
        if matches!(done, Done::Unreadable(_)) {
            broken.insert((root, path.clone()));
        }
        let key = (root, path, line);
        let item = Item {
            root: &roots[root],
            path: &key.1,
            shown: &key.1,
            line,
            known: known.get(&key).map(|known| known.input_id),
        };
        writer.write(&item, done)?;
        met.insert(key);
        if since >= BATCH || bytes_since >= BATCH_BYTES {
            (since, bytes_since) = (0, 0);
            commit(connection, &mut writer)?;
            connection.execute_batch("BEGIN IMMEDIATE")?;
            not_overtaken(connection, run_id)?;
        }
        progress(Progress {
            stage: Stage::Coding,
            bytes,
            all_bytes,
            documents: writer.report.documents,
            facts: writer.report.facts,
            unchanged: writer.report.unchanged,
            left_out: writer.report.left_out,
        });
        Ok::<(), RecordError>(())
    })?;
    writer.report.interrupted = options.stop.load(Ordering::Relaxed);
    if !writer.report.interrupted {
        miss(connection, found, roots, &known, &met, &broken, &mut writer)?;
    }
    commit(connection, &mut writer)?;

    if !writer.report.interrupted {
        progress(Progress {
            stage: Stage::Merging,
            bytes,
            all_bytes,
            documents: writer.report.documents,
            facts: writer.report.facts,
            unchanged: writer.report.unchanged,
            left_out: writer.report.left_out,
        });
        if !merge::is_settled(connection)? {
            merge::settle(connection, &coders.codebook())?;
        }
    }
    let mut report = writer.report;
    let merged = merge::counts(connection)?;
    report.events = merged.events;
    report.reports = merged.reports;
    report.duplicates = merged.duplicates;
    finish(connection, &report)?;
    Ok(report)
}

/// Commits, and notes that merging is behind if something was written.
fn commit(connection: &Connection, writer: &mut Writer<'_>) -> Result<(), RecordError> {
    if std::mem::take(&mut writer.touched) {
        set_meta(connection, merge::SETTLED, "0")?;
    }
    connection.execute_batch("COMMIT")?;
    Ok(())
}

fn not_overtaken(connection: &Connection, own: i64) -> Result<(), RecordError> {
    let other: i64 = connection
        .prepare_cached("SELECT max(run_id) FROM run")?
        .query_row([], |row| row.get(0))?;
    if other == own {
        Ok(())
    } else {
        Err(RecordError::Overtaken { own, other })
    }
}

/// Inputs of these roots that the record has.
fn known_inputs(
    connection: &Connection,
    roots: &[String],
    version: &str,
) -> Result<KnownInputs, RecordError> {
    let mut known = KnownInputs::new();
    let mut statement = connection.prepare(
        "SELECT i.input_id, i.path, i.line, i.hash,
                i.coder = ?2 AND i.documents = (SELECT count(*) FROM document d
                    WHERE d.input_id = i.input_id AND d.state <> 'superseded')
         FROM input i WHERE i.root = ?1",
    )?;
    // Several files of one folder share a root; each keeps its own index.
    for (index, root) in roots.iter().enumerate() {
        let mut rows = statement.query([root.as_str(), version])?;
        while let Some(row) = rows.next()? {
            let line: i64 = row.get(2)?;
            let input = Known {
                input_id: row.get(0)?,
                hash: row.get(3)?,
                usable: row.get(4)?,
            };
            known.insert((index, row.get(1)?, line as u64), input);
        }
    }
    Ok(known)
}

/// Files to be read with the names of their documents.
struct Named {
    files: Vec<Found>,
    names: Vec<String>,
    notes: Vec<(String, Diagnostic)>,
}

/// The name of a document is its path below the root. Where two roots have the same path, the one
/// that came first keeps it; the other is put below the name of its folder.
fn name(connection: &Connection, found: &Walk, roots: &[String]) -> Result<Named, RecordError> {
    let mut owners: HashMap<String, String> = HashMap::new();
    let mut statement = connection.prepare(
        "SELECT DISTINCT root FROM input WHERE path = ?1 AND state <> 'missing' ORDER BY input_id",
    )?;
    let mut named = Named {
        files: Vec::new(),
        names: Vec::new(),
        notes: Vec::new(),
    };
    for file in &found.found {
        let root = &roots[file.root];
        if !owners.contains_key(&file.path) {
            let mut rows = statement.query([&file.path])?;
            let mut owner = root.clone();
            while let Some(row) = rows.next()? {
                let other: String = row.get(0)?;
                if other == *root || PathBuf::from(&other).join(&file.path).exists() {
                    owner = other;
                    break;
                }
            }
            owners.insert(file.path.clone(), owner);
        }
        let owner = &owners[&file.path];
        let name = if owner == root {
            file.path.clone()
        } else {
            let folder = found.roots[file.root].folder.file_name();
            let folder = folder.map_or_else(String::new, |f| f.to_string_lossy().into_owned());
            let name = format!("{folder}/{}", file.path);
            let message = format!(
                "`{}` stands below `{owner}` and below `{root}`; the latter is kept as `{name}`",
                file.path
            );
            let note = Diagnostic::new("R107", Severity::Warning, message)
                .hint("give the folder above both, so that each file has a path of its own");
            named.notes.push((name.clone(), note));
            name
        };
        named.files.push(file.clone());
        named.names.push(name);
    }
    Ok(named)
}

/// Marks what an earlier run read and this one did not find. Its facts are kept.
fn miss(
    connection: &Connection,
    found: &Walk,
    roots: &[String],
    known: &KnownInputs,
    met: &HashSet<(usize, String, u64)>,
    broken: &HashSet<(usize, String)>,
    writer: &mut Writer<'_>,
) -> Result<(), RecordError> {
    let mut gone: Vec<(&(usize, String, u64), i64)> = known
        .iter()
        .filter(|(key, _)| {
            let (root, path, _) = key;
            let in_scope = match &found.roots[*root].file {
                Some(file) => file == path,
                None => true,
            };
            in_scope
                && !met.contains(*key)
                && !broken.contains(&(*root, path.clone()))
                && !found.may_hide(*root, path)
        })
        .map(|(key, known)| (key, known.input_id))
        .collect();
    gone.sort();
    // The same input may be known through two roots: a folder and a file in it.
    let met: HashSet<(&str, &str, u64)> = met
        .iter()
        .map(|(root, path, line)| (roots[*root].as_str(), path.as_str(), *line))
        .collect();
    for ((root, path, line), input_id) in gone {
        if met.contains(&(roots[*root].as_str(), path.as_str(), *line)) {
            continue;
        }
        let changed = connection
            .prepare_cached(
                "UPDATE input SET state = 'missing' WHERE input_id = ?1 AND state <> 'missing'",
            )?
            .execute([input_id])?;
        if changed > 0 {
            connection
                .prepare_cached(
                    "UPDATE document SET state = 'missing' WHERE input_id = ?1 AND state = 'current'",
                )?
                .execute([input_id])?;
            writer.report.missing.push(if *line > 0 {
                format!("{path}:{line}")
            } else {
                path.clone()
            });
        }
    }
    Ok(())
}

fn finish(connection: &Connection, report: &Report) -> Result<(), RecordError> {
    connection.execute(
        "UPDATE run SET finished = ?2, state = ?3, new = ?4, changed = ?5, unchanged = ?6,
            missing = ?7, left_out = ?8, documents = ?9, facts = ?10, refused = ?11
         WHERE run_id = ?1",
        params![
            report.run_id,
            now(),
            if report.interrupted {
                "interrupted"
            } else {
                "finished"
            },
            report.new as i64,
            report.changed as i64,
            report.unchanged as i64,
            report.missing.len() as i64,
            report.left_out as i64,
            report.documents as i64,
            report.facts as i64,
            report.refused as i64,
        ],
    )?;
    Ok(())
}

/// UTC, to the second.
fn now() -> String {
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() as i64);
    jiff::Timestamp::from_second(seconds).map_or_else(|_| String::new(), |time| time.to_string())
}
