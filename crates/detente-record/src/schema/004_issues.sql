-- Schema version 4: what words say of the state of an issue.

-- A fact whose words tell that a matter is settled, or that it is not.
CREATE TABLE issue_mark (
    fact_id INTEGER NOT NULL REFERENCES fact,
    issue   TEXT NOT NULL,
    status  TEXT NOT NULL CHECK (status IN ('agreed', 'unresolved')),
    reason  TEXT NOT NULL,
    PRIMARY KEY (fact_id, issue)
) STRICT, WITHOUT ROWID;
