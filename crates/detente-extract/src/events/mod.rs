//! Events: who did what to whom.
pub(crate) mod matcher;
