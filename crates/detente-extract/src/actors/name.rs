//! Runs of capitalised words that are no name of the codebook.

use detente_codebook::actors::{Case, Gap};

use super::survey::Survey;

/// Longest name of a person in words; hyphens part words.
const LONGEST: usize = 6;

/// One past the last word of the run of capitalised words that begins at `first`; `first` if none.
pub(super) fn run(survey: &Survey<'_>, first: usize, covering: &[Option<u32>]) -> usize {
    let mut end = first;
    while end < survey.words.len() && end - first < LONGEST {
        let word = survey.words[end];
        let joined = end == first || matches!(word.gap, Gap::Space | Gap::Hyphen);
        // "Suk-yeol": a small syllable after a hyphen belongs to the name.
        let syllable = end > first && word.gap == Gap::Hyphen && word.case == Case::Lower;
        if !joined || covering[end].is_some() || (word.case == Case::Lower && !syllable) {
            break;
        }
        if !survey
            .word(end)
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’'))
        {
            break;
        }
        let folded = survey.folded(end);
        let reference = survey.reference();
        let none = reference.no_names.contains(folded.as_str())
            || reference.organisation_words.contains(folded.as_str());
        if none && !survey.titles_person(end) {
            break;
        }
        end += 1;
    }
    end
}
