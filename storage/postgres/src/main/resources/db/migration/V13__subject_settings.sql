-- What is set for a subject, and under the name __GLOBAL for all of its tenant; null is not set.
--
-- In the subject's row, so that the registration that has locked it knows what is in force, and whoever keeps copies hears of a change as
-- of any other. A row of which last_ordinal is 0 is no subject: nothing was ever registered in it.
ALTER TABLE subjects
    ADD COLUMN set_level                 text,
    ADD COLUMN set_policy                text,
    ADD COLUMN set_aspects               text[],
    ADD COLUMN set_blocks_unknown        boolean,
    ADD COLUMN set_group_by              text,
    ADD COLUMN set_allows_lower_versions boolean,
    ADD COLUMN set_validation_mode       text;

-- Since when a version, or a subject, has been deprecated; null where nobody took note of it.
ALTER TABLE subjects ADD COLUMN state_since timestamptz;
ALTER TABLE schemas ADD COLUMN state_since timestamptz;
