"""WIDGETS: small controls that know nothing of networks."""
