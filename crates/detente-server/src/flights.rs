//! Of those who ask the same at the same time one makes the answer, the others wait for it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::watch;

/// Answers that are being made, by their key.
#[derive(Clone, Debug, Default)]
pub(crate) struct Flights {
    under_way: Arc<Mutex<HashMap<String, watch::Receiver<()>>>>,
}

/// The making of one answer; it ends when this is dropped, however that comes.
#[derive(Debug)]
pub(crate) struct Flight {
    flights: Flights,
    key: String,
    _ended: watch::Sender<()>,
}

impl Flights {
    /// The making of an answer, or `None` if somebody makes it already.
    pub(crate) fn begin(&self, key: &str) -> Option<Flight> {
        self.enter(key).ok()
    }

    /// The making of an answer; or waits until somebody else has ended making it.
    pub(crate) async fn begin_or_wait(&self, key: &str) -> Option<Flight> {
        match self.enter(key) {
            Ok(flight) => Some(flight),
            Err(mut other) => {
                // It is an error that the sender is gone, and what is waited for.
                let _ = other.changed().await;
                None
            }
        }
    }

    fn enter(&self, key: &str) -> Result<Flight, watch::Receiver<()>> {
        let mut under_way = self.lock();
        if let Some(other) = under_way.get(key) {
            return Err(other.clone());
        }
        let (ended, others) = watch::channel(());
        under_way.insert(key.to_owned(), others);
        Ok(Flight {
            flights: self.clone(),
            key: key.to_owned(),
            _ended: ended,
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, watch::Receiver<()>>> {
        self.under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.flights.lock().remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn one_makes_and_others_wait() {
        let flights = Flights::default();
        let one = flights.begin_or_wait("a").await.unwrap();
        assert!(flights.begin("a").is_none());
        assert!(flights.begin("b").is_some());
        let others = flights.clone();
        let other = tokio::spawn(async move { others.begin_or_wait("a").await.is_none() });
        tokio::task::yield_now().await;
        assert!(!other.is_finished());
        drop(one);
        assert!(other.await.unwrap());
        assert!(flights.begin("a").is_some());
    }
}
