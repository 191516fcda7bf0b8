-- Groups by rule, and what a group was made for.

-- The formula by which pupils belong to a group of the type `rule`. Of several rows with one
-- from_date the last recorded holds; the rule of a day is that of the latest from_date on or
-- before it. Who made it stands in the import.
-- table: group_rule kind=school key=school_id,group_id,from_date,seq append-only
CREATE TABLE group_rule (
    school_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    from_date BIGINT NOT NULL,      -- 0: since always
    seq BIGINT NOT NULL,
    to_date BIGINT NOT NULL,        -- last day, or 0: open
    formula TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, group_id, from_date, seq),
    FOREIGN KEY (school_id, group_id) REFERENCES pupil_group (school_id, group_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- What is done for the pupils of a group, from when to when, by whom and at what cost. A group
-- may have several, each with a first day of its own.
-- table: intervention kind=school key=school_id,group_id,from_date,seq append-only
CREATE TABLE intervention (
    school_id BIGINT NOT NULL,
    group_id BIGINT NOT NULL,
    from_date BIGINT NOT NULL,      -- its first day
    seq BIGINT NOT NULL,
    to_date BIGINT NOT NULL,        -- its last day, or 0: it goes on
    purpose TEXT NOT NULL,
    pence BIGINT,                   -- what it costs in all; NULL: not said
    staff TEXT NOT NULL,            -- who does it, or ''
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, group_id, from_date, seq),
    FOREIGN KEY (school_id, group_id) REFERENCES pupil_group (school_id, group_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);
