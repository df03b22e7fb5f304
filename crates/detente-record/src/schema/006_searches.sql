-- Schema version 6: searches that readers have kept.

CREATE TABLE saved_search (
    name  TEXT PRIMARY KEY,
    query TEXT NOT NULL,    -- as it stands in the address of the search: `q=summit&issue=trade`
    saved TEXT NOT NULL     -- when it was kept, RFC 3339
) STRICT, WITHOUT ROWID;
