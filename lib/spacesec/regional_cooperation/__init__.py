"""Regional cooperation: with whom Japan works in space, how it votes, what it sees at sea, and what its
partners need.
"""
