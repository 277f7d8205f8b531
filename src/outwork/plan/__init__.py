"""Who makes what, where and when; how good that plan is, what holds it back and what would help."""
