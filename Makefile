# make            the module against the packaged nginx (nginx-dev)
# make test       installs what the tests need and runs all of them
# make help       everything else

SHELL       = /bin/bash
NGX_SRC     = /usr/share/nginx/src
NGX_BIN     = /usr/sbin/nginx
OBJS        = objs
CC_OPT      =
LD_OPT      =
# only for sources without Debian's conf_flags
NGX_FLAGS   = --with-compat

# nothing else defines what the module calls of its own: it need not be asked
LOCAL       = -fno-semantic-interposition
WARN        = -Wall -Wextra -Werror -Wno-unused-parameter
MODULE      = $(OBJS)/ngx_http_consent_module.so
SOURCES     = $(wildcard ngx_http_consent_module.c src/*.c src/*.h)
CORE        = $(filter src/ngx_consent_%,$(SOURCES))
SHIM        = -DNGX_CONSENT_SHIM -It/unit -Isrc
TESTS       = $(wildcard t/*.t)

export NGX_SRC NGX_BIN NGX_FLAGS

.DELETE_ON_ERROR:

.PHONY: all module test install lint floors unit machines prove asan versions \
        mainline off conf http real pages snippets conformance inspect chain \
        browser browser-cache browser-platforms browser-banner browser-views \
        browser-guard browser-rows browser-states browser-pages fuzz bench \
        demo demo-stop clean help


all: module

module: $(MODULE)			## build the dynamic module

$(MODULE): $(OBJS)/Makefile $(SOURCES)
	@echo "== building $@"
	@$(MAKE) -s -C $(NGX_SRC) -f $(abspath $(OBJS))/Makefile modules
	@[ -s $@ ] && touch $@

# A package's files are as old as the package: an upgrade is seen by what its
# header says.

$(OBJS)/nginx.h: $(NGX_SRC)/src/core/nginx.h FORCE
	@mkdir -p $(OBJS)
	@cmp -s $< $@ || cp $< $@

FORCE:

$(OBJS)/Makefile: config $(OBJS)/nginx.h
	@echo "== configuring for $(NGX_SRC)"
	@mkdir -p $(OBJS)
	@set -e; flags=($(NGX_FLAGS)); root=$$PWD; \
	cd $(NGX_SRC); \
	if [ -f conf_flags ]; then \
	    . ./conf_flags; flags=("$${NGX_CONF_FLAGS[@]}"); \
	fi; \
	configure=./configure; [ -f $$configure ] || configure=auto/configure; \
	if ! $$configure "$${flags[@]}" \
	    --with-cc-opt="-g -O2 -fPIC $(LOCAL) $(WARN) $(CC_OPT)" \
	    --with-ld-opt="-fPIC -Wl,-Bsymbolic-functions $(LD_OPT)" \
	    --add-dynamic-module="$$root" \
	    --builddir="$(abspath $(OBJS))" \
	    >"$(abspath $(OBJS))/configure.log" 2>&1; \
	then \
	    tail -n 15 "$(abspath $(OBJS))/configure.log" >&2; exit 1; \
	fi

$(NGX_SRC)/src/core/nginx.h:
	@echo "no nginx source in $(NGX_SRC): apt-get install nginx-dev" \
	      "libpcre2-dev, or set NGX_SRC" >&2; exit 1


test:					## install what is missing, run all tests
	@t/all.sh

install:				## packages that the tests need (root)
	@t/install.sh

lint:					## style, warnings, shellcheck, perl -c
	@t/lint.sh

floors:					## what floors 0 and 1 may call
	@t/floors.sh

unit:					## the core's unit tests under sanitizers
	@t/unit.sh

machines:				## the core on aarch64, s390x, i386 (qemu)
	@t/machines.sh $(MACHINES)

prove: module				## t/*.t on the packaged nginx
	@t/prove.sh $(MODULE) $(TESTS)

asan:					## t/*.t with the module under sanitizers
	@t/asan.sh $(TESTS)

versions:				## t/*.t on Debian trixie's and sid's nginx
	@t/versions.sh $(TESTS)

mainline:				## t/*.t on a nginx built from NGX_SRC
	@t/mainline.sh $(TESTS)

off: module				## off means off; leaks, reloads, upgrades
	@perl t/http/off.pl $(abspath $(MODULE) $(OBJS)/off)
	@perl t/http/life.pl $(abspath $(MODULE) $(OBJS)/life)

conf: module				## the shipped configurations
	@perl conf/generate.pl --check
	@conf/ui/minify.sh --check
	@t/conf.sh $(MODULE)

real: module				## Varnish before it, Django behind it
	@t/http/real.sh django.mjs $(MODULE) $(OBJS)/real-django
	@t/http/real.sh varnish.mjs $(MODULE) $(OBJS)/real-varnish

$(OBJS)/page_tool: t/unit/page_tool.c t/unit/ngx_shim.c t/unit/ngx_shim.h \
                   $(CORE)
	@mkdir -p $(OBJS)
	@$(CC) -O2 -g $(WARN) $(SHIM) -o $@ $(filter %.c,$^) -lpcre2-8

pages: $(OBJS)/page_tool		## real pages (CONSENT_DATA)
	@if [ -z "$$CONSENT_DATA" ]; then \
	    echo "not run: CONSENT_DATA is not set"; \
	else \
	    perl t/pages.pl $< "$$CONSENT_DATA" $(OBJS)/pages; \
	fi

snippets: $(OBJS)/page_tool		## vendors' snippets (CONSENT_DATA)
	@if [ -z "$$CONSENT_DATA" ]; then \
	    echo "not run: CONSENT_DATA is not set"; \
	elif [ ! -f t/snippets.pl ]; then \
	    echo "not run: no t/snippets.pl"; \
	else \
	    perl t/snippets.pl $< "$$CONSENT_DATA" $(OBJS)/snippets; \
	fi

$(OBJS)/consent-tokens: t/unit/consent_tokens.c t/unit/ngx_shim.c \
                        t/unit/ngx_shim.h $(CORE)	## start tags, as JSON
	@mkdir -p $(OBJS)
	@$(CC) -O2 -g $(WARN) $(SHIM) -o $@ $(filter %.c,$^) -lpcre2-8

READERS     = $(filter %.c,$(filter src/ngx_consent_source%,$(SOURCES))) \
              src/ngx_consent_cookie.c src/ngx_consent_cookie_date.c \
              src/ngx_consent_json.c src/ngx_consent_signal.c

$(OBJS)/consent-inspect: $(wildcard src/inspect/*.[ch]) t/unit/ngx_shim.c \
                         $(READERS) $(filter %.h,$(CORE))
	@echo "== building $@"
	@mkdir -p $(OBJS)
	@$(CC) -O2 -g $(WARN) $(SHIM) -Isrc/inspect -o $@ $(filter %.c,$^)

inspect: $(OBJS)/consent-inspect	## how a browser's cookies are read

$(OBJS)/consent-chain: $(wildcard src/chain/*.[ch])
	@echo "== building $@"
	@mkdir -p $(OBJS)
	@$(CC) -O2 -g $(WARN) -Isrc/chain -o $@ $(filter %.c,$^) -lcrypto

chain: $(OBJS)/consent-chain		## hash chains of consent records
	@t/chain.sh $<

HTML5LIB    = $(CONSENT_DATA)/html5lib/tokenizer

conformance: $(OBJS)/consent-tokens	## html5lib-tests (HTML5LIB=FOLDER)
	@if [ ! -d "$(HTML5LIB)" ]; then \
	    echo "not run: no $(HTML5LIB), set HTML5LIB or CONSENT_DATA"; \
	else \
	    perl t/unit/conformance.pl $< "$(HTML5LIB)"; \
	fi

http: module				## caches, conditions, ranges over HTTP/1.1, 2, 3
	@t/http/run.sh $(MODULE) $(OBJS)/http

browser: module				## odd markup in real Chromium
	@t/browser/run.sh run.mjs $(MODULE) $(OBJS)/browser

browser-cache: module			## a choice that changes, in Chromium
	@t/browser/run.sh cache.mjs $(MODULE) $(OBJS)/browser-cache

browser-platforms: module $(OBJS)/consent-inspect	## consent banners in Chromium
	@t/browser/libraries.sh $(OBJS)/libraries
	@t/browser/run.sh markup.mjs $(MODULE) $(OBJS)/browser-markup \
	    $(OBJS)/libraries
	@t/browser/run.sh platforms.mjs $(MODULE) $(OBJS)/consent-inspect \
	    $(OBJS)/libraries $(OBJS)/browser-platforms

browser-banner: module			## the banner and the settings in Chromium
	@t/browser/run.sh banner.mjs $(MODULE) $(OBJS)/browser-banner

browser-views: module			## what visitors read: axe-core, pictures
	@t/browser/libraries.sh $(OBJS)/libraries
	@t/browser/run.sh views.mjs $(MODULE) $(OBJS)/libraries \
	    $(OBJS)/browser-views

browser-guard: module			## what scripts do, in Chromium
	@t/browser/run.sh guard_table.mjs $(MODULE) $(OBJS)/guard-table
	@t/browser/run.sh guard.mjs $(MODULE) $(OBJS)/browser-guard

browser-rows: module			## the published policy, row by row, in Chromium
	@t/browser/run.sh rows.mjs $(MODULE) $(OBJS)/browser-rows

browser-states: module			## every state of a choice in Chromium
	@t/browser/run.sh jar.mjs $(MODULE) $(OBJS)/browser-jar
	@t/browser/run.sh states.mjs $(MODULE) $(OBJS)/browser-states

browser-pages: module			## real pages in Chromium (CONSENT_DATA)
	@if [ -z "$$CONSENT_DATA" ]; then \
	    echo "not run: CONSENT_DATA is not set"; \
	else \
	    t/browser/run.sh pages.mjs $(MODULE) $(OBJS)/browser-pages \
	        "$$CONSENT_DATA"; \
	fi

fuzz:					## fuzz the core, 60 s a target
	@if [ -f t/fuzz/run.sh ]; then bash t/fuzz/run.sh; \
	else echo "not run: no t/fuzz/run.sh"; fi

bench:					## what it costs, beside what else could do it
	@t/bench/run.sh

demo:					## the example site on 127.0.0.1:8080
	@sh conf/demo/demo.sh start

demo-stop:				## end the example site
	@sh conf/demo/demo.sh stop

clean:					## remove what was built
	rm -rf $(OBJS) t/servroot t/servroot_*

help:					## this list
	@sed -n 's/^\([a-z-]*\):.*##/  make \1\t/p' Makefile | expand -t 20
