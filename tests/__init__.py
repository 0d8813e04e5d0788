"""A package by name: tripoli installs one called `tests` too, which would come first."""
