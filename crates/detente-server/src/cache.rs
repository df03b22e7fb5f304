//! Sums that look at the whole record are kept until the record changes.

use std::{
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    time::{Duration, Instant},
};

use detente_record::Record;
use tokio::task::JoinHandle;

use crate::{app::App, problem::Problem, viewer::Viewer};

/// While a run writes, sums are made anew no more often than this.
const AT_MOST_EVERY: Duration = Duration::from_secs(15);

/// Nor may making them take more than one part in so many of the time.
const SHARE: u32 = 20;

/// One value, made from the record.
#[derive(Debug)]
pub(crate) struct Cache<T> {
    inner: Arc<Inner<T>>,
}

#[derive(Debug)]
struct Inner<T> {
    kept: Mutex<Option<Kept<T>>>,
    /// One at a time makes it.
    making: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Kept<T> {
    revision: Arc<str>,
    made: Instant,
    took: Duration,
    value: Arc<T>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self {
            inner: Arc::new(Inner {
                kept: Mutex::new(None),
                making: tokio::sync::Mutex::new(()),
            }),
        }
    }
}

impl<T> Inner<T> {
    /// The value, and whether it will do for this revision.
    fn kept(&self, revision: &str) -> Option<(Arc<T>, bool)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref().map(|kept| {
            let young = kept.made.elapsed() < AT_MOST_EVERY.max(kept.took * SHARE);
            (
                Arc::clone(&kept.value),
                young || *kept.revision == *revision,
            )
        })
    }
}

impl<T: Send + Sync + 'static> Cache<T> {
    /// The value as of now or, while it is made anew, as it was before. Where there is none yet the
    /// caller waits so long for it; making it goes on after that.
    pub(crate) async fn soon(
        &self,
        app: &App,
        viewer: &Viewer,
        patience: Duration,
        make: impl FnOnce(&Record) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Option<Arc<T>>, Problem> {
        let revision = app.revision()?.id;
        let before = match self.inner.kept(&revision) {
            Some((value, true)) => return Ok(Some(value)),
            Some((value, false)) => Some(value),
            None => None,
        };
        if let Some(old) = &before
            && self.inner.making.try_lock().is_err()
        {
            return Ok(Some(Arc::clone(old)));
        }
        let made = self.begin(app, viewer, revision, make);
        if before.is_some() {
            return Ok(before);
        }
        match tokio::time::timeout(patience, made).await {
            Ok(Ok(made)) => made.map(Some),
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Ok(None),
        }
    }

    /// Begins to make the value anew if that is due and nobody does; waits for nothing.
    pub(crate) fn refresh(
        &self,
        app: &App,
        viewer: &Viewer,
        revision: &Arc<str>,
        make: impl FnOnce(&Record) -> Result<T, Problem> + Send + 'static,
    ) {
        let due = matches!(self.inner.kept(revision), Some((_, false)));
        if due && self.inner.making.try_lock().is_ok() {
            self.begin(app, viewer, Arc::clone(revision), make);
        }
    }

    /// True if the value is that of another state of the record.
    pub(crate) fn is_behind(&self, revision: &str) -> bool {
        let kept = self.inner.kept.lock();
        let kept = kept.unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .is_some_and(|kept| *kept.revision != *revision)
    }

    fn begin(
        &self,
        app: &App,
        viewer: &Viewer,
        revision: Arc<str>,
        make: impl FnOnce(&Record) -> Result<T, Problem> + Send + 'static,
    ) -> JoinHandle<Result<Arc<T>, Problem>> {
        let (inner, app, viewer) = (Arc::clone(&self.inner), app.clone(), viewer.clone());
        tokio::spawn(async move {
            let _one = inner.making.lock().await;
            if let Some((value, true)) = inner.kept(&revision) {
                return Ok(value);
            }
            let began = Instant::now();
            let value = Arc::new(app.ask_aside(&viewer, |record, _| make(record)).await?);
            *inner.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some(Kept {
                revision,
                made: Instant::now(),
                took: began.elapsed(),
                value: Arc::clone(&value),
            });
            app.sums.fetch_add(1, Ordering::Relaxed);
            Ok(value)
        })
    }

    /// The same, for a value that is soon made: the first caller waits until it is there.
    pub(crate) async fn get(
        &self,
        app: &App,
        viewer: &Viewer,
        make: fn(&Record) -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let value = self.soon(app, viewer, Duration::MAX, make).await?;
        value.ok_or_else(Problem::internal)
    }
}
