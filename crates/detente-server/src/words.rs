//! The interface in English, Japanese and Korean: string tables, dates, numbers.

use std::collections::BTreeMap;

use detente_text::date::{Edtf, End, Point};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
    /// Korean.
    Ko,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::En, Self::Ja, Self::Ko];

    /// ISO 639-1 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
            Self::Ko => "ko",
        }
    }

    /// Its own name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ja => "日本語",
            Self::Ko => "한국어",
        }
    }

    /// The language of that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The best of an `Accept-Language` header.
    pub fn accepted(header: &str) -> Self {
        let mut best = (Self::En, 0.0);
        for part in header.split(',').take(32) {
            let mut fields = part.split(';');
            let tag = fields.next().unwrap_or_default().trim().to_lowercase();
            let weight = fields
                .find_map(|field| field.trim().strip_prefix("q=")?.parse::<f32>().ok())
                .unwrap_or(1.0);
            let lang = Self::from_code(tag.split('-').next().unwrap_or_default());
            if let Some(lang) = lang
                && weight > best.1
            {
                best = (lang, weight);
            }
        }
        best.0
    }
}

/// The strings of one language.
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) lang: Lang,
    table: BTreeMap<String, String>,
}

const TABLES: [&str; 3] = [
    include_str!("../locales/en.toml"),
    include_str!("../locales/ja.toml"),
    include_str!("../locales/ko.toml"),
];

impl Words {
    /// The tables of all languages, in the order of [`Lang::ALL`].
    pub(crate) fn all() -> [Self; 3] {
        Lang::ALL.map(|lang| Self {
            lang,
            // The tables are part of the program and a test reads them.
            table: toml::from_str(TABLES[lang as usize]).unwrap_or_default(),
        })
    }

    /// The string of that key; the key itself where there is none.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.table.get(key).map_or(key, String::as_str)
    }

    /// The string of that key, if there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.table.get(key).map(String::as_str)
    }

    /// A date as people of the language write it.
    pub(crate) fn date(&self, date: Edtf) -> String {
        match date {
            Edtf::Point(point) => self.point(point),
            Edtf::Interval(End::At(from), End::At(to)) => {
                format!("{} – {}", self.point(from), self.point(to))
            }
            Edtf::Interval(End::At(from), End::Open) => {
                self.get("date.since").replace("{}", &self.point(from))
            }
            Edtf::Interval(End::Open, End::At(to)) => {
                self.get("date.until").replace("{}", &self.point(to))
            }
            Edtf::Interval(End::Open, End::Open) => self.get("date.always").to_owned(),
        }
    }

    fn point(&self, point: Point) -> String {
        let Point {
            year, month, day, ..
        } = point;
        let plain = match (self.lang, month, day) {
            (Lang::En, Some(month), Some(day)) => format!("{day} {} {year}", english(month)),
            (Lang::En, Some(month), None) => format!("{} {year}", english(month)),
            (Lang::En, ..) => year.to_string(),
            (Lang::Ja, Some(month), Some(day)) => format!("{year}年{month}月{day}日"),
            (Lang::Ja, Some(month), None) => format!("{year}年{month}月"),
            (Lang::Ja, ..) => format!("{year}年"),
            (Lang::Ko, Some(month), Some(day)) => format!("{year}년 {month}월 {day}일"),
            (Lang::Ko, Some(month), None) => format!("{year}년 {month}월"),
            (Lang::Ko, ..) => format!("{year}년"),
        };
        let plain = if point.approximate {
            self.get("date.about").replace("{}", &plain)
        } else {
            plain
        };
        if point.uncertain {
            format!("{plain} (?)")
        } else {
            plain
        }
    }
}

fn english(month: i8) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS
        .get(usize::from(month.unsigned_abs()).wrapping_sub(1))
        .copied()
        .unwrap_or_default()
}

/// A number with its thousands parted.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_tables_have_the_same_keys() {
        let all = Words::all();
        let keys = |words: &Words| words.table.keys().cloned().collect::<BTreeSet<_>>();
        assert!(!all[0].table.is_empty());
        assert_eq!(keys(&all[0]), keys(&all[1]));
        assert_eq!(keys(&all[0]), keys(&all[2]));
    }

    #[test]
    fn templates_name_only_keys_that_are_there() {
        let words = &Words::all()[0];
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        for file in std::fs::read_dir(folder).unwrap() {
            let file = file.unwrap().path();
            let text = std::fs::read_to_string(&file).unwrap();
            for part in text.split("c.t(\"").skip(1) {
                let key = part.split('"').next().unwrap();
                assert!(words.find(key).is_some(), "{}: {key}", file.display());
            }
        }
    }

    #[test]
    fn dates_are_written_as_people_do() {
        let [en, ja, ko] = Words::all();
        let day: Edtf = "2012-08-10".parse().unwrap();
        assert_eq!(en.date(day), "10 August 2012");
        assert_eq!(ja.date(day), "2012年8月10日");
        assert_eq!(ko.date(day), "2012년 8월 10일");
        assert_eq!(en.date("2019/..".parse().unwrap()), "since 2019");
        assert_eq!(en.date("1998~".parse().unwrap()), "about 1998");
    }

    #[test]
    fn the_best_language_is_taken() {
        assert_eq!(Lang::accepted("fr, ko;q=0.8, en;q=0.3"), Lang::Ko);
        assert_eq!(Lang::accepted("ja-JP"), Lang::Ja);
        assert_eq!(Lang::accepted("*;q=x,,;"), Lang::En);
    }
}
