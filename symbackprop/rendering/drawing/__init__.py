"""Pictures: a network as a graph of layers, and the error curve of a training run."""
