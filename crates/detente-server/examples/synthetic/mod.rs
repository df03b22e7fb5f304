//! A coder for tests and measurements: every line behind the first two of a document is the quote
//! of a fact, and its fields are made from the line. The first line is the title, the second the
//! outlet and the author. So a record of any size or malice goes the way of every other document.

mod lists;

use detente_extract::{Fact, Kind, Link, Modality, Root};
use detente_record::{Coded, Coder, Coders, Outcome, Unit};
use detente_text::{
    Basis, CodePoints, Document, DocumentDate, Language, Located, ReadOptions, Span,
    date::{Edtf, Point},
};

use lists::{CHANNELS, ISSUES};

/// Makes facts of lines.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LineCoder {
    /// Put the words of the line into every field that takes words.
    pub(crate) hostile: bool,
}

impl Coders for LineCoder {
    fn coder(&self) -> Box<dyn Coder + '_> {
        Box::new(*self)
    }

    fn version(&self) -> String {
        format!("lines {}", self.hostile)
    }
}

const ACTORS: [&str; 10] = [
    "JPN",
    "KOR",
    "JPN GOV",
    "KOR GOV",
    "USA",
    "CHN",
    "PRK",
    "Abe Shinzo",
    "Moon Jae-in",
    "JPN BUS",
];

/// A number that is always the same for the same words.
fn number(text: &str) -> usize {
    text.bytes().fold(7_usize, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(usize::from(byte)) % 1_000_003
    })
}

impl Coder for LineCoder {
    fn code(&mut self, unit: &Unit) -> Outcome {
        let options = ReadOptions::default();
        let documents = if unit.line.is_some() {
            let line = String::from_utf8_lossy(&unit.bytes);
            detente_text::jsonl_document(&unit.name, line.trim(), &options)
                .into_iter()
                .collect()
        } else {
            detente_text::read(&unit.name, &unit.bytes, &options).documents
        };
        Outcome {
            documents: documents
                .into_iter()
                .map(|document| self.facts(document))
                .collect(),
            diagnostics: Vec::new(),
        }
    }
}

impl LineCoder {
    fn facts(self, mut document: Document) -> Coded {
        let text = document.text.clone();
        let points = CodePoints::new(&text);
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let trimmed = line.trim();
            if !trimmed.is_empty() {
                let start = at + line.find(trimmed).unwrap_or(0);
                lines.push((start as u32, (start + trimmed.len()) as u32));
            }
            at += line.len();
        }
        let words = |i: usize| {
            let (a, b) = *lines.get(i)?;
            let value: String = Span::new(a, b).of(&text).chars().take(200).collect();
            Some(Located { value, span: None })
        };
        document.metadata.title = document.metadata.title.or_else(|| words(0));
        document.metadata.outlet = document.metadata.outlet.or_else(|| words(1));
        document.metadata.authors.extend(words(1));
        let own = number(&document.id);
        let day = Edtf::Point(Point {
            year: 1998 + (own % 28) as i16,
            month: Some(1 + (own / 28 % 12) as i8),
            day: Some(1 + (own / 336 % 28) as i8),
            approximate: false,
            uncertain: false,
        });
        document.metadata.date = Some(DocumentDate {
            edtf: day,
            text: day.to_string(),
            span: None,
            basis: Basis::Inferred,
        });
        let mut facts = Vec::new();
        for (start, end) in lines.iter().skip(2) {
            let span = Span::new(*start, *end);
            facts.push(self.fact(&document, &points, span, day));
        }
        Coded {
            document,
            facts,
            diagnostics: Vec::new(),
            passages: Vec::new(),
            lemmas: String::new(),
        }
    }

    fn fact(self, document: &Document, points: &CodePoints<'_>, span: Span, day: Edtf) -> Fact {
        let words: String = span.of(&document.text).chars().take(300).collect();
        let n = number(&format!("{}{}{}", document.id, span.start, words));
        let kinds = [
            Kind::Event,
            Kind::Statement,
            Kind::Event,
            Kind::Proposal,
            Kind::Commitment,
            Kind::Statement,
            Kind::Poll,
            Kind::Event,
            Kind::Statement,
            Kind::Indicator,
        ];
        let kind = kinds[n % 10];
        let text = document.text.as_str();
        let mut fact = Fact::new(
            &document.id,
            Language::En,
            kind,
            text,
            points,
            span,
            span,
            "line",
        );
        let pick = |list: &[&str], by: usize| list[(n / by) % list.len()].to_owned();
        fact.source = vec![pick(&ACTORS, 3)];
        fact.target = vec![pick(&ACTORS, 7)];
        fact.issue = vec![pick(&ISSUES, 11)];
        fact.channel = n.is_multiple_of(3).then(|| pick(&CHANNELS, 13));
        fact.date = match n % 20 {
            0 => None,
            1 => Some(Edtf::Point(Point {
                day: None,
                ..point(day)
            })),
            2 => Some(Edtf::Point(Point {
                day: None,
                month: None,
                ..point(day)
            })),
            _ => Some(day),
        };
        fact.date_basis = if fact.date.is_some() {
            Basis::DocDate
        } else {
            Basis::None
        };
        let modality = n / 17 % 10;
        fact.modality = match modality {
            0 => Modality::Planned,
            1 => Modality::Hypothetical,
            2 => Modality::Negated,
            3 => Modality::Historical,
            _ => Modality::Asserted,
        };
        if kind == Kind::Event {
            let root = Root::ALL[n / 5 % Root::ALL.len()];
            fact.root = Some(root);
            fact.quad = Some(root.quad());
            fact.intensity = Some(match root.quad() {
                1 | 2 => (n % 7) as f64,
                _ => -((n % 9) as f64),
            });
        }
        if kind == Kind::Commitment && n.is_multiple_of(4) {
            fact.due = Some(Edtf::Point(Point::year(point(day).year + 1)));
        }
        if kind == Kind::Poll {
            fact.value = Some(detente_extract::Value::Number((n % 100) as f64));
            fact.unit = Some("percent".to_owned());
            fact.population = Some(pick(&["Japan", "South Korea"], 19));
            fact.answer = Some(pick(&["favourable", "unfavourable"], 23));
        }
        if self.hostile {
            fact.source = vec![words.clone(), "JPN".to_owned()];
            fact.target = vec![format!("KOR {words}"), "KOR".to_owned()];
            fact.issue = vec![words.clone()];
            fact.channel = Some(words.clone());
            fact.hedge = Some(words.clone());
            fact.date_text = Some(words.clone());
            fact.status = Some(words.clone());
            fact.population = Some(words.clone());
            fact.question = Some(words.clone());
            fact.answer = Some(words.clone());
            fact.pollster = Some(words.clone());
            fact.unit = Some(words.clone());
            fact.value = Some(detente_extract::Value::Text(words.clone()));
            fact.mode = vec![words.clone()];
            fact.speaker = vec![Link {
                actor: Some(words),
                via: false,
                date: None,
                form: detente_extract::Form::Direct,
            }];
        }
        fact
    }
}

fn point(day: Edtf) -> Point {
    match day {
        Edtf::Point(point) => point,
        Edtf::Interval(..) => Point::year(2000),
    }
}
