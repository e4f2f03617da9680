#!/usr/bin/env python3
"""Records the program in a real terminal (tmux) as an animated picture: docs/recording/recording.svg.

    cargo build --release && docs/recording/record.py [PROGRAM]

Needs Python 3 and tmux. Every frame is what the terminal showed after a key, once it had come to rest.
"""
import html
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
COLUMNS, LINES = 80, 24
CELL_WIDTH, CELL_HEIGHT, FONT_SIZE = 8.4, 17, 14
# The day of the recording, and the seed of its choices, so that it can be repeated.
DAY = ["--today", "2026-11-30", "--seed", "4"]
# The keys, and for how many seconds what they lead to is shown.
STEPS = [("", 2.5), ("Enter", 2), ("Down", 1), ("Enter", 1.5), ("21 Dec 2026", 1.5), ("Enter", 2), ("Enter", 2.5),
         ("Enter", 1.5), ("Enter", 3), ("b", 1.5), ("Enter", 4), ("Enter", 3), ("c", 1.5), ("Enter", 4)]


def tmux(*arguments):
    return subprocess.run(["tmux", "-L", "badgedex-recording", *arguments], capture_output=True, text=True).stdout


def screen():
    """The text of the terminal, once two looks at it agree."""
    before = None
    while True:
        time.sleep(0.3)
        now = tmux("capture-pane", "-p", "-t", "recording")
        if now == before and now.strip():
            return now.rstrip("\n").split("\n")
        before = now


def record(program, home):
    command = " ".join(["env", f"BADGEDEX_HOME={home}", "NO_COLOR=1", str(program), *DAY])
    tmux("new-session", "-d", "-s", "recording", "-x", str(COLUMNS), "-y", str(LINES), command)
    frames = []
    try:
        for key, seconds in STEPS:
            if key:
                tmux("send-keys", "-t", "recording", key)
            frames.append((screen(), seconds))
    finally:
        tmux("kill-server")
    return frames


def picture(frames):
    width, height = COLUMNS * CELL_WIDTH + 20, LINES * CELL_HEIGHT + 20
    total = sum(seconds for _, seconds in frames)
    style, groups, begin = [], [], 0.0
    for number, (lines, seconds) in enumerate(frames):
        start, end = 100 * begin / total, 100 * (begin + seconds) / total
        begin += seconds
        style.append(f"@keyframes f{number}{{0%{{opacity:0}}{start:.3f}%{{opacity:1}}{end:.3f}%{{opacity:0}}}}"
                     f"#f{number}{{opacity:0;animation:f{number} {total:.1f}s step-end infinite}}")
        texts = "".join(
            f'<text x="10" y="{10 + FONT_SIZE + row * CELL_HEIGHT}">{html.escape(line)}</text>'
            for row, line in enumerate(lines) if line.strip())
        groups.append(f'<g id="f{number}">{texts}</g>')
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">'
            f"<title>badgedex: the first sitting</title>"
            f"<style>text{{font:{FONT_SIZE}px monospace;fill:#d8dee9;white-space:pre}}{''.join(style)}</style>"
            f'<rect width="100%" height="100%" rx="8" fill="#1d2129"/>{"".join(groups)}</svg>\n')


def main():
    program = Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent.parent / "target/release/badgedex").resolve()
    with tempfile.TemporaryDirectory() as home:
        frames = record(program, os.path.join(home, "home"))
    (HERE / "recording.svg").write_text(picture(frames), encoding="utf-8")


if __name__ == "__main__":
    main()
