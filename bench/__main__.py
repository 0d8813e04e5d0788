"""`make bench`: everything that is measured, one after the other."""

from bench import pyramid, tiles

if __name__ == "__main__":  # the workers of a workshop import this module too
    tiles.main()
    pyramid.main()
