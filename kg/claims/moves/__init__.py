"""Forces sent, planned, present or withdrawn: sentences → moves."""
