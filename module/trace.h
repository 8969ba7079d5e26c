/* SPDX-License-Identifier: GPL-2.0 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM nf_geneve

#if !defined(NFG_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define NFG_TRACE_H

#include <linux/tracepoint.h>
#include <net/net_namespace.h>

#include "core/packet.h"

/* Write an address of the tuple as IPv6, an IPv4 one as ::ffff:a.b.c.d. */
void nfg_trace_addr(u8 *to, const struct nfg_meta *m, const union nfg_addr *addr);

#define X(symbol, name, returnable, text) TRACE_DEFINE_ENUM(NFG_REASON_##symbol);
NFG_REASONS(X)
#undef X

#define NFG_TRACE_REASON(symbol, name, returnable, text) { NFG_REASON_##symbol, #name },
#define nfg_show_reason(reason) \
	__print_symbolic(reason, NFG_REASONS(NFG_TRACE_REASON) { 0, "none" })

#define nfg_show_verdict(reason, back) \
	(!(reason) ? "bounce" : (back) ? "monitor" : "drop")

DECLARE_EVENT_CLASS(nfg_packet,
	TP_PROTO(const struct net *net, u32 len, const struct nfg_meta *m, enum nfg_reason reason,
		 bool back),
	TP_ARGS(net, len, m, reason, back),
	TP_STRUCT__entry(
		__field(u64, endpoint)
		__field(u32, cookie)
		__field(u32, netns)
		__field(u32, len)
		__field(u32, reason)
		__field(bool, back)
		__field(u8, proto)
		__field(u16, sport)
		__field(u16, dport)
		__array(u8, peer, 4)
		__array(u8, inner_saddr, 16)
		__array(u8, inner_daddr, 16)
	),
	TP_fast_assign(
		bool profile = m->flags & NFG_META_PROFILE;
		bool tuple = m->flags & NFG_META_TUPLE;

		__entry->endpoint = profile ? m->endpoint : 0;
		__entry->cookie = profile ? m->cookie : 0;
		__entry->netns = net->ns.inum;
		__entry->len = len;
		__entry->reason = reason;
		__entry->back = back;
		__entry->proto = tuple ? m->tuple.proto : 0;
		__entry->sport = tuple ? ntohs(m->tuple.sport) : 0;
		__entry->dport = tuple ? ntohs(m->tuple.dport) : 0;
		memcpy(__entry->peer, &m->peer, sizeof(m->peer));
		nfg_trace_addr(__entry->inner_saddr, m, &m->tuple.saddr);
		nfg_trace_addr(__entry->inner_daddr, m, &m->tuple.daddr);
	),
	TP_printk("verdict=%s reason=%s netns=%u from=%pI4 len=%u endpoint=%#llx cookie=%#x proto=%u src=%pI6c sport=%u dst=%pI6c dport=%u",
		  nfg_show_verdict(__entry->reason, __entry->back),
		  nfg_show_reason(__entry->reason), __entry->netns, __entry->peer,
		  __entry->len, __entry->endpoint, __entry->cookie, __entry->proto,
		  __entry->inner_saddr, __entry->sport, __entry->inner_daddr, __entry->dport)
);

/* Every packet that is ours, when it has been judged. */
DEFINE_EVENT(nfg_packet, verdict,
	TP_PROTO(const struct net *net, u32 len, const struct nfg_meta *m, enum nfg_reason reason,
		 bool back),
	TP_ARGS(net, len, m, reason, back));

/* Every packet that does not go back. */
DEFINE_EVENT(nfg_packet, drop,
	TP_PROTO(const struct net *net, u32 len, const struct nfg_meta *m, enum nfg_reason reason,
		 bool back),
	TP_ARGS(net, len, m, reason, back));

#endif /* NFG_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
