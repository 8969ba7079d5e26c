# SPDX-License-Identifier: GPL-2.0
"""Builders for packets as a GWLB sends them; everything can be made wrong."""
import socket
import struct

APPLIANCE = "10.30.1.50"
GWLB = "10.30.1.10"
PORT = 6081
SPORT = 60007
ENDPOINT = 0xA1B2C3D4E5F60718
COOKIE = 0x5EED0001
CLASS = 0x0108
IPV4, IPV6 = 0x0800, 0x86DD
ICMP, TCP, UDP, GRE, ESP, AH, ICMP6, SCTP = 1, 6, 17, 47, 50, 51, 58, 132
HOPOPTS, ROUTING, FRAGMENT, NONE, DSTOPTS = 0, 43, 44, 59, 60
INSIDE, OUTSIDE = "10.1.2.3", "203.0.113.80"
INSIDE6, OUTSIDE6 = "2001:db8:1::3", "2001:db8:2::80"


def inet_sum(data):
    """The one's complement sum of RFC 1071, not yet complemented."""
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def checksum(data):
    return 0xFFFF - inet_sum(data)


def addr(text):
    family = socket.AF_INET6 if ":" in text else socket.AF_INET
    return socket.inet_pton(family, text)


def pseudo(src, dst, proto, length):
    return addr(src) + addr(dst) + struct.pack("!IHBB", length, 0, 0, proto)


def put16(data, offset, value):
    return data[:offset] + struct.pack("!H", value) + data[offset + 2:]


def l4_sum(segment, offset, src, dst, proto):
    """Fills the checksum field at offset; a zero one is sent as 0xffff."""
    value = checksum(pseudo(src, dst, proto, len(segment)) + segment)
    return put16(segment, offset, value or 0xFFFF)


# --- layer 4

def tcp(sport=40001, dport=443, seq=1000, ack=0, flags=0x02, window=64240, options=b"",
        payload=b"", doff=None, src=INSIDE, dst=OUTSIDE):
    doff = 5 + len(options) // 4 if doff is None else doff
    segment = struct.pack("!HHIIBBHHH", sport, dport, seq, ack, doff << 4, flags,
                          window, 0, 0) + options + payload
    return l4_sum(segment, 16, src, dst, TCP)


def udp(payload=b"", sport=40002, dport=53, length=None, src=INSIDE, dst=OUTSIDE):
    length = 8 + len(payload) if length is None else length
    return l4_sum(struct.pack("!HHHH", sport, dport, length, 0) + payload, 6, src, dst, UDP)


def icmp(kind=8, code=0, rest=0x00010001, payload=b"abcdefgh"):
    message = struct.pack("!BBHI", kind, code, 0, rest) + payload
    return put16(message, 2, checksum(message))


def icmp6(kind=128, code=0, rest=0x00010001, payload=b"abcdefgh", src=INSIDE6, dst=OUTSIDE6):
    message = struct.pack("!BBHI", kind, code, 0, rest) + payload
    return l4_sum(message, 2, src, dst, ICMP6)


def sctp_init():
    """An INIT; the CRC32c is left zero: nobody on the way looks at it."""
    return struct.pack("!HHII", 40003, 2905, 0, 0) + struct.pack(
        "!BBHIIHHI", 1, 0, 20, 0x01020304, 65536, 10, 10, 7)


# --- layer 3, inner

def ip4(payload=b"", proto=TCP, ident=7, frag=0, ttl=64, tos=0, options=b"", src=INSIDE,
        dst=OUTSIDE, ihl=None, length=None, version=4, check=None):
    ihl = 5 + len(options) // 4 if ihl is None else ihl
    length = 20 + len(options) + len(payload) if length is None else length
    header = struct.pack("!BBHHHBBH", version << 4 | ihl, tos, length, ident, frag, ttl,
                         proto, 0) + addr(src) + addr(dst) + options
    # A header that lies about its length is summed as a reader would sum it.
    summed = (header + payload)[:ihl * 4] if ihl >= 5 else header
    return put16(header, 10, checksum(summed) if check is None else check) + payload


def ip6(payload=b"", proto=TCP, hop=64, src=INSIDE6, dst=OUTSIDE6, length=None,
        version=6, flow=0):
    length = len(payload) if length is None else length
    return struct.pack("!IHBB", version << 28 | flow, length, proto, hop) + \
        addr(src) + addr(dst) + payload


def extension(following, words=0, body=None, length=None):
    """An IPv6 extension header of 8 + 8 * words bytes, filled with PadN."""
    if body is None:
        size = 6 + 8 * words
        body = b""
        while size:
            pad = min(size, 257)
            pad -= size - pad == 1      # a lone byte cannot hold a PadN
            body += bytes([1, pad - 2]) + bytes(pad - 2)
            size -= pad
    return bytes([following, words if length is None else length]) + body


def fragment6(following, offset=0, more=False, ident=0x1234):
    return struct.pack("!BBHI", following, 0, offset * 8 | more, ident)


def chain(kinds, last, payload):
    """Extension headers of these kinds (8 bytes each) before a payload."""
    out = b""
    for kind, following in zip(kinds, kinds[1:] + [last]):
        out += fragment6(following) if kind == FRAGMENT else extension(following)
    return out + payload


# --- GENEVE and the outer header

def option(kind, data=b"", cls=CLASS, length=None, reserved=0):
    length = len(data) // 4 if length is None else length
    return struct.pack("!HBB", cls, kind, reserved << 5 | length) + data


def endpoint(value=ENDPOINT, **kw):
    return option(1, struct.pack("!Q", value), **kw)


def attachment(value=0, **kw):
    return option(2, struct.pack("!Q", value), **kw)


def cookie(value=COOKIE, **kw):
    return option(3, struct.pack("!I", value), **kw)


def aws():
    return endpoint() + attachment() + cookie()


def geneve(payload, options=None, proto=None, version=0, optlen=None, control=False,
           critical=False, reserved=0, vni=0, reserved2=0):
    options = aws() if options is None else options
    if proto is None:
        proto = IPV6 if payload and payload[0] >> 4 == 6 else IPV4
    optlen = len(options) // 4 if optlen is None else optlen
    return struct.pack("!BBHI", version << 6 | optlen, control << 7 | critical << 6 | reserved,
                       proto, vni << 8 | reserved2) + options + payload


def outer(payload, src=GWLB, dst=APPLIANCE, sport=SPORT, dport=PORT, ttl=254, tos=0, ident=0,
          frag=0, ip_options=b"", udp_length=None, udp_sum=None, slack=b""):
    """slack: bytes of the IPv4 payload behind the UDP datagram."""
    length = 8 + len(payload)
    header = struct.pack("!HHHH", sport, dport, length if udp_length is None else udp_length, 0)
    if udp_sum is None:
        udp_sum = checksum(pseudo(src, dst, UDP, length) + header + payload) or 0xFFFF
    datagram = put16(header, 6, udp_sum) + payload + slack
    return ip4(datagram, UDP, ident, frag, ttl, tos, ip_options, src, dst)


def gwlb(payload, **kw):
    """A packet of the GWLB around this inner one; arguments of geneve() and outer()."""
    names = geneve.__code__.co_varnames[:geneve.__code__.co_argcount]
    inner = {k: v for k, v in kw.items() if k in names}
    return outer(geneve(payload, **inner), **{k: v for k, v in kw.items() if k not in names})
