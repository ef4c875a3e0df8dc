"""Reads news reports on international politics into checked, sourced records."""
