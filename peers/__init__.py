"""This collection's numbers beside those of other people's software; ``make peers`` writes README.md."""
