"""The commands, one module each: arguments in, a core called, text out."""
