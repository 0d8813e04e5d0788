"""`python -m server.cli` is `mocban`."""

from server.cli import main

main()
