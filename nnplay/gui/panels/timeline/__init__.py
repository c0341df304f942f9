"""The timeline: the whole run as a strip, in which a person moves as in a film."""
