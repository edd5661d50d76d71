"""Questions about how policy changed."""
