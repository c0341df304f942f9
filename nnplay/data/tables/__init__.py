"""Tables as people have them: delimited texts, spreadsheets and records, from a file or the clipboard."""
