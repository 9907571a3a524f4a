"""Numbers: the ordered list compiled for floats, arrays, 50 digits or rigorous balls; rounding; training."""
