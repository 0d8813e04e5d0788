"""A work as a PDF: its stored tiles as they are, its words invisible on top of them, made while it is sent."""
