// SPDX-License-Identifier: GPL-2.0
#include "port.h"
#include "reason.h"

static const struct {
	const char *name;
	const char *text;
	bool returnable;
} nfg_reasons[NFG_REASON_MAX] = {
	[NFG_REASON_NONE] = { "none", "nothing is wrong", true },
#define X(symbol, name, returnable, text) \
	[NFG_REASON_##symbol] = { #name, text, returnable },
	NFG_REASONS(X)
#undef X
};

const char *nfg_reason_name(enum nfg_reason reason)
{
	return nfg_reasons[reason].name;
}

const char *nfg_reason_text(enum nfg_reason reason)
{
	return nfg_reasons[reason].text;
}

bool nfg_reason_returnable(enum nfg_reason reason)
{
	return nfg_reasons[reason].returnable;
}
