-- Schema version 3: lists of facts by what they are about, in order of time, so that a page of any
-- of them is read without looking at the others. Kept by the writer together with the facts.

-- A value that facts can be asked for by: facet `kind`, value `event`.
CREATE TABLE term (
    term_id INTEGER PRIMARY KEY,
    facet   TEXT NOT NULL,
    value   TEXT NOT NULL,
    facts   INTEGER NOT NULL,               -- facts that hold now and bear it
    UNIQUE (facet, value)
) STRICT;
CREATE INDEX term_by_facts ON term (facet, facts);

-- The facts of a term that hold now, in order of time. Days are numbers such as 20120810; first 0:
-- open at the start; 99999999: no date, or (last) open at the end.
CREATE TABLE posting (
    term_id INTEGER NOT NULL,
    first   INTEGER NOT NULL,
    fact_id INTEGER NOT NULL,
    last    INTEGER NOT NULL,
    PRIMARY KEY (term_id, first, fact_id)
) STRICT, WITHOUT ROWID;

-- How many facts of a term begin in a month, such as 201208.
CREATE TABLE month (
    term_id INTEGER NOT NULL,
    month   INTEGER NOT NULL,
    facts   INTEGER NOT NULL,
    PRIMARY KEY (term_id, month)
) STRICT, WITHOUT ROWID;

-- Asserted events by who acts towards whom, year and quad class.
CREATE TABLE tie (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    year   INTEGER NOT NULL,
    quad   INTEGER NOT NULL,
    facts  INTEGER NOT NULL,
    PRIMARY KEY (source, target, year, quad)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_by_target ON tie (target);

CREATE INDEX document_by_date ON document (date_from, document_id) WHERE state <> 'superseded';
CREATE INDEX document_coverage ON document (outlet, date_from, language, characters) WHERE state <> 'superseded';
CREATE INDEX dropped_reason ON dropped (reason, start_char, end_char);
CREATE INDEX diagnostic_code ON diagnostic (code, severity);
CREATE INDEX event_by_date ON event (date_from, event_id, root, mentions, documents);
