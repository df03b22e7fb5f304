//! Figures with their units: percent, shares in words, money, points, counts.

use detente_text::date::DateForm;

use crate::{Value, times::Words};

/// What kind of figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AmountKind {
    /// `52 percent`, `52%`; also `two-thirds`, `six in ten`, `a majority`.
    Percent,
    /// `2.8 percent of GDP`
    PercentOfGdp,
    /// `5 points`
    Points,
    /// `$3.2 billion`
    Money(&'static str),
    /// `three times`, `twofold`
    Times,
    /// A bare number.
    Count,
}

/// At least, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    None,
    Below,
    Above,
}

/// A figure in a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    /// First word, an "about" or "more than" before it included.
    pub(super) first: usize,
    /// First word of the figure itself.
    pub(super) figure: usize,
    /// One past the last word.
    pub(super) next: usize,
    pub(super) number: f64,
    pub(super) limit: Limit,
    pub(super) kind: AmountKind,
}

impl Amount {
    /// The value as the record keeps it.
    pub(super) fn value(&self) -> Value {
        match self.limit {
            Limit::None => Value::Number(self.number),
            Limit::Below => Value::Text(format!("<{}", self.number)),
            Limit::Above => Value::Text(format!(">{}", self.number)),
        }
    }

    pub(super) fn is_share(&self) -> bool {
        self.kind == AmountKind::Percent
    }
}

/// All figures of a sentence in order; dates are none.
pub(super) fn amounts(words: &Words) -> Vec<Amount> {
    let mut found: Vec<Amount> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match at(words, i) {
            Some(mut amount) => {
                let free = found.last().map_or(0, |a| a.next);
                (amount.first, amount.limit) = before(words, amount.figure, free, amount.limit);
                i = amount.next.max(i + 1);
                found.push(amount);
            }
            None => i += 1,
        }
    }
    found
}

fn at(words: &Words, i: usize) -> Option<Amount> {
    let amount = |next, number, kind| {
        Some(Amount {
            first: i,
            figure: i,
            next,
            number,
            limit: Limit::None,
            kind,
        })
    };
    if let Some((number, next)) = share_in_words(words, i) {
        let mut found = amount(next, number, AmountKind::Percent)?;
        if words.is(next - 1, "majority") {
            found.limit = Limit::Above;
        }
        return Some(found);
    }
    if let Some((sign, number_at)) = currency_sign(words, i) {
        let (number, next) = words.number(number_at)?;
        return amount(next, number, AmountKind::Money(sign));
    }
    if words.any(i, &["a", "an", "one"]) && words.list.get(i + 1).is_some() && words.low(i) != "one"
    {
        // "a hundred", "a million" only.
        words.number(i).filter(|n| n.0 >= 100.0)?;
    }
    // A year stays a year unless a unit follows.
    // No year that is talked of here has three digits.
    let as_year = words.date(i).is_some_and(|d| d.form == DateForm::Year) && words.raw(i).len() > 3;
    let (number, next) = words.number(i)?;
    let mut unit_at = next + usize::from(words.hyphen(next));
    if words.is_sign(next, "%") {
        return percent(words, i, next + 1, number);
    }
    if words.any(unit_at, &["percent", "pct"]) {
        return percent(words, i, unit_at + 1, number);
    }
    if words.all(unit_at, &["per", "cent"]) {
        return percent(words, i, unit_at + 2, number);
    }
    if words.is(unit_at, "percentage") {
        unit_at += 1 + usize::from(words.hyphen(unit_at + 1));
        return words
            .any(unit_at, &["point", "points"])
            .then(|| amount(unit_at + 1, number, AmountKind::Points))?;
    }
    if words.any(unit_at, &["point", "points"]) {
        return amount(unit_at + 1, number, AmountKind::Points);
    }
    if words.any(unit_at, &["times", "fold"]) {
        return amount(unit_at + 1, number, AmountKind::Times);
    }
    if let Some(unit) = currency_word(words, unit_at) {
        let long = usize::from(words.any(unit_at, &["us", "u.s.", "american"]));
        return amount(unit_at + 1 + long, number, AmountKind::Money(unit));
    }
    (!as_year).then(|| amount(next, number, AmountKind::Count))?
}

fn percent(words: &Words, i: usize, next: usize, number: f64) -> Option<Amount> {
    // "a 12 percentage point rise" was read above; "percent of GDP" names the whole.
    let mut of = next;
    if words.is(of, "of") {
        of += 1;
        of += usize::from(words.any(of, &["the", "its", "their"]));
        of += usize::from(words.is(of, "country") && words.is(of + 1, "'s")) * 2;
        let product = [
            &["gdp"][..],
            &["gnp"],
            &["gross", "domestic", "product"],
            &["gross", "national", "product"],
        ];
        if let Some(name) = product.iter().find(|name| words.all(of, name)) {
            return Some(Amount {
                first: i,
                figure: i,
                next: of + name.len(),
                number,
                limit: Limit::None,
                kind: AmountKind::PercentOfGdp,
            });
        }
    }
    Some(Amount {
        first: i,
        figure: i,
        next,
        number,
        limit: Limit::None,
        kind: AmountKind::Percent,
    })
}

/// `two-thirds`, `a quarter of`, `half of`, `six in ten`, `one out of five`, `a majority of`
fn share_in_words(words: &Words, i: usize) -> Option<(f64, usize)> {
    let article = i + usize::from(words.any(i, &["a", "an", "the"]));
    let of = |next: usize| words.is(next, "of");
    let sized = words.any(
        article,
        &[
            "clear",
            "large",
            "slim",
            "narrow",
            "small",
            "overwhelming",
            "vast",
            "bare",
            "solid",
            "strong",
            "slight",
            "great",
            "wide",
            "big",
            "comfortable",
        ],
    );
    let majority = article + usize::from(sized);
    if words.is(majority, "majority") && of(majority + 1) && article == i + 1 {
        return Some((50.0, majority + 1));
    }
    if words.is(i, "half")
        && (of(i + 1)
            || words.any(
                i + 1,
                &["the", "said", "say", "believe", "think", "thought"],
            ))
    {
        return Some((50.0, i + 1));
    }
    let (top, next) = match words.count(i) {
        Some(found) => found,
        None if article == i + 1 && words.is(i, "a") => (1, i + 1),
        None => return None,
    };
    let part = next + usize::from(words.hyphen(next));
    let divisor = match words.low(part) {
        "third" | "thirds" => 3,
        "quarter" | "quarters" | "fourths" => 4,
        "fifth" | "fifths" => 5,
        "tenth" | "tenths" => 10,
        _ => 0,
    };
    let compares = words.any(part + 1, &["more", "less", "fewer", "higher", "lower"]);
    if divisor > top && (of(part + 1) || compares || words.low(part).ends_with('s')) {
        return Some((round(f64::from(top) * 100.0 / f64::from(divisor)), part + 1));
    }
    // six in ten, one in every five, three out of four
    let mut whole_at = next;
    whole_at += match () {
        () if words.all(next, &["out", "of"]) => 2,
        () if words.is(next, "in") => 1,
        () => return None,
    };
    whole_at += usize::from(words.is(whole_at, "every"));
    if words.date(whole_at).is_some() {
        return None;
    }
    let (whole, end) = words.count(whole_at)?;
    let unit_of_time = matches!(
        words.low(end).trim_end_matches('s'),
        "year" | "month" | "week" | "day" | "decade" | "quarter" | "hour"
    );
    (top < whole && whole <= 100 && matches!(whole, 3 | 4 | 5 | 10 | 20 | 100) && !unit_of_time)
        .then(|| (round(f64::from(top) * 100.0 / f64::from(whole)), end))
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// `$`, `US$`, `¥`, `€`, `£`, `₩`
fn currency_sign(words: &Words, i: usize) -> Option<(&'static str, usize)> {
    let prefix = usize::from(words.any(i, &["us", "u.s."]) && words.is_sign(i + 1, "$"));
    let code = match words.sign(i + prefix)? {
        '$' => "USD",
        '¥' | '￥' => "JPY",
        '€' => "EUR",
        '£' => "GBP",
        '₩' => "KRW",
        _ => return None,
    };
    Some((code, i + prefix + 1))
}

fn currency_word(words: &Words, i: usize) -> Option<&'static str> {
    let at = i + usize::from(words.any(i, &["us", "u.s.", "american"]));
    Some(match words.low(at) {
        "dollar" | "dollars" => "USD",
        "yen" => "JPY",
        "won" => "KRW",
        "yuan" | "renminbi" => "CNY",
        "euro" | "euros" => "EUR",
        "pounds" => "GBP",
        _ => return None,
    })
}

/// Words before a figure that limit it or say "about".
fn before(words: &Words, figure: usize, free: usize, own: Limit) -> (usize, Limit) {
    let back = |n: usize| figure.checked_sub(n).filter(|at| *at >= free);
    if let Some(at) = back(2) {
        let than = words.is(at + 1, "than");
        let limit = match words.low(at) {
            "less" | "lower" | "fewer" | "smaller" if than => Limit::Below,
            "more" | "greater" | "higher" | "larger" | "over" if than => Limit::Above,
            "at" if words.is(at + 1, "least") => Limit::Above,
            "up" if words.is(at + 1, "to") => Limit::None,
            "well" if words.is(at + 1, "over") => Limit::Above,
            "just" if words.any(at + 1, &["under", "below"]) => Limit::Below,
            "just" if words.any(at + 1, &["over", "above"]) => Limit::Above,
            _ => Limit::None,
        };
        if limit != Limit::None {
            return (at, limit);
        }
    }
    match back(1) {
        Some(at) => match words.low(at) {
            "under" | "below" => (at, Limit::Below),
            "over" | "above" | "exceeding" | "exceeded" | "exceeds" => (at, Limit::Above),
            "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately"
            | "only" | "just" => (at, own),
            _ => (figure, own),
        },
        None => (figure, own),
    }
}

#[cfg(test)]
mod tests {
    use detente_text::date::DayMonthOrder;

    use super::*;

    #[test]
    fn reads_figures_with_units() {
        use AmountKind::{Count, Money, Percent, PercentOfGdp, Points, Times};
        let cases = [
            ("52 percent", 52.0, Percent),
            ("52.5%", 52.5, Percent),
            ("two-thirds of them", 66.7, Percent),
            ("six in ten", 60.0, Percent),
            ("one out of five", 20.0, Percent),
            ("half of", 50.0, Percent),
            ("2.8 percent of its GDP", 2.8, PercentOfGdp),
            ("5 percentage points", 5.0, Points),
            ("$3.2 billion", 3.2e9, Money("USD")),
            ("5.3 trillion yen", 5.3e12, Money("JPY")),
            ("three times", 3.0, Times),
            ("28,500 troops", 28_500.0, Count),
        ];
        for (text, number, kind) in cases {
            let found = amounts(&Words::new(text, DayMonthOrder::Unknown));
            assert_eq!((found[0].number, found[0].kind), (number, kind), "{text}");
        }
    }

    #[test]
    fn limits_and_what_is_no_figure() {
        let all = |text| amounts(&Words::new(text, DayMonthOrder::Unknown));
        assert_eq!(
            all("lower than 3 percent of the GDP")[0].value(),
            Value::Text("<3".into())
        );
        assert_eq!(
            all("more than half of voters")[0].value(),
            Value::Text(">50".into())
        );
        assert_eq!(
            all("a majority of Koreans")[0].value(),
            Value::Text(">50".into())
        );
        assert!(all("in 2015, for the first time in May 2012").is_empty());
        assert!(all("two in 2015").iter().all(|a| !a.is_share()));
    }
}
