// SPDX-License-Identifier: GPL-2.0 OR MIT
#include "label.h"

const char *const label_directions[] = {
	[NFG_DIRECTION_OUTBOUND] = "outbound",
	[NFG_DIRECTION_INBOUND] = "inbound",
};

const char *const label_states[] = {
	[NFG_FLOW_NEW] = "new",
	[NFG_FLOW_SYN] = "syn",
	[NFG_FLOW_SYN_ACK] = "syn-ack",
	[NFG_FLOW_ESTABLISHED] = "established",
	[NFG_FLOW_CLOSING] = "closing",
	[NFG_FLOW_TIME_WAIT] = "time-wait",
};

const char *const label_fates[] = {
	[NFG_FATE_PASS] = "pass",
	[NFG_FATE_BOUNCE] = "bounce",
	[NFG_FATE_MONITOR] = "monitor",
	[NFG_FATE_DROP] = "drop",
	[NFG_FATE_REJECT] = "reject",
};

const char *label_word(const char *const *words, size_t n, unsigned int value)
{
	return value < n && words[value] ? words[value] : "unknown";
}
