#!/usr/bin/env python3
"""Many teachers save their marksheets at once, while a report and a backup run.

Starts the demo server of one attain program on a database of its own, signs the teachers of
the accounts file in, and lets each save cells of their marksheet over HTTP, the way the page's
own form does: every cell, the revisions and the token. A data manager loads reports and
`attain backup` runs for as long as that takes. Afterwards the database is read (and only read):
the values of every save that was acknowledged must stand in it, each once, in order, under the
name of the teacher who saved them. Figures and how to read them: docs/design/LOAD.md.

Python's standard library only. Exit status: 0 all held, 1 something did not, 77 skipped.
"""

import argparse
import asyncio
import collections
import html
import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

try:
    import sqlite3
except ImportError:
    print("skipped - saving at once: python3 has no sqlite3")
    sys.exit(77)

INPUT = re.compile(r"<(input|select)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
CHOICES = re.compile(r'<datalist id="g-([^"]+)">(.*?)</datalist>', re.S)
CHOICE = re.compile(r'<option value="([^"]*)"')
REPORTS = (
    "/reports/progress?year-group=8",
    "/reports/summary?basis=target",
    "/reports/progress",
)
AT_ONCE_SIGNING_IN = 4
IDLE = 20  # seconds after which a kept connection is not used again: the server's limit is 30
PATIENCE = 120  # seconds for one answer: only a server that hangs takes longer


class Broken(Exception):
    """The server said or did what it must not."""


class Client:
    """One browser: one connection that is kept open, one set of cookies."""

    def __init__(self, host, port):
        self.host, self.port = host, port
        self.cookies = {}
        self.reader = self.writer = None
        self.used = 0

    async def close(self):
        if self.writer is not None:
            self.writer.close()
            self.writer = None

    async def exchange(self, data):
        if time.monotonic() - self.used > IDLE:
            await self.close()
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection(
                self.host, self.port, limit=1 << 20)
        self.writer.write(data)
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        fields = [line.split(": ", 1) for line in lines[1:] if ": " in line]
        for name, value in fields:
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        fields = {name.lower(): value for name, value in fields}
        body = await self.reader.readexactly(int(fields.get("content-length", 0)))
        self.used = time.monotonic()
        if fields.get("connection", "").lower() == "close":
            await self.close()
        return int(lines[0].split()[1]), fields, body.decode()

    async def ask(self, path, form=None):
        """(status, header fields, text) of a GET, or of a POST when there is a form."""
        head = f"{'GET' if form is None else 'POST'} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n"
        body = b""
        if self.cookies:
            head += "Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()) + "\r\n"
        if form is not None:
            body = urllib.parse.urlencode(form).encode()
            head += f"Origin: http://{self.host}:{self.port}\r\nSec-Fetch-Site: same-origin\r\n"
            head += "Content-Type: application/x-www-form-urlencoded\r\n"
            head += f"Content-Length: {len(body)}\r\n"
        try:
            return await asyncio.wait_for(
                self.exchange(head.encode() + b"\r\n" + body), PATIENCE)
        except (OSError, EOFError, asyncio.TimeoutError) as e:
            await self.close()
            raise Broken(f"no answer to {head.split(' HTTP')[0]}: {e!r}") from e


class Sheet:
    """The form of a marksheet as the page shows it."""

    def __init__(self, text):
        self.fields = {}  # in the page's order: what a browser would send
        self.choices = {}
        for subject, options in CHOICES.findall(text):
            self.choices[subject] = [html.unescape(o) for o in CHOICE.findall(options)]
        for _, attributes in INPUT.findall(text[text.index('id="sheet"'):]):
            a = dict(ATTRIBUTE.findall(attributes))
            if "name" in a and a.get("type", "text") in ("text", "hidden"):
                self.fields[a["name"]] = html.unescape(a.get("value", ""))
        self.cells = [name for name in self.fields if name.startswith("cell.")]

    def another(self, cell, turn):
        """A grade that this column offers and the cell does not have."""
        choices = [c for c in self.choices[cell.split(".", 2)[2]] if c != self.fields[cell]]
        return choices[turn % len(choices)]


class Teacher:
    def __init__(self, account, place):
        self.username, self.password = account["username"], account["password"]
        self.school = account["school"]
        self.path = account["marksheets"][0] if account["marksheets"] else "/"
        self.client = Client(*place)
        self.sheet = None
        self.cells = []
        self.acknowledged = []  # (cell, grade) in order


async def sign_in(who, gate):
    async with gate:
        _, _, text = await who.client.ask("/sign-in")
        token = re.search(r'name="csrf_token" value="([^"]*)"', text).group(1)
        status, _, text = await who.client.ask("/sign-in", {
            "csrf_token": html.unescape(token), "username": who.username,
            "password": who.password, "return_to": ""})
        if status != 303:
            raise Broken(f"{who.username} cannot sign in: {status}")


async def open_sheet(who):
    status, _, text = await who.client.ask(who.path)
    if status != 200:
        raise Broken(f"{who.username} does not get {who.path}: {status}")
    who.sheet = Sheet(text)


def share_out(teachers, n):
    """Each teacher's own cells, `n` at most. Where several see a cell they take turns by row."""
    seen = collections.defaultdict(list)
    for who in teachers:
        for cell in who.sheet.cells:
            seen[who.school, cell].append(who)
    turn = collections.Counter()
    for (_, cell), among in seen.items():
        owner = among[turn[id(among[0])] % len(among)]
        turn[id(among[0])] += 1
        if len(owner.cells) < n:
            owner.cells.append(cell)


async def work_through(who, args, told, dice):
    """One teacher: change the cells, save, look at the page again; five times, say."""
    for turn in range(args.rounds):
        if args.think > 0:
            await asyncio.sleep(dice.uniform(0, 2 * args.think))
        typed = [(cell, who.sheet.another(cell, turn + 7 * i))
                 for i, cell in enumerate(who.cells)]
        form = dict(who.sheet.fields)
        form.update(typed)
        start = time.perf_counter()
        try:
            status, fields, text = await who.client.ask(who.path, form)
        except Broken as e:
            told["unanswered"].append(str(e))
            continue
        told["saves"].append(time.perf_counter() - start)
        told["statuses"][status] += 1
        saved = re.search(r"[?&]saved=(\d+)", fields.get("location", ""))
        if status == 303 and saved and int(saved.group(1)) == len(typed):
            who.acknowledged += typed
            told["acknowledged"] += 1
        else:
            told["refused"].append((who.username, status, fields.get("location"), [
                re.sub(r"<[^>]+>|\s+", " ", t).strip()[:300]
                for t in re.findall(r'class="problems?".*?</(?:ul|div|section)>', text, re.S)]))
        start = time.perf_counter()
        await open_sheet(who)
        told["pages"].append(time.perf_counter() - start)


async def read_reports(manager, done, told):
    for path in itertools.cycle(REPORTS):
        start = time.perf_counter()
        status, _, _ = await manager.client.ask(path)
        told["statuses"][status] += 1
        told["reports"].append(time.perf_counter() - start)
        if status != 200:
            told["faults"].append(f"{path}: {status}")
        if done.is_set():
            return


async def keep_backing_up(args, db, work, done, told):
    for n in itertools.count():
        start = time.perf_counter()
        child = await asyncio.create_subprocess_exec(
            args.attain, "--db", db, "backup", "--to", os.path.join(work, f"backup-{n}"),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said, _ = await child.communicate()
        told["backups"].append(time.perf_counter() - start)
        if child.returncode != 0:
            told["faults"].append(f"backup: {child.returncode} {said.decode().strip()}")
        shutil.rmtree(os.path.join(work, f"backup-{n}"), ignore_errors=True)
        if done.is_set():
            return


def memory(pid, word):
    """A line of /proc/PID/status in MB; None where there is no such thing."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as f:
            found = re.search(rf"^{word}:\s+(\d+) kB", f.read(), re.M)
        return int(found.group(1)) / 1024 if found else None
    except OSError:
        return None


def processor_time(pid):
    """Seconds that a process has computed, in itself and for itself in the kernel."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as f:
            fields = f.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None


def forget_peak(pid):
    try:
        with open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as f:
            f.write("5")
    except OSError:
        pass


async def drive(args, accounts, db, work, server, told):
    url = urllib.parse.urlsplit(accounts["url"])
    place = url.hostname, url.port
    chosen = [a for a in accounts["accounts"] if a["role"] == "teacher" and a["marksheets"]]
    teachers = [Teacher(a, place) for a in chosen[:args.teachers]]
    manager = Teacher(next(a for a in accounts["accounts"] if a["role"] == "data_manager"), place)
    gate = asyncio.Semaphore(AT_ONCE_SIGNING_IN)
    dice = random.Random(1)

    told["memory"]["at rest"] = memory(server.pid, "VmRSS")
    start = time.perf_counter()
    await asyncio.gather(*(sign_in(who, gate) for who in [*teachers, manager]))
    told["sign-in"] = time.perf_counter() - start
    told["memory"]["peak of signing in"] = memory(server.pid, "VmHWM")
    told["memory"]["afterwards"] = memory(server.pid, "VmRSS")
    await asyncio.gather(*(open_sheet(who) for who in teachers))
    share_out(teachers, args.cells)
    forget_peak(server.pid)

    done = asyncio.Event()
    beside = [asyncio.create_task(read_reports(manager, done, told)),
              asyncio.create_task(keep_backing_up(args, db, work, done, told))]
    told["log from"] = os.path.getsize(told["log"])
    computed = processor_time(server.pid)
    start = time.perf_counter()
    ends = await asyncio.gather(*(work_through(who, args, told, dice) for who in teachers),
                                return_exceptions=True)
    told["took"] = time.perf_counter() - start
    told["log to"] = os.path.getsize(told["log"])
    if computed is not None:
        told["computed"] = processor_time(server.pid) - computed
    done.set()
    for end in [*ends, *await asyncio.gather(*beside, return_exceptions=True)]:
        if end is not None:
            told["faults"].append(repr(end))
    told["memory"]["peak of saving"] = memory(server.pid, "VmHWM")
    told["memory"]["at the end"] = memory(server.pid, "VmRSS")
    for who in [*teachers, manager]:
        await who.client.close()
    return teachers


def recorded(db):
    """What the file has: (school, user, cell) -> grades in the order they were recorded, and
    (school, cell) -> the grade that was recorded last."""
    found = collections.defaultdict(list)
    last = {}
    connection = sqlite3.connect(f"file:{urllib.parse.quote(db)}?mode=ro", uri=True)
    rows = connection.execute(
        "SELECT s.laestab, i.recorded_by, r.pupil_id, r.subject, r.grade FROM result AS r"
        " JOIN import AS i ON i.school_id = r.school_id AND i.import_id = r.import_id"
        " JOIN school AS s ON s.school_id = r.school_id"
        " WHERE i.kind = 'marksheet' AND r.withdrawn = 0"
        " ORDER BY r.school_id, i.import_id, r.seq")
    for school, user, pupil, subject, grade in rows:
        cell = f"cell.{pupil}.{subject}"
        found[school, user, cell].append(grade)
        last[school, cell] = grade
    connection.close()
    return found, last


def compare(teachers, before, after, last):
    """Sentences about whatever was acknowledged and is not on record, or is there unasked."""
    wrong = []
    for who in teachers:
        saved = collections.defaultdict(list)
        for cell, grade in who.acknowledged:
            saved[cell].append(grade)
        for cell, grades in saved.items():
            key = who.school, who.username, cell
            there = after[key][len(before[key]):]
            if there != grades:
                wrong.append(f"{who.username} {cell}: acknowledged {grades}, on record {there}")
            elif last[who.school, cell] != grades[-1]:
                wrong.append(f"{who.username} {cell}: {grades[-1]} is not what stands last")
    return wrong


def share(times, percent):
    """The nearest-rank percentile, in milliseconds."""
    times = sorted(times)
    rank = -(-len(times) * percent // 100)
    return 1000 * times[max(0, rank - 1)] if times else 0


def line(name, times):
    return (f"{name:<26}{len(times):>7}" +
            "".join(f"{share(times, p):>10.1f}" for p in (50, 95, 99, 100)))


def log_times(told, pattern):
    with open(told["log"], "rb") as f:
        f.seek(told["log from"])
        text = f.read(told["log to"] - told["log from"]).decode("utf-8", "replace")
    return [int(m.group(1)) / 1e6
            for m in re.finditer(rf" {re.escape(pattern)} \d+ \d+ (\d+)", text)]


def print_figures(told, teachers):
    cells = sum(len(who.cells) for who in teachers)
    print(f"{len(teachers)} teachers, {cells} cells between them "
          f"({min(len(w.cells) for w in teachers)} to {max(len(w.cells) for w in teachers)} each), "
          f"saved in {told['took']:.1f} s: {len(told['saves']) / told['took']:.0f} saves a second")
    print(f"{'milliseconds':<26}{'n':>7}{'p50':>10}{'p95':>10}{'p99':>10}{'max':>10}")
    print(line("a save, as the browser sees", told["saves"]))
    print(line("a save, in the server", log_times(told, "POST /marksheets/{id}")))
    print(line("the page after it", told["pages"]))
    print(line("a report meanwhile", told["reports"]))
    print(line("a backup meanwhile", told["backups"]))
    print("answers: " + ", ".join(f"{n} x {s}" for s, n in sorted(told["statuses"].items())))
    if "computed" in told and told["saves"]:
        print(f"processor time of the server, pages and reports with it: {told['computed']:.1f} s,"
              f" {1000 * told['computed'] / len(told['saves']):.1f} ms a save")
    print("memory of the server, MB: " + ", ".join(
        f"{k} {v:.1f}" for k, v in told["memory"].items() if v is not None))
    print(f"signing everybody in took {told['sign-in']:.1f} s; load of the machine now "
          + " ".join(f"{x:.1f}" for x in os.getloadavg()) + f" on {os.cpu_count()} processors")


def judge(args, told, wrong, sound, clean):
    """(what must hold, whether it did, what to show when not)."""
    asked = told["asked"]
    fives = sum(n for status, n in told["statuses"].items() if status >= 500)
    checks = [
        (f"{asked} saves are all acknowledged", told["acknowledged"] == asked,
         [*told["unanswered"], *map(str, told["refused"])]),
        ("what was acknowledged is on record, once and in order", not wrong, wrong),
        ("no answer was a fault of the server", fives == 0, [str(dict(told["statuses"]))]),
        ("reports and backups meanwhile", not told["faults"], told["faults"]),
        ("the server stops in order", clean == 0, [str(clean)]),
        ("verify finds the record sound", sound.returncode == 0,
         [sound.stdout + sound.stderr]),
    ]
    if args.limit > 0:
        p95 = share(told["saves"], 95)
        checks.append((f"95 of 100 saves take {args.limit} ms at most", p95 <= args.limit,
                       [f"p95 is {p95:.0f} ms"]))
    return checks


def start_server(args, db, accounts, log):
    today = ["--today", args.today] if args.today else []
    with open(log, "wb") as f:
        server = subprocess.Popen(
            [args.attain, "--db", db, "--quiet", *today, "demo", "--listen", "127.0.0.1:0",
             "--accounts", accounts],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=f)
    for _ in range(3000):
        if os.path.exists(accounts):
            with open(accounts, encoding="utf-8") as f:
                return server, json.load(f)
        if server.poll() is not None:
            break
        time.sleep(0.1)
    server.kill()
    with open(log, encoding="utf-8", errors="replace") as f:
        sys.exit(f"not ok - the demo does not start\n{f.read()}")


def start_again(args, db, accounts, log, server):
    """`attain serve` in the demo's place: the demo's process has made a school, which shows in
    its memory."""
    stop_server(server)
    today = ["--today", args.today] if args.today else []
    with open(log, "wb") as f:
        server = subprocess.Popen(
            [args.attain, "--db", db, "--json", *today, "serve", "--listen", "127.0.0.1:0"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=f)
    accounts["url"] = json.loads(server.stdout.readline())["url"]
    return server


def stop_server(server):
    if server.poll() is None:
        server.send_signal(signal.SIGTERM)
    try:
        return server.wait(60)
    except subprocess.TimeoutExpired:
        server.kill()
        return server.wait()


def soak(args, work):
    db, log = os.path.join(work, "soak.db"), os.path.join(work, "log")
    told = {"log": log, "saves": [], "pages": [], "reports": [], "backups": [], "faults": [],
            "refused": [], "unanswered": [], "acknowledged": 0, "memory": {},
            "statuses": collections.Counter()}
    server, accounts = start_server(args, db, os.path.join(work, "accounts.json"), log)
    if args.serve:
        server = start_again(args, db, accounts, log, server)
    try:
        before, _ = recorded(db)
        teachers = asyncio.run(drive(args, accounts, db, work, server, told))
    except Broken as e:
        print(f"not ok - {e}")
        return 1
    finally:
        clean = stop_server(server)
    told["asked"] = args.rounds * len(teachers)
    wrong = compare(teachers, before, *recorded(db))
    sound = subprocess.run([args.attain, "--db", db, "verify"], text=True, check=False,
                           stdin=subprocess.DEVNULL, capture_output=True)
    if not args.brief:
        print_figures(told, teachers)
    bad = 0
    for name, held, why in judge(args, told, wrong, sound, clean):
        print(f"{'ok' if held else 'not ok'} - {name}")
        if not held:
            bad = 1
            print("\n".join("    " + w for w in why[:20]))
            if len(why) > 20:
                print(f"    and {len(why) - 20} more")
    return bad


def main():
    reader = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    reader.add_argument("--attain", required=True, help="the program")
    reader.add_argument("--teachers", type=int, default=200)
    reader.add_argument("--rounds", type=int, default=5, help="saves of each teacher")
    reader.add_argument("--cells", type=int, default=30, help="cells changed in each save")
    reader.add_argument("--think", type=float, default=0,
                        help="seconds between two saves of a teacher, on average")
    reader.add_argument("--limit", type=int, default=0, help="milliseconds for p95; 0: none")
    reader.add_argument("--today", help="the server's day")
    reader.add_argument("--serve", action="store_true",
                        help="serve with `attain serve` once the demo is made")
    reader.add_argument("--brief", action="store_true", help="no figures")
    reader.add_argument("--keep", help="work in this folder and leave everything there")
    args = reader.parse_args()
    if args.keep:
        os.makedirs(args.keep, exist_ok=True)
        return soak(args, args.keep)
    with tempfile.TemporaryDirectory(prefix="attain-soak-") as work:
        return soak(args, work)


if __name__ == "__main__":
    sys.exit(main())
