-- From schema 2 to 3: every event has a checksum, and so has every value of the store. They are filled in next.

ALTER TABLE journal ADD COLUMN sum INTEGER;
ALTER TABLE store ADD COLUMN sum INTEGER;
