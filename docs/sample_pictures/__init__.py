"""The pictures of the sample reports: drawn by calculation, nothing random."""
