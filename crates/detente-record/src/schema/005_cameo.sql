-- Schema version 5: events with their category of CAMEO.

ALTER TABLE fact ADD COLUMN cameo TEXT;
