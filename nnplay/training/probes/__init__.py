"""PROBES: what can be measured of a run, one file a measurement, which is a frozen request and its frozen answer."""
