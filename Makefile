# make run    starts the demo and prints the address of its page; needs nothing but Go
# make build  writes bin/verbale
# make test   installs with apt the servers that the tests need, then runs all tests
# make vet    checks format, go vet and staticcheck
# make fuzz   runs every fuzz target for FUZZTIME=30s
# make bench  runs the Go benchmarks; for the whole program see "verbale bench --help"
# make chaos  breaks everything around the program, for SEEDS=10 plans or for TIME=10m, and checks that nothing was lost
# make clean  removes bin

GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS  = -X main.version=$(VERSION)

# -trimpath makes builds reproducible. It is set for every go command, since packages compiled
# without it would have to be compiled again for the program.
export GOFLAGS := $(shell $(GO) env GOFLAGS) -trimpath

# Debian packages of the servers and programs that the tests use, and of the browser that tests the demo.
PACKAGES = redis-server dovecot-imapd tesseract-ocr tesseract-ocr-fra tesseract-ocr-rus chromium

.PHONY: build run test servers vet bench fuzz chaos clean

build:
	$(GO) build -ldflags "$(LDFLAGS)" -o bin/verbale ./cmd/verbale

run: build
	./bin/verbale demo

# test prints the coverage of each package and, at the end, the ten slowest tests.
#
# It runs in two passes. HEAVY tests train models, compile the PDF reader, measure memory or
# read mail bombs: under the race detector they would take minutes and measure the detector
# instead. They run without it, and first, because the compiled PDF reader is cached for the
# second pass. That pass runs all tests with the race detector but those in ALONE, which use a
# single goroutine, so that it has nothing to find in them.
TIMES      = bin/tests.json
ALONE      = Train|Models|Lessons|RefusedByName|ItWasNotShown|LittleMemory|TestCharts|Damaged|HostileMails
HEAVY      = $(ALONE)|WhateverIsWrong
WITH_HEAVY = ./intake/eml ./intake/learned ./intake/reading ./intake/reading/training ./internal/app ./internal/doctext ./internal/eval ./internal/redisstore ./internal/report
test: servers vet
	@mkdir -p $(dir $(TIMES))
	VERBALE_REQUIRE_SERVERS=1 $(GO) tool gotestsum --format pkgname -- -run '$(HEAVY)' $(WITH_HEAVY)
	VERBALE_REQUIRE_SERVERS=1 $(GO) tool gotestsum --format pkgname --jsonfile $(TIMES) -- -race -cover -skip '$(ALONE)' -timeout 20m ./...
	@echo "the slowest tests:"; $(GO) tool gotestsum tool slowest --num 10 --jsonfile $(TIMES)

vet:
	@unformatted=$$(gofmt -l cmd bot intake routing internal); \
	if [ -n "$$unformatted" ]; then echo "not formatted by gofmt:"; echo "$$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# servers installs the programs that are missing. Where that is not possible it says which
# they are.
servers:
	@missing=""; \
	command -v redis-server >/dev/null || missing="$$missing redis-server"; \
	{ command -v dovecot || test -x /usr/sbin/dovecot; } >/dev/null || missing="$$missing dovecot-imapd"; \
	{ command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null || missing="$$missing chromium"; \
	command -v tesseract >/dev/null || missing="$$missing tesseract-ocr"; \
	for language in fra rus; do \
	  tesseract --list-langs 2>/dev/null | grep -qx $$language || missing="$$missing tesseract-ocr-$$language"; \
	done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo "The tests need: $(PACKAGES)."; \
	  echo "Missing here:$$missing. There is no apt-get on this machine: install their equivalents and run 'make test' again."; \
	  exit 1; \
	fi; \
	sudo=""; if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi; \
	echo "installing$$missing"; \
	if ! { $$sudo apt-get update -q && $$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $$missing; }; then \
	  echo "The tests need$$missing, which could not be installed. Install them and run 'make test' again."; \
	  exit 1; \
	fi

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# fuzz runs the fuzz targets one after the other, about twenty minutes in all, and stops at
# the first input that fails. Seeds and earlier finds (testdata/fuzz) also run as ordinary
# tests, in "make test".
FUZZTIME ?= 30s
fuzz:
	@GO=$(GO) FUZZTIME=$(FUZZTIME) .ci/fuzz

# chaos runs SEEDS plans of LENGTH each, or as many as fit into TIME. A plan is drawn from its
# seed, so SEEDS=1 SEED=7 repeats one.
SEEDS  ?= $(if $(TIME),1,10)
SEED   ?= 1
LENGTH ?= 30s
chaos: servers build
	VERBALE_REQUIRE_SERVERS=1 $(GO) test -count=1 -timeout 0 -v ./internal/chaos \
	  -args -program $(CURDIR)/bin/verbale -seeds $(SEEDS) -seed $(SEED) -time $(or $(TIME),0s) -length $(LENGTH)

clean:
	rm -rf bin
