# SPDX-License-Identifier: GPL-2.0
"""The rules of the module, decided by what tshark finds in packets."""
import subprocess

FIELDS = """frame.len frame.protocols
ip.hdr_len ip.len ip.ttl ip.proto ip.id ip.flags.mf ip.frag_offset ip.checksum.status ip.src ip.dst
udp.srcport udp.dstport udp.length
geneve.version geneve.flags.oam geneve.proto_type geneve.option.class geneve.option.type
geneve.option.length geneve.option
ipv6.plen ipv6.nxt ipv6.src ipv6.dst
ipv6.hopopts.nxt ipv6.dstopts.nxt ipv6.routing.nxt ipv6.fraghdr.nxt ah.next_header
ipv6.fraghdr.offset ipv6.fraghdr.more
ipv6.hopopts.len_oct ipv6.dstopts.len_oct ipv6.routing.len_oct ah.length
tcp.srcport tcp.dstport tcp.hdr_len sctp.srcport sctp.dstport
icmp.type icmp.code icmp.ident icmpv6.type icmpv6.code icmpv6.echo.identifier
_ws.malformed _ws.expert.message""".split()

# Neither state nor other packets count, and a total length of 0 is one.
OPTIONS = """ip.tso_support:FALSE ip.check_checksum:TRUE ip.defragment:FALSE ipv6.defragment:FALSE
tcp.desegment_tcp_streams:FALSE tcp.analyze_sequence_numbers:FALSE
tcp.relative_sequence_numbers:FALSE udp.check_checksum:FALSE""".split()

EXTENSIONS = {"ipv6.hopopts": "ipv6.hopopts.nxt", "ipv6.dstopts": "ipv6.dstopts.nxt",
              "ipv6.routing": "ipv6.routing.nxt", "ipv6.fraghdr": "ipv6.fraghdr.nxt",
              "ah": "ah.next_header"}
HEADERS = {0: "ipv6.hopopts", 43: "ipv6.routing", 44: "ipv6.fraghdr", 51: "ah",
           60: "ipv6.dstopts"}
CONTENTS = ("IPv6 Hop-by-Hop", "IPv6 Destination", "IPv6 Routing")
QUERIES = {4: (0, 8, 13, 14, 15, 16, 17, 18), 6: (128, 129)}


class Packet:
    """Fields of a packet, each a list of all its values in order."""

    def __init__(self, line):
        values = line.rstrip("\n").split("\t")
        self.all = {name: value.split("\x01") if value else []
                    for name, value in zip(FIELDS, values)}
        self.protocols = self.all["frame.protocols"][0].split(":")

    def text(self, name, at=0):
        values = self.all[name]
        return values[at] if at < len(values) else None

    def number(self, name, at=0):
        value = self.text(name, at)
        return None if value in (None, "") else int(value, 0)

    def says(self, text):
        return any(text in message for message in self.all["_ws.expert.message"])

    def malformed(self, protocol):
        return any("[Malformed Packet: %s]" % protocol in text
                   for text in self.all["_ws.malformed"])

    def has(self, protocol):
        return protocol in self.protocols


def outer(f):
    if f.protocols[0] != "ip" or f.number("ip.hdr_len") != 20:
        return "outer_header"
    if f.number("ip.len") != f.number("frame.len"):
        return "outer_header"
    if f.number("ip.flags.mf") or f.number("ip.frag_offset"):
        return "outer_fragment"
    if f.number("ip.ttl") <= 1:
        return "ttl_expired"
    if f.number("udp.length") != f.number("ip.len") - 20:
        return "udp_length"
    return None


class Options:
    """GENEVE options: (class, type, bytes with header) each."""

    def __init__(self, f):
        lengths = [int(n) for n in f.all["geneve.option.length"]]
        self.total, sizes = (lengths + [0])[0], lengths[1:]
        self.list, used = [], 0
        for at, size in enumerate(sizes):
            if used >= self.total:
                break
            used += size
            self.list.append((f.number("geneve.option.class", at),
                              f.number("geneve.option.type", at),
                              f.text("geneve.option", at)))
        self.whole = used == self.total

    def aws(self, kind):
        return [data[8:] for cls, found, data in self.list if (cls, found) == (0x108, kind)]


def geneve(f, options):
    room = f.number("udp.length") - 8
    if room < 8:
        return "geneve_truncated"
    if f.number("geneve.version"):
        return "geneve_version"
    if options.total > room - 8:
        return "geneve_options"
    if f.number("geneve.flags.oam"):
        return "geneve_control"
    if f.says("unsigned integer with length 0") and f.malformed("Geneve"):
        return "google_option"
    if not options.whole or f.says("is past end of options"):
        return "geneve_options"
    if any(kind & 0x80 for _, kind, _ in options.list):
        return "geneve_critical"
    if f.number("geneve.proto_type") not in (0x0800, 0x86DD):
        return "geneve_protocol"
    if not options.aws(1) or not options.aws(3):
        return "profile_missing"
    if any(len(options.aws(kind)) > 1 for kind in (1, 2, 3)):
        return "profile_duplicate"
    if any(len(data) != 2 * size for kind, size in ((1, 8), (2, 8), (3, 4))
           for data in options.aws(kind)):
        return "profile_length"
    return None


class Inner:
    """The inner packet, as far as tshark goes."""

    def __init__(self, f, room):
        self.v6 = f.number("geneve.proto_type") == 0x86DD
        self.room = room
        self.version = 6 if self.v6 else 4
        self.fragment = self.later = False
        self.proto = None


def inner4(f, inner):
    header, length = f.number("ip.hdr_len", 1), f.number("ip.len", 1)
    if header is None or 20 <= header and header > inner.room:
        return "inner_truncated"
    if header < 20:
        return "inner_header"
    if length is None or length < header:
        return "inner_header"
    if length > inner.room:
        return "inner_truncated"
    if f.number("ip.checksum.status", 1) != 1:
        return "inner_checksum"
    inner.proto = f.number("ip.proto", 1)
    inner.src, inner.dst = f.text("ip.src", 1), f.text("ip.dst", 1)
    inner.payload = length - header
    return fragment(inner, f.number("ip.flags.mf", 1), f.number("ip.frag_offset", 1), header)


def fragment(inner, more, offset, header):
    offset *= 8
    if not more and not offset and inner.version == 4:
        return None
    inner.fragment = bool(more or offset)
    inner.later = bool(offset)
    if not inner.payload or header + offset + inner.payload > 65535 or \
            (more and inner.payload % 8) or (inner.proto == 6 and offset == 8):
        return "inner_fragment"
    return None


def inner6(f, inner):
    length = f.number("ipv6.plen")
    if length is None or inner.room < 40 or length + 40 > inner.room:
        return "inner_truncated"
    inner.src, inner.dst = f.text("ipv6.src"), f.text("ipv6.dst")
    inner.payload, inner.proto = length, f.number("ipv6.nxt")
    seen = {name: 0 for name in EXTENSIONS}
    chain = 40
    while inner.proto in HEADERS:
        name = HEADERS[inner.proto]
        at, count = seen[name], sum(seen.values())
        seen[name] += 1
        if count >= 8 or (name == "ipv6.hopopts" and count) or \
                (name == "ipv6.fraghdr" and at) or inner.payload < 8:
            return "inner_extension"
        size = extension_size(f, name, at)
        if size is None and any(map(f.malformed, CONTENTS)):
            return "extension_contents"
        if size is None or size > inner.payload or chain + size > 1280:
            return "inner_extension"
        chain += size
        inner.payload -= size
        inner.proto = f.number(EXTENSIONS[name], at)
        if name == "ipv6.fraghdr":
            reason = fragment(inner, f.number("ipv6.fraghdr.more", at),
                              f.number("ipv6.fraghdr.offset", at), 0)
            if reason or inner.later:
                return reason
    return None


def extension_size(f, name, at):
    if name == "ipv6.fraghdr":
        return f.text("ipv6.fraghdr.offset", at) and 8
    if name == "ah":
        size = f.number("ah.length", at)
        return None if size is None else (size + 2) * 4
    return f.number(name + ".len_oct", at)


def l4(f, inner):
    """Ports, or an id and a type; None when the header is wrong."""
    payload = inner.payload
    if inner.proto == 6:
        size = f.number("tcp.hdr_len")
        if payload < 20 or size is None or size < 20 or size > payload:
            return None
        return f.number("tcp.srcport"), f.number("tcp.dstport")
    if inner.proto == 17:
        size = f.number("udp.length", 1)
        if payload < 8 or size is None or size < 8 or (size > payload and not inner.fragment):
            return None
        return f.number("udp.srcport", 1), f.number("udp.dstport", 1)
    if inner.proto == 132:
        if payload < 12:
            return None
        return f.number("sctp.srcport"), f.number("sctp.dstport")
    if (inner.proto, inner.version) in ((1, 4), (58, 6)):
        name, ident = ("icmp", "icmp.ident") if inner.version == 4 else \
            ("icmpv6", "icmpv6.echo.identifier")
        kind, code = f.number(name + ".type"), f.number(name + ".code")
        if payload < 8 or kind is None:
            return None
        return (f.number(ident) if kind in QUERIES[inner.version] else 0), kind << 8 | code
    return 0, 0


def decide(f):
    """The reason and, if it is none, peer, endpoint, cookie, attachment and tuple."""
    reason = outer(f)
    if reason:
        return reason, ()
    options = Options(f)
    reason = geneve(f, options)
    if reason:
        return reason, ()
    inner = Inner(f, f.number("udp.length") - 16 - options.total)
    if inner.room < 20:
        return "inner_truncated", ()
    # not that of a packet inside the inner one
    length = f.text("ipv6.plen") if inner.v6 else f.text("ip.len", 1)
    if length is None and f.says("Bogus IPv%d version" % inner.version):
        return "inner_version", ()
    reason = (inner6 if inner.v6 else inner4)(f, inner)
    if reason:
        return reason, ()
    ports = (0, 0) if inner.later else l4(f, inner)
    if not ports:
        return "inner_l4", ()
    attachment = options.aws(2)
    return "none", (f.text("ip.src"), options.aws(1)[0], options.aws(3)[0],
                    attachment[0] if attachment else "-", inner.src, inner.dst,
                    str(inner.proto), str(ports[0]), str(ports[1]))


def judge(pcap):
    """What decide() says of each packet of a capture."""
    command = ["tshark", "-r", pcap, "-n", "-T", "fields", "-E", "occurrence=a",
               "-E", "separator=/t", "-E", "aggregator=\x01"]
    for option in OPTIONS:
        command += ["-o", option]
    for field in FIELDS:
        command += ["-e", field]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            errors="replace")
    if result.returncode:
        raise SystemExit("tshark: " + result.stderr)
    for line in result.stdout.split("\n")[:-1]:
        yield decide(Packet(line))
