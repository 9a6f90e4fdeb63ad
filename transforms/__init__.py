"""The steps of the flow: in each, a pure core and the PTransform that wraps it."""
