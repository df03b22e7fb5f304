//! Claims of cause and claims of record (codebook 2.8).

use detente_text::Span;

use super::Filler;
use crate::{
    Claim, Fact, Kind, SubSpan,
    clause::{Relation, tokens_span},
    draft::Draft,
    times::{Bound, TimeKind, Unit},
};

pub(super) fn fill(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    record(filler, draft, fact);
    if draft.kind == Kind::Statement && fact.subtype.is_none() {
        cause(filler, draft, fact);
        if fact.subtype.is_none() && fact.modality == crate::Modality::Hypothetical {
            fact.subtype = Some("forecast".to_owned());
        }
    }
}

/// "first visit in 12 years", "an all-time high".
fn record(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    let scene = &filler.scene;
    let words = &scene.lexicon.statement.record;
    let (first, last) = draft.tokens;
    let found = words
        .iter()
        .filter(|(key, _)| !matches!(key.as_str(), "more_than" | "nearly"))
        .flat_map(|(key, phrases)| phrases.iter().map(move |p| (key, p)))
        .filter_map(|(key, phrase)| scene.phrase(first, last, phrase).map(|at| (key, at)))
        .min_by_key(|(_, at)| *at);
    let Some((extreme, (at, end))) = found else {
        return;
    };
    let gap = filler
        .times
        .iter()
        .find(|t| t.kind == TimeKind::Gap && draft.span.overlaps(t.span));
    let since = filler
        .times
        .iter()
        .find(|t| t.kind == TimeKind::Since && draft.span.overlaps(t.span));
    let absolute = matches!(extreme.as_str(), "highest" | "lowest");
    if gap.is_none() && since.is_none() && !absolute {
        return;
    }
    let scope = tokens_span(scene.sentence, at, (end + 4).min(last));
    fact.claim = Some(Claim {
        extreme: extreme.clone(),
        scope: Some(scope.of(scene.text).to_owned()),
        n: gap.and_then(|g| g.length).map(|l| f64::from(l.count)),
        unit: gap.and_then(|g| g.length).map(|l| unit(l.unit).to_owned()),
        bound: match gap.map(|g| g.bound) {
            Some(Bound::MoreThan) => "more_than",
            Some(Bound::Nearly) => "nearly",
            _ => "exact",
        }
        .to_owned(),
        check: "unchecked".to_owned(),
    });
    if draft.kind == Kind::Statement {
        fact.subtype = Some("record_claim".to_owned());
        if let Some(date) = gap.and_then(|g| g.edtf) {
            fact.date = Some(date);
            fact.date_basis = gap.map_or(fact.date_basis, |g| g.basis);
            fact.date_text = gap.map(|g| g.span.of(scene.text).to_owned());
        }
    }
}

const fn unit(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "days",
        Unit::Week => "weeks",
        Unit::Month => "months",
        Unit::Quarter => "quarters",
        Unit::Year => "years",
        Unit::Decade => "decades",
        Unit::Century => "centuries",
    }
}

/// "X stems from Y", "because Y, X": cause and effect as stretches of the quote.
fn cause(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    let scene = &filler.scene;
    let words = &scene.lexicon.statement.causal;
    let (first, last) = draft.tokens;
    let because = scene.clauses.iter().find(|c| {
        c.relation == Relation::Adverbial
            && (first..=last).contains(&c.head)
            && c.marker
                .is_some_and(|m| scene.lemma(m).eq_ignore_ascii_case("because"))
    });
    let verb = words.verbs.contains(scene.lemma(draft.head))
        && draft.clause.is_some_and(|c| {
            scene.clauses[c]
                .subject
                .is_some_and(|s| !filler.is_somebody(s))
        });
    let phrase = words
        .phrases
        .iter()
        .filter(|p| p.contains(' '))
        .find_map(|p| scene.phrase(first, last, p));
    if because.is_none() && !verb && phrase.is_none() {
        return;
    }
    fact.subtype = Some("causal_claim".to_owned());
    let sub = |span: Span| {
        let (start, end) = filler.article.points().span(span);
        SubSpan {
            start,
            end,
            quote: span.of(scene.text).to_owned(),
        }
    };
    let backwards = words.backwards.contains(scene.lemma(draft.head)) || because.is_some();
    let split = because
        .map(|c| scene.sentence.subtree(c.head).0)
        .or(verb.then_some(draft.head))
        .or(phrase.map(|p| p.0));
    let Some(split) = split.filter(|s| *s > first && *s < last) else {
        return;
    };
    let before = tokens_span(scene.sentence, first, split - 1);
    let after = tokens_span(scene.sentence, split + 1, last);
    let (cause, effect) = if backwards || !verb {
        (after, before)
    } else {
        (before, after)
    };
    fact.cause = Some(sub(cause));
    fact.effect = Some(sub(effect));
}
