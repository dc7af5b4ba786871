#!/usr/bin/env bash
# A firewall's "administratively prohibited" over IPv6 reaches Java as java.net.BindException.
#
# Seen with: Temurin 25.0.3, Linux 6.18, nftables 1.0.6.
# Expected:  that BindException means what its documentation says, "an error occurred while attempting to bind a
#            socket to a local address and port", so a fault of this machine; and that a peer which cannot be reached
#            gives ConnectException or NoRouteToHostException, as theirs say.
# Behaviour: connect() of a socket that was bound well throws BindException("Permission denied") when a router answers
#            the SYN with ICMPv6 type 1, code 1, 5 or 6: the kernel makes EACCES of it, and the JDK makes BindException
#            of EACCES. Over IPv4, "protocol unreachable" (3/2) gives SocketException("Protocol not available").
#            The same class and words come from this machine's own route of type "prohibit". Only the kernel can tell
#            them apart: to connect a UDP socket, which sends nothing, fails there, and succeeds behind a foreign
#            firewall.
# Output:    the table below, one line a kind: TCP, then UDP.
#
# Runs in a network namespace of its own and sends nothing outside it. Needs a JDK 25 (JAVA_HOME or /usr/lib/jvm), nft,
# ip and unshare, as root or as a user who may make namespaces.
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

if [ "${1:-}" != --inside ]; then
    apart=(unshare --user --map-root-user --net)
    "${apart[@]}" true 2>/dev/null || { echo "no network namespace can be made here" >&2; exit 77; }
    exec "${apart[@]}" bash "$0" --inside
fi

java=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then java=$home/bin/java; break; fi
done
[ -n "$java" ] || { echo "no JDK 25: looked at JAVA_HOME and /usr/lib/jvm" >&2; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/Connects.java" <<'JAVA'
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.DatagramChannel;

class Connects {
    interface Attempt { void at(InetSocketAddress target) throws IOException; }

    static String outcome(Attempt attempt, InetSocketAddress target) {
        try {
            attempt.at(target);
            return "connected";
        } catch (IOException e) {
            return e.getClass().getSimpleName() + "(" + e.getMessage() + ")";
        }
    }

    static void tcp(InetSocketAddress target) throws IOException {
        try (var socket = new Socket()) {
            socket.bind(null); // this goes well, or there would be no table
            socket.connect(target, 5_000);
        }
    }

    static void udp(InetSocketAddress target) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.connect(target);
        }
    }

    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            var target = new InetSocketAddress(InetAddress.ofLiteral(arguments[i + 1]), 25);
            var seen = outcome(Connects::tcp, target) + ", " + outcome(Connects::udp, target);
            System.out.println(arguments[i] + ": " + seen);
        }
    }
}
JAVA

ip link set lo up
ip -6 address add fd01::1/128 dev lo
ip -6 route add local fd00::/16 dev lo
ip -6 route add prohibit fd13::/16
nft add table inet foreign
nft add chain inet foreign input '{ type filter hook input priority 0; }'
reject() { nft add rule inet foreign input "$1" daddr "$2" tcp flags syn reject with "$3" type "$4"; }
reject ip 127.97.0.2 icmp prot-unreachable
reject ip 127.97.0.3 icmp port-unreachable
reject ip 127.97.0.13 icmp admin-prohibited
reject ip6 fd00::1 icmpv6 admin-prohibited
reject ip6 fd00::4 icmpv6 port-unreachable

"$java" -version 2>&1 | sed -n 2p
uname -sr
"$java" "$work/Connects.java" \
    'ICMP 3/2' 127.97.0.2 'ICMP 3/3' 127.97.0.3 'ICMP 3/13' 127.97.0.13 'ICMPv6 1/1' fd00::1 'ICMPv6 1/4' fd00::4 \
    'own route prohibit' fd13::1 | tee "$work/seen"

diff "$work/seen" - <<'SEEN' || { echo "this has changed" >&2; exit 1; }
ICMP 3/2: SocketException(Protocol not available), connected
ICMP 3/3: ConnectException(Connection refused), connected
ICMP 3/13: NoRouteToHostException(No route to host), connected
ICMPv6 1/1: BindException(Permission denied), connected
ICMPv6 1/4: ConnectException(Connection refused), connected
own route prohibit: BindException(Permission denied), BindException(Permission denied)
SEEN
