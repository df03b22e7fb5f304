//! What must hold for any input, and how inputs are made from bytes.

#![forbid(unsafe_code)]

pub mod damage;
pub mod input;
pub mod rules;
pub mod small;
