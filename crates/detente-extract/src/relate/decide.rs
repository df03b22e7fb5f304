//! From clues to the answer: root, modality, the word that tells it, the runners-up.

use detente_syntax::Upos;
use detente_text::CodePoints;

use super::{
    RANKER_VERSION, Ranked, Reason, Relation, Spots,
    clues::{Clues, Role, Roles},
    ranker::{NOTHING, Ranker, class_of},
};
use crate::{
    Coder, ExtractVersion, Modality, Root, SubSpan,
    article::{Article, is_past, time_context, time_of},
    cameo, clause,
    events::matcher::Hit,
    fill::roots::promised,
    frame,
    modality::{self, Surroundings},
    scene::Scene,
    times,
};

/// How many runners-up are told.
const OTHERS: usize = 4;
/// How many reasons are told.
const REASONS: usize = 6;

/// The answer to a question whose clues are read.
pub(super) fn decide(
    coder: &Coder,
    scene: &Scene<'_>,
    article: &Article<'_>,
    sentence: usize,
    spots: Spots,
    clues: &Clues<'_>,
    conversion: Option<&str>,
) -> Relation {
    let ranks = coder.ranker.rank(clues);
    let mut order: Vec<Root> = Root::ALL.to_vec();
    order.sort_by(|a, b| ranks[class_of(*b)].total_cmp(&ranks[class_of(*a)]));
    let told = order[0];
    let book = &coder.book.events;
    let hit_of = |root: Root| {
        let voices = coder
            .ranker
            .voices(clues, class_of(root), scene.sentence.len());
        let hit = clues
            .hits
            .iter()
            .filter(|(_, hit, _)| {
                book.root_name(hit.pattern).and_then(Root::from_name) == Some(root)
            })
            .max_by(|(a, _, x), (b, _, y)| {
                let touches =
                    |r: &Roles| u8::from(r.source != Role::None) + u8::from(r.target != Role::None);
                touches(x)
                    .cmp(&touches(y))
                    .then(voices[*a].total_cmp(&voices[*b]))
            });
        (hit, voices)
    };
    let (hit, voices) = hit_of(told);
    let trigger = hit.map(|(token, ..)| *token).or_else(|| {
        (0..scene.sentence.len())
            .filter(|&t| {
                matches!(scene.upos(t), Upos::Verb | Upos::Noun | Upos::Adj)
                    && [spots.source, spots.target]
                        .into_iter()
                        .flatten()
                        .all(|s| s.head != t)
            })
            .max_by(|a, b| voices[*a].total_cmp(&voices[*b]))
    });
    let modality = modality_of(scene, article, sentence, spots, trigger);
    // What is only promised has the root of the promise (codebook 3.1).
    let coded = promised(told, modality);
    let modes_of = |hit: Option<&(usize, Hit<'_>, Roles)>| -> Vec<String> {
        hit.map_or_else(Vec::new, |(_, hit, _)| {
            hit.pattern.mode.iter().map(ToString::to_string).collect()
        })
    };
    let hit = hit.filter(|_| coded == told);
    let mut mode = modes_of(hit);
    let cameo = cameo::code(book, scene, trigger, (coded, &mode), modality, &[]);
    // The same root may be that of several, once promised or converted.
    let answer_of = |root: Root| {
        let promised = promised(root, modality);
        let Some(conversion) = conversion else {
            return promised;
        };
        let code = if root == told {
            cameo
        } else {
            let (hit, _) = hit_of(root);
            let modes = modes_of(hit.filter(|_| promised == root));
            let act = hit.map(|(token, ..)| *token).or(trigger);
            cameo::code(book, scene, act, (promised, &modes), modality, &[])
        };
        code.and_then(|code| book.cameo.converted(conversion, code))
            .and_then(Root::from_name)
            .unwrap_or(promised)
    };
    let mut likely: Vec<(Root, f32)> = Vec::new();
    for root in order {
        let (answer, rank) = (answer_of(root), ranks[class_of(root)]);
        match likely.iter_mut().find(|(root, _)| *root == answer) {
            Some((_, sum)) => *sum += rank,
            None => likely.push((answer, rank)),
        }
    }
    likely.sort_by(|a, b| b.1.total_cmp(&a.1));
    let (root, confidence) = likely[0];
    if root != coded {
        mode.clear();
    }
    let hit = hit.filter(|_| root == coded);
    let entry = book.root_named(root.as_str());
    let intensity = entry.and_then(|entry| {
        mode.iter()
            .filter_map(|m| entry.mode(m))
            .map(|m| m.score)
            .max_by(|a, b| a.abs().total_cmp(&b.abs()))
            .or(entry.score)
    });
    let points = CodePoints::new(scene.text);
    Relation {
        root,
        cameo: cameo.map(str::to_owned),
        quad: root.quad(),
        intensity,
        modality,
        trigger: trigger.map(|t| {
            let span = scene.sentence.tokens()[t].span;
            let (start, end) = points.span(span);
            SubSpan {
                start,
                end,
                quote: span.of(scene.text).to_owned(),
            }
        }),
        rule: hit.map_or_else(
            || format!("model:relate-en@{RANKER_VERSION}"),
            |(_, hit, _)| {
                format!(
                    "rule:event/{}@{}",
                    hit.pattern.rule,
                    ExtractVersion::CURRENT
                )
            },
        ),
        confidence: round(confidence),
        nothing: round(ranks[NOTHING]),
        others: likely[1..]
            .iter()
            .take(OTHERS)
            .map(|&(root, rank)| Ranked {
                root,
                confidence: round(rank),
            })
            .collect(),
        reasons: reasons(&coder.ranker, clues, class_of(told)),
        mode,
        not_found: [("source", spots.source), ("target", spots.target)]
            .into_iter()
            .filter(|(_, spot)| spot.is_none())
            .map(|(side, _)| side)
            .collect(),
    }
}

/// Modality of what is told between the two.
fn modality_of(
    scene: &Scene<'_>,
    article: &Article<'_>,
    sentence: usize,
    spots: Spots,
    trigger: Option<usize>,
) -> Modality {
    let excluded = [spots.source, spots.target]
        .into_iter()
        .flatten()
        .any(|s| modality::is_excluded(scene, s.head));
    if excluded {
        return Modality::Negated;
    }
    let told = trigger.map_or(Modality::Asserted, |t| holds(scene, article, sentence, t));
    let over = told == Modality::Asserted
        && spots
            .source
            .is_some_and(|s| modality::is_bygone(scene, s.head, article.document_day()));
    if over { Modality::Historical } else { told }
}

/// Modality of the act that `token` tells.
fn holds(scene: &Scene<'_>, article: &Article<'_>, sentence: usize, token: usize) -> Modality {
    let words = &scene.lexicon.modality;
    if let Some(at) = scene.clauses.iter().position(|c| c.head == token) {
        // "Stopped short of endorsing it".
        let opens = |phrase: &String| {
            phrase
                .split(' ')
                .enumerate()
                .all(|(k, w)| token + k < scene.sentence.len() && scene.lemma(token + k) == w)
        };
        if words.negated.phrases.iter().any(opens) {
            return Modality::Negated;
        }
        // "Intends to lend", "is scheduled to meet", "says it will sue": the act is in the clause
        // below.
        let below = scene.clauses.iter().find(|c| {
            c.parent == Some(at)
                && match c.relation {
                    clause::Relation::Open => words.planned.intending.contains(scene.lemma(token)),
                    clause::Relation::Content => {
                        frame::is_saying(scene, token)
                            && c.subject.is_some_and(|s| scene.upos(s) == Upos::Pron)
                    }
                    _ => false,
                }
        });
        if let Some(below) = below {
            return holds(scene, article, sentence, below.head);
        }
    }
    let around = surroundings(scene, article, sentence, token);
    match scene.clauses.binary_search_by_key(&token, |c| c.head) {
        Ok(index) => modality::of_clause(scene, index, around).0,
        Err(_) if clause::is_predicate(scene.sentence, token) => {
            scene.clause_of(token).map_or(Modality::Asserted, |c| {
                modality::of_clause(scene, c, around).0
            })
        }
        Err(_) => modality::of_noun(scene, token, around).0,
    }
}

/// What the clause of `token` does not show by itself.
fn surroundings(
    scene: &Scene<'_>,
    article: &Article<'_>,
    sentence: usize,
    token: usize,
) -> Surroundings {
    let times = times::find(
        scene.text,
        scene.sentence.span,
        &time_context(article.document),
    );
    let clause = scene.clause_of(token);
    let verb = clause.map(|c| scene.clauses[c].head);
    // "In 2016 Bogotá managed to sign": the verb above an infinitive has its time.
    let above = clause
        .map(|c| &scene.clauses[c])
        .filter(|c| c.relation == clause::Relation::Open)
        .and_then(|c| c.parent)
        .map(|c| scene.clauses[c].head);
    let date = time_of(scene, &times, token)
        .or_else(|| verb.and_then(|verb| time_of(scene, &times, verb)))
        .or_else(|| above.and_then(|verb| time_of(scene, &times, verb)))
        .and_then(|t| t.resolve(is_past(scene, token)));
    let quotations = article.quotations_in(scene.sentence.span);
    Surroundings {
        document: article.document_day(),
        date,
        reported_in_past: clause
            .and_then(|c| frame::frames(scene, c, quotations).first().map(|f| f.past))
            .unwrap_or(false),
        subject_decides: clause
            .and_then(|c| scene.clauses[c].subject)
            .is_some_and(|s| article.people.acts(sentence, s) || scene.upos(s) == Upos::Pron),
    }
}

fn reasons(ranker: &Ranker, clues: &Clues<'_>, class: usize) -> Vec<Reason> {
    let Some(names) = &clues.names else {
        return Vec::new();
    };
    let mut reasons: Vec<Reason> = clues
        .clues
        .iter()
        .zip(names)
        .filter_map(|(clue, name)| {
            Some(Reason {
                clue: name.clone(),
                weight: round(ranker.speaks(clue.key, class)?),
            })
        })
        .filter(|r| r.weight > 0.0)
        .collect();
    reasons.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.clue.cmp(&b.clue)));
    reasons.dedup();
    reasons.truncate(REASONS);
    reasons
}

fn round(x: f32) -> f64 {
    (f64::from(x) * 1e4).round() / 1e4
}
