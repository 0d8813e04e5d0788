"""Default settings, and how the programs around the library are set up. Data only."""
