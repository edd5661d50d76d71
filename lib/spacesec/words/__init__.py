"""Numbers and sentences as readers read them."""
