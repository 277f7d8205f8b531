"""Tracks from scans: predict, gate, associate, update, and the life of a track.

bank        all tracks as one structure of arrays
motion      models of motion, and how they interact
look        what a sensor would measure of a track
gate        which detections can belong to which tracks
associate/  which do: the best whole assignment, or joint probabilities
update      how detections correct states
points      where a detection is by itself; starts, how two of them begin a track
life        when a track is confirmed, and when it ends
core        one scan after another; late, scans out of order; tracker, the whole
"""
