"""The collection as a static site: what the notebooks computed, to read; nothing is computed here."""
