# Hai lệnh là đủ:  make run  (mở bàn làm việc)   make test  (chạy bộ kiểm thử)
# make test ENGINE=postgresql: the suite on a PostgreSQL of its own; ONLY=tests/actions: a room of it; UI_SHARE=10: of the window every tenth test.
# Others: sweeps, check, coverage, bench, campaign, ward, damage, inputs, lives, lists, nightly, faults, papers, gallery, pictures, messages, schema, build, fresh, lock, clean. Every line can be typed by hand.

.PHONY: run test sweeps check coverage bench campaign ward damage inputs lives lists nightly faults papers gallery pictures messages schema build fresh lock clean libraries
unexport PYTHONDONTWRITEBYTECODE   # without compiled bytecode the window opens in twice the time

# The first Python here that is 3.11 or later and can make a .venv.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
WORKERS ?= 2
PIP = .venv/bin/python -m pip --disable-pip-version-check install

run: libraries .venv/app-installed
ifeq ($(DISPLAY)$(WAYLAND_DISPLAY),)
	@echo "Máy này không có màn hình: chơi một buổi sáng tập huấn, giấy tờ (PDF) và màn hình (PNG) để trong out/."
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m ui.practice_morning out
else
	.venv/bin/python -m ui.app
endif

test: .venv/dev-installed
	@.venv/bin/python tools/system_libraries.py test
	@.venv/bin/python -m tools.axe
	.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal --durations=10 -m "not sweep" $(ONLY)

sweeps: .venv/dev-installed
	@.venv/bin/python tools/system_libraries.py test
	@.venv/bin/python -m tools.axe
	.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal --durations=10 -m sweep

check: .venv/dev-installed
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m tools.import_circles

coverage: .venv/dev-installed
	@.venv/bin/python tools/system_libraries.py test
	@.venv/bin/python -m tools.axe
	rm -rf out/coverage
	.venv/bin/python -m coverage run -m pytest -q -n $(WORKERS) $(ONLY)
	.venv/bin/python -m coverage combine -q
	.venv/bin/python -m tools.coverage_by_room

bench: libraries .venv/dev-installed
	@.venv/bin/python tools/system_libraries.py bench
	.venv/bin/python -m tools.bench $(ONLY)

campaign: libraries .venv/dev-installed
	.venv/bin/python -m tools.campaign

ward: .venv/dev-installed
	@.venv/bin/python tools/system_libraries.py test
	.venv/bin/python -m tools.ward

damage: libraries .venv/dev-installed
	.venv/bin/python -m tools.campaign.damage

inputs: libraries .venv/dev-installed
	.venv/bin/python -m tools.campaign.inputs

lives: libraries .venv/dev-installed
	LIVES=2000 .venv/bin/python -m pytest -q tests/actions/dossiers/test_life.py

nightly: libraries .venv/dev-installed
	HYPOTHESIS_PROFILE=nightly LIVES=2000 .venv/bin/python -m pytest -q -n $(WORKERS) -m hypothesis $(ONLY)
	PAPERS=all .venv/bin/python -m pytest -q tests/papers/layout/test_archive.py

faults: .venv/dev-installed
	@.venv/bin/python tools/system_libraries.py test
	FAULTS=2000 WARDS=60 .venv/bin/python -m pytest -q -n $(WORKERS) tests/city/test_faults.py tests/city/test_to_the_city.py

lists: libraries .venv/dev-installed
	LISTS=5000 .venv/bin/python -m pytest -q -s tests/actions/lists/test_damaged.py

papers: libraries .venv/app-installed
	.venv/bin/python -m tools.gallery.papers out/papers

pictures: libraries .venv/dev-installed
	.venv/bin/python -m tools.gallery.pictures docs/pictures

gallery: libraries .venv/dev-installed
	.venv/bin/python -m tools.gallery out/gallery $(ONLY)

messages: .venv/dev-installed
	.venv/bin/python -m tools.messages

schema: .venv/app-installed
	.venv/bin/python -m tools.schema

build: .venv/dev-installed
	@.venv/bin/python tools/system_libraries.py build
	.venv/bin/python -m PyInstaller --noconfirm build_installer.spec
	.venv/bin/python -m tools.frozen_morning dist/cchc-desk

SUITE ?= bookworm
fresh:
	$(PYTHON) tools/fresh.py $(SUITE)

libraries: .venv/bin/pip
	@.venv/bin/python tools/system_libraries.py

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11 trở lên có kèm venv: sudo apt-get install -y python3 python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/app-installed: .venv/bin/pip requirements/app.txt pyproject.toml
	$(PIP) --require-hashes -r requirements/app.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev-installed: .venv/app-installed requirements/dev.txt
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

# Only for those who change a pin in pyproject.toml (make lock LOCK=--upgrade moves the indirect ones too).
COMPILE = build/lock/bin/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(LOCK) pyproject.toml requirements/install.in
lock:
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install uv==0.13.9
	$(COMPILE) --extra dev --extra city --extra signature -o requirements/dev.txt
	$(COMPILE) --constraint requirements/dev.txt -o requirements/app.txt
	$(COMPILE) --constraint requirements/dev.txt --extra city -o requirements/city.txt
	$(COMPILE) --constraint requirements/dev.txt --extra signature -o requirements/signature.txt

clean:
	rm -rf .venv build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
