"""Methods from statistics, games and the sphere that several questions use."""
