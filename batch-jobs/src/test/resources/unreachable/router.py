"""A router that answers each SYN with the ICMP "unreachable" that the destination's address names.

    127.96.0.0/11  the third octet is the code of an ICMP type 3:     127.97.13.1        gets 3/13
    fd00::/16      the third group is the code of an ICMPv6 type 1:   fd00:7:1::1        gets 1/1

namespace.sh starts it, in a network namespace whose netfilter drops these SYNs. Says "ready" once it listens, and ends
with its standard input.
"""
import ipaddress
import os
import select
import socket
import struct
import sys

IPV4 = ipaddress.ip_network("127.96.0.0/11")
IPV6 = ipaddress.ip_network("fd00::/16")
SYN_ONLY = 0x02


def checksum(data: bytes) -> int:
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def is_syn(segment: bytes) -> bool:
    return len(segment) >= 20 and segment[13] & 0x17 == SYN_ONLY


def answer_ipv4(packet: bytes, out: socket.socket) -> None:
    header = (packet[0] & 0x0F) * 4
    destination = packet[16:20]
    if packet[9] != socket.IPPROTO_TCP or ipaddress.IPv4Address(destination) not in IPV4 or not is_syn(packet[header:]):
        return
    body = struct.pack("!BBHI", 3, destination[2], 0, 0) + packet[:header + 20]
    body = body[:2] + struct.pack("!H", checksum(body)) + body[4:]
    out.sendto(body, (socket.inet_ntop(socket.AF_INET, packet[12:16]), 0))


def answer_ipv6(packet: bytes, out: socket.socket) -> None:
    destination = packet[24:40]
    if packet[6] != socket.IPPROTO_TCP or ipaddress.IPv6Address(destination) not in IPV6 or not is_syn(packet[40:]):
        return
    # The kernel fills in the checksum of ICMPv6 (RFC 3542, section 3.1).
    body = struct.pack("!BBHI", 1, destination[5], 0, 0) + packet[:60]
    out.sendto(body, (socket.inet_ntop(socket.AF_INET6, packet[8:24]), 0, 0, 0))


def main() -> None:
    every_protocol = 3
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(every_protocol))
    wire.bind(("lo", every_protocol))
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 << 20)
    ipv4 = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    ipv6 = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    print("ready", flush=True)
    while True:
        readable, _, _ = select.select([wire, sys.stdin], [], [])
        if sys.stdin in readable and not os.read(0, 1024):
            return
        if wire not in readable:
            continue
        packet, (_, protocol, direction, *_) = wire.recvfrom(65_536)
        if direction == socket.PACKET_OUTGOING:
            continue
        if protocol == 0x0800 and len(packet) >= 40:
            answer_ipv4(packet, ipv4)
        elif protocol == 0x86DD and len(packet) >= 60:
            answer_ipv6(packet, ipv6)


main()
