-- Which change of the happenings was the last of each, so that who holds them in memory reads only what is new.

ALTER TABLE happenings ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

CREATE INDEX happenings_changed ON happenings (changed);

CREATE TABLE happenings_changes (number BIGINT NOT NULL);

INSERT INTO happenings_changes VALUES (0);
