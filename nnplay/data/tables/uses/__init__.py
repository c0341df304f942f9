"""What a column may be: told by its name, its values, its neighbours."""
