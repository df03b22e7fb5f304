//! Organisations: those of the codebook, and names that end or begin like one.

use detente_codebook::actors::{Case, Gap, NameKind, NameMatch, NameRef};
use detente_text::Span;

use super::{
    ActorBasis, MentionKind,
    items::Item,
    survey::{Draft, Survey},
};

/// Longest name of an organisation in words.
const LONGEST: usize = 12;

/// One past the last word of the organisation's name that begins at `first`, if one does: a run of
/// capitalised words that ends in "University" or has "Institute of …". A name of the codebook that
/// is no state's is not taken in.
pub(super) fn run(
    survey: &Survey<'_>,
    first: usize,
    matches: &[NameMatch],
    covering: &[Option<u32>],
) -> Option<usize> {
    let reference = survey.reference();
    if survey.words[first].case == Case::Lower {
        return None;
    }
    let mut head: Option<usize> = None;
    let mut end = first;
    let mut at = first;
    while at < survey.words.len() && at - first < LONGEST {
        let word = survey.words[at];
        let joined = at == first || matches!(word.gap, Gap::Space | Gap::Hyphen);
        if !joined {
            break;
        }
        let folded = survey.folded(at);
        if word.case == Case::Lower {
            let link = head.is_some()
                && at > first
                && reference.name_links.contains(folded.as_str())
                && word.gap == Gap::Space;
            // "and" joins two names more often than two words of one.
            if !link || folded == "and" && !linked(survey, first, at) {
                break;
            }
            at += 1;
            continue;
        }
        if let Some(number) = covering[at] {
            let name = &matches[number as usize];
            let of_state = name.refs.iter().any(|r| {
                matches!(
                    r.kind,
                    NameKind::State
                        | NameKind::Adjective
                        | NameKind::Capital
                        | NameKind::Region
                        | NameKind::Dependency
                        | NameKind::Generic
                )
            });
            let whole = name.refs.iter().any(|r| {
                matches!(
                    r.kind,
                    NameKind::Person | NameKind::Organisation | NameKind::Title
                )
            });
            if whole || !of_state || name.first != at {
                break;
            }
            let generic = name.refs.iter().any(|r| r.kind == NameKind::Generic);
            // "Institute of …" is a name, "Ministry of …" a government's.
            let begins = survey.words.get(name.end).is_some_and(|_| {
                matches!(survey.word(name.end), "of" | "for")
                    && !name.refs.iter().any(|r| survey.is_of_state(*r))
            });
            if generic && at == first && !begins {
                break;
            }
            at = name.end;
            if generic
                && reference
                    .organisation_heads
                    .contains(survey.folded(at - 1).as_str())
            {
                head = Some(at - 1);
            }
        } else {
            let no_name = reference.no_names.contains(folded.as_str());
            if at == first && (no_name || survey.titles_person(at)) {
                break;
            }
            if reference.organisation_heads.contains(folded.as_str()) {
                head = Some(at);
            }
            at += 1;
        }
        end = at;
    }
    let head = head?;
    // What follows the head without a link is another name: "Hanbit Daily Tuesday".
    let after = survey.words.get(head + 1);
    let linked_on = after.is_some_and(|w| w.case == Case::Lower && head + 1 < end);
    let end = if linked_on { end } else { head + 1 };
    (end - first >= 2).then_some(end)
}

/// True if the run has an "of" or "for" before word `at`.
fn linked(survey: &Survey<'_>, first: usize, at: usize) -> bool {
    (first..at).any(|w| matches!(survey.word(w), "of" | "for"))
}

impl Survey<'_> {
    pub(super) fn named_organisation(&mut self, item: Item, organisation: u32) {
        let Some(at) = self.locate(item.span) else {
            return;
        };
        let organisation = &self.book.organisations[organisation as usize];
        let id = organisation.actor_id().to_owned();
        let state = organisation.state;
        let kind = if id.ends_with(" GOV") {
            MentionKind::Government
        } else {
            MentionKind::Organisation
        };
        self.push(Draft {
            kind,
            id,
            state,
            ..Draft::new(item.span, at, ActorBasis::Name)
        });
    }

    /// A generic noun for a part of the state.
    fn is_of_state(&self, name: NameRef) -> bool {
        name.kind == NameKind::Generic
            && self.book.nouns[name.id as usize].sector.as_deref() == Some("GOV")
    }

    /// An organisation that the codebook does not have: the name as printed, the state if the name
    /// holds one.
    pub(super) fn printed_organisation(&mut self, item: Item) {
        let Some(at) = self.locate(item.span) else {
            return;
        };
        let from = self
            .items
            .partition_point(|i| i.span.start < item.span.start);
        let state = self
            .items
            .iter()
            .skip(from)
            .take_while(|i| i.span.start < item.span.end)
            .filter(|i| i.inside && item.span.contains(i.span))
            .find_map(|i| self.state_of(i));
        let id = printed_form(item.span, self.text);
        self.push(Draft {
            kind: MentionKind::Organisation,
            id,
            state,
            ..Draft::new(item.span, at, ActorBasis::Printed)
        });
    }
}

/// The words as printed, parted by single spaces.
pub(super) fn printed_form(span: Span, text: &str) -> String {
    span.of(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
