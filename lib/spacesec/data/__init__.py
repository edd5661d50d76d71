"""Sourced tables, the source store, and the checks of both."""
