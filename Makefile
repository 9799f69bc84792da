# Latchkey. `make help` says what there is.
SWIFT ?= swift
PREFIX ?= /usr
DESTDIR ?=
ARGS ?=
# The standard library is linked in: the host needs no Swift, and the process starts in half the time.
release = $(SWIFT) build -c release --static-swift-stdlib
# Each test may have a slapd and a daemon of its own: all at once would be too many for a small machine.
few = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4

.PHONY: help build check demo test test-system torture bench install clean

help:
	@echo "make demo [ARGS=--once]   the main job on a private directory with demo people"
	@echo "make test                 every test that needs no root"
	@echo "make test-system          the unit files and their sandbox"
	@echo "make check                format, lint, layers"
	@echo "make bench                ratios against ldapsearch and others, measured in one run"
	@echo "make torture              long random campaigns: changes, kill -9, network cuts (LATCHKEY_SEED= repeats one)"
	@echo "make install DESTDIR= PREFIX=/usr"

build: deps-build
	$(SWIFT) build

# What is missing from Debian is installed, and said.
deps-%:
	@etc/install-dependencies.sh $*

check:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks
	@for script in etc/*.sh etc/demo/*.sh Tests/System/*.sh Benchmarks/*.sh .ci/run; do \
		[ ! -e "$$script" ] || bash -n "$$script" || exit 1; done

demo: deps-demo
	@etc/demo/run.sh $(ARGS)

test: deps-test
	$(SWIFT) build --build-tests
	$(few) $(SWIFT) test --skip-build $(ARGS)

test-system:
	@bash Tests/System/units.sh
	@bash Tests/System/heap.sh

torture: deps-test
	LATCHKEY_TORTURE=$${LATCHKEY_TORTURE:-40} LATCHKEY_CAMPAIGN=$${LATCHKEY_CAMPAIGN:-40} \
		$(few) $(SWIFT) test --filter 'Torture|Campaign' $(ARGS)

bench: deps-test
	@Benchmarks/run.sh $(ARGS)

install: deps-build
	$(release) --product latchkeyd
	$(release) --product latchkeyctl
	install -D -m 0755 "$$($(release) --show-bin-path)/latchkeyd" "$(DESTDIR)$(PREFIX)/bin/latchkeyd"
	install -D -m 0755 "$$($(release) --show-bin-path)/latchkeyctl" "$(DESTDIR)$(PREFIX)/bin/latchkeyctl"
	install -D -m 0644 systemd/latchkeyd.service "$(DESTDIR)$(PREFIX)/lib/systemd/system/latchkeyd.service"
	install -D -m 0644 systemd/latchkeyd-frontend.socket "$(DESTDIR)$(PREFIX)/lib/systemd/system/latchkeyd-frontend.socket"
	install -D -m 0644 systemd/latchkeyd-admin.socket "$(DESTDIR)$(PREFIX)/lib/systemd/system/latchkeyd-admin.socket"
	install -D -m 0644 systemd/latchkey.sysusers.conf "$(DESTDIR)$(PREFIX)/lib/sysusers.d/latchkey.conf"
	install -D -m 0644 systemd/latchkey.tmpfiles.conf "$(DESTDIR)$(PREFIX)/lib/tmpfiles.d/latchkey.conf"
	install -D -m 0644 etc/latchkey.yaml "$(DESTDIR)$(PREFIX)/share/doc/latchkey/latchkey.yaml"
	for file in etc/policies/*.yaml; do install -D -m 0644 $$file "$(DESTDIR)$(PREFIX)/share/doc/latchkey/policies/$${file##*/}" || exit 1; done
	install -d -m 0755 "$(DESTDIR)$(PREFIX)/share/latchkey"
	python3 -B etc/blocklist.py > "$(DESTDIR)$(PREFIX)/share/latchkey/blocklist.txt"
	for file in etc/templates/*.yaml; do install -D -m 0644 $$file "$(DESTDIR)$(PREFIX)/share/latchkey/templates/$${file##*/}" || exit 1; done

clean:
	$(SWIFT) package clean
