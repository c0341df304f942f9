"""Opens files: packed ones, spreadsheets, records; names the formats that are not read."""
