-- What readers of the desk decided on events: history, never over the coder's own records.

CREATE TABLE corrections (
    number INTEGER PRIMARY KEY,
    report INTEGER NOT NULL REFERENCES reports (number),
    coder TEXT NOT NULL,
    target TEXT NOT NULL,
    action TEXT NOT NULL,
    reader TEXT NOT NULL,
    made_at TIMESTAMP NOT NULL,
    stands BOOLEAN NOT NULL,
    was JSON,
    becomes JSON,
    note TEXT
);

CREATE INDEX corrections_target ON corrections (report, target);

CREATE INDEX events_confidence ON events (confidence);
