//! Sums that look at the whole record are kept until the record changes.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use detente_record::Record;

use crate::{app::App, problem::Problem, viewer::Viewer};

/// While a run writes, sums are made anew no more often than this.
const AT_MOST_EVERY: Duration = Duration::from_secs(15);

/// One value, made from the record.
#[derive(Debug)]
pub(crate) struct Cache<T> {
    kept: Mutex<Option<Kept<T>>>,
    /// One at a time makes it.
    making: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Kept<T> {
    revision: String,
    made: Instant,
    value: Arc<T>,
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self {
            kept: Mutex::new(None),
            making: tokio::sync::Mutex::new(()),
        }
    }
}

impl<T: Send + Sync + 'static> Cache<T> {
    fn kept(&self) -> Option<(String, Instant, Arc<T>)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.as_ref()
            .map(|kept| (kept.revision.clone(), kept.made, Arc::clone(&kept.value)))
    }

    /// The value as of now, or as of a few seconds ago while a run is writing. The first caller
    /// waits until it is made.
    pub(crate) async fn get(
        &self,
        app: &App,
        viewer: &Viewer,
        make: fn(&Record) -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        let fresh = |revision: &str| {
            self.kept()
                .filter(|(of, made, _)| of == revision || made.elapsed() < AT_MOST_EVERY)
        };
        let revision = app.ask(viewer, |record, _| Ok(record.revision()?)).await?;
        if let Some((_, _, value)) = fresh(&revision) {
            return Ok(value);
        }
        let _one = match (self.making.try_lock(), self.kept()) {
            (Ok(one), _) => one,
            // Somebody is making it: the old one will do meanwhile.
            (Err(_), Some((_, _, old))) => return Ok(old),
            (Err(_), None) => self.making.lock().await,
        };
        if let Some((_, _, value)) = fresh(&revision) {
            return Ok(value);
        }
        let value = Arc::new(app.ask(viewer, move |record, _| make(record)).await?);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(Kept {
            revision,
            made: Instant::now(),
            value: Arc::clone(&value),
        });
        Ok(value)
    }
}
