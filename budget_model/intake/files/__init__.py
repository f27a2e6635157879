"""What a file holds, as a typed grid: bytes to cells, read behind the guard."""
