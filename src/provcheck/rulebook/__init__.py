"""The rules of a scan: packs read from YAML, chosen by the settings, run over documents."""
