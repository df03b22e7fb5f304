//! States that modify a noun: "Japanese", "of Japan and Korea", "his".

use detente_codebook::actors::Gap;
use detente_syntax::Deprel;
use detente_text::Span;

use super::{
    MentionKind,
    memory::LOOK_BACK,
    survey::{Place, Survey},
};

/// Most states in one list.
const LONGEST_LIST: usize = 12;

impl Survey<'_> {
    /// States that modify a noun: adjective, compound, possessor, "of"; with those coordinated.
    /// `close`: only before the noun and not as possessor.
    pub(super) fn modifier_states(
        &self,
        at: Place,
        index: Option<usize>,
        close: bool,
    ) -> Vec<(u32, Span)> {
        let tree = &self.sentences[at.sentence];
        let mut states: Vec<(u32, Span)> = Vec::new();
        for child in tree.children(at.head) {
            let token = tree.tokens()[child];
            let wanted = match token.deprel {
                Deprel::Amod | Deprel::Compound => true,
                Deprel::NmodPoss => !close,
                Deprel::Nmod | Deprel::NmodUnmarked if close => child < at.first,
                Deprel::Nmod | Deprel::NmodUnmarked => {
                    tree.child(child, Deprel::Case).is_none_or(|c| {
                        matches!(
                            tree.lemma(c),
                            "of" | "in" | "on" | "from" | "between" | "'s" | "’s"
                        )
                    })
                }
                _ => false,
            };
            if !wanted || (at.first..=at.last).contains(&child) {
                continue;
            }
            let mut open = vec![child];
            while let Some(part) = open.pop() {
                self.states_at(at.sentence, part, &mut states);
                let conjuncts = tree.children(part).filter(|&c| {
                    tree.tokens()[c].deprel == Deprel::Conj
                        || tree.tokens()[c].deprel == Deprel::Compound
                });
                open.extend(conjuncts);
            }
        }
        // Words stand side by side, whatever the tree says.
        if states.is_empty()
            && let Some(index) = index
        {
            let first = self.items[index].first;
            if let Some(item) = self.item_ending(index, first)
                && matches!(self.words[first].gap, Gap::Space | Gap::Possessive)
                && let Some(state) = self.state_of(item)
            {
                states.push((state, item.span));
            }
        }
        self.join_coordinated(&mut states);
        states.sort_by_key(|&(_, span)| span);
        let mut seen = Vec::new();
        states.retain(|&(s, _)| {
            !seen.contains(&s) && {
                seen.push(s);
                true
            }
        });
        states
    }

    /// Adds the second state of "Japan and Korea" where the first is there; trees often hang it
    /// elsewhere.
    fn join_coordinated(&self, states: &mut Vec<(u32, Span)>) {
        let mut known = 0;
        while let Some(&(_, first)) = states.get(known) {
            known += 1;
            if known > LONGEST_LIST {
                break;
            }
            let i = 1 + self.items.partition_point(|i| i.span.start < first.start);
            let (Some(before), Some(item)) = (self.items.get(i - 1), self.items.get(i)) else {
                continue;
            };
            let (Some(_), Some(state)) = (self.state_of(before), self.state_of(item)) else {
                continue;
            };
            let between: Vec<&str> = (before.end..item.first).map(|w| self.word(w)).collect();
            let owner = self
                .words
                .get(item.end)
                .is_some_and(|w| w.gap == Gap::Possessive);
            // "Norway, Sweden and Denmark"
            let comma = between.is_empty()
                && self.text[before.span.end as usize..item.span.start as usize].trim() == ",";
            if (comma || matches!(between[..], ["and"] | ["and", "the"]))
                && !owner
                && first.overlaps(before.span)
            {
                states.push((state, item.span));
            }
        }
    }

    /// States that mentions headed by a token stand for or belong to.
    fn states_at(&self, sentence: usize, token: usize, states: &mut Vec<(u32, Span)>) {
        let here = self
            .mentions
            .iter()
            .rev()
            .take(LOOK_BACK)
            .take_while(|m| m.sentence as usize == sentence)
            .filter(|m| m.head as usize == token);
        for mention in here {
            let whole = matches!(
                mention.kind,
                MentionKind::State
                    | MentionKind::Government
                    | MentionKind::Person
                    | MentionKind::Pronoun
                    | MentionKind::Place
            );
            if let Some(code) = mention.state.as_deref().filter(|_| whole)
                && let Some(state) = self.book.state_index(code)
            {
                states.push((state, mention.span));
            }
        }
    }
}
