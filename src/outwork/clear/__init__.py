"""May it move, who must be asked, and by when."""
