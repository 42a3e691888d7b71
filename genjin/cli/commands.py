"""What the commands do; loaded after the settings are known."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402

from genjin.cli import archive  # noqa: E402
from genjin.cli.beside import WorkerBeside, told_to_stop  # noqa: E402
from genjin.cli.dumps import ArchiveError  # noqa: E402
from genjin.cli.serving import is_free, serve_web  # noqa: E402
from genjin.door.action import VERBS  # noqa: E402
from genjin.door.reactions import listeners  # noqa: E402
from genjin.history.followers import FOLLOWERS  # noqa: E402
from genjin.lib import moment  # noqa: E402
from genjin.lib.errors import Refusal  # noqa: E402
from genjin.orgs.models import Login, Membership, Organisation  # noqa: E402
from genjin.packs.api import needs_setup  # noqa: E402
from genjin.packs.demo import make_demo  # noqa: E402
from genjin.packs.demo_forward import move_forward  # noqa: E402
from genjin.packs.organisation import create_organisation  # noqa: E402
from genjin.people.demo_logins import LOGINS  # noqa: E402
from genjin.people.rules import normal_account  # noqa: E402
from genjin.people.secret import setup_token  # noqa: E402
from genjin.people.sessions import check_new_password  # noqa: E402

_LOCAL = {"127.0.0.1", "localhost", "::1"}


def migrate(options: argparse.Namespace) -> int:
    """Create or upgrade the tables; safe to run again."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0 if options.quiet else 1)
    return 0


def demo(options: argparse.Namespace) -> int:
    """Make the demo organisation once and let it look like today; its logins work on this machine only."""
    if Organisation.objects.filter(is_demo=False).exists() and options.quiet:
        return 0
    make_demo(moment.now(), scale=options.scale)
    move_forward(moment.now())
    return 0


def create_org(options: argparse.Namespace) -> int:
    """Ask for a password and make the team."""
    password = os.environ.get("GENJIN_PASSWORD") or getpass.getpass("密码 / password: ")
    try:
        account = normal_account(options.account)
        check_new_password(password, account, (options.person,))
    except Refusal as refusal:
        return _say(f"{refusal.zh} / {refusal.en}")
    if Login.objects.filter(account=account).exists():
        return _say(f"{account} 已经有账号 / this account exists")
    create_organisation(options.name, account=account, password=password, person=options.person, now=moment.now())
    print(f"团队“{options.name}”建好了，用 {account} 登录 {settings.PUBLIC_URL}")
    return 0


def _say(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def serve(options: argparse.Namespace) -> int:
    """Serve the web client and the API; refuses to open the demo to other machines."""
    if options.with_demo:
        prepare = argparse.Namespace(quiet=True, scale=1)
        migrate(prepare)
        demo(prepare)
    try:
        has_demo = Organisation.objects.filter(is_demo=True).exists()
    except DatabaseError:
        return _say("数据库还没有建好，先运行 genjin migrate / run genjin migrate first")
    if has_demo and options.host not in _LOCAL:
        return _say(
            "演示团队的密码是公开的，只能在本机看。先用空的 GENJIN_DATA 或另一个数据库。\n"
            "The demo's passwords are public; it is served on this machine only."
        )
    if not is_free(options.host, options.port):
        return _say(
            f"端口 {options.port} 已经有程序在用，换一个：PORT={options.port + 1} / port {options.port} is taken"
        )
    print(f"http://{options.host}:{options.port}", flush=True)
    if needs_setup():
        print(f"  第一次建团队的口令 / first-run token: {setup_token()}", flush=True)
    if has_demo:
        for account, password, name, role in LOGINS:
            print(f"  {name} {role}: {account} / {password}", flush=True)
    with WorkerBeside(_work) if options.with_worker else contextlib.nullcontext():
        serve_web(options.host, options.port, options.workers)
    return 0


def worker(options: argparse.Namespace) -> int:
    """Reminders, followers, imports, exports; as many of these as wanted may run."""
    _work(told_to_stop(), once=options.once)
    return 0


def _work(stopping: Callable[[], bool], once: bool = False) -> None:
    # The web server and the other commands do without what the worker loads.
    from genjin.cli.worker import run_worker  # noqa: PLC0415

    run_worker(stopping, once=once, sleep=time.sleep)


def import_file(options: argparse.Namespace) -> int:
    """Take a spreadsheet over in the name of a member, by the same verbs as the screen."""
    from genjin.cli.importing import take_over  # noqa: PLC0415

    return _as_member(options.account, lambda member_id: take_over(Path(options.file), member_id))


def pack(options: argparse.Namespace) -> int:
    """Show, compare or apply a configuration in the name of a member."""
    from genjin.cli.packs import run  # noqa: PLC0415

    return _as_member(options.account, lambda member_id: run(options, member_id))


def _as_member(account: str, run: Callable[[int], int]) -> int:
    member = Membership.objects.filter(login__account=account, active=True).order_by("id").first()
    if member is None:
        return _say(f"没有 {account} 这个成员 / no such member")
    try:
        return run(member.pk)
    except Refusal as refusal:
        return _say(f"{refusal.zh} / {refusal.en}")


def backup(options: argparse.Namespace) -> int:
    """Write one archive while the system runs."""
    try:
        facts = archive.write(Path(options.out))
    except ArchiveError as error:
        return _say(str(error))
    print(f"备份好了：{options.out}，{facts['rows']} 行，{facts['files']} 个文件")
    return 0


def restore(options: argparse.Namespace) -> int:
    """Verify an archive, then put it in place of what is there."""
    try:
        facts = archive.restore(Path(options.archive), replace=options.yes)
    except ArchiveError as error:
        return _say(str(error))
    print(f"恢复好了：{facts['rows']} 行，{facts['files']} 个文件")
    return 0


def events(options: argparse.Namespace) -> int:
    """Who listens to what: reactions in the transaction, followers after it."""
    for name, reactions in listeners().items():
        print(f"{name}\n  " + "\n  ".join(reactions))
    for follower in FOLLOWERS.values():
        print(f"{follower.name} 之后读 / follows {', '.join(follower.events)}")
    return 0


def verbs(options: argparse.Namespace) -> int:
    """Every verb with its Chinese name."""
    for verb in sorted(VERBS.values(), key=lambda each: each.name):
        print(f"{verb.name:24}{verb.zh}  {verb.on or ''}")
    return 0


def openapi(options: argparse.Namespace) -> int:
    """The OpenAPI document, with sorted keys so that it can be compared."""
    from genjin.api.root import api  # noqa: PLC0415

    document = api.get_openapi_schema(path_prefix="/api/")
    print(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, default=str))
    connection.close()
    return 0
