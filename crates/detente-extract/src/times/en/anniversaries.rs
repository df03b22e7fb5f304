//! "The 50th anniversary of X": dated by the anniversary less its count.

use detente_text::date::{Edtf, Point};

use super::{Finder, Hit, Length, Rests, TimeKind, Unit, hit::start_of};

impl Finder<'_> {
    /// `the 50th anniversary`, `centenary`; dated by [`Self::anniversaries`].
    pub(super) fn anniversary(&self, i: usize) -> Option<Hit> {
        let at = i + usize::from(self.words.is(i, "the"));
        let (count, next) = match self.words.low(at) {
            "centenary" | "centennial" => (100, at + 1),
            "bicentenary" | "bicentennial" => (200, at + 1),
            _ => {
                let (n, mut next) = self.words.ordinal(at)?;
                next += usize::from(self.words.hyphen(next));
                next += usize::from(self.words.is(next, "year"));
                if !self.words.is(next, "anniversary") {
                    return None;
                }
                (n, next + 1)
            }
        };
        let length = Some(Length {
            count,
            unit: Unit::Year,
        });
        let hit = Hit::new(i, next, None, TimeKind::Anniversary, Rests::Derived);
        Some(Hit { length, ..hit })
    }

    /// Dates anniversaries: the time of the anniversary (the nearest date of the sentence, else the
    /// document's year) less the count.
    pub(super) fn anniversaries(&self, hits: &mut [Hit]) {
        for k in 0..hits.len() {
            let Some(length) = hits[k]
                .length
                .filter(|_| hits[k].kind == TimeKind::Anniversary)
            else {
                continue;
            };
            let here = hits[k];
            // Within eight words: "the 50th anniversary of the treaty in June 2015".
            let distance = |h: &Hit| {
                if h.first >= here.next {
                    h.first - here.next
                } else {
                    here.first.saturating_sub(h.next)
                }
            };
            // Each hit has a word at least, so the ones in reach are few.
            let reach = k.saturating_sub(10)..(k + 11).min(hits.len());
            let near = hits[reach]
                .iter()
                .filter(|h| matches!(h.kind, TimeKind::Point | TimeKind::Deadline))
                .filter(|h| distance(h) <= 10)
                .filter_map(|h| Some((distance(h), start_of(h.past.or(h.future)?)?)))
                .min_by_key(|(d, _)| *d);
            let base = match near {
                Some((_, point)) => Some(point),
                None => self.document.map(|d| Point::year(d.year)),
            };
            let date = base.and_then(|base| back_years(base, length.count));
            hits[k].past = date;
            hits[k].future = date;
        }
    }
}

fn back_years(mut point: Point, years: u32) -> Option<Edtf> {
    let year = i32::from(point.year) - i32::try_from(years).ok()?;
    point.year = i16::try_from(year).ok().filter(|y| *y > 0)?;
    // 29 February has no anniversary in most years.
    if point.day == Some(29) && point.month == Some(2) {
        point.day = None;
    }
    Some(Edtf::Point(point))
}
