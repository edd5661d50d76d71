"""Missile warning: the test record, flight time, what radars miss, coverage from space, who pays."""
