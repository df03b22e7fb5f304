//! `detente brief`: a note on a time, each sentence with its evidence.

use std::{io::Write, path::PathBuf};

use clap::{Args, ValueEnum};
use detente_brief::{Inputs, Words, check, compose, docx, html, markdown};
use detente_codebook::Codebook;
use detente_text::date::Edtf;

use crate::{
    console::{self, Output},
    failure::{Done, Failure, Result},
    files::Whole,
    filter::{RecordArg, edtf},
};

/// Write a brief: state and chart, what changed, issues, channels, commitments, polls, chronology
///
/// Every sentence about the relationship has a footnote with quote, source, date and place in the
/// text, and is compared with the text before it is written: a brief with a sentence without
/// evidence is written nevertheless, says so in its box on method, and the command ends with 3. So it
/// does if a PDF file has signs for which the machine has no font; they are named.
/// Commitments, channels and contradictions are told as the ledgers keep them.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente brief --record jpn-kor.db --since 2019-07 --until 2019-12 > brief.md
  detente brief --record jpn-kor.db --since 2023 --until 2023 --format html --out brief.html
  detente brief --record jpn-kor.db --since 2018-10-30 --format docx --out brief.docx
  detente brief --record jpn-kor.db --since 2018-10-30 --format pdf --out brief.pdf")]
pub(crate) struct Brief {
    #[command(flatten)]
    record: RecordArg,

    /// First day, month or year
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    since: Edtf,

    /// Last day, month or year; the date of the newest document if not given
    #[arg(long, value_name = "DATE", value_parser = edtf)]
    until: Option<Edtf>,

    /// The form
    #[arg(long, short, value_enum, default_value_t = Format::Md)]
    format: Format,

    /// The file to write; standard output if not given
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Markdown with footnotes; the chart as a table
    Md,
    /// A page of its own with the chart
    Html,
    /// For word processors, with footnotes; the chart as a table
    Docx,
    #[cfg(feature = "pdf")]
    /// For paper and archives, with the chart; Japanese and Korean need fonts of the machine
    Pdf,
}

impl Brief {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let open = |flag: &str| {
            Failure::new(
                "D003",
                format!("{flag} needs a date with an end on that side"),
            )
            .hint("write a year, a month or a day: 2012, 2012-08, 2012-08-10")
        };
        let since = self.since.earliest().ok_or_else(|| open("--since"))?;
        let until = match self.until {
            Some(until) => until.latest().ok_or_else(|| open("--until"))?,
            None => record.newest()?.unwrap_or(since),
        };
        if until < since {
            return Err(Failure::new(
                "D003",
                format!("--until {until} lies before --since {since}"),
            )
            .hint("the record may end before that time; give --until"));
        }
        let book = Codebook::embedded();
        let inputs = Inputs::gather(&record, &book, since, until)?;
        let brief = compose(&inputs, &Words::of(&book));
        let mut trouble = None;
        let check = check(&brief, |document| {
            record.text(document).unwrap_or_else(|error| {
                trouble = Some(error);
                None
            })
        });
        if let Some(error) = trouble {
            return Err(error.into());
        }
        #[cfg_attr(
            not(feature = "pdf"),
            expect(unused_mut, reason = "only fonts can be missing")
        )]
        let mut whole = true;
        let bytes = match self.format {
            Format::Md => markdown(&brief, &check).into_bytes(),
            Format::Html => html(&brief, &check).into_bytes(),
            Format::Docx => docx(&brief, &check).map_err(|error| {
                Failure::new("D002", format!("the DOCX file cannot be made: {error}"))
            })?,
            #[cfg(feature = "pdf")]
            Format::Pdf => {
                let made = detente_brief::pdf(&brief, &check).map_err(|error| {
                    Failure::new("D002", format!("the PDF file cannot be made: {error}"))
                })?;
                whole = made.without_font.is_empty();
                if !whole {
                    console::say(&format!(
                        "{} signs have no font on this machine and are empty boxes in the file: {}\n  \
                         install one, on Debian: apt-get install fonts-noto-cjk",
                        made.without_font.len(),
                        made.without_font.iter().take(20).collect::<String>()
                    ));
                }
                made.bytes
            }
        };
        match &self.out {
            Some(path) => {
                let mut file = Whole::create(path)?;
                file.write_all(&bytes)?;
                file.finish()?;
                console::say(&format!("brief written to {}", path.display()));
            }
            None => {
                out.write_all(&bytes)?;
                out.flush()?;
            }
        }
        console::say(&check.line());
        for sentence in &check.without {
            console::say(&format!("  {sentence}"));
        }
        Ok(if check.without.is_empty() && whole {
            Done::All
        } else {
            Done::Partly
        })
    }
}
