"""Figures and maps in the house style, and their way out into files."""
