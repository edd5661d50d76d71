"""A question as slides (PPTX) and as a printed handout (PDF), made of its stored run."""
