"""How a partnership works: its boards' desks, and what each is asked to do."""
