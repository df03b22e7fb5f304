//! What synthetic facts are about.

/// Ids that documents of the synthetic record speak of.
pub(crate) const ISSUES: [&str; 12] = [
    "comfort_women",
    "forced_labor",
    "export_controls",
    "gsomia",
    "trade_investment",
    "history",
    "security_cooperation",
    "fukushima_water",
    "culture_exchange",
    "travel",
    "north_korea",
    "apology",
];

/// Ids of channels.
pub(crate) const CHANNELS: [&str; 8] = [
    "summit",
    "foreign_minister",
    "defense_minister",
    "embassy",
    "courts",
    "culture",
    "negotiations",
    "strategic_dialogue",
];
