//! Who and what has been named so far.

use detente_text::Span;

use super::survey::{Place, Survey};

/// How many earlier places are searched for an antecedent; bounds the time on hostile texts.
pub(super) const LOOK_BACK: usize = 500;

/// A person named so far.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) id: String,
    /// Index in the codebook.
    pub(super) person: Option<u32>,
    pub(super) state: Option<u32>,
    /// Told by a pronoun or a word before the name.
    pub(super) gender: Option<Gender>,
    /// Titles named with the person, as codebook numbers or words.
    pub(super) titles: Vec<u32>,
    pub(super) title_words: Vec<String>,
    /// Where the person is meant, latest last.
    pub(super) meant: Vec<Meant>,
}

/// Man or woman, as far as the words tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// One place where a person is meant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meant {
    pub(super) span: Span,
    pub(super) sentence: Option<usize>,
    pub(super) subject: bool,
    /// By name, not by title or pronoun.
    pub(super) name: bool,
}

impl Known {
    /// The last name before byte `before`, else the first name.
    pub(super) fn name_before(&self, before: u32) -> Option<Span> {
        let names = || self.meant.iter().filter(|m| m.name).map(|m| m.span);
        names()
            .rfind(|s| s.start < before)
            .or_else(|| names().next())
    }

    /// Where the person was last meant before byte `before`.
    pub(super) fn meant_before(&self, before: u32) -> Option<u32> {
        let mut starts = self.meant.iter().rev().map(|m| m.span.start);
        starts.find(|&start| start < before)
    }
}

/// A state named so far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub(super) state: u32,
    pub(super) span: Span,
    pub(super) subject: bool,
    /// A place here.
    pub(super) place: bool,
}

impl Survey<'_> {
    /// The person of that family name, the latest named first; then whoever is named later.
    pub(super) fn known_by_family(&self, family: &str, before: u32) -> Option<usize> {
        let namesakes = self.by_family.get(family)?;
        namesakes
            .iter()
            .rev()
            .take(LOOK_BACK)
            .copied()
            .max_by_key(|&i| self.persons[i].meant_before(before))
    }

    /// What a pronoun or honorific tells; `word` in small letters without dots.
    pub(super) fn gender(&self, word: &str) -> Option<Gender> {
        let reference = self.reference();
        if reference.male_words.contains(word) {
            Some(Gender::Male)
        } else if reference.female_words.contains(word) {
            Some(Gender::Female)
        } else {
            None
        }
    }

    /// True if a person with that id is named already.
    pub(super) fn is_known(&self, id: &str) -> bool {
        self.by_id.contains_key(id)
    }

    /// Notes that a person is named; the number among the known.
    pub(super) fn note_person(
        &mut self,
        id: &str,
        family: String,
        person: Option<u32>,
        state: Option<u32>,
        span: Span,
        at: Option<Place>,
    ) -> usize {
        let subject = at.is_some_and(|at| self.is_subject(at));
        let number = match self.by_id.get(id) {
            Some(&number) => number,
            None => {
                let number = self.persons.len();
                self.by_id.insert(id.to_owned(), number);
                self.by_family.entry(family).or_default().push(number);
                self.persons.push(Known {
                    id: id.to_owned(),
                    person,
                    state,
                    gender: None,
                    titles: Vec::new(),
                    title_words: Vec::new(),
                    meant: Vec::new(),
                });
                number
            }
        };
        let known = &mut self.persons[number];
        known.state = known.state.or(state);
        let meant = Meant {
            span,
            sentence: at.map(|a| a.sentence),
            subject,
            name: true,
        };
        known.meant.push(meant);
        self.log.push((number, meant));
        number
    }

    /// Notes that a title or pronoun stands for a known person.
    pub(super) fn note_reference(&mut self, number: usize, span: Span, at: Place) {
        let subject = self.is_subject(at);
        let meant = Meant {
            span,
            sentence: Some(at.sentence),
            subject,
            name: false,
        };
        self.persons[number].meant.push(meant);
        self.log.push((number, meant));
    }
}
