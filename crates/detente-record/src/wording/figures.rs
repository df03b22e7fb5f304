//! Figures of a text with their unit: amounts, shares, counts; no dates.

use detente_text::date::month_named;

/// The figures of `text` and the words behind them, in small letters: `(1e9, "yen")`.
pub(crate) fn figures(text: &str) -> Vec<(f64, String)> {
    let tokens: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "()[]\"“”".contains(c))
        .filter(|token| !token.is_empty())
        .collect();
    let mut found = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        let sign = token.starts_with(['$', '€', '£', '¥']);
        let bare = token.trim_matches(|c: char| !c.is_ascii_digit() && c != '%');
        let share = bare.ends_with('%');
        let digits = bare.trim_end_matches('%').replace(',', "");
        let Ok(mut value) = digits.parse::<f64>() else {
            continue;
        };
        let month = |token: Option<&&str>| {
            token.is_some_and(|word| {
                month_named(
                    &word
                        .trim_matches(|c: char| !c.is_alphabetic())
                        .to_lowercase(),
                )
                .is_some()
            })
        };
        let before = i.checked_sub(1).and_then(|i| tokens.get(i));
        let year = digits.len() == 4 && !bare.contains(',') && (1800.0..2100.0).contains(&value);
        // "12-15", "12th", "G7": no amounts.
        let glued = token.chars().any(char::is_alphabetic) || token.contains('-');
        if year && !share && !sign || glued || month(before) || month(tokens.get(i + 1)) {
            continue;
        }
        let mut at = i + 1;
        let word = |at: usize| -> String {
            tokens.get(at).map_or_else(String::new, |word| {
                word.trim_matches(|c: char| !c.is_alphanumeric())
                    .to_lowercase()
            })
        };
        if let Some(times) = magnitude(&word(at)) {
            value *= times;
            at += 1;
        }
        let unit = if share {
            "percent".to_owned()
        } else if sign {
            token.chars().take(1).collect()
        } else {
            word(at)
        };
        found.push((value, unit));
    }
    found
}

/// What a word of magnitude multiplies by.
fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" => 1e6,
        "billion" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts_and_no_dates() {
        let told =
            figures("On May 7, 2023 it paid 1 billion yen ($8.5 million), 3.5% of 2,000 tons");
        let told: Vec<(f64, &str)> = told.iter().map(|(v, u)| (*v, u.as_str())).collect();
        assert_eq!(
            told,
            [
                (1e9, "yen"),
                (8.5e6, "$"),
                (3.5, "percent"),
                (2000.0, "tons")
            ]
        );
    }
}
