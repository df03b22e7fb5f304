//! When two values of a field are the same.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// True if `got` is what gold wants: names in any order of their words and without accents, one
/// common issue, equal numbers, else equal words whatever their case.
pub(super) fn same(field: &str, want: &Value, got: &Value) -> bool {
    if got.is_null() {
        return false;
    }
    match field {
        "source" | "target" => names(want) == names(got),
        "issue" => {
            let got = parts(got);
            parts(want).iter().any(|issue| got.contains(issue))
        }
        "value" => match (number(want), number(got)) {
            (Some(want), Some(got)) => (want - got).abs() < 1e-9,
            _ => text(want).to_lowercase() == text(got).to_lowercase(),
        },
        _ => text(want).to_uppercase() == text(got).to_uppercase(),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Bool(yes) => Some(f64::from(u8::from(*yes))),
        _ => None,
    }
}

fn parts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().map(text).collect(),
        other => text(other).split(';').map(str::to_owned).collect(),
    }
}

fn names(value: &Value) -> BTreeSet<BTreeSet<String>> {
    match value {
        Value::Array(list) => list.iter().map(|name| name_key(&text(name))).collect(),
        other => BTreeSet::from([name_key(&text(other))]),
    }
}

/// Words of a name without order, accents, case and hyphens.
fn name_key(name: &str) -> BTreeSet<String> {
    let plain: String = name
        .nfkd()
        .filter(|c| canonical_combining_class(*c) == 0)
        .collect::<String>()
        .to_lowercase()
        .replace('-', "")
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                ' '
            }
        })
        .collect();
    plain.split_whitespace().map(str::to_owned).collect()
}
