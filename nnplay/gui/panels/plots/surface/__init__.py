"""The tab with the loss around the present weights: a slice on two directions, with the way of the run on it."""
