"""Small controls that know nothing of networks and are used by several panels."""
