"""What texts mean: processes, materials, classes, certificates and what mends a need, and the needs themselves."""
