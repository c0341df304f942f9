"""A pad to draw a picture on, such as a digit, and the pictures of the test set."""
