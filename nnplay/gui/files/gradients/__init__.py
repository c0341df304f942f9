"""Check Gradients: the page with the numerical check of backpropagation."""
