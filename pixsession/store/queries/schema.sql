-- One row per file accepted. Files of the same bytes share one content: the rows are kept once.
CREATE TABLE export (
    export_id INTEGER PRIMARY KEY,
    content_id INTEGER NOT NULL,
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
    notes VARCHAR NOT NULL -- a JSON list of sentences
);

CREATE TABLE participation (
    content_id INTEGER NOT NULL,
    student_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
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
    levels VARCHAR, -- 16 numbers joined by ";", in the order of the CRCN
    competence_pix VARCHAR,
    doubts VARCHAR -- a JSON list of [code, values …]; null for none
);

-- One participation in an evaluation.
CREATE TABLE assessment (
    content_id INTEGER NOT NULL,
    student_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
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
    parts VARCHAR NOT NULL, -- JSON: badges, competences, areas, skills, each a list of [title, …]
    doubts VARCHAR -- a JSON list of [code, values …]; null for none
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
