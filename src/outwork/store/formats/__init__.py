"""Outside formats, one room or file each: read what others write into tables of ours, and say what was lost."""
