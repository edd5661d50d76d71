"""What leaves the collection in the field's own formats: element sets, positions over time, shapes."""
