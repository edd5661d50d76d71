"""Japan's space security: sourced tables, analyses and figures.

Importing the package does no work; each module says what it offers.
"""
