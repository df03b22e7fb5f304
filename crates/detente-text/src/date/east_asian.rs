//! Japanese and Korean dates: year, month, day, each with its unit; eras; decades; fiscal years.

use super::{
    atom::{Atom, Part, Third},
    find::DateForm,
    names::{ERAS, Era},
    tokens::Tokens,
};

const YEAR: &str = "年년";
const MONTH: &str = "月월";
const DAY: &str = "日일";
const RANGE: &str = "-–~〜～∼・·";

/// The date that starts at `index`.
pub(super) fn at(tokens: &Tokens, index: usize) -> Option<Atom> {
    era_year(tokens, index)
        .or_else(|| western_year(tokens, index))
        .or_else(|| month(tokens, index))
}

/// A figure followed at once (or after a space) by one of `units`.
fn unit(tokens: &Tokens, index: usize, units: &str) -> Option<(u32, u8)> {
    let number = tokens.number(index)?;
    tokens.is_sign(index + 1, units).then_some(number)
}

fn western_year(tokens: &Tokens, index: usize) -> Option<Atom> {
    let apostrophe = tokens.is_sign(index, "'’‘");
    let number = index + usize::from(apostrophe);
    // 2012~2013년, 2012～13年
    if let Some((from, 4)) = tokens.number(number)
        && tokens.is_sign(number + 1, RANGE)
        && let Some((to, digits)) = unit(tokens, number + 2, YEAR)
        && (1000..2200).contains(&from)
    {
        let to = if digits == 2 {
            from / 100 * 100 + to
        } else {
            to
        };
        let to = i16::try_from(to).ok()?;
        return Atom::range(
            index,
            number + 4,
            Part::new(Some(from as i16), None, None)?,
            Part::new(Some(to), None, None)?,
        );
    }
    let (value, digits) = unit(tokens, number, YEAR)?;
    if tokens.joined(number) && number > 0 && tokens.is_sign(number - 1, ".,") {
        return None;
    }
    let next = number + 2;
    match digits {
        4 if (1000..2200).contains(&value) => rest(
            tokens,
            index,
            next,
            Part::new(Some(value as i16), None, None)?,
        ),
        // Two digits count years unless an apostrophe or a month tells otherwise.
        2 if apostrophe || unit(tokens, next, MONTH).is_some_and(|(m, _)| m <= 12) => rest(
            tokens,
            index,
            next,
            Part::short_year(value as i16, None, None)?,
        ),
        _ => None,
    }
}

fn era_year(tokens: &Tokens, index: usize) -> Option<Atom> {
    let era = ERAS.iter().find(|era| {
        tokens.spells(index, era.name)
            || (!era.letter.is_empty()
                && tokens.word(index) == era.letter
                && tokens.joined(index + 1))
    })?;
    let lettered = tokens.word(index) == era.letter && !era.letter.is_empty();
    let number = index + if lettered { 1 } else { 2 };
    let (value, mut next) = if tokens.spells(number, "元年") {
        (1, number + 2)
    } else {
        let (value, digits) = tokens.number(number).filter(|n| n.1 <= 4)?;
        if lettered {
            return lettered_date(tokens, index, number, era, value);
        }
        let mut next = number + 1;
        // 주체112(2023)년
        if tokens.is_sign(next, "(（") && tokens.number(next + 1).is_some_and(|n| n.1 == 4) {
            next += 3;
        }
        if !tokens.is_sign(next, YEAR) || digits == 0 {
            return None;
        }
        (value, next + 1)
    };
    // 令和5(2023)年 is rare, 令和5年(2023年) common: the bracket repeats the year.
    if tokens.is_sign(next, "(（")
        && tokens.number(next + 1).is_some_and(|n| n.1 == 4)
        && tokens.is_sign(next + 2, YEAR)
        && tokens.is_sign(next + 3, ")）")
    {
        next += 4;
    }
    let year = i16::try_from(value).ok()?.checked_add(era.add)?;
    let atom = rest(tokens, index, next, Part::new(Some(year), None, None)?)?;
    within(era, year, atom)
}

/// `R5.5.7`, `H31.4.30`
fn lettered_date(
    tokens: &Tokens,
    index: usize,
    number: usize,
    era: &Era,
    value: u32,
) -> Option<Atom> {
    let separated = |at| tokens.is_sign(at, "./-") && tokens.joined(at) && tokens.joined(at + 1);
    if !separated(number + 1) || !separated(number + 3) {
        return None;
    }
    let (month, day) = (tokens.number(number + 2)?.0, tokens.number(number + 4)?.0);
    let year = i16::try_from(value).ok()?.checked_add(era.add)?;
    let part = Part::new(Some(year), i8::try_from(month).ok(), i8::try_from(day).ok())?;
    let atom = Atom::new(index, number + 5, part);
    (part.month.is_some() && part.day.is_some()).then_some(atom)
}

/// A whole year in which the era began or ended covers only its own months (平成31年 → January to
/// April 2019).
fn within(era: &Era, year: i16, mut atom: Atom) -> Option<Atom> {
    if atom.form != DateForm::Year {
        return Some(atom);
    }
    let months = if era.to.0 == year {
        (1, era.to.1)
    } else if era.from.0 == year {
        (era.from.1, 12)
    } else {
        return Some(atom);
    };
    let part = |m| Part::new(Some(year), Some(m), None);
    // An era year of one month (昭和64年 = January 1989) is that month.
    if months.0 == months.1 {
        atom.from = part(months.0)?;
        atom.form = DateForm::Month;
        return Some(atom);
    }
    Atom::range(atom.first, atom.next, part(months.0)?, part(months.1)?)
}

/// What follows a year: month and day, 度, 代, 前半 and the like.
fn rest(tokens: &Tokens, first: usize, next: usize, year: Part) -> Option<Atom> {
    if let Some((value, 1 | 2)) = unit(tokens, next, MONTH) {
        return month_rest(
            tokens,
            first,
            next,
            Part {
                month: i8::try_from(value).ok(),
                ..year
            },
        );
    }
    // A span of time, not a date: 2000年間, 2000년간.
    if tokens.is_sign(next, "間간余") && tokens.joined(next) {
        return None;
    }
    let mut atom = Atom::new(first, next, year);
    let month = |m| Part {
        month: Some(m),
        ..year
    };
    if tokens.is_sign(next, "代대") && tokens.joined(next) && year.year % 10 == 0 {
        atom.to = Some(Part {
            year: year.year + 9,
            ..year
        });
        atom.form = DateForm::Decade;
        atom.next = next + 1;
        return third_after(tokens, atom.next).map_or(Some(atom), |(third, after)| {
            Atom {
                next: after,
                ..atom
            }
            .third(third, first)
        });
    }
    if tokens.is_sign(next, "度") && tokens.joined(next) {
        let to = Part {
            year: year.year + 1,
            month: Some(3),
            ..year
        };
        return Atom::range(first, next + 1, month(4), to);
    }
    for (words, from, to) in HALVES {
        if ends_word(tokens, next, words) {
            return Atom::range(first, next + words.chars().count(), month(from), month(to));
        }
    }
    Some(atom)
}

/// Halves and quarters of a calendar year.
const HALVES: [(&str, i8, i8); 10] = [
    ("前半", 1, 6),
    ("後半", 7, 12),
    ("上半期", 1, 6),
    ("下半期", 7, 12),
    ("상반기", 1, 6),
    ("하반기", 7, 12),
    ("초반", 1, 4),
    ("초", 1, 4),
    ("중반", 5, 8),
    ("末", 9, 12),
];

/// True if `words` stand at `next` and a Korean word does not go on after them but with a particle
/// (2015년 초에, not 2015년 초등학교).
fn ends_word(tokens: &Tokens, next: usize, words: &str) -> bool {
    let after = next + words.chars().count();
    let goes_on = tokens.joined(after)
        && tokens
            .sign(after)
            .is_some_and(|c| ('가'..='힣').contains(&c) && !"에의부까엔이로".contains(c));
    tokens.spells(next, words) && !goes_on
}

fn third_after(tokens: &Tokens, next: usize) -> Option<(Third, usize)> {
    let forms = [
        ("上旬", Third::Early),
        ("初め", Third::Early),
        ("초순", Third::Early),
        ("초반", Third::Early),
        ("상순", Third::Early),
        ("前半", Third::Early),
        ("초", Third::Early),
        ("中旬", Third::Middle),
        ("半ば", Third::Middle),
        ("중순", Third::Middle),
        ("중반", Third::Middle),
        ("下旬", Third::Late),
        ("後半", Third::Late),
        ("하순", Third::Late),
        ("후반", Third::Late),
        ("末", Third::Late),
        ("말", Third::Late),
    ];
    forms
        .iter()
        .find(|(words, _)| ends_word(tokens, next, words))
        .map(|(words, third)| (*third, next + words.chars().count()))
}

fn month(tokens: &Tokens, index: usize) -> Option<Atom> {
    let (value, digits) = unit(tokens, index, MONTH)?;
    if digits > 2 || (tokens.joined(index) && index > 0 && tokens.is_sign(index - 1, ".,")) {
        return None;
    }
    month_rest(
        tokens,
        index,
        index,
        Part::new(None, Some(i8::try_from(value).ok()?), None)?,
    )
}

/// From the figure of the month on: day, days, third of the month.
fn month_rest(tokens: &Tokens, first: usize, month_at: usize, part: Part) -> Option<Atom> {
    let month = part.month.filter(|m| (1..=12).contains(m))?;
    let part = Part {
        month: Some(month),
        ..part
    };
    let next = month_at + 2;
    let with_day = |value: u32| {
        let day = i8::try_from(value).ok();
        let checked = Part::new((part.year != 0).then_some(part.year), Some(month), day)?;
        day?;
        Some(Part {
            stated: part.stated,
            year: part.year,
            ..checked
        })
    };
    if let Some((value, 1 | 2)) = tokens.number(next) {
        if tokens.is_sign(next + 1, DAY) {
            // 5月7日～8日
            if tokens.is_sign(next + 2, RANGE)
                && tokens.number(next + 3).is_some()
                && tokens.is_sign(next + 4, DAY)
            {
                let to = with_day(tokens.number(next + 3)?.0);
                if let (Some(from), Some(to)) = (with_day(value), to) {
                    return Atom::range(first, next + 5, from, to);
                }
            }
            return Some(Atom::new(first, next + 2, with_day(value)?));
        }
        // 5月7～8日
        if tokens.is_sign(next + 1, RANGE)
            && let Some((to, _)) = unit(tokens, next + 2, DAY)
        {
            return Atom::range(first, next + 4, with_day(value)?, with_day(to)?);
        }
    }
    let atom = Atom::new(first, next, part);
    third_after(tokens, next).map_or(Some(atom), |(third, after)| {
        Atom {
            next: after,
            ..atom
        }
        .third(third, first)
    })
}
