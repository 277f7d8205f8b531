"""Long work for people on the web: what a job can do, the process that does it, and what looks after them all."""
