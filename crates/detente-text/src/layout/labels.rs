//! The table of lines that are no content, read from `labels.toml`.

use std::{collections::HashMap, sync::LazyLock};

use serde::Deserialize;

use crate::{DropReason, even::even};

/// Where on a page a label counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Zone {
    /// Everywhere.
    Any,
    /// Before the first or after the last line of running text.
    Edge,
}

/// What is known about a label.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) reason: DropReason,
    pub(super) zone: Zone,
    /// The short lines that follow belong to it.
    pub(super) heads: bool,
}

#[derive(Deserialize)]
struct Group {
    reason: DropReason,
    zone: Zone,
    #[serde(default)]
    heads: bool,
    #[serde(default = "no_limit")]
    most_words: usize,
    #[serde(default)]
    lines: Vec<String>,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    contains: Vec<String>,
}

fn no_limit() -> usize {
    usize::MAX
}

#[derive(Deserialize)]
struct Raw {
    label: Vec<Group>,
    control_words: Vec<String>,
    date_words: Vec<String>,
    not_names: Vec<String>,
    outlet_nouns: Vec<String>,
    agencies: Vec<String>,
    byline_starts: Vec<String>,
    byline_roles: Vec<String>,
    biography_roles: Vec<String>,
    biography_starts: Vec<String>,
    biography_clues: Vec<String>,
    source_starts: Vec<String>,
    caption_starts: Vec<String>,
    name_titles: Vec<String>,
    office_words: Vec<String>,
    not_places: Vec<String>,
    speech_words: Vec<String>,
    body_nouns: Vec<String>,
    revision_words: Vec<String>,
    publication_words: Vec<String>,
}

struct Pattern {
    text: String,
    most_words: usize,
    label: Label,
}

/// The tables, with every entry evened out.
pub(super) struct Labels {
    lines: HashMap<String, Label>,
    starts: Vec<Pattern>,
    ends: Vec<Pattern>,
    contains: Vec<Pattern>,
    control_words: Vec<String>,
    /// Words that may stand beside a date in a line of its own.
    pub(super) date_words: Vec<String>,
    /// Words that no personal name is made of.
    pub(super) not_names: Vec<String>,
    /// Last words of outlets' names.
    pub(super) outlet_nouns: Vec<String>,
    /// News agencies, as datelines name them.
    pub(super) agencies: Vec<String>,
    /// Openings of by-lines, as printed, in lower case.
    pub(super) byline_starts: Vec<String>,
    /// Words after a Japanese or Korean reporter's name.
    pub(super) byline_roles: Vec<String>,
    /// What the person of a CV is.
    pub(super) biography_roles: Vec<String>,
    /// Openings of CVs.
    pub(super) biography_starts: Vec<String>,
    /// Words that make a line about a person a CV.
    pub(super) biography_clues: Vec<String>,
    /// "Source:" and its like, as printed, in lower case.
    pub(super) source_starts: Vec<String>,
    /// Openings of captions, as printed, in lower case.
    pub(super) caption_starts: Vec<String>,
    /// Titles before a name, in lower case.
    pub(super) name_titles: Vec<String>,
    /// Offices before a name, in lower case.
    pub(super) office_words: Vec<String>,
    /// Words that begin a sentence or a date and no place.
    pub(super) not_places: Vec<String>,
    /// What is held or written by somebody: "remarks".
    pub(super) speech_words: Vec<String>,
    /// Last words of the names of bodies that publish.
    pub(super) body_nouns: Vec<String>,
    /// Words before the date of a later version.
    pub(super) revision_words: Vec<String>,
    /// Words before the date of the first version.
    pub(super) publication_words: Vec<String>,
}

/// The tables.
pub(super) static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    // The file is compiled in and covered by a test, so that this cannot fail in the field.
    let raw: Raw = toml::from_str(include_str!("labels.toml")).expect("labels.toml is well formed");
    let evened = |words: &[String]| words.iter().map(|w| even(w)).collect::<Vec<_>>();
    let mut labels = Labels {
        lines: HashMap::new(),
        starts: Vec::new(),
        ends: Vec::new(),
        contains: Vec::new(),
        control_words: evened(&raw.control_words),
        date_words: evened(&raw.date_words),
        not_names: evened(&raw.not_names),
        outlet_nouns: evened(&raw.outlet_nouns),
        agencies: raw.agencies,
        byline_starts: raw.byline_starts,
        byline_roles: raw.byline_roles,
        biography_roles: evened(&raw.biography_roles),
        biography_starts: evened(&raw.biography_starts),
        biography_clues: evened(&raw.biography_clues),
        source_starts: raw.source_starts,
        caption_starts: raw.caption_starts,
        name_titles: raw.name_titles,
        office_words: raw.office_words,
        not_places: raw.not_places,
        speech_words: evened(&raw.speech_words),
        body_nouns: evened(&raw.body_nouns),
        revision_words: raw.revision_words,
        publication_words: raw.publication_words,
    };
    for group in &raw.label {
        let label = Label {
            reason: group.reason,
            zone: group.zone,
            heads: group.heads,
        };
        for line in &group.lines {
            labels.lines.insert(even(line), label);
        }
        for (from, to) in [
            (&group.starts, &mut labels.starts),
            (&group.ends, &mut labels.ends),
            (&group.contains, &mut labels.contains),
        ] {
            to.extend(
                from.iter()
                    .map(|text| even(text))
                    .filter(|text| !text.is_empty())
                    .map(|text| Pattern {
                        text,
                        most_words: group.most_words,
                        label,
                    }),
            );
        }
    }
    labels
});

impl Labels {
    /// The label that a line is, by its evened text.
    pub(super) fn find(&self, even: &str, weight: usize, prose: bool) -> Option<Label> {
        if even.is_empty() {
            return Some(Label {
                reason: DropReason::Label,
                zone: Zone::Any,
                heads: false,
            });
        }
        if let Some(label) = self.lines.get(even) {
            return Some(*label);
        }
        if weight <= 12
            && even
                .split(' ')
                .all(|word| self.control_words.iter().any(|c| c == word))
        {
            return Some(Label {
                reason: DropReason::Controls,
                zone: Zone::Any,
                heads: false,
            });
        }
        if weight > 120 {
            return None;
        }
        // Part of a sentence is no label; legal lines may well be sentences.
        let fits = |p: &&Pattern, test: fn(&str, &str) -> bool| {
            let legal = matches!(p.label.reason, DropReason::Notice | DropReason::Disclaimer);
            weight <= p.most_words && (legal || !prose) && test(even, &p.text)
        };
        self.starts
            .iter()
            .find(|p| fits(p, starts_with_words))
            .or_else(|| self.ends.iter().find(|p| fits(p, ends_with_words)))
            .or_else(|| self.contains.iter().find(|p| fits(p, |e, p| e.contains(p))))
            .map(|p| p.label)
    }
}

/// True if `text` starts with `words` and a word ends there (scripts without spaces aside).
pub(super) fn starts_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| {
        rest.is_empty()
            || rest.starts_with(' ')
            || !words.ends_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// True if `text` ends with `words` and a word starts there.
fn ends_with_words(text: &str, words: &str) -> bool {
    text.strip_suffix(words).is_some_and(|rest| {
        rest.is_empty()
            || rest.ends_with(' ')
            || !words.starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_labels() {
        let reason = |line: &str| {
            LABELS
                .find(&even(line), line.split(' ').count(), false)
                .map(|l| l.reason)
        };
        assert_eq!(reason("Accessibility links"), Some(DropReason::Navigation));
        assert_eq!(reason("  • Facebook"), Some(DropReason::Controls));
        assert_eq!(reason("XS SM MD LG"), Some(DropReason::Controls));
        assert_eq!(reason("関連記事"), Some(DropReason::Related));
        assert_eq!(reason("무단 전재 및 재배포 금지"), Some(DropReason::Notice));
        assert_eq!(reason("Tokyo and Seoul agree on talks"), None);
    }
}
