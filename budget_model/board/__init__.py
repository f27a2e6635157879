"""What people take home who were not at the screen: findings in words, slides, workbook and PDF."""
