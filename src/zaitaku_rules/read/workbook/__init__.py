"""Excel workbooks at the door: their sheets, headings and words in Japanese and English."""
