//! The table of diagnostic codes of this crate: one line each, from which the manual is made.
//!
//! A code keeps its meaning for ever; a code that is no longer given stays reserved.

use crate::{Diagnostic, Severity};

/// A diagnostic code with what it means and how to mend it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// `T` and three digits.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What happened, one line.
    pub meaning: &'static str,
    /// How to mend it, one line.
    pub hint: &'static str,
}

impl Code {
    /// A diagnostic with this code, its severity and its hint; `message` quotes the value.
    pub fn diagnostic(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, self.severity, message).hint(self.hint)
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $severity:ident $meaning:literal $hint:literal;)*) => {
        $(
            #[doc = $meaning]
            pub const $name: Code = Code {
                code: $code,
                severity: Severity::$severity,
                meaning: $meaning,
                hint: $hint,
            };
        )*
        /// All codes of this crate, in order.
        pub const CODES: &[Code] = &[$($name),*];
    };
}

codes! {
    EMPTY "T001" Error
        "The file holds no text."
        "leave the file out or fetch it again";
    BINARY "T002" Error
        "The file is not in a format that can be read."
        "convert it to text, Markdown, HTML, PDF, DOCX or JSONL";
    FILE_TOO_LARGE "T003" Error
        "The file is larger than the limit."
        "split it, turn it into JSONL, or raise the limit on file size (--max-size)";
    TEXT_TOO_LARGE "T004" Error
        "The decoded text is larger than the limit."
        "split the document into several files";
    LINE_TOO_LONG "T005" Warning
        "A line is longer than the limit; it was kept and takes part in nothing."
        "check whether data were printed into the text";
    MALFORMED "T006" Warning
        "Some bytes make no character in the file's encoding; U+FFFD stands in their place."
        "save the file as UTF-8";
    NESTED_TOO_DEEP "T007" Error
        "Elements are nested deeper than the limit."
        "save the page's text from a browser";
    UNPACKED_TOO_LARGE "T008" Error
        "What is packed in the file unpacks to more than the limit."
        "do not trust the file; if it is sound, save its text and read that";
    ARCHIVE_BROKEN "T009" Error
        "The office document cannot be opened."
        "open and save it again in a word processor";
    ENCRYPTED "T010" Error
        "The file is protected by a password."
        "save a copy without password";
    NO_TEXT_LAYER "T011" Error
        "The PDF holds no text, only pictures of it."
        "run text recognition over it (such as ocrmypdf) and read the result";
    PDF_BROKEN "T012" Error
        "The PDF cannot be read."
        "print it to a new PDF or save its text";
    TOO_MANY_PAGES "T013" Error
        "The PDF has more pages than the limit."
        "split it into several files";
    RECORD_BROKEN "T014" Error
        "A line of the JSONL file is no record; the other lines were read."
        "each line needs a JSON object with the strings `id` and `text`";
    RECORD_WITHOUT_ID "T015" Warning
        "A record has no `id`; its line number stands for it."
        "give each record an `id` that stays the same from run to run";
    ID_TWICE "T016" Warning
        "Two records of the file have the same `id`; a number was added to the later one."
        "give each record its own `id`";
    FIELD_UNUSABLE "T017" Warning
        "A field of a record or a header has a value that cannot be used."
        "dates are written as 2015-06-22, languages as en, ja, ko";
    SIDE_CAR_BROKEN "T018" Warning
        "The side-car file cannot be used and was left aside."
        "write TOML with title, authors, outlet, place, date, language, url";
    SIDE_CAR_DIFFERS "T019" Note
        "The side-car's date is not the one in the document; the side-car's was taken."
        "check which of the two is right";
    NO_DATE "T020" Note
        "The document bears no date; nothing is counted from it."
        "give the date in a side-car file or with --date";
    DATE_IN_FUTURE "T021" Warning
        "The document's date lies in the future; it was kept."
        "check the date, or give the right one in a side-car file";
    DATE_AMBIGUOUS "T022" Warning
        "The order of day and month cannot be told; only the year was taken."
        "give the date in a side-car file or with --date";
    LANGUAGE_UNKNOWN "T023" Note
        "The text is in none of the languages that are coded."
        "if the language was taken wrongly, give it in a side-car file";
    NO_PROSE "T024" Warning
        "No running text was found; all lines were kept as content."
        "check whether the page holds an article";
    CHARSET_GUESSED "T025" Note
        "The encoding is not stated and was guessed."
        "save the file as UTF-8";
    CHARSET_WRONG "T026" Warning
        "The file is not in the encoding that it states."
        "save the file as UTF-8";
    REPEATED "T027" Note
        "A large part of the document stands in it twice; it counts once."
        "nothing to do; all places are kept";
    FRONT_MATTER_BROKEN "T028" Warning
        "The front matter cannot be read and was left aside."
        "write it as YAML pairs between --- or as TOML between +++";
    DATE_OF_FILE "T029" Note
        "The date comes from the properties of the file, for want of a better one."
        "check it, or give the date in a side-car file";
    MARKUP_REPAIRED "T030" Note
        "The page's markup is broken and was read as well as possible."
        "compare the text with the page";
    CONTROL_CHARACTERS "T031" Warning
        "The text holds control characters."
        "check whether the file was damaged";
    WORK_LIMIT "T032" Error
        "Reading the file would take more work than the limit allows."
        "split the document";
    DATES_DIFFER "T033" Note
        "The page states two dates that lie apart; the stated date of publication was taken."
        "check it, or give the date in a side-car file";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_unique() {
        for (index, code) in CODES.iter().enumerate() {
            assert_eq!(code.code, format!("T{:03}", index + 1));
            assert!(code.meaning.ends_with('.') && !code.hint.ends_with('.'));
        }
    }
}
