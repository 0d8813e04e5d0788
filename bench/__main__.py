"""`make bench`: everything that is measured, one after the other."""

from bench import bench_pyramid, bench_tiles

if __name__ == "__main__":  # the workers of a workers import this module too
    bench_tiles.main()
    bench_pyramid.main()
