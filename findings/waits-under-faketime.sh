#!/usr/bin/env bash
# Under libfaketime a Java thread that waits is woken too early, although the monotonic clock is not faked.
#
# Seen with: libfaketime 0.9.10-2.1 (Debian 12, glibc 2.36), Temurin 25.0.3.
# Expected:  that with FAKETIME_DONT_FAKE_MONOTONIC=1 only the wall clock changes, so that LockSupport.parkNanos, queues,
#            timers and sleeping virtual threads, which the JDK times by CLOCK_MONOTONIC, wait as long as without it.
# Behaviour: waits end at once or late, and programs that rely on them crawl or stand still. The library works around a
#            fault of older glibc by giving condition variables another clock ("monotonic fix"), and this is on unless
#            FAKETIME_FORCE_MONOTONIC_FIX=0. With that, a wall clock can be set under a running JVM without any harm.
# Output:    of 50 waits of 200 ms, whether any ended before 100 ms: with the default, and without the fix.
#
# Fetches Debian's package into a temporary folder, installs nothing and sends nothing else. Needs a JDK 25 (JAVA_HOME or
# /usr/lib/jvm) and apt-get. Exit 0: as described; 1: it has changed; 77: it cannot run here.
set -euo pipefail
version=0.9.10-2.1

java=
for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [ -n "$home" ] && grep -Eqs '^JAVA_VERSION="25["._+-]' "$home/release"; then java=$home/bin/java; break; fi
done
[ -n "$java" ] || { echo "no JDK 25: looked at JAVA_HOME and /usr/lib/jvm" >&2; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -q "libfaketime=$version" > apt.log 2>&1 || { cat apt.log >&2; echo "libfaketime $version cannot be had here" >&2; exit 77; }
dpkg-deb -x libfaketime_*.deb .
library=$(find "$PWD/usr" -name libfaketimeMT.so.1)

cat > Waits.java <<'JAVA'
import java.util.concurrent.locks.LockSupport;

class Waits {
    public static void main(String[] arguments) {
        int early = 0;
        for (int i = 0; i < 50; i++) {
            long began = System.nanoTime();
            LockSupport.parkNanos(200_000_000);
            if (System.nanoTime() - began < 100_000_000) early++;
        }
        System.out.println(early > 0 ? "some end too early" : "none ends too early");
    }
}
JAVA

"$java" -version 2>&1 | sed -n 2p
waits() { env LD_PRELOAD="$library" FAKETIME=+3600 FAKETIME_DONT_FAKE_MONOTONIC=1 "$@" "$java" Waits.java; }
{
    echo "by default: $(waits)"
    echo "FAKETIME_FORCE_MONOTONIC_FIX=0: $(waits FAKETIME_FORCE_MONOTONIC_FIX=0)"
} | tee seen

diff seen - <<'SEEN' || { echo "this has changed" >&2; exit 1; }
by default: some end too early
FAKETIME_FORCE_MONOTONIC_FIX=0: none ends too early
SEEN
