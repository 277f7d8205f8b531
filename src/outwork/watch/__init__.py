"""From detections of many unlike sensors to one picture of what is flying, with its uncertainty and its score."""
