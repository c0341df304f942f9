"""Pictures as text, drawn without a window: SVG and PNG for reports and for Jupyter, from numbers and names alone."""
