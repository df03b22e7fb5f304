//! How `codebook/figures/en.toml` is laid out.

use std::collections::BTreeSet;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) poll: PollFile,
    pub(super) change: ChangeFile,
    pub(super) level: LevelFile,
    pub(super) measure: Vec<MeasureFile>,
    pub(super) rank: RankFile,
    pub(super) share: ShareFile,
    pub(super) outlay: Vec<OutlayFile>,
    pub(super) restriction: RestrictionFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PollFile {
    pub(super) nouns: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) pollsters: BTreeSet<String>,
    pub(super) people: Vec<String>,
    pub(super) answers: Vec<String>,
    pub(super) chooses: Vec<String>,
    pub(super) toning: BTreeSet<String>,
    pub(super) meets: BTreeSet<String>,
    pub(super) rating: Vec<RatingFile>,
    pub(super) shares: SharesFile,
    pub(super) mode: Vec<ModeFile>,
    pub(super) topic: Vec<TopicFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RatingFile {
    pub(super) nouns: Vec<String>,
    pub(super) answer: String,
    pub(super) sure: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SharesFile {
    pub(super) nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ModeFile {
    pub(super) id: String,
    pub(super) words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicFile {
    pub(super) issue: String,
    pub(super) words: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeFile {
    pub(super) up: Vec<String>,
    pub(super) down: Vec<String>,
    pub(super) stable: Vec<String>,
    pub(super) up_nouns: Vec<String>,
    pub(super) down_nouns: Vec<String>,
    pub(super) undertaken: BTreeSet<String>,
    pub(super) wished: BTreeSet<String>,
    pub(super) sizes: BTreeSet<String>,
    pub(super) factor: Vec<FactorFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FactorFile {
    pub(super) words: Vec<String>,
    pub(super) times: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LevelFile {
    pub(super) verbs: Vec<String>,
    pub(super) fewer: Vec<String>,
    pub(super) more: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShareFile {
    pub(super) parts: BTreeSet<String>,
    pub(super) goods: BTreeSet<String>,
    pub(super) bought: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutlayFile {
    pub(super) verbs: Vec<String>,
    pub(super) on: BTreeSet<String>,
    pub(super) issue: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RestrictionFile {
    pub(super) words: Vec<String>,
    pub(super) goods: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeasureFile {
    pub(super) issue: String,
    pub(super) flow: bool,
    #[serde(default)]
    pub(super) inward: bool,
    #[serde(default)]
    pub(super) people: bool,
    #[serde(default)]
    pub(super) counted: bool,
    pub(super) nouns: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RankFile {
    pub(super) nouns: Vec<String>,
}
