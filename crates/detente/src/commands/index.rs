//! `detente index`: the relationship in numbers, month by month.

use std::{io::Write, path::PathBuf};

use clap::Args;
use detente_codebook::Codebook;
use detente_exchange::csv_field;
use detente_measure::{
    Accuracy, Break, BreakOptions, Counted, Direction, Gathered, IndexOptions, Interval, Month,
    Series, Source, breaks, chart, index, one_a_day,
};
use detente_record::{Parties, Record};
use serde_json::json;

use crate::{
    console::{self, Output, QUIET, STRONG},
    failure::{Done, Failure, Result},
    files::Whole,
    filter::{FilterArgs, RecordArg},
};

/// Columns of a bar on either side of zero.
const SIDE: usize = 20;

/// The monthly index of the two: mean PLOVER intensity with a band, and changes of level
///
/// Merged events between the two count in the month that holds their date: those asserted, and
/// those told as history at their own date. Where nothing was reported the month is blank, not
/// zero. The band says how far the mean may lie from what more documents would tell, with the
/// coder's measured error taken out; the rules stand at the head of
/// crates/detente-measure/src/band.rs. An act without a target counts if its sentence names the
/// other member.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente index --record jpn-kor.db --from 2018 --to 2020
  detente index --record jpn-kor.db --directed --csv > index.csv
  detente index --record jpn-kor.db --issue export_controls --svg index.svg
  detente index --record jpn-kor.db --events > events.csv   # the events that count, one a row")]
pub(crate) struct Index {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    filter: FilterArgs,

    #[command(flatten)]
    measure: MeasureArgs,

    /// Each towards the other, beside both together
    #[arg(long)]
    directed: bool,

    /// Everything with the ids of the facts behind each point, as one JSON object
    #[arg(long, conflicts_with_all = ["csv", "events"])]
    json: bool,

    /// One row a month and direction
    #[arg(long, conflicts_with = "events")]
    csv: bool,

    /// The events that count, as CSV, in place of the index
    #[arg(long)]
    events: bool,

    /// Also draws a chart into this file
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
}

/// How events become an index.
#[derive(Args)]
#[command(next_help_heading = "How to measure")]
pub(crate) struct MeasureArgs {
    /// Of events of one date with the same sides and root count the first only
    #[arg(long)]
    one_a_day: bool,

    /// Months after which an event weighs half in the state
    #[arg(long, value_name = "MONTHS", default_value_t = 6.0, value_parser = half_life)]
    half_life: f64,

    /// Share of coded events that are right, for the band [default: as measured]
    #[arg(long, value_name = "SHARE", value_parser = share)]
    precision: Option<f64>,

    /// Seed of the draws that make the band
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
}

fn half_life(text: &str) -> std::result::Result<f64, String> {
    let value: f64 = text
        .parse()
        .map_err(|_| "not a number of months".to_owned())?;
    (value > 0.0 && value.is_finite())
        .then_some(value)
        .ok_or_else(|| "must be above 0".to_owned())
}

fn share(text: &str) -> std::result::Result<f64, String> {
    let value: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    (value > 0.0 && value <= 1.0)
        .then_some(value)
        .ok_or_else(|| "must be above 0 and at most 1".to_owned())
}

/// What is measured, and how.
pub(crate) struct Measured {
    pub(crate) dyad: (String, String),
    pub(crate) gathered: Gathered,
    pub(crate) options: IndexOptions,
}

impl MeasureArgs {
    /// The events that count.
    pub(crate) fn measured(&self, record: &Record, filter: &FilterArgs) -> Result<Measured> {
        if !filter.kind.is_empty() || filter.limit.is_some() {
            let flag = if filter.limit.is_some() {
                "--limit"
            } else {
                "--kind"
            };
            return Err(Failure::new(
                "D003",
                format!("an index is made of all events: {flag} has no use here"),
            )
            .hint("narrow it by --actor, --issue, --channel, --root, --document or dates"));
        }
        let question = filter.filter()?;
        let source = Source::new(record, Parties::of(&Codebook::embedded().actors))?;
        let mut gathered = source.events(record, &question)?;
        if self.one_a_day {
            gathered.events = one_a_day(&gathered.events);
        }
        let (first, second) = source.dyad();
        Ok(Measured {
            dyad: (first.clone(), second.clone()),
            gathered,
            options: IndexOptions {
                from: question.from.map(Month::of),
                to: question.to.map(Month::of),
                half_life: self.half_life,
                precision: self
                    .precision
                    .unwrap_or_else(|| Accuracy::measured().precision),
                seed: self.seed,
                ..IndexOptions::default()
            },
        })
    }
}

impl Index {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let measured = self.measure.measured(&record, &self.filter)?;
        let Measured {
            dyad,
            gathered,
            options,
        } = &measured;
        if self.events {
            events(&gathered.events, options, out)?;
            return Ok(Done::All);
        }
        let directions: &[Direction] = if self.directed {
            &[Direction::Joint, Direction::Forward, Direction::Back]
        } else {
            &[Direction::Joint]
        };
        let series: Vec<Series> = directions
            .iter()
            .map(|direction| index(&gathered.events, *direction, options))
            .collect();
        let changes = breaks(&series[0], &BreakOptions::default());
        if let Some(path) = &self.svg {
            let overview = chart::Overview {
                id: "index",
                dyad: (&dyad.0, &dyad.1),
                href: &|_, _| None,
            };
            let mut file = Whole::create(path)?;
            let svg = overview.chart(&series, &changes, &[]).svg();
            file.write_all(chart::standalone(&svg).as_bytes())?;
            file.finish()?;
            console::say(&format!("chart written to {}", path.display()));
        }
        if self.json {
            let object = json!({
                "dyad": format!("{}-{}", dyad.0, dyad.1),
                "half_life": options.half_life,
                "precision": options.precision,
                "precision_source": Accuracy::measured().source,
                "level": options.level,
                "replicates": options.replicates,
                "seed": options.seed,
                "one_a_day": self.measure.one_a_day,
                "left_out": gathered.left_out,
                "series": series,
                "changes": changes,
            });
            writeln!(out, "{object}")?;
        } else if self.csv {
            csv(&series, out)?;
        } else {
            for one in &series {
                picture(one, dyad, out)?;
            }
            tell_changes(&changes, out)?;
        }
        out.flush()?;
        tell_coverage(&measured, &series[0]);
        Ok(Done::All)
    }
}

/// One row an event: what `docs/index.py` reads.
fn events(events: &[Counted], options: &IndexOptions, out: &mut Output) -> Result<()> {
    writeln!(
        out,
        "event,date,month,forward,back,source,target,root,intensity,issue,document,facts"
    )?;
    let shown =
        |m: Month| options.from.is_none_or(|from| m >= from) && options.to.is_none_or(|to| m <= to);
    for event in events.iter().filter(|e| shown(e.month)) {
        let fields = [
            event.event.clone(),
            event.date.clone(),
            event.month.to_string(),
            u8::from(event.forward).to_string(),
            u8::from(event.back).to_string(),
            event.source.join(";"),
            event.target.join(";"),
            event.root.clone(),
            event.intensity.to_string(),
            event.issue.join(";"),
            event.document.clone(),
            event.facts.join(";"),
        ];
        writeln!(out, "{}", fields.each_ref().map(|f| csv_field(f)).join(","))?;
    }
    out.flush()?;
    Ok(())
}

fn csv(series: &[Series], out: &mut Output) -> Result<()> {
    writeln!(
        out,
        "direction,month,events,documents,reports,mean,mean_low,mean_high,sum,net_share,net_share_low,net_share_high,state,state_low,state_high,facts"
    )?;
    let number = |n: Option<f64>| n.map_or_else(String::new, |n| n.to_string());
    let low = |i: Option<Interval>| number(i.map(|i| i.low));
    let high = |i: Option<Interval>| number(i.map(|i| i.high));
    for one in series {
        for p in &one.points {
            let fields = [
                direction_name(one.direction).to_owned(),
                p.month.to_string(),
                p.events.to_string(),
                p.documents.to_string(),
                p.reports.to_string(),
                number(p.mean),
                low(p.mean_band),
                high(p.mean_band),
                number(p.sum),
                number(p.net_share),
                low(p.net_share_band),
                high(p.net_share_band),
                number(p.state),
                low(p.state_band),
                high(p.state_band),
                p.facts.join(";"),
            ];
            writeln!(out, "{}", fields.join(","))?;
        }
    }
    Ok(())
}

const fn direction_name(direction: Direction) -> &'static str {
    match direction {
        Direction::Joint => "joint",
        Direction::Forward => "forward",
        Direction::Back => "back",
    }
}

/// A row a month with a bar; a run of blank months is one row.
fn picture(series: &Series, dyad: &(String, String), out: &mut Output) -> Result<()> {
    let (a, b) = dyad;
    let title = match series.direction {
        Direction::Joint => format!("{a} and {b}"),
        Direction::Forward => format!("{a} → {b}"),
        Direction::Back => format!("{b} → {a}"),
    };
    writeln!(out, "{}", out.paint(STRONG, &title))?;
    let head = format!(
        "{:<8} {:>6} {:>6} {:>15} {:>6}  {:>SIDE$}│{:<SIDE$}",
        "month", "events", "mean", "90 % band", "state", "conflict ", " cooperation"
    );
    writeln!(out, "{}", out.paint(QUIET, head.trim_end()))?;
    for run in series
        .points
        .chunk_by(|a, b| a.mean.is_none() && b.mean.is_none())
    {
        let first = &run[0];
        let Some(mean) = first.mean else {
            let what = match run.len() {
                1 => "nothing reported".to_owned(),
                n => format!("nothing reported, {n} months"),
            };
            writeln!(out, "{:<8} {}", first.month, out.paint(QUIET, &what))?;
            continue;
        };
        let band = first
            .mean_band
            .map_or_else(String::new, |i| format!("{:.1} … {:.1}", i.low, i.high));
        let state = first.state.map_or_else(String::new, |s| format!("{s:.1}"));
        let bar = "█".repeat(((mean.abs() / 10.0) * SIDE as f64).round() as usize);
        let bar = if mean < 0.0 {
            format!("{bar:>SIDE$}│")
        } else {
            format!("{:SIDE$}│{bar}", "")
        };
        writeln!(
            out,
            "{:<8} {:>6} {mean:>6.1} {band:>15} {state:>6}  {bar}",
            first.month, first.events
        )?;
    }
    writeln!(out)?;
    Ok(())
}

fn tell_changes(changes: &[Break], out: &mut Output) -> Result<()> {
    for change in changes {
        writeln!(
            out,
            "change of level in {}: {:.1} → {:.1}, probability {:.2}",
            change.month, change.before, change.after, change.probability
        )?;
    }
    if changes.is_empty() {
        writeln!(out, "no change of level with a probability of 0.5 or more")?;
    }
    Ok(())
}

fn tell_coverage(measured: &Measured, joint: &Series) {
    let left_out = measured.gathered.left_out;
    let counted = console::counted(
        measured.gathered.events.len() as u64,
        "event counts",
        "events count",
    );
    console::say(&format!(
        "{counted}; left out: {} of other pairs or without sides, {} without root, {} without a month",
        left_out.other_pairs, left_out.no_root, left_out.no_month
    ));
    if joint.points.iter().all(|p| p.mean_band.is_none()) {
        console::say(&format!(
            "no band: too few months have two documents to tell how far documents differ ({} differences, 12 needed)",
            joint.pool
        ));
    } else {
        console::say(&format!(
            "the band takes {:.2} of coded events to be right ({})",
            measured.options.precision,
            if measured.options.precision == Accuracy::measured().precision {
                Accuracy::measured().source
            } else {
                "as given".to_owned()
            }
        ));
    }
}
