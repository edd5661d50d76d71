"""The systems themselves: reconnaissance, situational awareness, launch and industry, exploration and
investment.
"""
