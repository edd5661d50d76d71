"""This collection's numbers beside those of other people's software: ``make peers`` runs it and writes README.md."""
