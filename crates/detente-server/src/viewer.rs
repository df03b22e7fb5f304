//! Who asks.

/// Who asks. Every question to the record is asked on behalf of a viewer, so that roles and sharing
/// can be decided in one place when they come; today a viewer may see the whole record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// How the viewer was let in.
    pub entry: Entry,
}

/// How a viewer was let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// From this machine, where no token is set.
    Loopback,
    /// With the token in a header: a program.
    Bearer,
    /// With a cookie that was given for the token: a browser.
    Session,
}

impl Viewer {
    /// What distinguishes viewers who see different things; an answer to one may be sent to another
    /// of the same rights.
    pub(crate) const fn rights(&self) -> &'static str {
        "all"
    }

    /// True if the viewer may add documents.
    pub const fn may_write(&self) -> bool {
        true
    }
}
