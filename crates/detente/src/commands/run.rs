//! `detente run`: from folders to a record.

use std::{
    io::{IsTerminal, Write},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use clap::Args;
use detente_record::{Options, Progress, Record, Report, Rules, Stage, Walk};
use detente_text::Severity;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::timeline::Timeline;
use crate::{
    coding::{Coding, CodingArgs},
    console::{self, Output, bytes, count, counted},
    failure::{Done, Failure, Result},
    filter::RecordArg,
};

/// Read folders and bring the record up to date with them
///
/// Reads text, Markdown, HTML, PDF, DOCX and JSON Lines below the folders that are given, codes
/// what is new or changed, and merges reports of the same event. A changed document supersedes its
/// facts, a removed one is reported and kept. A run that is killed at any moment loses nothing that
/// was committed: start the same command again.
///
/// What is known about a file besides its text can stand beside it as FILE.meta.toml (title,
/// author, outlet, place, date, language, url).
#[derive(Args)]
#[command(
    after_long_help = "Exit code 3: some inputs were left out, each named with code and reason.

Examples:
  detente run news/ --record jpn-kor.db
  detente run news/ speeches/ report.pdf --record jpn-kor.db --threads 4
  detente run undated/ --record jpn-kor.db --date 2015-06-22
  detente run news/ --record jpn-kor.db --conllu other-parser.conllu
  detente run news/ --record jpn-kor.db --dry-run"
)]
pub(crate) struct Run {
    /// Folders and files to read
    #[arg(required = true, value_name = "FOLDER")]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    coding: CodingArgs,

    /// Threads that read and code; as many as there are processors if not given
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// Greatest size of a file (of a line in JSON Lines), in MiB
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=4095))]
    max_size: Option<u64>,

    /// Say what would be read, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Print the chronology of the record when done, as `detente timeline` does
    #[arg(long)]
    timeline: bool,

    /// No progress, no report: only errors and warnings
    #[arg(long, short)]
    quiet: bool,

    /// Greatest size of the record in pages of 4 KiB
    #[arg(long, value_name = "N", hide = true)]
    max_pages: Option<u32>,
}

/// Diagnostics shown in full; the record has them all.
const SHOWN: usize = 20;

impl Run {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let coding = Coding::new(&self.coding, self.max_size.map(|size| size << 20))?;
        let rules = Rules {
            skip: std::slice::from_ref(&self.record.record),
            readable: &detente_text::is_readable_name,
        };
        let found = detente_record::walk(&self.inputs, &rules)
            .map_err(|(path, error)| Failure::file(&path, &error))?;
        if self.dry_run {
            return dry_run(&found, out);
        }
        let mut record = Record::create(&self.record.record, &self.coding.dyad)?;
        if let Some(dyad) = record.meta("dyad")?
            && dyad != self.coding.dyad
        {
            let what = format!(
                "the record `{}` is about {dyad}, not {}",
                self.record.record.display(),
                self.coding.dyad
            );
            return Err(Failure::new("D006", what).hint(format!(
                "give --dyad {dyad}, or another record with --record"
            )));
        }
        let stop = stop_on_interrupt();
        let threads = self.threads.map_or_else(processors, usize::from);
        let options = Options {
            threads,
            limit: coding.limit(),
            stop: &stop,
            pages: self.max_pages,
        };
        let began = Instant::now();
        let mut meter = Meter::new(self.quiet);
        let result = detente_record::run(&mut record, &found, &coding, &options, &mut |progress| {
            meter.tell(progress);
        });
        meter.clear();
        let report = result?;
        tell_diagnostics(&report);
        if !self.quiet {
            tell_notes(&report);
            self.tell_report(&report, &found, began.elapsed());
        }
        if report.interrupted {
            let failure = Failure::new("D007", "interrupted; everything read so far is committed");
            return Err(failure.hint("start the same command again: it goes on where it stopped"));
        }
        if self.timeline {
            Timeline::of(self.record).print(&record, out)?;
        }
        Ok(if report.is_partial() {
            Done::Partly
        } else {
            Done::All
        })
    }

    /// What was read, found, merged, left out and why, and what to do next.
    fn tell_report(&self, report: &Report, found: &Walk, took: Duration) {
        let mut lines = Vec::new();
        let mut row = |name: &str, text: String| lines.push(format!("  {name:<11} {text}"));
        row(
            "read",
            format!(
                "{} new, {} changed, {} unchanged ({:.1} s)",
                count(report.new),
                count(report.changed),
                count(report.unchanged),
                took.as_secs_f64()
            ),
        );
        row(
            "found",
            format!(
                "{} in {}{}",
                counted(report.facts, "fact", "facts"),
                counted(report.documents, "document", "documents"),
                match report.superseded_facts {
                    0 => String::new(),
                    n => format!("; {} superseded", count(n)),
                }
            ),
        );
        row(
            "merged",
            format!(
                "{} into {}; {} printed before elsewhere",
                counted(report.reports, "report", "reports"),
                counted(report.events, "event", "events"),
                counted(report.duplicates, "fact", "facts"),
            ),
        );
        if report.refused > 0 {
            row(
                "refused",
                format!(
                    "{} by the quote rule",
                    counted(report.refused, "fact", "facts")
                ),
            );
        }
        if report.left_out > 0 {
            row(
                "left out",
                format!(
                    "{}, named above",
                    counted(report.left_out, "input", "inputs")
                ),
            );
        }
        if found.hidden > 0 || !found.other_kinds.is_empty() {
            let mut kinds: Vec<String> = found
                .other_kinds
                .iter()
                .map(|(extension, n)| match extension.as_str() {
                    "" => format!("{} without extension", count(*n)),
                    extension => format!("{} .{extension}", count(*n)),
                })
                .collect();
            if found.hidden > 0 {
                kinds.push(format!("{} hidden", count(found.hidden)));
            }
            row("passed over", kinds.join(", "));
        }
        if !report.missing.is_empty() {
            let some: Vec<&str> = report.missing.iter().take(5).map(String::as_str).collect();
            let more = if report.missing.len() > some.len() {
                ", …"
            } else {
                ""
            };
            row(
                "missing",
                format!(
                    "{} read before and gone now; facts kept: {}{more}",
                    counted(report.missing.len() as u64, "input", "inputs"),
                    some.join(", ")
                ),
            );
        }
        if !report.codes.is_empty() {
            let codes: Vec<String> = report
                .codes
                .iter()
                .map(|(code, (n, _))| format!("{code} ×{}", count(*n)))
                .collect();
            row("noticed", codes.join(", "));
        }
        row("record", self.record.record.display().to_string());
        if !report.interrupted {
            row(
                "next",
                format!("detente timeline --record {}", self.record.record.display()),
            );
        }
        console::say(&lines.join("\n"));
    }
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The first Ctrl-C ends the run at the next commit, a second one at once.
fn stop_on_interrupt() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let set = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    if let Err(error) = set {
        console::say(&format!("Ctrl-C will end the run at once: {error}"));
    }
    stop
}

fn dry_run(found: &Walk, out: &mut Output) -> Result {
    let mut size = 0;
    for file in &found.found {
        size += file.size;
        writeln!(out, "{}", file.path)?;
    }
    for (_, path, problem) in &found.problems {
        console::say(&console::diagnostic(path, None, problem));
    }
    console::say(&format!(
        "{}, {}; nothing was read or changed",
        counted(found.found.len() as u64, "file", "files"),
        bytes(size)
    ));
    let left_out = found
        .problems
        .iter()
        .any(|(_, _, p)| p.severity == Severity::Error);
    Ok(if left_out { Done::Partly } else { Done::All })
}

/// Errors first, so that they are not lost among warnings.
fn tell_diagnostics(report: &Report) {
    let of = |severity: Severity| {
        report
            .seen
            .iter()
            .filter(move |seen| seen.diagnostic.severity == severity)
    };
    for seen in of(Severity::Error).chain(of(Severity::Warning)).take(SHOWN) {
        console::say(&console::diagnostic(
            &seen.path,
            seen.line,
            &seen.diagnostic,
        ));
    }
    let all: u64 = report
        .codes
        .values()
        .filter(|(_, severity)| *severity > Severity::Note)
        .map(|(n, _)| n)
        .sum();
    if all > SHOWN as u64 {
        console::say(&format!(
            "… and {} more: SELECT path, line, code, message FROM diagnostic WHERE run_id = {}",
            count(all - SHOWN as u64),
            report.run_id
        ));
    }
}

/// One note of each code, so that each says what it means and how to mend it, once.
fn tell_notes(report: &Report) {
    for note in &report.notes {
        console::say(&console::diagnostic(
            &note.path,
            note.line,
            &note.diagnostic,
        ));
    }
}

/// Shows progress: a bar on a terminal, else a line now and then.
struct Meter {
    bar: Option<ProgressBar>,
    lines: bool,
    last: Instant,
}

/// Time between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

impl Meter {
    fn new(quiet: bool) -> Self {
        let terminal = std::io::stderr().is_terminal();
        let bar = (terminal && !quiet).then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
            let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {msg}  {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar
        });
        Self {
            bar,
            lines: !terminal && !quiet,
            last: Instant::now(),
        }
    }

    fn tell(&mut self, progress: Progress) {
        let message = || match progress.stage {
            Stage::Coding => format!(
                "{}, {}, {} unchanged, {} left out",
                counted(progress.documents, "document", "documents"),
                counted(progress.facts, "fact", "facts"),
                count(progress.unchanged),
                count(progress.left_out)
            ),
            Stage::Merging => "merging reports".to_owned(),
        };
        if let Some(bar) = &self.bar {
            bar.set_length(progress.all_bytes.max(1));
            bar.set_position(progress.bytes);
            // Making the message for each of thousands of unchanged files would cost more than
            // skipping them.
            if self.last.elapsed() > Duration::from_millis(100) || progress.stage == Stage::Merging
            {
                bar.set_message(message());
                self.last = Instant::now();
            }
        } else if self.lines && self.last.elapsed() > LINE_EVERY {
            let percent = progress.bytes * 100 / progress.all_bytes.max(1);
            console::say(&format!("{percent:>3} %  {}", message()));
            self.last = Instant::now();
        }
    }

    fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
