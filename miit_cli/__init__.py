"""Indicators that MIIT reports in its meetings, read out of prose."""
