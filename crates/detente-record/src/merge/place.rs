//! Placing reports one by one into groups that tell of the same thing.

use rustc_hash::FxHashMap;

use super::{decided::Decided, report::Report};

/// Members of a group that a new report is compared with: the first one and the latest.
const COMPARED: usize = 4;

/// Reports that tell of the same thing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    /// Places in the list of reports, with the reason; the first report first.
    pub(crate) members: Vec<(usize, String)>,
}

/// Groups as they grow.
pub(crate) struct Placing<'r> {
    pub(crate) reports: &'r [Report],
    pub(crate) groups: Vec<Group>,
    decided: &'r Decided,
    of_row: FxHashMap<i64, usize>,
}

impl<'r> Placing<'r> {
    pub(crate) fn new(reports: &'r [Report], decided: &'r Decided) -> Self {
        Self {
            reports,
            groups: Vec::new(),
            decided,
            of_row: FxHashMap::default(),
        }
    }

    /// The group that a reviewer's decision puts the report into.
    pub(crate) fn by_decision(&self, report: usize) -> Option<(usize, String)> {
        self.decided
            .same_as(self.reports[report].row)
            .iter()
            .find_map(|(row, by)| Some((*self.of_row.get(row)?, by.clone())))
    }

    /// The best score of `compare` over the members of a group, unless a reviewer has said that the
    /// report does not belong there.
    pub(crate) fn best<C>(
        &self,
        report: usize,
        group: usize,
        mut compare: impl FnMut(&Report, &Report) -> Option<(f64, C)>,
    ) -> Option<(f64, usize, C)> {
        let members = &self.groups[group].members;
        let row = self.reports[report].row;
        if members
            .iter()
            .any(|(member, _)| self.decided.are_apart(row, self.reports[*member].row))
        {
            return None;
        }
        let latest = members.len().saturating_sub(COMPARED - 1).max(1);
        let mut best: Option<(f64, usize, C)> = None;
        for (member, _) in members[..1].iter().chain(&members[latest..]) {
            if let Some((points, common)) = compare(&self.reports[report], &self.reports[*member])
                && best.as_ref().is_none_or(|(most, ..)| points > *most)
            {
                best = Some((points, *member, common));
            }
        }
        best
    }

    /// Puts a report into a group.
    pub(crate) fn join(&mut self, report: usize, group: usize, why: String) {
        self.of_row.insert(self.reports[report].row, group);
        self.groups[group].members.push((report, why));
    }

    /// Opens a group and returns its number.
    pub(crate) fn open(&mut self, report: usize) -> usize {
        let group = self.groups.len();
        self.groups.push(Group::default());
        self.join(report, group, "first report".to_owned());
        group
    }
}
