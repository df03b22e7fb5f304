//! Dates in figures: `2015-06-22`, `2015/6/22`, `05-15-2015`, ISO timestamps.

use super::{
    atom::{Atom, Part},
    english::full_year,
    find::DayMonthOrder,
    tokens::Tokens,
};

/// The date in figures that starts at `index`.
pub(super) fn at(tokens: &Tokens, index: usize, order: DayMonthOrder) -> Option<Atom> {
    let (first, digits) = tokens.number(index)?;
    // Part of a longer figure or name: 12.2015.6, A2015-06.
    if tokens.joined(index)
        && (tokens.is_sign(index - 1, "-/.:,") || !tokens.word(index - 1).is_empty())
    {
        return None;
    }
    let separator = tokens.sign(index + 1).filter(|c| "-/.‐‑–".contains(*c))?;
    let tight = tokens.joined(index + 1) && tokens.joined(index + 2);
    let loose = separator == '.' && tokens.joined(index + 1);
    if !tight && !loose {
        return None;
    }
    let (second, second_digits) = tokens.number(index + 2).filter(|n| n.1 <= 2)?;
    let third = (tokens.sign(index + 3) == Some(separator)
        && tokens.joined(index + 3)
        && (tight == tokens.joined(index + 4) || loose))
        .then(|| tokens.number(index + 4))
        .flatten();
    if digits == 4 {
        let year = full_year_value(first)?;
        return match third {
            Some((day, 1 | 2)) => {
                let part = Part::new(Some(year), small(second), small(day))?;
                small(second).zip(small(day))?;
                Some(Atom::new(
                    index,
                    after_day(tokens, index + 5, separator),
                    part,
                ))
            }
            None if second_digits == 2 && separator == '-'
                || separator == '/' && (1..=12).contains(&second) =>
            {
                small(second)?;
                Some(Atom::new(
                    index,
                    index + 3,
                    Part::new(Some(year), small(second), None)?,
                ))
            }
            _ => None,
        };
    }
    let (year, year_digits) = third?;
    if digits > 2 || loose && !tight {
        return None;
    }
    let (a, b) = (small(first)?, small(second)?);
    let end = index + 5;
    let part = |month, day| match year_digits {
        4 => full_year(tokens, index + 4).and_then(|y| Part::new(Some(y), month, day)),
        2 if separator != '.' => Part::short_year(year as i16, month, day),
        _ => None,
    };
    let day_first = || part(Some(b), Some(a));
    let month_first = || part(Some(a), Some(b));
    let found = match order {
        DayMonthOrder::DayFirst => day_first().or_else(month_first),
        DayMonthOrder::MonthFirst => month_first().or_else(day_first),
        DayMonthOrder::Unknown => match (day_first(), month_first()) {
            (Some(d), Some(m)) if d != m => {
                let mut atom = Atom::new(index, end, part(None, None)?);
                atom.ambiguous = true;
                return Some(atom);
            }
            (d, m) => d.or(m),
        },
    }?;
    Some(Atom::new(index, end, found))
}

fn full_year_value(value: u32) -> Option<i16> {
    (1000..2200).contains(&value).then_some(value as i16)
}

fn small(value: u32) -> Option<i8> {
    (1..=31).contains(&value).then_some(value as i8)
}

/// Past the time of day of a timestamp, or past the last point of `2023.5.7.`
fn after_day(tokens: &Tokens, mut next: usize, separator: char) -> usize {
    let colon = |at: usize| tokens.is_sign(at, ":") && tokens.number(at + 1).is_some();
    if tokens.is_word(next, "T") && tokens.joined(next) && tokens.number(next + 1).is_some() {
        next += 2;
        while colon(next) {
            next += 2;
        }
        if tokens.is_sign(next, ".") && tokens.joined(next + 1) && tokens.number(next + 1).is_some()
        {
            next += 2;
        }
        if tokens.is_word(next, "Z") {
            next += 1;
        } else if tokens.is_sign(next, "+-")
            && tokens.joined(next)
            && tokens.number(next + 1).is_some()
        {
            next += 2;
            while colon(next) {
                next += 2;
            }
        }
    } else if separator == '.'
        && tokens.is_sign(next, ".")
        && tokens.joined(next)
        && tokens.number(next + 1).is_none()
    {
        let spaced_out = tokens.at(next - 1).is_some_and(|t| t.spaced);
        // The point of the Korean form; in `2023.5.7.` at the end of a sentence it does no harm.
        next += usize::from(spaced_out || tokens.is_sign(next + 1, ")~"));
    }
    next
}
