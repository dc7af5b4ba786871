#!/usr/bin/env bash
# namespace.sh COMMAND...: runs a command in a network namespace of its own, which has nothing but loopback.
#
# There, a router answers each SYN to 127.96.0.0/11 and fd00::/16 with the ICMP error that the address names
# (router.py), and the routing table itself denies 10.2.0.0/16 to 10.4.0.0/16 and fd12::/16 to fd14::/16. Nobody
# answers at other addresses but 127.0.0.0/8 and fd01::1. As root, or wherever an ordinary user may make namespaces.
set -euo pipefail
here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")

if [ "${1:-}" != --inside ]; then
    flags=(--net)
    [ "$(id -u)" -eq 0 ] || flags+=(--map-current-user --keep-caps)
    exec unshare "${flags[@]}" bash "${BASH_SOURCE[0]}" --inside "$@"
fi
shift

ip link set lo up
ip -6 address add fd01::1/128 dev lo
ip -6 route add local fd00::/16 dev lo
number=2
for kind in unreachable prohibit blackhole; do
    ip route add "$kind" "10.$number.0.0/16"
    ip -6 route add "$kind" "fd1$number::/16"
    number=$((number + 1))
done
nft add table inet unreachable
nft add chain inet unreachable input '{ type filter hook input priority 0; }'
nft add rule inet unreachable input ip daddr 127.96.0.0/11 tcp flags syn drop
nft add rule inet unreachable input ip6 daddr fd00::/16 tcp flags syn drop

coproc router { exec python3 "$here/router.py"; }
read -r -u "${router[0]}" _
"$@"
