//! Dates as the record keeps them: Extended Date/Time Format, levels 0 and 1.

mod edtf;

pub use edtf::{Edtf, EdtfError, End, Point};
