//! JSON Lines: one record a line, with `id`, `text`, and perhaps `title`, `date`, `outlet`,
//! `language`, `url`, `author` or `authors`, `place`.

use std::collections::HashMap;

use serde_json::Value;

use crate::{
    Basis, Diagnostic, Document, DocumentDate, Format, Located, ReadOptions, Reading, codes,
    date::{DateForm, DayMonthOrder, Edtf, find_explicit},
    decode, language,
    reader::{Draft, finish},
};

/// Reads all records of a file. A broken line is refused, the others are read.
pub(crate) fn read(id: &str, bytes: &[u8], options: &ReadOptions) -> Reading {
    let mut reading = Reading::default();
    // A file may be UTF-16 or have a mark; records in other encodings are read as well as can be.
    let decoded = decode::decode(bytes, Some("utf-8"));
    reading.diagnostics.extend(
        decoded
            .diagnostics
            .into_iter()
            .map(|d| Diagnostic { span: None, ..d }),
    );
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (number, line) in decoded.text.split('\n').enumerate() {
        let line = line.trim_matches(crate::layout::lines::is_blank);
        if line.is_empty() {
            continue;
        }
        match record(id, Some(number + 1), line, options) {
            Ok(mut document) => {
                let times = seen.entry(document.id.clone()).or_insert(0);
                *times += 1;
                if *times > 1 {
                    reading.diagnostics.push(codes::ID_TWICE.diagnostic(format!(
                        "line {}: the id `{}` stands in the file already",
                        number + 1,
                        document.id
                    )));
                    document.id = format!("{}~{}", document.id, times);
                }
                reading.documents.push(document);
            }
            Err(mut refusal) => {
                refusal.message = format!("line {}: {}", number + 1, refusal.message);
                reading.diagnostics.push(refusal);
            }
        }
    }
    if reading.documents.is_empty() && reading.diagnostics.is_empty() {
        reading
            .diagnostics
            .push(codes::EMPTY.diagnostic("the file holds no records"));
    }
    reading
}

/// Reads one line of a JSONL file: for files too large to be held, the caller reads the lines.
/// `id` is the path of the file; the document's id is `path#id`.
///
/// # Errors
/// A diagnostic if the line is no record (`T014`), has no text (`T001`) or breaks a limit.
pub fn jsonl_document(id: &str, line: &str, options: &ReadOptions) -> Result<Document, Diagnostic> {
    record(id, None, line, options)
}

fn record(
    path: &str,
    number: Option<usize>,
    line: &str,
    options: &ReadOptions,
) -> Result<Document, Diagnostic> {
    let refuse = |why: String| codes::RECORD_BROKEN.diagnostic(why);
    options.limits.check_file(line.len() as u64)?;
    let value: Value =
        serde_json::from_str(line).map_err(|e| refuse(format!("the line is no JSON: {e}")))?;
    let Value::Object(mut fields) = value else {
        return Err(refuse("the line is no JSON object".to_owned()));
    };
    let Some(Value::String(text)) = fields.remove("text") else {
        return Err(refuse("the record has no string `text`".to_owned()));
    };
    let mut draft = Draft::new(Format::Jsonl, "UTF-8", text);
    let name = match fields.remove("id") {
        Some(Value::String(name)) if !name.trim().is_empty() => name,
        Some(Value::Number(name)) => name.to_string(),
        _ => {
            let name = match number {
                Some(number) => format!("L{number}"),
                None => format!("{:016x}", crate::hash::hash(draft.text.as_bytes())),
            };
            draft.diagnostics.push(
                codes::RECORD_WITHOUT_ID
                    .diagnostic(format!("the record has no `id`; `{name}` was taken")),
            );
            name
        }
    };
    let mut string = |key: &str, draft: &mut Draft| match fields.remove(key) {
        Some(Value::String(value)) if !value.trim().is_empty() => Some(value.trim().to_owned()),
        None | Some(Value::Null | Value::String(_)) => None,
        Some(Value::Number(number)) => Some(number.to_string()),
        Some(other) => {
            draft.diagnostics.push(unusable(key, &other.to_string()));
            None
        }
    };
    let located = |value: String| Located { value, span: None };
    draft.metadata.title = string("title", &mut draft).map(located);
    draft.metadata.outlet = string("outlet", &mut draft).map(located);
    draft.metadata.place = string("place", &mut draft).map(located);
    draft.metadata.url = string("url", &mut draft);
    if let Some(tag) = string("language", &mut draft) {
        draft.language = Some(language::from_tag(&tag));
    }
    if let Some(value) = string("date", &mut draft) {
        match stated_date(&value) {
            Some(edtf) => {
                draft.metadata.date = Some(DocumentDate {
                    edtf,
                    text: value,
                    span: None,
                    basis: Basis::Explicit,
                });
            }
            None => draft.diagnostics.push(unusable("date", &value)),
        }
    }
    if let Some(author) = string("author", &mut draft) {
        draft.metadata.authors.push(located(author));
    }
    match fields.remove("authors") {
        Some(Value::Array(names)) => {
            draft
                .metadata
                .authors
                .extend(names.into_iter().filter_map(|name| match name {
                    Value::String(name) => Some(located(name)),
                    _ => None,
                }));
        }
        Some(Value::String(name)) => draft.metadata.authors.push(located(name)),
        _ => {}
    }
    finish(&format!("{path}#{name}"), draft, options)
}

fn unusable(key: &str, value: &str) -> Diagnostic {
    let short: String = value.chars().take(60).collect();
    codes::FIELD_UNUSABLE.diagnostic(format!("the value `{short}` of `{key}` cannot be used"))
}

/// A date as headers state it: EDTF, ISO 8601 with a time, or in words. The day is kept as printed.
pub(crate) fn stated_date(value: &str) -> Option<Edtf> {
    let value = value.trim();
    if let Ok(edtf) = value.parse() {
        return Some(edtf);
    }
    // 2015-07-08T12:00:00Z, 2015-07-08 12:00
    if let Some(day) = value.get(..10).and_then(|d| d.parse::<Edtf>().ok())
        && !value[10..].starts_with(|c: char| c.is_ascii_digit())
    {
        return Some(day);
    }
    // 20150708, 20150708T120000
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    if matches!(digits.len(), 8 | 14) {
        let day = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8]);
        return day.parse().ok();
    }
    let mut end = value.len().min(200);
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    find_explicit(&value[..end], DayMonthOrder::Unknown)
        .into_iter()
        .find(|d| d.complete && matches!(d.form, DateForm::Day | DateForm::Month))
        .map(|d| d.edtf)
}
