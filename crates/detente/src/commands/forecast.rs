//! `detente forecast`: simple forecasts beside their baselines.

use std::io::Write;

use clap::{Args, ValueEnum};
use detente_measure::{Direction, Forecast as Made, Point, forecasts, index};
use serde_json::json;

use crate::{
    commands::index::MeasureArgs,
    console::{Output, QUIET, STRONG},
    failure::{Done, Failure, Result},
    filter::{FilterArgs, RecordArg},
    table::Table,
};

/// Name the months to come by simple methods, and how these did in the past
///
/// Last value, mean and seasonal (the same month of the year before) are baselines: what does not
/// beat them is of no use. Each method is asked at every past month with at least twelve reported
/// months before it, and compared with what came: mean absolute error (MAE), the same in units of
/// the mean step from month to month (MASE), and the share of values inside its 90 % interval.
#[derive(Args)]
#[command(after_long_help = "Examples:
  detente forecast --record jpn-kor.db
  detente forecast --record jpn-kor.db --of state --ahead 6
  detente forecast --record jpn-kor.db --directed --json")]
pub(crate) struct Forecast {
    #[command(flatten)]
    record: RecordArg,

    #[command(flatten)]
    filter: FilterArgs,

    #[command(flatten)]
    measure: MeasureArgs,

    /// What to forecast
    #[arg(long, value_enum, default_value_t = Of::Mean)]
    of: Of,

    /// Months ahead
    #[arg(long, value_name = "MONTHS", default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=24))]
    ahead: u8,

    /// Each towards the other, beside both together
    #[arg(long)]
    directed: bool,

    /// One JSON object a direction and line
    #[arg(long, conflicts_with = "csv")]
    json: bool,

    /// One row a direction, method and month to come
    #[arg(long)]
    csv: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// Mean PLOVER intensity of the month
    Mean,
    /// Sum of PLOVER intensities of the month
    Sum,
    /// Share of cooperation less share of conflict
    NetShare,
    /// Mean intensity with a half-life
    State,
}

impl Of {
    fn value(self, point: &Point) -> Option<f64> {
        match self {
            Self::Mean => point.mean,
            Self::Sum => point.sum,
            Self::NetShare => point.net_share,
            Self::State => point.state,
        }
    }
}

impl Forecast {
    pub(crate) fn carry_out(self, out: &mut Output) -> Result {
        let record = self.record.open()?;
        let measured = self.measure.measured(&record, &self.filter)?;
        let (a, b) = &measured.dyad;
        let mut directions = vec![(Direction::Joint, format!("{a} and {b}"))];
        if self.directed {
            directions.push((Direction::Forward, format!("{a} → {b}")));
            directions.push((Direction::Back, format!("{b} → {a}")));
        }
        if self.csv {
            writeln!(
                out,
                "direction,method,baseline,month,value,low,high,mae,mase,coverage,compared"
            )?;
        }
        for (direction, name) in directions {
            let series = index(&measured.gathered.events, direction, &measured.options);
            let Some(first) = series.points.first() else {
                return Err(Failure::new(
                    "D003",
                    "no event counts, so there is nothing to forecast",
                )
                .hint("`detente index` tells what was left out and why"));
            };
            let values: Vec<Option<f64>> = series.points.iter().map(|p| self.of.value(p)).collect();
            let made = forecasts(first.month, &values, usize::from(self.ahead), series.level);
            if self.json {
                let object =
                    json!({"direction": direction, "level": series.level, "forecasts": made});
                writeln!(out, "{object}")?;
            } else if self.csv {
                csv(&json!(direction).to_string().replace('"', ""), &made, out)?;
            } else {
                table(&name, &made, out)?;
            }
        }
        out.flush()?;
        Ok(Done::All)
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |v| v.to_string())
}

fn csv(direction: &str, made: &[Made], out: &mut Output) -> Result<()> {
    for one in made {
        for ahead in &one.ahead {
            let scores = &one.scores;
            let fields = [
                direction.to_owned(),
                one.method.as_str().to_owned(),
                u8::from(one.baseline).to_string(),
                ahead.month.to_string(),
                ahead.value.to_string(),
                number(ahead.band.map(|b| b.0)),
                number(ahead.band.map(|b| b.1)),
                number(scores.mae),
                number(scores.mase),
                number(scores.coverage),
                scores.compared.to_string(),
            ];
            writeln!(out, "{}", fields.join(","))?;
        }
    }
    Ok(())
}

fn table(name: &str, made: &[Made], out: &mut Output) -> Result<()> {
    writeln!(out, "{}", out.paint(STRONG, name))?;
    let mut table = Table::new(&["method", "MAE", "MASE", "in 90 %", "compared", "to come"]);
    let two = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| format!("{v:.2}"));
    for one in made {
        let ahead: Vec<String> = one
            .ahead
            .iter()
            .map(|a| {
                let band = a
                    .band
                    .map_or_else(String::new, |(l, h)| format!(" ({l:.1} … {h:.1})"));
                format!("{} {:.1}{band}", a.month, a.value)
            })
            .collect();
        let scores = &one.scores;
        table.push(vec![
            format!(
                "{}{}",
                one.method.as_str(),
                if one.baseline { " (baseline)" } else { "" }
            ),
            two(scores.mae),
            two(scores.mase),
            two(scores.coverage),
            scores.compared.to_string(),
            ahead.join(", "),
        ]);
    }
    table.print(QUIET, out)?;
    let mae = |f: &&Made| f.scores.mae.unwrap_or(f64::INFINITY);
    let best = made
        .iter()
        .filter(|f| f.scores.mae.is_some())
        .min_by(|a, b| mae(a).total_cmp(&mae(b)));
    match best {
        Some(best) if best.baseline => {
            writeln!(
                out,
                "no method beats the baseline `{}`",
                best.method.as_str()
            )?;
        }
        Some(best) => writeln!(out, "`{}` beats the baselines", best.method.as_str())?,
        None => writeln!(out, "too few reported months to score any method")?,
    }
    writeln!(out)?;
    Ok(())
}
