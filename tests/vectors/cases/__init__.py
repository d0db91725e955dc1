"""What the vectors ask: the inputs of every case, and its name."""
