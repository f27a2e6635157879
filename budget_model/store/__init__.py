"""The only part that speaks SQL: it takes and gives the model's own values."""
