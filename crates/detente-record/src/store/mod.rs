//! Rows in and out.

pub(crate) mod document;
pub(crate) mod fact;
