"""Tables, charts, matrices and targets, composed from fact series."""
