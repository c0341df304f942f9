"""How the network starts and how it is trained."""
