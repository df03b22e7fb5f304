//! Documents that are sent to the server: kept in a folder of its own, then read by the same run
//! that the command line starts. One run at a time: the record has one writer.

use std::{
    fs, io,
    path::PathBuf,
    sync::{Mutex, PoisonError, atomic::AtomicBool, mpsc},
};

use detente_record::{Coders, Options, Progress, Record, Rules, Stage};
use serde::Serialize;
use tokio::sync::broadcast;
use utoipa::ToSchema;

/// Makes the coder when the first document comes: its models take a moment to load.
pub type MakeCoders = Box<dyn Fn() -> Result<Box<dyn Coders + Send>, String> + Send>;

/// What a run of this server is doing; told to everybody who listens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Told {
    /// `loading`, `coding`, `merging`, `finished`, `failed`.
    pub(crate) stage: String,
    /// Documents coded so far.
    pub(crate) documents: u64,
    /// Facts found so far.
    pub(crate) facts: u64,
    /// Inputs that gave no document.
    pub(crate) left_out: u64,
    /// Why it failed, or what was noticed about inputs that were left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) messages: Vec<String>,
}

impl Told {
    fn stage(stage: &str) -> Self {
        Self {
            stage: stage.to_owned(),
            documents: 0,
            facts: 0,
            left_out: 0,
            messages: Vec::new(),
        }
    }
}

/// The folder of documents that were sent, and the thread that reads them.
#[derive(Debug)]
pub struct Intake {
    folder: PathBuf,
    wake: mpsc::Sender<()>,
    news: broadcast::Sender<Told>,
    now: std::sync::Arc<Mutex<Option<Told>>>,
}

/// Types of documents that are read: content type, end of the file's name.
pub(crate) const TYPES: [(&str, &str); 7] = [
    ("text/plain", "txt"),
    ("text/markdown", "md"),
    ("text/html", "html"),
    ("application/pdf", "pdf"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    ("application/x-ndjson", "jsonl"),
    ("application/jsonl", "jsonl"),
];

impl Intake {
    /// Starts the thread. `folder` is made when the first document comes.
    pub fn start(record: PathBuf, folder: PathBuf, dyad: String, coders: MakeCoders) -> Self {
        let (wake, woken) = mpsc::channel();
        let (news, _) = broadcast::channel(256);
        let now = std::sync::Arc::new(Mutex::new(None));
        let reader = Reader {
            record,
            folder: folder.clone(),
            dyad,
            news: news.clone(),
            now: std::sync::Arc::clone(&now),
        };
        std::thread::spawn(move || {
            let mut made = None;
            while woken.recv().is_ok() {
                while woken.try_recv().is_ok() {}
                reader.run(&mut made, &coders);
            }
        });
        Self {
            folder,
            wake,
            news,
            now,
        }
    }

    /// Keeps a document under a name made of its digest, and wakes the reader. Nothing of the name
    /// comes from outside. Returns the name, and whether it is new.
    pub(crate) fn keep(
        &self,
        bytes: &[u8],
        end: &'static str,
        side_car: Option<&str>,
    ) -> io::Result<(String, bool)> {
        let digest = crate::guard::digest_bytes(bytes);
        let name = format!("{}.{end}", &digest[..16]);
        fs::create_dir_all(&self.folder)?;
        let file = self.folder.join(&name);
        let new = !file.exists();
        if let Some(side_car) = side_car {
            whole(
                &self.folder.join(format!("{name}.meta.toml")),
                side_car.as_bytes(),
            )?;
        }
        if new {
            whole(&file, bytes)?;
        }
        // The reader lives as long as the server; if it has ended, the next start reads the file.
        let _ = self.wake.send(());
        Ok((name, new))
    }

    /// What the run is doing, or did last.
    pub(crate) fn now(&self) -> Option<Told> {
        self.now
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// All that is told from now on.
    pub(crate) fn listen(&self) -> broadcast::Receiver<Told> {
        self.news.subscribe()
    }
}

/// Writes a file so that nobody ever sees half of it.
fn whole(path: &std::path::Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    fs::write(&part, bytes)?;
    fs::rename(part, path)
}

/// What the thread needs.
struct Reader {
    record: PathBuf,
    folder: PathBuf,
    dyad: String,
    news: broadcast::Sender<Told>,
    now: std::sync::Arc<Mutex<Option<Told>>>,
}

impl Reader {
    fn tell(&self, told: Told) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = Some(told.clone());
        // Nobody may be listening.
        let _ = self.news.send(told);
    }

    fn run(&self, made: &mut Option<Box<dyn Coders + Send>>, make: &MakeCoders) {
        self.tell(Told::stage("loading"));
        let told = match self.read(made, make) {
            Ok(told) => told,
            Err(message) => Told {
                messages: vec![message],
                ..Told::stage("failed")
            },
        };
        self.tell(told);
    }

    fn read(
        &self,
        made: &mut Option<Box<dyn Coders + Send>>,
        make: &MakeCoders,
    ) -> Result<Told, String> {
        let coders = match made {
            Some(coders) => coders,
            None => made.insert(make()?),
        };
        let rules = Rules {
            skip: &[],
            readable: &detente_text::is_readable_name,
        };
        let found = detente_record::walk(std::slice::from_ref(&self.folder), &rules)
            .map_err(|(_, error)| format!("the folder of documents cannot be read: {error}"))?;
        let mut record =
            Record::create(&self.record, &self.dyad).map_err(|error| error.to_string())?;
        let stop = AtomicBool::new(false);
        let options = Options {
            threads: 1,
            limit: detente_text::Limits::default().file_bytes,
            stop: &stop,
            pages: None,
        };
        let mut last = None;
        let mut progress = |progress: Progress| {
            let told = Told {
                documents: progress.documents,
                facts: progress.facts,
                left_out: progress.left_out,
                ..Told::stage(match progress.stage {
                    Stage::Coding => "coding",
                    Stage::Merging => "merging",
                })
            };
            if last.as_ref() != Some(&told) {
                self.tell(told.clone());
                last = Some(told);
            }
        };
        let report = detente_record::run(&mut record, &found, &**coders, &options, &mut progress)
            .map_err(|error| error.to_string())?;
        let messages = report.seen.iter().take(20);
        Ok(Told {
            documents: report.documents,
            facts: report.facts,
            left_out: report.left_out,
            messages: messages
                .map(|seen| {
                    let code = &seen.diagnostic.code;
                    format!("{}: {code}: {}", seen.path, seen.diagnostic.message)
                })
                .collect(),
            ..Told::stage("finished")
        })
    }
}
