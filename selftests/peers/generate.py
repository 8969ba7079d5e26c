# SPDX-License-Identifier: GPL-2.0
"""Random packets of a GWLB: most of them right, others with one thing or two wrong."""
import os
import random
import sys

VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../vectors")
sys.dont_write_bytecode = True
sys.path.insert(0, VECTORS)
import packets as p  # noqa: E402


def once_in(r, n):
    return r.randrange(n) == 0


def options(r):
    """In GWLB's order, in any other, with others between, wrong in some way."""
    known = [p.endpoint(r.getrandbits(64)), p.attachment(r.getrandbits(64)),
             p.cookie(r.getrandbits(32))]
    if once_in(r, 4):
        r.shuffle(known)
    for _ in range(r.choice((0, 0, 0, 1, 2, 5))):
        kind = r.choice((4, 5, 6, 0x7F)) | 0x80 * once_in(r, 12)
        if once_in(r, 20):
            kind = r.choice((1, 2, 3, 0x81))
        other = p.option(kind, r.randbytes(4 * r.choice((0, 1, 2, 5))), reserved=r.randrange(8),
                         cls=r.choice((p.CLASS, 0x109, 0x132, 0)))
        known.insert(r.randrange(len(known) + 1), other)
    if once_in(r, 12):
        del known[r.randrange(len(known))]
    out = b"".join(known)
    if once_in(r, 15) and out:
        at = r.randrange(0, len(out), 4) + 3
        out = out[:at] + bytes([out[at] ^ 1 << r.randrange(5)]) + out[at + 1:]
    return out[:252]


def segment(r, v6):
    """A transport protocol and its bytes."""
    src, dst = (p.INSIDE6, p.OUTSIDE6) if v6 else (p.INSIDE, p.OUTSIDE)
    ports = dict(sport=r.randrange(65536), dport=r.randrange(65536), src=src, dst=dst)
    payload = r.randbytes(r.choice((0, 1, 8, 33, 200)))
    kind = r.randrange(8)
    if kind < 3:
        words = r.choice((0, 0, 1, 3, 10))
        return p.TCP, p.tcp(flags=r.choice((2, 0x12, 0x10, 0x18, 0x11, 4)), payload=payload,
                            options=b"\1" * (4 * words), doff=r.choice((None,) * 9 + (4, 6, 15)),
                            **ports)
    if kind < 5:
        return p.UDP, p.udp(payload, length=r.choice((None,) * 9 + (7, 8, 9, 300)), **ports)
    if kind == 5:
        whole = inner(r, v6)[:r.choice((28, 48, 60, 100))] if once_in(r, 2) else payload
        if v6:
            return p.ICMP6, p.icmp6(r.choice((1, 2, 3, 4, 128, 129, 135)), r.randrange(3),
                                    r.getrandbits(32), whole)
        return p.ICMP, p.icmp(r.choice((0, 3, 8, 11, 12, 13, 14, 17)), r.randrange(3),
                              r.getrandbits(32), whole)
    if kind == 6:
        return p.SCTP, p.sctp_init()
    return r.choice((p.GRE, p.ESP, 2, 103, 253)), payload


def inner6(r):
    proto, payload = segment(r, True)
    kinds = r.choices((p.HOPOPTS, p.DSTOPTS, p.ROUTING), k=r.choice((0, 0, 0, 1, 2, 4, 9)))
    if once_in(r, 6):
        more, offset = once_in(r, 2), r.choice((0, 0, 1, 60, 8191))
        if more:
            payload = payload[:len(payload) // 8 * 8 + r.choice((0, 0, 3))]
        payload = p.fragment6(proto, offset, more) + payload
        proto = p.FRAGMENT
    length = len(p.chain(kinds, proto, payload))
    return p.ip6(p.chain(kinds, proto, payload), kinds[0] if kinds else proto,
                 version=r.choice((6,) * 30 + (4, 7)),
                 length=max(0, length + r.choice((0,) * 20 + (-1, 1, -8))))


def inner4(r):
    proto, payload = segment(r, False)
    frag = 0
    if once_in(r, 6):
        frag = r.choice((0x2000, 0x2000 | 8, 8, 1, 8191, 0x2000 | 8190))
        payload = payload[:len(payload) // 8 * 8 + r.choice((0, 0, 5))]
    words = r.choice((0,) * 6 + (1, 3, 10))
    return p.ip4(payload, proto, frag=frag, options=b"\1" * (4 * words),
                 ihl=r.choice((None,) * 40 + (4, 15)), version=r.choice((4,) * 40 + (6, 5)),
                 length=r.choice((None,) * 30 + (19, 20 + len(payload) // 2, 9000)),
                 check=r.choice((None,) * 40 + (0, 0xFFFF, 0x1234)))


def inner(r, v6):
    return inner6(r) if v6 else inner4(r)


def whole(r):
    v6 = once_in(r, 3)
    payload = inner(r, v6) + (r.randbytes(r.randrange(9)) if once_in(r, 10) else b"")
    opts = options(r)
    if once_in(r, 20):
        payload = payload[:r.randrange(len(payload) + 1)]
    proto = r.choice((p.IPV6 if v6 else p.IPV4,) * 30 + (p.IPV4, p.IPV6, 0x6558, 0))
    optlen = len(opts) // 4 + r.choice((0,) * 40 + (-1, 1, 20))
    return p.outer(
        p.geneve(payload, opts, proto, version=r.choice((0,) * 60 + (1, 3)),
                 optlen=max(0, min(63, optlen)), control=once_in(r, 50), critical=once_in(r, 4),
                 reserved=r.randrange(64), vni=r.getrandbits(24), reserved2=r.randrange(256)),
        ttl=r.choice((254,) * 40 + (1, 0, 2)), ident=r.randrange(65536),
        frag=r.choice((0x4000,) * 40 + (0x2000, 0x2008)),
        ip_options=r.choice((b"",) * 40 + (b"\1" * 4,)),
        udp_length=r.choice((None,) * 40 + (8, 15, 16, 60000)),
        slack=r.choice((b"",) * 60 + (b"\0\0",)))


def mutate(r, packet):
    """Bytes changed, or the end missing; still IPv4, UDP and GENEVE's port."""
    data = bytearray(packet)
    for _ in range(r.choice((1, 1, 2, 3))):
        data[r.randrange(10, len(data))] ^= 1 << r.randrange(8)
    if once_in(r, 20):
        del data[max(28, r.randrange(len(data))):]
    if len(data) < len(packet) and once_in(r, 2):
        data[2:4] = len(data).to_bytes(2, "big")
        data[24:26] = (len(data) - 20).to_bytes(2, "big")
    if packet[0] & 15 == 5:
        data[22:24] = p.PORT.to_bytes(2, "big")
    return bytes(data)


def vectors():
    """Those of ../vectors that go to GENEVE's port, by name."""
    with open(VECTORS + "/geneve.txt") as f:
        for line in f:
            if line.strip() and line[0] != "#":
                name, _, data = line.split()
                data = bytes.fromhex(data)
                if data[9] == p.UDP and data[22:24] == p.PORT.to_bytes(2, "big"):
                    yield name, data


def generate(count, seed):
    """(name, packet) of all vectors and of others, the same for the same seed."""
    r = random.Random(seed)
    yield from vectors()
    for number in range(count):
        packet = whole(r)
        yield "random-%d" % number, mutate(r, packet) if once_in(r, 3) else packet
