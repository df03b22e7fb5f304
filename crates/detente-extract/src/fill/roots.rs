//! PLOVER root, mode, score and quad of a fact (codebook 3).

use detente_codebook::events::Pattern;

use super::Filler;
use crate::{Fact, Kind, Modality, Root, Stance, cameo, draft::Draft};

pub(super) fn fill(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    match draft.kind {
        Kind::Event => event(filler, draft, fact),
        Kind::Commitment if fact.modality != Modality::Negated => fact.root = Some(Root::Agree),
        Kind::Proposal => fact.root = draft.asked.then_some(Root::Request),
        Kind::Statement => statement(filler, draft, fact),
        _ => {}
    }
}

fn event(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    let book = &filler.article.coder.book.events;
    let pattern = draft.pattern;
    let told = pattern
        .and_then(|p| book.root_name(p))
        .and_then(Root::from_name)
        .or(draft.root);
    let root = told.map(|root| promised(root, fact.modality));
    fact.location = filler.location(draft);
    fact.root = root;
    fact.quad = root.map(Root::quad);
    if let Some(mode) = draft.mode.clone().filter(|_| root == told) {
        fact.mode = vec![mode];
    }
    if let Some(pattern) = pattern {
        if root == told && fact.mode.is_empty() {
            fact.mode = modes(filler, pattern, fact);
        }
        fact.contexts = pattern.contexts.iter().map(ToString::to_string).collect();
    }
    fact.intensity = root.and_then(|root| {
        let entry = book.root_named(root.as_str())?;
        let of_modes = fact
            .mode
            .iter()
            .filter_map(|m| entry.mode(m))
            .map(|m| m.score)
            .max_by(|a, b| a.abs().total_cmp(&b.abs()));
        pattern
            .and_then(|p| p.intensity)
            .filter(|_| Some(root) == told)
            .or(of_modes)
            .or(entry.score)
    });
    fact.cameo = root
        .and_then(|root| {
            let of = (root, &fact.mode[..]);
            let (modality, contexts) = (fact.modality, &fact.contexts);
            cameo::code(
                book,
                &filler.scene,
                Some(draft.head),
                of,
                modality,
                contexts,
            )
        })
        .map(str::to_owned);
    fact.stance = match fact.quad {
        Some(1 | 2) if !fact.target.is_empty() => Some(Stance::Positive),
        Some(3 | 4) if !fact.target.is_empty() && root != Some(Root::Request) => {
            Some(Stance::Negative)
        }
        _ => None,
    };
}

/// Roots that firms fill with their own business.
const BUSINESS: [Root; 7] = [
    Root::Agree,
    Root::Consult,
    Root::Support,
    Root::Cooperate,
    Root::Concede,
    Root::Reject,
    Root::Accuse,
];

/// True for dealings of firms with each other or with their customers: no act between states
/// (codebook 3.5, "not one firm's business news").
pub(crate) fn is_business_news(fact: &Fact) -> bool {
    let firm = |id: &String| id.ends_with(" BUS");
    let nobody = |id: &String| id.chars().all(|c| !c.is_uppercase());
    fact.kind == Kind::Event
        && fact.root.is_some_and(|r| BUSINESS.contains(&r))
        && !fact.source.is_empty()
        && fact.source.iter().all(firm)
        && fact.target.iter().all(|t| firm(t) || nobody(t))
}

/// A promised CONSULT, SUPPORT, COOPERATE or AID is AGREE; a promised RETREAT is CONCEDE (3.1).
pub(crate) fn promised(root: Root, modality: Modality) -> Root {
    if modality != Modality::Planned {
        return root;
    }
    match root {
        Root::Consult | Root::Support | Root::Cooperate | Root::Aid => Root::Agree,
        Root::Retreat => Root::Concede,
        other => other,
    }
}

/// Modes of the pattern. A meeting of equals is no visit; on the ground of a third state it is
/// `third-party`.
fn modes(filler: &Filler<'_, '_>, pattern: &Pattern, fact: &Fact) -> Vec<String> {
    let mut modes: Vec<String> = pattern.mode.iter().map(ToString::to_string).collect();
    if fact.root == Some(Root::Consult)
        && modes.is_empty()
        && let Some(country) = fact.location.as_ref().and_then(|l| l.country.as_deref())
    {
        let parties = filler.article.people.dyad();
        if parties.iter().all(|p| p != country) && fact.source.len() > 1 {
            modes.push("third-party".to_owned());
        }
    }
    modes
}

/// The force of words that praise or blame a named party (2.9).
fn statement(filler: &Filler<'_, '_>, draft: &Draft<'_>, fact: &mut Fact) {
    fact.stance = super::stance(&filler.scene, draft.tokens);
    if fact.target.is_empty() {
        return;
    }
    fact.root = match fact.stance {
        Some(Stance::Positive) => Some(Root::Support),
        _ => None,
    };
}
