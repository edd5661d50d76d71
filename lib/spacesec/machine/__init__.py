"""What the collection stands on: folders, files, processors, and what comes from outside."""
