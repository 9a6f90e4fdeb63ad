"""Rows into Parquet files, staged where the commit finds them."""
