-- The names for which a mode is set, and those for which a dialect of the API keeps something: few among many subjects, or names that are
-- no subjects. A registration changes neither, so these cost it nothing.
CREATE INDEX idx_subjects_mode ON subjects (tenant, name) WHERE set_mode IS NOT NULL;
CREATE INDEX idx_subjects_attributes ON subjects (tenant, name) WHERE set_attributes IS NOT NULL;
