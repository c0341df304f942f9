"""PAINT: what two panels or more paint with."""
