"""Tracks from scans: predict, gate, associate, update, and the life of a track."""
