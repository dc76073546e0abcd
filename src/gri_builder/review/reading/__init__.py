"""What colleagues wrote into a review copy: comments, tracked changes, changes that were not tracked."""
