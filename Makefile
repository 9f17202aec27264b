# make run    starts the demo and prints the address of its page; needs Go alone
# make test   installs by apt what the tests need, then runs all of them
# make build  writes bin/verbale
# make chaos  breaks everything around the program, for SEEDS=10 plans or for TIME=10m, and proves that nothing is lost

GO      ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS  = -X main.version=$(VERSION)

# What is compiled for the tests serves for the program too only where all is compiled alike;
# without the paths of the machine, two builds of one version are the same.
export GOFLAGS := $(shell $(GO) env GOFLAGS) -trimpath

# Servers and programs that the tests talk to, the browser that looks at the demo, and the Debian packages they come in.
PACKAGES = redis-server dovecot-imapd tesseract-ocr tesseract-ocr-fra tesseract-ocr-rus chromium

.PHONY: build run test servers vet bench fuzz chaos clean

build:
	$(GO) build -ldflags "$(LDFLAGS)" -o bin/verbale ./cmd/verbale

run: build
	./bin/verbale demo

# test prints the coverage of each package and, at the end, the ten slowest tests.
# What trains models, compiles the PDF reader, weighs memory or bombs runs without the race
# detector, under which it takes minutes and weighs something else; and first, since
# the compiled PDF reader is kept for the others. ALONE is what is the work of one goroutine:
# there the race detector has nothing to find.
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

# servers installs what is missing, and nothing where all is there.
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
	$$sudo apt-get update -q && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -q --no-install-recommends $$missing

bench: build
	$(GO) test -run '^$$' -bench . -benchmem ./...

# fuzz runs every fuzz target for FUZZTIME, one after the other: some twenty minutes.
# Their seeds, and what they ever found (testdata/fuzz), are among the tests of "make
# test" already.
FUZZTIME ?= 30s
fuzz:
	@for package in $$($(GO) list ./...); do \
	  for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz'); do \
	    echo "$$package $$target"; \
	    $(GO) test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$package || exit 1; \
	  done; \
	done

# chaos runs so many plans, or for so long; a plan is drawn from its seed. SEEDS=1 SEED=7 runs one again.
SEEDS  ?= $(if $(TIME),1,10)
SEED   ?= 1
LENGTH ?= 30s
chaos: servers build
	VERBALE_REQUIRE_SERVERS=1 $(GO) test -count=1 -timeout 0 -v ./internal/chaos \
	  -args -program $(CURDIR)/bin/verbale -seeds $(SEEDS) -seed $(SEED) -time $(or $(TIME),0s) -length $(LENGTH)

clean:
	rm -rf bin
