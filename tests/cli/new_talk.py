# SPDX-License-Identifier: GPL-3.0-or-later
"""roicast new on a terminal: answers, wrong answers, Ctrl-D. new_talk.py PROGRAM, in a scratch folder."""
import os
import pty
import select
import sys
import time

PROGRAM = sys.argv[1]
failures = 0


def check(good, what):
    global failures
    if not good:
        failures += 1
        print("failed:", what, file=sys.stderr)


def talk(file, steps, language="C"):
    """Each step: what is waited for, and the answer. Gives exit code and all that was shown."""
    child, fd = pty.fork()
    if child == 0:
        os.environ["LC_ALL"] = language
        os.environ.pop("LANGUAGE", None)
        os.execv(PROGRAM, [PROGRAM, "new", "-o", file])
    shown, at, end = b"", 0, time.time() + 20
    while time.time() < end:
        if not select.select([fd], [], [], 0.2)[0]:
            continue
        try:
            got = os.read(fd, 1 << 16)
        except OSError:  # the other end is closed
            break
        if not got:
            break
        shown += got
        if steps and shown.find(steps[0][0].encode(), at) >= 0:
            at = len(shown)
            os.write(fd, steps.pop(0)[1].encode())
    os.close(fd)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    check(not steps, f"{file}: never asked {steps[:1]}: {shown.decode()}")
    return code, shown.decode()


code, shown = talk("all.yaml", [
    ("[120] ", "many\n"), ("[120] ", "0\n"), ("[120] ", "40\n"),
    ("[midsize] ", "x" * 200 + "\n"), ("[midsize] ", "Start\n"),
    ("[0] ", "9\n"), ("[0] ", "hub\n"), ("[0] ", "\n")])
check(code == 0, f"exit code {code}: {shown}")
check(shown.count("A whole number") == 2, "a wrong number is asked again: " + shown)
check(shown.count("One of the numbers") == 2, "a wrong name is asked again: " + shown)
check("roicast report      all.yaml" in shown, "what comes next: " + shown)
text = open("all.yaml", encoding="utf-8").read()
check("scaled from 12 seats to 40" in shown, "what is scaled is said: " + shown)
for part in ("40-seat", "company/startup", "vendor/hubspot", "your answers", "# scaled to 40 seats"):
    check(part in text, f"all.yaml has {part}")
check("type/" not in text, "no type was chosen")

code, shown = talk("comma.yaml", [("[120] ", "1,50\n"), ("[120] ", "1,500\n"), ("[enterprise] ", "\n"), ("[0] ", "\n"),
                                  ("[0] ", "\n")])
check(code == 0 and shown.count("A whole number") == 1 and "scaled" not in shown, "1,500 seats: " + shown)

for file, steps in (("none.yaml", [("[120] ", "\x04")]), ("ctrl_c.yaml", [("[120] ", "\x03")]),
                    ("ctrl_c_late.yaml", [("[120] ", "7\n"), ("[startup] ", "\x03")]),
                    ("late.yaml", [("[120] ", "\n"), ("[midsize] ", "\n"), ("[0] ", "\x04")])):
    code, shown = talk(file, steps)
    check(code == 130 and "nothing was written" in shown, f"Ctrl-D, Ctrl-C: {code}: {shown}")
    check(not os.path.exists(file), f"Ctrl-D, Ctrl-C left {file}")

code, shown = talk("zh.yaml", [("[120] ", "\n"), ("[midsize] ", "\n"), ("[0] ", "\n"), ("[0] ", "1\n")],
                   "zh_CN.UTF-8")
check(code == 0 and "多少人使用" in shown and "初创公司" in shown and "协同型" in shown, "in Chinese: " + shown)
sys.exit(failures > 0)
