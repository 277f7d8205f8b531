"""What a track probably is, and whether it is who it says it is."""
