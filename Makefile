# Latchkey. `make help` says what there is.
SWIFT ?= swift
PREFIX ?= /usr
UNITDIR ?= $(PREFIX)/lib/systemd/system
DESTDIR ?=
ARGS ?=
# The standard library is linked in: the host needs no Swift, and the process starts in half the time.
release = $(SWIFT) build -c release --static-swift-stdlib
# Each test may have a slapd and a daemon of its own: all at once would be too many for a small machine.
few = SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=4

.PHONY: help build check demo test test-system torture soak bench release install install-files deb clean

help:
	@echo "make demo [ARGS=--once]   the main job on a private directory with demo people"
	@echo "make test                 every test that needs no root"
	@echo "make test-system          package, units and sandbox in a fresh Debian under its own systemd (as root)"
	@echo "make check                format, lint, layers"
	@echo "make bench                ratios against ldapsearch and others, measured in one run"
	@echo "make torture              long random campaigns: changes, kill -9, cuts, races, requests (LATCHKEY_SEED= repeats one)"
	@echo "make soak                 one daemon under changes, resets and restarts of slapd for LATCHKEY_SOAK=600 seconds"
	@echo "make deb                  the Debian package, in .build/deb"
	@echo "make install DESTDIR= PREFIX=/usr"

build: deps-build
	$(SWIFT) build

# What is missing from Debian is installed, and said.
deps-%:
	@etc/install-dependencies.sh $*

check:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks
	@for script in etc/*.sh etc/demo/*.sh etc/examples/*.sh Tests/System/*.sh Tests/System/*/*.sh Tests/Soak/*.sh Tests/*.sh Benchmarks/*.sh .ci/run; do \
		[ ! -e "$$script" ] || bash -n "$$script" || exit 1; done

demo: deps-demo
	@etc/demo/run.sh $(ARGS)

test: deps-test
	$(SWIFT) build --build-tests
	@$(few) Tests/run.sh $(SWIFT) test --skip-build $(ARGS)

test-system:
	@bash Tests/System/heap.sh
	@bash Tests/System/run.sh $(ARGS)

torture: deps-test
	LATCHKEY_TORTURE=$${LATCHKEY_TORTURE:-40} LATCHKEY_CAMPAIGN=$${LATCHKEY_CAMPAIGN:-40} \
		LATCHKEY_RACES=$${LATCHKEY_RACES:-3000} \
		LATCHKEY_FUZZ=$${LATCHKEY_FUZZ:-200} \
		$(few) $(SWIFT) test --filter 'Torture|Campaign|Fuzz' $(ARGS)

soak: deps-test
	@Tests/Soak/run.sh $(ARGS)

bench: deps-test
	@Benchmarks/run.sh $(ARGS)

install: deps-build release install-files

release:
	$(release) --product latchkeyd
	$(release) --product latchkeyctl

install-files:
	@etc/install.sh "$$($(release) --show-bin-path)" "$(DESTDIR)" "$(PREFIX)" "$(UNITDIR)"

# The Debian package, in .build/deb.
deb: deps-deb release
	@rm -rf .build/deb && mkdir -p .build/deb
	DEB_DESTINATION=.build/deb debian/rules clean binary
	@debian/rules clean > /dev/null
	@ls .build/deb/*.deb

clean:
	$(SWIFT) package clean
