"""Which training points made the answer at the place under the pointer, and the run without one of them."""
