"""One step of a small network worked by hand: the example, its sheet, and the sheet as a page, Markdown and LaTeX."""
