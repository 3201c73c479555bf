"""The questions: observations in, a Table out. Each is a pure function in a file of its own."""
