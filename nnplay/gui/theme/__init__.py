"""THEME: how everything looks: colours by role, fonts, icons and the style sheet, in one place."""
