"""What a table proves about itself, and what an officer should know of it: one file a rule."""
