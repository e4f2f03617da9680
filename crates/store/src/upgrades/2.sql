-- From schema 1 to 2: an index finds the few events that are not answers, and the store has an edition, which
-- tells the cache whether it still fits.

CREATE INDEX deeds ON journal (seq) WHERE kind <> 'answered';
