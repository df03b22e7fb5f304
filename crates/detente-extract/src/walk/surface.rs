//! Rules over words, for what a long sentence's tree got wrong: clauses that were left joined, and
//! proposals that were taken for statements.

use detente_syntax::Upos;

use super::Walker;
use crate::{
    Kind, Modality,
    clause::tokens_span,
    draft::{Cut, Draft},
    modality,
};

/// Words that join two main clauses behind a comma.
const JOINING: [&str; 9] = [
    "but", "while", "whereas", "although", "though", "yet", "and", "so", "nor",
];

impl<'b> Walker<'_, 'b> {
    /// Parts statements that hold two clauses, then looks for proposals among them.
    pub(super) fn surface(&mut self) {
        let mut i = 0;
        while i < self.found.drafts.len() {
            if self.found.drafts[i].kind == Kind::Statement {
                self.part(i);
            }
            i += 1;
        }
        for i in 0..self.found.drafts.len() {
            if self.found.drafts[i].kind == Kind::Statement
                && let Some((first, last)) = self.proposed(self.found.drafts[i].tokens)
            {
                let draft = &mut self.found.drafts[i];
                draft.kind = Kind::Proposal;
                draft.rule = "proposal/words".to_owned();
                draft.tokens = (first, last);
                draft.span = tokens_span(self.scene.sentence, first, last);
                if draft.modality != Modality::Negated {
                    draft.modality = Modality::Planned;
                }
            }
        }
    }

    /// Ends statement `i` before a joined clause, which becomes a statement of its own unless it
    /// is a fact already.
    fn part(&mut self, i: usize) {
        let (first, last) = self.found.drafts[i].tokens;
        let Some((end, start)) = (first + 2..last).find_map(|t| self.joint(first, t, last)) else {
            return;
        };
        let left = tokens_span(self.scene.sentence, first, end);
        let (from, to) = self.tidy(start, last);
        let right = tokens_span(self.scene.sentence, from, to);
        let draft = &mut self.found.drafts[i];
        draft.tokens = (first, end);
        draft.span = left;
        let known = self.found.drafts.iter().enumerate().any(|(k, d)| {
            k != i
                && d.span
                    .intersection(right)
                    .is_some_and(|both| 2 * both.len() >= right.len().min(d.span.len()))
        });
        if known || self.is_figure(right) || to - from < 3 {
            return;
        }
        let head = self.scene.head_of(right).unwrap_or(from);
        let clause = self.scene.clause_of(head);
        let (modality, token) = match clause {
            Some(c)
                if right
                    .contains(self.scene.sentence.tokens()[self.scene.clauses[c].head].span) =>
            {
                let frames = self.found.drafts[i].frames.clone();
                modality::of_clause(&self.scene, c, self.surroundings(c, &frames))
            }
            _ => (Modality::Asserted, None),
        };
        let joined = Draft {
            clause,
            frames: self.found.drafts[i].frames.clone(),
            tokens: (from, to),
            span: right,
            modality,
            modality_token: token,
            confidence: 0.4,
            ..Draft::new(
                Kind::Statement,
                head,
                Cut::Tokens(from, to),
                "statement/joined".to_owned(),
            )
        };
        self.push(joined);
    }

    /// If two clauses meet at token `at`: the last token of the first one and the first token of
    /// the second one.
    fn joint(&self, first: usize, at: usize, last: usize) -> Option<(usize, usize)> {
        let scene = &self.scene;
        let start = match scene.form(at) {
            ";" | "—" | "–" if at < last => at + 1,
            "," if JOINING.contains(&scene.form(at + 1).to_lowercase().as_str()) => at + 2,
            _ => return None,
        };
        let left = (first..at).any(|t| self.is_finite(t));
        (left && start < last && self.opens_clause(start, last)).then_some((at - 1, start))
    }

    /// A nominal and then a finite verb, with nothing but the nominal's own words between.
    fn opens_clause(&self, start: usize, last: usize) -> bool {
        let scene = &self.scene;
        let mut nominal = false;
        for t in start..=last.min(start + 14) {
            match scene.upos(t) {
                Upos::Noun | Upos::Propn | Upos::Pron => nominal = true,
                Upos::Det | Upos::Adj | Upos::Num | Upos::Adp | Upos::Cconj | Upos::Part => {}
                Upos::Adv | Upos::Punct if scene.form(t) != "," => {}
                Upos::Verb | Upos::Aux => return nominal && self.is_finite(t),
                _ => return false,
            }
        }
        false
    }

    /// The stretch of a proposal within the tokens: "it is essential to …", "the time has come to
    /// …", "… are needed".
    fn proposed(&self, (first, last): (usize, usize)) -> Option<(usize, usize)> {
        let words = &self.scene.lexicon.obligation.proposal;
        let scene = &self.scene;
        let lemma = |t: usize| scene.lemma(t).to_lowercase();
        // "the time has come (for X) to do Y"
        if let Some((_, end)) = scene.phrase(first, last, "time have come") {
            return self.infinitive_part(end + 1, last);
        }
        // "it is essential (for X) to do Y", "it is hoped that X would do Y"
        let it = (first..last.min(first + 3)).find(|&t| lemma(t) == "it")?;
        let be = it + 1;
        if be + 1 >= last || lemma(be) != "be" {
            return None;
        }
        let predicate = (be + 1..(be + 4).min(last)).find(|&t| {
            words.adjectives.contains(&lemma(t)) || matches!(lemma(t).as_str(), "hope" | "time")
        })?;
        let that = (predicate + 1..(predicate + 3).min(last)).find(|&t| lemma(t) == "that");
        match that {
            Some(that) => {
                let somebody_acts = (that + 1..last)
                    .any(|t| matches!(lemma(t).as_str(), "would" | "should" | "will" | "must"))
                    || !(that + 1..last).any(|t| self.is_finite(t));
                somebody_acts.then_some((that + 1, last))
            }
            None => self.infinitive_part(predicate + 1, last),
        }
    }

    /// From the one who should act ("for leaders to …") or from the verb itself to the end.
    fn infinitive_part(&self, from: usize, last: usize) -> Option<(usize, usize)> {
        let scene = &self.scene;
        let to = (from..last).find(|&t| scene.form(t) == "to" && scene.upos(t) == Upos::Part)?;
        let verb = to + 1;
        let named = scene.form(from).eq_ignore_ascii_case("for") && to > from + 1;
        let start = if named { from + 1 } else { verb };
        // "to do X and to do Y" are two; the first one ends before the second.
        let second = (verb + 1..last)
            .find(|&t| scene.form(t) == "to" && scene.lemma(t - 1) == "and" && t > verb + 1);
        Some((start, second.map_or(last, |t| t - 2)))
    }
}
