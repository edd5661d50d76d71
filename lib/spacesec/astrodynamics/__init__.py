"""Orbits, frames, visibility and coverage: what every question about satellites stands on.

``earth`` holds the Earth models, ``orbits`` the constellations and their propagation, ``elements`` real
element sets through SGP4, ``frames`` the turn from inertial to Earth-fixed and the points on the ground,
``visibility`` the rules of seeing, ``coverage`` the fast count of satellites in view and its statistics,
``theory`` the closed forms to check it by.

Units are kilometres, seconds and degrees in every public argument and result unless its name says otherwise.
"""
