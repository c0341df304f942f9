"""Formulas as they are painted: fractions, roots and indices, wrapped within a width, with each number to be found."""
