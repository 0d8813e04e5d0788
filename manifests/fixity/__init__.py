"""Fixity: whether what the library holds is still what was taken in, byte for byte.

`mocban verify` reads every master, pyramid and text anew and compares it with its digest in the catalogue. Digests are
SHA-256; what was found of each file, and when, stays in the catalogue (`manifests.catalog.fixity_log`).
"""
