"""See ahead: what the coming epochs bring with other values of a number, in a card beside its control."""
