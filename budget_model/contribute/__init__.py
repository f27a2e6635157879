"""From a file as it was read to a submission: mapped lines, reconciled to the organisation's own total."""
