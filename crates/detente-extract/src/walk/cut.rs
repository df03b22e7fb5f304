//! Where the quote of each draft begins and ends (codebook 2.1), once all fates are known.

use detente_syntax::{Deprel, Upos};

use super::{Fate, Walker};
use crate::{
    Kind,
    clause::{self, Relation},
    draft::Cut,
};

impl Walker<'_, '_> {
    /// Cuts the quotes and drops drafts of one kind with the same quote.
    pub(super) fn cut_all(&mut self) {
        for i in 0..self.found.drafts.len() {
            let (first, last) = match self.found.drafts[i].cut {
                Cut::Clause(index, head) => self.quote(index, head),
                Cut::Phrase(index, head) => {
                    clause::quote(self.scene.sentence, head, &|t| self.stays_out(index, t))
                }
                Cut::Noun(noun) => self.quote_noun(noun),
                Cut::Relative(noun, index) => {
                    let (first, _) = self.quote_noun(noun);
                    let (_, last) = self.quote(index, self.scene.clauses[index].head);
                    (first.min(last), last)
                }
                Cut::Tokens(first, last) => (first, last),
            };
            let (first, last) = self.tidy(first, last);
            let draft = &mut self.found.drafts[i];
            draft.tokens = (first, last);
            draft.span = clause::tokens_span(self.scene.sentence, first, last);
        }
        let mut seen = Vec::new();
        self.found.drafts.retain(|d| {
            // One span never carries two events; of other kinds one each.
            let key = (d.kind, d.span);
            let fresh = !seen.contains(&key) && !d.span.is_empty();
            seen.push(key);
            fresh
        });
    }

    /// Whole words at both ends ("Japan-ROK", never "ROK"), no opener and no "when" at the head.
    pub(super) fn tidy(&self, mut first: usize, mut last: usize) -> (usize, usize) {
        let scene = &self.scene;
        let tokens = scene.sentence.tokens();
        let joined = |left: usize| {
            tokens[left].span.end == tokens[left + 1].span.start
                && (tokens[left].upos != Upos::Punct || is_hyphen(scene.form(left)))
                && (tokens[left + 1].upos != Upos::Punct || is_hyphen(scene.form(left + 1)))
        };
        while first > 0 && joined(first - 1) {
            first -= 1;
        }
        while last + 1 < tokens.len() && joined(last) {
            last += 1;
        }
        // "3. The sides agreed": the number of the item.
        while first == 0 && first + 2 < last && is_item_number(scene.form(first)) {
            first += 1;
            if matches!(scene.form(first), "." | ")" | ":") {
                first += 1;
            }
        }
        let openers = &scene.lexicon.statement.openers;
        let comma = (first + 1..last.min(first + 6)).find(|&t| scene.form(t) == ",");
        if let Some(comma) = comma {
            let words: Vec<String> = (first..comma)
                .map(|t| scene.form(t).to_lowercase())
                .collect();
            if openers.contains(&words.join(" ")) && comma + 1 < last {
                first = comma + 1;
            }
        }
        let tie = matches!(
            scene.form(first).to_lowercase().as_str(),
            "when"
                | "while"
                | "although"
                | "though"
                | "whereas"
                | "because"
                | "but"
                | "and"
                | "that"
        );
        if tie
            && first + 2 < last
            && matches!(tokens[first].upos, Upos::Adv | Upos::Sconj | Upos::Cconj)
        {
            first += 1;
        }
        (first, last)
    }

    /// The tokens of the clause `index`, headed by `head`, without what is coded by itself.
    pub(super) fn quote(&self, index: usize, head: usize) -> (usize, usize) {
        clause::quote(self.scene.sentence, head, &|t| self.stays_out(index, t))
    }

    /// A noun with everything that hangs on it.
    pub(super) fn quote_noun(&self, noun: usize) -> (usize, usize) {
        let scene = &self.scene;
        clause::quote(scene.sentence, noun, &|token| {
            // The preposition before the noun ties it to something else.
            let preposition = token < noun
                && scene.sentence.head(token) == Some(noun)
                && matches!(
                    scene.deprel(token),
                    Deprel::Case | Deprel::Cc | Deprel::Mark
                );
            preposition
                || scene
                    .clauses
                    .binary_search_by_key(&token, |c| c.head)
                    .is_ok_and(|at| self.is_apart(at) && scene.clauses[at].noun != Some(noun))
        })
    }

    /// Subtrees that are coded by themselves, frames, and openers stay out of the quote.
    fn stays_out(&self, index: usize, token: usize) -> bool {
        let scene = &self.scene;
        if let Ok(at) = scene.clauses.binary_search_by_key(&token, |c| c.head) {
            return at != index && self.is_apart(at);
        }
        let head = scene.clauses[index].head;
        if scene.sentence.head(token) != Some(head) {
            return false;
        }
        // "However," at the head of the clause; "according to X" anywhere in it.
        token < head
            && matches!(
                scene.deprel(token),
                Deprel::Advmod | Deprel::Obl | Deprel::Cc | Deprel::OblUnmarked
            )
            && self.is_opener(token)
            || scene
                .preposition(token)
                .is_some_and(|p| p.starts_with("accord"))
    }

    /// A connective that opens the sentence or stands before a comma.
    fn is_opener(&self, token: usize) -> bool {
        let scene = &self.scene;
        let (first, last) = scene.sentence.subtree(token);
        let words: Vec<String> = (first..=last)
            .map(|t| scene.form(t).to_lowercase())
            .filter(|w| w != ",")
            .collect();
        let followed = last + 1 < scene.sentence.len() && scene.form(last + 1) == ",";
        (followed || first == 0) && scene.lexicon.statement.openers.contains(&words.join(" "))
    }

    /// A clause that is a fact of its own and not part of the one above.
    pub(super) fn is_apart(&self, index: usize) -> bool {
        let scene = &self.scene;
        let clause = &scene.clauses[index];
        match clause.relation {
            // Verbs that share a subject are one statement, but two acts or two proposals.
            Relation::Conj => {
                clause.finite
                    && (clause.own_subject
                        || matches!(self.fates[index], Fate::Fact(k) if k != Kind::Statement)
                        || clause.parent.is_some_and(
                            |p| matches!(self.fates[p], Fate::Fact(k) if k != Kind::Statement),
                        ))
            }
            Relation::Aside => clause.finite || clause.own_subject,
            Relation::Adverbial => {
                clause.finite
                    && clause.own_subject
                    && clause.marker.is_some_and(|m| {
                        matches!(
                            scene.lemma(m).to_lowercase().as_str(),
                            "although" | "though" | "while" | "whereas" | "as"
                        )
                    })
            }
            Relation::Relative => {
                clause.finite && self.is_loose(index) && !self.is_about_person(index)
            }
            Relation::Content => {
                matches!(self.fates[index], Fate::Fact(_)) && clause.noun.is_some()
            }
            _ => false,
        }
    }

    /// "…, who repairs boats": says who somebody is.
    fn is_about_person(&self, index: usize) -> bool {
        let scene = &self.scene;
        let (first, last) = scene.sentence.subtree(scene.clauses[index].head);
        !matches!(self.fates[index], Fate::Fact(_))
            && (first..=last)
                .take(3)
                .any(|t| scene.lemma(t).eq_ignore_ascii_case("who"))
    }

    /// A relative clause behind a comma adds a fact; one without only says which noun is meant.
    pub(super) fn is_loose(&self, index: usize) -> bool {
        let scene = &self.scene;
        let (first, last) = scene.sentence.subtree(scene.clauses[index].head);
        first > 0 && scene.form(first - 1) == "," && last - first >= 4
    }
}

fn is_hyphen(form: &str) -> bool {
    matches!(form, "-" | "‐" | "‑" | "–")
}

/// "3.", "(3)", "•"; a bare number only if it is one digit.
fn is_item_number(form: &str) -> bool {
    let inner = form.trim_matches(['(', ')', '.']);
    let digits = !inner.is_empty() && inner.len() <= 2 && inner.bytes().all(|b| b.is_ascii_digit());
    matches!(form, "•" | "·" | "▪") || digits && (inner.len() < form.len() || inner.len() == 1)
}
