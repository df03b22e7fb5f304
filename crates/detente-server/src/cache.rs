//! Sums that look at the whole record are kept until the record changes.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use detente_record::Record;

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
        let revision = app.revision()?;
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
        let (inner, app, viewer) = (Arc::clone(&self.inner), app.clone(), viewer.clone());
        let made = tokio::spawn(async move {
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
            Ok(value)
        });
        if before.is_some() {
            return Ok(before);
        }
        match tokio::time::timeout(patience, made).await {
            Ok(Ok(made)) => made.map(Some),
            Ok(Err(_)) => Err(Problem::internal()),
            Err(_) => Ok(None),
        }
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
