-- Schema version 2: ledgers, and decisions about links. All but `decision` and `actor_sighting` is
-- worked out anew from facts, documents and decisions at the end of each run that changed something.

-- Decisions about what belongs together and what became of it; never changed, revoked by `undo`.
CREATE TABLE decision (
    decision_id INTEGER PRIMARY KEY,
    act      TEXT NOT NULL CHECK (act IN ('same', 'apart', 'status', 'accept', 'reject', 'undo')),
    fact     TEXT,                          -- id of the fact decided on
    document TEXT,                          -- its document and quote: found again if its id changes
    quote    TEXT,
    other    TEXT,                          -- id of the other fact
    other_document TEXT,
    other_quote    TEXT,
    status   TEXT,                          -- `status`: the status given
    date     TEXT,                          -- `status`: since when, EDTF
    revokes  INTEGER REFERENCES decision,   -- `undo`: the decision taken back
    reviewer TEXT NOT NULL,
    decided  TEXT NOT NULL,                 -- UTC, ISO 8601
    note     TEXT
) STRICT;

-- Proposals, commitments, agreements and measures, each once.
CREATE TABLE undertaking (
    entry_id   TEXT NOT NULL PRIMARY KEY,   -- from the id of its first mention
    kind       TEXT NOT NULL CHECK (kind IN ('proposal', 'commitment', 'agreement', 'measure')),
    first_fact INTEGER NOT NULL REFERENCES fact,
    who        TEXT NOT NULL,               -- JSON list: who owes or proposes
    towards    TEXT NOT NULL,               -- JSON list
    issue      TEXT NOT NULL,               -- JSON list
    channel    TEXT,
    date       TEXT,                        -- EDTF: since when
    date_from  TEXT,
    due        TEXT,                        -- EDTF
    due_to     TEXT,                        -- last day of `due`
    status     TEXT NOT NULL,               -- the latest
    status_from TEXT,                       -- first day of the latest status
    mentions   INTEGER NOT NULL,
    documents  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX undertaking_by_date ON undertaking (date_from);
CREATE TABLE undertaking_mention (
    fact_id  INTEGER NOT NULL REFERENCES fact,
    entry_id TEXT NOT NULL REFERENCES undertaking,
    reason   TEXT NOT NULL,
    PRIMARY KEY (fact_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX undertaking_mention_entry ON undertaking_mention (entry_id);
CREATE TABLE undertaking_change (
    entry_id  TEXT NOT NULL REFERENCES undertaking,
    position  INTEGER NOT NULL,
    status    TEXT NOT NULL,
    date      TEXT,                         -- EDTF
    date_from TEXT,
    fact_id   INTEGER REFERENCES fact,      -- the evidence; NULL: a decision alone
    reason    TEXT NOT NULL,
    decision_id INTEGER REFERENCES decision,
    PRIMARY KEY (entry_id, position)
) STRICT, WITHOUT ROWID;

-- Later facts that may move one of several entries: for a reviewer to say which.
CREATE TABLE link_review (
    link_id  TEXT NOT NULL PRIMARY KEY,
    fact_id  INTEGER NOT NULL REFERENCES fact,
    entry_id TEXT NOT NULL REFERENCES undertaking,
    status   TEXT NOT NULL,                 -- what it would become
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX link_review_fact ON link_review (fact_id);

-- What a fact says of a channel between the two states of the record.
CREATE TABLE channel_change (
    channel   TEXT NOT NULL,
    position  INTEGER NOT NULL,
    date      TEXT NOT NULL,
    date_from TEXT NOT NULL,
    status    TEXT NOT NULL,                -- the state of the channel from then on
    held      INTEGER NOT NULL,             -- 1: it was used
    fact_id   INTEGER NOT NULL REFERENCES fact,
    reason    TEXT NOT NULL,
    PRIMARY KEY (channel, position)
) STRICT, WITHOUT ROWID;

-- Documents that differ, claims of record, announced acts that never show.
CREATE TABLE contradiction (
    contradiction_id TEXT NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL CHECK (kind IN ('date', 'figure', 'record_claim', 'not_held')),
    verdict  TEXT NOT NULL CHECK (verdict IN ('differ', 'refuted', 'supported', 'unchecked', 'not_shown')),
    fact_id  INTEGER NOT NULL REFERENCES fact,
    other_id INTEGER REFERENCES fact,
    reason   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Names of actors as the texts have them, with the office they stand beside. Worked out once a
-- document.
CREATE TABLE actor_sighting (
    document_id INTEGER NOT NULL REFERENCES document,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    actor       TEXT NOT NULL,              -- id
    name        TEXT NOT NULL,              -- as in the text
    office      TEXT,                       -- id of the office named with it
    country     TEXT,                       -- the state named with it
    basis       TEXT NOT NULL CHECK (basis IN ('named', 'inferred')),
    evidence    TEXT,                       -- `inferred`: line of the table of offices
    PRIMARY KEY (document_id, start_char, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_sighting_by_actor ON actor_sighting (actor);
CREATE TABLE surveyed (
    document_id INTEGER NOT NULL PRIMARY KEY REFERENCES document
) STRICT, WITHOUT ROWID;
