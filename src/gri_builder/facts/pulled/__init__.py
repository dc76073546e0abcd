"""Facts from a warehouse: connections, what series ask of them, and the snapshots in figures/pulled/."""
