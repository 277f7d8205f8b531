"""What each role sees and writes, one file for each, with a sentence that says why."""
