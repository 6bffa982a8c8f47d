-- What `pixsession sql` asks of: in a database in memory, beside copies of the tables of the schema.
CREATE SCHEMA board;

CREATE TABLE board.student (
    student_id INTEGER, last_name VARCHAR, first_name VARCHAR, class VARCHAR, group_name VARCHAR, state VARCHAR,
    eligible_competences INTEGER, pix INTEGER, sent_at VARCHAR, submissions INTEGER, campaign_code VARCHAR,
    campaign_name VARCHAR, file_name VARCHAR, exported_at TIMESTAMP, delta_competences INTEGER, delta_pix INTEGER,
    reasons VARCHAR, listed_in VARCHAR, room VARCHAR, extra_time DOUBLE, day_state VARCHAR, levels INTEGER[],
    student_number VARCHAR, external_id VARCHAR
);
CREATE TABLE board.same_student (student_id INTEGER, whom INTEGER);
CREATE TABLE board.counted_export (export_id INTEGER, is_list BOOLEAN, is_on_board BOOLEAN);
CREATE TABLE board.competence (code VARCHAR, name VARCHAR, area VARCHAR, area_name VARCHAR);
CREATE TABLE board.evaluation (
    student_id INTEGER, campaign_code VARCHAR, campaign_name VARCHAR, progress DOUBLE, started_at VARCHAR,
    shared BOOLEAN, shared_at VARCHAR, mastery DOUBLE, stage INTEGER, stage_max INTEGER, badges VARCHAR[]
);
CREATE TABLE board.result (
    student_id INTEGER, certification_number VARCHAR, type VARCHAR, status VARCHAR, level VARCHAR, score INTEGER,
    date VARCHAR, session VARCHAR, centre VARCHAR
);
CREATE TABLE board.action (
    at_time TIMESTAMP, kind VARCHAR, student_id INTEGER, last_name VARCHAR, first_name VARCHAR, room VARCHAR,
    code VARCHAR, text VARCHAR
);

CREATE VIEW students AS
SELECT * EXCLUDE (levels) FROM board.student;

CREATE VIEW exports AS
SELECT
    e.export_id, e.file_name, e.kind, e.campaign_code, e.campaign_name, e.organisation, e.exported_at, e.has_stamp,
    e.line_count, c.is_list, c.is_on_board
FROM export AS e
INNER JOIN board.counted_export AS c ON c.export_id = e.export_id;

CREATE VIEW board.submission AS
SELECT
    coalesce(u.whom, p.student_id) AS student_id, e.campaign_code, e.campaign_name, p.sent_at, p.pix,
    p.certifiable AS pix_says_eligible, p.certifiable_competences AS pix_says_competences,
    min(e.exported_at) AS first_seen_at, max(e.exported_at) AS last_seen_at,
    [
        p.level_1_1, p.level_1_2, p.level_1_3, p.level_2_1, p.level_2_2, p.level_2_3, p.level_2_4, p.level_3_1,
        p.level_3_2, p.level_3_3, p.level_3_4, p.level_4_1, p.level_4_2, p.level_4_3, p.level_5_1, p.level_5_2
    ] AS levels,
    [
        p.pix_1_1, p.pix_1_2, p.pix_1_3, p.pix_2_1, p.pix_2_2, p.pix_2_3, p.pix_2_4, p.pix_3_1, p.pix_3_2,
        p.pix_3_3, p.pix_3_4, p.pix_4_1, p.pix_4_2, p.pix_4_3, p.pix_5_1, p.pix_5_2
    ] AS scores
FROM participation AS p
INNER JOIN export AS e
    ON e.kind = 'profiles' AND e.campaign_key = p.campaign_key AND e.place >= p.since_export
    AND (e.place < p.until_export OR p.until_export IS NULL)
INNER JOIN board.counted_export AS c ON c.export_id = e.export_id
LEFT JOIN board.same_student AS u ON u.student_id = p.student_id
WHERE p.sent
GROUP BY ALL;

CREATE VIEW board.numbered_submission AS
SELECT
    b.*,
    s.sent_at IS NOT DISTINCT FROM b.sent_at AND s.pix IS NOT DISTINCT FROM b.pix
    AND s.levels IS NOT DISTINCT FROM b.levels AS counts
FROM board.submission AS b
LEFT JOIN board.student AS s ON s.student_id = b.student_id;

CREATE VIEW submissions AS
SELECT
    student_id, campaign_code, campaign_name, sent_at, pix,
    len(list_filter(levels, lambda one: one >= 1)) AS competences_at_level_1,
    pix_says_eligible, pix_says_competences, counts, first_seen_at, last_seen_at
FROM board.numbered_submission;

CREATE VIEW levels AS
SELECT
    b.student_id, b.campaign_code, b.sent_at, b.counts, c.code AS competence, c.name AS competence_name, c.area,
    c.area_name, b.levels[c.position] AS level, b.scores[c.position] AS pix
FROM board.numbered_submission AS b
CROSS JOIN (SELECT *, row_number() OVER () AS position FROM board.competence) AS c;

CREATE VIEW evaluations AS
SELECT * FROM board.evaluation;

CREATE VIEW masteries AS
SELECT
    coalesce(u.whom, v.student_id) AS student_id, e.campaign_code, e.campaign_name, e.exported_at,
    m.is_area, m.code, m.rate, m.targeted, m.mastered
FROM evaluation AS v
INNER JOIN export AS e
    ON e.kind = 'assessment' AND e.campaign_key = v.campaign_key AND e.place >= v.since_export
    AND (e.place < v.until_export OR v.until_export IS NULL)
INNER JOIN board.counted_export AS c ON c.export_id = e.export_id AND c.is_list
INNER JOIN evaluation_mastery AS m ON m.version_id = v.version_id
LEFT JOIN board.same_student AS u ON u.student_id = v.student_id;

CREATE VIEW results AS
SELECT * FROM board.result;

CREATE VIEW actions AS
SELECT * FROM board.action;

CREATE VIEW changes AS
SELECT
    c.at_time, c.kind, coalesce(u.whom, c.student_id) AS student_id, c.last_name, c.first_name, c.place, c.before,
    c.after, c.sent_at, c.delta_competences, c.delta_pix
FROM change AS c
LEFT JOIN board.same_student AS u ON u.student_id = c.student_id;
