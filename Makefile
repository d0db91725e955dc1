# xportcn: one word per job; each does its own set-up. Needs cargo and a C compiler; the tests also need python3 and what the
# package registries have.
.DEFAULT_GOAL := help
.PHONY: help demo explore check test proof test-rust test-pip test-swift test-kotlin test-npm test-mcp test-explorer test-site test-openapi docs surface bench fuzz miri audit test-elsewhere newest oldest release publish-crates lint format endpoint evidence generate package package-pip package-swift package-kotlin package-npm package-program packages sbom clean

help:           ## this list
	@sed -n 's/^\([a-z-]*\): *## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

demo:           ## one call of every endpoint, against the platform's sandbox on this machine
	@cargo run --quiet --locked --package xportcn-cli --no-default-features -- demo

explore:        ## a page on this machine that shows every call and tries it, in a sandbox
	@cargo run --quiet --locked --package xportcn-cli --no-default-features -- explore

check:          ## the quick loop: format, clippy, the core's tests, generated files
	@python3 tests/run.py check

test:           ## all tests, and where the time goes; ends with "N passed, N failed"
	@python3 tests/run.py

test-rust:      ## the core, the client, the sandbox and the command line
	@python3 tests/run.py rust

test-pip:       ## the pip package, in a clean environment from its wheel
	@python3 tests/run.py pip

test-swift:     ## the Swift package, with a consumer of it; installs Swift in a folder of its own where there is none
	@python3 tests/run.py swift

test-kotlin:    ## the Kotlin package, with a consumer of it; installs a JDK and Maven where there are none
	@python3 tests/run.py kotlin

test-npm:       ## the npm package, in Node, Bun, Deno, workerd and Chromium
	@python3 tests/run.py npm

test-explorer:  ## the explorer's page: what is built of it, and in Chromium
	@python3 tests/run.py explorer

test-mcp:       ## the tools for agents, by the official clients of their protocol
	@python3 tests/run.py mcp

test-site:      ## the documentation's site: links, programs, and in Chromium
	@python3 tests/run.py site

docs:           ## the documentation's site, under target/site/html; needs Node 20 and npm
	@docs/site/build

proof:          ## what takes long and breaks rarely: the source distribution, the oldest Python, the audit, clients that generators write, 100,000 writes through a hostile proxy, a million faulted writes
	@python3 tests/run.py proof

surface:        ## what each host shows its users, beside the snapshots in tests/surface; HOSTS="rust swift" for some
	@python3 tests/surface/run.py $(HOSTS)

bench:          ## all hosts beside their peers, or HOSTS="rust pip"; fails if a budget is missed
	@python3 tests/bench/run.py $(HOSTS)

fuzz:           ## hostile inputs, SECONDS=60 for each target
	@python3 tests/fuzz/run.py --seconds $(or $(SECONDS),60) $(TARGETS)

miri:           ## undefined behaviour in the core; needs nightly with miri
	@python3 tests/supply/miri.py

audit:          ## licences, advisories, sources and hashes of what the project is built from
	@python3 tests/supply/audit.py

lint:           ## formatters and linters of every language, and what rustdoc says
	@python3 tests/lint/run.py

format:         ## lets the formatters of every language write
	@python3 tests/lint/run.py --fix

test-openapi:   ## the OpenAPI description, by other people's tools; needs npm
	@tests/openapi/run

test-elsewhere: ## what needs nothing but cargo and python3: the smaller set for other systems
	@python3 tests/run.py elsewhere

newest:         ## the crates with the newest versions of what they depend on
	@python3 tests/supply/dependencies.py newest

oldest:         ## the crates with the oldest versions that their manifests name
	@python3 tests/supply/dependencies.py oldest

release:        ## all that a release needs but publishing, in a clone: VERSION=1.2.3, ONLY="npm pip" for some
	@python3 tests/release/run.py "$(VERSION)" $(if $(ONLY),--only $(ONLY))

publish-crates: ## the Rust crates to crates.io, each after those that it needs; cannot be taken back
	@cargo publish --locked --package xportcn-derive --package xportcn-core --package xportcn-sandbox --package xportcn --package xportcn-journal --package xportcn-explorer --package xportcn-mcp --package xportcn-cli

endpoint:       ## begins an endpoint: ID=taobao.product.reviews
	@python3 bindings/codegen/new_endpoint.py "$(ID)"

evidence:       ## merges a report of `xportcn confirm` into what is known: REPORT=FILE REPORTER=NAME
	@python3 tests/evidence/run.py "$(REPORT)" "$(REPORTER)"

generate:       ## the reference, the OpenAPI description and the test vectors
	cargo run --quiet --locked --package xportcn-codegen
	python3 tests/vectors/make.py

package:        ## the Rust crates, under target/packages/rust
	@cargo package --quiet --locked --workspace --exclude xportcn-codegen --exclude xportcn-conformance --exclude xportcn-python --exclude xportcn-size --exclude xportcn-surface --exclude xportcn-uniffi --exclude xportcn-uniffi-bindgen --exclude xportcn-wasm --exclude xportcn-wasm-bindgen --no-verify --allow-dirty
	@mkdir -p target/packages/rust && cp target/package/*.crate target/packages/rust/
	@python3 tests/supply/sbom.py rust
	@python3 tests/supply/packed.py target/packages/rust
	@ls target/packages/rust

packages:       ## what is built for machines, for eight of them, and a table of which of it has run here
	@$(MAKE) --no-print-directory package-pip package-program package-kotlin package-swift
	@python3 tests/supply/program.py target/packages/program
	@python3 tests/supply/artefacts.py

package-program: ## the program: archives, Debian's packages, npm's, Homebrew's formula, Scoop's manifest, under target/packages/program
	@packages/program/package
	@python3 tests/supply/packed.py target/packages/program

package-pip:    ## wheels and source distributions, of the sandbox too, under target/packages/pip
	@packages/pip/package
	@python3 tests/supply/packed.py target/packages/pip

package-swift:  ## the SwiftPM folder, under target/packages/swift
	@packages/swift/package --machines
	@python3 tests/supply/sbom.py swift
	@python3 tests/supply/packed.py target/packages/swift

package-kotlin: ## the jar with its sources, documentation and pom, under target/packages/kotlin
	@packages/kotlin/package
	@python3 tests/supply/sbom.py kotlin
	@python3 tests/supply/packed.py target/packages/kotlin

package-npm:    ## the npm package, under target/packages/npm
	@packages/npm/package
	@python3 tests/supply/sbom.py npm
	@python3 tests/supply/packed.py target/packages/npm

sbom:           ## what every package is made of (CycloneDX 1.5), beside it under target/packages
	@python3 tests/supply/sbom.py

clean:          ## what was built
	cargo clean
