-- What a school makes for itself out of its data: saved reports and measures of its own.

-- A named report: which report, and the filters it is run with. The last row of a number holds;
-- one with `withdrawn` takes it off the list and stays on record.
-- table: saved_report kind=school key=school_id,saved_no,seq append-only
CREATE TABLE saved_report (
    school_id BIGINT NOT NULL,
    saved_no BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    name TEXT NOT NULL,
    report TEXT NOT NULL,           -- progress, summary ...
    filters TEXT NOT NULL,          -- one a line, NAME=VALUE
    shared TEXT NOT NULL,           -- '' only whose it is, school, or a role
    withdrawn SMALLINT NOT NULL,
    account_id BIGINT NOT NULL,     -- whose it is, 0: the command line
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, saved_no, seq)
);

-- A measure defined as a formula that says yes or no of each pupil. The last row of an id holds;
-- one with `ended` takes it out of the reports.
-- table: own_measure kind=school key=school_id,measure,seq append-only
CREATE TABLE own_measure (
    school_id BIGINT NOT NULL,
    measure TEXT NOT NULL,          -- its id: high-readers
    seq BIGINT NOT NULL,
    label TEXT NOT NULL,
    formula TEXT NOT NULL,
    years TEXT NOT NULL,            -- NC years it asks about: 7-11
    ended SMALLINT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, measure, seq)
);
