"""The systems themselves: reconnaissance, situational awareness, launch and industry, exploration and
investment.
"""

COMMERCIAL_RADAR = (
    "iQPS",
    "Synspective",
)  # programmes of the two firms that fly radar satellites of their own
