-- The tables of RECORD.md for SQLite. Statements are separated by blank lines. Child tables are kept in the
-- order of their key (WITHOUT ROWID), so that one report's rows lie together and loading appends.

CREATE TABLE reports (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    given_id TEXT,
    title TEXT,
    published DATE,
    author TEXT,
    source TEXT,
    url TEXT,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    furniture JSON NOT NULL,
    omissions JSON,
    coder TEXT NOT NULL
);

CREATE INDEX reports_given_id ON reports (given_id);

CREATE INDEX reports_source ON reports (lower(source));

CREATE INDEX reports_published ON reports (published);

CREATE TABLE appearances (
    report INTEGER NOT NULL REFERENCES reports (number),
    key TEXT NOT NULL,
    given_id TEXT,
    title TEXT,
    author TEXT,
    source TEXT,
    url TEXT,
    PRIMARY KEY (report, key)
) WITHOUT ROWID;

CREATE TABLE codings (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (number),
    coder TEXT NOT NULL,
    versions JSON NOT NULL,
    coded_at TIMESTAMP NOT NULL,
    replaced_at TIMESTAMP,
    record TEXT
);

CREATE INDEX codings_report ON codings (report);

CREATE TABLE failures (
    source TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    failed_at TIMESTAMP NOT NULL
) WITHOUT ROWID;

CREATE TABLE actors (
    report INTEGER NOT NULL REFERENCES reports (number),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    aliases JSON NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    sector TEXT,
    role TEXT,
    known_as TEXT,
    PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE INDEX actors_country ON actors (country);

CREATE INDEX actors_sector ON actors (sector);

CREATE TABLE actor_names (
    name TEXT NOT NULL,
    report INTEGER NOT NULL REFERENCES reports (number),
    actor TEXT NOT NULL,
    PRIMARY KEY (name, report, actor)
) WITHOUT ROWID;

CREATE INDEX actor_names_report ON actor_names (report);

CREATE TABLE mentions (
    report INTEGER NOT NULL REFERENCES reports (number),
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE TABLE places (
    report INTEGER NOT NULL REFERENCES reports (number),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    name TEXT NOT NULL,
    folded TEXT NOT NULL,
    country TEXT,
    latitude REAL,
    longitude REAL,
    known_as TEXT,
    PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE INDEX places_folded ON places (folded);

CREATE INDEX places_country ON places (country);

CREATE TABLE times (
    report INTEGER NOT NULL REFERENCES reports (number),
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    date_start DATE NOT NULL,
    date_end DATE NOT NULL,
    PRIMARY KEY (report, position)
) WITHOUT ROWID;

CREATE TABLE amounts (
    report INTEGER NOT NULL REFERENCES reports (number),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    value REAL,
    bound TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT,
    of TEXT,
    previous REAL,
    PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE TABLE events (
    report INTEGER NOT NULL REFERENCES reports (number),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    type TEXT NOT NULL,
    mode TEXT,
    contexts TEXT NOT NULL,
    date_start DATE,
    date_end DATE,
    place TEXT,
    auxiliary TEXT NOT NULL,
    amounts TEXT NOT NULL,
    said_by TEXT,
    statement TEXT,
    quad INTEGER NOT NULL,
    intensity REAL NOT NULL,
    cameo TEXT,
    confidence REAL NOT NULL,
    evidence JSON NOT NULL,
    PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE INDEX events_date ON events (date_start, date_end);

CREATE INDEX events_type ON events (type, date_start);

CREATE TABLE participants (
    report INTEGER NOT NULL REFERENCES reports (number),
    event TEXT NOT NULL,
    role TEXT NOT NULL,
    position INTEGER NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (report, event, role, position)
) WITHOUT ROWID;

CREATE TABLE statements (
    report INTEGER NOT NULL REFERENCES reports (number),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    cue_start INTEGER,
    cue_end INTEGER,
    speaker TEXT,
    via TEXT,
    form TEXT NOT NULL,
    date_start DATE,
    date_end DATE,
    evidence JSON NOT NULL,
    PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE INDEX statements_date ON statements (date_start);

CREATE TABLE ties (
    report INTEGER NOT NULL REFERENCES reports (number),
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    kind TEXT NOT NULL,
    from_actor TEXT NOT NULL,
    to_actor TEXT,
    rank INTEGER,
    since DATE,
    until DATE,
    said_by TEXT,
    evidence JSON NOT NULL,
    PRIMARY KEY (report, id)
) WITHOUT ROWID;

CREATE INDEX ties_kind ON ties (kind);

CREATE VIRTUAL TABLE reports_search USING fts5 (
    title, text, content='reports', content_rowid='number', tokenize='porter unicode61 remove_diacritics 2'
);

CREATE TRIGGER reports_search_added AFTER INSERT ON reports BEGIN
    INSERT INTO reports_search (rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE TRIGGER reports_search_changed AFTER UPDATE OF title, text ON reports BEGIN
    INSERT INTO reports_search (reports_search, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
    INSERT INTO reports_search (rowid, title, text) VALUES (new.number, new.title, new.text);
END;

CREATE TRIGGER reports_search_removed AFTER DELETE ON reports BEGIN
    INSERT INTO reports_search (reports_search, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
END;
