"""ONE RUN: the experiment, its trainer, its history, and the control of it from another thread."""
