"""A work as others name it: in a bibliography, in a program for references, in a search engine.

What all of these want to know is one value (`reference`); each form of it is one module and changes nothing of it.
"""
