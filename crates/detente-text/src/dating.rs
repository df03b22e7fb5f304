//! The document's date out of everything that states one.

use crate::{
    Basis, Document, DocumentDate, ReadOptions, codes,
    date::Edtf,
    layout::{self, Doubt},
};

/// The document's date: side-car; then what the markup states; then header, dateline and tail;
/// then `--date`; then the properties of the file.
pub(crate) fn settle_date(
    document: &mut Document,
    clues: &[layout::Clue],
    file_date: Option<DocumentDate>,
    options: &ReadOptions,
) {
    let given = options.date.and_then(Edtf::earliest).map(|d| d.year());
    let (told, doubt) = layout::choose(&document.text, clues, given);
    let stated = document.metadata.date.take();
    let side_car = options.side_car.as_ref().and_then(|s| s.date);
    if let (Some(a), Some(b)) = (&stated, &told)
        && apart(a.edtf, b.edtf)
    {
        document.diagnostics.push(
            codes::DATES_DIFFER
                .diagnostic(format!("the markup states {}, the text {}", a.edtf, b.edtf)),
        );
    }
    let own = stated.or(told);
    let outside = |edtf: Edtf, text: &str| DocumentDate {
        edtf,
        text: text.to_owned(),
        span: None,
        basis: Basis::Inferred,
    };
    let date = if let Some(edtf) = side_car {
        if let Some(own) = own.as_ref().filter(|own| apart(own.edtf, edtf)) {
            document
                .diagnostics
                .push(codes::SIDE_CAR_DIFFERS.diagnostic(format!(
                    "the side-car states {edtf}, the document {}",
                    own.edtf
                )));
        }
        Some(outside(edtf, "side-car"))
    } else if own.is_some() {
        own
    } else if let Some(edtf) = options.date {
        Some(outside(edtf, "--date"))
    } else if let Some(date) = file_date {
        document
            .diagnostics
            .push(codes::DATE_OF_FILE.diagnostic(format!(
                "{} was taken from the properties of the file ({})",
                date.edtf, date.text
            )));
        Some(date)
    } else {
        None
    };
    let settled = date.as_ref().is_some_and(|d| d.edtf.as_day().is_some());
    match doubt {
        Some(Doubt::Order(span)) if !settled => document.diagnostics.push(
            codes::DATE_AMBIGUOUS
                .diagnostic(format!(
                    "`{}` can be read in two ways",
                    span.of(&document.text)
                ))
                .at(span),
        ),
        Some(Doubt::Year(span)) if date.is_none() => document.diagnostics.push(
            codes::NO_DATE
                .diagnostic(format!(
                    "the date `{}` has no year",
                    span.of(&document.text)
                ))
                .at(span),
        ),
        _ if date.is_none() => {
            document
                .diagnostics
                .push(codes::NO_DATE.diagnostic("the document bears no date"));
        }
        _ => {}
    }
    if let (Some(date), Some(today)) = (&date, options.today)
        && date.edtf.earliest().is_some_and(|day| day > today)
    {
        let mut diagnostic =
            codes::DATE_IN_FUTURE.diagnostic(format!("the date {} is after {today}", date.edtf));
        diagnostic.span = date.span;
        document.diagnostics.push(diagnostic);
    }
    document.metadata.date = date;
}

/// True if the two dates are more than a day from one another.
fn apart(a: Edtf, b: Edtf) -> bool {
    let (Some(a0), Some(a1), Some(b0), Some(b1)) =
        (a.earliest(), a.latest(), b.earliest(), b.latest())
    else {
        return false;
    };
    a1.tomorrow().unwrap_or(a1) < b0 || b1.tomorrow().unwrap_or(b1) < a0
}
