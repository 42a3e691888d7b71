"""Records judged per second on one core, `genjin check` from file to JSON, and the slowest rule on 50,000 characters.

Usage: python bench/check_speed.py [--records N] [--rows N]. The records are put together from parts so that hardly any
two are alike; the time is CPU time, of this process or of the command from its start to its end.
"""

# Times in sheets are naive local times.

from __future__ import annotations

import argparse
import csv
import itertools
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl

from bench.check_quality import CELLS
from genjin.quality.case import Case
from genjin.quality.judge import CHECKS, judge
from genjin.quality.record import Record
from genjin.quality.standard import Standard, load_standard

NOW = datetime(2025, 6, 30, 18)
SUMMARIES = (
    "{who}问{model}交期，要{n}台，现有设备每小时只能做{m}件，{month}月底前要定。",
    "介绍了{model}方案，报价{m}万；{who}担心售后响应慢，要求本地有备件。",
    "客户有意向，沟通顺利。",
    "到{who}车间看了{n}号线，卡在上料工位，节拍{m}秒，想先试样。",
    "聊得不错，双方进行了深入交流，客户对我们很认可。",
    "{who}说集团统一采购，今年暂停，{month}月重新立项，合同到期再谈。",
)
FEEDBACKS = ("“{m}天太长，{n}天内能到就定”", "要求首付降到{n}0%", "客户挺满意", "嫌贵，比另一家高{n}%", "说再看看")
PLANS = (
    "李建波{month}月{n}日前发{model}报价给{who}",
    "持续跟进",
    "等客户回复",
    "技术部{month}月{n}日出检测报告，周婷当天发{who}",
    "{month}月{n}日10:00电话{who}确认预算",
    "尽快安排拜访",
)


def make_records(count: int, seed: int = 7) -> list[Record]:
    """`count` records, about half of them with something to mend."""
    rng = random.Random(seed)
    records = []
    for number in range(count):
        parts = {
            "who": rng.choice("王李张刘陈杨赵黄周吴") + rng.choice(("总", "经理", "工", "主任")),
            "model": f"{rng.choice('TCDX')}{rng.choice('LXB')}-{rng.randrange(10, 999)}",
            "n": rng.randrange(2, 28),
            "m": rng.randrange(2, 900),
            "month": rng.randrange(1, 13),
        }
        at = NOW - timedelta(minutes=rng.randrange(1, 60000))
        records.append(
            Record(
                customer=f"苏州恒锐{number}精密机械有限公司",
                contact=str(parts["who"]),
                contact_info=str(13800000000 + rng.randrange(99999999)),
                contact_at=at.strftime("%Y-%m-%d %H:%M") if number % 3 else at,
                entered_at=at + timedelta(minutes=rng.randrange(1, 2000)),
                channel=rng.choice(("电话", "微信", "拜访", "腾讯会议", "吃饭")),
                summary=rng.choice(SUMMARIES).format(**parts),
                feedback=rng.choice(FEEDBACKS).format(**parts),
                next_step=rng.choice(PLANS).format(**parts),
                owner=rng.choice(("李建波", "", "周婷")),
                due=rng.choice((None, "2025-07-05", at + timedelta(days=9))),
                author=rng.choice(("李建波", "马骁")),
                status=rng.choice(("已联系", "待回复", "已签约", "有戏")),
            )
        )
    return records


def slowest_on_long_input() -> tuple[str, float]:
    """The slowest rule over several 50,000-character texts, in seconds."""
    standard = load_standard()
    seeds = (
        "客户有意向后续跟进",
        "我：好\n他：好\n",
        "感觉估计",
        "1",
        "1.",
        "等客户，",
        "a-",
        "2025-",
        "“",
        "张三 ",
        "：:",
        "很满意很",
    )
    worst = ("", 0.0)
    for seed in seeds:
        text = (seed * (50_000 // len(seed) + 1))[:50_000]
        record = Record(text, text, text, text, text, text, text, text, text, text, text, text, text)
        started = time.process_time()
        case = Case(record, standard, NOW)
        worst = max(worst, (f"reading {seed!r}", time.process_time() - started), key=lambda pair: pair[1])
        for check in CHECKS:
            started = time.process_time()
            check(case)
            worst = max(
                worst, (f"{check.__module__} {seed!r}", time.process_time() - started), key=lambda pair: pair[1]
            )
    return worst


def _seconds(records: list[Record], standard: Standard, with_hints: bool) -> float:
    started = time.process_time()
    for record in records:
        judge(record, standard, now=NOW, with_hints=with_hints)
    return time.process_time() - started


def write_sheets(records: list[Record], folder: Path) -> tuple[Path, Path]:
    """The records as a CSV file and as a workbook."""
    rows = [list(CELLS), *([getattr(record, cell) for cell in CELLS.values()] for record in records)]
    table, workbook = folder / "records.csv", folder / "records.xlsx"
    with table.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("跟进")
    for row in rows:
        sheet.append(row)
    book.save(workbook)
    return table, workbook


def command_seconds(path: Path) -> float:
    """CPU seconds of `genjin check` on a file, from the start of the process to the JSON on disk."""
    command = [sys.executable, "-m", "genjin.cli.main", "check", str(path), "--format", "json"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*command, "--now", f"{NOW:%Y-%m-%d %H:%M}", "--out", f"{path}.json"], check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 1:
        raise SystemExit(f"genjin check ended with {done.returncode}, 1 expected")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_command(records: list[Record]) -> None:
    """Print rows a second of CPU from file to JSON, the median of three runs."""
    with tempfile.TemporaryDirectory() as folder:
        for path in write_sheets(records, Path(folder)):
            median = sorted(command_seconds(path) for _ in range(3))[1]
            print(
                f"genjin check, {path.suffix[1:]} to JSON: {len(records) / median:,.0f} rows/s of CPU ({median:.2f} s)"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=40_000)
    parser.add_argument("--rows", type=int, default=20_000)
    options = parser.parse_args()
    count = options.records
    standard = load_standard()
    records = make_records(count)
    for record in itertools.islice(records, 200):
        judge(record, standard, now=NOW)
    for hints, what in ((False, "the fourteen rules"), (True, "with hints")):
        rounds = sorted(_seconds(records[start::5], standard, hints) for start in range(5))
        best, median = count / 5 / rounds[0], count / 5 / rounds[2]
        print(f"{what}: {median:,.0f} records/s on one core in the median of five rounds, {best:,.0f} in the best")
    measure_command(make_records(options.rows))
    name, longest = slowest_on_long_input()
    print(f"slowest rule on 50,000 characters: {name} {longest * 1000:.1f} ms")


if __name__ == "__main__":
    main()
