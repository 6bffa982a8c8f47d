-- One row per file accepted. Files of the same bytes share one content.
CREATE TABLE export (
    export_id INTEGER PRIMARY KEY,
    content_id INTEGER NOT NULL, -- the first export of the same bytes
    kind VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    campaign_key VARCHAR NOT NULL,
    campaign_code VARCHAR,
    campaign_name VARCHAR NOT NULL,
    exported_at TIMESTAMP NOT NULL, -- Paris time
    has_stamp BOOLEAN NOT NULL, -- that time is Pix's own, from the name of the file; else it is the file's
    modified_at TIMESTAMP NOT NULL,
    copy_number INTEGER NOT NULL,
    one_line_each BOOLEAN NOT NULL,
    line_count INTEGER NOT NULL,
    organisation VARCHAR NOT NULL, -- empty where the file does not say
    notes VARCHAR NOT NULL, -- a JSON list of sentences
    place INTEGER NOT NULL -- in the chain of its campaign, from 1
);

-- One row per version of a participation: a line that an export repeats to the letter is the same version.
-- The lines of the export at a place of the chain: since_export <= place and
-- (until_export > place or until_export is null), in the order of file_order.
CREATE TABLE participation (
    version_id INTEGER NOT NULL,
    campaign_key VARCHAR NOT NULL,
    student_id INTEGER NOT NULL,
    since_export INTEGER NOT NULL, -- place of the first export that shows it
    until_export INTEGER, -- place of the next one that does not; null: the last of the chain shows it
    file_order DOUBLE NOT NULL,
    last_name VARCHAR NOT NULL,
    first_name VARCHAR NOT NULL,
    division VARCHAR,
    group_name VARCHAR,
    student_number VARCHAR,
    external_id VARCHAR,
    sent BOOLEAN,
    sent_at VARCHAR, -- as precise as the file
    pix INTEGER,
    certifiable BOOLEAN,
    certifiable_competences INTEGER,
    -- By the codes of the CRCN; null where nothing was sent or the cell is unreadable.
    level_1_1 INTEGER, level_1_2 INTEGER, level_1_3 INTEGER, level_2_1 INTEGER, level_2_2 INTEGER,
    level_2_3 INTEGER, level_2_4 INTEGER, level_3_1 INTEGER, level_3_2 INTEGER, level_3_3 INTEGER,
    level_3_4 INTEGER, level_4_1 INTEGER, level_4_2 INTEGER, level_4_3 INTEGER, level_5_1 INTEGER,
    level_5_2 INTEGER,
    pix_1_1 INTEGER, pix_1_2 INTEGER, pix_1_3 INTEGER, pix_2_1 INTEGER, pix_2_2 INTEGER, pix_2_3 INTEGER,
    pix_2_4 INTEGER, pix_3_1 INTEGER, pix_3_2 INTEGER, pix_3_3 INTEGER, pix_3_4 INTEGER, pix_4_1 INTEGER,
    pix_4_2 INTEGER, pix_4_3 INTEGER, pix_5_1 INTEGER, pix_5_2 INTEGER,
    doubts VARCHAR -- a JSON list of [code, values …]; null for none
);

-- The same, levels and pix as Participation holds them: joined by ";", null where nothing was sent.
CREATE VIEW participation_line AS
SELECT
    * EXCLUDE (
        level_1_1, level_1_2, level_1_3, level_2_1, level_2_2, level_2_3, level_2_4, level_3_1, level_3_2,
        level_3_3, level_3_4, level_4_1, level_4_2, level_4_3, level_5_1, level_5_2,
        pix_1_1, pix_1_2, pix_1_3, pix_2_1, pix_2_2, pix_2_3, pix_2_4, pix_3_1, pix_3_2, pix_3_3, pix_3_4,
        pix_4_1, pix_4_2, pix_4_3, pix_5_1, pix_5_2
    ),
    CASE WHEN sent THEN concat(
        level_1_1, ';', level_1_2, ';', level_1_3, ';', level_2_1, ';', level_2_2, ';', level_2_3, ';',
        level_2_4, ';', level_3_1, ';', level_3_2, ';', level_3_3, ';', level_3_4, ';', level_4_1, ';',
        level_4_2, ';', level_4_3, ';', level_5_1, ';', level_5_2
    ) END AS levels,
    CASE WHEN sent THEN concat(
        pix_1_1, ';', pix_1_2, ';', pix_1_3, ';', pix_2_1, ';', pix_2_2, ';', pix_2_3, ';', pix_2_4, ';',
        pix_3_1, ';', pix_3_2, ';', pix_3_3, ';', pix_3_4, ';', pix_4_1, ';', pix_4_2, ';', pix_4_3, ';',
        pix_5_1, ';', pix_5_2
    ) END AS competence_pix
FROM participation;

-- One row per version of a participation in an evaluation, likewise.
CREATE TABLE evaluation (
    version_id INTEGER NOT NULL,
    campaign_key VARCHAR NOT NULL,
    student_id INTEGER NOT NULL,
    since_export INTEGER NOT NULL,
    until_export INTEGER,
    file_order DOUBLE NOT NULL,
    last_name VARCHAR NOT NULL,
    first_name VARCHAR NOT NULL,
    division VARCHAR,
    group_name VARCHAR,
    student_number VARCHAR,
    external_id VARCHAR,
    progress DOUBLE,
    started_at VARCHAR, -- as precise as the file
    shared BOOLEAN,
    shared_at VARCHAR,
    stage INTEGER,
    stage_max INTEGER,
    mastery DOUBLE,
    badges VARCHAR NOT NULL, -- a JSON list of [title, obtained]
    skills VARCHAR NOT NULL, -- a JSON list of [name, state]
    doubts VARCHAR -- a JSON list of [code, values …]; null for none
);

-- What a version of an evaluation says of each competence and of each area.
CREATE TABLE evaluation_mastery (
    version_id INTEGER NOT NULL,
    is_area BOOLEAN NOT NULL,
    position INTEGER NOT NULL, -- in the file, from 0
    code VARCHAR NOT NULL, -- of the CRCN, else the name in the file
    rate DOUBLE,
    targeted INTEGER,
    mastered INTEGER
);

-- How a student is recognised; the last row of a student counts.
CREATE TABLE student (
    student_id INTEGER NOT NULL,
    name_key VARCHAR NOT NULL,
    place_key VARCHAR NOT NULL,
    number_key VARCHAR NOT NULL,
    last_name VARCHAR NOT NULL,
    first_name VARCHAR NOT NULL
);

CREATE TABLE change (
    kind VARCHAR NOT NULL,
    at_time TIMESTAMP NOT NULL,
    student_id INTEGER NOT NULL,
    last_name VARCHAR NOT NULL,
    first_name VARCHAR NOT NULL,
    place VARCHAR,
    before VARCHAR,
    after VARCHAR,
    sent_at VARCHAR,
    delta_competences INTEGER, -- null where there is nothing to compare
    delta_pix INTEGER
);

CREATE TABLE format (version INTEGER NOT NULL);
