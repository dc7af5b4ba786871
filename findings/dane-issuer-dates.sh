#!/usr/bin/env bash
# DANE usage 2 in OpenSSL: an expired issuer is taken if it is an intermediate, and refused if it is a root.
#
# Seen with: OpenSSL 3.0.19 (Debian 12).
# Expected:  one of two: that the dates of the certificate that a TLSA record names count, or that they do not. RFC 5280,
#            section 6.1.1 takes only name and key of a trust anchor.
# Behaviour: they count if that certificate issued itself, and do not count otherwise. So the same server passes with a
#            record for its expired intermediate certificate, and fails with one for its expired root. With a record that
#            holds the root's bare key (2 1 0) it passes if the root is not sent, and fails if it is.
# Output:    one line for each: what is expired, which record, what the server sends, what openssl says.
#
# Needs openssl; the server is on loopback, and nothing else is sent or fetched.
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

command -v openssl > /dev/null || { echo "no openssl" >&2; exit 77; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null || true; rm -rf "$work"' EXIT
cd "$work"

# issue NAME ISSUER|self END_OF_VALIDITY EXTENSIONS
issue() {
    openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
    openssl req -new -key "$1.key" -subj "/CN=$1" -out "$1.csr"
    printf '%s\n' "$4" > "$1.ext"
    : > "$1.index"
    printf '[ca]\ndefault_ca=d\n[d]\ndatabase=%s.index\nrand_serial=yes\nnew_certs_dir=.\n' "$1" > ca.cnf
    printf 'default_md=sha256\npolicy=p\n[p]\ncommonName=optional\n' >> ca.cnf
    local by=(-selfsign -keyfile "$1.key")
    [ "$2" = self ] || by=(-cert "$2.pem" -keyfile "$2.key")
    openssl ca -batch -config ca.cnf "${by[@]}" -in "$1.csr" -extfile "$1.ext" -notext -out "$1.pem" \
        -startdate 20200101000000Z -enddate "$3" 2> /dev/null
}

ca=$'basicConstraints=critical,CA:true\nkeyUsage=keyCertSign'
of_host='subjectAltName=DNS:mx.example.org'
issue root self 20600101000000Z "$ca"
issue old_root self 20210101000000Z "$ca"
issue old_issuer root 20210101000000Z "$ca"
issue issuer old_root 20600101000000Z "$ca"
issue below_old_issuer old_issuer 20600101000000Z "$of_host"
issue below_old_root issuer 20600101000000Z "$of_host"

whole() { openssl x509 -in "$1.pem" -outform DER; }
key() { openssl x509 -in "$1.pem" -noout -pubkey | openssl pkey -pubin -outform DER; }
digest() { sha256sum | cut -d' ' -f1; }
hexadecimal() { od -An -v -tx1 | tr -d ' \n'; }

# say WORDS SERVER RECORD SENT...
say() {
    local words=$1 own=$2 record=$3 port
    shift 3
    for each in "$@"; do cat "$each.pem"; done > chain.pem
    openssl s_server -accept 127.0.0.1:0 -cert "$own.pem" -key "$own.key" -cert_chain chain.pem -www \
        > server.txt 2>&1 &
    server=$!
    for _ in $(seq 100); do grep -q '^ACCEPT' server.txt && break; sleep 0.1; done
    port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' server.txt)
    openssl s_client -connect "127.0.0.1:$port" -brief -verify_return_error -dane_tlsa_domain mx.example.org \
        -dane_tlsa_rrdata "$record" < /dev/null > client.txt 2>&1 || true
    kill "$server" 2> /dev/null || true
    wait "$server" 2> /dev/null || true
    server=
    echo "$words: $(grep -oE 'Verification: OK|certificate has expired' client.txt | head -1)"
}

openssl version
{
    say 'old issuer, 2 0 1 for it, sent' below_old_issuer "2 0 1 $(whole old_issuer | digest)" old_issuer
    say 'old root, 2 0 1 for it, sent' below_old_root "2 0 1 $(whole old_root | digest)" issuer old_root
    say 'old root, 2 1 0 for it, sent' below_old_root "2 1 0 $(key old_root | hexadecimal)" issuer old_root
    say 'old root, 2 1 0 for it, not sent' below_old_root "2 1 0 $(key old_root | hexadecimal)" issuer
} | tee seen

diff seen - <<'SEEN' || { echo "this has changed" >&2; exit 1; }
old issuer, 2 0 1 for it, sent: Verification: OK
old root, 2 0 1 for it, sent: certificate has expired
old root, 2 1 0 for it, sent: certificate has expired
old root, 2 1 0 for it, not sent: Verification: OK
SEEN
