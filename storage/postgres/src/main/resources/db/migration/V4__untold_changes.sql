-- What others have done to a subject: whoever changes it is told what it has not heard of yet.
CREATE INDEX idx_subject_changes_subject ON subject_changes (tenant, subject, revision);
