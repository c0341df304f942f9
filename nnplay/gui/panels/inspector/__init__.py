"""The lower panel: the arithmetic of one step for what is selected, and the layers' matrices."""
