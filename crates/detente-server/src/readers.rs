//! A small pool of connections that only read, used on threads that may block.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use detente_record::{Record, RecordError};
use tokio::sync::Semaphore;

use crate::{problem::Problem, viewer::Viewer};

/// Connections to one record. At most so many questions are asked at a time; others wait.
#[derive(Clone, Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    idle: Arc<Mutex<Vec<Record>>>,
    permits: Arc<Semaphore>,
    /// Exports run long, so they have connections of their own.
    long: Arc<Semaphore>,
    watch: Arc<Mutex<Watch>>,
}

/// Looks whether the record has changed.
#[derive(Debug)]
struct Watch {
    record: Record,
    counter: i64,
    now: Revision,
}

/// Which state of the record it is.
#[derive(Clone, Debug)]
pub(crate) struct Revision {
    /// Its name.
    pub(crate) id: Arc<str>,
    /// A run writes.
    pub(crate) moving: bool,
}

impl Revision {
    fn of(record: &Record) -> Result<Self, RecordError> {
        Ok(Self {
            id: record.revision()?.into(),
            moving: record.is_being_written()?,
        })
    }
}

/// Exports at a time.
const LONG: usize = 2;

impl Readers {
    pub(crate) fn open(path: &Path, number: usize) -> Result<Self, RecordError> {
        let first = Record::open(path)?;
        let record = Record::open(path)?;
        let watch = Watch {
            counter: record.change_counter()?,
            now: Revision::of(&record)?,
            record,
        };
        Ok(Self {
            watch: Arc::new(Mutex::new(watch)),
            path: path.to_owned(),
            idle: Arc::new(Mutex::new(vec![first])),
            permits: Arc::new(Semaphore::new(number)),
            long: Arc::new(Semaphore::new(LONG)),
        })
    }

    /// Asks the record on behalf of `viewer`.
    pub(crate) async fn ask<T, F>(&self, viewer: &Viewer, question: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Record, &Viewer) -> Result<T, Problem> + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await;
        let (readers, viewer) = (self.clone(), viewer.clone());
        let answer = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let idle = readers.lock().pop();
            let record = match idle {
                Some(record) => record,
                None => Record::open(&readers.path)?,
            };
            let answer = record.at_once(|record| question(record, &viewer))?;
            readers.lock().push(record);
            answer
        });
        answer.await.unwrap_or_else(|_| Err(Problem::internal()))
    }

    /// Starts a long question on a thread of its own; waits while too many are under way.
    pub(crate) async fn ask_long<F>(&self, viewer: &Viewer, question: F) -> Result<(), Problem>
    where
        F: FnOnce(&Record, &Viewer) + Send + 'static,
    {
        let permit = Arc::clone(&self.long).acquire_owned().await;
        let viewer = viewer.clone();
        let path = self.path.clone();
        let record = tokio::task::spawn_blocking(move || Record::open(&path)).await;
        let record = record.map_err(|_| Problem::internal())??;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            question(&record, &viewer);
        });
        Ok(())
    }

    /// Asks something that takes long and is asked once in a while, on a connection of its own.
    pub(crate) async fn ask_aside<T, F>(&self, viewer: &Viewer, question: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Record, &Viewer) -> Result<T, Problem> + Send + 'static,
    {
        let (path, viewer) = (self.path.clone(), viewer.clone());
        let answer = tokio::task::spawn_blocking(move || {
            let record = Record::open(&path)?;
            record.at_once(|record| question(record, &viewer))?
        });
        answer.await.unwrap_or_else(|_| Err(Problem::internal()))
    }

    /// Row of the newest fact.
    pub(crate) fn newest(&self) -> Result<i64, RecordError> {
        let watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch.record.newest_fact()
    }

    /// What changes with the record. So quick that no thread is needed for it.
    pub(crate) fn revision(&self) -> Result<Revision, RecordError> {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let counter = watch.record.change_counter()?;
        if counter != watch.counter {
            watch.now = Revision::of(&watch.record)?;
            watch.counter = counter;
        }
        Ok(watch.now.clone())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Record>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
