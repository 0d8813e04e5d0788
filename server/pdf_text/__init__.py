"""PDF: the words that stand in one, read in a process that may be lost. Nothing is drawn here."""
