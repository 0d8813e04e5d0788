"""OCR: pictures of pages to an outside program, and what it has read back as ALTO. Nothing is stored here."""
