"""How work runs: worker processes, time limits, the journal of a long scan, outputs that appear whole or not at all."""
