//! Reading offices and who held them.

use super::{ActorBook, NameKind, Office, Person, Term, read::optional};
use crate::{
    problem::{Place, Problems, nearest},
    reader::Table,
};

impl ActorBook {
    pub(super) fn read_offices(&mut self, root: &Table<'_>, problems: &mut Problems) {
        root.only(problems, &["office"]);
        for table in root.tables(problems, "office") {
            table.only(
                problems,
                &[
                    "id",
                    "state",
                    "sector",
                    "titles",
                    "titles_ja",
                    "titles_ko",
                    "holders",
                    "many",
                    "note",
                ],
            );
            let Some(id) = table.need(problems, "id") else {
                continue;
            };
            if self.offices.iter().any(|o| *o.id == *id.text) {
                problems.error(&id.place, format!("office {} stands twice", id.text), None);
                continue;
            }
            let number = self.offices.len();
            let holders = self.read_holders(&table, problems);
            if !table.flag(problems, "many") {
                warn_of_overlaps(&holders, &self.persons, id.text, problems);
            }
            let office = Office {
                id: id.text.into(),
                state: self.state_of(&table, problems),
                sector: optional(&table, "sector", problems).unwrap_or_else(|| "GOV".into()),
                titles: table.strings(problems, "titles"),
                scripts: [
                    table.strings(problems, "titles_ja"),
                    table.strings(problems, "titles_ko"),
                ],
                holders: holders.into_iter().map(|(term, _)| term).collect(),
                place: format!("{}:{}", id.place.file, line_of(&id.place)).into(),
            };
            for term in &office.holders {
                let offices = self.offices_by_person.entry(term.person).or_default();
                if offices.last() != Some(&(number as u32)) {
                    offices.push(number as u32);
                }
            }
            for text in &office.titles {
                let fresh = self.titles.len() as u32;
                let title = *self
                    .titles_by_text
                    .entry(text.to_lowercase().into())
                    .or_insert(fresh);
                if title == fresh {
                    self.titles.push(Vec::new());
                }
                self.titles[title as usize].push(number as u32);
                self.name(text, NameKind::Title, title as usize, false);
            }
            self.script_names(&office.scripts, NameKind::Title, number);
            self.offices.push(office);
        }
    }

    fn read_holders<'a>(
        &self,
        office: &Table<'a>,
        problems: &mut Problems,
    ) -> Vec<(Term, Place<'a>)> {
        let mut terms = Vec::new();
        for table in office.tables(problems, "holders") {
            table.only(problems, &["person", "from", "to", "acting", "note"]);
            let from = table.days(problems, "from");
            let to = table.days(problems, "to");
            let Some(person) = table.need(problems, "person") else {
                continue;
            };
            if let (Some((from, _)), Some((_, to))) = (from, to)
                && to < from
            {
                let message = format!("{} leaves before coming", person.text);
                problems.error(
                    &table.place(),
                    message,
                    Some("mend `from` or `to`".to_owned()),
                );
            }
            match self.person_index(person.text) {
                Some(index) => terms.push((
                    Term {
                        person: index,
                        from,
                        to,
                    },
                    person.place,
                )),
                None => {
                    let hint = nearest(person.text, self.persons.iter().map(|p| &*p.id))
                        .map_or_else(
                            || "add an entry to actors/persons/".to_owned(),
                            |meant| format!("did you mean {meant}?"),
                        );
                    let message = format!("holder {} has no person entry", person.text);
                    problems.error(&person.place, message, Some(hint));
                }
            }
        }
        terms.sort_by_key(|(t, _)| (t.from, t.to));
        terms
    }
}

/// Warns where two persons certainly held an office at the same time.
fn warn_of_overlaps(
    holders: &[(Term, Place<'_>)],
    persons: &[Person],
    office: &str,
    problems: &mut Problems,
) {
    for pair in holders.windows(2) {
        let [(before, _), (after, place)] = pair else {
            continue;
        };
        let overlap = match (before.to, after.from) {
            (Some((to, _)), Some((_, from))) => from < to,
            (None, Some(_)) => true,
            _ => false,
        };
        if overlap && before.person != after.person {
            let message = format!(
                "{} and {} hold the office {office} at the same time",
                persons[before.person as usize].id, persons[after.person as usize].id
            );
            let hint = "mend `from` or `to`, or write `many = true` for an office of several";
            problems.warning(place, message, Some(hint.to_owned()));
        }
    }
}

fn line_of(place: &Place<'_>) -> usize {
    let before = place.text.get(..place.range.start).unwrap_or("");
    before.matches('\n').count() + 1
}
