"""The command line: one small file per verb that parses, loads, runs and prints."""
