"""Tagging stories: names, countries, agencies, case topics."""
