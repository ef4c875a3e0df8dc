-- What corroboration keeps: what it remembers of each report, the keys reports meet under, happenings and claims.

CREATE TABLE profiles (
    report BIGINT PRIMARY KEY REFERENCES reports (number),
    coder TEXT NOT NULL,
    profile TEXT NOT NULL,
    original TEXT NOT NULL,
    layer TEXT,
    reasons JSON NOT NULL
);

CREATE TABLE meeting_keys (
    key TEXT NOT NULL,
    report BIGINT NOT NULL REFERENCES reports (number),
    PRIMARY KEY (key, report)
);

CREATE INDEX meeting_keys_report ON meeting_keys (report);

CREATE TABLE happenings (
    id TEXT PRIMARY KEY,
    type TEXT NOT NULL,
    mode TEXT,
    date_start DATE,
    date_end DATE,
    place TEXT,
    country TEXT,
    voices INTEGER NOT NULL,
    reports INTEGER NOT NULL
);

CREATE INDEX happenings_date ON happenings (date_start, date_end);

CREATE INDEX happenings_voices ON happenings (voices);

CREATE TABLE claims (
    report BIGINT NOT NULL REFERENCES reports (number),
    event TEXT NOT NULL,
    account TEXT NOT NULL,
    happening TEXT NOT NULL,
    reasons JSON NOT NULL,
    PRIMARY KEY (report, event)
);

CREATE INDEX claims_happening ON claims (happening);

CREATE TABLE overrides (
    kind TEXT NOT NULL,
    layer TEXT NOT NULL,
    one_report TEXT NOT NULL,
    one_event TEXT NOT NULL,
    other_report TEXT NOT NULL,
    other_event TEXT NOT NULL,
    PRIMARY KEY (layer, one_report, one_event, other_report, other_event)
);
