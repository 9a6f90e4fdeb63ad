"""Every record Casewire knows, defined once: its typed form, its coder and its Arrow schema."""
