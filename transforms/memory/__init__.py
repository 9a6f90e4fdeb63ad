"""Recalling what earlier runs knew, and remembering what this one learned."""
