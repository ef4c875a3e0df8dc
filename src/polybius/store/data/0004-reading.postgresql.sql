-- What the desk's lists are read in: happenings most told first, events most doubtful first,
-- and reports that were not compared yet.

CREATE INDEX happenings_rank ON happenings (voices DESC, reports DESC, (date_start IS NULL), date_start, id);

CREATE INDEX events_doubt ON events (confidence, report, position);

DROP INDEX events_confidence;

CREATE INDEX profiles_coder ON profiles (report, coder);

CREATE INDEX reports_coder ON reports (number, coder);

DROP INDEX happenings_voices;
