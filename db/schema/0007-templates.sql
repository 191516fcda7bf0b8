-- Templates, aspects and what is recorded by them. The chain of hashes (table link) covers all of it.

-- Templates of marksheets: files as they came. A row with `withdrawn` takes the template away.
-- table: template_file kind=school key=school_id,name,seq append-only
CREATE TABLE template_file (
    school_id BIGINT NOT NULL,
    name TEXT NOT NULL,             -- the template's code
    seq BIGINT NOT NULL,
    body TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, name, seq),
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- That somebody looked at the extreme cases of a column and accepted them: who and when stand with
-- the import. It holds for this formula only: the hash is of everything the column is made from.
-- table: template_accepted kind=school key=school_id,template,label,seq append-only
CREATE TABLE template_accepted (
    school_id BIGINT NOT NULL,
    template TEXT NOT NULL,
    label TEXT NOT NULL,            -- of the column
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL,
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, template, label, seq),
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- Which template a marksheet shows from now on; '' none.
-- table: marksheet_template kind=school key=school_id,marksheet_id,seq append-only
CREATE TABLE marksheet_template (
    school_id BIGINT NOT NULL,
    marksheet_id BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    template TEXT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, marksheet_id, seq),
    FOREIGN KEY (school_id, marksheet_id) REFERENCES marksheet (school_id, marksheet_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- What a school records besides judgements, targets and results. Of several rows of one code the
-- last recorded holds.
-- table: aspect kind=school key=school_id,code,seq append-only
CREATE TABLE aspect (
    school_id BIGINT NOT NULL,
    code TEXT NOT NULL,             -- EFFORT
    seq BIGINT NOT NULL,
    name TEXT NOT NULL,             -- "Effort"
    kind TEXT NOT NULL,             -- grade, mark, number, comment, yes-no
    scale TEXT NOT NULL,            -- code of its scale, of a grade; or ''
    subject TEXT NOT NULL,          -- or '': of none or any
    lowest BIGINT NOT NULL,         -- of a mark or number, thousandths
    highest BIGINT NOT NULL,        -- the same; of a comment: bytes
    from_date BIGINT NOT NULL,      -- first day on which it is entered, or 0
    to_date BIGINT NOT NULL,        -- last day, or 0
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, code, seq),
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);

-- What was recorded of a pupil by an aspect in a review. Of several rows of one pupil, aspect and
-- review the last recorded holds.
-- table: aspect_value kind=school key=school_id,pupil_id,aspect,review,seq append-only
CREATE TABLE aspect_value (
    school_id BIGINT NOT NULL,
    pupil_id BIGINT NOT NULL,
    aspect TEXT NOT NULL,
    review TEXT NOT NULL,
    seq BIGINT NOT NULL,
    date BIGINT NOT NULL,           -- the day it was said
    value TEXT NOT NULL,            -- as the aspect's kind writes it
    withdrawn SMALLINT NOT NULL,
    import_id BIGINT NOT NULL,
    recorded_at TEXT NOT NULL,
    PRIMARY KEY (school_id, pupil_id, aspect, review, seq),
    FOREIGN KEY (school_id, pupil_id) REFERENCES pupil (school_id, pupil_id) ON DELETE RESTRICT,
    FOREIGN KEY (school_id, import_id) REFERENCES import (school_id, import_id) ON DELETE RESTRICT
);
