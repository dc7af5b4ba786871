#!/usr/bin/env bash
# postfix-mta-sts-resolver, by which many Postfix servers obey MTA-STS, reads policies more loosely than RFC 8461.
#
# Seen with: postfix-mta-sts-resolver 1.1.2-1.1 (Debian 12), Python 3.11.
# Expected:  of equal names the first counts, and what is not a policy is refused (RFC 8461, section 3.2); a wildcard is
#            one label (RFC 8461, section 4.1).
# Behaviour: of equal names the last counts; lines that it cannot read are passed over; and it hands "*.example.org" to
#            Postfix as "match=.example.org", which stands for subdomains of any depth.
# Output:    the mode of a policy that says enforce and then none; the mode of one with a line of another form; what the
#            wildcard becomes.
#
# Needs python3 with PyYAML, and fetches one package (34 kB) from Debian's archive with apt-get; sends nothing else.
# Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail

version=1.1.2-1.1
python3 -c 'import yaml' 2> /dev/null || { echo "no python3 with yaml" >&2; exit 77; }
command -v dpkg-deb > /dev/null || { echo "no dpkg-deb" >&2; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -q "postfix-mta-sts-resolver=$version" > log 2>&1 || { cat log >&2; exit 77; }
dpkg-deb -x postfix-mta-sts-resolver_*.deb .

PYTHONPATH=usr/lib/python3/dist-packages python3 - <<'PYTHON' | tee seen
from postfix_mta_sts_resolver.utils import parse_mta_sts_policy

policy = "version: STSv1\nmode: enforce\nmx: *.example.org\nmax_age: 86400\n"
print("enforce, then none:", parse_mta_sts_policy(policy + "mode: none\n")["mode"])
print("a line of another form:", parse_mta_sts_policy("# a comment\n" + policy)["mode"])
PYTHON
echo "the wildcard: $(grep -c "mx.lstrip('\*') for mx in set(cached.pol_body\['mx'\])" \
    usr/lib/python3/dist-packages/postfix_mta_sts_resolver/responder.py) place that takes the star away" | tee -a seen

diff seen - <<'SEEN' || { echo "this has changed" >&2; exit 1; }
enforce, then none: none
a line of another form: enforce
the wildcard: 1 place that takes the star away
SEEN
