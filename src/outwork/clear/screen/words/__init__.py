"""What is known about words: alphabets, legal forms, common words, names that are the same. Tables only."""
