"""Workbook bytes to a grid, to its layout, to lines with their cells, problems, checks and questions."""
