"""The job: command line, configuration, the graph, the run and its commit."""
