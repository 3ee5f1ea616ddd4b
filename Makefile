# The words of this project. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup build atlas demo test lint bench golden fuzz

# The C++ library that Swift's runtime needs is linked in too: to load it takes a tenth of the time before the first file.
STATIC := $(CURDIR)/.build/static
RELEASE := swift build --configuration release --static-swift-stdlib -Xswiftc -L$(STATIC)
REGISTRY := .build/release/registry
ATLAS := .build/release/atlas

help: ## list these words
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

setup: ## install what is missing to build; says what it does
	@tools/setup

build: setup ## build the release binary, .build/release/registry
	@mkdir -p $(STATIC) && ln -sf "$$(clang --print-file-name=libstdc++.a)" $(STATIC)/
	@$(RELEASE) --product registry

atlas: setup ## build the release binary of the second program, .build/release/atlas
	@mkdir -p $(STATIC) && ln -sf "$$(clang --print-file-name=libstdc++.a)" $(STATIC)/
	@$(RELEASE) --product atlas
	@tools/linkage $(ATLAS)

demo: build atlas ## build both programs and show what they do
	@tools/demo $(REGISTRY) $(ATLAS)

lint: ## check the formatting and the workflows
	@swift format lint --strict --recursive Package.swift Sources Tests $(wildcard Fuzz)
	@tools/workflows

# The release build and the test build are made once each. Swift's own closing lines come last, so that
# whoever reads the end of the output reads the result.
test: setup lint build ## everything that continuous integration runs
	@tools/linkage $(REGISTRY)
	@swift build --build-tests --explicit-target-dependency-import-check error
	@tools/export-consumers .build/debug/atlas
	@swift test --skip-build --disable-xctest

golden: setup ## rewrite the expected outputs of the golden tests; review the difference like code
	@UPDATE_GOLDEN=1 swift test --disable-xctest --filter Golden

bench: build atlas ## measure against the parser alone and against other validators; ARGS=--write keeps the table
	@tools/setup bench
	@$(RELEASE) --product benchmarks
	@.build/release/benchmarks validate --registry $(REGISTRY) $(ARGS)
	@.build/release/benchmarks ingest $(ARGS)
	@.build/release/benchmarks sizing $(ARGS)
	@.build/release/benchmarks pricing --atlas $(ATLAS) $(ARGS)
	@if [ -n "$$MODEL_ATLAS_SHARED" ]; then .build/release/benchmarks truth "$$MODEL_ATLAS_SHARED/data/sizing-truth.json" --worst 3 \
		&& tools/aiconfigurator-peer "$$MODEL_ATLAS_SHARED/data/sizing-truth.json" .build/aiconfigurator.json \
		&& .build/release/benchmarks truth-peer "$$MODEL_ATLAS_SHARED/data/sizing-truth.json" .build/aiconfigurator.json $(ARGS); fi

fuzz: setup ## thirty seconds of fuzzing for each entry point
	@for entry in yaml json schema pattern number date; do Fuzz/run $$entry 30; done
