"""PANELS: one folder a panel; a panel knows the session and no other panel."""
