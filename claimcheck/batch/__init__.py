"""Many pages at once: in several processes, and from what earlier runs have kept."""
