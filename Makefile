# SPDX-License-Identifier: GPL-2.0
#
# nf_geneve: what a person types. `make help` lists it; Kbuild holds what the
# kernel's build system reads.

KDIR ?= $(firstword $(wildcard /lib/modules/$(shell uname -r)/build) \
	$(shell ls -d /lib/modules/*/build 2>/dev/null | sort -Vr))
# The release that KDIR builds for, this machine's if there is a choice.
RELEASE = $(notdir $(patsubst %/build,%,$(KDIR)))
PREFIX ?= /usr/local
VERSION = $(shell sed -n 's/^PACKAGE_VERSION="\(.*\)"/\1/p' dkms.conf)
DKMS_SOURCE = /usr/src/nf_geneve-$(VERSION)

# The guest's kernel is not this machine's: its module is built apart.
GUEST_KDIR = /lib/modules/$(shell selftests/vm/kernel -r)/build
GUEST_DIR = $(CURDIR)/out/guest

all: module tool

help:
	@echo 'make              nf_geneve.ko for this kernel, and userspace/genevectl'
	@echo 'make demo         see it work: a load balancer, two appliances, the internet,'
	@echo '                  all in one virtual machine (installs what it needs)'
	@echo 'make shell        the same scene, with a shell to try things by hand'
	@echo 'make check        all tests; make check T=NAME those whose name contains NAME'
	@echo 'make check-kernels  on other kernels: K=5.10,6.1,6.12,7.2,arm64; T as above; SHORT=1'
	@echo 'make check-debug  the same in a kernel with KASAN, lockdep, kmemleak ...; check-kcsan:'
	@echo '                  data races (a kernel is built first: 20 minutes of CPU time)'
	@echo 'make fuzz         libFuzzer for an hour a target; F=TARGET, SECONDS=N, SEED=N,'
	@echo '                  INPUT=FILE (one input again); make fuzz-coverage, fuzz-corpus'
	@echo 'make hostile      packets and netlink messages that are nearly right, in that kernel;'
	@echo '                  PACKETS=N, MESSAGES=N, SEED=N'
	@echo 'make peers        module/core beside tshark on random packets; COUNT=N, SEED=N'
	@echo 'make soak         everything changed at once under traffic, MINUTES=10, SEED=1'
	@echo 'make bench        instructions per packet, beside other ways to do it'
	@echo 'make lint         checkpatch, sparse, warnings, shellcheck, man pages'
	@echo 'make install      module and genevectl on this machine; make uninstall'
	@echo 'make dkms-install the same, rebuilt by DKMS for every new kernel; make dkms-uninstall'
	@echo 'make check-dkms   try that in a clean Debian chroot'
	@echo 'make clean        what was built; make distclean also the cache of downloads'
	@echo
	@echo 'KDIR=DIR          kernel headers for make and make install'
	@echo 'KREL=RELEASE      Debian cloud kernel for the guest'

packages:
	@selftests/setup -n build

module: packages
	@[ -n "$(KDIR)" ] || { echo "nf_geneve: no kernel headers here, install linux-headers-$$(uname -r)" >&2; exit 1; }
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules
	@[ "$(RELEASE)" = "$$(uname -r)" ] || \
		echo "nf_geneve: built for $(RELEASE), this machine runs $$(uname -r)" >&2

tool: packages
	$(MAKE) -C userspace

install: all
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules_install
	depmod -a $(RELEASE)
	$(MAKE) -C userspace install PREFIX=$(PREFIX)

uninstall:
	find /lib/modules/$(RELEASE) -name 'nf_geneve.ko*' -delete
	depmod -a $(RELEASE)
	$(MAKE) -C userspace uninstall PREFIX=$(PREFIX)

dkms-install: tool
	@selftests/setup -n dkms
	mkdir -p $(DKMS_SOURCE)
	tar -cf - --exclude='*.o' --exclude='*.o.d' --exclude='.*.cmd' Kbuild dkms.conf module uapi | \
		tar -C $(DKMS_SOURCE) -xf -
	dkms remove nf_geneve/$(VERSION) --all >/dev/null 2>&1 || true
	dkms install nf_geneve/$(VERSION) -k $(RELEASE)
	$(MAKE) -C userspace install PREFIX=$(PREFIX)

dkms-uninstall:
	dkms remove nf_geneve/$(VERSION) --all
	$(RM) -r $(DKMS_SOURCE)
	$(MAKE) -C userspace uninstall PREFIX=$(PREFIX)

# The module for the guest's kernel. Symbolic links to the sources keep objects
# of several kernels, and of several ways to build, apart.
guest-module:
	@find ./Kbuild ./dkms.conf ./module ./uapi -type f \
		\( -name '*.[ch]' -o -name '*.mk' -o -name '*.sh' -o -name Kbuild -o -name dkms.conf \) \
		-exec sh -c 'for f; do mkdir -p "$$0/$${f%/*}"; ln -sfr "$$f" "$$0/$$f"; done' \
		$(GUEST_DIR) {} +
	$(MAKE) -C $(GUEST_KDIR) M=$(GUEST_DIR) $(KBUILD_FLAGS) modules

TEST_MODULES = $(patsubst %/Kbuild,%,$(wildcard selftests/*/Kbuild))

# The same with the modules of the tests, which out/guest does without.
guest-modules: guest-module
	@find $(TEST_MODULES) \( -name '*.[ch]' -o -name Kbuild \) ! -name '*.mod.c' \
		-exec sh -c 'for f; do mkdir -p "$$0/$${f%/*}"; ln -sfr "$$f" "$$0/$$f"; done' \
		$(GUEST_DIR) {} +
	set -e; for dir in $(TEST_MODULES); do \
		$(MAKE) -C $(GUEST_KDIR) M=$(GUEST_DIR)/$$dir modules; \
	done

# What the scene needs: the module, the tool and the load balancer.
guest-demo: setup-guest
	$(MAKE) guest-module
	$(MAKE) -C userspace
	$(MAKE) -C selftests gwlb KDIR=$(GUEST_KDIR)

guest: guest-demo setup-check
	$(MAKE) -C selftests KDIR=$(GUEST_KDIR)

setup-guest:
	@selftests/setup build guest

setup-check:
	@selftests/setup build check

setup-coverage:
	@selftests/setup build coverage

setup-lint:
	@selftests/setup build guest lint

demo: guest-demo
	@selftests/demo/run

shell: guest-demo
	@selftests/demo/run --shell

check: guest
	@selftests/vm/check $(T)

check-kernels: guest
	@selftests/kernels/run $(if $(SHORT),-s) $(if $(K),-k $(K)) $(T)

# Kernels that look for bugs in themselves, built on the first time.
setup-debug:
	@selftests/setup debug

check-debug: guest setup-debug
	@selftests/debug/check debug $(T)

check-kcsan: guest setup-debug
	@selftests/debug/check kcsan $(T)

hostile: guest setup-debug
	@selftests/debug/check -j 1 -e PACKETS=$(or $(PACKETS),1000000) \
		-e MESSAGES=$(or $(MESSAGES),100000) -e SEED=$(or $(SEED),1) debug hostile-

# Fuzzing goes on with what it has found before.
fuzz: setup-check
	@$(MAKE) -s -C selftests/fuzz
	@selftests/fuzz/run $(if $(INPUT),-r $(INPUT),-k -s $(or $(SECONDS),3600) \
		-S $(or $(SEED),$(shell date +%s))) $(F)

fuzz-coverage fuzz-corpus: setup-coverage
	@$(MAKE) -s -C selftests/fuzz $(@:fuzz-%=%) $(if $(F),TARGETS=$(F))

peers: setup-check
	@$(MAKE) -s -C selftests/peers check $(if $(COUNT),COUNT=$(COUNT)) $(if $(SEED),SEED=$(SEED))

# Rounds begin and end beside the time they last, slowly on a busy machine.
soak: guest
	@selftests/vm/run -t $$(($(or $(MINUTES),10) * 240 + 600)) -o $(GUEST_DIR)/nf_geneve.ko \
		-e SOAK_SECONDS=$$(($(or $(MINUTES),10) * 60)) -e SOAK_SEED=$(or $(SEED),1) \
		selftests/soak-changes.sh

bench: guest
	@selftests/bench/run

lint: setup-lint
	@selftests/lint

check-dkms:
	@selftests/dkms

clean:
	[ -z "$(KDIR)" ] || $(MAKE) -C $(KDIR) M=$(CURDIR) clean
	$(MAKE) -C userspace clean
	$(MAKE) -C selftests clean
	$(RM) -r out

distclean: clean
	$(RM) -r $${XDG_CACHE_HOME:-$$HOME/.cache}/nf_geneve

.PHONY: all help packages module tool install uninstall dkms-install dkms-uninstall \
	guest-module guest-modules guest-demo guest setup-guest setup-check setup-debug \
	setup-coverage setup-lint demo shell check check-kernels check-debug check-kcsan hostile fuzz \
	fuzz-coverage fuzz-corpus peers soak bench lint check-dkms clean distclean
