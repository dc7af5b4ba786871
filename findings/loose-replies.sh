#!/usr/bin/env bash
# Postfix's client gets TLS from servers whose replies no standard allows.
#
# Seen with: Postfix 3.7.11 (posttls-finger), OpenSSL 3.0.20, Python 3.11.
# Expected:  that a client reads replies as RFC 5321, section 4.2, writes them: each line begins with three digits, 220 is
#            the greeting and 250 the answer to EHLO.
# Behaviour: lines without a code and blank lines are ignored, in front of a reply, in it and behind it. Any 2yz greets,
#            answers EHLO and agrees to STARTTLS. CR CR LF ends a line. What is buffered behind the reply to STARTTLS is
#            thrown away. A greeting whose code is not parted from its text is waited for in vain.
# Output:    the table below: the dialogue, and what posttls-finger made of it.
#
# Runs in a network namespace of its own and sends nothing outside it. Needs posttls-finger, openssl, python3, ip and
# unshare, as root or as a user who may make namespaces.
# With a port: serves the dialogues from that port on, one a port, for another client to look at, until it is killed.
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

PATH=$PATH:/usr/sbin
for tool in openssl python3 ${1:+true}; do
    command -v "$tool" > /dev/null || { echo "no $tool" >&2; exit 77; }
done

case "${1:-}" in
    "")
        command -v posttls-finger > /dev/null || { echo "no posttls-finger" >&2; exit 77; }
        apart=(unshare --user --map-root-user --net)
        "${apart[@]}" true 2> /dev/null || { echo "no network namespace can be made here" >&2; exit 77; }
        exec "${apart[@]}" bash "$0" --inside
        ;;
    --inside) ip link set lo up ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=mx.example.org \
    -keyout "$work/key.pem" -out "$work/certificate.pem" 2> /dev/null
cat > "$work/replies.py" <<'PYTHON'
import re, socket, ssl, subprocess, sys, threading, time

GREETING, GO = "220 mx.example.org ESMTP\r\n", "220 2.0.0 go\r\n"
EHLO = "250-mx.example.org\r\n250-SIZE 1000\r\n250 STARTTLS\r\n"
UNKNOWN = "502 5.5.1 not implemented\r\n"

# what is odd, its phase, the reply, what posttls-finger makes of it; after EHLO and HELO the reply to STARTTLS, if it
# is not a handshake
SHAPES = [
    ("greeting", "220\r\n", "TLS"),
    ("greeting", "220\r\r\n", "TLS"),
    ("greeting", "200 mx\r\n", "TLS"),
    ("greeting", "250 mx\r\n", "TLS"),
    ("greeting", "\r\n220 mx\r\n", "TLS"),
    ("greeting", "Welcome\r\n220 mx\r\n", "TLS"),
    ("greeting", "220-mx\r\n\r\nno code\r\n220 mx\r\n", "TLS"),
    ("greeting", "220 mx\r\n\r\n", "TLS"),
    ("greeting", "220 mx\r\nno code\r\n", "TLS"),
    ("greeting", "220 ****************\r\n", "TLS"),
    ("greeting", "220****************\r\n", "waits"),
    ("greeting", "220-****\r\n220********\r\n", "waits"),
    ("greeting", "********************\r\n", "waits"),
    ("greeting", "SSH-2.0-OpenSSH_9.9\r\n", "waits"),
    ("greeting", "554 no\r\n", "refused"),
    ("EHLO", "251-mx\r\n251 STARTTLS\r\n", "TLS"),
    ("EHLO", "250-mx\r\n\r\nno code\r\n250 STARTTLS\r\n", "TLS"),
    ("EHLO", "\r\n250-mx\r\n250 STARTTLS\r\n\r\n", "TLS"),
    ("EHLO", "250-STARTTLS\r\n250 SIZE\r\n", "no STARTTLS"),
    ("EHLO", "250 STARTTLS\r\n", "no STARTTLS"),
    ("EHLO", "250-mx STARTTLS\r\n250 SIZE\r\n", "no STARTTLS"),
    ("EHLO", "250 mx\r\n", "no STARTTLS"),
    ("EHLO", "250 mx\r\n", "no STARTTLS", UNKNOWN),
    ("EHLO", "250-mx\r\n250 OK\r\n", "no STARTTLS"),
    ("EHLO", "250-mx\r\n250 HELP\r\n", "no STARTTLS"),
    ("EHLO", "250-mx\r\n250-SIZE\r\n250 XXXXXXXA\r\n", "no STARTTLS", UNKNOWN),
    ("EHLO", "250-mx\r\n250-SIZE\r\n250 ********\r\n", "no STARTTLS", UNKNOWN),
    ("EHLO", "250-mx\r\n250-        \r\n250 SIZE\r\n", "no STARTTLS", UNKNOWN),
    ("EHLO", "500 what?\r\n", "no STARTTLS"),
    ("EHLO", "501 Syntax error\r\n", "no STARTTLS"),
    ("EHLO", "502 not implemented\r\n", "no STARTTLS"),
    ("EHLO", "503 sequence\r\n", "no STARTTLS"),
    ("EHLO", "504 no\r\n", "no STARTTLS"),
    ("EHLO", "550 no\r\n", "no STARTTLS"),
    ("EHLO", "550 5.7.1 blocked by zen.spamhaus.org\r\n", "no STARTTLS"),
    ("STARTTLS", "220\r\n", "TLS"),
    ("STARTTLS", "250 ok\r\n", "TLS"),
    ("STARTTLS", "221 go\r\n", "TLS"),
    ("STARTTLS", "\r\n220 go\r\n", "TLS"),
    ("STARTTLS", "220 go\r\n\r\n", "TLS"),
    ("STARTTLS", "220 go\r\n \r\n", "TLS"),
    ("STARTTLS", "220 go\r\n250 injected\r\n", "TLS"),
    ("STARTTLS", "503 TLS not allowed\r\n", "refused"),
    ("STARTTLS", "454 4.7.0 TLS not available\r\n", "refused"),
    ("STARTTLS", "354 go\r\n", "refused"),
]


def serve(listener, shape, tls):
    phase, reply = shape[0], shape[1]
    starttls = shape[3] if len(shape) > 3 else reply if phase == "STARTTLS" else GO
    while True:
        peer, _ = listener.accept()
        threading.Thread(target=talk, daemon=True, args=(peer, phase, reply, starttls, tls)).start()


def talk(peer, phase, reply, starttls, tls):
    try:
        peer.settimeout(30)
        peer.sendall((reply if phase == "greeting" else GREETING).encode())
        secured = False
        while line := read(peer):
            verb = line.split()[0].upper() if line.split() else ""
            if verb == "EHLO":
                peer.sendall((reply if phase == "EHLO" and not secured else EHLO).encode())
            elif verb == "HELO":
                peer.sendall(b"250 mx.example.org\r\n")
            elif verb == "STARTTLS":
                peer.sendall(starttls.encode())
                if re.search(r"(?m)^2\d\d( |$|\r)", starttls):
                    peer = tls.wrap_socket(peer, server_side=True)
                    secured = True
            elif verb == "QUIT":
                peer.sendall(b"221 bye\r\n")
                break
        peer.close()
    except OSError:
        peer.close()


def read(peer):
    line = b""
    while not line.endswith(b"\n"):
        octet = peer.recv(1)
        if not octet:
            break
        line += octet
    return line.decode("latin-1")


def finger(port):
    said = subprocess.run(["posttls-finger", "-l", "may", "-t", "5", "-T", "5", "-L", "summary", f"[127.0.0.1]:{port}"],
                          capture_output=True, text=True)
    said = said.stdout + said.stderr
    if "TLS connection established" in said:
        return "TLS", said
    if re.search(r"(?i)timed? ?out|timeout", said):
        return "waits", said
    if re.search(r"(?i)refused|failed|no recognized|not accept", said) or re.search(r"posttls-finger: < [345]\d\d .*\n(?!.*HELO)", said) and "STARTTLS" in said:
        return "refused", said
    return "no STARTTLS", said


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain(sys.argv[1], sys.argv[2])
first = int(sys.argv[3]) if len(sys.argv) > 3 else 2500
for index, shape in enumerate(SHAPES):
    listener = socket.create_server(("127.0.0.1", first + index))
    threading.Thread(target=serve, daemon=True, args=(listener, shape, tls)).start()
if len(sys.argv) > 3:
    for index, shape in enumerate(SHAPES):
        print(first + index, *[repr(part)[1:-1] for part in shape], sep="\t", flush=True)
    time.sleep(86400)
changed = 0
for index, shape in enumerate(SHAPES):
    seen, said = finger(first + index)
    odd = repr(shape[1])[1:-1] + (", then " + repr(shape[3])[1:-1] if len(shape) > 3 else "")
    print(f"{shape[0]:9}| {odd:60}| {seen}")
    if seen != shape[2]:
        changed += 1
        print(f"    expected: {shape[2]}\n" + "".join(f"    {line}\n" for line in said.splitlines()))
sys.exit(changed > 0)
PYTHON
if [ "${1:-}" = --inside ]; then python3 "$work/replies.py" "$work/certificate.pem" "$work/key.pem"
else python3 "$work/replies.py" "$work/certificate.pem" "$work/key.pem" "$1"; fi
