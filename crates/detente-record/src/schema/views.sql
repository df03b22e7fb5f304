-- Views for people; made anew whenever the record is opened by a newer program.

CREATE VIEW v_document AS
SELECT d.name AS document, d.state, d.title, d.outlet, d.date, d.language, d.format, d.characters,
       (SELECT count(*) FROM fact f WHERE f.document_id = d.document_id AND f.superseded_run IS NULL) AS facts
FROM document d WHERE d.state <> 'superseded';

CREATE VIEW v_fact AS
SELECT f.fact_id, f.id, d.name AS document, d.outlet, d.date AS document_date, f.kind, f.quote,
       f.start_char, f.end_char, f.root, f.quad, f.intensity, f.date, f.date_from, f.date_to, f.date_basis,
       f.modality, f.hedge, f.channel, f.status, f.value, f.unit, f.confidence, f.rule,
       (SELECT group_concat(value, ';') FROM json_each(f.source)) AS source,
       (SELECT group_concat(value, ';') FROM json_each(f.target)) AS target,
       (SELECT group_concat(value, ';') FROM json_each(f.issue)) AS issue,
       (SELECT o.id FROM duplicate x JOIN fact o ON o.fact_id = x.of_fact WHERE x.fact_id = f.fact_id) AS duplicate_of,
       coalesce((SELECT r.decision FROM review r WHERE r.id = f.id AND r.quote = f.quote
                 ORDER BY r.review_id DESC LIMIT 1), f.review) AS review
FROM fact f JOIN document d ON d.document_id = f.document_id
WHERE f.superseded_run IS NULL AND d.state <> 'superseded';

-- Each event once, with its first report and how many say it.
CREATE VIEW v_event AS
SELECT e.event_id, e.date, e.date_from, e.root, v.source, v.target, v.issue, v.channel, v.modality, v.quote,
       v.document, e.mentions, e.documents
FROM event e JOIN v_fact v ON v.fact_id = e.first_fact;

CREATE VIEW v_statement AS
SELECT v.id, v.document, v.document_date, v.date, v.quote, v.source, v.target, v.issue, v.modality,
       json_extract(f.speaker, '$[0].actor') AS speaker, json_extract(f.speaker, '$[0].form') AS form,
       f.stance, f.subtype, v.review
FROM v_fact v JOIN fact f ON f.fact_id = v.fact_id WHERE v.kind = 'statement' AND v.duplicate_of IS NULL;

-- Proposals and commitments.
CREATE VIEW v_undertaking AS
SELECT v.id, v.kind, v.document, v.date, f.due, v.quote, v.source, v.target, v.issue, v.modality, v.status, v.review
FROM v_fact v JOIN fact f ON f.fact_id = v.fact_id
WHERE v.kind IN ('proposal', 'commitment') AND v.duplicate_of IS NULL;

CREATE VIEW v_poll AS
SELECT v.id, v.document, f.fieldwork, v.date, f.pollster, f.population, f.question, f.answer, v.value, v.unit, f.n,
       f.survey_mode, v.quote, v.review
FROM v_fact v JOIN fact f ON f.fact_id = v.fact_id WHERE v.kind = 'poll' AND v.duplicate_of IS NULL;

CREATE VIEW v_timeline AS
SELECT date, date_from, quote, root, source, target, document, mentions FROM v_event
ORDER BY date_from, event_id;

-- Must be empty: facts and places whose text is not the quote.
CREATE VIEW v_misquoted AS
SELECT f.id, d.name AS document, f.quote, substr(d.text, f.start_char + 1, f.end_char - f.start_char) AS text
FROM fact f JOIN document d ON d.document_id = f.document_id
WHERE substr(d.text, f.start_char + 1, f.end_char - f.start_char) IS NOT f.quote;
