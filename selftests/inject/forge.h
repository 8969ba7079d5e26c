/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /dev/nfg_forge: one write is one request, followed by the frame from the
 * Ethernet header on.  The device is looked up in the network namespace of
 * whoever opened the file.
 */
#ifndef NFG_FORGE_H
#define NFG_FORGE_H

#include <linux/types.h>

enum nfg_forge_sum {
	NFG_FORGE_NONE,
	NFG_FORGE_UNNECESSARY,
	NFG_FORGE_COMPLETE,
	NFG_FORGE_COMPLETE_WRONG,
	NFG_FORGE_PARTIAL,
};

#define NFG_FORGE_FRAG_LIST	1	/* bytes behind the head are in skbs, not pages */
#define NFG_FORGE_CLONE		2	/* somebody else reads the packet, too */
#define NFG_FORGE_STALE		4	/* metadata of another life is left in the skb */

/*
 * write() fails with EBADMSG when the clone's bytes changed and with EILSEQ
 * when a packet left the device with metadata it must not have.
 */
struct nfg_forge {
	char dev[16];
	__u32 linear;	/* bytes in the head, at least the Ethernet header's 14 */
	__u32 split;	/* bytes of each part behind the head; 0: one part */
	__u32 sum;	/* enum nfg_forge_sum */
	__u32 flags;	/* NFG_FORGE_FRAG_LIST, ... */
};

#endif /* NFG_FORGE_H */
