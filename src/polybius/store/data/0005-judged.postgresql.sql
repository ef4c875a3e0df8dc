-- Readers judge statements and ties too: which of them a decision is on.

ALTER TABLE corrections ADD COLUMN kind TEXT NOT NULL DEFAULT 'event';
