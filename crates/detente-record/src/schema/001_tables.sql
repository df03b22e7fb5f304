-- Schema version 1. Every table is described in docs/schema.md.
-- Offsets are Unicode code points into document.text, the end exclusive; so
-- substr(text, start_char + 1, end_char - start_char) is the stretch meant.

-- What the record is about and how it was made: dyad, whether merging is up to date.
CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One call of `detente run` (or of the library).
CREATE TABLE run (
    run_id     INTEGER PRIMARY KEY,
    started    TEXT NOT NULL,               -- UTC, ISO 8601
    finished   TEXT,                        -- NULL: under way or killed
    state      TEXT NOT NULL CHECK (state IN ('running', 'finished', 'interrupted')),
    coder      TEXT NOT NULL,               -- versions of the coding rules and of the codebook
    roots      TEXT NOT NULL,               -- JSON list of the folders and files given
    new        INTEGER NOT NULL DEFAULT 0,  -- inputs read for the first time
    changed    INTEGER NOT NULL DEFAULT 0,  -- inputs read again
    unchanged  INTEGER NOT NULL DEFAULT 0,
    missing    INTEGER NOT NULL DEFAULT 0,  -- inputs of an earlier run that are gone
    left_out   INTEGER NOT NULL DEFAULT 0,  -- inputs that gave no document
    documents  INTEGER NOT NULL DEFAULT 0,
    facts      INTEGER NOT NULL DEFAULT 0,
    refused    INTEGER NOT NULL DEFAULT 0   -- facts refused by the quote rule
) STRICT;

-- A file, or a line of a JSON Lines file: the unit that is read or skipped.
CREATE TABLE input (
    input_id  INTEGER PRIMARY KEY,
    root      TEXT NOT NULL,                -- folder that was given, or the folder of a file that was given
    path      TEXT NOT NULL,                -- below the root
    line      INTEGER NOT NULL,             -- 0: the whole file
    hash      TEXT NOT NULL,                -- SHA-256 of bytes, side-car and reading options
    coder     TEXT NOT NULL,                -- versions that read it
    state     TEXT NOT NULL CHECK (state IN ('read', 'left_out', 'missing')),
    documents INTEGER NOT NULL,
    run_id    INTEGER NOT NULL REFERENCES run,
    UNIQUE (root, path, line)
) STRICT;

CREATE TABLE document (
    document_id    INTEGER PRIMARY KEY,
    name           TEXT NOT NULL,           -- `document` of the exchange form: path below the root
    input_id       INTEGER NOT NULL REFERENCES input,
    state          TEXT NOT NULL CHECK (state IN ('current', 'missing', 'superseded')),
    text           TEXT NOT NULL,
    characters     INTEGER NOT NULL,
    format         TEXT NOT NULL,
    charset        TEXT NOT NULL,
    language       TEXT NOT NULL,           -- ISO 639-1, `und` if not known
    title          TEXT,
    authors        TEXT NOT NULL,           -- JSON list
    outlet         TEXT,
    place          TEXT,
    date           TEXT,                    -- EDTF
    date_text      TEXT,
    date_basis     TEXT NOT NULL,
    date_from      TEXT,                    -- first day of `date`
    url            TEXT,
    run_id         INTEGER NOT NULL REFERENCES run,
    superseded_run INTEGER REFERENCES run
) STRICT;
CREATE UNIQUE INDEX document_live ON document (name) WHERE state <> 'superseded';
CREATE INDEX document_input ON document (input_id);

-- Stretches that are kept but not coded.
CREATE TABLE dropped (
    document_id INTEGER NOT NULL REFERENCES document,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    reason      TEXT NOT NULL
) STRICT;
CREATE INDEX dropped_document ON dropped (document_id);

-- Passages that stand again in the same document.
CREATE TABLE repeat (
    document_id INTEGER NOT NULL REFERENCES document,
    first_start INTEGER NOT NULL,
    first_end   INTEGER NOT NULL,
    again_start INTEGER NOT NULL,
    again_end   INTEGER NOT NULL
) STRICT;
CREATE INDEX repeat_document ON repeat (document_id);

-- Fingerprints of passages, by which the same words are found in other documents.
CREATE TABLE passage (
    document_id INTEGER NOT NULL REFERENCES document,
    start_char  INTEGER NOT NULL,
    end_char    INTEGER NOT NULL,
    exact       INTEGER NOT NULL,           -- hash of the evened-out words
    near        BLOB NOT NULL               -- little-endian 64-bit hashes of bands
) STRICT;
CREATE INDEX passage_document ON passage (document_id);

-- What was noticed about an input or a document.
CREATE TABLE diagnostic (
    diagnostic_id INTEGER PRIMARY KEY,
    run_id        INTEGER NOT NULL REFERENCES run,
    input_id      INTEGER REFERENCES input,
    document_id   INTEGER REFERENCES document,
    path          TEXT NOT NULL,
    line          INTEGER,                  -- line of the document or of the JSON Lines file, from 1
    code          TEXT NOT NULL,
    severity      TEXT NOT NULL CHECK (severity IN ('note', 'warning', 'error')),
    message       TEXT NOT NULL,
    hint          TEXT,
    start_char    INTEGER,
    end_char      INTEGER
) STRICT;
CREATE INDEX diagnostic_input ON diagnostic (input_id);

-- One fact; the fields of the exchange form. Rows are never rewritten: a newer run closes them.
CREATE TABLE fact (
    fact_id        INTEGER PRIMARY KEY,
    id             TEXT NOT NULL,           -- stable over runs
    document_id    INTEGER NOT NULL REFERENCES document,
    kind           TEXT NOT NULL,
    quote          TEXT NOT NULL CHECK (quote <> ''),
    start_char     INTEGER NOT NULL,
    end_char       INTEGER NOT NULL,
    sentence       TEXT NOT NULL,           -- JSON [start, end]
    occurrences    TEXT NOT NULL,           -- JSON list of [start, end]; also in `mention`
    actors         TEXT NOT NULL,           -- JSON list; also in `fact_actor`
    source         TEXT NOT NULL,           -- JSON list; also in `fact_actor`
    target         TEXT NOT NULL,           -- JSON list; also in `fact_actor`
    root           TEXT,
    mode           TEXT NOT NULL,           -- JSON list
    contexts       TEXT NOT NULL,           -- JSON list
    intensity      REAL,
    quad           INTEGER,
    date           TEXT,                    -- EDTF
    date_text      TEXT,
    date_basis     TEXT NOT NULL,
    date_from      TEXT,                    -- first day of `date`, NULL if open
    date_to        TEXT,                    -- last day of `date`, NULL if open
    due            TEXT,
    modality       TEXT NOT NULL,
    hedge          TEXT,
    speaker        TEXT NOT NULL,           -- JSON list of links
    stance         TEXT,
    issue          TEXT NOT NULL,           -- JSON list; also in `fact_issue`
    channel        TEXT,
    status         TEXT,
    value          ANY,                     -- number or word
    unit           TEXT,
    population     TEXT,
    question       TEXT,
    answer         TEXT,
    pollster       TEXT,
    fieldwork      TEXT,
    n              INTEGER,
    survey_mode    TEXT,
    office         TEXT,
    country        TEXT,
    claim          TEXT,                    -- JSON
    cause          TEXT,                    -- JSON
    effect         TEXT,                    -- JSON
    subtype        TEXT,
    location       TEXT,                    -- JSON
    language       TEXT NOT NULL,
    same_event     TEXT,                    -- cluster seen inside the document
    evidence       TEXT NOT NULL,           -- JSON {field: [start, end]}
    confidence     REAL NOT NULL,
    rule           TEXT NOT NULL,
    review         TEXT NOT NULL,           -- as the coder gave it; decisions stand in `review`
    run_id         INTEGER NOT NULL REFERENCES run,
    superseded_run INTEGER REFERENCES run   -- NULL: holds now
) STRICT;
CREATE UNIQUE INDEX fact_live ON fact (document_id, id) WHERE superseded_run IS NULL;
CREATE INDEX fact_by_id ON fact (id);
CREATE INDEX fact_by_date ON fact (date_from) WHERE superseded_run IS NULL;

CREATE TABLE fact_actor (
    fact_id  INTEGER NOT NULL REFERENCES fact,
    role     TEXT NOT NULL CHECK (role IN ('source', 'target', 'actor', 'speaker')),
    position INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    PRIMARY KEY (fact_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_actor_by_actor ON fact_actor (actor);

CREATE TABLE fact_issue (
    fact_id  INTEGER NOT NULL REFERENCES fact,
    position INTEGER NOT NULL,
    issue    TEXT NOT NULL,
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX fact_issue_by_issue ON fact_issue (issue);

-- Every place where a document prints the fact.
CREATE TABLE mention (
    fact_id    INTEGER NOT NULL REFERENCES fact,
    position   INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    PRIMARY KEY (fact_id, position)
) STRICT, WITHOUT ROWID;

-- A fact that another document printed first: counted once, there.
CREATE TABLE duplicate (
    fact_id INTEGER NOT NULL PRIMARY KEY REFERENCES fact,
    of_fact INTEGER NOT NULL REFERENCES fact,
    reason  TEXT NOT NULL
) STRICT;
CREATE INDEX duplicate_of_fact ON duplicate (of_fact);

-- Reports merged into events. Worked out anew at the end of each run that changed something.
CREATE TABLE event (
    event_id   TEXT NOT NULL PRIMARY KEY,   -- from the id of its first report
    root       TEXT,
    date       TEXT NOT NULL,
    date_from  TEXT,
    mentions   INTEGER NOT NULL,
    documents  INTEGER NOT NULL,
    first_fact INTEGER NOT NULL REFERENCES fact
) STRICT, WITHOUT ROWID;
CREATE TABLE event_mention (
    fact_id  INTEGER NOT NULL PRIMARY KEY REFERENCES fact,
    event_id TEXT NOT NULL REFERENCES event,
    reason   TEXT NOT NULL
) STRICT;
CREATE INDEX event_mention_event ON event_mention (event_id);

-- Decisions of reviewers, newest last; never changed.
CREATE TABLE review (
    review_id INTEGER PRIMARY KEY,
    id        TEXT NOT NULL,                -- id of the fact
    quote     TEXT NOT NULL,                -- what the reviewer saw
    decision  TEXT NOT NULL CHECK (decision IN ('new', 'accepted', 'corrected', 'rejected', 'queried')),
    reviewer  TEXT NOT NULL,
    decided   TEXT NOT NULL,                -- UTC, ISO 8601
    note      TEXT
) STRICT;
CREATE INDEX review_by_id ON review (id);

-- Full-text index; can be dropped and rebuilt. Words are cut beforehand (see docs/schema.md).
CREATE VIRTUAL TABLE search_document USING fts5 (
    words, lemmas, content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 2"
);
CREATE VIRTUAL TABLE search_quote USING fts5 (
    words, lemmas, content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 2"
);
