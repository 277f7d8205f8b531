"""May it move, under which authorisation, who must be asked, and by when."""
