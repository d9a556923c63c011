"""The layout kit: tagged A4 pages from blocks of text, drawn by reportlab, finished by pikepdf."""
