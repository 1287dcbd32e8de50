"""Excel workbooks: the template to fill in, and copies with the findings beside the rows."""
