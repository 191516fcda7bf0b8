-- The ground floor: schools, pupils, groups, reviews and the facts about them.
-- One portable subset for SQLite and PostgreSQL (see docs/design/SQL.md). Dates are
-- yyyymmdd as numbers, 0 "from the beginning" or "open"; times are UTC texts; marks and
-- percentages are thousandths.

-- A school; number 0 stands for what belongs to no single school (national figures).
-- table: school kind=shared key=school_id
CREATE TABLE school (
    school_id BIGINT NOT NULL,
    laestab TEXT NOT NULL,          -- local authority and establishment, seven digits
    name TEXT NOT NULL,
    phase TEXT NOT NULL,            -- as the school's file said, or ''
    framework TEXT NOT NULL,        -- code of its assessment framework
    PRIMARY KEY (school_id),
    UNIQUE (laestab)
);

-- Published figures to compare with (national, authority).
-- table: national kind=shared key=body,measure,subject,year
CREATE TABLE national (
    body TEXT NOT NULL,
    measure TEXT NOT NULL,
    subject TEXT NOT NULL,
    year BIGINT NOT NULL,           -- the year that ends on 31 August
    percent BIGINT NOT NULL,        -- thousandths of a percent
    PRIMARY KEY (body, measure, subject, year)
);

-- Numbers given out in a school; updating its row is also the school's lock.
-- table: counter kind=school key=school_id
CREATE TABLE counter (
    school_id BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (school_id),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);

-- How the school reckons and what it has chosen.
-- table: setting kind=school key=school_id,name
CREATE TABLE setting (
    school_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (school_id, name),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);

-- The school's own additions to its framework: files as they came.
-- table: framework_file kind=school key=school_id,name,seq append-only
CREATE TABLE framework_file (
    school_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, name, seq),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);

-- Everything that was ever saved, from a file or a form: what, by whom, when, how much.
-- table: import kind=school key=school_id,import_id append-only
CREATE TABLE import (
    school_id BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    kind TEXT NOT NULL,             -- ctf, pupils, results, groups ... undo, form
    file TEXT NOT NULL,             -- its name, without folder
    added BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    superseded BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    undoes BIGINT NOT NULL,         -- the import that this one undoes, or 0
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, import_id),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);

-- The hash chain: one link per import or save, over every fact it wrote.
-- table: link kind=school key=school_id,link_no append-only
CREATE TABLE link (
    school_id BIGINT NOT NULL,
    link_no BIGINT NOT NULL,
    import_id BIGINT NOT NULL,
    row_n BIGINT NOT NULL,
    previous TEXT NOT NULL,         -- hash of the link before, in hex
    hash TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, link_no),
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- A pupil's handle; what is known of the pupil is in pupil_fact.
-- table: pupil kind=school key=school_id,pupil_id
CREATE TABLE pupil (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    upn TEXT NOT NULL,              -- the one in use now
    PRIMARY KEY (school_id, pupil_id),
    UNIQUE (school_id, upn),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);

-- Names and characteristics as dated histories. Of several rows with one from_date the
-- last recorded holds.
-- table: pupil_fact kind=school key=school_id,attribute,pupil_id,from_date,seq append-only
CREATE TABLE pupil_fact (
    school_id BIGINT NOT NULL,
    attribute TEXT NOT NULL,        -- surname, sen, year_group ...
    pupil_id BIGINT NOT NULL,
    from_date BIGINT NOT NULL,      -- 0: since always, as far as the school knows
    seq BIGINT NOT NULL,
    to_date BIGINT NOT NULL,        -- last day, or 0: open
    value TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,    -- 1: this row says that the one before does not hold
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, attribute, pupil_id, from_date, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);
CREATE INDEX pupil_fact_of_pupil ON pupil_fact (school_id, pupil_id);

-- Parents, carers and others to turn to.
-- table: contact kind=school key=school_id,pupil_id,place,seq append-only
CREATE TABLE contact (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    place TEXT NOT NULL,            -- order of contact: '1' is asked first
    seq BIGINT NOT NULL,
    title TEXT NOT NULL,
    surname TEXT NOT NULL,
    forename TEXT NOT NULL,
    relationship TEXT NOT NULL,     -- CBDS code
    responsibility TEXT NOT NULL,   -- true, false or ''
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    xml TEXT NOT NULL,              -- the element of the transfer file, or ''
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, place, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- Parts of a transfer file as they came, so that nothing is lost when it goes out again.
-- table: ctf_part kind=school key=school_id,pupil_id,path,seq append-only
CREATE TABLE ctf_part (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    path TEXT NOT NULL,             -- "Attendance"
    seq BIGINT NOT NULL,
    xml TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, path, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- Registration, year, house, teaching and the school's own groups.
-- table: pupil_group kind=school key=school_id,group_id
CREATE TABLE pupil_group (
    school_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,             -- registration, year, house, teaching, user
    subject TEXT NOT NULL,          -- of a teaching group, or ''
    PRIMARY KEY (school_id, group_id),
    UNIQUE (school_id, name, type, subject),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);

-- table: membership kind=school key=school_id,group_id,pupil_id,from_date,seq append-only
CREATE TABLE membership (
    school_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    from_date BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    to_date BIGINT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, group_id, pupil_id, from_date, seq),
    FOREIGN KEY (school_id, group_id) REFERENCES pupil_group (school_id, group_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);
CREATE INDEX membership_of_pupil ON membership (school_id, pupil_id);

-- Collection points: what is asked of whom, from when to when.
-- table: review kind=school key=school_id,review_id
CREATE TABLE review (
    school_id BIGINT NOT NULL,
    review_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    asks TEXT NOT NULL,             -- assessment (working at) or likely
    first_year BIGINT NOT NULL,     -- NC years, R is 0
    last_year BIGINT NOT NULL,
    subjects TEXT NOT NULL,         -- codes joined by commas, or '': all
    from_date BIGINT NOT NULL,
    to_date BIGINT NOT NULL,
    state TEXT NOT NULL,            -- draft, open, closing, closed, final
    PRIMARY KEY (school_id, review_id),
    UNIQUE (school_id, name),
    FOREIGN KEY (school_id) REFERENCES school (school_id) ON DELETE RESTRICT
);

-- Dated judgements, results, tests and mocks. Of several rows that agree in all of the key
-- but seq the last recorded holds; the others stay readable.
-- table: result kind=school key=school_id,pupil_id,subject,kind,date,stage,source,seq append-only
CREATE TABLE result (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,             -- result, assessment, likely, test, mock
    date BIGINT NOT NULL,
    stage TEXT NOT NULL,
    source TEXT NOT NULL,           -- TT, TA, the name of a test, or ''
    seq BIGINT NOT NULL,
    review TEXT NOT NULL,
    scale TEXT NOT NULL,            -- '' for a result kept as it came, not understood
    grade TEXT NOT NULL,
    mark BIGINT,                    -- raw mark in thousandths
    max_mark BIGINT,
    origin TEXT NOT NULL,           -- the nine fields of a transfer file, or ''
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, subject, kind, date, stage, source, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- What we aim for. Never a prediction.
-- table: target kind=school key=school_id,pupil_id,subject,date,stage,source,seq append-only
CREATE TABLE target (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    date BIGINT NOT NULL,
    stage TEXT NOT NULL,            -- the horizon: KS2, Y4
    source TEXT NOT NULL,
    seq BIGINT NOT NULL,
    review TEXT NOT NULL,
    scale TEXT NOT NULL,
    grade TEXT NOT NULL,
    mark BIGINT,
    max_mark BIGINT,
    origin TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, subject, date, stage, source, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- What a model says became of similar pupils. Never a target.
-- table: prediction kind=school key=school_id,pupil_id,subject,date,stage,source,seq append-only
CREATE TABLE prediction (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    date BIGINT NOT NULL,
    stage TEXT NOT NULL,
    source TEXT NOT NULL,           -- the model
    seq BIGINT NOT NULL,
    review TEXT NOT NULL,
    scale TEXT NOT NULL,
    grade TEXT NOT NULL,
    mark BIGINT,
    max_mark BIGINT,
    origin TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, subject, date, stage, source, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- A person's change to a computed progress target, with the reason.
-- table: adjustment kind=school key=school_id,pupil_id,subject,stage,period_end,seq append-only
CREATE TABLE adjustment (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    stage TEXT NOT NULL,
    period_end BIGINT NOT NULL,     -- last day of the term it is for
    seq BIGINT NOT NULL,
    scale TEXT NOT NULL,
    grade TEXT NOT NULL,
    reason TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, subject, stage, period_end, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- Words on a school for reports ("supported", "pilot"), dated.
-- table: school_tag kind=school key=school_id,tag,from_date,seq append-only
CREATE TABLE school_tag (
    school_id BIGINT NOT NULL,
    tag TEXT NOT NULL,
    from_date BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    to_date BIGINT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, tag, from_date, seq),
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- Derived: the newest fact of each kind, for reports. Dropped and computed again by
-- `attain verify --rebuild`.
-- table: latest kind=school key=school_id,kind,stage,pupil_id,subject,source
CREATE TABLE latest (
    school_id BIGINT NOT NULL,
    kind TEXT NOT NULL,             -- assessment, likely, result, target, prediction
    stage TEXT NOT NULL,            -- '' for assessment and likely
    pupil_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    source TEXT NOT NULL,           -- '' for assessment, likely and target
    date BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    scale TEXT NOT NULL,
    grade TEXT NOT NULL,
    PRIMARY KEY (school_id, kind, stage, pupil_id, subject, source),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT
);
