# The server in a container: `docker build -t mocban .`, and how to run it: docs/installing.md.
# All that is downloaded is downloaded in the first stage, by hash; the second one holds what runs, and nothing else.

ARG PYTHON=python:3.13-slim-trixie

FROM ${PYTHON} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
# npm comes as a package of Python's, whose node needs libatomic
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
WORKDIR /build

# Every package of the lock as a checked wheel. As in the Makefile, pyvips comes as source and is built blind to whatever
# libvips the machine may have, so that it takes that of pyvips-binary.
COPY requirements.lock config/npm.lock ./
RUN sed '/^pyvips==/,/--hash/d' requirements.lock > wheels.txt \
    && sed -n '/^pyvips==/,/--hash/p' requirements.lock > pyvips.txt \
    && mkdir no-libvips \
    && python -m pip download --no-deps --require-hashes --only-binary :all: --requirement wheels.txt --dest wheels \
    && python -m pip install --no-index --find-links wheels hatchling editables setuptools pkgconfig cffi \
    && PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR=/build/no-libvips python -m pip wheel --no-deps --require-hashes \
        --no-build-isolation --no-binary pyvips --requirement pyvips.txt --wheel-dir wheels \
    && python -m pip install --no-deps --require-hashes --requirement npm.lock

# The viewers and fonts, which the project's own wheel then carries
COPY config/assets.toml config/
COPY server/__init__.py server/
COPY server/site/__init__.py server/site/fetch.py server/site/
RUN python -m server.site.fetch --npm npm

# Of all the wheels only those that the project itself asks for, and no pip beside them
COPY . .
RUN python -m hatchling build --target wheel \
    && python -m venv --without-pip /opt/mocban \
    && python -m pip --python /opt/mocban install --no-index --find-links wheels dist/mocban-*.whl


FROM ${PYTHON}
COPY --from=build /opt/mocban /opt/mocban
RUN useradd --system --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mocban \
    && install -d -o mocban -g mocban /library
ENV PATH=/opt/mocban/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MOCBAN_LIBRARY=/library \
    MOCBAN_HOST=0.0.0.0 \
    MOCBAN_PORT=8000
# By number, so that a cluster which forbids root can see that it is not
USER 10001:10001
WORKDIR /library
VOLUME /library
EXPOSE 8000
# SIGTERM, which docker sends by itself, ends the server within 10 seconds: run it with --stop-timeout 15
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s --retries=3 \
    CMD ["python", "-I", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"MOCBAN_PORT\"]}/health', timeout=4)"]
ENTRYPOINT ["mocban"]
CMD ["serve"]
