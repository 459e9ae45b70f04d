"""Sentence rules to findings: conditions, exceptions, severity, overlap."""
