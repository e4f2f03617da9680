-- From schema 1 to 2: the few events among a million answers are found at once, and the store has an
-- edition, by which what is kept ready beside it knows whether it still fits.

CREATE INDEX deeds ON journal (seq) WHERE kind <> 'answered';
