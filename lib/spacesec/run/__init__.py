"""One run of a notebook, and the record it leaves."""
