//! Reading and coding on several threads, results in the order of the input.

use std::{
    collections::{BTreeMap, HashMap},
    fs::File,
    io::{self, BufRead, BufReader, Read},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use detente_text::{Diagnostic, Severity};
use sha2::{Digest, Sha256};

use super::{Coder, Coders, Found, Outcome, Unit, walk::unreadable};

/// Units that may be under way or waiting to be written.
const WINDOW: u64 = 256;

/// How often a waiting reader looks whether it should stop.
const STOP_CHECK: Duration = Duration::from_millis(100);

/// Extensions of JSON Lines files.
const JSONL: &[&str] = &["jsonl", "ndjson"];

/// What became of a unit before it reached the writer.
pub(super) enum Done {
    /// Read before with the same bytes and the same coder.
    Known {
        /// Row of the input.
        input_id: i64,
    },
    /// Read now.
    Read {
        /// SHA-256 of bytes and side-car.
        hash: String,
        /// What came of it.
        outcome: Outcome,
    },
    /// Could not be read; whatever the record has of it stays.
    Unreadable(Diagnostic),
    /// The coder broke off or the unit is too large: nothing is kept of it.
    Refused {
        /// SHA-256, or the size where the bytes were not read.
        hash: String,
        /// Why.
        diagnostic: Diagnostic,
    },
}

/// A unit with its place, on its way to the writer.
pub(super) struct Worked {
    pub(super) root: usize,
    pub(super) path: String,
    pub(super) line: u64,
    /// Bytes of the file that were taken up by this unit: for the time that is left.
    pub(super) bytes: u64,
    pub(super) done: Done,
}

/// What the record knows of an input.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) input_id: i64,
    pub(super) hash: String,
    /// False if it has to be read again whatever its bytes.
    pub(super) usable: bool,
}

/// By root, path and line.
pub(super) type KnownInputs = HashMap<(usize, String, u64), Known>;

enum Content {
    File(PathBuf, u64),
    Line(Vec<u8>),
    Problem(Diagnostic),
}

struct Job {
    sequence: u64,
    root: usize,
    path: String,
    name: String,
    line: u64,
    content: Content,
}

/// How far the writer is, so that the reader does not run ahead without bound.
struct Pace {
    written: Mutex<u64>,
    moved: Condvar,
}

/// Settings of [`work`].
pub(super) struct Work<'a> {
    pub(super) found: &'a [Found],
    /// Names of the documents, one for each of `found`.
    pub(super) names: &'a [String],
    pub(super) known: &'a KnownInputs,
    pub(super) coders: &'a dyn Coders,
    pub(super) threads: usize,
    /// Greatest size of a file or line, in bytes.
    pub(super) limit: u64,
    pub(super) stop: &'a AtomicBool,
}

/// Hands every unit to `write` in order, until that fails, all is done, or `stop` is set.
pub(super) fn work<E>(
    work: &Work<'_>,
    mut write: impl FnMut(Worked) -> Result<(), E>,
) -> Result<(), E> {
    let pace = Pace {
        written: Mutex::new(0),
        moved: Condvar::new(),
    };
    // Set when the writer has failed: the others end as soon as they can.
    let over = AtomicBool::new(false);
    let (job_in, job_out) = sync_channel::<Job>(work.threads * 2);
    let job_out = Mutex::new(job_out);
    let (result_in, result_out) = sync_channel::<(u64, Worked)>(64);
    thread::scope(|scope| {
        for _ in 0..work.threads {
            let (job_out, result_in, over) = (&job_out, result_in.clone(), &over);
            scope.spawn(move || worker(work, job_out, &result_in, over));
        }
        drop(result_in);
        let (pace, over) = (&pace, &over);
        scope.spawn(move || feed(work, &job_in, pace, over));

        let mut waiting = BTreeMap::new();
        let mut next = 0;
        let mut failure = None;
        for (sequence, result) in result_out {
            if failure.is_some() {
                continue;
            }
            waiting.insert(sequence, result);
            while let Some(result) = waiting.remove(&next) {
                next += 1;
                if let Err(error) = write(result) {
                    failure = Some(error);
                    over.store(true, Ordering::Relaxed);
                    break;
                }
            }
            *pace.written.lock().expect("no thread panics with the lock") = next;
            pace.moved.notify_all();
        }
        failure.map_or(Ok(()), Err)
    })
}

fn stopped(work: &Work<'_>, over: &AtomicBool) -> bool {
    over.load(Ordering::Relaxed) || work.stop.load(Ordering::Relaxed)
}

fn feed(work: &Work<'_>, jobs: &SyncSender<Job>, pace: &Pace, over: &AtomicBool) {
    let mut sequence = 0;
    let mut send = |found: &Found, name: &str, line: u64, content: Content| -> bool {
        let mut written = pace.written.lock().expect("no thread panics with the lock");
        while sequence >= *written + WINDOW && !stopped(work, over) {
            // Woken by the writer; the time limit is for the stop flag, which wakes nobody.
            written = pace
                .moved
                .wait_timeout(written, STOP_CHECK)
                .expect("no thread panics with the lock")
                .0;
        }
        drop(written);
        let job = Job {
            sequence,
            root: found.root,
            path: found.path.clone(),
            name: name.to_owned(),
            line,
            content,
        };
        sequence += 1;
        !stopped(work, over) && jobs.send(job).is_ok()
    };
    for (found, name) in work.found.iter().zip(work.names) {
        let go_on = if is_jsonl(&found.path) {
            feed_lines(&found.file, work.limit, |line, content| {
                send(found, name, line, content)
            })
        } else {
            let content = if found.size > work.limit {
                Content::Problem(too_large(&found.file, found.size, work.limit))
            } else {
                Content::File(found.file.clone(), found.size)
            };
            send(found, name, 0, content)
        };
        if !go_on {
            return;
        }
    }
}

fn is_jsonl(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| {
        JSONL
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// One unit a line, so that a file of any size is never held as a whole. A file without a single
/// line is one empty unit.
fn feed_lines(path: &Path, limit: u64, mut send: impl FnMut(u64, Content) -> bool) -> bool {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return send(0, Content::Problem(unreadable(path, &error))),
    };
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut number = 0;
    let mut any = false;
    loop {
        number += 1;
        let mut line = Vec::new();
        let read = reader.by_ref().take(limit + 1).read_until(b'\n', &mut line);
        match read {
            Ok(0) => return any || send(0, Content::Line(Vec::new())),
            Ok(_) if line.len() as u64 > limit => {
                any = true;
                let mut diagnostic = too_large(path, line.len() as u64, limit);
                diagnostic.message = format!(
                    "line {number} of `{}` is larger than the limit of {limit} bytes and is left out",
                    path.display()
                );
                if !send(number, Content::Problem(diagnostic)) {
                    return false;
                }
                if let Err(error) = reader.skip_until(b'\n') {
                    return send(number + 1, Content::Problem(unreadable(path, &error)));
                }
            }
            Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
            Ok(_) => {
                any = true;
                if !send(number, Content::Line(line)) {
                    return false;
                }
            }
            Err(error) => return send(number, Content::Problem(unreadable(path, &error))),
        }
    }
}

/// R104: by size, before anything is read.
fn too_large(path: &Path, size: u64, limit: u64) -> Diagnostic {
    let message = format!(
        "`{}` has {size} bytes, more than the limit of {limit}, and is left out",
        path.display()
    );
    Diagnostic::new("R104", Severity::Error, message)
        .hint("split it, turn it into JSON Lines, or raise the limit with --max-size")
}

fn worker(
    work: &Work<'_>,
    jobs: &Mutex<Receiver<Job>>,
    results: &SyncSender<(u64, Worked)>,
    over: &AtomicBool,
) {
    let mut coder = work.coders.coder();
    loop {
        let job = jobs.lock().expect("no thread panics with the lock").recv();
        let Ok(job) = job else { return };
        // Jobs are taken until the channel is empty, so that the feeder never waits for ever.
        if stopped(work, over) {
            continue;
        }
        let sequence = job.sequence;
        let result = process(work, &mut coder, job);
        if results.send((sequence, result)).is_err() {
            return;
        }
    }
}

fn process<'c>(work: &Work<'c>, coder: &mut Box<dyn Coder + 'c>, job: Job) -> Worked {
    let Job {
        root,
        path,
        name,
        line,
        content,
        ..
    } = job;
    let key = (root, path, line);
    let (bytes, done) = match content {
        Content::Problem(diagnostic) if diagnostic.code == "R104" => {
            let hash = format!("too large: {}", work.limit);
            let done = match known(work, &key, &hash) {
                Some(input_id) => Done::Known { input_id },
                None => Done::Refused { hash, diagnostic },
            };
            (0, done)
        }
        Content::Problem(diagnostic) => (0, Done::Unreadable(diagnostic)),
        Content::Line(bytes) => {
            let unit = Unit {
                name,
                line: (line > 0).then_some(line),
                bytes,
                sidecar: None,
            };
            (unit.bytes.len() as u64, code(work, coder, &unit, &key))
        }
        Content::File(file, size) => match read(&file, work.limit) {
            Ok((bytes, sidecar)) => {
                let unit = Unit {
                    name,
                    line: None,
                    bytes,
                    sidecar,
                };
                (size, code(work, coder, &unit, &key))
            }
            Err((which, error)) => (size, Done::Unreadable(unreadable(&which, &error))),
        },
    };
    let (root, path, line) = key;
    Worked {
        root,
        path,
        line,
        bytes,
        done,
    }
}

/// Which file cannot be read, and why.
type Fault = (PathBuf, io::Error);

/// The file and its side-car, neither beyond the limit even if they grow while they are read.
fn read(file: &Path, limit: u64) -> Result<(Vec<u8>, Option<Vec<u8>>), Fault> {
    let whole = |path: &Path| -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    let mut beside = file.as_os_str().to_owned();
    beside.push(".meta.toml");
    let beside = PathBuf::from(beside);
    let sidecar = match whole(&beside) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err((beside, error)),
    };
    let bytes = whole(file).map_err(|error| (file.to_owned(), error))?;
    Ok((bytes, sidecar))
}

fn known(work: &Work<'_>, key: &(usize, String, u64), hash: &str) -> Option<i64> {
    work.known
        .get(key)
        .filter(|known| known.usable && known.hash == hash)
        .map(|known| known.input_id)
}

fn code<'c>(
    work: &Work<'c>,
    coder: &mut Box<dyn Coder + 'c>,
    unit: &Unit,
    key: &(usize, String, u64),
) -> Done {
    let hash = hash(unit);
    if let Some(input_id) = known(work, key, &hash) {
        return Done::Known { input_id };
    }
    match catch_unwind(AssertUnwindSafe(|| coder.code(unit))) {
        Ok(outcome) => Done::Read { hash, outcome },
        Err(_) => {
            // Its buffers may be in any state, so it is not used again.
            *coder = work.coders.coder();
            let message = format!("`{}` made the coder break off; it is left out", unit.name);
            let diagnostic = Diagnostic::new("R105", Severity::Error, message)
                .hint("this is a fault of detente: please report it with the document");
            Done::Refused { hash, diagnostic }
        }
    }
}

fn hash(unit: &Unit) -> String {
    let mut hash = Sha256::new();
    hash.update((unit.bytes.len() as u64).to_le_bytes());
    hash.update(&unit.bytes);
    hash.update(unit.name.as_bytes());
    if let Some(sidecar) = &unit.sidecar {
        hash.update([0]);
        hash.update(sidecar);
    }
    hash.finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
