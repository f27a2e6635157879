"""What each row and column is: rules that give verdicts with reasons, and what is settled from them."""
