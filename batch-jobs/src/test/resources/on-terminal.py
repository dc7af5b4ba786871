"""Runs a command on a terminal of its own: on-terminal.py COLUMNS WORD[=TIMES] COMMAND...

Each time the terminal has shown WORD so often, Ctrl-C is typed, once for each "WORD=TIMES" of a comma-separated list.
What was shown goes to stdout as it came; the last line is "exit N".
"""

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time

columns, words, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
waited_for = [(word.split("=")[0].encode(), int((word.split("=") + ["1"])[1])) for word in words.split(",") if word]
shown, end = b"", time.monotonic() + 120
while time.monotonic() < end:
    if not select.select([terminal], [], [], 0.2)[0]:
        continue
    try:
        read = os.read(terminal, 65536)
    except OSError:
        break
    if not read:
        break
    shown += read
    while waited_for and shown.count(waited_for[0][0]) >= waited_for[0][1]:
        waited_for.pop(0)
        os.write(terminal, b"\x03")
else:
    os.kill(child, 9)
code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.stdout.buffer.write(shown + b"\nexit %d\n" % code)
