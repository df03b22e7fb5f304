//! The score as a table for people.

use super::{Counts, Score};

/// The table, one line for all kinds together, one for each kind, one for each field.
pub fn show(score: &Score) -> String {
    let mut out = line("all", &score.all);
    for (kind, counts) in &score.kinds.0 {
        out.push_str(&line(kind, counts));
    }
    for (field, right) in &score.fields.0 {
        out.push_str(&format!(
            "  {field:9} right on {:4} of {:4} matched  {:.3}\n",
            right.right, right.asked, right.accuracy
        ));
    }
    out.push_str(&format!(
        "quotes that are not the text at their offsets: {}",
        score.misquoted.len()
    ));
    if !score.misquoted.is_empty() {
        let some: Vec<String> = score.misquoted.iter().take(5).map(id).collect();
        out.push_str(&format!(" [{}]", some.join(", ")));
    }
    out.push('\n');
    out
}

fn id(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(id) => format!("'{id}'"),
        other => other.to_string(),
    }
}

fn line(name: &str, counts: &Counts) -> String {
    format!(
        "{name:11} gold {:4} predicted {:4} matched {:4}  P {:.3}  R {:.3}  F1 {:.3}\n",
        counts.gold, counts.predicted, counts.matched, counts.precision, counts.recall, counts.f1
    )
}
