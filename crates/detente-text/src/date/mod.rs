//! Dates as the record keeps them (Extended Date/Time Format, levels 0 and 1) and the finder of
//! calendar dates in English, Japanese and Korean text.

mod atom;
mod east_asian;
mod edtf;
mod english;
mod find;
mod names;
mod numeric;
mod tokens;

pub use edtf::{Edtf, EdtfError, End, Point};
pub use find::{DateForm, DayMonthOrder, FoundDate, YearStated, find_explicit};
pub use names::{MONTHS, WEEKDAYS, month_named, weekday_named};

#[cfg(test)]
mod tests;
