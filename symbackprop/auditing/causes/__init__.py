"""Root faults -> what mistake makes exactly the printed digits; a cause, a file."""
