# Everything one does in a checkout, each in one command; `make` alone lists them.
# All is made inside this folder. Only `make test` may add to the machine (Debian packages), and only as root.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VALIDATOR := .cache/validator
NPM := .cache/npm
READERS := .cache/readers
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_ROOT_USER_ACTION := ignore
PIP := $(BIN)/python -m pip --quiet
INSTALL := install --no-deps --require-hashes

.PHONY: help
help: ## This list
	@sed -nE 's/^([a-z-]+):.*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-14s %s\n", $$1, $$2 }'

.PHONY: demo
demo: install ## Build the sample library and open the reading room on http://127.0.0.1:8000
	$(BIN)/mocban demo

.PHONY: install
install: $(VENV)/project.made $(VENV)/viewers.made ## Make .venv with .venv/bin/mocban, and fetch the viewers

.PHONY: test
test: debian-packages install $(VALIDATOR)/made $(READERS)/made ## Set everything up and run every test; `make test ARGS=tests/test_ids.py` for some
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(ARGS)

.PHONY: check
check: install ## Read the code with ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: bench
bench: install ## Measure, beside other servers where they are installed (bench/README.md)
	$(BIN)/python -m bench $(ARGS)

.PHONY: wheel
wheel: install ## Build dist/mocban-*.whl, which needs neither npm nor this folder
	$(BIN)/python -m hatchling build --target wheel

.PHONY: translations
translations: install ## Bring the translation files in step with the sentences in the code
	$(BIN)/python -m server.language.update

.PHONY: lock
lock: .cache/lock/made ## Choose the newest versions that pyproject.toml allows, for Python 3.11, and write them down with hashes
	$(COMPILE) --fork-strategy fewest --only-binary :all: --no-binary pyvips --group dev pyproject.toml --output-file requirements.lock
	$(COMPILE) --no-emit-package python-magic tests/conformance/validator.in --output-file tests/conformance/validator.lock
	$(COMPILE) config/npm.in --output-file config/npm.lock

.PHONY: clean
clean: ## Remove all that was made here (libraries stay)
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist server/site/static/viewers server/site/static/fonts server/demo/fonts
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- The parts ---------------------------------------------------------------------------------------------------

# While they are installed, Debian is told to start no service: nginx would open port 80 of whoever runs the tests.
.PHONY: debian-packages
debian-packages:
	@missing=; \
	export PATH="$$PATH:/usr/sbin"; \
	for program in chromium nginx openssl; do command -v $$program > /dev/null || missing="$$missing $$program"; done; \
	command -v java > /dev/null || missing="$$missing default-jre-headless"; \
	known="$$(tesseract --list-langs 2> /dev/null || true)"; \
	case "$$known" in *vie*) ;; *) missing="$$missing tesseract-ocr tesseract-ocr-vie";; esac; \
	case "$$known" in *fra*) ;; *) missing="$$missing tesseract-ocr-fra";; esac; \
	for library in libmagic libatomic; do \
		$(PYTHON) -c "import ctypes; ctypes.CDLL('$$library.so.1')" 2> /dev/null || missing="$$missing $${library}1"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then \
		echo "The tests need packages that this machine lacks. As root: apt-get install -y$$missing" >&2; exit 1; \
	fi; \
	export DEBIAN_FRONTEND=noninteractive; \
	if [ ! -e /usr/sbin/policy-rc.d ]; then \
		trap 'rm -f /usr/sbin/policy-rc.d' EXIT; \
		printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d; \
	fi; \
	{ apt-get update -q || true; } && apt-get install -y -q --no-install-recommends $$missing < /dev/null

$(VENV)/python.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || { \
		echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version 2> /dev/null || echo not there). Name another: make PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || { \
		echo "$(PYTHON) cannot make virtual environments. As root: apt-get install -y python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

# pyvips comes as source and would build itself against whatever libvips stands on the machine, in silence. It is built
# blind to it, so that it takes the libvips of pyvips-binary, and never from a cache, where a seeing build may lie.
$(VENV)/packages.made: requirements.lock $(VENV)/python.made
	sed '/^pyvips==/,/--hash/d' requirements.lock > $(VENV)/wheels.txt
	sed -n '/^pyvips==/,/--hash/p' requirements.lock > $(VENV)/pyvips.txt
	$(PIP) $(INSTALL) --only-binary :all: --requirement $(VENV)/wheels.txt
	mkdir -p $(VENV)/no-libvips
	PKG_CONFIG_PATH= PKG_CONFIG_LIBDIR=$(CURDIR)/$(VENV)/no-libvips $(PIP) --quiet $(INSTALL) --force-reinstall --no-cache-dir \
		--no-build-isolation --no-binary pyvips --requirement $(VENV)/pyvips.txt
	@touch $@

$(VENV)/project.made: pyproject.toml $(VENV)/packages.made
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# npm fetches the viewers; where the machine has none, it comes as a package of ours.
FETCH = @if command -v npm > /dev/null; then npm=npm; else $(MAKE) --no-print-directory $(NPM)/made; npm=$(CURDIR)/$(NPM)/bin/npm; fi; \
	$(BIN)/python -m server.site.fetch --npm "$$npm" $(1)
$(VENV)/viewers.made: config/assets.toml server/site/fetch.py $(VENV)/packages.made
	$(call FETCH)
	@touch $@

# Other programs that read our documents: the tests ask them, nothing ships them. They need node, which comes with npm.
$(READERS)/made: config/test-assets.toml server/site/fetch.py $(VENV)/packages.made
	$(call FETCH,--table $<)
	@touch $@

# The official image validator holds other versions of the same packages than we do: an environment of its own.
$(VALIDATOR)/made: tests/conformance/validator.lock $(VENV)/packages.made
	rm -rf $(VALIDATOR)
	$(PIP) wheel --no-deps --require-hashes --no-build-isolation --requirement $< --wheel-dir $(VALIDATOR)/wheels
	$(PYTHON) -m venv $(VALIDATOR)
	$(VALIDATOR)/bin/python -m pip --quiet install --no-index --no-deps $(VALIDATOR)/wheels/*.whl
	@touch $@

$(NPM)/made: config/npm.lock
	$(PYTHON) -m venv --clear $(NPM)
	$(NPM)/bin/python -m pip --quiet $(INSTALL) --requirement $<
	@touch $@

COMPILE := .cache/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--annotation-style line
.cache/lock/made:
	$(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip --quiet install uv==0.13.9
	@touch $@
