"""Polling feeds: what to ask, how to ask politely and safely, what an answer means, what in it is news."""
